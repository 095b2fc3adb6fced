"""The Bluebook, 21st edition (2020), as in a law review's footnote, large and small capitals set as roman.

Journals, States and bodies keep their full names: abbreviations of tables T6, T10 and T13 are not made up.
"""

from __future__ import annotations

import re

from corpus.citation.dates import BLUEBOOK_MONTHS, spelled
from corpus.citation.names import BLUEBOOK, listed
from corpus.citation.pinpoint import Words, printed
from corpus.citation.ranges import two_digits
from corpus.citation.source import Genre, Source, first_page, numbered
from corpus.citation.text import Text, american, ended, italic_american, join, text
from corpus.citation.treaties import made, parties, series

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
    elide=two_digits,
)
#: Rule 21.7: names of organs in resolutions.
ORGANS = {"A": "G.A.", "S": "S.C.", "E": "E.S.C.", "HRC": "Human Rights Council"}
#: Rule 15.1: three or more authors become the first and `et al.`.
_MOST_AUTHORS = 2
#: Rule 6.2(b): `2d` and `3d`, not `2nd` and `3rd`.
_LONG_ORDINAL = re.compile(r"(?<=2)nd$|(?<=3)rd$")


def cite(source: Source) -> Text:
    """The citation with its pinpoint and its stop."""
    return american(ended(_FORMS[source.genre](source)))


def _article(source: Source) -> Text:
    """`Author, Title, 10 Journal 12, 14 (2019)` (rules 16.4 and 16.5)."""
    start = first_page(source.detail("pages"))
    issue, volume = source.detail("issue"), source.detail("volume")
    # Rule 16.4: the year takes the place of a volume that is not there.
    numbered_volume, year = (volume, source.year) if volume or not start else (source.year, "")
    journal = join(" ", numbered_volume, source.detail("journal", "publication"))
    host = join(", ", journal, f"no. {issue}" if issue and not start else "")
    cited = join(" ", host, start)
    place = _place(source).removeprefix("at ") if start else _place(source)
    return join(", ", join(" ", join(", ", _titled(source), cited, place), _dated(year)), source.link)


def _talk(source: Source) -> Text:
    """`Speaker, Title, Speech at Occasion, Place (date)` (rule 17.2.5)."""
    lecture = source.genre == Genre.LECTURE
    form = (numbered(source.detail("number"), "Lecture") or "Lecture") if lecture else "Speech"
    event = source.detail("event")
    host = source.detail("publisher", "institution") or (source.body if lecture else "")
    occasion = f"{form} at {event}" if event else form
    facts = (occasion, source.detail("course"), source.unnamed(host), source.detail("place"), _place(source))
    return join(", ", join(" ", join(", ", _titled(source), *facts), _dated(_date(source))), source.link)


def _un_document(source: Source) -> Text:
    """`Body, Title, ¶ 10, U.N. Doc. A/CONF.213/9 (Apr. 14, 2010)` (rule 21.7.3); a page follows the symbol."""
    symbol = f"U.N. Doc. {source.symbol}" if source.is_un and source.symbol else source.symbol
    session = "" if symbol else source.detail("session")
    place = (symbol, _place(source)) if source.pinpoint.pages else (_place(source), symbol)
    facts = join(", ", _titled(source), session, source.detail("place"), *place)
    return join(" ", facts, _dated(_date(source)))


def _resolution(source: Source) -> Text:
    """`S.C. Res. 1373, ¶ 1, U.N. Doc. S/RES/1373 (Sept. 28, 2001)` (rule 21.7.2)."""
    resolution = source.resolution
    if resolution is None:
        return _un_document(source)
    number = f"{ORGANS[resolution.organ]} Res. {resolution.number}"
    return join(" ", join(", ", number, _place(source), f"U.N. Doc. {resolution.symbol}"), _dated(_date(source)))


def _treaty(source: Source) -> Text:
    """`Convention on Cybercrime art. 16(2), Nov. 23, 2001, E.T.S. No. 185`, `Treaty, A-B, art. 2, ...` (rule 21.4)."""
    between = parties(source, "-")
    named = join(", ", text(source.title), between, _place(source)) if between else _joined(text(source.title), source)
    return join(", ", named, made(source)[1].month_first(BLUEBOOK_MONTHS), series(source).american)


def _legislation(source: Source) -> Text:
    """Rules 20.5 and 21.9: `Act, § 3 (Jordan)`, `Directive 95/46/EC, art. 2, 1995 O.J. (L 281) 31`."""
    country, where = source.detail("jurisdiction", "country"), series(source).american
    year = source.year if source.year not in source.title and not where else ""
    named = join(", ", source.title, year, source.designation, _place(source), where)
    return join(" ", named, f"({country})" if country else "")


def _work(source: Source) -> Text:
    """`Author, Title art. 16(2) (5th ed. 2009)` (rules 15.1-15.4); a body's own number follows its name (15.7(a))."""
    edition = _LONG_ORDINAL.sub("d", source.edition)
    number = join(", ", source.detail("series"), source.detail("number"), source.symbol)
    own, others = (number, "") if not source.authors else ("", number)
    institution = source.unnamed(source.body)
    titled = join(", ", _authors(source), institution, own, italic_american(source.title))
    year = join(" ", f"{edition} ed." if edition else "", source.year)
    imprint = join(", ", others, year).plain
    return join(", ", join(" ", _joined(titled, source), _dated(imprint)), source.link)


def _report(source: Source) -> Text:
    """A report with a symbol is cited as the documents of the United Nations are."""
    return _un_document(source) if source.symbol else _work(source)


def _other(source: Source) -> Text:
    house = source.unnamed(source.detail("publisher"))
    facts = (source.detail("event"), source.symbol, house, source.detail("place"))
    cited = join(" ", join(", ", _titled(source), *facts, _place(source)), _dated(_date(source)))
    accessed = source.detail("accessed")
    visited = f"(last visited {spelled(accessed, BLUEBOOK_MONTHS, month_first=True)})" if accessed else ""
    return join(" ", join(", ", cited, source.link), visited if source.link else "")


def _titled(source: Source) -> Text:
    return join(", ", _authors(source), italic_american(source.title))


def _authors(source: Source) -> str:
    names = [name.spelled(BLUEBOOK) for name in source.creators]
    return listed(names, " & ", several=" et al.", most=_MOST_AUTHORS)


def _joined(titled: Text, source: Source) -> Text:
    """Parts follow a title without a comma (rule 3.1), headings and pages that a number precedes with one (3.2(a))."""
    place = _place(source)
    if place.startswith("at ") and not titled.plain[-1:].isdigit():
        place = place.removeprefix("at ")
    apart = place.startswith(("at ", "under "))
    return join(", " if apart else " ", titled, place)


def _place(source: Source) -> str:
    """The pinpoint; a note of a known page is written `at 12 n.21` (rule 3.2(b))."""
    place, page = printed(source.pinpoint, WORDS), source.pinpoint.note_page
    return f"at {page} {place}" if page else place


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
    Genre.REPORT: _report,
    Genre.BOOK: _work,
    Genre.OTHER: _other,
}
