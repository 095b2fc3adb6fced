"""OSCOLA, 4th edition (2012) and 5th edition (2026): the footnote without its closing stop.

International sources of the 4th edition are cited by part IV of the 2006 edition, "Citing International Law Sources".
Symbols keep their full stops, as the 5th edition prints them: readers search for them as the United Nations do.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.citation.dates import spelled
from corpus.citation.names import BRITISH, listed
from corpus.citation.pinpoint import Words, printed
from corpus.citation.ranges import british
from corpus.citation.source import Genre, Source, first_page, numbered
from corpus.citation.text import Text, italic, italic_british, join, single_quoted, text
from corpus.citation.treaties import history, parties, series

#: 2.4.2, 2.5.2 and 3.1.3: abbreviations of parts; pages are bare numbers.
WORDS = Words(
    units={"schedule": "sch ", "part": "pt ", "chapter": "ch ", "rule": "r "},
    heading="‘{}’",
    elide=british,
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


@dataclass(frozen=True, slots=True)
class Edition:
    """What the editions print differently: each value is what stands in the citation."""

    treaty_number: str
    short_form: str
    session: str
    doi: str


#: 2012 and 2006: `ETS 185`, `(ICCPR)`, `2625 (XXV)`, addresses in angle brackets.
FOURTH = Edition(treaty_number="", short_form="({})", session=" ({})", doi="<https://doi.org/{}>")
#: 4.1.1 `ETS No 185` and `(‘ICCPR’)`, 4.2.2 `2625(XXV)`, 3.7.1 a DOI without brackets or a date of access.
FIFTH = Edition(treaty_number="No ", short_form="(‘{}’)", session="({})", doi="DOI: {}")


def cite(source: Source) -> Text:
    """The citation of the 4th edition with its pinpoint."""
    return _cited(source, FOURTH)


def cite_fifth(source: Source) -> Text:
    """The citation of the 5th edition; what is not known to differ there is printed as in the 4th."""
    return _cited(source, FIFTH)


def _cited(source: Source, edition: Edition) -> Text:
    """A comma keeps numbers apart; after a parenthesis a space does (3.2.1), except in statutes (2.4.2)."""
    citation = _FORMS[source.genre](source, edition)
    place = _place(source, edition)
    closed = citation.plain.endswith(")") and source.genre != Genre.LEGISLATION
    separator = " " if closed and not place.startswith("‘") else ", "
    return join(" ", join(separator, citation, place), _online(source, edition))


def _place(source: Source, edition: Edition) -> str:
    """The 5th edition names the page before a note: `9 fn 6` (3.1.3)."""
    place = printed(source.pinpoint, WORDS)
    return join(" ", source.pinpoint.note_page, place).plain if edition is FIFTH else place


def _online(source: Source, edition: Edition) -> str:
    """The address of what is found online only (3.1.4); official sources need none."""
    official = source.genre in {Genre.TREATY, Genre.RESOLUTION, Genre.UN_DOCUMENT, Genre.LEGISLATION}
    in_print = source.genre == Genre.ARTICLE and source.detail("pages")
    if official or in_print or not source.link:
        return ""
    accessed = spelled(source.detail("accessed"))
    if source.document.doi:
        link = edition.doi.format(source.document.doi)
        return link if edition is FIFTH or not accessed else f"{link} accessed {accessed}"
    return f"<{source.link}>" + (f" accessed {accessed}" if accessed else "")


def _article(source: Source, _edition: Edition) -> Text:
    volume, issue = source.detail("volume"), source.detail("issue")
    year = f"({source.year})" if volume and source.year else f"[{source.year}]" if source.year else ""
    number = volume + (f"({issue})" if issue else "")
    where = join(" ", year, number, source.detail("journal", "publication"), first_page(source.detail("pages")))
    return join(" ", _titled(source), where)


def _talk(source: Source, edition: Edition) -> Text:
    """4th edn 3.4.6, 5th edn 3.7.3: a talk names its occasion, place and date in parentheses."""
    lecture = source.genre == Genre.LECTURE
    number = numbered(source.detail("number"), "Lecture")
    form = "Lecture" if lecture else "Speech"
    occasion = source.detail("event")
    host = source.unnamed(source.detail("publisher", "institution") or (source.body if lecture else ""))
    course = source.detail("course")
    if edition is FIFTH and lecture and not number and (occasion or host):
        return _with_note(
            source, source.detail("series"), f"Lecture at {occasion or host}", course, host if occasion else ""
        )
    named = occasion or (form if not (lecture and number) else "")
    return _with_note(source, number, source.detail("series"), named, course, host)


def _un_document(source: Source, _edition: Edition) -> Text:
    citation = _with_note(source, "" if source.symbol else source.detail("session"))
    if not source.symbol:
        return citation
    return join(" ", citation, f"UN Doc {source.symbol}" if source.is_un else source.symbol)


def _resolution(source: Source, edition: Edition) -> Text:
    """`UNGA Res 55/63 (4 December 2000) UN Doc A/RES/55/63`; other bodies' resolutions keep their title."""
    resolution = source.resolution
    if resolution is None:
        return _un_document(source, edition)
    session = edition.session.format(resolution.session) if resolution.session else ""
    date = f"({source.date.day_first()})" if source.date else ""
    named = f"{ORGANS[resolution.organ]} Res {resolution.item}{session}"
    return join(" ", named, date, f"UN Doc {resolution.head}{resolution.item}{session}")


def _treaty(source: Source, edition: Edition) -> Text:
    """`Title (A–B) (adopted ..., entered into force ...) 999 UNTS 171 (ICCPR)`."""
    between, dates, short = parties(source, "–"), history(source), source.detail("short_title")
    return join(
        " ",
        source.title,
        f"({between})" if between else "",
        f"({dates})" if dates else "",
        series(source).short(edition.treaty_number),
        edition.short_form.format(short) if short else "",
    )


def _legislation(source: Source, _edition: Edition) -> Text:
    """`Crimes Act 2015 (Jordan)`, `Regulations 2009, SI 2009/2163`, `Directive 95/46/EC [1995] OJ L281/31`."""
    country, where = source.detail("jurisdiction", "country"), series(source)
    year = source.year if source.year not in source.title and not where else ""
    named = join(" ", source.title, year, f"({country})" if country else "")
    return join(" ", join(", ", named, source.designation), where.short())


def _report(source: Source, _edition: Edition) -> Text:
    house = join(" ", source.unnamed(source.detail("publisher") or source.body), source.year).plain
    return _work(source, source.detail("series"), source.detail("number") or source.symbol, house)


def _book(source: Source, _edition: Edition) -> Text:
    edition = source.edition
    house = join(" ", source.unnamed(source.detail("publisher") or source.body), source.year).plain
    return _work(source, f"{edition} edn" if edition else "", house)


def _other(source: Source, _edition: Edition) -> Text:
    """What is published on a site or blog names it in italics (3.4.8)."""
    site, house = italic(source.detail("publication")), source.unnamed(source.detail("publisher"))
    return _with_note(source, site, source.detail("event"), source.symbol, house)


def _with_note(source: Source, *facts: str | Text) -> Text:
    """Author, ‘Title’ (facts, place, date)."""
    note = join(", ", *facts, source.detail("place"), source.date.day_first())
    return join(" ", _titled(source), text("(", note, ")") if note else "")


def _work(source: Source, *facts: str) -> Text:
    """Author, Title in italics (facts); no place of publication (3.2.1)."""
    note = join(", ", *facts).plain
    return join(" ", join(", ", _authors(source), italic_british(source.title)), f"({note})" if note else "")


def _titled(source: Source) -> Text:
    return join(", ", _authors(source), single_quoted(source.title))


def _authors(source: Source) -> str:
    names = [_BODIES.get(name.full, name.spelled(BRITISH)) for name in source.creators]
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
