"""Any sequence of changes to a store, held against two dictionaries."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from corpus.errors import NotFound
from corpus.store import SourceState, Store
from tests.conftest import examples
from tests.factories import document, passage

NAMES = st.sampled_from(["alpha", "beta", "gamma"])
PATHS = st.sampled_from(["/one", "/two", "docs:three"])
#: What databases like least: quotes, wildcards, other planes, marks of direction, nothing.
TEXTS = st.one_of(
    st.sampled_from(["", "'; --", "%_", "\U0001d538 \u202e", "[]", "null"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
)
CONTENT = st.lists(st.tuples(TEXTS, st.lists(st.integers(1900, 2030), max_size=2)), max_size=3)


class Machine(RuleBasedStateMachine):
    """`held` is document id -> (document, passages, path of its source), `states` path -> state."""

    def __init__(self, store):
        super().__init__()
        self.store = store
        self.held, self.states = {}, {}

    @initialize()
    def emptied(self):
        for path in self.store.sources():
            self.store.forget(path)
        for each in self.store.documents():
            self.store.remove(each.id)

    def _drop(self, name):
        _, _, path = self.held.pop(name, (None, None, None))
        self.states.pop(path, None)

    def _forget(self, path):
        state = self.states.pop(path, None)
        if state and state.document_id:
            self._drop(state.document_id)

    @rule(name=NAMES, path=PATHS, title=TEXTS, content=CONTENT, fingerprint=TEXTS)
    def replace(self, name, path, title, content, fingerprint):
        made = document(name, title, source=path)
        passages = [passage(text, name, at, years=years) for at, (text, years) in enumerate(content, 1)]
        state = SourceState(path, fingerprint, name)
        self.store.replace(made, passages, state)
        self._forget(path)
        self._drop(name)
        self.held[name], self.states[path] = (made, passages, path), state

    @rule(name=NAMES)
    def remove(self, name):
        self.store.remove(name)
        self._drop(name)

    @rule(path=PATHS, reason=TEXTS)
    def quarantine(self, path, reason):
        state = SourceState(path, "", error=reason)
        self.store.quarantine(state)
        self._forget(path)
        self.states[path] = state

    @rule(path=PATHS)
    def forget(self, path):
        self.store.forget(path)
        self._forget(path)

    @rule(name=NAMES)
    def reannotate(self, name):
        def bare(before):
            return [replace(each, annotations=(), automatic=each.annotations) for each in before]

        if name not in self.held:
            with pytest.raises(NotFound):
                self.store.reannotate(name, bare)
            return
        before = self.store.revisions()[name]
        made, passages, path = self.held[name]
        self.store.reannotate(name, bare)
        self.held[name] = made, bare(passages), path
        assert (self.store.revisions()[name] == before) == (bare(passages) == passages)

    @invariant()
    def agrees(self):
        store, names = self.store, sorted(self.held)
        assert {each.id: (each, store.passages(each.id)) for each in store.documents()} == {
            name: self.held[name][:2] for name in names
        }
        assert store.sources() == self.states
        assert list(store.revisions()) == [name for name, _ in zip(names, store.iterate(), strict=True)]
        counts = store.counts()
        assert counts["passages"] == store.size() == sum(len(passages) for _, passages, _ in self.held.values())
        assert counts["failures"] == sum(state.error is not None for state in self.states.values())

    def teardown(self):
        assert self.store.check() == []


def test_any_changes_of_a_store(tmp_path, database):
    with closing(Store.open(tmp_path, database)) as store:
        run_state_machine_as_test(lambda: Machine(store), settings=examples(15, stateful_step_count=20))
