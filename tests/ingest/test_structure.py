"""Structure on golden files: one phenomenon each, the expected passages in a plain file beside it.

`pytest tests/ingest/test_structure.py --regenerate` writes the expectations anew; read the difference before you keep
it.
"""

import re
from pathlib import Path

import pytest

from corpus.locator import split_passage_id
from corpus.model import Passage, PassageKind
from ingest.blocks import Block, Shape
from ingest.readers.text import parse
from ingest.structure import structure

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path for path in GOLDEN.iterdir() if path.suffix in {".txt", ".md"})


def passages_of(name: str) -> tuple[Passage, ...]:
    return structure("d", tuple(parse((GOLDEN / name).read_text(encoding="utf-8"))))


def line_of(passage: Passage) -> str:
    calls = " ".join(f"[{call.number} after {passage.text[max(0, call.at - 8) : call.at]!r}]" for call in passage.calls)
    section = " > ".join(passage.section)
    place = f"{passage.id[2:]} | {passage.kind} | {passage.label or '-'} | {section or '-'}"
    return f"{place} | {passage.text!r} {calls}".rstrip()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_passages_are_as_a_careful_reader_sees_them(path, request):
    found = "\n".join(map(line_of, passages_of(path.name))) + "\n"
    expected = path.with_suffix(path.suffix + ".expected")
    if request.config.getoption("--regenerate"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_ids_are_unique_and_can_be_read_back(path):
    ids = [passage.id for passage in passages_of(path.name)]
    assert len(set(ids)) == len(ids)
    assert all(f"d/{split_passage_id(identifier)[1].path}" == identifier for identifier in ids)


def test_an_edit_elsewhere_keeps_the_ids_of_labelled_passages():
    source = (GOLDEN / "treaty.md").read_text(encoding="utf-8")
    added = source.replace(
        "## CHAPTER I", "A paragraph that somebody added later, in front of everything else.\n\n## CHAPTER I"
    )
    before = {p.id: p.text for p in structure("d", tuple(parse(source))) if p.label}
    after = {p.id: p.text for p in structure("d", tuple(parse(added))) if p.label}
    assert before == after


def test_articles_of_an_annex_do_not_collide_with_the_treatys_own():
    ids = {passage.id for passage in passages_of("treaty.md")}
    assert {"d/art-2", "d/appendix-1/art-2-1", "d/art-3-1"} <= ids


def test_no_body_text_is_lost():
    for path in CASES:
        if "wrapped" in path.name:  # its broken words are whole again
            continue
        words = set(re.findall(r"[a-zA-Z]{3,}", re.sub(r"</?sup>|http\S+", "", path.read_text(encoding="utf-8"))))
        assert words <= set(re.findall(r"[a-zA-Z]{3,}", " ".join(p.text for p in passages_of(path.name)))), path.name


def test_section_paths_hold_headings_only():
    for path in CASES:
        passages = passages_of(path.name)
        headings = {passage.text for passage in passages if passage.kind == PassageKind.HEADING}
        assert {text for passage in passages for text in passage.section} <= headings


def test_a_note_that_a_page_break_cuts_is_whole_and_so_is_its_paragraph():
    blocks = (
        Block("A long paragraph that calls a note and then goes on to", page=1),
        Block("A note that is cut by the", Shape.NOTE, marker="1", page=1),
        Block("the next page, where it ends.", page=2),
        Block("page and ends here.", Shape.NOTE, page=2),
    )
    paragraph, note = structure("d", blocks)
    assert (paragraph.text[-29:], paragraph.page) == ("the next page, where it ends.", (1, 2))
    assert (note.text, note.label, note.page) == ("A note that is cut by the page and ends here.", "fn 1", (1, 2))


def test_a_long_first_paragraph_without_a_full_stop_does_not_hang():
    text = "Who keeps the lamps when the keepers are away " * 60 + "and who pays them?"
    assert [passage.text for passage in structure("d", [Block(text, Shape.TEXT)])] == [text]
