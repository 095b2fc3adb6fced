"""Reads HTML: main content only, headings, paragraphs, list items, quotes, table rows and linked notes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes
from lxml import etree
from lxml import html as lxml_html

from ingest.blocks import RawDocument
from ingest.errors import UnreadableFile
from ingest.readers.html_notes import NoteLinks, find_notes
from ingest.readers.html_walk import Walk

#: The longest laws in HTML are near 10 MB; a page beyond this is a dump and would take gigabytes as a tree.
MAX_BYTES = 50_000_000
#: WHATWG HTML, 4.2.5.5: the encoding is declared within the first 1,024 bytes; some pages are late.
DECLARED_WITHIN = 4_096

_MAIN = ("//main", "//*[@role='main']", "//article")
#: A `main` that holds less than this part of the page's text is an empty frame, filled elsewhere.
MAIN_SHARE = 0.25
_DROPPED = (
    "script",
    "style",
    "noscript",
    "template",
    "form",
    "button",
    "select",
    "svg",
    "iframe",
    "object",
    "head",
    "nav",
)
_DROPPED_OUTSIDE_MAIN = ("header", "footer", "aside")

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")

# Where pages state their facts, best first (Highwire and Dublin Core names are those that Zotero reads).
_META = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title"),
    "authors": ("citation_author", "dc.creator", "dcterms.creator", "author"),
    "date": ("citation_publication_date", "citation_date", "dc.date", "dcterms.date", "article:published_time", "date"),
}


def read(path: Path, name: str) -> RawDocument:
    """Read an HTML file; raises `UnreadableFile` if it is too large, broken or without text."""
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFile(name, f"is too large ({path.stat().st_size // 1_000_000} MB of HTML)")
    root = _parse(decode(path.read_bytes()), name)
    facts = _facts(root)
    notes = find_notes(root)
    _drop_boilerplate(root, notes)
    walk = Walk(notes)
    for part in _parts(root, notes):
        walk.visit(part)
    if not walk.blocks:
        raise UnreadableFile(name, "has no text")
    return RawDocument(tuple(walk.blocks), facts)


def decode(data: bytes) -> str:
    """Text of a page by its byte-order mark, else UTF-8 if it is, else its declared encoding, else a guess."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    declared = _DECLARED.search(data[:DECLARED_WITHIN])
    for encoding in ("utf-8", declared[1].decode("ascii") if declared else ""):
        try:
            return data.decode(encoding) if encoding else str(from_bytes(data).best() or data.decode("latin-1"))
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def _parse(text: str, name: str) -> lxml_html.HtmlElement:
    text = _XML_DECLARATION.sub("", text.replace("\x00", ""))
    try:
        root = lxml_html.document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(name, "holds no HTML that can be read") from error
    return root


def _drop_boilerplate(root: lxml_html.HtmlElement, notes: NoteLinks) -> None:
    doomed = [*root.iter(*_DROPPED)]
    doomed += [node for node in root.iter(*_DROPPED_OUTSIDE_MAIN) if not _in_main(node)]
    doomed += root.xpath("//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')]")
    for node in doomed:
        if node.getparent() is not None and not notes.any_in(node):
            node.drop_tree()


def _in_main(node: lxml_html.HtmlElement) -> bool:
    return any(above.tag in {"main", "article"} or above.get("role") == "main" for above in node.iterancestors())


def _parts(root: lxml_html.HtmlElement, notes: NoteLinks) -> Iterator[lxml_html.HtmlElement]:
    """The main content, then notes that stand outside of it."""
    main = _main(root)
    yield main
    inside = {id(node) for node in main.iter()}
    yield from (node for node in notes.bodies() if id(node) not in inside)


def _main(root: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    body = root.find("body")
    body = root if body is None else body
    for path in _MAIN:
        found = root.xpath(path)
        if len(found) == 1 and len(found[0].text_content()) >= MAIN_SHARE * len(body.text_content()):
            return found[0]
    return body


def _facts(root: lxml_html.HtmlElement) -> dict[str, str]:
    stated: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").casefold()
        if content := " ".join((meta.get("content") or "").split()):
            stated.setdefault(key, []).append(content)
    facts = {fact: "; ".join(values) for fact, names in _META.items() if (values := _first(stated, names))}
    facts.setdefault("title", " ".join((root.findtext(".//title") or "").split()))
    facts["language"] = (root.get("lang") or root.get(_XML_LANG) or "").split("-")[0].casefold()
    date = _ISO_DATE.match(facts.get("date", "").replace("/", "-"))
    facts["date"] = date[0] if date else ""
    return {fact: value for fact, value in facts.items() if value}


def _first(stated: dict[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return next((stated[name] for name in names if name in stated), [])
