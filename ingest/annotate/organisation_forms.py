"""The written forms of the organisations in the gazetteer: names recombined with their parents' names, and spelled out.

"Organization of American States General Assembly" is also written "OAS General Assembly" and "General Assembly of the
OAS"; the records state only what cannot be derived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.authority.organisation_records import Organisation
from corpus.authority.organisations import Organisations

#: The body whose organs are named with or without it: "Commission on ..." = "United Nations Commission on ...".
_UNITED_NATIONS = "United Nations"


class Role(StrEnum):
    """How sure a written form names its organisation."""

    NAME = "name"  # a full name: capitals at its main words are enough
    ACRONYM = "acronym"  # its own capitals are enough
    AMBIGUOUS = "ambiguous"  # an acronym that needs the document's support
    SHORT = "short"  # a name that other words around it can make another body's


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of the organisation `name`."""

    text: str
    name: str
    role: Role


def forms(organisations: Organisations) -> tuple[Form, ...]:
    """All written forms, each once for every organisation that bears it, in the gazetteer's order."""
    found: dict[tuple[str, str], Form] = {}
    for record in organisations.all():
        for text, role in _forms_of(record, organisations):
            found.setdefault((text, record.name), Form(text, record.name, role))
    return tuple(found.values())


def _forms_of(record: Organisation, organisations: Organisations) -> Iterator[tuple[str, Role]]:
    composed = (text for name in record.full_names for text in _composed(name, record, organisations))
    for text in dict.fromkeys((*record.full_names, *composed)):
        yield from ((spelled, Role.NAME) for spelled in _spellings(text))
    for role, names in (
        (Role.ACRONYM, record.acronyms), (Role.AMBIGUOUS, record.ambiguous), (Role.SHORT, record.short)
    ):  # fmt: skip
        yield from ((spelled, role) for name in names for spelled in _spellings(name))


def _composed(name: str, record: Organisation, organisations: Organisations) -> Iterator[str]:
    """`name` with each name of the bodies above it in front, and behind an "of the"."""
    for above in organisations.parents(record.name):
        parent = organisations.get(above)
        if parent is None:
            continue
        own = _own_part(name, parent)
        if own or above == _UNITED_NATIONS:
            yield from _with_parent(own or name, parent)
    for abbreviated, full in (("US ", "United States "), ("UK ", "United Kingdom ")):
        if name.startswith(full):
            yield abbreviated + name.removeprefix(full)


def _own_part(name: str, parent: Organisation) -> str:
    """What is left of `name` without the parent's name in front or behind ("... of the ..."), "" if it has neither."""
    for full in (*parent.full_names, *parent.acronyms):
        if name.startswith(full + " "):
            return name.removeprefix(full + " ")
        for joint in (" of the ", " of "):
            if name.endswith(joint + full):
                return name.removesuffix(joint + full)
    return ""


def _with_parent(own: str, parent: Organisation) -> Iterator[str]:
    for name in (*parent.full_names, *parent.acronyms, *parent.ambiguous, *parent.short):
        if not own.startswith(name + " "):
            yield from (f"{name} {own}", f"{own} of the {name}", f"{own} of {name}")


#: Words that are written in one, with a hyphen, or in two; the halves of each.
_COMPOUNDS = (
    "co operation", "co ordination", "cyber crime", "cyber security", "peace keeping", "peace building",
    "peace making", "counter terrorism", "multi national", "inter governmental", "inter agency", "sub committee",
    "sub commission", "non governmental", "non proliferation", "land locked", "south east", "south west", "north east",
    "south eastern", "north western", "anti corruption", "tele communications", "bio diversity",
)  # fmt: skip
_COMPOUND = re.compile(
    "|".join(rf"\b(?:{first})-?(?:{second})\b" for first, second in map(str.split, _COMPOUNDS)), re.IGNORECASE
)
_FIRST_HALVES = tuple(sorted({pair.split()[0] for pair in _COMPOUNDS}, key=len, reverse=True))


def _hyphenations(text: str) -> Iterator[str]:
    """`text` with its compounds in one word and with a hyphen; the matcher takes a hyphen for a blank."""
    if _COMPOUND.search(text):
        yield _COMPOUND.sub(lambda match: _joined(match.group()), text)
        yield _COMPOUND.sub(lambda match: _hyphened(match.group()), text)


def _joined(word: str) -> str:
    first, hyphen, second = word.partition("-")
    return first + second.lower() if hyphen else word


def _hyphened(word: str) -> str:
    half = next(len(first) for first in _FIRST_HALVES if word.lower().startswith(first))
    return word if "-" in word else f"{word[:half]}-{word[half:]}"


def _spellings(text: str) -> Iterator[str]:
    """`text` with and without its hyphens, inner articles and commas before "and"; "G8" also as "G 8"."""
    seen = {text, *_hyphenations(text)}
    for pattern, replacement in (
        (r"(?<=\w)-(?=\w)", " "),
        (r" the (?=\w)", " "),
        (r", (?=and )", " "),
        (r"(?<=\w)(, [^,]+) and ", r"\1, and "),
        (r", ", " "),
        (r"^G(?=\d+$)", "G "),
        (r"^G(?=\d+$)", "G-"),
    ):
        seen |= {re.sub(pattern, replacement, spelled) for spelled in seen}
    yield from sorted(seen)
