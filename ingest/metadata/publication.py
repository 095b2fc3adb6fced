"""Where a text was published: DOI, address, journal, volume, issue, pages, from citation notes and running headers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.metadata.dates import date_in
from ingest.metadata.front import Fact, Front, Line
from ingest.metadata.masthead import is_official

#: A DOI (ISO 26324) with its prefixes; a full stop or bracket that ends the sentence is not part of it.
_DOI = re.compile(r"\b(?P<doi>10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;)\]])")
_URL = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;)\]]")
_VOLUME = r"(?:[Vv]ol(?:ume|\.)?\s*|[Bb]and\s*)(?P<volume>\d{1,4}|[IVXLC]+)"
_ISSUE = r"(?:N(?:o|r|º|\.º|°)\.?[º°]?|[Ii]ss(?:ue|\.)?|[Hh]eft|n\.?[º°])\s*(?P<issue>\d{1,3}(?:[-–/]\d{1,3})?)"
#: `Vol. 10, N.º 1`, `Volume 7 Issue 2`, `Vol. XII`
_SERIES = re.compile(rf"{_VOLUME}(?:\s*[,(:;]?\s*{_ISSUE})?")
#: `9(2) (2025)`, `7(2) 2024`, `12:3 (2020)`
_COMPACT = re.compile(
    r"(?<![\d./])(?P<volume>\d{1,3})\s?(?:\((?P<issue>\d{1,2})\)|:(?P<number>\d{1,2})\b)(?=[\s,]*\(?(?:19|20)\d{2})"
)
_PAGES = re.compile(r"\bpp?\.\s*(?P<pages>\d+\s*[-–]\s*\d+)")
#: A journal's name: what stands between the article's title (closing quote, full stop) and its volume.
_JOURNAL = re.compile(r"(?:[.”\"»’]|^)\s*(?:In:?\s+)?(?P<journal>[A-Z][^\"”“]{3,100}?)[,.]?\s*\(?$")
#: `J. Imag. Jur`: a name in abbreviated words, which lost its last full stop to the volume behind it.
_ABBREVIATED = re.compile(r"\w\. [A-Z]\w{0,5}$")
_LATER = re.compile(r"(?i)\b(?:received|accepted|submitted|revised)\b")


def publication_of(front: Front) -> Iterator[tuple[str, Fact]]:
    """The facts `doi`, `url`, `journal`, `volume`, `issue`, `pages` and the issue's `date`."""
    for line in (*front.lines, *front.notes, *front.headers):
        if match := _DOI.search(line.text):
            yield "doi", Fact(match["doi"], line.where)
    for line in (*front.lines, *front.notes):
        if (match := _URL.search(line.text)) and not _DOI.search(match[0]):
            yield "url", Fact(match[0], line.where)
    if not is_official(front):  # there the Treaty Series and the Official Records are cited in such forms
        for line in (*front.notes, *front.lines, *front.headers):
            yield from _series(line)


def _series(line: Line) -> Iterator[tuple[str, Fact]]:
    match = _SERIES.search(line.text) or _COMPACT.search(line.text)
    if not match or _LATER.search(line.text):
        return
    if not (journal := _JOURNAL.search(line.text[: match.start()].rstrip())):
        return
    parts = match.groupdict()
    name = journal["journal"].strip(" ,.*_")
    yield "journal", Fact(f"{name}." if _ABBREVIATED.search(name) else name, line.where)
    yield "volume", Fact(parts["volume"], line.where)
    yield "issue", Fact(parts["issue"] or parts.get("number") or "", line.where)
    yield "date", Fact(date_in(line.text) or _year(line.text), line.where)
    if pages := _PAGES.search(line.text, match.end()):
        yield "pages", Fact(re.sub(r"\s*[-–]\s*", "-", pages["pages"]), line.where)


def _year(text: str) -> str:
    years = re.findall(r"(?<![\d/-])(?:19|20)\d{2}(?![\d/-])", text)
    return years[0] if years and len(set(years)) == 1 else ""
