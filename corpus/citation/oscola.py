"""OSCOLA, 4th edition (2012), with "Citing International Law Sources" (2006): the footnote without its closing stop.

Symbols keep their full stops, which the guide drops: readers search for symbols as the United Nations prints them.
"""

from __future__ import annotations

from corpus.citation.dates import spelled
from corpus.citation.names import listed
from corpus.citation.pinpoint import Words, printed
from corpus.citation.source import Genre, Source, first_page, numbered, ordinal
from corpus.citation.text import Text, italic, join, single_quoted

#: 4.2.4 and the list of abbreviations for pinpoints; pages are bare numbers (1.2.1).
WORDS = Words(
    units={"schedule": "sch ", "part": "pt ", "chapter": "ch ", "rule": "r "},
    heading="‘{}’",
)
#: How resolutions and documents of the principal organs name their organ.
ORGANS = {"A": "UNGA", "S": "UNSC", "E": "ECOSOC", "HRC": "UNHRC"}
_BODIES = {
    "United Nations General Assembly": "UNGA",
    "United Nations Security Council": "UNSC",
    "United Nations Economic and Social Council": "ECOSOC",
    "United Nations Human Rights Council": "UNHRC",
    "United Nations Commission on Human Rights": "UNCHR",
    "International Law Commission": "ILC",
}
#: 3.1.1: up to three authors are named.
_MOST_AUTHORS = 3


def cite(source: Source) -> Text:
    """The citation with its pinpoint."""
    return _pinpointed(source, _FORMS[source.genre](source))


def _pinpointed(source: Source, citation: Text) -> Text:
    """A comma keeps numbers apart; after a parenthesis a space does (3.2.1), except in statutes (2.4.1)."""
    place = printed(source.pinpoint, WORDS)
    closed = citation.plain.endswith(")") and source.genre != Genre.LEGISLATION
    separator = " " if closed and not place.startswith("‘") else ", "
    return join(" ", join(separator, citation, place), _online(source))


def _online(source: Source) -> str:
    """The web address in angle brackets, for what is found online only (3.1.4); official sources need none."""
    official = source.genre in {Genre.TREATY, Genre.RESOLUTION, Genre.UN_DOCUMENT, Genre.LEGISLATION}
    in_print = source.genre == Genre.ARTICLE and source.detail("pages")
    if official or in_print or not source.link:
        return ""
    accessed = spelled(source.detail("accessed"))
    return f"<{source.link}>" + (f" accessed {accessed}" if accessed else "")


def _article(source: Source) -> Text:
    volume, issue = source.detail("volume"), source.detail("issue")
    year = f"({source.year})" if volume and source.year else f"[{source.year}]" if source.year else ""
    number = volume + (f"({issue})" if issue else "")
    where = join(" ", year, number, source.detail("journal", "publication"), first_page(source.detail("pages")))
    return join(" ", _titled(source), where)


def _talk(source: Source) -> Text:
    """3.4.6 and 3.4.9: a paper or talk names its occasion, place and date in parentheses."""
    occasion = source.detail("event") or ("Speech" if source.genre == Genre.SPEECH else "")
    number = numbered(source.detail("number"), "Lecture")
    if source.genre == Genre.LECTURE and not (number or occasion):
        occasion = "Lecture"
    host = source.detail("publisher", "institution") or (source.body if source.genre == Genre.LECTURE else "")
    return _with_note(source, number, source.detail("series"), occasion, source.detail("course"), source.unnamed(host))


def _un_document(source: Source) -> Text:
    citation = _with_note(source, source.detail("session"))
    if not source.symbol:
        return citation
    return join(" ", citation, f"UN Doc {source.symbol}" if source.is_un else source.symbol)


def _resolution(source: Source) -> Text:
    """`UNGA Res 55/63 (4 December 2000) UN Doc A/RES/55/63`; other bodies' resolutions keep their title."""
    if source.resolution is None:
        return _un_document(source)
    organ = ORGANS[source.resolution.organ]
    date = f"({source.date.day_first()})" if source.date else ""
    return join(" ", f"{organ} Res {source.resolution.number}", date, f"UN Doc {source.symbol}")


def _treaty(source: Source) -> Text:
    date = source.date.day_first()
    done = f"{source.detail('act') or 'adopted'} {date}" if date else ""
    in_force = spelled(source.detail("entered_into_force", "in_force"))
    dates = join(", ", done, f"entered into force {in_force}" if in_force else "").plain
    series = source.detail("treaty_series", "series") or source.symbol
    return join(" ", source.title, f"({dates})" if dates else "", series)


def _legislation(source: Source) -> Text:
    country = source.detail("jurisdiction", "country")
    year = source.year if source.year not in source.title and not source.detail("series") else ""
    return join(" ", source.title, year, f"({country})" if country else "", source.detail("series", "official_journal"))


def _report(source: Source) -> Text:
    number = source.detail("number") or source.symbol
    house = join(" ", source.unnamed(source.detail("publisher") or source.body), source.year).plain
    return _work(source, join(", ", source.detail("series"), number, source.detail("place"), house).plain)


def _book(source: Source) -> Text:
    edition = ordinal(source.detail("edition"))
    house = join(" ", source.unnamed(source.detail("publisher") or source.body), source.year).plain
    return _work(source, join(", ", f"{edition} edn" if edition else "", house).plain)


def _other(source: Source) -> Text:
    return _with_note(source, source.detail("event"), source.symbol, source.unnamed(source.detail("publisher")))


def _with_note(source: Source, *facts: str) -> Text:
    """Author, ‘Title’ (facts, place, date)."""
    note = join(", ", *facts, source.detail("place"), source.date.day_first()).plain
    return join(" ", _titled(source), f"({note})" if note else "")


def _work(source: Source, note: str) -> Text:
    """Author, Title in italics (note)."""
    return join(" ", join(", ", _authors(source), italic(source.title)), f"({note})" if note else "")


def _titled(source: Source) -> Text:
    return join(", ", _authors(source), single_quoted(source.title))


def _authors(source: Source) -> str:
    names = [_BODIES.get(name.full, name.full) for name in source.creators]
    return listed(names, " and ", several=" and others", most=_MOST_AUTHORS)


_FORMS = {
    Genre.ARTICLE: _article,
    Genre.LECTURE: _talk,
    Genre.SPEECH: _talk,
    Genre.UN_DOCUMENT: _un_document,
    Genre.RESOLUTION: _resolution,
    Genre.TREATY: _treaty,
    Genre.LEGISLATION: _legislation,
    Genre.REPORT: _report,
    Genre.BOOK: _book,
    Genre.OTHER: _other,
}
