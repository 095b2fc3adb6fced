"""The library's corrections, put on documents as they come in and on those that are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from corpus.corrections import Corrections, apply
from corpus.errors import NotFound
from corpus.model import Passage
from corpus.store import Store


@dataclass(frozen=True, slots=True)
class Outcome:
    """`changed` are ids of documents whose annotations had to change; `unmet` has a line for each rule in vain."""

    changed: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


def refresh(store: Store, corrections: Corrections, *, write: bool = True) -> Outcome:
    """Bring all documents of the library in step with its corrections; without `write` only tell what is out of step.

    Nothing is read or annotated: the annotators' own findings are kept beside the corrected ones. Looked at are the
    documents that a rule names, those that hold a value that a rule changes everywhere, and those corrected before.
    """
    held = set(store.revisions())
    concerned = (corrections.documents & held) | store.corrected(corrections.values)
    met: set[int] = set()
    reasons: dict[int, str] = {}
    changed = []
    for identifier in sorted(concerned):
        before = store.passages(identifier)
        applied = apply(corrections, identifier, before)
        met |= applied.met
        reasons |= applied.unmet
        if applied.passages != tuple(before):
            changed.append(identifier)
            if write:
                _correct(store, corrections, identifier)
    return Outcome(tuple(changed), tuple(_in_vain(corrections, met, reasons, held)))


def _correct(store: Store, corrections: Corrections, document_id: str) -> None:
    """Apply them to what the document holds when nobody else writes any more, unless it has gone meanwhile."""

    def changed(before: Sequence[Passage]) -> list[Passage]:
        after = apply(corrections, document_id, before).passages
        return [new for new, old in zip(after, before, strict=True) if new != old]

    with suppress(NotFound):
        store.reannotate(document_id, changed)


def _in_vain(corrections: Corrections, met: set[int], reasons: dict[int, str], held: set[str]) -> Iterator[str]:
    for number, rule in enumerate(corrections.rules):
        if number not in met:
            absent = rule.document and rule.document not in held
            reason = f"the library holds no document {rule.document!r}" if absent else reasons.get(number)
            yield f"{corrections.place(number)}: {reason or 'nothing is tagged so in the library'}"
