"""From a query to its results over a cluster: what `search.answering` does over rows in memory, in few requests.

The cluster matches, filters, counts and puts the hits into a first order; the first of them are looked at closely here,
by the same features and with the same numbers as for every engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.engines.opensearch_candidates import Candidates, Comparing, stored_of, weighed
from search.engines.opensearch_client import Body
from search.engines.opensearch_facets import Facets, documents, documents_of
from search.engines.opensearch_queries import (
    EVERYTHING,
    Clause,
    Filtering,
    all_of,
    any_of,
    at_least,
    matching,
    relevant,
    terms,
    told,
)
from search.engines.opensearch_view import Entry, View, counting, order_of, total
from search.highlight import highlights
from search.matching import confined
from search.names import library_names
from search.pinpoints import names_of, offered, pinpoint, significant
from search.query import And, Node, Not, Or, Query, Sort
from search.ranking import CANDIDATES, FEATURES, Asked, closely
from search.relaxing import ENOUGH, LEAST_TOLD, MOST, Loose, Plan, planned
from search.remedies import remedies
from search.results import Explanation, FacetPage, Hit, Results, Share
from search.rows import NONE
from search.suggest import corrected, likeliest, misspelled, suggestions, unknown

#: Words that are spelled like an unknown one and counted, to see which was meant.
_LIKES = 100
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
    def filtering(self) -> Filtering:
        """The filters."""
        return Filtering(self.query)

    @cached_property
    def passing(self) -> Clause:
        """What passes the filters."""
        return self.filtering.clause()

    @cached_property
    def tree(self) -> Clause:
        """What holds all that was asked, before the filters."""
        return matching(self.query.tree)

    @cached_property
    def complete(self) -> int:
        """How many passages hold all that was asked, under the filters."""
        return self.view.counts([all_of([self.tree, self.passing])])[0]

    @cached_property
    def spelled(self) -> Node | None:
        """The tree with unknown words in their nearest spelling."""
        return self.query.tree if self.complete else corrected(self.query.tree, self.view, self._nearest)

    @cached_property
    def loose(self) -> _Missing | None:
        """What holds most of it, where few passages hold all and that adds some under the filters."""
        if not self.query.loose or self.complete >= ENOUGH:
            return None
        self._foresee()
        plan = planned(self.spelled, self.view)
        if plan is None:
            return None
        found = _Missing(plan, self._most(plan))
        enough = self.view.counts([all_of([found.matches, self.passing])])[0]
        return found if enough > self.complete else None

    @cached_property
    def matches(self) -> Clause:
        """What answers before the filters."""
        return self.loose.matches if self.loose else self.tree

    @cached_property
    def answers(self) -> Clause:
        """What answers, as far as it is to be seen."""
        return self.view.visible(self.matches, self.passing)

    def results(self) -> Results:
        """The whole answer."""
        facets = Facets(self.view, self.query, self.matches)
        body: Body = {
            **counting(self.view.visible(self.matches)),
            "post_filter": self.passing,
            "aggs": facets.asked() | {"found": {"filter": self.passing, "aggs": {"documents": documents(40_000)}}},
        }
        (answer, *_) = self.view.ask([body])
        pages = facets.read(answer["aggregations"])
        answering = total(answer)
        return Results(
            total=answering,
            documents=documents_of(answer["aggregations"]["found"]["documents"]["value"]),
            hits=self._hits(answering),
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
        asked, candidates = self._compared(self.view.entries([passage_id]).values(), ())
        rows = candidates.rows([passage_id])
        shares = [Share(name, float(feature(asked, rows)[0])) for name, feature in FEATURES.items()]
        return Explanation(passage_id, sum(share.score for share in shares), tuple(shares))

    # -- what holds most -----------------------------------------------------------------------------------------
    def _foresee(self) -> None:
        """Count the parts of the tree at one go, which would be counted one by one."""
        self.view.counts([matching(node) for part in _parts(self.query.tree) for node in (part, confined(part))])

    def _most(self, plan: Plan) -> Clause:
        bound = matching(And(plan.binding)) if plan.binding else EVERYTHING
        most = all_of([at_least(plan.wanted, int(MOST * len(plan.wanted)) + 1), bound])
        if plan.suffices(self.view.counts([all_of([most, self.passing])])[0]):
            return most
        information = self._information(plan.wanted)
        least = LEAST_TOLD * sum(information)
        enough = (
            told(list(zip(plan.wanted, information, strict=True)), least) if least > 0 else at_least(plan.wanted, 1)
        )
        return any_of([most, all_of([enough, bound])])

    def _information(self, nodes: Sequence[Node]) -> list[float]:
        telling = self._telling(Candidates((), {}))
        return [telling.information(node) for node in nodes]

    def _telling(self, candidates: Candidates) -> Comparing:
        return Comparing(candidates, self.view.size, self.view.holders)

    def _nearest(self, word: str) -> str | None:
        folded, edits = misspelled(word)
        if not edits:
            return None
        likes = self.view.likes(folded, edits, _LIKES)
        counts = self.view.counts([{"term": {"text_exact": like}} for like in likes])
        return likeliest(folded, edits, {like: held for like, held in zip(likes, counts, strict=True) if held})

    def _totals(self, queries: Sequence[Query]) -> list[int]:
        """How many passages answer each of the queries in full."""
        return self.view.counts([all_of([matching(each.tree), Filtering(each).clause()]) for each in queries])

    # -- hits ----------------------------------------------------------------------------------------------------
    def _hits(self, answering: int) -> tuple[Hit, ...]:
        first = self.query.offset
        last = answering if self.query.limit is None else min(first + self.query.limit, answering)
        if self.query.limit == 0 or first >= last:
            return ()
        if self.query.sort == Sort.RELEVANCE and self.query.tree:
            return self._by_relevance(first, last)
        page = self.view.ids(self.answers, order_of(self.query, notes_last=False), first, last)
        return self._shown(page, {}, self._whole(page), {})

    def _by_relevance(self, first: int, last: int) -> tuple[Hit, ...]:
        looked_at, partial = self._first()
        asked, candidates = self._compared([*looked_at, *partial], looked_at)
        order, scores = closely(asked, candidates.rows(entry["passage"] for entry in candidates.entries))
        names = candidates.columns.passage_ids
        page = [names[row] for row in order.tolist()][first:last]
        scored = {names[row]: score for row, score in scores.items()}
        held = {entry["passage"]: entry for entry in candidates.entries}
        if last > CANDIDATES:
            page += self._further(len(looked_at), frozenset(held), max(first, CANDIDATES), last)
        whole = frozenset(entry["passage"] for entry in looked_at) & frozenset(page)
        return self._shown(page, scored, whole | self._whole([each for each in page if each not in held]), held)

    def _first(self) -> tuple[list[Entry], list[Entry]]:
        """The candidates that hold all that was asked, and those that hold most of it, best first."""
        notes_last = self._asked_for().notes_last
        order = order_of(self.query, notes_last=notes_last)
        bodies: list[Body] = [self._best(self.query.tree, self.tree, order)]
        if self.loose:
            incomplete = all_of([self.loose.matches], [self.tree])
            bodies.append(self._best(Or(self.loose.plan.wanted), incomplete, order))
        first, *others = [[hit["_source"] for hit in answer["hits"]["hits"]] for answer in self.view.ask(bodies)]
        return first, [entry for found in others for entry in found][: CANDIDATES - len(first)]

    def _best(self, tree: Node | None, matches: Clause, order: Sequence[Body]) -> Body:
        scored = {
            "bool": {"should": [relevant(tree)] if tree else [], "filter": [self.view.visible(matches, self.passing)]}
        }
        return {"query": scored, "sort": list(order), "size": CANDIDATES, "track_total_hits": False}

    def _further(self, complete: int, seen: Collection[str], first: int, last: int) -> list[str]:
        """The passages behind the candidates, in the order of the cluster: those that hold all, then the others."""
        order = order_of(self.query, notes_last=self._asked_for().notes_last)
        assert self.query.tree
        clauses = [self._best(self.query.tree, self.tree, order)["query"]]
        if self.loose:
            clauses.append(
                self._best(Or(self.loose.plan.wanted), all_of([self.loose.matches], [self.tree]), order)["query"]
            )
        found = (each for clause in clauses for each in self._walk(clause, order, last))
        behind = [each for each in found if each not in seen][: last - len(seen)]
        return behind[first - len(seen) :]

    def _walk(self, clause: Clause, order: Sequence[Body], last: int) -> Iterator[str]:
        return iter(self.view.ids(clause, order, 0, last))

    def _compared(self, found: Collection[Entry], complete: Collection[Entry]) -> tuple[Asked, Candidates]:
        """What ranking needs to know of some passages; `complete` are those of them that hold all that was asked."""
        candidates = Candidates(found, self.view.averages)
        asked = self._asked_for(candidates, complete)
        weighing = [node for tree in (asked.tree, self.spelled) for node in weighed(tree)]
        self.view.counts([matching(confined(node)) for node in weighing])
        return asked, candidates

    def _asked_for(self, candidates: Candidates | None = None, complete: Collection[Entry] = ()) -> Asked:
        candidates = candidates or Candidates((), {})
        rows = candidates.rows(entry["passage"] for entry in complete) if complete else NONE
        loose = self.loose and Loose(self.loose.plan.tree, self.loose.plan.wanted, NONE, self.loose.plan.widened)
        return Asked(self.query, self.spelled, self._telling(candidates), rows, loose)

    def _whole(self, page: Sequence[str]) -> frozenset[str]:
        """Those of the passages that hold all that was asked."""
        if not self.loose or not page:
            return frozenset(page)
        clause = self.view.visible(terms("passage", list(page)), self.tree)
        return frozenset(self.view.ids(clause, order_of(Query(), notes_last=False), 0, len(page)))

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
        called = terms("names", sorted(names_of(instrument))) if instrument else {"match_none": {}}
        found = self.view.documents(any_of([described, called]), _CITED)
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


def _parts(tree: Node | None) -> tuple[Node, ...]:
    if isinstance(tree, And):
        return tuple(part for part in tree.parts if not isinstance(part, Not))
    return (tree,) if tree else ()
