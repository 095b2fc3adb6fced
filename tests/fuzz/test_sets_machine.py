"""Any sequence of changes to two passage sets, held against plain lists of sections."""

from __future__ import annotations

from contextlib import closing
from operator import itemgetter

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from corpus.errors import NotFound
from corpus.sets import FrozenSetError, NotInSetError, PassageSet, fingerprint
from corpus.sets_json import from_json, to_json
from corpus.sets_store import Access
from corpus.store import SourceState, Store
from tests.conftest import examples
from tests.factories import document, library

TEXTS = ("The first.", "The second.", "The third.", "The fourth.")
NAMES = [f"lecture/para-{number}" for number in range(1, 5)]
PASSAGES, SETS = st.sampled_from(NAMES), st.integers(0, 1)
HEADINGS = st.sampled_from(["", "Week 1", "Week 2"])
NOTES = st.sampled_from(["", "Read it.", "Why?\n\nRead it."])
TAGS = st.lists(st.sampled_from(["core", "optional"]), max_size=2, unique=True)
ACCESS = st.sampled_from(Access)


class Model:
    """A set as a list of [heading, entries], an entry as a dictionary."""

    def __init__(self, title):
        self.title, self.introduction, self.sections, self.frozen = title, "", [], False

    @property
    def entries(self):
        return [(entry, heading) for heading, held in self.sections for entry in held]

    def find(self, name):
        for section in self.sections:
            for at, entry in enumerate(section[1]):
                if entry["passage_id"] == name:
                    return section, at
        return None, -1

    def tidy(self):
        self.sections = [section for section in self.sections if section[1]]

    def file(self, entry, heading):
        for section in self.sections:
            if section[0] == heading:
                section[1].append(entry)
                return
        self.sections.append([heading, [entry]])


def both(ours, theirs):
    kept = ours.split("\n\n")
    return "\n\n".join(filter(None, [ours, *(part for part in theirs.split("\n\n") if part not in kept)]))


class Machine(RuleBasedStateMachine):
    def __init__(self, store):
        super().__init__()
        self.sets = store.sets
        self.links = {}

    @initialize()
    def created(self):
        for held in self.sets.all():
            self.sets.remove(held.id)
        self.ids = [self.sets.create(PassageSet(f"Set {number}")).id for number in range(2)]
        self.models = [Model(f"Set {number}") for number in range(2)]

    def change(self, number, step, name=None):
        """Take the step; whether the model has to take it too."""
        model = self.models[number]
        refusal = FrozenSetError if model.frozen else NotInSetError if name and model.find(name)[0] is None else None
        if refusal is None:
            self.sets.change(self.ids[number], step)
            return True
        with pytest.raises((FrozenSetError, NotInSetError)):
            self.sets.change(self.ids[number], step)
        return False

    @rule(number=SETS, names=st.lists(PASSAGES, min_size=1, max_size=3))
    def add(self, number, names):
        if self.change(number, lambda held: held.adding(names)):
            model = self.models[number]
            heading = model.sections[-1][0] if model.sections else ""
            for name in dict.fromkeys(names):
                if model.find(name)[0] is None:
                    model.file({"passage_id": name, "note": "", "tags": ()}, heading)

    @rule(number=SETS, name=PASSAGES)
    def take_out(self, number, name):
        if self.change(number, lambda held: held.without(name), name):
            section, at = self.models[number].find(name)
            del section[1][at]
            self.models[number].tidy()

    @rule(number=SETS, name=PASSAGES, up=st.booleans())
    def move(self, number, name, up):
        if not self.change(number, lambda held: held.moved(name, up=up), name):
            return
        model = self.models[number]
        section, at = model.find(name)
        here, beside = model.sections.index(section), at - 1 if up else at + 1
        if 0 <= beside < len(section[1]):
            section[1][at], section[1][beside] = section[1][beside], section[1][at]
        elif 0 <= (other := here - 1 if up else here + 1) < len(model.sections):
            target = model.sections[other][1]
            target.insert(len(target) if up else 0, section[1].pop(at))
            model.tidy()

    @rule(number=SETS, heading=HEADINGS, up=st.booleans())
    def move_section(self, number, heading, up):
        model = self.models[number]
        at = next((i for i, section in enumerate(model.sections) if section[0] == heading), None)
        if at is None or model.frozen:
            with pytest.raises((NotInSetError, FrozenSetError)):
                self.sets.change(self.ids[number], lambda held: held.section_moved(heading, up=up))
            return
        self.sets.change(self.ids[number], lambda held: held.section_moved(heading, up=up))
        beside = at - 1 if up else at + 1
        if 0 <= beside < len(model.sections):
            model.sections[at], model.sections[beside] = model.sections[beside], model.sections[at]

    @rule(number=SETS, name=PASSAGES, note=NOTES, tags=TAGS, heading=HEADINGS)
    def annotate(self, number, name, note, tags, heading):
        if self.change(number, lambda held: held.annotated(name, note=note, tags=tags, heading=heading), name):
            model = self.models[number]
            section, at = model.find(name)
            entry = section[1][at] | {"note": note, "tags": tuple(tags)}
            if section[0] == heading:
                section[1][at] = entry
            else:
                del section[1][at]
                model.tidy()
                model.file(entry, heading)

    @rule(number=SETS)
    def merge(self, number):
        other = self.sets.get(self.ids[1 - number])
        if not self.change(number, lambda held: held.merged(other)):
            return
        ours, theirs = self.models[number], self.models[1 - number]
        for entry, heading in theirs.entries:
            section, at = ours.find(entry["passage_id"])
            if section is None:
                ours.file(dict(entry), heading)
            else:
                mine = section[1][at]
                tags = tuple(dict.fromkeys((*mine["tags"], *entry["tags"])))
                section[1][at] = mine | {"note": both(mine["note"], entry["note"]), "tags": tags}
        ours.introduction = both(ours.introduction, theirs.introduction)

    @rule(number=SETS, title=st.sampled_from(["Reader", "Pack"]), text=NOTES)
    def rename(self, number, title, text):
        if self.change(number, lambda held: held.renamed(title, text)):
            self.models[number].title, self.models[number].introduction = title, text

    @rule(number=SETS)
    def freeze(self, number):
        if self.models[number].frozen:
            with pytest.raises(FrozenSetError):
                self.sets.freeze(self.ids[number])
        else:
            self.sets.freeze(self.ids[number])
            self.models[number].frozen = True

    @rule(number=SETS)
    def thaw(self, number):
        self.sets.change(self.ids[number], PassageSet.thawed)
        self.models[number].frozen = False

    @rule(number=SETS, access=ACCESS)
    def link(self, number, access):
        self.links[self.sets.link(self.ids[number], access)] = number, access

    @rule(number=SETS, access=ACCESS)
    def revoke(self, number, access):
        self.sets.revoke(self.ids[number], access)
        for secret in [each for each, opened in self.links.items() if opened == (number, access)]:
            del self.links[secret]
            with pytest.raises(NotFound):
                self.sets.opened(secret, *Access)

    @invariant()
    def agrees(self):
        for number, model in enumerate(self.models):
            held = self.sets.get(self.ids[number])
            assert (held.title, held.introduction, bool(held.frozen)) == (model.title, model.introduction, model.frozen)
            found = [({"passage_id": e.passage_id, "note": e.note, "tags": e.tags}, e.heading) for e in held.entries]
            assert found == model.entries
            texts = [TEXTS[NAMES.index(name)] if model.frozen else "" for name in held.passage_ids]
            assert [(e.text, e.sha256) for e in held.entries] == [(t, fingerprint(t) if t else "") for t in texts]
            assert to_json(from_json(to_json(held).encode())) == to_json(held)
        for secret, (number, access) in self.links.items():
            assert self.sets.opened(secret, access).id == self.ids[number]
            with pytest.raises(NotFound):
                self.sets.opened(secret, *({*Access} - {access}))
        counted = [self.sets.links(self.ids[number], access) for number in range(2) for access in Access]
        opened = sorted(self.links.values(), key=itemgetter(0))
        assert counted == [opened.count((number, access)) for number in range(2) for access in Access]


def test_any_changes_of_sets(tmp_path, database):
    with closing(Store.open(tmp_path, database)) as store:
        store.replace(document(), library(*TEXTS), SourceState("/lecture", "f", "lecture"))
        run_state_machine_as_test(lambda: Machine(store), settings=examples(15, stateful_step_count=25))
