"""Passage sets: their steps, their JSON, the store that keeps them through every ingestion, and their links."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from corpus import sets
from corpus.errors import NotFound
from corpus.export import Collection, Remark
from corpus.model import Document, NoteCall, Passage, PassageKind
from corpus.schema import metadata
from corpus.sets import Entry, PassageSet, SetError, State
from corpus.sets_contents import collection, members, pairs
from corpus.sets_json import from_json, to_json
from corpus.sets_store import Access
from corpus.store import SourceState, Store
from corpus.store_connection import connect, writing
from tests.factories import document, library, passage

TEXTS = ("Lamps were lit.", "Nobody came.", "The sea rose.", "A boat returned.")
IDS = tuple(f"lecture/para-{number}" for number in range(1, 5))
#: Two sections and two passages without a heading in front of them.
PLAIN = PassageSet("Evidence").adding(IDS).annotated(IDS[2], heading="Week 2").annotated(IDS[3], heading="Week 2")


@pytest.fixture
def store(tmp_path, database):
    opened = Store.open(tmp_path / "library", database)
    ingest(opened)
    yield opened
    opened.close()


def ingest(store, *texts):
    store.replace(document(), library(*(texts or TEXTS)), SourceState("/lecture.txt", "f", "lecture"))


def layout(held):
    """Headings with the numbers of their paragraphs."""
    return [(heading, [int(entry.passage_id[-1]) for entry in entries]) for heading, entries in held.sections]


# -- steps -------------------------------------------------------------------------------------------------------


def test_passages_are_added_once_behind_the_last_and_under_its_heading():
    held = PassageSet("x").adding(IDS[:2]).annotated(IDS[1], heading="Week 1")
    assert layout(held.adding([IDS[2], IDS[0], IDS[2]])) == [("", [1]), ("Week 1", [2, 3])]


def test_an_entry_moves_within_its_section_and_over_its_edge():
    assert layout(PLAIN) == [("", [1, 2]), ("Week 2", [3, 4])]
    assert layout(PLAIN.moved(IDS[3], up=True)) == [("", [1, 2]), ("Week 2", [4, 3])]
    assert layout(PLAIN.moved(IDS[2], up=True)) == [("", [1, 2, 3]), ("Week 2", [4])]
    assert layout(PLAIN.moved(IDS[1], up=False)) == [("", [1]), ("Week 2", [2, 3, 4])]
    assert PLAIN.moved(IDS[0], up=True) == PLAIN.moved(IDS[3], up=False) == PLAIN


def test_a_section_moves_as_a_whole():
    assert layout(PLAIN.section_moved("Week 2", up=True)) == [("Week 2", [3, 4]), ("", [1, 2])]
    assert layout(PLAIN.section_moved("", up=False)) == [("Week 2", [3, 4]), ("", [1, 2])]
    assert PLAIN.section_moved("", up=True) == PLAIN.section_moved("Week 2", up=False) == PLAIN


def test_another_heading_files_an_entry_as_the_last_of_its_section():
    assert layout(PLAIN.annotated(IDS[0], heading=" Week  2 ")) == [("", [2]), ("Week 2", [3, 4, 1])]
    assert layout(PLAIN.annotated(IDS[0], heading="Week 3")) == [("", [2]), ("Week 2", [3, 4]), ("Week 3", [1])]
    assert layout(PLAIN.annotated(IDS[2], heading="")) == [("", [1, 2, 3]), ("Week 2", [4])]


def test_notes_and_tags_are_tidied_and_keep_the_place():
    held = PLAIN.annotated(IDS[0], note=" first\r\nsecond ", tags=["a  b", "", "c", "a b"])
    assert held.entries[0] == Entry(IDS[0], "first\nsecond", ("a b", "c"))
    assert held.annotated(IDS[0], note="").entries[0].tags == ("a b", "c")


def test_merging_keeps_the_notes_and_tags_of_both():
    ours = PLAIN.annotated(IDS[0], note="mine", tags=["a"]).renamed("Ours", "About lamps")
    theirs = PassageSet("Theirs", "About boats").adding([IDS[0], "other/p-1", "other/p-2"])
    theirs = theirs.annotated(IDS[0], note="yours", tags=["b", "a"]).annotated("other/p-2", heading="Week 2")
    merged = ours.merged(theirs)
    assert merged.entries[0] == Entry(IDS[0], "mine\n\nyours", ("a", "b"))
    assert merged.passage_ids == (*IDS[:2], "other/p-1", *IDS[2:], "other/p-2")
    assert (merged.title, merged.introduction) == ("Ours", "About lamps\n\nAbout boats")
    assert merged.merged(theirs) == merged
    assert ours.merged(ours) == ours


def test_a_frozen_set_takes_no_step_but_thawing_and_copying():
    frozen = PLAIN.frozen_with(dict(zip(IDS, TEXTS, strict=True)), "2026-11-22T10:00:00+00:00")
    steps = (
        lambda held: held.adding(["x/p-1"]),
        lambda held: held.without(IDS[0]),
        lambda held: held.moved(IDS[0], up=True),
        lambda held: held.moved(IDS[0], up=False),
        lambda held: held.section_moved("", up=True),
        lambda held: held.annotated(IDS[0], note="n"),
        lambda held: held.renamed("other"),
        lambda held: held.merged(PLAIN),
        lambda held: held.frozen_with({}, "later"),
    )
    for step in steps:
        with pytest.raises(SetError, match="is frozen; thaw it"):
            step(frozen)
    assert frozen.thawed() == PLAIN
    assert frozen.copied("Copy") == replace(PLAIN, title="Copy")
    assert PLAIN.merged(frozen) == PLAIN


def test_a_set_with_missing_passages_is_not_frozen():
    with pytest.raises(SetError, match=f"does not hold {IDS[2]}, {IDS[3]}$"):
        PLAIN.frozen_with(dict.fromkeys(IDS[:2], "text"), "now")


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (lambda held: held.renamed("  \n "), "needs a title"),
        (lambda held: held.renamed("x" * 201), "title is too long: 201 characters, at most 200"),
        (lambda held: held.renamed("x", "y" * 30_001), "introduction is too long"),
        (lambda held: held.annotated(IDS[0], note="y" * 30_001), "note is too long"),
        (lambda held: held.annotated(IDS[0], heading="y" * 201), "heading is too long"),
        (lambda held: held.annotated(IDS[0], tags=map(str, range(21))), "20 tags at most"),
        (lambda held: held.adding(f"x/p-{number}" for number in range(997)), "1,000 passages at most"),
        (lambda held: held.without("x/p-1"), "does not hold the passage 'x/p-1'"),
        (lambda held: held.moved("x/p-1", up=True), "does not hold the passage"),
        (lambda held: held.section_moved("Week 9", up=True), "has no heading 'Week 9'"),
        (lambda held: held.annotated("x/p-1", note=""), "does not hold the passage"),
    ],
)
def test_what_no_set_can_take_is_refused(step, message):
    with pytest.raises(SetError, match=message):
        step(PLAIN)


# -- the store ---------------------------------------------------------------------------------------------------


def test_what_goes_in_comes_out_the_same(store):
    made = PLAIN.annotated(IDS[0], note="n", tags=["a", "b"]).renamed("Title", "Intro")
    stored = store.sets.create(made)
    assert replace(stored, id="") == made
    assert store.sets.get(stored.id) == stored
    assert store.sets.all() == [stored]
    assert store.sets.create(made).id != stored.id
    assert store.check() == []


def test_a_step_that_fails_changes_nothing(store):
    stored = store.sets.create(PLAIN)
    with pytest.raises(SetError):
        store.sets.change(stored.id, lambda held: held.without(IDS[0]).without(IDS[0]))
    assert store.sets.get(stored.id) == stored
    with pytest.raises(NotFound):
        store.sets.change("nowhere", lambda held: held)


def test_two_who_add_at_once_lose_nothing(store, database):
    stored = store.sets.create(PassageSet("Ours"))
    names = [f"other/p-{number}" for number in range(1, 41)]
    other = Store.open(store.folder, database)

    def add(number):
        sets = (store, other)[number % 2].sets
        sets.change(stored.id, lambda held: held.adding([names[number]]))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(len(names))))
    other.close()
    assert sorted(store.sets.get(stored.id).passage_ids) == sorted(names)


def test_a_removed_set_leaves_nothing_behind(store):
    stored = store.sets.create(PLAIN)
    secret = store.sets.link(stored.id, Access.READ)
    store.sets.remove(stored.id)
    for ask in (lambda: store.sets.get(stored.id), lambda: store.sets.opened(secret, Access.READ)):
        with pytest.raises(NotFound):
            ask()
    assert dump(store, "set_entries") == dump(store, "set_links") == []


def test_a_set_survives_every_ingestion_and_tells_what_is_missing(store):
    stored = store.sets.create(PLAIN)
    ingest(store)
    assert store.sets.get(stored.id) == stored
    ingest(store, *TEXTS[:3])
    assert store.sets.get(stored.id) == stored
    assert [member.state for member in members(store, stored)] == [*[State.PRESENT] * 3, State.MISSING]
    assert exported(store, stored) == list(zip(IDS[:3], TEXTS[:3], strict=True))
    store.remove("lecture")
    assert [(member.passage, member.document) for member in members(store, stored)] == [(None, None)] * 4
    assert exported(store, stored) == []


def test_an_export_has_the_order_of_the_set(store):
    stored = store.sets.create(PLAIN.moved(IDS[3], up=True))
    assert [name for name, _ in exported(store, stored)] == [*IDS[:2], IDS[3], IDS[2]]
    assert [found for found, _ in pairs(members(store, stored))] == [document()] * 4


def exported(store, held):
    return [(found.id, found.text) for _, found in pairs(members(store, held))]


def test_an_export_has_the_words_of_the_day_when_the_set_was_frozen(store):
    note = Passage("lecture/fn-1", "lecture", 5, PassageKind.FOOTNOTE, "A note.")
    state = SourceState("/lecture.txt", "f", "lecture")
    store.replace(document(), [*tagged(*TEXTS), note], state)
    frozen = store.sets.freeze(store.sets.create(PLAIN.adding([note.id])).id)
    kept = [*zip(IDS, TEXTS, strict=True), (note.id, note.text)]
    store.replace(document(), [*tagged("Lamps burned.", *TEXTS[1:3])], state)
    assert exported(store, frozen) == kept
    changed, same, _, lost, lost_note = (found for _, found in pairs(members(store, frozen)))
    assert same.years == (1999,)
    # tags and calls of notes are places in another text
    assert (changed.annotations, changed.calls, changed.sequence) == ((), (), 1)
    assert (lost.label, lost.kind, lost_note.kind) == ("para 4", PassageKind.PARAGRAPH, PassageKind.FOOTNOTE)
    assert [found for found, _ in pairs(members(store, frozen))] == [document()] * 5
    store.remove("lecture")
    assert exported(store, frozen) == kept
    assert [found for found, _ in pairs(members(store, frozen))] == [Document("lecture", "lecture")] * 5


def tagged(*texts):
    """Passages with a tag and the call of a note each."""
    for number, text in enumerate(texts, 1):
        yield replace(passage(text, number=number, years=[1999]), calls=(NoteCall(1, len(text)),))


def test_an_export_has_what_the_set_adds():
    held = PLAIN.renamed("Evidence", "Read this.").annotated(IDS[2], note="Why?", tags=["a", "b"])
    assert collection(held) == Collection(
        "Evidence",
        "Read this.",
        {
            **dict.fromkeys(IDS[:2], Remark()),
            IDS[2]: Remark("Week 2", "Why?", ("a", "b")),
            IDS[3]: Remark("Week 2"),
        },
    )


def test_a_frozen_set_tells_what_has_changed_since(store):
    stored = store.sets.create(PLAIN)
    frozen = store.sets.freeze(stored.id)
    assert [entry.text for entry in frozen.entries] == list(TEXTS)
    assert frozen.entries[0].sha256 == sets.fingerprint(TEXTS[0])
    assert frozen.frozen.endswith("+00:00")
    ingest(store, TEXTS[0], "Somebody came.", TEXTS[2])
    again = store.sets.get(stored.id)
    assert again == frozen
    states = [member.state for member in members(store, again)]
    assert states == [State.PRESENT, State.CHANGED, State.PRESENT, State.MISSING]
    assert [entry.text for entry in again.entries] == list(TEXTS)
    assert store.sets.change(stored.id, PassageSet.thawed) == stored
    with pytest.raises(SetError, match=IDS[3]):
        store.sets.freeze(stored.id)


# -- links -------------------------------------------------------------------------------------------------------


def test_a_link_opens_its_set_for_one_thing_only(store):
    stored, other = store.sets.create(PLAIN), store.sets.create(PLAIN)
    edit, read = store.sets.link(stored.id, Access.EDIT), store.sets.link(stored.id, Access.READ)
    assert len(edit) == len(read) == 32
    assert store.sets.opened(edit, Access.EDIT) == store.sets.opened(read, Access.READ) == stored
    for secret, access in ((edit, Access.READ), (read, Access.EDIT), ("", Access.EDIT), ("guess", Access.READ)):
        with pytest.raises(NotFound, match="opens no passage set"):
            store.sets.opened(secret, access)
    assert store.sets.opened(store.sets.link(other.id, Access.READ), Access.READ) == other
    with pytest.raises(NotFound):
        store.sets.link("nowhere", Access.READ)


def test_revoked_links_open_nothing_and_others_go_on(store):
    stored = store.sets.create(PLAIN)
    edit = store.sets.link(stored.id, Access.EDIT)
    read = [store.sets.link(stored.id, Access.READ) for _ in range(2)]
    assert [store.sets.links(stored.id, access) for access in Access] == [1, 2]
    store.sets.revoke(stored.id, Access.READ)
    for secret in read:
        with pytest.raises(NotFound):
            store.sets.opened(secret, Access.READ)
    assert store.sets.links(stored.id, Access.READ) == 0
    assert store.sets.opened(edit, Access.EDIT) == stored


def test_no_secret_stands_in_the_database(store):
    stored = store.sets.create(PLAIN)
    secrets = [store.sets.link(stored.id, access) for access in Access]
    everything = str([dump(store, table) for table in metadata.tables])
    assert stored.id in everything
    assert not any(secret in everything for secret in secrets)


def dump(store, table):
    """All rows of a table."""
    with store._engine.connect() as connection:
        return connection.execute(metadata.tables[table].select()).all()


def test_a_row_with_the_same_beginning_is_not_enough(store):
    stored = store.sets.create(PLAIN)
    secret = store.sets.link(stored.id, Access.READ)
    with writing(store._engine) as connection:
        connection.exec_driver_sql("UPDATE set_links SET digest = substr(digest, 1, 63) || 'x'")
    with pytest.raises(NotFound):
        store.sets.opened(secret, Access.READ)


def test_a_set_is_found_by_title_id_and_link(store):
    stored = store.sets.create(PLAIN)
    secret = store.sets.link(stored.id, Access.READ)
    for name in ("Evidence", " Evidence ", stored.id, secret, f"https://law.example.edu/sets/{secret}"):
        assert store.sets.find(name) == stored
    with pytest.raises(NotFound, match="no set named 'mine'"):
        store.sets.find("mine")
    other = store.sets.create(PLAIN)
    with pytest.raises(NotFound, match="several sets are named 'Evidence'") as caught:
        store.sets.find("Evidence")
    assert {stored.id, other.id} <= set(str(caught.value).replace(",", "").split())


# -- JSON --------------------------------------------------------------------------------------------------------


def test_a_set_comes_back_from_json_as_it_was(store):
    made = PLAIN.annotated(IDS[0], note="“ü”", tags=["a"]).renamed("Title", "One\n\nTwo")
    assert from_json(to_json(made).encode()) == made
    frozen = store.sets.freeze(store.sets.create(made).id)
    assert from_json(to_json(frozen).encode()) == replace(frozen, id="")
    assert "text" not in json.loads(to_json(made))["entries"][0]


def test_json_by_other_hands_is_put_in_order():
    rows = [
        {"passage": IDS[0], "heading": "A"},
        {"passage": IDS[1], "heading": "B"},
        {"passage": IDS[2], "heading": "A"},
    ]
    file = {"format": "pincite-set", "version": 1, "title": "T", "entries": rows}
    assert layout(from_json(b"\xef\xbb\xbf" + json.dumps(file).encode())) == [("A", [1, 3]), ("B", [2])]


GOOD = json.loads(to_json(PLAIN.frozen_with(dict(zip(IDS, TEXTS, strict=True)), "2026-11-22T10:00:00+00:00")))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "other"}, "no passage set"),
        ({"version": 2}, "version 1"),
        ({"entries": None}, "no list of entries"),
        ({"title": ""}, "needs a title"),
        ({"title": 5}, "'title' is no text"),
        ({"title": "\ud800"}, "'title' is no text"),
        ({"frozen": "yesterday"}, "'frozen' is no date"),
        ({"entries": [5]}, "entry 1: this is no entry"),
        ({"entries": [{"passage": "no id"}]}, "entry 1: not a passage id"),
        ({"entries": [{"passage": "a/p-1", "tags": [1]}]}, "entry 1: 'tags' is no list of texts"),
        (
            {"entries": [GOOD["entries"][0], {**GOOD["entries"][1], "text": "forged"}]},
            "entry 2: the text is not the one",
        ),
        ({"entries": [GOOD["entries"][0]] * 2}, f"entry 2: {IDS[0]} stands there twice"),
    ],
)
def test_json_that_is_no_set_is_refused_with_its_place(change, message):
    with pytest.raises(SetError, match=message):
        from_json(json.dumps({**GOOD, **change}).encode())


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"[" * 100_000])
def test_what_is_no_json_is_refused(content):
    with pytest.raises(SetError, match="this is no"):
        from_json(content)


# -- any steps in any order --------------------------------------------------------------------------------------

NAMES = st.sampled_from([f"lecture/para-{number}" for number in range(1, 8)])
HEADINGS = st.sampled_from(["", "Week 1", "Week 2"])


class Collecting(RuleBasedStateMachine):
    """A stored set beside a plain model: a list of [heading, ids], and the notes by id."""

    def __init__(self):
        super().__init__()
        self.store = new_store()
        self.id = self.store.sets.create(PassageSet("Evidence")).id
        self.sections, self.notes, self.frozen = [], {}, False

    def teardown(self):
        self.store.close()

    def section_of(self, name):
        return next((section for section in self.sections if name in section[1]), None)

    def take_out(self, name):
        section = self.section_of(name)
        section[1].remove(name)
        self.sections = [each for each in self.sections if each[1]]

    def file(self, name, heading):
        section = next((each for each in self.sections if each[0] == heading), None)
        if section is None:
            section = [heading, []]
            self.sections.append(section)
        section[1].append(name)

    def step(self, step, *, allowed=True):
        """Take the step in the store; whether it was to be refused is for the model to say."""
        if allowed and not self.frozen:
            self.store.sets.change(self.id, step)
            return True
        with pytest.raises(SetError):
            self.store.sets.change(self.id, step)
        return False

    @rule(names=st.lists(NAMES, max_size=3))
    def add(self, names):
        if self.step(lambda held: held.adding(names)):
            for name in names:
                if not self.section_of(name):
                    self.file(name, self.sections[-1][0] if self.sections else "")
                    self.notes[name] = ""

    @rule(name=NAMES)
    def remove(self, name):
        if self.step(lambda held: held.without(name), allowed=name in self.notes):
            self.take_out(name)
            del self.notes[name]

    @rule(name=NAMES, up=st.booleans())
    def move(self, name, up):
        if not self.step(lambda held: held.moved(name, up=up), allowed=name in self.notes):
            return
        section = self.section_of(name)
        at, beside = section[1].index(name), self.sections.index(section) + (-1 if up else 1)
        if at != (0 if up else len(section[1]) - 1):
            section[1].remove(name)
            section[1].insert(at + (-1 if up else 1), name)
        elif 0 <= beside < len(self.sections):
            target = self.sections[beside]
            self.take_out(name)
            target[1].insert(len(target[1]) if up else 0, name)

    @rule(heading=HEADINGS, up=st.booleans())
    def move_section(self, heading, up):
        at = next((i for i, section in enumerate(self.sections) if section[0] == heading), None)
        if self.step(lambda held: held.section_moved(heading, up=up), allowed=at is not None):
            section = self.sections.pop(at)
            self.sections.insert(max(at - 1, 0) if up else at + 1, section)

    @rule(name=NAMES, note=st.text("ab", max_size=3), heading=HEADINGS)
    def annotate(self, name, note, heading):
        step = self.step(lambda held: held.annotated(name, note=note, heading=heading), allowed=name in self.notes)
        if step:
            self.notes[name] = note
            if self.section_of(name)[0] != heading:
                self.take_out(name)
                self.file(name, heading)

    @rule(name=NAMES, heading=HEADINGS)
    def merge(self, name, heading):
        other = PassageSet("Other").adding([name]).annotated(name, heading=heading)
        if self.step(lambda held: held.merged(other)) and name not in self.notes:
            self.file(name, heading)
            self.notes[name] = ""

    @rule()
    def freeze(self):
        if not self.frozen:
            self.store.sets.freeze(self.id)
            self.frozen = True

    @rule()
    def thaw(self):
        self.store.sets.change(self.id, PassageSet.thawed)
        self.frozen = False

    @rule()
    def duplicate(self):
        """Go on with a copy: it has everything, is open, and has no part of the old set."""
        old = self.id
        self.id = self.store.sets.create(self.store.sets.get(old).copied("Copy")).id
        self.store.sets.remove(old)
        self.frozen = False

    @rule()
    def ingest_again(self):
        fill(self.store)

    @invariant()
    def the_store_holds_what_the_model_holds(self):
        held = self.store.sets.get(self.id)
        assert [(heading, [e.passage_id for e in entries]) for heading, entries in held.sections] == [
            (heading, names) for heading, names in self.sections
        ]
        assert {entry.passage_id: entry.note for entry in held.entries} == self.notes
        assert held.passage_ids == tuple(chain.from_iterable(names for _, names in self.sections))
        assert bool(held.frozen) == self.frozen
        assert from_json(to_json(held).encode()) == replace(held, id="")


def new_store():
    """A store that stands in no file."""
    store = Store(connect(Path(":memory:")), None)
    fill(store)
    return store


def fill(store):
    ingest(store, *(f"Text {number}." for number in range(1, 8)))


TestCollecting = Collecting.TestCase
TestCollecting.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
