"""Instruments that the field knows, and the one reading of every written form.

`parse` reads a single written form into its id, `find` walks a text, `load()` gives the register of names. Facts lie in
`instruments/*.yaml`; how a record is written there is told in `corpus.authority.instrument_records`.

    >>> parse("UNGA Res 55/63").id
    'A/RES/55/63'
    >>> load().by_name("the Budapest Convention").id
    'Convention on Cybercrime'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from corpus.authority import assembly, labour, series
from corpus.authority.acts import NUMBER_ALONE, SERIES, find_acts
from corpus.authority.grammar import walk
from corpus.authority.instrument_records import Instrument, read_records
from corpus.authority.names import name_key
from corpus.authority.phrases import Case, PhraseTable, words
from corpus.authority.resolutions import Organ, find_resolutions
from corpus.authority.symbols import InstrumentId, Written, find_symbols, read_symbol
from corpus.errors import AuthorityError
from corpus.model import AnnotationType, Entity, InstrumentType

#: Where the facts lie, one file a family of instruments, read in the order of their names.
DATA = "instruments"

#: The bodies of law whose numbers are read by a table of forms; a new one is a line here.
FORMS = (*assembly.FORMS, *labour.FORMS, *series.FORMS)

#: Names of at least so many words are found without any capital; nothing else is called so.
_UNMISTAKABLE = 6
# Names that a text may lead with the issuing body: "Council of Europe Convention on ...", "United Nations Charter".
_LEADS = re.compile(r"(?:Convention|Protocol|Covenant|Charter|Declaration|Treaty|Guidelines|Model Law|Framework)\b")
# A place or "International" before a title that is unmistakable without it: "Vienna Convention for the Protection".
_PLACED = re.compile(
    r"(?!European|American|African|Arab|Inter-American|Universal|Single|Additional|Optional|Supplementary|Second|"
    r"Framework|Joint|Criminal|Civil|Model|ASEAN|SAARC|SADC)[A-Z][a-z]+\s(?=(?:Convention|Protocol)\s)"
)
_SHORT_BODIES = {
    "United Nations": ("UN",),
    "European Union": ("EU",),
    "African Union": ("AU",),
    "Council of Europe": ("CoE",),
}
# Places in a series that name an instrument; a symbol in its stead names the resolution that adopted it.
_PLACE = re.compile(r"\d+ UNTS \w+|ILO \w+ No\. \d+")
# Articles, brackets and titles that people write around a name.
_AROUND = re.compile(r"^(?:the|council|european)\s+|[\s.,;:]+$", re.IGNORECASE)
# What may stand around a number in a search box: organs and words like "resolution".
_AROUND_NUMBER = re.compile(
    r"\b(?:general assembly|security council|economic and social council|human rights council|"
    r"commission on human rights|"
    r"unga|unsc|ecosoc|unhrc|hrc|ga|sc|resolutions?|res\.?|document|doc\.?|no\.?|un|u\.n\.|the|of|united nations|"
    r"council|assembly|commission)(?!\w)|[\s().,’']",
    re.IGNORECASE,
)


class Instruments:
    """A checked register of instruments; raises `AuthorityError` if two claim one name or one place in a series."""

    def __init__(self, records: Iterable[Instrument]) -> None:
        self._records = tuple(records)
        self._by_id = {record.id: record for record in self._records}
        if len(self._by_id) < len(self._records):
            raise AuthorityError("two instruments have one id")
        self._series = _by_series(self._records)
        self._places = {record.series: record for record in self._records if _PLACE.fullmatch(record.series)}
        self._owners: dict[tuple[str, bool], str] = {}
        self._table: PhraseTable[Instrument] = PhraseTable()
        self._shorts = {name_key(record.short): record for record in reversed(self._records) if record.short}
        for record in self._records:
            self._enter(record)
        for record in self._records:
            self._enter_short_forms(record)

    def all(self) -> tuple[Instrument, ...]:
        """Every instrument in the order of the files."""
        return self._records

    def get(self, identifier: str) -> Instrument | None:
        """The instrument with exactly this id."""
        return self._by_id.get(identifier)

    def by_name(self, text: str) -> Instrument | None:
        """The instrument that `text` as a whole names: id, alias, short name, place in a series, number alone."""
        name = text.strip()
        series = SERIES.fullmatch(name)
        if series:
            return self.by_series(int(series["number"]))
        around = self._table.get(_AROUND.sub("", name))
        return self._table.get(name) or around or self._shorts.get(name_key(name)) or self._places.get(name)

    def by_series(self, number: int) -> Instrument | None:
        """The instrument with this number in the European Treaty Series (ETS, since 2004 CETS)."""
        return self._series.get(number)

    def entity(self, identifier: str) -> Entity | None:
        """The instrument as an entity of the library, None if the register does not hold it."""
        record = self._by_id.get(identifier)
        if record is None:
            return None
        other = dict.fromkeys((*((record.short,) if record.short else ()), *record.aliases))
        aliases = tuple(name for name in other if name != record.id)
        return Entity(AnnotationType.INSTRUMENT, record.id, aliases=aliases, subtype=record.type, parent=record.body)

    def find(self, text: str) -> Iterator[Written]:
        """The instruments named in `text` by name, series number or act number alone, left to right, longest first."""
        for match in self._table.find(text):
            if match.start and text[match.start - 1] == "/" and text[match.start].isdecimal():
                continue  # the end of an address: "example.org/act/95/46/EC"
            yield Written(match.start, match.end, InstrumentId(match.value.id, match.value.type))
        for place in SERIES.finditer(text):
            record = self.by_series(int(place["number"]))
            treaty = InstrumentId(f"{place['series']} No. {place['number']}", InstrumentType.TREATY)
            yield Written(place.start(), place.end(), InstrumentId(record.id, record.type) if record else treaty)
        for number in NUMBER_ALONE.finditer(text):
            record = self.by_name(number.group())
            if record:
                yield Written(number.start(), number.end(), InstrumentId(record.id, record.type))

    def _enter(self, record: Instrument) -> None:
        for name in _written_names(record):
            owner = self._owners.setdefault(_owned(name), record.id)
            if owner != record.id:
                raise AuthorityError(f"both {owner!r} and {record.id!r} claim the name {name!r}")
            self._table.add(name, record, case=_case(name))

    def _enter_short_forms(self, record: Instrument) -> None:
        for name in _short_forms(record):
            if self._owners.setdefault(_owned(name), record.id) == record.id:
                self._table.add(name, record, case=_case(name))


@cache
def load() -> Instruments:
    """The register that comes with Pincite, read once; raises `AuthorityError`."""
    folder = files("corpus.authority") / DATA
    sources = sorted((item for item in folder.iterdir() if item.name.endswith(".yaml")), key=lambda item: item.name)
    return Instruments(record for item in sources for record in read_records(item.read_text("utf-8"), item.name))


def find(text: str, *, organ: Organ | None = None) -> list[Written]:
    """Every instrument written in `text` by number, symbol or known name: left to right, longest first, no overlaps.

    `organ` is the organ whose document the text stands in, which decides what a bare "resolution 40/3" is.
    """
    return without_overlaps([*find_numbers(text, organ=organ), *load().find(text)])


def find_numbers(text: str, *, organ: Organ | None = None) -> Iterator[Written]:
    """The instruments written in `text` by symbol or number alone; forms may overlap."""
    yield from find_symbols(text)
    yield from find_resolutions(text, organ=organ)
    yield from find_acts(text)
    for form, written in walk(FORMS, text):
        record = load().by_name(written.instrument.id)
        if record:
            yield Written(written.start, written.end, InstrumentId(record.id, record.type))
        elif not form.registered:
            yield written


def without_overlaps(found: Iterable[Written]) -> list[Written]:
    """The longest of overlapping forms; several instruments read from one and the same span all stay."""
    kept: list[Written] = []
    for written in sorted(found, key=lambda w: (w.start - w.end, w.start, w.instrument.id)):
        span = (written.start, written.end)
        if all(span[1] <= other.start or other.end <= span[0] or span == (other.start, other.end) for other in kept):
            kept.append(written)
    return sorted(dict.fromkeys(kept), key=lambda w: (w.start, w.end))


def parse(text: str) -> InstrumentId | None:
    """The instrument that `text` as a whole is a written form of, None if it is none or leaves open which.

    Takes what people type into a search box: `55/63` is read as the General Assembly's, `1373` alone as nothing.
    """
    name = " ".join(text.split()).strip(".,;: ")
    record = load().by_name(name)
    if record:
        return InstrumentId(record.id, record.type)
    if name.isdecimal():
        return None
    symbol = read_symbol(name)
    if symbol:
        return symbol
    for form in (name, f"resolution {name}", _with_keyword(name)):
        found = find(form)
        if len({written.instrument for written in found}) == 1 and _is_rest(form, found[0]):
            return found[0].instrument
    return None


def _with_keyword(name: str) -> str:
    """`SC 1373`, `UNGA 55/63` with the word that stands between organ and number."""
    return re.sub(r"\b(UNGA|GA|UNSC|SC|ECOSOC|HRC|UNHRC|Assembly|Council)\s+(?=\d|S-)", r"\1 resolution ", name)


def _is_rest(form: str, written: Written) -> bool:
    """Whether nothing but organ names and words like "resolution" stands around the form."""
    around = f"{form[: written.start]} {form[written.end :]}"
    return not _AROUND_NUMBER.sub("", around) and written.end > written.start


def _by_series(records: Iterable[Instrument]) -> dict[int, Instrument]:
    numbered: dict[int, Instrument] = {}
    for record in records:
        place = SERIES.fullmatch(record.series)
        if place and numbered.setdefault(int(place["number"]), record) is not record:
            raise AuthorityError(f"both {numbered[int(place['number'])].id!r} and {record.id!r} claim {record.series}")
    return numbered


def _written_names(record: Instrument) -> Iterator[str]:
    """The names of a record, also led by the issuing body as in many sources; act numbers without their kind."""
    for name in record.names:
        yield name
        if record.body and _LEADS.match(name):
            yield from (
                f"{body} {name}" for body in (record.body, *_SHORT_BODIES.get(record.body, ())) if body not in name
            )
    alone = NUMBER_ALONE.search(record.id)
    if alone:
        yield alone.group()


def _short_forms(record: Instrument) -> Iterator[str]:
    """The names of a record without the place or "International" in front, which people leave out of long titles."""
    for name in record.names:
        long = _PLACED.match(name)
        if long and len(name.split()) >= _UNMISTAKABLE:
            yield name[long.end() :]


def _owned(name: str) -> tuple[str, bool]:
    """The key under which a name has one owner; names that must be spelled exactly are apart from the others."""
    exact = _case(name) == Case.EXACT
    return (name if exact else name_key(name), exact)


def _case(name: str) -> Case:
    """Acronyms and single words are found as they are written, long names however they are."""
    if len(name.split()) == 1 or name.isupper():
        return Case.EXACT
    return Case.ANY if len(words(name)) >= _UNMISTAKABLE else Case.INITIAL
