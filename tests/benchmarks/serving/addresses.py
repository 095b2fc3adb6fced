"""Addresses of every type of page in a library, drawn evenly from what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TypeVar
from urllib.parse import urlencode

from flask import Flask

from corpus.citation import cite
from corpus.sets import PassageSet
from corpus.sets_store import Access
from search.query import FACETS, Query
from tests.benchmarks.serving.timing import Request
from webapp import links
from webapp.collecting import COOKIE
from webapp.resources import Library

#: Passages of the set whose pages are asked for: a reading list of a term.
SET = 60
#: Passages that the checked text cites.
CITED = 12
#: Facets that searches are filtered by.
_FILTERS = ("organisation", "instrument", "year", "country", "kind")

T = TypeVar("T")


def drawn(values: Sequence[T], count: int) -> list[T]:
    """So many of the values, the first, the last and others evenly between."""
    if len(values) <= count:
        return list(values)
    return [values[round(at * (len(values) - 1) / (count - 1))] for at in range(count)]


def addresses(app: Flask, library: Library, each: int) -> dict[str, list[Request]]:
    """By type of page, up to `each` requests."""
    with app.test_request_context():
        found = {**_names(library, each), **_documents(library, each), **_searches(library, each), **_sets(library)}
        found["check form"] = [Request("/check")]
        found["check text"] = [_draft(library, at) for at in range(4)]
    return found


def _names(library: Library, each: int) -> dict[str, list[Request]]:
    facets = library.engine.search(Query(limit=0)).facets
    pages = {
        "landing": ["/"],
        "documents": ["/documents"],
        "years": ["/years"],
        "organisations": ["/organisations"],
        "instruments": ["/instruments"],
        "sets": ["/sets"],
        "facet lists": [f"/facets/{name}" for name in FACETS if facets[name]],
    }
    for facet in ("organisation", "instrument"):
        names = [value.value for value in facets[facet]]
        # The most frequent are those that people open.
        chosen = dict.fromkeys([*names[: each // 2], *drawn(names, each - each // 2)])
        pages[facet] = [links.entity_url(facet, name) for name in chosen]
    return {name: [Request(url) for url in urls] for name, urls in pages.items()}


def _documents(library: Library, each: int) -> dict[str, list[Request]]:
    documents = library.store.documents()
    chosen = drawn(documents, each)
    passages = [library.store.passages(document.id) for document in chosen]
    found = {"document": [Request(links.document_url(document.id)) for document in chosen]}
    words = [_word(held[len(held) // 2].text) for held in passages]
    found["document hits"] = [
        Request(f"{links.document_url(document.id)}?{urlencode({'q': word})}")
        for document, word in zip(chosen, words, strict=True)
    ]
    body = [passage.id for held in passages for passage in held if passage.is_body]
    found["passage"] = [Request(links.passage_url(name)) for name in drawn(body, each)]
    return found


def _searches(library: Library, each: int) -> dict[str, list[Request]]:
    words = [_word(passage.text, at) for at, passage in enumerate(_sample(library, each))]
    facets = library.engine.search(Query(limit=0, facet_limit=each)).facets
    values = [(name, value.value) for name in _FILTERS for value in facets[name][: -(-each // len(_FILTERS))]]
    plain = [{"q": word} for word in words] + [{"sort": "document"}, {"q": '"mutual assistance"'}]
    filtered = [{"q": word, name: value} for word, (name, value) in zip(words, drawn(values, len(words)), strict=False)]
    filtered += [{name: value} for name, value in drawn(values, each // 2)]
    return {
        "search": [Request(f"/?{urlencode(pairs)}") for pairs in plain],
        "search filtered": [Request(f"/?{urlencode(pairs)}") for pairs in filtered],
    }


def _sets(library: Library) -> dict[str, list[Request]]:
    """The pages of a set that is made for it."""
    made = library.store.sets.create(PassageSet("Measured").adding([each.id for each in _sample(library, SET)]))
    edit, read = (library.store.sets.link(made.id, access) for access in (Access.EDIT, Access.READ))
    collecting = Request("/?sort=document", cookie=f"{COOKIE}={edit}")
    return {"set edit": [Request(f"/sets/edit/{edit}")], "set": [Request(f"/sets/{read}")], "search set": [collecting]}


def _draft(library: Library, at: int) -> Request:
    """A text that quotes and cites passages of the library."""
    held = _sample(library, CITED * 4)[at::4]
    documents = {document.id: document for document in library.store.documents_by_id([p.document_id for p in held])}
    quoted = ((" ".join(p.text.split()[:14]), cite(documents[p.document_id], p, "oscola")) for p in held)
    return Request("/check", {"text": "\n\n".join(f"It is said that “{words}” ({cited})." for words, cited in quoted)})


def _sample(library: Library, count: int):
    """So many body passages, from all over the library."""
    hits = library.engine.search(Query(sort="document", limit=None, marks=False)).hits
    return library.store.passages_by_id([hit.passage_id for hit in drawn(hits, count)])


def _word(text: str, at: int = 0) -> str:
    """A word of a text that says something."""
    long = [word for word in text.split() if len(word) > 5 and word.isalpha()] or ["law"]
    return next(islice(long, at % len(long), None))
