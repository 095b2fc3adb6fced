"""Queries that want to take long, to be taken for another language, or to end in an error: the same on every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from urllib.parse import quote, urlencode

#: Requests made of them.
COUNT = 2_000
#: What queries come in through, each with the parameter that holds them.
_DOORS = (
    ("/?", "q"),
    ("/api/v1/search?", "q"),
    ("/export?format=jsonl&limit=50&", "q"),
    ("/facets/organisation?", "q"),
    ("/facets/document?", "find"),
    ("/feed.atom?", "q"),
    ("/api/v1/complete?", "q"),
    ("/api/v1/facets/year?", "q"),
    ("/documents/report-2010?", "q"),
    ("/organisations?", "find"),
    ("/opensearch.xml?", "q"),
    ("/unapi?format=ris&", "id"),
)
_WORDS = ("evidence", "asked", "telegram", "Council of Europe", "A/RES/55/63", "1998", "working", "art 16", "law")
_LETTERS = (
    "\0",
    "\ud800",
    "\udfff",
    "\u202e",
    "\u0301" * 40,
    "🙂",
    "é",
    "条",
    "١٩٩٩",
    "²⁰⁰¹",
    "\x1b[2J",
    "\ufeff",
    "ﷺ",
    "\r\n",
    "\x85",
)
_FRAGMENTS = (
    "' OR '1'='1",
    "'; DROP TABLE passages; --",
    '") UNION SELECT sql FROM sqlite_master --',
    "%' ESCAPE '%",
    '{"query":{"match_all":{}}}',
    '{"script":{"source":"while(true){}"}}',
    "*:* AND _exists_:text",
    "text:/(a+)+$/",
    "/(a|a)*$/",
    "[a TO z] {a TO z}",
    "title:[* TO *]",
    "evidence^1000000000",
    "evidence~0.0001",
    "evidence~99",
    "${jndi:ldap://127.0.0.1:9/a}",
    "{{7*7}}{% for a in b %}",
    "<script>window.pinciteCanary=1</script>",
    "../../../../etc/passwd",
    "%00",
    "%2e%2e%2f",
    "a\\",
    "\\u0000",
    "NOT NOT NOT evidence",
    "-(-(-(evidence)))",
    "year:9999999999999999999999",
    "year:0..1000000000000000000000000000000",
    "year:1..9999",
    "year:-1",
    "dated:٢٠٠١",
    "organisation:*",
    "document:*",
    'provision:"|||"',
    'provision:"Convention on Cybercrime|1-99999999"',
    "Budapest Convention art 1-999999999",
    "para 99999999999999999999 of the report",
    "fn 0 lecture",
    "evidence w/999999999 asked",
    '"evidence asked"~2000000000',
    '"a b c d e f g h i j k l m n o p"~5000',
)
_NUMBERS = (
    "-1",
    "0",
    "1e9",
    "NaN",
    "Infinity",
    str(10**18),
    "9" * 400,
    "1.5",
    "٣",
    "0x10",
    "",
    " ",
    "1;2",
    "²",
    "+1",
    "1_000",
)
_COUNTS = (
    "page",
    "offset",
    "limit",
    "facet_limit",
    "part",
    "year_from",
    "year_to",
    "year",
    "dated",
    "exactly",
    "explain",
    "sort",
    "style",
    "format",
    "bom",
    "whole",
    "at",
    "kind",
    "passage_kind",
)


def addresses() -> Iterator[str]:
    """Paths with their query strings, ready to be asked for."""
    chance = random.Random(2001)  # noqa: S311  no secret
    makers: tuple[Callable[[random.Random], str], ...] = (_many, _nested, _wild, _fuzzy, _near, _odd, _mixed, _mixed)
    for number in range(COUNT):
        path, parameter = _DOORS[number % len(_DOORS)]
        pairs = [(parameter, makers[number % len(makers)](chance))]
        if number % 3 == 0:
            pairs += [(chance.choice(_COUNTS), chance.choice(_NUMBERS)) for _ in range(chance.randrange(1, 4))]
        if number % 50 == 0:
            facet = chance.choice(("organisation", "not_country", "year", "document", "within", "provision"))
            pairs += [(facet, f"{chance.choice(_WORDS)} {each}") for each in range(300)]
        yield path + urlencode([(name, value) for name, value in pairs], quote_via=_quoted)


def _quoted(text: str, safe: str, encoding: str | None, errors: str | None) -> str:  # noqa: ARG001  # as `urlencode` calls it
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def _many(chance: random.Random) -> str:
    return " ".join(chance.choice(_WORDS) + str(chance.randrange(99)) for _ in range(chance.choice((60, 300, 10_000))))


def _nested(chance: random.Random) -> str:
    depth = chance.choice((20, 200, 5_000))
    opened = chance.choice(("(", "(a OR ", "NOT (", "-(", '"'))
    return opened * depth + "evidence" + ")" * chance.choice((0, depth, depth + 1))


def _wild(chance: random.Random) -> str:
    pieces = (
        "a*b*c*",
        "***",
        "evi*",
        "*dence",
        "?",
        "e?i",
        "wor* ask* sen* evi* art* cou* con*",
        "a*",
        "(*)",
        '"evi* ask*"',
    )
    return " ".join(chance.choice(pieces) for _ in range(chance.choice((1, 8, 80))))


def _fuzzy(chance: random.Random) -> str:
    return " ".join(
        f"{chance.choice(_WORDS).split()[0]}~{chance.choice(('', '1', '2', '3', '99'))}"
        for _ in range(chance.choice((1, 10, 100)))
    )


def _near(chance: random.Random) -> str:
    distance = chance.choice((1, 5, 1000, 10**6, 10**12))
    words = " ".join(chance.choice(_WORDS) for _ in range(chance.choice((2, 8, 40))))
    return chance.choice(
        (f'"{words}"~{distance}', f" w/{distance} ".join(words.split()), f" n/{distance} ".join(words.split()))
    )


def _odd(chance: random.Random) -> str:
    return "".join(chance.choice((*_LETTERS, *_WORDS, " ")) for _ in range(chance.choice((1, 5, 60, 500))))


def _mixed(chance: random.Random) -> str:
    return " ".join(chance.choice((*_FRAGMENTS, *_WORDS)) for _ in range(chance.choice((1, 1, 2, 5))))
