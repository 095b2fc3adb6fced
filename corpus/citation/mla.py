"""MLA Handbook, 9th edition (2021): the works-cited entry, and for a passage the reference in the text after it."""

from __future__ import annotations

from corpus.citation import organs
from corpus.citation.dates import MLA_MONTHS
from corpus.citation.names import AMERICAN, Name
from corpus.citation.pinpoint import Words, printed
from corpus.citation.ranges import two_digits
from corpus.citation.source import Genre, Source, numbered, page_range
from corpus.citation.text import Text, american, double_quoted, ended, italic, italic_american, join, text
from corpus.citation.treaties import made, series

#: 6.16-6.20 and appendix 1; pages are bare numbers, a heading is abbreviated `sec.` as any other section.
WORDS = Words(
    units={
        "para": "par. ",
        "art": "art. ",
        "rec": "rec. ",
        "fn": "n",
        "s": "sec. ",
        "section": "sec. ",
        "reg": "reg. ",
        "r": "r. ",
        "part": "pt. ",
        "chapter": "ch. ",
        "appendix": "app. ",
        "book": "bk. ",
    },
    heading="sec. “{}”",
    elide=two_digits,
)
ORGANS = {
    "A": "United Nations, General Assembly",
    "S": "United Nations, Security Council",
    "E": "United Nations, Economic and Social Council",
    "HRC": "United Nations, Human Rights Council",
}
#: A reference in the text shortens a title to its first words (6.10).
_SHORT_TITLE_WORDS = 4
_LEGAL = {Genre.TREATY, Genre.LEGISLATION}


def cite(source: Source) -> Text:
    """The entry, and the reference in the text in parentheses if a passage is cited."""
    return american(join(" ", _entry(source), _inline(source) if source.pinpoint else ""))


def _entry(source: Source) -> Text:
    """Author. Title. Container, number, date, location (the core elements of 5.1)."""
    container = join(", ", *_container(source))
    return join(" ", ended(_authors(_creators(source))), _title(source), ended(container))


def _inline(source: Source) -> Text:
    """`(Gastorn, par. 10)`; a page, and a note with its page (`9n6`), follows the name without a comma (6.2)."""
    note_page = source.pinpoint.note_page
    who, place = _called(source), note_page + printed(source.pinpoint, WORDS)
    bare_page = bool(note_page or source.pinpoint.pages) and not source.pinpoint.container
    quoted = who.plain.endswith("”")
    separator = " " if bare_page or quoted else ", "
    return text("(", join(separator, _with_comma(who) if quoted and not bare_page else who, place), ")")


def _with_comma(who: Text) -> Text:
    return text(who.plain.removesuffix("”"), ",”")


def _called(source: Source) -> Text:
    names = [name.short for name in _creators(source)]
    if names:
        return text(_several(names))
    if source.genre in _LEGAL:
        return italic_american(source.title)
    words = source.title.split(":")[0].split()
    short = " ".join(words[:_SHORT_TITLE_WORDS])
    return italic_american(short) if _stands_alone(source) else text(double_quoted(short))


def _several(names: list[str]) -> str:
    """One, two joined, or the first with `et al.` (5.7)."""
    if len(names) > 2:  # noqa: PLR2004  # the rule's own number
        return f"{names[0]} et al."
    return " and ".join(names)


def _title(source: Source) -> Text:
    return ended(italic_american(source.title)) if _stands_alone(source) else text(double_quoted(source.title, "."))


def _stands_alone(source: Source) -> bool:
    """Works published on their own take italics, parts and talks quotation marks (2.105)."""
    return source.genre not in {Genre.ARTICLE, Genre.LECTURE, Genre.SPEECH, Genre.OTHER}


def _container(source: Source) -> tuple[str | Text, ...]:
    forms = {
        Genre.ARTICLE: _journal,
        Genre.LECTURE: _occasion,
        Genre.SPEECH: _occasion,
        Genre.TREATY: _published,
        Genre.LEGISLATION: _published,
    }
    form = forms.get(source.genre, _imprint)
    return (*form(source), source.link)


def _journal(source: Source) -> tuple[str | Text, ...]:
    volume, issue, pages = source.detail("volume"), source.detail("issue"), _pages(source.detail("pages"))
    date = source.detail("date_note").replace("-", "–") or _date(source)
    return (
        italic(source.detail("journal", "publication")),
        f"vol. {volume}" if volume else "",
        f"no. {issue}" if issue else "",
        date,
        (f"pp. {pages}" if "–" in pages else f"p. {pages}") if pages else "",
    )


def _occasion(source: Source) -> tuple[str | Text, ...]:
    form = numbered(source.detail("number"), "Lecture") or ("Lecture" if source.genre == Genre.LECTURE else "Speech")
    host = source.detail("publisher", "institution") or (source.body if source.genre == Genre.LECTURE else "")
    occasion = source.detail("event")
    return (
        source.detail("course"),
        occasion,
        source.unnamed(host),
        _date(source),
        source.detail("place"),
        form if source.detail("number") or not occasion else "",
    )


def _imprint(source: Source) -> tuple[str | Text, ...]:
    edition = source.edition
    return (
        f"{edition} ed." if edition else "",
        source.detail("session"),
        source.unnamed(source.detail("publisher") or source.body),
        source.year if source.genre == Genre.BOOK else _date(source),
        source.detail("series"),
        source.resolution.symbol if source.resolution else source.symbol or source.detail("number"),
    )


def _published(source: Source) -> tuple[str | Text, ...]:
    """The series in which a treaty or an act is published is its container: `European Treaty Series, no. 185`."""
    act, where = source.genre == Genre.LEGISLATION, series(source)
    date = made(source)[1].day_first(MLA_MONTHS)
    return (
        source.designation if act else "",
        italic(where.full_name),
        f"vol. {where.volume}" if where.volume else "",
        f"no. {where.part}{where.number}" if where.number else "",
        source.detail("jurisdiction", "country") if act else source.detail("publisher") or source.body,
        "" if act and source.year in source.title else date,
        f"p. {where.page}" if where.page else "",
    )


def _pages(written: str) -> str:
    first, dash, last = page_range(written).partition("–")
    return f"{first}–{two_digits(first, last)}" if dash else first


def _date(source: Source) -> str:
    return source.date.day_first(MLA_MONTHS)


def _creators(source: Source) -> tuple[Name, ...]:
    return () if source.genre in _LEGAL else organs.creators(source, ORGANS)


def _authors(names: tuple[Name, ...]) -> str:
    if not names:
        return ""
    first, *others = names
    if len(others) > 1:
        return f"{first.inverted}, et al."
    return join(", and ", first.inverted, *(name.spelled(AMERICAN) for name in others)).plain
