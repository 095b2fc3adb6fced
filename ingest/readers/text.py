"""Plain text and Markdown (`.txt`, `.md`): light markup, one paragraph a line or hard-wrapped, any encoding.

Takes what `detect` calls "text" or "markdown". Numbers in front of paragraphs stay in the text: whether `1.` numbers a
paragraph or a list item only the whole document can tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import charset_normalizer
import ftfy

from corpus.directions import undirected
from ingest.blocks import Block, RawDocument, Shape
from ingest.enumerators import enumerator
from ingest.errors import UnreadableFile
from ingest.readers import hyphens, inline, wrapping

#: A text file past this size is no document that people read (about 10,000 pages).
MAX_BYTES = 64 * 1024 * 1024

_RULE = re.compile(r"\s*(?:[-*_=—]\s*){3,}$")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_QUOTE = re.compile(r"\s{0,3}>\s?(.*)")
_BULLET = re.compile(r"(\s*)([-*+•●▪◦‣⇒➤►➢✓–])\s+(?=\S)(?!\d{1,4}\s*[-–]\s*$)(.*)")  # `- 2 -` is a page number
#: The last line of a run of wrapped lines that holds nothing else.
_PAGE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
#: The symbol of a document, as the next page repeats it right below the last line: `S/RES/1999 (2011)`.
_SYMBOL = re.compile(r"[A-Z]{1,5}(?:/[\w.]+){1,5}/\d+(?: \(\d{4}\)|/\w+)?")
#: A tab behind the number of a paragraph or item, where no other cell follows.
_TABBED = re.compile(r"^(\s*\(?\w{1,4}[.)])\t *(?=[^\t\s][^\t]*$)")
_GLYPH = re.compile(r"([•●▪◦‣⇒➤►➢✓])\s*(.*)")
_NOTE = re.compile(r"\[\^(\d{1,4})\]:\s*(.*)")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]+\|[\s:|-]*$")
#: Marks around amended words in consolidated acts of the European Union: `►M2 ... ◄`.
_AMENDED = re.compile(r"►\s?[A-Z]\d*(?:\s|$)|\s?◄")
#: The blank lines before a run of others, and these with their numbers.
_Group = tuple[int, list[tuple[int, str]]]
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")


def read(path: Path, name: str) -> RawDocument:
    """Read a text or Markdown file; raises `UnreadableFile` for what is no text."""
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFile(name, f"is larger than {MAX_BYTES // 1024 // 1024} MB")
    blocks = tuple(parse(decode(path.read_bytes(), name)))
    if not any(block.text for block in blocks):
        raise UnreadableFile(name, "holds no text")
    return RawDocument(blocks)


def decode(data: bytes, name: str) -> str:
    """Bytes to text: UTF-8 or a byte-order mark, else the encoding that fits best; mojibake mended."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _detected(data, name)
    if "\0" in text:
        raise UnreadableFile(name, "is a binary file, not text")
    options = ftfy.TextFixerConfig(uncurl_quotes=False, unescape_html=False, normalization="NFC")
    return undirected(ftfy.fix_text(text, options)).replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")


def _detected(data: bytes, name: str) -> str:
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        raise UnreadableFile(name, "is in no encoding that Pincite can recognise")
    return str(best)


def parse(text: str) -> Iterator[Block]:
    """Blocks of a text in reading order."""
    lines = _untabbed(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    groups = _with_feet_apart(_groups(lines))
    plain = [[line for _, line in group if _is_plain(line)] for _, group in groups]
    column = wrapping.column_of([group for group in plain if group])
    vocabulary = hyphens.words_of(lines) if column else frozenset[str]()
    pages = "\f" in text
    page = 1
    front = True
    for gap, group in groups:
        front = front and not (column and wrapping.is_running([line for _, line in group], column))
        page += sum(line.count("\f") for _, line in group) if pages else 0
        for index, block in enumerate(_blocks(group, column, vocabulary, front=front)):
            yield replace(block, gap=0 if index else gap, page=page if pages else None)


def _untabbed(lines: Sequence[str]) -> list[str]:
    """The lines, a tab behind the number of a paragraph made a blank; a table that has other rows keeps its tabs."""
    if any("\t" in line.strip() and not _TABBED.match(line) for line in lines):
        return list(lines)
    return [_TABBED.sub(r"\1 ", line) for line in lines]


def _groups(lines: Sequence[str]) -> list[_Group]:
    """Runs of non-blank lines as (number, line), each with the count of blank lines before it."""
    groups, gap = [], 0
    for blank, run in groupby(enumerate(lines, 1), key=lambda item: not item[1].strip()):
        members = list(run)
        if blank:
            gap = len(members)
        else:
            groups.append((gap, members))
            gap = 0
    return groups


def _with_feet_apart(groups: Sequence[_Group]) -> list[_Group]:
    """The groups, a document symbol that is the last line of several of them in a group of its own each time."""
    last = Counter(group[-1][1].strip() for _, group in groups if len(group) > 1)
    out: list[_Group] = []
    for gap, group in groups:
        foot = group[-1][1].strip()
        if last[foot] > 1 and len(group) > 1 and _SYMBOL.fullmatch(foot):
            out += [(gap, group[:-1]), (0, group[-1:])]
        else:
            out.append((gap, group))
    return out


def _is_plain(line: str) -> bool:
    return not (_stands_alone(line) or _QUOTE.match(line) or _BULLET.match(line) or _NOTE.match(line))


def _stands_alone(line: str) -> bool:
    """Whether no other line belongs to this one: rules, marked headings, rows."""
    return bool(_RULE.match(line) or _HEADING.match(line)) or _is_row(line)


def _is_row(line: str) -> bool:
    """Whether cells stand in the line: tabs inside it, or several behind the last filled cell, or pipes."""
    return "\t" in line.strip() or line.rstrip("\n ").endswith("\t\t") or line.lstrip().startswith("|")


def _sort(line: str) -> str:
    """Lines of one sort may make up paragraphs together."""
    return "alone" if _stands_alone(line) else "quote" if _QUOTE.match(line) else "text"


def _blocks(
    group: Sequence[tuple[int, str]], column: wrapping.Column | None, vocabulary: frozenset[str], *, front: bool = False
) -> Iterator[Block]:
    if column and len(group) > 1 and _PAGE_NUMBER.fullmatch(group[-1][1]) and " " in group[-2][1].strip():
        yield from _blocks(group[:-1], column, vocabulary, front=front)
        yield replace(_text_block(group[-1][1].strip(), group[-1][0]), shape=Shape.FURNITURE)
        return
    for sort, run in groupby(group, key=lambda item: _sort(item[1])):
        members = list(run)
        if column and sort == "text":
            yield from _wrapped(members, column, vocabulary, front=front)
        elif column and sort == "quote":
            bare = [(number, match[1]) for number, line in members if (match := _QUOTE.match(line)) and match[1]]
            yield from (replace(block, shape=Shape.QUOTE) for block in _wrapped(bare, column, vocabulary))
        elif sort == "quote":
            yield from _quoted(members, vocabulary)
        else:
            for number, line in members:
                yield from _line(line, number)


def _quoted(members: Sequence[tuple[int, str]], vocabulary: frozenset[str]) -> Iterator[Block]:
    """Quotations of Markdown, one a paragraph: an empty line or a list mark ends it, a line break does not."""
    lines: list[str] = []
    start = 0
    for number, line in members:
        match = _QUOTE.match(line)
        text = match[1].strip() if match else ""
        if lines and (not text or enumerator(text) or _BULLET.match(text)):
            yield from _line(f"> {hyphens.unwrap(lines, vocabulary)}", start)
            lines = []
        if text:
            start = start if lines else number
            lines.append(text)
    if lines:
        yield from _line(f"> {hyphens.unwrap(lines, vocabulary)}", start)


def _wrapped(
    members: Sequence[tuple[int, str]],
    column: wrapping.Column,
    vocabulary: frozenset[str],
    *,
    front: bool = False,
) -> Iterator[Block]:
    """Paragraphs of a run of lines; a bullet or a note's mark opens one, and the lines behind it belong to it."""
    place = 0
    for lines in wrapping.paragraphs([line for _, line in members], column, front=front):
        whole = hyphens.unwrap(lines, vocabulary)
        indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())] if _BULLET.match(lines[0]) else ""
        for block in _line(indent + whole, members[place][0]):
            yield replace(block, lines=len(lines), full=wrapping.is_full(lines[-1], column))
        place += len(lines)


def _line(line: str, number: int) -> Iterator[Block]:
    if _RULE.match(line):
        yield Block("", Shape.RULE, line=number)
    elif match := _HEADING.match(line):
        yield replace(_text_block(match[2], number), shape=Shape.HEADING, level=len(match[1]))
    elif match := _QUOTE.match(line):
        if match[1].strip():
            yield replace(_text_block(match[1], number), shape=Shape.QUOTE)
    elif match := _NOTE.match(line):
        yield replace(_text_block(match[2], number), shape=Shape.NOTE, marker=match[1])
    elif _is_row(line):
        yield from _row(line, number)
    elif match := _BULLET.match(line):
        yield _item(match[3], marker=match[2], depth=_depth(match[1]), number=number)
    else:
        yield _text_block(line, number)


def _depth(indent: str) -> int:
    return len(indent.expandtabs(4)) // 2


def _item(content: str, *, marker: str, depth: int, number: int) -> Block:
    if match := _GLYPH.match(content):  # "- ⇒ ...": the inner mark is the printed one
        marker, content = match[1], match[2]
    return replace(_text_block(content, number), shape=Shape.ITEM, level=depth, marker=marker)


def _row(line: str, number: int) -> Iterator[Block]:
    if _TABLE_RULE.match(line):
        return
    cells = line.strip().strip("|").split("|") if line.lstrip().startswith("|") else line.split("\t")
    text = "\t".join(inline.clean(cell.strip()).text for cell in cells).strip()
    if text:
        yield Block(text, Shape.TABLE, line=number)


def _text_block(source: str, number: int, *, lines: int = 1) -> Block:
    cleaned = inline.clean(_AMENDED.sub("", _HARD_BREAK.sub("", source.replace("\f", "").strip())))
    shape = Shape.NOTE if cleaned.opens else Shape.TEXT
    return Block(
        cleaned.text,
        shape,
        marker=cleaned.opens,
        emphasis=cleaned.emphasis,
        calls=cleaned.calls,
        line=number,
        lines=lines,
    )
