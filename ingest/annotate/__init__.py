"""Annotation: every passage gets the organisations, instruments, provisions, countries, years and dates that it names.

Each step is a pure function over a whole document; it says by name which steps' results it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TypeAlias

from corpus.model import Annotation, AnnotationType, Document, Passage, ordered
from ingest.annotate.countries import find_countries
from ingest.annotate.instruments import find_instruments
from ingest.annotate.notes import find_notes
from ingest.annotate.organisation_model import without_model
from ingest.annotate.organisations import find_organisations
from ingest.annotate.provisions import find_provisions
from ingest.annotate.windows import pieces
from ingest.annotate.years import find_years

__all__ = ["STEPS", "Step", "annotate", "check_order"]

#: What a step gives: for each passage, in order, its annotations.
Layer: TypeAlias = Sequence[tuple[Annotation, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """One annotator: its `name`, the steps that must have run before it, and the function that takes their layers."""

    name: str
    needs: tuple[str, ...]
    run: Callable[..., Layer]


#: The steps in the order of their running.
STEPS = (
    Step("instruments", (), find_instruments),
    Step("notes", ("instruments",), find_notes),
    Step("provisions", ("instruments", "notes"), find_provisions),
    Step("years", ("instruments",), find_years),
    Step("countries", ("instruments",), find_countries),
    Step("organisations", ("instruments",), find_organisations),
)


def annotate(document: Document, passages: Sequence[Passage], *, model: bool = True) -> tuple[Passage, ...]:
    """The passages of one document with their annotations in reading order; what they had before is replaced.

    Without `model` no statistical model is loaded or asked: much faster, a few organisations fewer.
    """
    check_order(STEPS)
    cut = pieces(passages)
    texts = [piece.passage for piece in cut]
    layers: dict[str, Layer] = {}
    with nullcontext() if model else without_model():
        for step in STEPS:
            layers[step.name] = step.run(document, texts, *(layers[name] for name in step.needs))
    found: list[list[Annotation]] = [[] for _ in passages]
    for at, piece in enumerate(cut):
        found[piece.row].extend(piece.placed(_together(layers, at)))
    return tuple(replace(each, annotations=tuple(row)) for each, row in zip(passages, found, strict=True))


def check_order(steps: Sequence[Step]) -> None:
    """Raise `ValueError` naming the first step that stands before one it needs, or needs one that does not exist."""
    done: set[str] = set()
    for step in steps:
        missing = [name for name in step.needs if name not in done]
        if missing:
            raise ValueError(f"annotation step {step.name!r} needs {missing[0]!r}, which does not run before it")
        done.add(step.name)


def _together(layers: Mapping[str, Layer], at: int) -> tuple[Annotation, ...]:
    """All annotations of text `at`; a country that stands only inside an organisation's name is a part of it."""
    found = [annotation for layer in layers.values() for annotation in layer[at]]
    names = [ann for ann in found if ann.type == AnnotationType.ORGANISATION]
    return ordered(
        replace(ann, subtype="part") if ann.type == AnnotationType.COUNTRY and _is_inside(ann, names) else ann
        for ann in found
    )


def _is_inside(annotation: Annotation, others: Sequence[Annotation]) -> bool:
    return any(other.start <= annotation.start and annotation.end <= other.end for other in others)
