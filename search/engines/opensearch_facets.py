"""Facets as aggregations of a cluster, with exact counts.

A part of the index tells only its most frequent values, so a value may be counted short; the cluster says by how much
at most. Where that is not nothing, more values are asked for, so that what is shown is exact. Documents are counted by
the numbers of `opensearch_numbers`; where there are too many for the first answer, they are counted again more closely.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from search.analysis import words
from search.engines.opensearch_buckets import flat, grouped, is_exact
from search.engines.opensearch_client import Body
from search.engines.opensearch_index import label_of, shown_name, tag, value_and_label
from search.engines.opensearch_numbers import Counting, different, different_of
from search.engines.opensearch_queries import Clause, Filtering, all_of
from search.engines.opensearch_view import View
from search.query import FACETS, YEAR_FACETS, Filters, Query
from search.results import FacetPage, FacetValue

#: Values asked for at once where all are wanted.
EVERY = 5_000
#: Values that each part of the index tells beyond those that are shown, where many passages are found; else all.
_MORE, _MANY = 20, 2_000
#: Facets with more values than `_FEW` have hardly one that is in more than one of `_SELDOM` passages found: where there
#: is one, its documents are counted again.
_FEW, _SELDOM = 30, 16
#: Values of which the documents are counted again at one go.
_AT_ONCE = 100


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

    def pages(self, names: Sequence[str] = FACETS) -> dict[str, FacetPage]:
        """The first values of facets, chosen and excluded ones always among them."""
        return self.read(self._answer(self.asked(names)), names)

    def asked(self, names: Sequence[str] = FACETS) -> Body:
        """The aggregations that `read` reads."""
        values = {name: self._values(name, self._more(name)) for name in names}
        return grouped(self.query, values) | self._singles(names)

    def bases(self, names: Sequence[str] = FACETS) -> list[Clause]:
        """What facets are counted over; `asked` looks up how many passages that is."""
        return list(map(self._base, names))

    def read(self, answer: Mapping[str, Any], names: Sequence[str] = FACETS) -> dict[str, FacetPage]:
        """Facet pages from the answer to `asked`; asks again for what was not exact."""
        found = flat(answer)
        counted = {name: self._counting(name, self._more(name)) for name in names}
        more = EVERY
        while doubtful := [name for name in names if not is_exact(name, found[f"{name} values"])]:
            found |= flat(self._answer(grouped(self.query, {name: self._values(name, more) for name in doubtful})))
            counted |= {name: self._counting(name, more) for name in doubtful}
            more *= 10
        exact = self._exact({name: self._buckets(name, found[f"{name} values"]["buckets"]) for name in names}, counted)
        return {
            name: self._page(name, exact[name], self._distinct(name, found, len(exact[name])), found) for name in names
        }

    # -- requests ----------------------------------------------------------------------------------------------
    def _answer(self, aggs: Body) -> dict[str, Any]:
        (answer,) = self.view.ask([{"size": 0, "query": self.view.visible(self.matches), "aggs": aggs}])
        aggregations: dict[str, Any] = answer["aggregations"]
        return aggregations

    def _size(self, facet: str) -> int:
        limit = self.query.facet_limit
        return EVERY if facet in YEAR_FACETS or limit is None else limit

    def _values(self, facet: str, more: int) -> Body:
        """The values of a facet, of which each part of the index tells so many more than are shown."""
        size, field = self._size(facet), shown_name(facet)
        values = {"field": field, "size": size, "shard_size": size + more, "show_term_doc_count_error": True}
        order = [{"_count": "desc"}, {"_key": "asc"}]
        terms = {"terms": {**values, "order": order}}
        if facet != "document":
            terms["aggs"] = {"documents": self._counting(facet, more).aggregation}
        return {"values": terms} | ({"distinct": different(field)} if self._has_more(facet) else {})

    def _has_more(self, facet: str) -> bool:
        """Whether the whole index has more values than are shown."""
        return self.view.different_values(shown_name(facet)) > self._size(facet)

    def _base(self, facet: str) -> Clause:
        return all_of([self.matches, Filtering(self.query).clause(but=facet)])

    def _passages(self, facet: str) -> int:
        return self.view.counts([self._base(facet)])[0]

    def _more(self, facet: str) -> int:
        """How many values beyond those that are shown are told at first, so that these are mostly sure."""
        return _MORE if self._passages(facet) > _MANY else EVERY

    def _counting(self, facet: str, more: int) -> Counting:
        """How documents are counted where each part of the index tells so many more values than are shown."""
        values = min(self._size(facet) + more, self.view.different_values(shown_name(facet)))
        likely = self._passages(facet) if values <= _FEW else self._passages(facet) // _SELDOM
        return Counting.of(self.view.numbered, likely, values)

    def _singles(self, names: Sequence[str]) -> Body:
        """The chosen and the excluded values of each facet, whatever their count."""
        filtering = Filtering(self.query)
        aggs: Body = {}
        for name, value, excluded in self._touched(names):
            clause = filtering.clause(but_excluded=name) if excluded else filtering.clause(but=name)
            held = all_of([clause, {"term": {"tags": tag(name, value)}}])
            aggs[_single_name(name, value, excluded)] = {
                "filter": held,
                "aggs": {"documents": self._closely.aggregation},
            }
        return aggs

    def _touched(self, names: Sequence[str]) -> list[tuple[str, str, bool]]:
        """The chosen and the excluded values of facets, and which of the two each is."""
        sides = ((self.query.filters, False), (self.query.excluded, True))
        return [
            (name, value, excluded)
            for filters, excluded in sides
            for name in names
            for value in self._chosen(filters, name)
        ]

    def _chosen(self, filters: Filters, facet: str) -> Sequence[str]:
        """The values of a facet that filters name, ranges of years spelled out."""
        values = getattr(filters, facet)
        if not values or facet not in YEAR_FACETS:
            return tuple(dict.fromkeys(values))
        single = [span.first for span in values if span.first == span.last]
        ranges = [year for year in self.view.years(facet) if any(span.first <= year <= span.last for span in values)]
        return tuple(map(str, dict.fromkeys((*single, *ranges))))

    # -- answers -----------------------------------------------------------------------------------------------
    def _buckets(self, facet: str, found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The values of a facet as they were counted, all of them where all are wanted."""
        if self.query.facet_limit is not None or len(found) < EVERY:
            return list(found)
        return list(self._every(facet))

    def _exact(
        self, pages: Mapping[str, Sequence[Mapping[str, Any]]], counted: Mapping[str, Counting]
    ) -> dict[str, list[Counted]]:
        """The values of buckets, their documents counted again where they were too many for a first answer."""
        held = {
            (name, each["key"]): counted[name].documents(each["documents"]["value"]) if "documents" in each else 1
            for name, page in pages.items()
            for each in page
        }
        unsure = [each for each, found in held.items() if found > counted[each[0]].most]
        for at in range(0, len(unsure), _AT_ONCE):
            held |= self._recounted(unsure[at : at + _AT_ONCE])
        return {name: [_counted(name, each, held[name, each["key"]]) for each in page] for name, page in pages.items()}

    @property
    def _closely(self) -> Counting:
        return Counting.of(self.view.numbered)

    def _recounted(self, values: Sequence[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], int]]:
        keys: dict[str, list[str]] = defaultdict(list)
        for name, key in values:
            keys[name].append(key)
        aggs = {}
        for name, wanted in keys.items():
            terms = {"field": shown_name(name), "size": len(wanted), "include": wanted}
            counted = {"terms": terms, "aggs": {"documents": self._closely.aggregation}}
            aggs[name] = {"values": counted}
        found = flat(self._answer(grouped(self.query, aggs)))
        for name in keys:
            for bucket in found[f"{name} values"]["buckets"]:
                yield (name, bucket["key"]), self._closely.documents(bucket["documents"]["value"])

    def _every(self, facet: str) -> Iterator[Mapping[str, Any]]:
        """All values of a facet, page by page, in the order of their labels."""
        after: Body = {}
        while True:
            pages = {"size": EVERY, "sources": [{"value": {"terms": {"field": shown_name(facet)}}}], **after}
            aggs = {"values": {"composite": pages, "aggs": {"documents": self._counting(facet, EVERY).aggregation}}}
            found = flat(self._answer(grouped(self.query, {facet: aggs})))[f"{facet} values"]
            yield from ({**bucket, "key": bucket["key"]["value"]} for bucket in found["buckets"])
            if len(found["buckets"]) < EVERY:
                return
            after = {"after": found["after_key"]}

    def _distinct(self, facet: str, found: Mapping[str, Any], shown: int) -> int:
        """How many values there are in all."""
        if shown < self._size(facet) or self.query.facet_limit is None or not self._has_more(facet):
            return shown
        return max(different_of(found[f"{facet} distinct"]["value"]), shown)

    def containing(self, facet: str, text: str) -> FacetPage:
        """The values whose label holds words that begin with each of the words of a text."""
        wanted = words(text)
        every = replace(self, query=replace(self.query, facet_limit=None)).pages([facet])[facet].values
        held = [value for value in every if value.selected or value.excluded or _holds(words(value.label), wanted)]
        counted = [value for value in held if value.count and not value.excluded and _holds(words(value.label), wanted)]
        shown = counted[: self.query.facet_limit] if facet not in YEAR_FACETS else counted
        others = [value for value in held if value not in shown and (value.selected or value.excluded)]
        return FacetPage(_sorted(facet, [*shown, *others]), len(counted))

    def _title(self, document_id: str) -> str:
        found = self.view.documents({"term": {"document": document_id}}, 1)
        return str(found[0]["body"]["title"]) if found else ""

    def _page(self, facet: str, listed: Sequence[Counted], distinct: int, answer: Mapping[str, Any]) -> FacetPage:
        values = {
            each.value: FacetValue(each.value, each.label, each.passages, documents=each.documents) for each in listed
        }
        touched = self._touched([facet])
        for _, value, excluded in touched:
            found = answer[_single_name(facet, value, excluded)]
            label = label_of(facet, value, self._title(value) if facet == "document" else "")
            held = self._closely.documents(found["documents"]["value"])
            values[value] = FacetValue(value, label, found["doc_count"], not excluded, held, excluded)
        if facet in YEAR_FACETS or touched:
            return FacetPage(_sorted(facet, list(values.values())), distinct)
        return FacetPage(tuple(values.values()), distinct)


def _single_name(facet: str, value: str, excluded: bool) -> str:
    """The name of an aggregation; those must not hold brackets."""
    return f"{'not' if excluded else 'only'} {facet} {value.encode().hex()}"


def _counted(facet: str, bucket: Mapping[str, Any], held: int) -> Counted:
    value, label = value_and_label(bucket["key"])
    return Counted(value, label_of(facet, value, label), bucket["doc_count"], held)


def _holds(label: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(word.startswith(each) for word in label) for each in wanted)


def _sorted(facet: str, values: Sequence[FacetValue]) -> tuple[FacetValue, ...]:
    if facet in YEAR_FACETS:
        return tuple(sorted(values, key=lambda value: int(value.value)))
    return tuple(sorted(values, key=lambda value: (-value.count, value.label.casefold(), value.value)))
