"""The rules of a corrections file as values, and the check of what people wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeAlias

from corpus.authority import instruments
from corpus.catalogue import is_date
from corpus.errors import LocatorError
from corpus.locator import split_passage_id
from corpus.model import AnnotationType, InstrumentType

#: Any rule may say why it stands there.
_REASON = "note"


@dataclass(frozen=True, slots=True)
class Add:
    """These words of a passage (their occurrence of this number, from 1) name this; it replaces what overlaps it."""

    passage: str
    text: str
    type: AnnotationType
    value: str
    subtype: str = ""
    articles: str = ""
    occurrence: int = 1
    line: int = field(default=0, compare=False)

    @property
    def document(self) -> str:
        """The id of the passage's document."""
        return self.passage.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Remove:
    """Annotations that fit all that is stated are taken out; "" and None state nothing, occurrence 0 means every."""

    text: str = ""
    value: str = ""
    type: AnnotationType | None = None
    articles: str | None = None
    passage: str = ""
    inside: str = ""
    occurrence: int = 0
    line: int = field(default=0, compare=False)

    @property
    def document(self) -> str:
        """The id of the one document concerned, "" for all."""
        return self.inside or self.passage.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Rename:
    """Annotations of a type with one of these values have another one instead, everywhere."""

    type: AnnotationType
    values: tuple[str, ...]
    into: str
    line: int = field(default=0, compare=False)

    @property
    def document(self) -> str:
        """No single document is concerned."""
        return ""


Rule: TypeAlias = Add | Remove | Rename


class Fault(ValueError):
    """What is wrong with a rule, without its place."""


def read(kind: str, facts: Mapping[str, Any], line: int = 0) -> Rule:
    """The rule of a table `[[kind]]`; raises `Fault`."""
    return _READERS[kind](_Facts(facts), line)


def checked(rule: Add) -> Add:
    """The rule with the subtype that its value has if it states none; raises `Fault` for what no file may say."""
    if not rule.value:
        raise Fault("lacks 'value'")
    _check_value(rule.type, rule.value)
    subtype = _subtype(rule.type, rule.value, rule.subtype)
    return replace(rule, subtype=subtype, articles=_articles(rule.type, rule.articles))


@cache
def type_of(value: str) -> str:
    """The type of an instrument by its id, as far as the field knows it: `Convention on Cybercrime` -> `treaty`."""
    known = instruments.parse(value)
    return str(known.type) if known and known.id == value else str(InstrumentType.OTHER)


class _Facts:
    """Takes facts out of a table by their keys and kinds."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._facts = facts

    def only(self, *keys: str) -> None:
        """Raise `Fault` for a key that the rule does not have."""
        for key in self._facts:
            if key not in {*keys, _REASON}:
                raise Fault(f"has no key {key!r}; its keys are {', '.join(keys)}")

    def text(self, key: str, *, needed: bool = False) -> str:
        value = self._facts.get(key, "")
        if not isinstance(value, str) or (key in self._facts and not value):
            raise Fault(f"{key} must be a text in quotation marks")
        if needed and not value:
            raise Fault(f"lacks {key!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._facts.get(key)
        if not isinstance(values, list) or not values or not all(isinstance(each, str) and each for each in values):
            raise Fault(f'{key} must be a list of texts such as ["WHO", "World Health Organisation"]')
        return tuple(values)

    def type(self) -> AnnotationType:
        text = self.text("type", needed=True)
        if text not in tuple(AnnotationType):
            raise Fault(f"type must be one of {', '.join(AnnotationType)}, not {text!r}")
        return AnnotationType(text)

    def passage(self, *, needed: bool = False) -> str:
        text = self.text("passage", needed=needed)
        try:
            return f"{split_passage_id(text)[0]}/{split_passage_id(text)[1].path}" if text else ""
        except LocatorError as error:
            raise Fault(f"passage {text!r} is no passage id ({error})") from error

    def occurrence(self, default: int) -> int:
        number = self._facts.get("occurrence", default)
        if isinstance(number, bool) or not isinstance(number, int) or (number < 1 and "occurrence" in self._facts):
            raise Fault("occurrence must be a number from 1")
        return number

    def has(self, key: str) -> bool:
        return key in self._facts


def _add(facts: _Facts, line: int) -> Add:
    facts.only("passage", "text", "occurrence", "type", "value", "subtype", "articles")
    rule = Add(
        type=facts.type(),
        passage=facts.passage(needed=True),
        text=facts.text("text", needed=True),
        value=facts.text("value", needed=True),
        subtype=facts.text("subtype"),
        articles=facts.text("articles"),
        occurrence=facts.occurrence(1),
        line=line,
    )
    return checked(rule)


def _remove(facts: _Facts, line: int) -> Remove:
    facts.only("passage", "document", "text", "occurrence", "type", "value", "articles")
    rule = Remove(
        text=facts.text("text"),
        value=facts.text("value"),
        type=facts.type() if facts.has("type") else None,
        articles=facts.text("articles") if facts.has("articles") else None,
        passage=facts.passage(),
        inside=facts.text("document"),
        occurrence=facts.occurrence(0),
        line=line,
    )
    if not (rule.value or (rule.text and rule.document)):
        raise Fault("needs a value, or a text with its passage or document")
    if rule.occurrence and not (rule.text and rule.passage):
        raise Fault("occurrence counts a text in a passage, and needs both")
    if rule.passage and rule.inside:
        raise Fault("needs the passage or the document, not both")
    return rule


def _rename(facts: _Facts, line: int) -> Rename:
    facts.only("type", "from", "to")
    return _renaming(facts.type(), (facts.text("from", needed=True),), facts.text("to", needed=True), line)


def _merge(facts: _Facts, line: int) -> Rename:
    facts.only("type", "values", "into")
    return _renaming(facts.type(), facts.texts("values"), facts.text("into", needed=True), line)


_READERS: Mapping[str, Callable[[_Facts, int], Rule]] = {
    "add": _add,
    "remove": _remove,
    "rename": _rename,
    "merge": _merge,
}
#: Names of the tables.
KINDS = tuple(_READERS)


def _renaming(kind: AnnotationType, values: tuple[str, ...], into: str, line: int) -> Rename:
    _check_value(kind, into)
    others = tuple(value for value in values if value != into)
    if not others:
        raise Fault(f"changes {into!r} into itself")
    return Rename(kind, others, into, line)


def _check_value(kind: AnnotationType, value: str) -> None:
    if kind == AnnotationType.YEAR and not re.fullmatch(r"[0-9]{4}", value):
        raise Fault(f"the value of a year is written with four digits, not {value!r}")
    if kind == AnnotationType.DATE and not is_date(value):
        raise Fault(f"the value of a date is written as '2009-08' or '2018-10-18', not {value!r}")


def _subtype(kind: AnnotationType, value: str, stated: str) -> str:
    if kind != AnnotationType.INSTRUMENT:
        return stated
    if stated and stated not in tuple(InstrumentType):
        raise Fault(f"subtype must be one of {', '.join(InstrumentType)}, not {stated!r}")
    return stated or type_of(value)


def _articles(kind: AnnotationType, stated: str) -> str:
    if kind == AnnotationType.PROVISION and not stated:
        raise Fault('a provision needs its articles, such as articles = "16(2)"')
    if kind != AnnotationType.PROVISION and stated:
        raise Fault("only a provision has articles")
    return stated
