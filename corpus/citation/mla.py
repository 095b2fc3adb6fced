"""MLA Handbook, 9th edition (2021): the works-cited entry, and for a passage the reference in the text after it."""

from __future__ import annotations

from corpus.citation.dates import MLA_MONTHS
from corpus.citation.names import Name
from corpus.citation.pinpoint import Words, printed
from corpus.citation.source import Genre, Source, numbered, ordinal, page_range
from corpus.citation.text import Text, double_quoted, ended, italic, join, text

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
    return join(" ", _entry(source), _inline(source) if source.pinpoint else "")


def _entry(source: Source) -> Text:
    """Author. Title. Container, number, date, location (the core elements of 5.1)."""
    container = join(", ", *_container(source))
    return join(" ", ended(_authors(_creators(source))), _title(source), ended(container))


def _inline(source: Source) -> Text:
    """`(Gastorn, par. 10)`; a page follows the name without a comma (6.2)."""
    who, place = _called(source), printed(source.pinpoint, WORDS)
    bare_page = bool(source.pinpoint.pages) and not source.pinpoint.container
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
        return italic(source.title)
    words = source.title.split(":")[0].split()
    short = " ".join(words[:_SHORT_TITLE_WORDS])
    return italic(short) if _stands_alone(source) else text(double_quoted(short))


def _several(names: list[str]) -> str:
    """One, two joined, or the first with `et al.` (5.7)."""
    if len(names) > 2:  # noqa: PLR2004  # the rule's own number
        return f"{names[0]} et al."
    return " and ".join(names)


def _title(source: Source) -> Text:
    return ended(italic(source.title)) if _stands_alone(source) else text(double_quoted(source.title, "."))


def _stands_alone(source: Source) -> bool:
    """Works published on their own take italics, parts and talks quotation marks (2.105)."""
    return source.genre not in {Genre.ARTICLE, Genre.LECTURE, Genre.SPEECH, Genre.OTHER}


def _container(source: Source) -> tuple[str | Text, ...]:
    forms = {Genre.ARTICLE: _journal, Genre.LECTURE: _occasion, Genre.SPEECH: _occasion}
    form = forms.get(source.genre, _imprint)
    return (*form(source), source.link)


def _journal(source: Source) -> tuple[str | Text, ...]:
    volume, issue, pages = source.detail("volume"), source.detail("issue"), page_range(source.detail("pages"))
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
        _unnamed(source, host),
        _date(source),
        source.detail("place"),
        form if source.detail("number") or not occasion else "",
    )


def _imprint(source: Source) -> tuple[str | Text, ...]:
    edition = ordinal(source.detail("edition"))
    return (
        f"{edition} ed." if edition else "",
        source.detail("session"),
        _unnamed(source, source.detail("publisher") or source.body),
        source.detail("jurisdiction", "country") if source.genre == Genre.LEGISLATION else "",
        _date(source) if source.genre != Genre.LEGISLATION or source.year not in source.title else "",
        source.detail("treaty_series", "series"),
        source.symbol or source.detail("number"),
    )


def _date(source: Source) -> str:
    return source.date.day_first(MLA_MONTHS)


def _creators(source: Source) -> tuple[Name, ...]:
    if source.resolution and not source.creators:
        return (Name(literal=ORGANS[source.resolution.organ]),)
    return () if source.genre in _LEGAL else source.creators


def _authors(names: tuple[Name, ...]) -> str:
    if not names:
        return ""
    first, *others = names
    if len(others) > 1:
        return f"{first.inverted}, et al."
    return join(", and ", first.inverted, *(name.full for name in others)).plain


def _unnamed(source: Source, body: str) -> str:
    return "" if any(body == name.full for name in _creators(source)) else body
