"""Bodies of notes whose mark lost its superscript: `[12] See ...`, `12. See ...`, `12 See ...`, found by their order.

A candidate is no proof: numbered paragraphs and the entries of a bibliography look the same. `notecalls` keeps the runs
that the text calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.months import MONTHS
from ingest.blocks import Block, Shape
from ingest.structure.kinds import REFERENCES

#: Headings over notes.
NOTES = re.compile(r"\W*(?:foot|end)?notes?(?: and references)?\W*", re.IGNORECASE)
# The mark of a body: `[12] See`, `(12) See`, `12. See`, `12) See`, `12 See`; must not match `12.5`, `12th` or `2001`.
_MARK = re.compile(r"(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)]?)\s+(?=\S)")
# The most likely form of a body: `12 See`, not `12. See`, which numbers paragraphs.
_BARE = re.compile(r"\d{1,3}\s+[^\W\d]")
# The form that numbers paragraphs as well.
_DOTTED = re.compile(r"(\d{1,3})[.)]\s+\S")
#: A bare number and words that begin as a note does; no date (`29 July 1948`), no amount (`29 votes`).
_BARE_BODY = re.compile(
    rf"(?P<number>\d{{1,3}})\s+(?!(?:{'|'.join(MONTHS)})\b)(?!\(\d{{4}}\))"
    r"(?=[A-Z“\"(\[]|https?:|www\.|ibid|op\. ?cit|see\b)",
)
#: The words behind which the notes of an act of the European Union stand, and their mark, `(3)`.
_ACT_CLOSING = re.compile(r"done (?:at|in) |for the (?:european parliament|council|commission)\b", re.IGNORECASE)
_ACT_MARK = re.compile(r"\((\d{1,3})\)\s*")
#: How a note of an act cites: `OJ L 12, 3.4.1999, p. 5.`
_JOURNAL = re.compile(r"OJ (?:[LC]|No) ?[LC]? ?\d")
_JOURNAL_NOTE = re.compile(r"\(1\)\s+OJ (?:[LC]|No) ?[LC]? ?\d")
_LONE_MARK = re.compile(r"\(\d{1,3}\)")
#: `3/ See above`; no fraction, `3/4`.
_SLASH_BODY = re.compile(r"(\d{1,3})/\s+(?=\S)")
#: Longest heading over notes.
SHORT = 40
#: Lists begin below this number; a run of bare numbers that begins above is no list.
LIST_START = 4
#: Bare bodies can miss a number that recognition lost: the next one may be this much higher.
GAP = 3


@dataclass(frozen=True, slots=True)
class Body:
    """A block that is or may be the body of note `number`, its mark ending at `end`.

    `sure` tells that the reader saw a note, `kept` that a proved run takes it with it even if nothing calls it.
    """

    index: int
    number: int
    sure: bool = False
    end: int = 0
    kept: bool = False

    def taken(self, block: Block) -> Block:
        """The block as a note."""
        if self.sure:
            return block
        calls = tuple(replace(call, at=max(0, call.at - self.end)) for call in block.calls)
        return replace(block, text=block.text[self.end :], shape=Shape.NOTE, marker=str(self.number), calls=calls)


# -- acts of the European Union, rendered as text ------------------------------------------------------------------


def whole(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, marks that were broken over lines whole again, and `(3)` alone in front of the body behind it.

    Consolidated acts break a mark over three lines, in the text (`networks (`, `8`, `) shall`) and at its body.
    """
    out: list[Block] = []
    blocks = _mended(blocks)
    closing = _act_closing(blocks)
    for index, block in enumerate(blocks):
        if index > closing and out and _LONE_MARK.fullmatch(out[-1].text) and block.shape == Shape.TEXT:
            out[-1] = replace(block, text=f"{out[-1].text} {block.text}", gap=out[-1].gap, calls=())
        else:
            out.append(block)
    return tuple(out)


def _mended(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, `(`, a number and `)` on lines of their own put together."""
    out: list[Block] = []
    for block in blocks:
        broken = len(out) > 1 and block.text.startswith(")") and re.fullmatch(r"\d{1,3}", out[-1].text)
        if broken and out[-2].text.endswith("(") and out[-2].shape == block.shape == Shape.TEXT:
            number = out.pop().text
            out[-1] = replace(out[-1], text=f"{out[-1].text}{number}{block.text}", full=block.full)
        else:
            out.append(block)
    return out


def act_runs(blocks: Sequence[Block]) -> list[list[Body]]:
    """The bodies `(1) ...`, `(2) ...` behind an act's closing words, without a gap; the text cites them as `(1)`."""
    closing = _act_closing(blocks)
    found = [(closing + i, match) for i, b in enumerate(blocks[closing:]) if (match := _ACT_MARK.match(b.text))]
    run = [Body(index, int(match[1]), end=match.end(), kept=True) for index, match in found]
    return [run] if run and [body.number for body in run] == list(range(1, len(run) + 1)) else []


def _act_closing(blocks: Sequence[Block]) -> int:
    """Where an act's text is closed: by its last words, else by the notes that begin to cite the Official Journal."""
    closing = max((index for index, block in enumerate(blocks) if _ACT_CLOSING.match(block.text)), default=len(blocks))
    if closing < len(blocks):
        return closing
    texts = [block.text for block in blocks]
    for index, text in enumerate(texts):
        if (text == "(1)" and _JOURNAL.match("".join(texts[index + 1 : index + 2]))) or _JOURNAL_NOTE.match(text):
            return index
    return closing


# -- typescripts of the United Nations ------------------------------------------------------------------------------


def slash_runs(blocks: Sequence[Block]) -> list[list[Body]]:
    """The bodies `1/ ...`, `2/ ...` of typescripts, which had no raised figures, in runs that count on."""
    runs: list[list[Body]] = []
    for index, block in enumerate(blocks):
        match = _SLASH_BODY.match(block.text) if block.shape == Shape.TEXT else None
        if match is None:
            continue
        body = Body(index, int(match[1]), end=match.end(), kept=True)
        if runs and body.number == runs[-1][-1].number + 1:
            runs[-1].append(body)
        else:
            runs.append([body])
    return runs


# -- old records and recognised scans, where only bare digits are left ---------------------------------------------


def apart(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, those whose lines hold several bare bodies taken apart."""
    return tuple(part for block in blocks for part in _parts(block))


def _parts(block: Block) -> Iterator[Block]:
    match = _BARE_BODY.match(block.text) if block.shape == Shape.TEXT else None
    while match:
        cut = _next_body(int(match["number"])).search(block.text, match.end())
        if not cut:
            break
        yield replace(block, text=block.text[: cut.start()])
        block = replace(block, text=block.text[cut.end() :], gap=1)
        match = _BARE_BODY.match(block.text)
    yield block


def _next_body(number: int) -> re.Pattern[str]:
    """Where the body behind that of note `number` begins; where numbers are lost, only with the words of a note."""
    lost = "|".join(str(number + step) for step in range(2, GAP + 1))
    words = r"(?:ibid|see\b|official records\b|one member\b)"
    return re.compile(rf"\s(?={number + 1}\s+(?:[A-Z“]|ibid|see\b)|(?:{lost})\s+{words})", re.IGNORECASE)


def bare_runs(blocks: Sequence[Block]) -> list[list[Body]]:
    """Bare numbers that count on, with other text between them at the end of a page, where they stand as notes."""
    runs: list[list[Body]] = []
    for index, block in enumerate(blocks):
        match = _BARE_BODY.match(block.text) if block.shape == Shape.TEXT else None
        if match is None:
            continue
        body = Body(index, int(match["number"]), end=match.end(), kept=True)
        if runs and runs[-1][-1].number < body.number <= runs[-1][-1].number + GAP:
            runs[-1].append(body)
        elif body.number:
            runs.append([body])
    return [run for run in runs if _stands_as_notes(blocks, run)]


def _stands_as_notes(blocks: Sequence[Block], run: Sequence[Body]) -> bool:
    """Whether a run stands under a rule, at the end of the text, or counts from where no list begins."""
    first, last = run[0].index, run[-1].index
    ruled = first > 0 and blocks[first - 1].shape == Shape.RULE
    return run[0].number >= LIST_START or ruled or not any(block.text for block in blocks[last + 1 :])


# -- all others ----------------------------------------------------------------------------------------------------


def runs_of(blocks: Sequence[Block]) -> list[list[Body]]:
    """Bodies of notes, sure or not, in runs of rising numbers: notes count through a document, a chapter or a page."""
    runs: list[list[Body]] = []
    for body in _bodies(blocks):
        if runs and body.number > runs[-1][-1].number:
            runs[-1].append(body)
        else:
            runs.append([body])
    return runs


def _bodies(blocks: Sequence[Block]) -> Iterator[Body]:
    """Sure bodies, and numbered blocks where notes stand: under a rule or heading, next after a note, at the end.

    So does a number whose call kept its superscript and has no body, where nothing else is numbered like it.
    """
    zone, references, last = False, False, 0
    tail = _tail(blocks)
    wanted = _bodiless(blocks)
    for index, block in enumerate(blocks):
        if block.shape == Shape.FURNITURE:
            continue
        heading = _heading_of(block)
        if heading or block.shape in {Shape.RULE, Shape.HEADING}:
            zone, references = heading == "notes" or block.shape == Shape.RULE, heading == "references"
            continue
        body = _body(block, index)
        if body is None:
            zone = zone and (block.gap == 0 or block.shape == Shape.NOTE)
            continue
        follows = body.number == last + 1 > 1 or block.text.startswith("[")
        placed = not references and (zone or index >= tail or follows or wanted.get(body.number, index) < index)
        if body.sure or placed:
            yield body
        zone = body.sure or placed
        last = body.number if zone else last


def _bodiless(blocks: Sequence[Block]) -> dict[int, int]:
    """Numbers of calls without a body, with the place of the call; none if numbers stand that nothing calls."""
    called: dict[int, int] = {}
    for index, block in enumerate(blocks):
        for call in block.calls:
            called.setdefault(call.number, index)
    sure = {body.number for index, block in enumerate(blocks) if (body := _body(block, index)) and body.sure}
    others = {int(match[1]) for block in blocks if block.shape == Shape.TEXT and (match := _DOTTED.match(block.text))}
    return {} if others - called.keys() else {number: at for number, at in called.items() if number not in sure}


def _heading_of(block: Block) -> str:
    if len(block.text) > SHORT or block.shape not in {Shape.TEXT, Shape.HEADING}:
        return ""
    if REFERENCES.fullmatch(block.text):
        return "references"
    return "notes" if NOTES.fullmatch(block.text) else ""


def _body(block: Block, index: int) -> Body | None:
    if block.shape == Shape.NOTE:
        return Body(index, int(block.marker), sure=True) if block.marker.isdecimal() else None
    match = _MARK.match(block.text) if block.shape == Shape.TEXT else None
    if match is None:
        return None
    return Body(index, int(match[1] or match[2] or match[3]), end=match.end())


def _tail(blocks: Sequence[Block]) -> int:
    """The first of the blocks at the end that a bare number opens, as notes stand below a short text without a rule.

    Where blocks further up begin in the same way, bare numbers count paragraphs: there is no such tail.
    """
    tail = len(blocks)
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if _is_bare(block):
            tail = index
        elif block.shape not in {Shape.NOTE, Shape.RULE, Shape.FURNITURE} and block.text:
            break
    return len(blocks) if any(map(_is_bare, blocks[:tail])) else tail


def _is_bare(block: Block) -> bool:
    return block.shape == Shape.TEXT and bool(_BARE.match(block.text))
