"""What a file's name hints at: a document symbol, a day, or the country, session and year of a debate's speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from corpus.authority import countries
from corpus.authority.sessions import is_assembly_year
from corpus.catalogue import FROM_NAME
from corpus.model import DocumentKind
from ingest.metadata.dates import date_in
from ingest.metadata.front import Fact
from ingest.metadata.masthead import symbol_in

#: `A_RES_74_190`, `A_80_604_Add.1`, `A_81_6 (SECT. 13)`, `S_RES_1316(2000)`: symbols with underlines for slashes.
_SYMBOL = re.compile(r"(?P<symbol>(?:[AES]|[A-Z]{2,8})(?:_[A-Z0-9][\w.()-]*)+(?:\s?\([\w.\s]+\))?)")
#: `S_RES_0301_1971_EN`: number and year apart, with zeros in front and a language behind.
_COUNCIL = re.compile(r"S_RES_0*(?P<number>\d{1,4})_(?P<year>(?:19|20)\d{2})(?:_.*)?")
#: `AFG_56_2001`: country, session and year, as collections of the United Nations General Debate are named.
_DEBATE = re.compile(r"(?P<country>[A-Z]{3})_(?P<session>\d{1,2})_(?P<year>(?:19|20)\d{2})")


def named(name: str) -> Iterator[tuple[str, Fact]]:
    """Facts that the name of a file hints at; they hold only where the document itself is silent."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    for fact, value in _hints(stem):
        yield fact, Fact(value, FROM_NAME)


def _hints(stem: str) -> Iterator[tuple[str, str]]:
    if match := _DEBATE.fullmatch(stem):
        if is_assembly_year(int(match["session"]), int(match["year"])):
            yield "kind", DocumentKind.SPEECH.value
            yield "session", match["session"]
            yield "date", match["year"]
            yield "country", countries.load().by_name(match["country"])
    elif match := _COUNCIL.fullmatch(stem):
        yield "symbol", f"S/RES/{match['number']} ({match['year']})"
    elif (match := _SYMBOL.fullmatch(stem)) and (symbol := symbol_in(match["symbol"].replace("_", "/"))):
        yield "symbol", symbol
    elif day := date_in(stem.replace("_", " ")):
        yield "date", day
