"""Synonyms of the field: what a query may also be looked for under, from the reviewed list in `synonyms.yaml`.

>>> load().of(("dual", "criminality"))
(('double', 'criminality'),)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeAlias

from corpus.authority.groups import members_of
from corpus.errors import AuthorityError
from search.analysis import COMBINING, SPELLINGS, STOP_WORDS, fold, tokens
from search.query import Near, Node, Word

#: The reviewed list, beside this module.
DATA = "synonyms.yaml"

#: Terms whose keys are remembered; the list has about 2,000.
_REMEMBERED = 1 << 13

#: Words of one term, in order.
Term: TypeAlias = tuple[str, ...]
#: Endings of plurals with those of the singular, as Harman's S-stemmer has them ("How effective is suffixing?", 1991);
#: the first that fits counts.
_PLURALS = (
    *(("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")),
    *(("ss", "ss"), ("us", "us"), ("is", "is"), ("s", "")),
)
_SHORTEST = 3
#: Letters that British and American spellings swap.
_LETTERS = {"our": "or", "z": "s", "ence": "ense"}
_RESPELLED = re.compile("|".join(_LETTERS))
_FORMS = (frozenset({"same", "why"}), frozenset({"asked", "also", "why"}))


@dataclass(frozen=True, slots=True)
class Widened:
    """Operands of a query side by side and what they are also looked for under; no alternatives for most.

    `asked` and `others` say it to people: "also looked for: MLA (for mutual legal assistance)".
    """

    parts: tuple[Node, ...]
    alternatives: tuple[Node, ...] = ()
    asked: str = ""
    others: tuple[str, ...] = ()


class Synonyms:
    """Terms and what else each is found under, looked up in any number and spelling, small words apart."""

    def __init__(self, relations: Mapping[Term, Sequence[Term]]) -> None:
        self._others = {key: tuple(others) for key, others in relations.items()}
        self._longest = max(map(len, self._others), default=0)

    def __len__(self) -> int:
        return len(self._others)

    def of(self, term: Term) -> tuple[Term, ...]:
        """What a term, written in any of its forms, is also found under; empty for most."""
        return self._others.get(key_of(term), ())

    def widened(self, parts: Sequence[Node]) -> tuple[Widened, ...]:
        """The operands of a row in order, the longest runs of plain words that form a known term taken together."""
        found: list[Widened] = []
        at = 0
        while at < len(parts):
            run = self._longest_term(parts[at:])
            found.append(self._widened(run) if run else Widened((parts[at],)))
            at += len(found[-1].parts)
        return tuple(found)

    def _longest_term(self, parts: Sequence[Node]) -> tuple[Word, ...]:
        """The most words at the front that are a known term; a compound may be written in one word more."""
        run: list[Word] = []
        for part in parts[: self._longest + 1]:
            if not isinstance(part, Word) or part.field is not None:
                break
            run.append(part)
        ends = range(len(run), 0, -1)
        return next((tuple(run[:end]) for end in ends if self.of(tuple(word.text for word in run[:end]))), ())

    def _widened(self, run: tuple[Word, ...]) -> Widened:
        asked = tuple(word.text for word in run)
        others = self.of(asked)
        return Widened(run, tuple(map(_node, others)), " ".join(asked), tuple(map(" ".join, others)))


@lru_cache(maxsize=_REMEMBERED)
def key_of(term: Term) -> Term:
    """The form in which terms are looked up: singular, one spelling, no small words, compounds joined (`cyber crime`).

    Stems would be too coarse: `information` has that of `informer`, `internal` that of `international`.
    """
    kept: list[str] = []
    joined = ""
    for word in map(fold, term):
        if word in COMBINING:
            joined += word
        elif joined or word not in STOP_WORDS:
            kept.append(_form(joined + word))
            joined = ""
    return (*kept, joined) if joined else tuple(kept)


def _form(folded: str) -> str:
    """A word without the s of a plural, and with what differs in American spelling made the same."""
    one = next((folded[: -len(end)] + single for end, single in _PLURALS if folded.endswith(end)), folded)
    one = one if len(one) >= _SHORTEST else folded
    return _RESPELLED.sub(lambda match: _LETTERS[match.group()], SPELLINGS.get(one, one))


@cache
def load() -> Synonyms:
    """The list of this package, read and checked once; raises `AuthorityError` naming the file and the entry."""
    return from_yaml((files("search") / DATA).read_text(encoding="utf-8"), DATA)


def from_yaml(text: str, source: str) -> Synonyms:
    """Synonyms from a YAML text; raises `AuthorityError`."""
    same: dict[Term, list[Term]] = {}
    directed: dict[Term, list[Term]] = {}
    for entry, _ in members_of(text, source):
        form = _checked(entry, source)
        if "same" in form:
            terms = _terms(form["same"], form, source, least=2)
            _enter(same, terms, terms, source)
        else:
            _enter(directed, _terms(form["asked"], form, source), _terms(form["also"], form, source), source)
    return Synonyms({key: _merged(key, (*same.get(key, ()), *directed.get(key, ()))) for key in {**same, **directed}})


def _checked(entry: object, source: str) -> Mapping[str, Any]:
    if not isinstance(entry, dict) or frozenset(entry) not in _FORMS:
        raise AuthorityError(f"{source}: {entry!r} is neither {{same, why}} nor {{asked, also, why}}")
    if not (isinstance(entry["why"], str) and entry["why"].strip()):
        raise AuthorityError(f"{source}: {entry!r} does not say why")
    return entry


def _terms(listed: object, entry: Mapping[str, Any], source: str, least: int = 1) -> tuple[Term, ...]:
    if not isinstance(listed, list) or len(listed) < least or not all(isinstance(term, str) for term in listed):
        raise AuthorityError(f"{source}: {entry!r} needs a list of at least {least} terms")
    terms = tuple(_words(term) for term in listed)
    for term, written in zip(terms, listed, strict=True):
        if not key_of(term):
            raise AuthorityError(f"{source}: {written!r} holds small words only, which no search asks for")
    if len(set(map(key_of, terms))) < len(terms):
        raise AuthorityError(f"{source}: {entry!r} names one term twice")
    return terms


def _words(written: str) -> Term:
    return tuple(written[token.start : token.end] for token in tokens(written))


def _enter(relations: dict[Term, list[Term]], asked: Iterable[Term], also: Sequence[Term], source: str) -> None:
    for term in asked:
        key = key_of(term)
        if key in relations:
            raise AuthorityError(f"{source}: {' '.join(term)!r} is listed twice")
        relations[key] = list(also)


def _merged(key: Term, others: Iterable[Term]) -> tuple[Term, ...]:
    """Each other term once, the asked one left out."""
    return tuple({key_of(term): term for term in _others(key, others)}.values())


def _others(key: Term, terms: Iterable[Term]) -> Iterator[Term]:
    return (term for term in terms if key_of(term) != key)


def _node(term: Term) -> Node:
    """A term as a query: its stems, side by side."""
    return Word(term[0]) if len(term) == 1 else Near(term, 0)
