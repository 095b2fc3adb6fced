"""What a citation is made of: a document's facts and a passage's place, as parts that no style has touched yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from corpus.citation.dates import Date, parse_date
from corpus.citation.names import Name, parse_name
from corpus.citation.pinpoint import Pinpoint, pinpoint_of
from corpus.model import Document, DocumentKind, Passage


class Genre(StrEnum):
    """The forms that citation styles tell apart; finer than `DocumentKind` where the styles are."""

    ARTICLE = "article"
    LECTURE = "lecture"
    SPEECH = "speech"
    UN_DOCUMENT = "un_document"
    RESOLUTION = "resolution"
    TREATY = "treaty"
    LEGISLATION = "legislation"
    REPORT = "report"
    BOOK = "book"  # model laws, drafts and other works that are published like a book
    OTHER = "other"


#: First elements of United Nations symbols (Dag Hammarskjöld Library, "UN Document Symbols"): principal organs, then
#: subsidiary bodies, conferences and treaty bodies that use their own. Other bodies use the same form with other heads.
UN_SERIES = frozenset(
    (
        "A", "S", "E", "T", "ST", "TD", "UNEP", "UNCTAD", "UNDP", "DP", "ID", "HRI", "HRC", "CCPR", "CERD", "CEDAW",
        "CRC", "CAT", "CMW", "CRPD", "CED", "LOS", "ISBA", "SPLOS", "FCCC", "CCD", "CBD", "ICCD", "HS", "HSP",
        "CTOC", "CAC", "WFP", "UNW", "ICEF", "IDB", "TRADE", "ECE", "ESCAP", "ECA", "LC",
    )
)  # fmt: skip
_SYMBOL_HEAD = re.compile(r"(?P<head>[A-Z]+)/\S")
#: Titles of bodies that issue UN documents; also what marks a document without a symbol.
_UN_BODY = re.compile(r"\b(?:United Nations|UNGA|UNSC|UNODC|UNCTAD|UNEP|International Law Commission)\b")
_MODEL_LAW = re.compile(
    r"\b(?:model (?:law|act|code|provisions|legislation|treaty)|draft|explanatory|commentary)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """A United Nations resolution by its symbol: the organ's key, its number, the roman session of old numbers."""

    organ: str
    item: str
    session: str = ""

    @property
    def number(self) -> str:
        """`55/63`, `2625 (XXV)`."""
        return f"{self.item} ({self.session})" if self.session else self.item

    @property
    def head(self) -> str:
        """What the symbol begins with: `A/RES/`."""
        return f"{'A/HRC' if self.organ == 'HRC' else self.organ}/RES/"

    @property
    def symbol(self) -> str:
        """`S/RES/1373`, `A/RES/2625 (XXV)`: without the year that the Council prints behind its numbers."""
        return self.head + self.number


#: Symbols of resolutions. `A/RES/55/63`, `A/RES/ES-11/1`, `A/RES/2625 (XXV)`, `S/RES/1373 (2001)`, `E/RES/2004/26`,
#: `A/HRC/RES/20/8`; not `AALCO/RES/DFT/56/S17`, not decisions (`A/DEC/...`). The year in parentheses after a Security
#: Council number belongs to the symbol, not to the number; the session of old General Assembly numbers does.
_RESOLUTION = re.compile(
    r"(?:A/(?P<hrc>HRC)/RES|(?P<organ>[ASE])/RES)/(?P<number>[A-Z0-9-]+(?:/[0-9]+[A-Z]?)?)"
    r"(?:\s?\((?P<bracket>[A-Z0-9-]+)\))?"
)


def resolution_of(symbol: str) -> Resolution | None:
    """Read the symbol of a UN resolution; None for any other."""
    match = _RESOLUTION.fullmatch(symbol.strip())
    if not match:
        return None
    bracket = match["bracket"] or ""
    session = "" if bracket.isdecimal() else bracket
    return Resolution(match["hrc"] or match["organ"], match["number"], session)


@dataclass(frozen=True)
class Source:
    """A document and the passage of it that is cited or None, or the passages from it to `until`, ready for a style."""

    document: Document
    passage: Passage | None = None
    until: Passage | None = None

    @cached_property
    def authors(self) -> tuple[Name, ...]:
        """The authors in the order of the source, without a body."""
        return tuple(parse_name(author) for author in self.document.authors if author.strip())

    @cached_property
    def creators(self) -> tuple[Name, ...]:
        """Who stands in front of the title: the authors, else the issuing body."""
        return self.authors or ((Name(literal=self.body),) if self.body else ())

    def unnamed(self, body: str) -> str:
        """Return the body, "" if it stands in the author's place already."""
        return "" if any(body == name.full for name in self.creators) else body

    @property
    def title(self) -> str:
        """The title as the source gives it."""
        return " ".join(self.document.title.split())

    @property
    def body(self) -> str:
        """The issuing body or ""."""
        return self.document.body.strip()

    @property
    def symbol(self) -> str:
        """The official symbol or ""."""
        return self.document.symbol.strip()

    @cached_property
    def date(self) -> Date:
        """The date with the precision that is known."""
        return parse_date(self.document.date)

    @property
    def year(self) -> str:
        """The year or ""."""
        return str(self.date.year or "")

    @cached_property
    def pinpoint(self) -> Pinpoint:
        """The place of the passages, empty without one."""
        return pinpoint_of(self.passage, self.until)

    @property
    def link(self) -> str:
        """The lasting address: the DOI's, else the URL."""
        return f"https://doi.org/{self.document.doi}" if self.document.doi else self.document.url

    @property
    def designation(self) -> str:
        """The official number of an act (`SI 2009/2163`), "" where its title holds it."""
        number = self.symbol or self.detail("number")
        return "" if number in self.title else number

    @cached_property
    def resolution(self) -> Resolution | None:
        """The UN resolution that the symbol names."""
        return resolution_of(self.symbol)

    @property
    def is_un(self) -> bool:
        """Whether the United Nations issued the document."""
        head = _SYMBOL_HEAD.match(self.symbol)
        return head["head"] in UN_SERIES if head else bool(_UN_BODY.search(self.body))

    @property
    def edition(self) -> str:
        """The edition's number with its ending, "" for the first, which no style states."""
        found = ordinal(self.detail("edition"))
        return "" if found.casefold() in {"1st", "first"} else found

    def detail(self, *names: str) -> str:
        """The first of these catalogue facts that is known, or ""."""
        return next((found for name in names if (found := self.document.details.get(name, "").strip())), "")

    @cached_property
    def genre(self) -> Genre:
        """The form in which styles cite the document."""
        kind = self.document.kind
        if kind == DocumentKind.TREATY:
            return Genre.BOOK if self._is_model_law else Genre.TREATY
        if kind in {DocumentKind.REPORT, DocumentKind.OTHER} and self.is_un:
            return Genre.UN_DOCUMENT
        if kind == DocumentKind.OTHER and self.detail("publisher") and not self.detail("event"):
            return Genre.BOOK
        return Genre(kind.value)

    @property
    def _is_model_law(self) -> bool:
        """A model law binds nobody and has authors; it is a publication."""
        return bool(self.authors or _MODEL_LAW.search(self.detail("genre")))


def ordinal(written: str) -> str:
    """An edition's number with its ending: `5` and `5th edition` become `5th`; words stay (`revised`)."""
    bare = re.sub(r"\s+(?:edition|edn|ed)\.?$", "", written.strip(), flags=re.IGNORECASE)
    if not bare.isdecimal():
        return bare
    endings = {"1": "st", "2": "nd", "3": "rd"}
    teens = bare[-2:-1] == "1"
    return bare + ("th" if teens else endings.get(bare[-1], "th"))


def first_page(pages: str) -> str:
    """`75` of `75-90`."""
    return re.split(r"\s*[-–—]\s*", pages, maxsplit=1)[0]


def page_range(pages: str) -> str:
    """`75–90` with an en dash."""
    return re.sub(r"\s*(?:--|[-–—])\s*", "–", pages)


def numbered(number: str, noun: str) -> str:
    """A bare number with its noun: `27` becomes `Lecture 27`; `Lecture 27` stays."""
    return f"{noun} {number}" if number[:1].isdecimal() else number
