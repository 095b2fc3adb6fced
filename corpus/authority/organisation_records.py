"""How a record of an organisation is written in YAML, read and checked.

A file is a list of groups; a group gives the `kind` and the `parent` of its `members` that state none of their own:

    - kind: un_programme
      parent: United Nations
      members:
        - name: United Nations Office on Drugs and Crime
          acronyms: [UNODC]
          aliases: [United Nations Office for Drug Control and Crime Prevention]
          source: unodc.org

Keys of a member: `name` the full official English name without acronym; `aliases` other full names, former ones
included; `acronyms` short forms that mean this organisation wherever they stand; `ambiguous` acronyms that mean it only
where the document names it or one of its `cues` stands near; `short` names that mean it only where no longer name
stands around them ("General Assembly"); `source` the web domain that the facts were checked against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.authority.groups import members_of
from corpus.errors import AuthorityError

#: The kinds that an organisation can have, for grouping in lists.
KINDS = frozenset(
    {
        "igo", "un_organ", "un_programme", "un_agency", "un_mission", "treaty_body", "court", "commission", "agency",
        "bank", "group", "working_group", "ngo", "company", "university", "institute", "ministry", "parliament",
        "police", "professional",
    }
)  # fmt: skip
_TEXT_KEYS = ("name", "kind", "parent", "source")
_LIST_KEYS = ("aliases", "acronyms", "ambiguous", "short", "cues")


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation: canonical `name`, `kind` (one of `KINDS`), `parent`'s name or "", and its other names.

    What `aliases`, `acronyms`, `ambiguous`, `short`, `cues` and `source` hold is told at the top of this module.
    """

    name: str
    kind: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    source: str = ""

    @property
    def full_names(self) -> tuple[str, ...]:
        """The canonical name and the aliases."""
        return (self.name, *self.aliases)

    @property
    def own_names(self) -> tuple[str, ...]:
        """The names that no other organisation may bear."""
        return (*self.full_names, *self.acronyms)

    @property
    def other_names(self) -> tuple[str, ...]:
        """Everything that the organisation is called besides its canonical name, each once."""
        names = (*self.acronyms, *self.ambiguous, *self.aliases, *self.short)
        return tuple(name for name in dict.fromkeys(names) if name != self.name)


def read_records(text: str, source: str) -> Iterator[Organisation]:
    """The records of one YAML text, in its order; raises `AuthorityError` naming `source` and the record."""
    for member, shared in members_of(text, source):
        yield _record(member, shared, source)


def _record(member: object, shared: Mapping[str, Any], source: str) -> Organisation:
    if not isinstance(member, dict) or not isinstance(member.get("name"), str):
        raise AuthorityError(f"{source}: a member needs a name: {member!r}")
    facts = {**shared, **member}
    unknown = sorted(facts.keys() - {*_TEXT_KEYS, *_LIST_KEYS})
    if unknown:
        raise AuthorityError(f"{source}: {member['name']!r} has the unknown key {unknown[0]!r}")
    texts = {key: _text(facts, key, source) for key in _TEXT_KEYS}
    if texts["kind"] not in KINDS:
        raise AuthorityError(f"{source}: {member['name']!r} has the unknown kind {texts['kind']!r}")
    names = {key: _names(facts, key, source) for key in _LIST_KEYS}
    return Organisation(
        name=texts["name"],
        kind=texts["kind"],
        parent=texts["parent"],
        source=texts["source"],
        aliases=names["aliases"],
        acronyms=names["acronyms"],
        ambiguous=names["ambiguous"],
        short=names["short"],
        cues=names["cues"],
    )


def _text(facts: Mapping[str, Any], key: str, source: str) -> str:
    value = facts.get(key, "")
    if not isinstance(value, str):
        raise AuthorityError(f"{source}: {facts['name']!r}: {key} must be a text, not {value!r}")
    return value


def _names(facts: Mapping[str, Any], key: str, source: str) -> tuple[str, ...]:
    values = facts.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise AuthorityError(f"{source}: {facts['name']!r}: {key} must be a list of texts, not {values!r}")
    return tuple(values)
