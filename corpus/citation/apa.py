"""APA, 7th edition (2020): the entry of the reference list, and for a passage the reference in the text after it.

Titles keep their capitals: sentence case cannot be made without knowing every proper name.
"""

from __future__ import annotations

from corpus.citation import organs
from corpus.citation.names import Name, listed
from corpus.citation.pinpoint import Words, printed
from corpus.citation.source import Genre, Source, numbered, page_range
from corpus.citation.text import Text, american, double_quoted, ended, italic, italic_american, join, text, unquoted
from corpus.citation.treaties import made, parties, series

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
    entry = form(source) if form else join(" ", _entry(source), source.link)
    return american(join(" ", entry, _inline(source) if source.pinpoint else ""))


def _entry(source: Source) -> Text:
    """`Author. (date). Title. Rest.`, with the title in front where nobody is named."""
    date = f"({_date(source)})"
    title, rest = ended(_title(source)), ended(_rest(source))
    author = _authors(organs.creators(source, ORGANS))
    if not author:
        return join(" ", title, ended(date), rest)
    return join(" ", ended(author), ended(date), title, rest)


def _inline(source: Source) -> Text:
    """`(Gastorn, 2018, para. 10)`."""
    names = [name.short for name in organs.creators(source, ORGANS)]
    legal = source.genre in _LEGAL
    who: str | Text = listed(names, " & ", several=" et al.", most=2)
    if legal:
        who = source.title
    elif not names:
        who = double_quoted(source.title, ",").removesuffix("”") if _is_part(source) else italic_american(source.title)
    year = str(made(source)[1].year or "") if legal else source.year
    when = "" if legal and year in source.title else year or "n.d."
    if not legal and not names and _is_part(source):
        return text("(", join(" ", text(who, "”"), join(", ", when, printed(source.pinpoint, WORDS))), ")")
    return text("(", join(", ", who, when, printed(source.pinpoint, WORDS)), ")")


def _date(source: Source) -> str:
    """Articles and books have a year, other works a date as exact as can be (9.14); `n.d.` is APA's word for none."""
    exact = source.year if source.genre in {Genre.ARTICLE, Genre.BOOK} else source.date.year_first
    return exact or "n.d."


def _title(source: Source) -> Text:
    title = text(unquoted(source.title)) if _is_part(source) else italic_american(source.title)
    return join(" ", title, _in_parentheses(source), _bracket(source))


def _is_part(source: Source) -> bool:
    """Whether the work stands in a greater one, whose name takes the italics."""
    return source.genre == Genre.ARTICLE


def _in_parentheses(source: Source) -> str:
    """Edition and report number after the title (9.19, 10.4)."""
    edition = source.edition
    symbol = source.resolution.symbol if source.resolution else source.symbol
    number = symbol or (source.detail("number") if source.genre == Genre.REPORT else "")
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
    return "" if source.authors and house == source.body else source.unnamed(house)


def _treaty(source: Source) -> Text:
    """11.10: the name, the date of signing or adoption, and as in the Bluebook (11.1) the series; then the address."""
    date = made(source)[1].month_first()
    return _addressed(source, source.title, parties(source, "-"), date, series(source).american)


def _legislation(source: Source) -> Text:
    country, where = source.detail("jurisdiction", "country"), series(source).american
    year = source.year if source.year not in source.title and not where else ""
    named = join(" ", source.title, year, f"({country})" if country else "")
    return _addressed(source, named, source.designation, where)


def _addressed(source: Source, *facts: str | Text) -> Text:
    """Legal references end in their address without a stop, else in a stop."""
    return join(", ", *facts, source.link) if source.link else ended(join(", ", *facts))


def _authors(names: tuple[Name, ...]) -> str:
    printed_names = [name.initials for name in names]
    if len(names) > _MOST_AUTHORS:
        return ", ".join(printed_names[:_KEPT_AUTHORS]) + f", . . . {printed_names[-1]}"
    return listed(printed_names, ", & ", several="", most=_MOST_AUTHORS)


_LEGAL = {Genre.TREATY: _treaty, Genre.LEGISLATION: _legislation}
