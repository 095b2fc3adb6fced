"""Asks every peer every question in turn, so that all of them meet the same moods of the machine."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tests.benchmarks.searching.mix import Question
from tests.benchmarks.searching.peer import PAGE, SHOWN, Answer, Peer


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one question: `first` when it was asked first, `warm` the median of the times after."""

    first: float
    warm: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One question: how many passages answer, and the timing of every peer."""

    question: str
    total: int
    timings: Mapping[str, Timing]


def measure(peers: Sequence[Peer], questions: Sequence[Question], rounds: int, budget: float) -> Iterator[Measured]:
    """Timings of each question; a peer that has used `budget` seconds on it is asked no more, but twice at least.

    Raises `ValueError` if two peers answer differently.
    """
    gc.collect()
    gc.freeze()  # what one peer holds open does not slow the others' collections
    for question in questions:
        times: dict[str, list[float]] = {peer.name: [] for peer in peers}
        for turn in range(rounds + 1):
            for peer in peers:
                spent = times[peer.name]
                if turn < 2 or sum(spent) < budget * 1_000:
                    spent.append(_milliseconds(peer, question))
        total = agreed(peers, question)
        yield Measured(question.name, total, {name: _timing(spent) for name, spent in times.items()})


def agreed(peers: Sequence[Peer], question: Question) -> int:
    """The number of hits that all peers find; raises `ValueError` if totals, fragments or any count differ."""
    answers = {peer.name: peer.read(peer.ask(question, None)) for peer in peers}
    for (left, one), (right, other) in combinations(answers.items(), 2):
        if difference := _difference(one, other):
            raise ValueError(f"{question.name}: {left} and {right} differ in {difference}")
    for name, answer in answers.items():
        if len(answer.fragments) != min(answer.total, PAGE):
            raise ValueError(f"{question.name}: {name} gives {len(answer.fragments)} hits of {answer.total}")
    return next(iter(answers.values())).total


def _difference(one: Answer, other: Answer) -> str:
    if one.total != other.total:
        return f"the total: {one.total} and {other.total}"
    if None not in {one.documents, other.documents} and one.documents != other.documents:
        return f"documents: {one.documents} and {other.documents}"
    for facet, counts in one.facets.items():
        others = other.facets[facet]
        for value in counts.keys() | others.keys():
            left, right = counts.get(value), others.get(value)
            if left is None or right is None or left.passages != right.passages:
                return f"{facet} {value}: {left} and {right}"
            if None not in {left.documents, right.documents} and left.documents != right.documents:
                return f"the documents of {facet} {value}: {left} and {right}"
    return ""


def _milliseconds(peer: Peer, question: Question) -> float:
    start = time.perf_counter()
    peer.ask(question, SHOWN)
    return (time.perf_counter() - start) * 1_000


def _timing(spent: Sequence[float]) -> Timing:
    return Timing(spent[0], statistics.median(spent[1:]))
