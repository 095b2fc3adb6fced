"""From a query to its results over a cluster: what `search.answering` does over rows in memory, in few requests.

The cluster matches, filters, counts and puts the hits into a first order; the first of them are looked at closely here,
by the same features and with the same numbers as for every engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from search.engines.opensearch_candidates import Candidates, compounds, stored_of, weighed
from search.engines.opensearch_client import Body
from search.engines.opensearch_facets import Facets
from search.engines.opensearch_numbers import Counting
from search.engines.opensearch_queries import Clause, Filtering, all_of, any_of, matching, relevant, terms
from search.engines.opensearch_relaxing import Relaxing, comparing_with
from search.engines.opensearch_view import WINDOW, Entry, View, order_of
from search.highlight import highlights
from search.matching import confined
from search.names import library_names
from search.pinpoints import names_of, offered, pinpoint, significant
from search.query import Node, Or, Query, Sort
from search.ranking import CANDIDATES, FEATURES, Asked, closely, notes_last
from search.relaxing import ENOUGH, Loose, Plan
from search.remedies import remedies
from search.results import Explanation, FacetPage, Hit, Results, Share
from search.rows import NONE, Rows
from search.suggest import suggestions, unknown

#: Documents that a citation of a place may mean.
_CITED = 200


@dataclass(frozen=True)
class _Missing:
    """What is found where few passages hold all: the plan, and what matches it."""

    plan: Plan
    matches: Clause


@dataclass(frozen=True)
class Answering:
    """One query over one committed state; what is asked once serves results, facet pages and explanations."""

    query: Query
    view: View

    @cached_property
    def passing(self) -> Clause:
        """What passes the filters."""
        return Filtering(self.query).clause()

    @cached_property
    def tree(self) -> Clause:
        """What holds all that was asked, before the filters."""
        return matching(self.query.tree)

    @cached_property
    def complete(self) -> int:
        """How many passages hold all that was asked, under the filters."""
        return self.view.counts([self._whole_tree])[0]

    @property
    def _whole_tree(self) -> Clause:
        return all_of([self.tree, self.passing])

    @cached_property
    def relaxing(self) -> Relaxing:
        """What may be done where little is found."""
        return Relaxing(self.query.tree, self.passing, self.view)

    @cached_property
    def spelled(self) -> Node | None:
        """The tree with unknown words in their nearest spelling."""
        return self.query.tree if self.complete else self.relaxing.spelled

    @cached_property
    def loose(self) -> _Missing | None:
        """What holds most of it, where few passages hold all and that adds some under the filters."""
        if not self.query.loose or self.complete >= ENOUGH:
            return None
        plan = self.relaxing.plan(spelled=not self.complete)
        if plan is None:
            return None
        found = _Missing(plan, self.relaxing.most(plan))
        enough = self.view.counts([all_of([found.matches, self.passing])])[0]
        return found if enough > self.complete else None

    @cached_property
    def matches(self) -> Clause:
        """What answers before the filters."""
        return self.loose.matches if self.loose else self.tree

    # -- answers -------------------------------------------------------------------------------------------------
    def results(self) -> Results:
        """The whole answer."""
        self._foresee()
        whole, answer = self._asked()
        pages = Facets(self.view, self.query, self.matches).read(answer["aggregations"])
        answering = answer["aggregations"]["found"]["doc_count"]
        return Results(
            total=answering,
            documents=self._documents.documents(answer["aggregations"]["found"]["documents"]["value"]),
            hits=self._hits(answering, [_entries(whole), _entries(answer)]),
            facets={name: page.values for name, page in pages.items()},
            relaxed=self.loose is not None,
            suggestions=suggestions(self.query.tree, self.spelled),
            complete=self.complete,
            widened=self.loose.plan.widened if self.loose else (),
            distinct={name: page.distinct for name, page in pages.items()},
            unknown=tuple(word.text for word in unknown(self.query.tree, self.view)),
            offered=self._offered(),
            remedies=() if answering else remedies(self.query, self._totals),
        )

    def values(self, facet: str, containing: str) -> FacetPage:
        """The values of one facet."""
        facets = Facets(self.view, self.query, self.matches)
        return facets.containing(facet, containing) if containing.strip() else facets.pages([facet])[facet]

    def explain(self, passage_id: str) -> Explanation | None:
        """The parts of a passage's score."""
        if not self.view.counts([all_of([self.matches, self.passing, {"term": {"passage": passage_id}}])])[0]:
            return None
        candidates = Candidates(self.view.entries([passage_id]).values(), self.view.averages)
        rows = candidates.rows([passage_id])
        asked = self._compared_with(candidates, NONE)
        shares = [Share(name, float(feature(asked, rows)[0])) for name, feature in FEATURES.items()]
        return Explanation(passage_id, sum(share.score for share in shares), tuple(shares))

    # -- requests ------------------------------------------------------------------------------------------------
    @property
    def _ranks(self) -> bool:
        return self.query.sort == Sort.RELEVANCE and self.query.tree is not None

    @property
    def _partial(self) -> Clause:
        """What passes the filters and is not known yet: by relevance, what holds all comes first."""
        return all_of([self.passing], [self.tree]) if self._ranks else self.passing

    def _foresee(self) -> None:
        """Count what decides how the answer is asked for, and what ranking will need: all of it in one request."""
        weighing = [confined(node) for node in weighed(self.query.tree)]
        wanted = map(matching, (*weighing, *compounds(self.query.tree)))
        self.view.counts([self._whole_tree, *Facets(self.view, self.query, self.tree).bases(), *wanted])

    def _asked(self) -> tuple[Body, Body]:
        """The answer for what holds all that was asked, and the one that is given."""
        whole = self._hits_of(self.tree, self.query.tree, self.passing)
        if self.loose is None:
            (answer,) = self.view.ask([whole | self._counts_of(self.tree)])
            return answer, answer
        most = self._hits_of(self.loose.matches, Or(self.loose.plan.wanted), self._partial)
        first, answer = self.view.ask([whole, most | self._counts_of(self.loose.matches)])
        return first, answer

    def _hits_of(self, matches: Clause, tree: Node | None, passing: Clause) -> Body:
        """A request for hits among what matches; `passing` leaves some out."""
        body: Body = {
            "query": self._scored(matches, tree),
            "post_filter": passing,
            "size": 0,
            "track_total_hits": False,
        }
        limit = self.query.limit
        if self._ranks and limit != 0:
            body |= {"size": CANDIDATES, "sort": self._order}
        elif limit and self.query.offset + limit <= WINDOW:
            body |= {"from": self.query.offset, "size": limit, "sort": self._order}
        return body

    def _counts_of(self, matches: Clause) -> Body:
        """Total and facets, which know the filters."""
        found = {"filter": self.passing, "aggs": {"documents": self._documents.aggregation}}
        return {"aggs": Facets(self.view, self.query, matches).asked() | {"found": found}}

    def _scored(self, matches: Clause, tree: Node | None) -> Clause:
        if tree is None or not self._ranks:
            return self.view.visible(matches)
        if tree is self.query.tree and matches == self.tree:  # what scores matches just that
            return {"bool": {"must": [relevant(tree)], "filter": [self.view.visible()]}}
        return {"bool": {"should": [relevant(tree)], "filter": [self.view.visible(matches)]}}

    @property
    def _documents(self) -> Counting:
        return Counting.of(self.view.numbered)

    @cached_property
    def _order(self) -> list[Body]:
        return order_of(self.query, notes_last=notes_last(self.query))

    def _totals(self, queries: Sequence[Query]) -> list[int]:
        """How many passages answer each of the queries in full."""
        return self.view.counts([all_of([matching(each.tree), Filtering(each).clause()]) for each in queries])

    # -- hits ----------------------------------------------------------------------------------------------------
    def _hits(self, answering: int, found: Sequence[list[Entry]]) -> tuple[Hit, ...]:
        first = self.query.offset
        last = answering if self.query.limit is None else min(first + self.query.limit, answering)
        if self.query.limit == 0 or first >= last:
            return ()
        if self._ranks:
            return self._by_relevance(first, last, *found)
        held = {entry["passage"]: entry for entry in found[1]}
        clause = self.view.visible(self.matches, self.passing)
        page = list(held) or list(self.view.walk(clause, self._order, last))[first:]
        return self._shown(page, {}, self._complete(page), held)

    def _by_relevance(self, first: int, last: int, whole: list[Entry], answered: list[Entry]) -> tuple[Hit, ...]:
        partial = answered[: CANDIDATES - len(whole)] if self.loose else []
        candidates = Candidates([*whole, *partial], self.view.averages)
        names = candidates.columns.passage_ids
        complete = frozenset(entry["passage"] for entry in whole)
        order, scores = closely(self._compared_with(candidates, candidates.rows(complete)), candidates.rows(names))
        page = [names[row] for row in order.tolist()][first:last]
        held = {entry["passage"]: entry for entry in candidates.entries}
        further = self._further(frozenset(held), max(first, CANDIDATES), last) if last > CANDIDATES else []
        complete |= self._complete(further)
        return self._shown([*page, *further], {names[row]: score for row, score in scores.items()}, complete, held)

    def _further(self, seen: Collection[str], first: int, last: int) -> list[str]:
        """The passages behind the candidates, in the order of the cluster: those that hold all, then the others."""
        trees = [(self.tree, self.query.tree, self.passing)]
        if self.loose:
            trees.append((self.loose.matches, Or(self.loose.plan.wanted), self._partial))
        queries = [
            {"bool": {"must": [self._scored(matches, tree)], "filter": [passing]}} for matches, tree, passing in trees
        ]
        found = chain.from_iterable(self.view.walk(query, self._order, last) for query in queries)
        behind = islice((each for each in found if each not in seen), last - len(seen))
        return list(behind)[first - len(seen) :]

    def _compared_with(self, candidates: Candidates, complete: Rows) -> Asked:
        """What is to be ranked among candidates, those that hold all that was asked being `complete`."""
        loose = (
            Loose(self.loose.plan.tree, self.loose.plan.wanted, NONE, self.loose.plan.widened) if self.loose else None
        )
        asked = Asked(self.query, self.spelled, comparing_with(candidates, self.view), complete, loose)
        weighing = [node for tree in (asked.tree, self.spelled) for node in weighed(tree)]
        self.view.counts([matching(confined(node)) for node in weighing])
        return asked

    def _complete(self, page: Sequence[str]) -> frozenset[str]:
        """Those of the passages that hold all that was asked."""
        if not self.loose or not page:
            return frozenset(page)
        clause = self.view.visible(terms("passage", list(page)), self.tree)
        return frozenset(self.view.walk(clause, order_of(Query(), notes_last=False), len(page)))

    def _shown(
        self, page: Sequence[str], scores: Mapping[str, float], whole: Collection[str], held: Mapping[str, Entry]
    ) -> tuple[Hit, ...]:
        wanted = self.query.marked
        seen = [each for each in page if self.query.marks and self.query.tree and (wanted is None or each in wanted)]
        entries = {**held, **self.view.entries([each for each in seen if each not in held])}
        tree = self.loose.plan.tree if self.loose else self.query.tree
        marks = {each: highlights(tree, stored_of(entries[each])) for each in seen if each in entries}
        return tuple(Hit(each, scores.get(each, 0.0), marks.get(each, ()), each in whole) for each in page)

    # -- citations -----------------------------------------------------------------------------------------------
    def _offered(self) -> tuple[str, ...]:
        """The passages that the query cites."""
        cited = pinpoint(self.query.text)
        if cited is None:
            return ()
        instrument = library_names().instrument(cited.title)
        described = all_of([{"term": {"known": stem}} for stem in sorted(significant(cited.title))])
        called = [terms("names", sorted(names_of(instrument)))] if instrument else []
        found = self.view.documents(any_of([described, *called]), _CITED)
        titles = {entry["document"]: entry["body"]["title"] for entry in found}
        known = {entry["document"]: entry["body"]["described"] for entry in found}
        return offered(cited, titles, known, _Passages(self.view, tuple(titles)), library_names())


@dataclass(frozen=True)
class _Passages(Collection[str]):
    """The ids of the passages of some documents, asked for one by one or all together."""

    view: View
    documents: tuple[str, ...]

    def __contains__(self, passage_id: object) -> bool:
        return self.view.counts([{"term": {"passage": passage_id}}])[0] > 0

    def __len__(self) -> int:
        return self.view.counts([terms("document", self.documents)])[0]

    def __iter__(self) -> Iterator[str]:
        clause = self.view.visible(terms("document", self.documents))
        return self.view.walk(clause, order_of(Query(), notes_last=False), len(self))


def _entries(answer: Body) -> list[Entry]:
    return [hit["_source"] for hit in answer["hits"]["hits"]]
