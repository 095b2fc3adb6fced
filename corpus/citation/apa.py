"""APA, 7th edition (2020): the entry of the reference list, and for a passage the reference in the text after it.

Titles keep their capitals: sentence case cannot be made without knowing every proper name.
"""

from __future__ import annotations

from corpus.citation.names import Name, listed
from corpus.citation.pinpoint import Words, printed
from corpus.citation.source import Genre, Source, numbered, ordinal, page_range
from corpus.citation.text import Text, double_quoted, ended, italic, join, text

#: 8.13: how parts of a source are named in the text.
WORDS = Words(
    units={
        "para": "para. ",
        "art": "art. ",
        "rec": "rec. ",
        "fn": "footnote ",
        "s": "s. ",
        "reg": "reg. ",
        "r": "r. ",
        "part": "Part ",
        "chapter": "Chapter ",
        "appendix": "Appendix ",
        "annex": "Annex ",
    },
    page="p. {}",
    pages="pp. {}",
    heading="“{}” section",
)
#: 9.8: up to twenty authors stand in an entry; more lose those between the nineteenth and the last.
_MOST_AUTHORS = 20
_KEPT_AUTHORS = 19
#: Organs that a resolution's symbol names, as authors.
ORGANS = {
    "A": "United Nations General Assembly",
    "S": "United Nations Security Council",
    "E": "United Nations Economic and Social Council",
    "HRC": "United Nations Human Rights Council",
}


def cite(source: Source) -> Text:
    """The entry, and the reference in the text in parentheses if a passage is cited."""
    form = _LEGAL.get(source.genre)
    entry = ended(form(source)) if form else _entry(source)
    return join(" ", entry, source.link, _inline(source) if source.pinpoint else "")


def _entry(source: Source) -> Text:
    """`Author. (date). Title. Rest.`, with the title in front where nobody is named."""
    date = f"({_date(source)})"
    title, rest = ended(_title(source)), ended(_rest(source))
    author = _authors(_creators(source))
    if not author:
        return join(" ", title, ended(date), rest)
    return join(" ", ended(author), ended(date), title, rest)


def _inline(source: Source) -> Text:
    """`(Gastorn, 2018, para. 10)`."""
    names = [name.short for name in _creators(source)]
    legal = source.genre in _LEGAL
    who: str | Text = listed(names, " & ", several=" et al.", most=2)
    if legal:
        who = source.title
    elif not names:
        who = double_quoted(source.title, ",").removesuffix("”") if _is_part(source) else italic(source.title)
    when = "" if legal and source.year in source.title else source.year or "n.d."
    if not legal and not names and _is_part(source):
        return text("(", join(" ", text(who, "”"), join(", ", when, printed(source.pinpoint, WORDS))), ")")
    return text("(", join(", ", who, when, printed(source.pinpoint, WORDS)), ")")


def _date(source: Source) -> str:
    """Articles are dated by year, other works as exactly as they can be (9.14); `n.d.` is APA's own word for none."""
    exact = source.year if source.genre == Genre.ARTICLE else source.date.year_first
    return exact or "n.d."


def _title(source: Source) -> Text:
    title = text(source.title) if _is_part(source) else italic(source.title)
    return join(" ", title, _in_parentheses(source), _bracket(source))


def _is_part(source: Source) -> bool:
    """Whether the work stands in a greater one, whose name takes the italics."""
    return source.genre == Genre.ARTICLE


def _in_parentheses(source: Source) -> str:
    """Edition and report number after the title (9.19, 10.4)."""
    edition = ordinal(source.detail("edition"))
    number = source.symbol or (source.detail("number") if source.genre == Genre.REPORT else "")
    facts = join("; ", f"{edition} ed." if edition else "", number).plain
    return f"({facts})" if facts else ""


def _bracket(source: Source) -> str:
    """The form of works that are not written to be published (9.21)."""
    if source.genre == Genre.SPEECH:
        return "[Speech]"
    if source.genre == Genre.LECTURE:
        return f"[{numbered(source.detail('number'), 'Lecture') or 'Lecture'}]"
    return ""


def _rest(source: Source) -> Text:
    if source.genre == Genre.ARTICLE:
        volume, issue = source.detail("volume"), source.detail("issue")
        number = text(italic(volume), f"({issue})" if issue else "")
        journal = italic(source.detail("journal", "publication"))
        return join(", ", journal, number, page_range(source.detail("pages")))
    occasion = join(", ", source.detail("course"), source.detail("event"))
    house = source.detail("publisher", "institution") or source.body
    place = source.detail("place") if source.detail("event") else ""
    return join(". ", join(", ", occasion, place), _unnamed(source, house))


def _unnamed(source: Source, house: str) -> str:
    """The publisher, unless it is the author too (9.29) or merely the body that the author speaks for."""
    is_author = any(house == name.full for name in _creators(source))
    return "" if is_author or (source.authors and house == source.body) else house


def _treaty(source: Source) -> Text:
    """11.9: the name, the date of its adoption, the series."""
    series = source.detail("treaty_series", "series") or source.symbol
    return join(", ", source.title, source.date.month_first(), series)


def _legislation(source: Source) -> Text:
    country = source.detail("jurisdiction", "country")
    year = source.year if source.year not in source.title else ""
    named = join(" ", source.title, year, f"({country})" if country else "")
    return join(", ", named, source.detail("series", "official_journal"))


def _creators(source: Source) -> tuple[Name, ...]:
    if source.resolution and not source.creators:
        return (Name(literal=ORGANS[source.resolution.organ]),)
    return source.creators


def _authors(names: tuple[Name, ...]) -> str:
    printed_names = [name.initials for name in names]
    if len(names) > _MOST_AUTHORS:
        return ", ".join(printed_names[:_KEPT_AUTHORS]) + f", . . . {printed_names[-1]}"
    return listed(printed_names, ", & ", several="", most=_MOST_AUTHORS)


_LEGAL = {Genre.TREATY: _treaty, Genre.LEGISLATION: _legislation}
