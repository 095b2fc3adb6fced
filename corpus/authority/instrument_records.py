"""How a record of an instrument is written in YAML, read and checked.

A file is a list of groups; a group gives the `type` and the `body` that its `members` share:

    - type: treaty
      body: Council of Europe
      members:
        - id: Convention on Cybercrime
          date: "2001-11-23"
          short: Budapest Convention
          series: ETS 185
          aliases: [Budapest Convention, Cybercrime Convention]

Keys of a member: `id` the common full name or the number that the instrument is known by; `date` of adoption as an ISO
prefix; `short` the name that people use; `series` its place in a treaty series or the symbol it was adopted in;
`aliases` names that mean this instrument wherever they stand. For national laws `body` is the country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.authority.groups import members_of
from corpus.errors import AuthorityError
from corpus.model import InstrumentType

_TEXT_KEYS = frozenset({"id", "date", "short", "series", "body", "type"})
_KEYS = _TEXT_KEYS | {"aliases"}
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument: `id`, `type`, and what the top of this module tells of the other facts ("" or () if unknown)."""

    id: str
    type: InstrumentType
    short: str = ""
    aliases: tuple[str, ...] = ()
    date: str = ""
    body: str = ""
    series: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The id and the aliases, each once."""
        return tuple(dict.fromkeys((self.id, *self.aliases)))


def read_records(text: str, source: str) -> Iterator[Instrument]:
    """The records of one YAML text, in its order; raises `AuthorityError` naming `source` and the record."""
    for member, shared in members_of(text, source):
        yield _record(member, shared, source)


def _record(member: object, shared: Mapping[str, Any], source: str) -> Instrument:
    if not isinstance(member, dict) or not isinstance(member.get("id"), str):
        raise AuthorityError(f"{source}: a member needs an id: {member!r}")
    facts = {**shared, **member}
    name, aliases = member["id"], facts.get("aliases", [])
    unknown = sorted(facts.keys() - _KEYS)
    if unknown:
        raise AuthorityError(f"{source}: {name!r} has the unknown key {unknown[0]!r}")
    wrong = [key for key in sorted(_TEXT_KEYS & facts.keys()) if not isinstance(facts[key], str)]
    if wrong:
        raise AuthorityError(f"{source}: {name!r}: {wrong[0]} must be a text, not {facts[wrong[0]]!r}")
    if not isinstance(aliases, list) or not all(isinstance(alias, str) and alias for alias in aliases):
        raise AuthorityError(f"{source}: {name!r}: aliases must be a list of texts, not {aliases!r}")
    if facts.get("type") not in set(InstrumentType):
        raise AuthorityError(f"{source}: {name!r} has the unknown type {facts.get('type')!r}")
    if "date" in facts and not _DATE.fullmatch(facts["date"]):
        raise AuthorityError(f"{source}: {name!r}: {facts['date']!r} is no ISO date")
    texts = {key: facts.get(key, "") for key in ("id", "short", "date", "body", "series")}
    return Instrument(type=InstrumentType(facts["type"]), aliases=tuple(aliases), **texts)
