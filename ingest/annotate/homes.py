"""Whose Charter, Statute, Convention: what an institution's own papers mean by a bare head noun, though none names it.

A resolution of the Security Council says "Article 41 of the Charter", a judgment of the Court "Article 36 of the
Statute". This is read only where a document names no other instrument of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.authority import instruments as authority
from ingest.annotate.mentions import Mention, heads


@dataclass(frozen=True, slots=True)
class _Home:
    """An institution as texts name it, the head noun, and the id of the instrument that it means by it."""

    institution: re.Pattern[str]
    head: str
    instrument: str


_HOMES = (
    _Home(
        re.compile(r"United Nations|General Assembly|Security Council"),
        "charter",
        "Charter of the United Nations",
    ),
    _Home(
        re.compile(r"International Court of Justice|\bI\.C\.J\.|\bICJ\b"),
        "statute",
        "Statute of the International Court of Justice",
    ),
    _Home(
        re.compile(r"International Criminal Court|\bICC\b"),
        "statute",
        "Rome Statute of the International Criminal Court",
    ),
    _Home(
        re.compile(r"European (?:Court|Commission) of Human Rights|\bECtHR\b"),
        "convention",
        "Convention for the Protection of Human Rights and Fundamental Freedoms",
    ),
    _Home(re.compile(r"Human Rights Committee\b"), "covenant", "International Covenant on Civil and Political Rights"),
    _Home(
        re.compile(r"Committee on Economic, Social and Cultural Rights"),
        "covenant",
        "International Covenant on Economic, Social and Cultural Rights",
    ),
)


def at_home(head: str, texts: Iterable[str], named: Iterable[str]) -> Mention | None:
    """What "the <head>" means where `texts` speak of one institution and the document's `named` ids are no rivals."""
    spoken = " ".join(texts)
    homes = [home for home in _HOMES if home.head == head and home.institution.search(spoken)]
    if len(homes) != 1:
        return None
    record = authority.load().get(homes[0].instrument)
    if record is None or any(head in heads(name) for name in named if name != record.id):
        return None
    return Mention(0, 0, record.id, record.type, heads(record.id))
