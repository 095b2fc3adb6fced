"""The Bluebook, 21st edition (2020), as in a law review's footnote, large and small capitals set as roman.

Journals keep their full names: abbreviations of tables T6 and T13 are not made up for journals that are not in them.
"""

from __future__ import annotations

from corpus.citation.dates import BLUEBOOK_MONTHS, spelled
from corpus.citation.names import listed
from corpus.citation.pinpoint import Words, printed
from corpus.citation.source import Genre, Source, first_page, numbered, ordinal
from corpus.citation.text import Text, american, ended, italic, join, text

#: Rules 3.2-3.4 and table T16.
WORDS = Words(
    units={
        "para": "¶ ",
        "art": "art. ",
        "rec": "rec. ",
        "fn": "n.",
        "s": "§ ",
        "section": "§ ",
        "reg": "reg. ",
        "r": "r. ",
        "rule": "r. ",
        "principle": "princ. ",
        "comment": "cmt. ",
        "recital": "recital ",
        "appendix": "app. ",
        "schedule": "sched. ",
        "attachment": "attach. ",
        "part": "pt. ",
        "book": "bk. ",
        "title": "tit. ",
        "chapter": "ch. ",
    },
    page="at {}",
    pages="at {}",
    heading="under “{}”",
)
#: Rule 21.7: names of organs in resolutions.
ORGANS = {"A": "G.A.", "S": "S.C.", "E": "E.S.C.", "HRC": "Human Rights Council"}
#: Rule 15.1: three or more authors become the first and `et al.`.
_MOST_AUTHORS = 2


def cite(source: Source) -> Text:
    """The citation with its pinpoint and its stop."""
    return american(ended(_FORMS[source.genre](source)))


def _article(source: Source) -> Text:
    """`Author, Title, 10 Journal 12, 14 (2019)` (rules 16.4 and 16.5)."""
    start = first_page(source.detail("pages"))
    issue = source.detail("issue")
    journal = join(" ", source.detail("volume"), source.detail("journal", "publication"))
    host = join(", ", journal, f"no. {issue}" if issue and not start else "")
    cited = join(" ", host, start)
    place = _place(source)
    if start and source.pinpoint.pages:
        place = place.removeprefix("at ")
    return join(", ", join(" ", join(", ", _titled(source), cited, place), _dated(source.year)), source.link)


def _talk(source: Source) -> Text:
    """`Speaker, Title, Address at the Occasion, Place (date)` (rule 17.2.5)."""
    lecture = source.genre == Genre.LECTURE
    form = (numbered(source.detail("number"), "Lecture") or "Lecture") if lecture else "Speech"
    event = source.detail("event")
    host = source.detail("publisher", "institution") or (source.body if lecture else "")
    occasion = f"{form} at {event}" if event else form
    facts = (occasion, source.detail("course"), source.unnamed(host), source.detail("place"), _place(source))
    return join(", ", join(" ", join(", ", _titled(source), *facts), _dated(_date(source))), source.link)


def _un_document(source: Source) -> Text:
    """`Body, Title, ¶ 10, U.N. Doc. A/CONF.213/9 (Apr. 14, 2010)` (rule 21.7.3)."""
    symbol = f"U.N. Doc. {source.symbol}" if source.is_un and source.symbol else source.symbol
    facts = join(", ", _titled(source), source.detail("session"), source.detail("place"), _place(source), symbol)
    return join(" ", facts, _dated(_date(source)))


def _resolution(source: Source) -> Text:
    if source.resolution is None:
        return _un_document(source)
    number = f"{ORGANS[source.resolution.organ]} Res. {source.resolution.number}"
    facts = join(", ", number, _place(source), f"U.N. Doc. {source.symbol}")
    return join(" ", facts, _dated(_date(source)))


def _treaty(source: Source) -> Text:
    """`Convention on Cybercrime art. 16(2), Nov. 23, 2001, E.T.S. No. 185` (rule 21.4)."""
    series = source.detail("treaty_series", "series") or source.symbol
    return join(", ", _joined(text(source.title), source), _date(source), series)


def _legislation(source: Source) -> Text:
    country = source.detail("jurisdiction", "country")
    year = source.year if source.year not in source.title else ""
    named = join(", ", source.title, year, source.detail("series", "official_journal"))
    return join(" ", join(", ", named, _place(source)), f"({country})" if country else "")


def _work(source: Source) -> Text:
    """`Author, Title art. 16(2) (5th ed. 2009)` (rules 15.1-15.4)."""
    edition = ordinal(source.detail("edition"))
    number = join(", ", source.detail("series"), source.detail("number"), source.symbol)
    house = source.unnamed(source.detail("publisher") or source.body)
    imprint = join(", ", house, join(" ", f"{edition} ed." if edition else "", source.year)).plain
    titled = join(", ", _titled(source), number)
    return join(", ", join(" ", _joined(titled, source), _dated(imprint)), source.link)


def _other(source: Source) -> Text:
    house = source.unnamed(source.detail("publisher"))
    facts = (source.detail("event"), source.symbol, house, source.detail("place"))
    cited = join(" ", join(", ", _titled(source), *facts, _place(source)), _dated(_date(source)))
    accessed = source.detail("accessed")
    visited = f"(last visited {spelled(accessed, BLUEBOOK_MONTHS, month_first=True)})" if accessed else ""
    return join(" ", join(", ", cited, source.link), visited if source.link else "")


def _titled(source: Source) -> Text:
    names = [name.full for name in source.creators]
    return join(", ", listed(names, " & ", several=" et al.", most=_MOST_AUTHORS), italic(source.title))


def _joined(titled: Text, source: Source) -> Text:
    """Labelled parts follow a book's or treaty's title without a comma (rule 3.1), pages and headings with one."""
    units = source.pinpoint.units or source.pinpoint.container
    return join(" " if units else ", ", titled, _place(source))


def _place(source: Source) -> str:
    return printed(source.pinpoint, WORDS)


def _date(source: Source) -> str:
    return source.date.month_first(BLUEBOOK_MONTHS)


def _dated(date: str) -> str:
    return f"({date})" if date else ""


_FORMS = {
    Genre.ARTICLE: _article,
    Genre.LECTURE: _talk,
    Genre.SPEECH: _talk,
    Genre.UN_DOCUMENT: _un_document,
    Genre.RESOLUTION: _resolution,
    Genre.TREATY: _treaty,
    Genre.LEGISLATION: _legislation,
    Genre.REPORT: _work,
    Genre.BOOK: _work,
    Genre.OTHER: _other,
}
