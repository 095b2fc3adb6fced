"""Hypothesis strategies for whole documents: reports, lectures and treaties as lists of nodes, and how to print them.

Hypothesis draws the shape of a document (what follows what) and one seed; the words come from the seed, from a small
vocabulary and random letters. So a document of three pages costs a few dozen draws, and shrinking removes nodes first.
A node knows what a careful reader would say of it: its label, its section, the notes called and where.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

import roman
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

#: The same examples on every machine; a slow machine is no failure.
CI = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

_VOCABULARY = (
    "court state party treaty evidence computer offence measure request law duty record data order search network "
    "police judge office letter member report group session paper question answer school reader library lamp river "
    "garden window the the the of of of and and to to in in a for with on by from that which under shall may must has "
    "considered adopted examined requested noted preserved disclosed extended limited public national foreign mutual "
    "urgent general whole common proper open first second later only also never often without between among"
)
_UNFINISHED = "the of and to in a for with on by from that which under shall may must has without between among"
WORDS = _VOCABULARY.split()
#: Words that cannot end a sentence or a heading without making it look cut.
UNFINISHED = frozenset(_UNFINISHED.split())
#: What a heading begins with; "Adopted ..." would tell when a text was adopted.
NOUNS = ["court", "treaty", "evidence", "library", "river", "garden", "school", "police", "computer", "offence"]
#: Verbs would make a sentence of a heading.
VERBS = frozenset(["shall", "may", "must", "has"])
LETTERS = "abcdefghijklmnopqrstuvwxyzéüñ"


class Words:
    """A writer of sentences, headings and paragraphs, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  (texts, not secrets)

    def word(self, *, last: bool = False) -> str:
        if self.random.random() < 0.15:
            return "".join(self.random.choices(LETTERS, k=self.random.randint(4, 9)))
        found = self.random.choice(WORDS)
        return "record" if last and found in UNFINISHED else found

    def words(self, least: int, most: int) -> list[str]:
        count = self.random.randint(least, most)
        return [self.word(last=index in {0, count - 1}) for index in range(count)]

    def sentence(self) -> str:
        words = self.words(8, 20)
        words[0] = words[0].capitalize()
        if self.random.random() < 0.4:
            words[len(words) // 2] += ","
        return " ".join(words) + "."

    def paragraph(self, most: int = 4) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(2, most)))

    def heading(self) -> str:
        words = [word for word in self.words(1, 4) if word not in VERBS]
        return " ".join([self.random.choice(NOUNS), *words, "record"]).capitalize()

    def clause(self, end: str) -> str:
        return " ".join(self.words(4, 14)) + end


@dataclass(frozen=True)
class Node:
    """A heading, paragraph, item, quote or row; `text` with its printed number, without the marks of notes.

    `calls` are (note, place in text). `inside` tells that the text may stand in the passage of the node before.
    """

    kind: str
    text: str
    level: int = 0
    label: str | None = None
    section: tuple[str, ...] = ()
    calls: tuple[tuple[int, int], ...] = ()
    inside: bool = False


@dataclass(frozen=True)
class Tree:
    """A document: its title, its nodes in order, the bodies of its notes by number."""

    title: str
    nodes: tuple[Node, ...]
    notes: dict[int, str] = field(default_factory=dict)

    def _repr_pretty_(self, printer, _cycle) -> None:
        """Show a failing document as one would type it."""
        for node in self.nodes:
            calls = f" calls {node.calls}" if node.calls else ""
            printer.text(f"{'#' * node.level or node.kind} [{node.label or ''}] {node.text}{calls}")
            printer.break_()

    @property
    def bodies(self) -> list[Node]:
        """Nodes that hold body text."""
        return [node for node in self.nodes if node.kind != "heading"]


@dataclass
class _Writer:
    """Collects nodes while a document is drawn, and keeps the headings in force."""

    words: Words
    noted: bool
    nodes: list[Node] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()

    def heading(self, level: int, text: str) -> None:
        self.path = self.path[: level - 1]
        self.nodes.append(Node("heading", text, level, section=self.path))
        self.path = (*self.path, text)

    def body(self, kind: str, text: str, **facts) -> None:
        node = Node(kind, text, section=self.path, **facts)
        if self.noted and kind == "paragraph" and self.words.random.random() < 0.4:
            node = self._called(node)
        self.nodes.append(node)

    def _called(self, node: Node) -> Node:
        """The node with a note called behind one of its sentences or words."""
        places = [at for at, char in enumerate(node.text) if char == "." and at > 20]
        places = [at + 1 for at in places] + [
            at for at in (node.text.find(" ", 60),) if node.text[at - 1 : at].isalpha()
        ]
        number = len(self.notes) + 1
        self.notes[number] = self.words.sentence()
        return replace(node, calls=((number, self.words.random.choice(places)),) if places else ())


@st.composite
def reports(draw, *, marked: bool = True) -> Tree:
    """A report or lecture: numbered or plain headings on one or two levels, paragraphs, items, quotes.

    Where headings are not `marked`, plain ones have one level and the first is an introduction: nobody could tell more.
    """
    words = Words(draw(st.integers(0, 9999)))
    counted = draw(st.booleans())
    style = draw(st.sampled_from(["roman", "plain"]))
    nested = marked or style == "roman"
    writer = _Writer(words, draw(st.booleans()))
    paragraph = 0
    for index in range(draw(st.integers(1, 4))):
        _heading(writer, 1, "introduction" if style == "plain" and not (index or marked) else style, index)
        for inner in range(draw(st.integers(0, 2)) if nested else 0) or [None]:
            if inner is not None:
                _heading(writer, 2, "letter" if style == "roman" else style, inner)
            for _ in range(draw(st.integers(2, 3)) if index else 3):
                paragraph += 1
                extra = draw(st.sampled_from(["", "", "", "items", "quote"]))
                _paragraph(writer, paragraph if counted else None, extra)
    return Tree(words.heading() + " and " + words.heading(), tuple(writer.nodes), writer.notes)


def _heading(writer: _Writer, level: int, style: str, index: int) -> None:
    number = {"roman": f"{roman.toRoman(index + 1)}. ", "letter": f"{chr(65 + index)}. "}.get(style, "")
    writer.heading(level, "Introduction" if style == "introduction" else number + writer.words.heading())


def _paragraph(writer: _Writer, number: int | None, extra: str) -> None:
    words = writer.words
    lead, label = (f"{number}. ", f"para {number}") if number else ("", None)
    text = words.paragraph()
    if extra == "items":
        text += " " + words.sentence().rstrip(".") + ":"
    writer.body("paragraph", lead + text, label=label)
    if extra == "items":
        last = words.random.randint(1, 4)
        for item in range(last + 1):
            end = "." if item == last else ";"
            writer.body("item", f"({chr(97 + item)}) {words.clause(end).capitalize()}", inside=True)
    elif extra == "quote":
        writer.body("quote", f"“{words.paragraph(2)}”", inside=True)


@st.composite
def treaties(draw, *, notes: bool = False) -> Tree:
    """A treaty: chapters, articles, numbered or single paragraphs, lettered sub-items with closing words."""
    words = Words(draw(st.integers(0, 9999)))
    writer = _Writer(words, notes)
    dotted, chaptered = draw(st.booleans()), draw(st.booleans())
    article = 0
    for chapter in range(draw(st.integers(1, 3))):
        if chaptered:
            writer.heading(1, f"CHAPTER {roman.toRoman(chapter + 1)} – {words.heading()}")
        for _ in range(draw(st.integers(1, 3))):
            article += 1
            writer.heading(2 if chaptered else 1, f"Article {article} – {words.heading()}")
            count = draw(st.integers(1, 3))
            for number in range(1, count + 1):
                lead = "" if count == 1 else f"{number}. " if dotted else f"{number} "
                label = f"art {article}" + (f"({number})" if count > 1 else "")
                _provision(writer, lead, label, items=draw(st.sampled_from([0, 0, 2, 3])))
    return Tree(f"Convention on {words.heading()}", tuple(writer.nodes), writer.notes)


def _provision(writer: _Writer, lead: str, label: str, *, items: int) -> None:
    words = writer.words
    if not items:
        writer.body("paragraph", lead + words.paragraph(3), label=label)
        return
    writer.body("paragraph", f"{lead}Each Party shall {words.clause(':')}", label=label)
    for item in range(items):
        writer.body("item", f"({chr(97 + item)}) {words.clause('.' if item == items - 1 else ';')}", inside=True)


@dataclass(frozen=True)
class Layout:
    """How a text file is typed.

    `wrap` is the width of its lines (0: a paragraph a line); `apart` what tells wrapped paragraphs apart (`blank`,
    `indent`, `short`: a short last line); `page` the number of nodes on a page (0: no pages); `cut` whether pages break
    within paragraphs; `call` the form of a note's call; `feed` whether form feeds stand at page breaks.
    """

    wrap: int = 0
    apart: str = "blank"
    page: int = 0
    cut: bool = False
    call: str = "raised"
    feed: bool = False
    newline: str = "\n"
    encoding: str = "utf-8"
    broken_words: bool = False


def layouts(*, wrapped: bool) -> st.SearchStrategy[Layout]:
    """Ways to type a text."""
    return st.builds(
        Layout,
        wrap=st.integers(48, 90) if wrapped else st.just(0),
        apart=st.sampled_from(["blank", "indent", "short"]) if wrapped else st.just("blank"),
        page=st.sampled_from([0, 3, 5]),
        cut=st.booleans(),
        call=st.sampled_from(["raised", "sup"]),
        feed=st.booleans(),
        newline=st.sampled_from(["\n", "\r\n"]),
        encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
        broken_words=st.booleans() if wrapped else st.just(value=False),
    )


@st.composite
def damaged(draw, data: bytes) -> bytes:
    """The bytes of a file cut short, with bytes changed, or with a stretch taken out or doubled."""
    start = draw(st.integers(0, max(len(data) - 1, 0)))
    end = min(start + draw(st.integers(1, 60)), len(data))
    way = draw(st.sampled_from(["cut", "change", "drop", "double"]))
    if way == "cut":
        return data[:start]
    if way == "change":
        return data[:start] + draw(st.binary(min_size=end - start, max_size=end - start)) + data[end:]
    return data[:start] + (data[end:] if way == "drop" else data[start:end] + data[start:])
