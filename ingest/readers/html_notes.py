"""Finds footnotes of an HTML page: the links that call them and the elements that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html as lxml_html

from ingest.readers.runs import note_number

_ROLES = frozenset({"doc-noteref", "noteref"})
# Anchor names that pages give to notes: fn1, fn:1, footnote-3, ftn12, _ftn4, note_7, cite_note-2, endnote1, edn3;
# must not match the way back (fnref1, cite_ref-1) nor section anchors (notes-on-method).
_NOTE_ANCHOR = re.compile(
    r"_?(?:cite_note|fn|ftn|edn|foot-?note|end-?note|note|n)s?[-_:.]?\d+[a-z]?(?:-\d+)?", re.IGNORECASE
)
_BACK = re.compile(r"(?:ref|back|call|return)", re.IGNORECASE)
#: Longest sign that leads back to the call ("up", "↩︎1"); longer link texts belong to the note.
RETURN_SIGN = 3
_ARROWS = re.compile(r"[\s\^↩↑⏎⤴\ufe0e\ufe0f\[\]]*")


@dataclass(slots=True)
class NoteLinks:
    """Which elements call which note, and which elements hold a note's body."""

    calls: dict[lxml_html.HtmlElement, int] = field(default_factory=dict)
    holders: dict[lxml_html.HtmlElement, int] = field(default_factory=dict)
    returns: set[lxml_html.HtmlElement] = field(default_factory=set)

    def bodies(self) -> Iterator[lxml_html.HtmlElement]:
        """The elements that hold notes, in document order."""
        return iter(self.holders)

    def any_in(self, node: lxml_html.HtmlElement) -> bool:
        """Whether the element holds a note's body or is one."""
        return any(inner in self.holders for inner in node.iter())


def find_notes(root: lxml_html.HtmlElement) -> NoteLinks:
    """Link every note call of the page (a raised or so named `a[href^="#"]` with a number) to its note's element."""
    links = NoteLinks()
    anchors = {node.get("id") or node.get("name"): node for node in root.iter() if node.get("id") or node.get("name")}
    order = {node: place for place, node in enumerate(root.iter())}
    for link in root.iter("a"):
        number, holder = _called(link), _holder(anchors.get((link.get("href") or "")[1:]))
        if number is None or holder is None or order[holder] < order[link] or link in set(holder.iter()):
            continue
        links.calls[_outermost(link)] = number
        links.holders.setdefault(holder, number)
    links.holders = dict(sorted(links.holders.items(), key=lambda item: order[item[0]]))
    links.returns = {link for holder in links.holders for link in holder.iter("a") if _is_return(link)}
    return links


def _called(link: lxml_html.HtmlElement) -> int | None:
    target = link.get("href") or ""
    if not target.startswith("#"):
        return None
    named = bool(_NOTE_ANCHOR.fullmatch(target[1:])) or bool(_ROLES & set(_types(link)))
    raised = any(node.tag == "sup" for node in (*link.iterancestors("sup"), *link.iter("sup")))
    return note_number(link.text_content()) if named or raised else None


def _types(link: lxml_html.HtmlElement) -> list[str]:
    return f"{link.get('role') or ''} {link.get('epub:type') or ''} {link.get('class') or ''}".split()


def _outermost(link: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    """The `sup` around the link, if it holds nothing else."""
    parent = link.getparent()
    alone = parent is not None and parent.tag == "sup" and parent.text_content().strip() == link.text_content().strip()
    return parent if alone else link


def _holder(target: lxml_html.HtmlElement | None) -> lxml_html.HtmlElement | None:
    """The block that the anchor marks: itself, or the paragraph or item that it opens."""
    while target is not None and target.tag in {"a", "sup", "span", "b", "strong", "em", "i", "small"}:
        target = target.getparent()
    return None if target is None or target.tag in {"body", "html", "main", "article", "section"} else target


def _is_return(link: lxml_html.HtmlElement) -> bool:
    """Whether a link inside a note only leads back to its call."""
    target = link.get("href") or ""
    words = link.text_content()
    named = bool(_BACK.search(f"{target} {link.get('role')} {link.get('class')}"))
    sign = bool(_ARROWS.fullmatch(words)) or note_number(words) is not None
    return target.startswith("#") and (sign or (named and len(words.strip()) <= RETURN_SIGN))
