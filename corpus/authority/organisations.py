"""Organisations that the field knows: full names, other names, acronyms, kinds and parents.

The annotators find these names in texts, the query box finds them in queries. Facts lie in `organisations/*.yaml`;
how a record is written there is told in `corpus.authority.organisation_records`.

    >>> load().by_name("COE").name
    'Council of Europe'
    >>> load().parents("Commission on Crime Prevention and Criminal Justice")
    ('United Nations Economic and Social Council', 'United Nations')
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from corpus.authority.names import acronym_key, name_key
from corpus.authority.organisation_records import Organisation, read_records
from corpus.errors import AuthorityError
from corpus.model import AnnotationType, Entity

#: Where the facts lie, one file a family of organisations, read in the order of their names.
DATA = "organisations"
#: English words that are acronyms only in capitals.
COMMON_WORDS = frozenset(
    {"who", "first", "impact", "pace", "epic", "eco", "us", "it", "act", "isa", "can", "aid", "is"}
)


class Organisations:
    """A checked set of organisations, looked up by any of their names.

    Raises `AuthorityError` if two organisations claim one name that neither declares ambiguous, or a parent is unknown.
    """

    def __init__(self, records: Iterable[Organisation]) -> None:
        self._records = tuple(records)
        self._named = _unique_names(self._records)
        self._keys = _by_key(self._records)
        self._acronyms = _by_acronym(self._records)
        self._children: dict[str, list[str]] = defaultdict(list)
        for record in self._records:
            self._check_parents(record)
            self._children[record.parent].append(record.name)

    def all(self) -> tuple[Organisation, ...]:
        """Every organisation in the order of the files."""
        return self._records

    def get(self, name: str) -> Organisation | None:
        """The organisation with exactly this canonical name."""
        return self._named.get(name)

    def by_name(self, text: str) -> Organisation | None:
        """The organisation that `text` as a whole names, however it is spelled; the likeliest of several bearers.

        Case, accents, hyphens, dots, "the", "and"/"&", a possessive and British or American spelling do not matter;
        only an acronym that is a common word must be written in capitals ("WHO", not "who").
        """
        bearers = self.candidates(text)
        return bearers[0] if bearers else None

    def candidates(self, text: str) -> tuple[Organisation, ...]:
        """All bearers of the name `text`, the likeliest first: owners of the name, then of the ambiguous short form."""
        key = acronym_key(text)
        short = self._acronyms.get(key, ()) or self._acronyms.get(key.upper() if key not in COMMON_WORDS else "", ())
        return tuple(dict.fromkeys((*self._keys.get(name_key(text), ()), *short)))

    def parents(self, name: str) -> tuple[str, ...]:
        """Names of the bodies above `name`, nearest first; empty for an unknown or independent organisation."""
        above: list[str] = []
        record = self._named.get(name)
        while record is not None and record.parent:
            above.append(record.parent)
            record = self._named.get(record.parent)
        return tuple(above)

    def descendants(self, name: str) -> tuple[str, ...]:
        """Names of all bodies below `name`, each followed by its own, in the order of the files."""
        below: list[str] = []
        for child in self._children.get(name, ()):
            below += [child, *self.descendants(child)]
        return tuple(below)

    def has_bodies(self, name: str) -> bool:
        """Whether any body stands below `name`."""
        return name in self._children

    def entity(self, name: str) -> Entity:
        """The model's entity for `name`; an organisation outside the gazetteer is an entity without further facts."""
        record = self._named.get(name)
        if record is None:
            return Entity(AnnotationType.ORGANISATION, name)
        return Entity(AnnotationType.ORGANISATION, name, record.other_names, record.kind, record.parent)

    def _check_parents(self, record: Organisation) -> None:
        above, seen = record.parent, [record.name]
        while above:
            if above not in self._named:
                raise AuthorityError(f"organisations: {seen[-1]!r} names the unknown parent {above!r}")
            if above in seen:
                raise AuthorityError(f"organisations: {record.name!r} stands below itself")
            seen.append(above)
            above = self._named[above].parent


@cache
def load() -> Organisations:
    """The gazetteer of this package, read and checked once; raises `AuthorityError` naming the file and the record."""
    sources = sorted((files("corpus.authority") / DATA).iterdir(), key=lambda source: source.name)
    texts = {source.name: source.read_text(encoding="utf-8") for source in sources if source.name.endswith(".yaml")}
    return from_yaml(texts)


def from_yaml(texts: Mapping[str, str]) -> Organisations:
    """Organisations from YAML texts by file name; raises `AuthorityError`."""
    return Organisations(record for name, text in texts.items() for record in read_records(text, name))


def _unique_names(records: Iterable[Organisation]) -> dict[str, Organisation]:
    named: dict[str, Organisation] = {}
    for record in records:
        if record.name in named:
            raise AuthorityError(f"organisations: {record.name!r} is recorded twice")
        named[record.name] = record
    return named


def _by_key(records: Iterable[Organisation]) -> dict[str, tuple[Organisation, ...]]:
    owned: dict[str, Organisation] = {}
    shared: dict[str, list[Organisation]] = defaultdict(list)
    for record in records:
        for name in record.own_names:
            owner = owned.setdefault(name_key(name), record)
            if owner is not record:
                raise AuthorityError(f"organisations: {name!r} belongs to both {owner.name!r} and {record.name!r}")
        for name in record.short:
            shared[name_key(name)].append(record)
    return {key: (*([owned[key]] if key in owned else []), *shared.get(key, ())) for key in {**owned, **shared}}


def _by_acronym(records: Iterable[Organisation]) -> dict[str, tuple[Organisation, ...]]:
    shared: dict[str, list[Organisation]] = defaultdict(list)
    for record in records:
        for acronym in record.ambiguous:
            for key in {acronym_key(acronym), acronym_key(acronym).upper()}:
                shared[key].append(record)
    return {key: tuple(bearers) for key, bearers in shared.items()}
