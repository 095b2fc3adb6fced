"""Acronyms of organisations that a document defines itself, valid from its first passage to its last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.authority.names import acronym_key, name_key
from corpus.authority.organisation_records import Organisation
from corpus.authority.organisations import load
from corpus.model import Found
from ingest.annotate.acronyms import (
    CAPITAL_WORD,
    Definition,
    abbreviates,
    capital_runs,
    find_definitions,
    short_form_at,
)
from ingest.annotate.organisation_forms import Role
from ingest.annotate.organisation_gazetteer import Candidate
from ingest.annotate.organisation_mentions import Mention
from ingest.annotate.organisation_patterns import canonical, is_specific_name

#: The document says itself what its short form means.
_CONFIDENCE = 0.95
#: Parentheses behind a body that tell its country, not its short form.
_COUNTRIES = frozenset({"US", "USA", "UK", "UAE", "USSR", "DRC", "PRC", "CAR", "FRG", "GDR", "FYROM", "NZ"})
#: A misquoted name and the true one share at least this part of their words.
_ALIKE = 0.5
#: A known name that ends so near before the parenthesis is what the acronym stands for; a possessive may be between.
_CLOSE = 3
#: A well-known acronym shorter than this is not taken away from its bearer by a definition of something else.
_FREE_LENGTH = 4
_CAPITALISED = re.compile(CAPITAL_WORD)


@dataclass(frozen=True, slots=True)
class DefinedForms:
    """The short forms that a document defines.

    `names` gives the organisation of each acronym key, "" where it abbreviates something else; `written` gives the
    organisation of each short or long form as the document spells it.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)

    def find(self, text: str) -> list[Mention]:
        """Where `text` uses the forms, overlaps included."""
        longest_first = sorted(self.written, key=lambda form: (-len(form), form))
        return [
            Mention(*match.span(), self.written[form], Found.ACRONYM, _CONFIDENCE)
            for form in longest_first
            if form in text
            for match in re.finditer(rf"(?<![\w/-]){re.escape(form)}(?![\w-])", text)
        ]


def collect(texts: Sequence[str], candidates: Sequence[Sequence[Candidate]]) -> DefinedForms:
    """The definitions in a document's texts; the first definition of a short form holds.

    `candidates` are the names of the gazetteer in each text.
    """
    names: dict[str, str] = {}
    written: dict[str, str] = {}
    for text, found in zip(texts, candidates, strict=True):
        for short, name in _beside_names(text, found):
            if names.setdefault(acronym_key(short), name) == name:
                written |= {short: name}
        written.update(_misquoted(text, found))
        for definition in find_definitions(text):
            name = _organisation(definition)
            if name or len(definition.short) >= _FREE_LENGTH or not _well_known(definition.short):
                name = names.setdefault(acronym_key(definition.short), name)
            if name and (name == definition.long or _likeness(definition.long, name) >= _ALIKE):
                written |= {definition.short: name, definition.long: name}
    return DefinedForms(names, written)


def _beside_names(text: str, candidates: Sequence[Candidate]) -> Iterator[tuple[str, str]]:
    """Short forms in parentheses behind a name of the gazetteer, with that name; the longest name before each."""
    for candidate in sorted(candidates, key=lambda found: (found.end, found.start)):
        full = [form for form in candidate.forms if form.role is Role.NAME]
        behind = short_form_at(text, candidate.end) if full else None
        if behind is None or behind[0] in _COUNTRIES:
            continue
        owners = _owners(behind[0])
        if any(owner.name == full[0].name for owner in owners) or (
            not owners and abbreviates(behind[0], text[candidate.start : candidate.end])
        ):
            yield behind[0], full[0].name


def _misquoted(text: str, candidates: Sequence[Candidate]) -> Iterator[tuple[str, str]]:
    """Long forms that only resemble the name of the acronym's bearer: "Association of South Asian Nations (ASEAN)"."""
    for short, begin, end in capital_runs(text):
        if any(begin < candidate.end <= end and candidate.end > end - _CLOSE for candidate in candidates):
            continue
        starts = [word.start() for word in _CAPITALISED.finditer(text, begin, end)]
        for owner in _owners(short):
            best = max(starts, key=lambda start: (_likeness(text[start:end], owner.name), start))
            if _likeness(text[best:end], owner.name) >= _ALIKE:
                yield text[best:end], owner.name
                break


def _organisation(definition: Definition) -> str:
    """The organisation that a definition names: a known one, a misquoted known one, or a new one; "" for none."""
    known = load().by_name(definition.long)
    if known:
        return known.name
    for owner in _owners(definition.short):
        if _likeness(definition.long, owner.name) >= _ALIKE:
            return owner.name
    return canonical(definition.long) if is_specific_name(definition.long) else ""


def _owners(short: str) -> tuple[Organisation, ...]:
    return tuple(
        record
        for record in load().candidates(short)
        if short in {form for name in (*record.acronyms, *record.ambiguous) for form in (name, name.upper())}
    )


def _well_known(short: str) -> bool:
    return any(short in record.acronyms for record in load().candidates(short))


def _likeness(quoted: str, true: str) -> float:
    """The part of the words of both names that they share, in [0, 1]."""
    words = [{key for word in name.split() if (key := name_key(word))} for name in (quoted, true)]
    return len(words[0] & words[1]) / max(1, len(words[0] | words[1]))
