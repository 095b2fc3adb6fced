"""Aggregations of several facets in one request, those under the same filters together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from search.engines.opensearch_client import Body
from search.engines.opensearch_queries import EVERYTHING, Clause, Filtering
from search.query import Query

#: Begins the name of a filter that aggregations stand under.
_UNDER = "under "


def grouped(query: Query, facets: Mapping[str, Body]) -> Body:
    """The aggregations of facets, each under every filter but its own; a passage is held once against shared ones.

    That of a facet is found as "FACET NAME" in what `flat` makes of the answer.
    """
    groups: dict[str, tuple[Clause, Body]] = {}
    for facet, aggs in facets.items():
        clause = Filtering(query).clause(but=facet)
        _, held = groups.setdefault(json.dumps(clause), (clause, {}))
        held |= {f"{facet} {name}": agg for name, agg in aggs.items()}
    body: Body = {}
    for number, (clause, held) in enumerate(groups.values()):
        body |= held if clause == EVERYTHING else {f"{_UNDER}{number}": {"filter": clause, "aggs": held}}
    return body


def flat(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The aggregations of an answer by their names, whatever filters they stand under."""
    named: dict[str, Any] = {}
    for name, found in answer.items():
        if name.startswith(_UNDER):
            named |= {inner: each for inner, each in found.items() if inner != "doc_count"}
        else:
            named[name] = found
    return named


def is_exact(facet: str, answer: Mapping[str, Any]) -> bool:
    """Whether the buckets are counted exactly, and none can be missing among them.

    A part of the index holds all passages of a document, so the most frequent documents of each part are enough.
    """
    buckets = answer["buckets"]
    if facet == "document":
        return True
    if any(bucket["doc_count_error_upper_bound"] for bucket in buckets):
        return False
    return (
        not buckets
        or answer["doc_count_error_upper_bound"] < buckets[-1]["doc_count"]
        or not answer["sum_other_doc_count"]
    )
