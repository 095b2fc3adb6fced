"""What a cluster is asked for where few passages hold all: nearest spellings, and what holds most of the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from search.engines.opensearch_candidates import Candidates, Comparing
from search.engines.opensearch_index import exact_name
from search.engines.opensearch_queries import EVERYTHING, Clause, all_of, any_of, at_least, matching, told
from search.engines.opensearch_view import View
from search.matching import confined
from search.query import And, Field, Node, Not
from search.relaxing import LEAST_TOLD, MOST, Plan, planned
from search.suggest import corrected, likeliest, misspelled

#: Words that are spelled like an unknown one and counted, to see which was meant.
_LIKES = 100


@dataclass(frozen=True)
class Relaxing:
    """A tree of which little is found under the filters that `passing` stands for."""

    tree: Node | None
    passing: Clause
    view: View

    @cached_property
    def spelled(self) -> Node | None:
        """The tree with unknown words in their nearest spelling."""
        self.view.counts([matching(confined(part)) for part in _parts(self.tree)])
        return corrected(self.tree, self.view, self._nearest)

    def plan(self, *, spelled: bool) -> Plan | None:
        """What may be missing of the tree or of the spelled tree; None where nothing may."""
        return planned(self.spelled if spelled else self.tree, self.view)

    def most(self, plan: Plan) -> Clause:
        """What holds most of what a plan wants, or enough of what it tells."""
        bound = matching(And(plan.binding)) if plan.binding else EVERYTHING
        most = all_of([at_least(plan.wanted, int(MOST * len(plan.wanted)) + 1), bound])
        if plan.suffices(self.view.counts([all_of([most, self.passing])])[0]):
            return most
        comparing = comparing_with(Candidates((), {}), self.view)
        information = [comparing.information(node) for node in plan.wanted]
        least = LEAST_TOLD * sum(information)
        enough = told(list(zip(plan.wanted, information, strict=True)), least) if least else at_least(plan.wanted, 1)
        return any_of([most, all_of([enough, bound])])

    def _nearest(self, word: str) -> str | None:
        folded, edits = misspelled(word)
        if not edits:
            return None
        likes = self.view.likes(folded, edits, _LIKES)
        counts = self.view.counts([{"term": {exact_name(Field.TEXT): like}} for like in likes])
        return likeliest(folded, edits, {like: held for like, held in zip(likes, counts, strict=True) if held})


def comparing_with(candidates: Candidates, view: View) -> Comparing:
    """Trees among candidates, with the numbers of the whole index."""
    return Comparing(candidates, view.size, view.holders)


def _parts(tree: Node | None) -> Sequence[Node]:
    if isinstance(tree, And):
        return [part for part in tree.parts if not isinstance(part, Not)]
    return [tree] if tree else []
