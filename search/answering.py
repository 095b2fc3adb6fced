"""From a query to its results, over any state of an engine: match, relax, filter, rank, cut, count, mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.facets import Narrowing, facet_page, facets
from search.highlight import Span, highlights
from search.matching import Matching
from search.names import library_names
from search.pinpoints import offered, pinpoint
from search.query import Node, Query
from search.ranking import FEATURES, Asked, ranked
from search.relaxing import ENOUGH, Loose, loosened
from search.remedies import remedies
from search.results import Explanation, FacetPage, Hit, Results, Share
from search.rows import Rows
from search.state import State
from search.suggest import corrected, nearest, suggestions, unknown


@dataclass(frozen=True)
class Answering:
    """One query over one state; what is worked out once serves results, facet pages and explanations."""

    query: Query
    state: State

    @cached_property
    def matching(self) -> Matching:
        """The rows of the tree's parts."""
        return Matching(self.state)

    @cached_property
    def narrowing(self) -> Narrowing:
        """The filters."""
        return Narrowing(self.state.columns, self.query)

    @cached_property
    def complete(self) -> Rows:
        """The rows that hold all that was asked, under the filters."""
        return self.narrowing.rows(self.matching.rows(self.query.tree))

    @cached_property
    def spelled(self) -> Node | None:
        """The tree with unknown words in their nearest spelling."""
        return (
            self.query.tree
            if len(self.complete)
            else corrected(self.query.tree, self.matching, lambda word: nearest(word, self.state))
        )

    @cached_property
    def loose(self) -> Loose | None:
        """What holds most of it, where few passages hold all and that adds some under the filters."""
        if not self.query.loose or len(self.complete) >= ENOUGH:
            return None
        loose = loosened(self.spelled, self.matching, self.narrowing.rows)
        if loose is None or len(self.narrowing.rows(loose.rows)) <= len(self.complete):
            return None
        return loose

    @cached_property
    def matches(self) -> Rows:
        """All rows that answer before the filters."""
        return self.loose.rows if self.loose else self.matching.rows(self.query.tree)

    @cached_property
    def rows(self) -> Rows:
        """All rows that answer."""
        return self.narrowing.rows(self.matches)

    @cached_property
    def asked(self) -> Asked:
        """What is to be ranked."""
        return Asked(self.query, self.spelled, self.matching, self.complete, self.loose)

    def results(self) -> Results:
        """The whole answer."""
        values, distinct = facets(self.state.columns, self.matches, self.query)
        return Results(
            total=len(self.rows),
            documents=len(np.unique(self.state.columns.documents[self.rows])),
            hits=self._hits(),
            facets=values,
            relaxed=self.loose is not None,
            suggestions=suggestions(self.query.tree, self.spelled),
            complete=len(self.complete),
            widened=self.loose.widened if self.loose else (),
            distinct=distinct,
            unknown=tuple(word.text for word in unknown(self.query.tree, self.matching)),
            offered=self._offered(),
            remedies=() if len(self.rows) else remedies(self.query, self._totals),
        )

    def values(self, facet: str, containing: str) -> FacetPage:
        """The values of one facet."""
        return facet_page(self.state.columns, self.matches, self.query, facet, containing)

    def explain(self, passage_id: str) -> Explanation | None:
        """The parts of a passage's score."""
        row = self.state.columns.row_of.get(passage_id, -1)
        if row not in self.rows:
            return None
        rows = np.array([row])
        shares = [Share(name, float(feature(self.asked, rows)[0])) for name, feature in FEATURES.items()]
        return Explanation(passage_id, sum(share.score for share in shares), tuple(shares))

    def _offered(self) -> tuple[str, ...]:
        """The passages that the query cites."""
        columns, cited = self.state.columns, pinpoint(self.query.text)
        return offered(cited, columns.titles, columns.described, columns.row_of, library_names()) if cited else ()

    def _totals(self, queries: Sequence[Query]) -> list[int]:
        """How many passages answer each of the queries in full."""
        columns = self.state.columns
        return [len(Narrowing(columns, each).rows(self.matching.rows(each.tree))) for each in queries]

    def _hits(self) -> tuple[Hit, ...]:
        end = len(self.rows) if self.query.limit is None else self.query.offset + self.query.limit
        if self.query.limit == 0:
            return ()
        found = ranked(self.asked, self.rows, min(end, len(self.rows)))
        page = found.rows[self.query.offset : end].tolist()
        whole = frozenset(self.complete.tolist()) if self.loose else frozenset(page)
        names, marks = self.state.columns.passage_ids, self._marks(page)
        return tuple(Hit(names[row], found.scores.get(row, 0.0), marks.get(row, ()), row in whole) for row in page)

    def _marks(self, page: Sequence[int]) -> dict[int, tuple[Span, ...]]:
        """The spans of the rows that somebody looks at."""
        names, wanted = self.state.columns.passage_ids, self.query.marked
        seen = [row for row in page if self.query.marks and (wanted is None or names[row] in wanted)]
        stored = self.state.stored(seen)
        return {row: highlights(self.asked.tree, each) for row, each in zip(seen, stored, strict=True)}
