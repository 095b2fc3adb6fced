"""Who wrote or spoke: bylines, keys such as "Lecturer:", names under a title, signatures; and the speaker's office."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.metadata.front import FILE, RUNNING, Fact, Front
from ingest.metadata.masthead import organisation
from ingest.metadata.words import ADDRESS, ISSUER, PERSON, ROLE, keyed, person, persons

_KEYS = re.compile(
    r"(?:name of (?:the )?(?:faculty|lecturer|teacher|author|speaker)|lecturer|instructor|teacher|professor|authors?|"
    r"speaker|rapporteur|special rapporteur|by|presented by|delivered by|prepared by|written by|presenter|editors?|"
    r"(?:course )?(?:lecturer|instructor|coordinator))"
)
_BY = re.compile(r"(?:written |prepared |presented |delivered )?by\s+(?P<names>.+)", re.IGNORECASE | re.DOTALL)
_SAYING = r"(?:speech|statement|remarks|address|lecture|keynote|talk|presentation|paper|intervention|message)"
#: `Speech to be delivered by Prof. Dr. N. N., Secretary-General of X at the ...`
_SPOKEN = re.compile(
    rf"\b{_SAYING}\b[^\n]{{0,60}}?\b(?i:by|of)\s+(?:the\s+)?(?P<name>{ADDRESS}*{PERSON})(?P<office>,[^\n]*)?", re.DOTALL
)
_CASELESS_SAYING = re.compile(rf"\b{_SAYING}\b", re.IGNORECASE)
_OFFICE = re.compile(
    r",\s*(?:the\s+)?(?P<role>[A-Z][^,]{2,60}?)\s+(?:of|to|at)\s+(?:the\s+)?"
    r"(?P<body>[A-Z][^,\n]*?)(?=\s+(?:at|on|to|during|in)\s|,|$)"
)
_PREPARED = re.compile(
    rf"\b(?:report|paper|study|note)\b.{{0,40}}\bprepared by\s+(?:the\s+)?(?:Special Rapporteur,?\s+)?"
    rf"(?P<name>{ADDRESS}*{PERSON})"
)
#: Title pages have their names within so many lines behind the title; signatures are short lines.
_NEAR, _SIGNATURE = 5, 60


def people_of(front: Front, stated: str) -> Iterator[tuple[str, Fact]]:
    """The facts `authors` (names separated by semicolons) and `body` (the speaker's), the surest first."""
    for line in front.lines:
        key = keyed(line.text)
        if key and _KEYS.fullmatch(key[0]) and (names := persons(_plain(key[1]))):
            yield "authors", Fact("; ".join(names), line.where)
    if stated and not ISSUER.search(stated):
        yield "authors", Fact(stated, FILE)
    for line in front.lines:
        yield from _spoken(line.text, line.where)
        if (match := _BY.fullmatch(line.text)) and (names := persons(_plain(match["names"]))):
            yield "authors", Fact("; ".join(names), line.where)
    yield from _named(front)
    yield from _signed(front)


def _plain(text: str) -> str:
    """`Dr.Puja` with its blank; affiliations in parentheses and marks of notes gone."""
    return re.sub(r"\([^()]*\)|[*†‡¹²³]+", "", re.sub(r"\b(Prof|Dr|Mr|Ms|Mrs)\.(?=\w)", r"\1. ", text)).strip()


def _spoken(text: str, where: str) -> Iterator[tuple[str, Fact]]:
    """A speech's announcement names the speaker, and the speaker's office a body."""
    match = _SPOKEN.search(_CASELESS_SAYING.sub(lambda found: found[0].lower(), text))
    if not match or not (name := person(match["name"])):
        return
    yield "authors", Fact(name, where)
    office = _OFFICE.match(match["office"] or "")
    if office and (body := organisation(office["body"])):
        yield "body", Fact(body, where)


def _named(front: Front) -> Iterator[tuple[str, Fact]]:
    """A line of names right behind the title, alone there or with an office or address under it."""
    start = max((i for i, line in enumerate(front.lines) if line.is_title), default=-1) + 1
    near = [line for line in front.lines[start : start + _NEAR] if sum(map(str.isalpha, line.text)) > len("III")]
    for index, line in enumerate(near):
        names = persons(_plain(line.text))
        under = near[index + 1].text if index + 1 < len(near) else ""
        affiliated = "@" in under or ROLE.search(under) or re.search(r"(?i)universit|faculty|institute|abstract", under)
        if names and start and (affiliated or (len(near) == 1 and len(names[0].split()) <= len("four"))):
            yield "authors", Fact("; ".join(names), line.where)


def _signed(front: Front) -> Iterator[tuple[str, Fact]]:
    """`The report was prepared by N. N.`, and a short line with a name over a line with an office."""
    for text in front.opening[:2]:
        if (match := _PREPARED.search(text)) and (name := person(match["name"])):
            yield "authors", Fact(name, RUNNING)
    for texts in (front.opening, front.close):
        yield from (("authors", Fact(name, "signature")) for name in _signatures(texts))


def _signatures(texts: Sequence[str]) -> Iterator[str]:
    for text, under in pairwise(texts):
        short = max(len(text), len(under)) <= _SIGNATURE
        if short and (name := person(text)) and ROLE.search(under) and not under.endswith((".", ":")):
            yield name
