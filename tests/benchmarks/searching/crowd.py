"""Readers on the search page, each with a connection of their own, who think between two requests."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx

from corpus.model import AnnotationType, DocumentKind
from tests.benchmarks.searching.collection import collocations, names
from tests.benchmarks.searching.vocabulary import vocabulary

#: Seconds that a reader looks at a page before the next request, drawn evenly between the two.
THINKING = (1.0, 3.0)
#: Seconds after which a browser's reader gives up.
_TIMEOUT = 60.0
#: Ranks of the words asked for: the more frequent ones say nothing, the others stand nowhere in a small library.
_FIRST_WORD, _LAST_WORD = 40, 4_000
#: Every so many requests a reader looks for what was ingested last.
_PROBING = 5


@dataclass
class Watch:
    """What the readers find in so many `seconds`: milliseconds of the pages, and faults in words.

    `newest` is the word of the file ingested last; `probes` counts the searches for it, `ingests` the files.
    """

    milliseconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    newest: str = ""
    probes: int = 0
    ingests: int = 0
    seconds: float = 0.0


async def alone(server: str, requests: int) -> Watch:
    """One reader who never thinks."""
    watch, chance = Watch(), random.Random(0)  # noqa: S311  (made-up readers, the same in every run)
    start = time.monotonic()
    async with httpx.AsyncClient(base_url=server, timeout=_TIMEOUT) as client:
        for _ in range(requests):
            await _look(client, address(chance), watch)
    watch.seconds = time.monotonic() - start
    return watch


async def crowd(server: str, users: int, seconds: float, watch: Watch) -> None:
    """So many readers for so many seconds."""
    start = time.monotonic()
    await asyncio.gather(*(_reader(server, number, start + seconds, watch) for number in range(1, users + 1)))
    watch.seconds = time.monotonic() - start


async def _reader(server: str, number: int, end: float, watch: Watch) -> None:
    chance = random.Random(number)  # noqa: S311  (made-up readers, the same in every run)
    async with httpx.AsyncClient(base_url=server, timeout=_TIMEOUT) as client:
        await asyncio.sleep(chance.uniform(0, THINKING[1]))  # nobody rings all at once
        turn = 0
        while time.monotonic() < end:
            turn += 1
            if turn % _PROBING == 0 and watch.newest:
                await _probe(client, watch)
            else:
                await _look(client, address(chance), watch)
            await asyncio.sleep(chance.uniform(*THINKING))


async def _look(client: httpx.AsyncClient, path: str, watch: Watch) -> None:
    with _noting(watch, path):
        start = time.perf_counter()
        answer = await client.get(path, follow_redirects=True)
        watch.milliseconds.append((time.perf_counter() - start) * 1_000)
        if answer.status_code != httpx.codes.OK or "<main" not in answer.text:
            watch.faults.append(f"{path}: {answer.status_code}")


async def _probe(client: httpx.AsyncClient, watch: Watch) -> None:
    """Asks for the word that only the newest file holds, which was ingested before the request."""
    path = f"/api/v1/search?q={watch.newest}"
    with _noting(watch, path):
        answer = await client.get(path)
        watch.probes += 1
        if answer.status_code != httpx.codes.OK or answer.json()["total"] != 1:
            watch.faults.append(f"{path}: stale ({answer.status_code}, {answer.text[:80]!r})")


@contextmanager
def _noting(watch: Watch, path: str) -> Iterator[None]:
    try:
        yield
    except httpx.HTTPError as error:
        watch.faults.append(f"{path}: {type(error).__name__} {error}")


def address(chance: random.Random) -> str:
    """A search as readers make them: words, a phrase, a prefix, a name, with and without filters, second pages."""
    organisation = names(AnnotationType.ORGANISATION)[int(chance.random() ** 2 * 100)]
    first, second = (vocabulary()[rank] for rank in collocations()[chance.randrange(50)])
    shapes: tuple[dict[str, str], ...] = (
        {"q": _word(chance)},
        {"q": f"{_word(chance)} {_word(chance)}"},
        {"q": f"{_word(chance)} {_word(chance)} {_word(chance)}"},
        {"q": f'"{first} {second}"'},
        {"q": f"{_word(chance)[:3]}*"},
        {"q": organisation},
        {"q": _word(chance), "organisation": organisation},
        {"q": _word(chance), "organisation": organisation, "kind": chance.choice(tuple(DocumentKind)).value},
        {"organisation": organisation, "page": "2"},
    )
    return f"/?{urlencode(chance.choice(shapes))}"


def _word(chance: random.Random) -> str:
    """Frequent words are asked for more often than rare ones."""
    return vocabulary()[_FIRST_WORD + int(chance.random() ** 3 * _LAST_WORD)]
