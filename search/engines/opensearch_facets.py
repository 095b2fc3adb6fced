"""Facets as aggregations of a cluster, with exact counts.

A part of the index tells only its most frequent values, so a value may be counted short; the cluster says by how much
at most. Where that is not nothing, more values are asked for, so that what is shown is exact. Documents are counted by
the numbers of `opensearch_index.number_of`, which the cluster tells apart exactly as long as it keeps them one by one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from search.analysis import words
from search.engines.opensearch_client import Body
from search.engines.opensearch_index import label_of, shown_name, tag, value_and_label
from search.engines.opensearch_queries import Clause, Filtering
from search.engines.opensearch_view import View
from search.query import FACETS, YEAR_FACETS, Query
from search.results import FacetPage, FacetValue

#: Values asked for at once where all are wanted.
EVERY = 5_000
#: Values that each part of the index tells beyond those that are shown; so many again, each time they are too few.
_MORE = 20
#: Documents of a value that are kept one by one in a first answer, where few values are shown and where many are.
_KEPT, _KEPT_OF_MANY, _FEW = 3_000, 100, 100
#: The most that a cluster keeps one by one, with the precision that it takes at most.
MOST_KEPT = 40_000
#: Below this share of what is kept one by one, an answer is surely exact.
_SURE = 0.9
#: Places of what a cluster keeps of each number (see `opensearch_index.number_of`).
_PLACES = 1 << 25


def documents_of(estimate: int) -> int:
    """The number of documents from what the cluster makes of it: it adds the collisions that it expects."""
    return round(_PLACES * -math.expm1(-estimate / _PLACES))


def documents(kept: int) -> Body:
    """An aggregation that counts documents."""
    return {"cardinality": {"field": "number", "precision_threshold": kept}}


def is_exact(found: int, kept: int) -> bool:
    """Whether a count of documents is exact, from what was kept one by one for it."""
    return found <= _SURE * kept


@dataclass(frozen=True, slots=True)
class Counted:
    """A value with its passages and documents."""

    value: str
    label: str
    passages: int
    documents: int


@dataclass(frozen=True)
class Facets:
    """The facets of one query over what its tree matches; `matches` is that as a clause."""

    view: View
    query: Query
    matches: Clause

    @property
    def limit(self) -> int | None:
        """Values wanted of each facet."""
        return self.query.facet_limit

    def pages(self, names: Sequence[str] = FACETS) -> dict[str, FacetPage]:
        """The first values of facets, chosen and excluded ones always among them."""
        (answer,) = self.view.ask([{"size": 0, "query": self.view.visible(self.matches), "aggs": self.asked(names)}])
        return self.read(answer["aggregations"], names)

    def asked(self, names: Sequence[str] = FACETS) -> Body:
        """The aggregations that `read` reads."""
        return {name: self._filtered(name, self._values(name, self._size(name))) for name in names}

    def read(self, answer: Mapping[str, Any], names: Sequence[str] = FACETS) -> dict[str, FacetPage]:
        """Facet pages from the answer to `asked`; asks again for what was not exact."""
        listed = {name: self._listed(name, answer[name]) for name in names}
        single = self._singles(names)
        return {name: self._page(name, *listed[name], single[name]) for name in names}

    # -- requests ----------------------------------------------------------------------------------------------
    def _size(self, facet: str) -> int:
        return EVERY if facet in YEAR_FACETS or self.limit is None else self.limit

    def _kept(self, size: int) -> int:
        return _KEPT if size <= _FEW else _KEPT_OF_MANY

    def _filtered(self, facet: str, aggs: Body) -> Body:
        return {"filter": Filtering(self.query).clause(but=facet), "aggs": aggs}

    def _values(self, facet: str, size: int, more: int = _MORE) -> Body:
        field = shown_name(facet)
        values = {"field": field, "size": size, "shard_size": size + more, "show_term_doc_count_error": True}
        order = [{"_count": "desc"}, {"_key": "asc"}]
        counted = {"documents": documents(self._kept(size))}
        return {
            "values": {
                "terms": {**values, "order": order, "collect_mode": "breadth_first"},
                "aggs": counted,
            },
            "distinct": {"cardinality": {"field": field, "precision_threshold": _KEPT}},
        }

    # -- answers -----------------------------------------------------------------------------------------------
    def _listed(self, facet: str, answer: Mapping[str, Any]) -> tuple[list[Counted], int]:
        """The values that are shown, exactly counted, and how many there are in all."""
        size = self._size(facet)
        held = answer["values"]
        more = _MORE
        while not _is_exact(held):
            more *= 10
            aggs = {facet: self._filtered(facet, self._values(facet, size, more))}
            (again,) = self.view.ask([{"size": 0, "query": self.view.visible(self.matches), "aggs": aggs}])
            held = again["aggregations"][facet]["values"]
        found = [*self._exact(facet, held["buckets"], size)]
        if len(found) < size:
            return found, len(found)
        if self.limit is None:
            found = list(self._every(facet))
            return found, len(found)
        return found, max(documents_of(answer["distinct"]["value"]), len(found))

    def _exact(self, facet: str, buckets: Sequence[Mapping[str, Any]], size: int) -> Iterator[Counted]:
        """The values of buckets, their documents counted again where they were too many for a first answer."""
        kept = self._kept(size)
        held = {bucket["key"]: documents_of(bucket["documents"]["value"]) for bucket in buckets}
        unsure = [] if facet == "document" else [key for key, found in held.items() if not is_exact(found, kept)]
        for at in range(0, len(unsure), _FEW):
            held |= self._recounted(facet, unsure[at : at + _FEW])
        for bucket in buckets:
            value, label = value_and_label(bucket["key"])
            yield Counted(value, label_of(facet, value, label), bucket["doc_count"], held[bucket["key"]])

    def _recounted(self, facet: str, keys: Sequence[str]) -> dict[str, int]:
        values = {"field": shown_name(facet), "size": len(keys), "include": list(keys)}
        aggs = {"values": {"terms": values, "aggs": {"documents": documents(MOST_KEPT)}}}
        body = {"size": 0, "query": self.view.visible(self.matches), "aggs": {facet: self._filtered(facet, aggs)}}
        (answer,) = self.view.ask([body])
        buckets = answer["aggregations"][facet]["values"]["buckets"]
        return {bucket["key"]: documents_of(bucket["documents"]["value"]) for bucket in buckets}

    def _every(self, facet: str) -> Iterator[Counted]:
        """All values of a facet, page by page, in the order of their labels."""
        after: Body = {}
        while True:
            pages = {"size": EVERY, "sources": [{"value": {"terms": {"field": shown_name(facet)}}}], **after}
            aggs = {"values": {"composite": pages, "aggs": {"documents": documents(_KEPT_OF_MANY)}}}
            body = {"size": 0, "query": self.view.visible(self.matches), "aggs": {facet: self._filtered(facet, aggs)}}
            (answer,) = self.view.ask([body])
            found = answer["aggregations"][facet]["values"]
            buckets = [{**bucket, "key": bucket["key"]["value"]} for bucket in found["buckets"]]
            yield from self._exact(facet, buckets, EVERY)
            if len(buckets) < EVERY:
                return
            after = {"after": found["after_key"]}

    def containing(self, facet: str, text: str) -> FacetPage:
        """The values whose label holds words that begin with each of the words of a text."""
        wanted = words(text)
        every = replace(self, query=replace(self.query, facet_limit=None)).pages([facet])[facet].values
        held = [value for value in every if value.selected or value.excluded or _holds(words(value.label), wanted)]
        counted = [value for value in held if value.count and not value.excluded and _holds(words(value.label), wanted)]
        shown = counted[: self.limit] if facet not in YEAR_FACETS else counted
        others = [value for value in held if value not in shown and (value.selected or value.excluded)]
        return FacetPage(_sorted(facet, [*shown, *others]), len(counted))

    # -- chosen and excluded values ----------------------------------------------------------------------------
    def _singles(self, names: Sequence[str]) -> dict[str, list[FacetValue]]:
        """The chosen and the excluded values of each facet, whatever their count."""
        filtering = Filtering(self.query)
        wanted = [(name, value, False) for name in names for value in _chosen(self.query.filters, name)]
        wanted += [(name, value, True) for name in names for value in _chosen(self.query.excluded, name)]
        bodies = []
        for name, value, excluded in wanted:
            clause = filtering.clause(but_excluded=name) if excluded else filtering.clause(but=name)
            visible = self.view.visible(self.matches, clause, {"term": {"tags": tag(name, value)}})
            counted = {"documents": documents(MOST_KEPT)}
            bodies.append({"size": 0, "query": visible, "track_total_hits": True, "aggs": counted})
        made: dict[str, list[FacetValue]] = {name: [] for name in names}
        for (name, value, excluded), answer in zip(wanted, self.view.ask(bodies), strict=True):
            passages = answer["hits"]["total"]["value"]
            held = documents_of(answer["aggregations"]["documents"]["value"])
            label = label_of(name, value, self._title(value) if name == "document" else "")
            made[name].append(FacetValue(value, label, passages, not excluded, held, excluded))
        return made

    def _title(self, document_id: str) -> str:
        found = self.view.documents({"term": {"document": document_id}}, 1)
        return str(found[0]["body"]["title"]) if found else ""

    def _page(self, facet: str, listed: Sequence[Counted], distinct: int, single: Sequence[FacetValue]) -> FacetPage:
        years = getattr(self.query.filters, facet) if facet in YEAR_FACETS else ()
        values = {
            each.value: FacetValue(
                each.value,
                each.label,
                each.passages,
                any(span.first <= int(each.value) <= span.last for span in years),
                each.documents,
            )
            for each in listed
        }
        values |= {each.value: each for each in single}
        if facet not in YEAR_FACETS and not single:
            return FacetPage(tuple(values.values()), distinct)
        return FacetPage(_sorted(facet, list(values.values())), distinct)


def _is_exact(answer: Mapping[str, Any]) -> bool:
    """Whether the buckets are counted exactly, and none can be missing among them."""
    buckets = answer["buckets"]
    if any(bucket["doc_count_error_upper_bound"] for bucket in buckets):
        return False
    return (
        not buckets
        or answer["doc_count_error_upper_bound"] < buckets[-1]["doc_count"]
        or not answer["sum_other_doc_count"]
    )


def _chosen(filters: Any, facet: str) -> tuple[str, ...]:
    """The chosen values of a facet; of years those that were chosen one by one."""
    values = getattr(filters, facet)
    if facet in YEAR_FACETS:
        return tuple(dict.fromkeys(str(span) for span in values if span.first == span.last))
    return tuple(dict.fromkeys(values))


def _holds(label: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(word.startswith(each) for word in label) for each in wanted)


def _sorted(facet: str, values: Sequence[FacetValue]) -> tuple[FacetValue, ...]:
    if facet in YEAR_FACETS:
        return tuple(sorted(values, key=lambda value: int(value.value)))
    return tuple(sorted(values, key=lambda value: (-value.count, value.label.casefold(), value.value)))
