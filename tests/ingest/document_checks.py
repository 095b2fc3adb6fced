"""What must hold of the passages of a generated document; each check gives the faults in words, none if all is well."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from corpus.locator import split_passage_id
from corpus.model import BODY_KINDS, Passage, PassageKind
from ingest.errors import UnreadableFile
from ingest.readers import read
from ingest.structure import structure
from tests.ingest.document_strategies import Node, Tree


def passages_of(data: bytes, suffix: str) -> tuple[Passage, ...]:
    """The passages of a file of these bytes; raises `UnreadableFile` if it cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"document{suffix}")
        path.write_bytes(data)
        return structure("d", read(path).blocks)


def read_or_refuse(data: bytes, suffix: str) -> tuple[Passage, ...]:
    """The passages of any bytes; none if they are refused by a message that names the file."""
    try:
        return passages_of(data, suffix)
    except UnreadableFile as error:
        message = str(error)
    assert message.startswith(f"document{suffix}: ")
    return ()


def faults(tree: Tree, passages: Sequence[Passage]) -> list[str]:
    """All that is wrong with the passages of a document: letters, ids, paragraphs with labels and sections, notes."""
    return [*lost(tree, passages), *addresses(passages), *misread(tree, passages), *notes(tree, passages)]


def lost(tree: Tree, passages: Sequence[Passage]) -> Iterator[str]:
    """Where the letters and digits of the text differ from those of the passages, notes left out."""
    wanted = _characters([tree.title, *(node.text for node in tree.nodes)])
    found = _characters([passage.text for passage in passages if passage.kind != PassageKind.FOOTNOTE])
    if wanted != found:
        at = next(i for i, (a, b) in enumerate(zip_longest(wanted, found)) if a != b)
        near = slice(max(0, at - 20), at + 40)
        yield f"letters differ: wanted {wanted[near]!r}, found {found[near]!r}"


def _characters(texts: Sequence[str]) -> str:
    return "".join(character for text in texts for character in text if character.isalnum())


def addresses(passages: Sequence[Passage]) -> Iterator[str]:
    """Ids that come twice or cannot be read back, calls that stand outside their text."""
    seen: set[str] = set()
    for passage in passages:
        document, locator = split_passage_id(passage.id)
        if passage.id in seen or f"{document}/{locator.path}" != passage.id:
            yield f"id {passage.id} comes twice or cannot be read back"
        seen.add(passage.id)
        if any(not 0 <= call.at <= len(passage.text) for call in passage.calls):
            yield f"{passage.id} has calls outside its text"


def misread(tree: Tree, passages: Sequence[Passage]) -> Iterator[str]:
    """Paragraphs that are not exactly one passage, and wrong labels, sections and calls."""
    nodes = tree.bodies
    place = 0
    for passage in _sewn(passages, nodes):
        end = _covered(nodes, place, _plain(passage.text))
        if end is None:
            yield f"{passage.id} {passage.kind} is no paragraph: {passage.text!r}, next is {nodes[place : place + 1]}"
            return
        yield from _differences(nodes[place], passage)
        place = end
    if place < len(nodes):
        yield f"no passage for {nodes[place]}"


def _sewn(passages: Sequence[Passage], nodes: Sequence[Node]) -> list[Passage]:
    """Body passages; halves of a paragraph that a page cuts exactly between two sentences are sewn together.

    Nobody can see from such a page whether a new paragraph begins on the next.
    """
    whole = {_plain(node.text) for node in nodes}
    out: list[Passage] = []
    for passage in passages:
        if passage.kind not in BODY_KINDS or passage.kind == PassageKind.FOOTNOTE:
            continue
        before = out[-1] if out else None
        cut = before and before.page and passage.page and before.page[1] < passage.page[0]
        if before and cut and before.text.endswith(".") and _plain(f"{before.text} {passage.text}") in whole:
            calls = (replace(call, at=call.at + len(before.text) + 1) for call in passage.calls)
            out[-1] = replace(before, text=f"{before.text} {passage.text}", calls=(*before.calls, *calls))
        else:
            out.append(passage)
    return out


def _covered(nodes: Sequence[Node], place: int, text: str) -> int | None:
    """The node after those that make up a text: one, and perhaps what may stand in its passage."""
    whole = ""
    for end in range(place, len(nodes)):
        if end > place and not nodes[end].inside:
            return None
        whole = _plain(f"{whole} {nodes[end].text}")
        if whole == text:
            return end + 1
    return None


def _differences(node: Node, passage: Passage) -> Iterator[str]:
    if passage.section != node.section:
        yield f"{passage.id} has section {passage.section}, wanted {node.section}"
    if not node.inside and passage.label != node.label:
        yield f"{passage.id} has label {passage.label}, wanted {node.label}: {passage.text[:50]!r}"
    calls = tuple((call.number, call.at) for call in passage.calls)
    if calls != node.calls:
        yield f"{passage.id} has calls {calls}, wanted {node.calls}: {passage.text!r}"


def notes(tree: Tree, passages: Sequence[Passage]) -> Iterator[str]:
    """Bodies of notes that are lost, cut or made up."""
    found = {passage.label: _plain(passage.text) for passage in passages if passage.kind == PassageKind.FOOTNOTE}
    wanted = {f"fn {number}": text for number, text in tree.notes.items()}
    if found != wanted:
        differ = {label: (wanted.get(label), found.get(label)) for label in wanted.keys() | found.keys()}
        yield f"notes (wanted, found): { {label: pair for label, pair in differ.items() if pair[0] != pair[1]} }"


def _plain(text: str) -> str:
    return " ".join(text.split())
