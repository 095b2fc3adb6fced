"""The text of one Word paragraph: which nodes print, which are deleted, which call notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from docx.oxml.ns import qn

from ingest.readers.docx_styles import Styles, is_on
from ingest.readers.runs import Runs


def q(name: str) -> str:
    """The qualified name of an element or attribute of WordprocessingML: `q("p")`."""
    return str(qn(f"w:{name}"))


class NoteCalls(Protocol):
    """Numbers notes in the order of their calls."""

    def call(self, kind: str, identifier: str) -> int | None:
        """The number of the note called, None if the document holds no such note."""


# Wrappers whose content is printed: insertions kept, moves at their new place, content controls, hyperlinks, fields.
_WRAPPERS = frozenset(
    map(q, ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo"))
)
_CALLS = {q("footnoteReference"): "footnote", q("endnoteReference"): "endnote"}
_LITERALS = {q("tab"): " ", q("br"): " ", q("cr"): " ", q("noBreakHyphen"): "-", q("ptab"): " "}


def children(node: Any) -> Iterator[Any]:
    """Child elements as they print: wrappers opened, deletions (`w:del`, `w:moveFrom`) left out."""
    for child in node:
        if child.tag in _WRAPPERS:
            yield from children(child)
        else:
            yield child


def paragraph_runs(paragraph: Any, styles: Styles, notes: NoteCalls, runs: Runs | None = None) -> Runs:
    """The paragraph's text with note calls, appended to `runs` if given."""
    runs = runs or Runs()
    for node in children(paragraph):
        if node.tag == q("r") and not is_on(styles.run(paragraph, node, "vanish")):
            _add_run(paragraph, node, styles, notes, runs)
        elif node.tag.endswith("}oMath") or node.tag.endswith("}oMathPara"):
            runs.add("".join(node.itertext()))
    return runs


def _add_run(paragraph: Any, run: Any, styles: Styles, notes: NoteCalls, runs: Runs) -> None:
    bold, italic = is_on(styles.run(paragraph, run, "b")), is_on(styles.run(paragraph, run, "i"))
    raised = styles.run(paragraph, run, "vertAlign") == "superscript"
    for node in run:
        if node.tag in _CALLS:
            number = notes.call(_CALLS[node.tag], node.get(q("id")) or "")
            if number is not None:
                runs.call(number)
        elif node.tag == q("t") and raised:
            runs.add_raised(node.text or "")
        elif node.tag == q("t"):
            runs.add(node.text or "", bold=bold, italic=italic)
        elif node.tag in _LITERALS:
            runs.add(_LITERALS[node.tag])
