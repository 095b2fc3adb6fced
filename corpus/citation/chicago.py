"""The Chicago Manual of Style, 17th edition (2017): the full note."""

from __future__ import annotations

from corpus.citation import organs, ranges
from corpus.citation.names import AMERICAN, listed
from corpus.citation.pinpoint import Words, printed
from corpus.citation.source import Genre, Source, numbered
from corpus.citation.text import Text, american, double_quoted, ended, italic, italic_american, join
from corpus.citation.treaties import made, parties, series

#: 10.42 and 14.145-14.160: abbreviations of parts; a heading stands for a page that is not there (14.160).
WORDS = Words(
    units={
        "para": "para. ",
        "art": "art. ",
        "rec": "rec. ",
        "fn": "n",
        "s": "sec. ",
        "section": "sec. ",
        "reg": "reg. ",
        "r": "r. ",
        "part": "pt. ",
        "chapter": "chap. ",
        "book": "bk. ",
    },
    heading="under “{}”",
    elide=ranges.chicago,
)
#: 14.76: up to three authors are named in a note.
_MOST_AUTHORS = 3
ORGANS = {
    "A": "UN General Assembly",
    "S": "UN Security Council",
    "E": "UN Economic and Social Council",
    "HRC": "UN Human Rights Council",
}


def cite(source: Source) -> Text:
    """The note with its pinpoint and its stop."""
    return american(ended(_FORMS[source.genre](source)))


def _article(source: Source) -> Text:
    """`Author, “Title,” Journal 10, no. 1 (May 2019): 12, https://doi.org/...` (14.168-14.175)."""
    issue = source.detail("issue")
    journal = join(" ", italic(source.detail("journal", "publication")), source.detail("volume"))
    numbered_issue = join(", ", journal, f"no. {issue}" if issue else "")
    date = _issue_date(source)
    host = join(" ", numbered_issue, f"({date})" if date else "")
    return join(", ", join(": ", join(", ", _quoted(source), host), _place(source)), source.link)


def _issue_date(source: Source) -> str:
    return source.detail("date_note").replace("-", "–") or source.date.month_first()


def _talk(source: Source) -> Text:
    """`Speaker, “Title” (speech, occasion, place, date)` (14.217)."""
    lecture = source.genre == Genre.LECTURE
    form = (numbered(source.detail("number"), "lecture") or "lecture") if lecture else "speech"
    host = source.detail("publisher", "institution") or (source.body if lecture else "")
    facts = (form[:1].lower() + form[1:], source.detail("course"), source.detail("event"), source.unnamed(host))
    return join(", ", _noted(source, *facts), _place(source), source.link)


def _un_document(source: Source) -> Text:
    """`Body, Title, symbol, session (date), para. 10` (14.285)."""
    date = join(", ", source.detail("place"), source.date.month_first()).plain
    facts = join(", ", _authors(source), italic_american(source.title), source.symbol, source.detail("session"))
    return join(", ", join(" ", facts, f"({date})" if date else ""), _place(source), source.link)


def _resolution(source: Source) -> Text:
    if source.resolution is None:
        return _un_document(source)
    date = source.date.month_first()
    facts = join(
        ", ",
        _authors(source),
        f"Resolution {source.resolution.number}",
        _apart(source.title, source.resolution.number),
        source.resolution.symbol,
    )
    return join(", ", join(" ", facts, f"({date})" if date else ""), _place(source), source.link)


def _apart(title: str, number: str) -> Text:
    """The title, unless it only repeats the number ("Resolution 55/63")."""
    return Text() if title.endswith(number) else italic_american(title)


def _treaty(source: Source) -> Text:
    """`Title, A-B, date, 189 U.N.T.S. 137, art. 16(2)`, in roman as all legal sources (14.290)."""
    date = made(source)[1].month_first()
    facts = (source.title, parties(source, "-"), date, series(source).american)
    return join(", ", *facts, _place(source), source.link)


def _legislation(source: Source) -> Text:
    country, where = source.detail("jurisdiction", "country"), series(source).american
    year = source.year if source.year not in source.title and not where else ""
    named = join(" ", source.title, year, f"({country})" if country else "")
    return join(", ", named, source.designation, where, _place(source))


def _work(source: Source) -> Text:
    """`Author, Title, 5th ed., no. 313 (Place: Publisher, 2009), 12` (14.100-14.145)."""
    edition = source.edition
    facts = join(
        ", ",
        _authors(source),
        italic_american(source.title),
        f"{edition} ed." if edition else "",
        source.detail("series"),
        source.detail("number"),
        source.symbol,
    )
    house = join(": ", source.detail("place"), source.unnamed(source.detail("publisher") or source.body))
    # 14.143 and 14.145: of a book the year alone, and a word for none.
    date = source.year if source.genre == Genre.BOOK else source.date.month_first()
    imprint = join(", ", house, date or "n.d.").plain
    return join(", ", join(" ", facts, f"({imprint})"), _place(source), source.link)


def _other(source: Source) -> Text:
    facts = (source.detail("event"), source.symbol, source.unnamed(source.detail("publisher")))
    return join(", ", _noted(source, *facts), _place(source), source.link)


def _noted(source: Source, *facts: str) -> Text:
    """Author, “Title” (facts, place, date)."""
    note = join(", ", *facts, source.detail("place"), source.date.month_first()).plain
    return join(" ", _quoted(source), f"({note})" if note else "")


def _quoted(source: Source) -> Text:
    return join(", ", _authors(source), double_quoted(source.title))


def _place(source: Source) -> str:
    """The pinpoint; a note of a known page is written `12n21` (14.157)."""
    return source.pinpoint.note_page + printed(source.pinpoint, WORDS)


def _authors(source: Source) -> str:
    names = [name.spelled(AMERICAN) for name in organs.creators(source, ORGANS)]
    return listed(names, ", and " if len(names) > 2 else " and ", several=" et al.", most=_MOST_AUTHORS)  # noqa: PLR2004  # two take no comma


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
