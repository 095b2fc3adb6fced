"""Finds which rules of a PDF page frame a table together. Units are points; heights count downwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.readers.pdf_lines import Line, Word, size_of
from ingest.readers.pdf_rules import SAME_JOINT, Rule

#: A rule that frames a table is at least this wide (points); rules under words are shorter or have no joints.
MIN_WIDTH = 100.0
#: Ends of rules that differ by no more belong to one frame.
SAME_END = 5.0
#: Words with a smaller gap, in ems, are one stretch of text.
STRETCH = 0.6
#: A blank space under a rule, in sizes of the text, that parts a table from the caption of the next one.
APART = 1.8
#: Rows of one table follow each other within so many sizes.
MERGED_GAP = 1.0
#: More lines of one cell each than this, or lines of several sizes, are no row.
CAPTION = 3
#: Headings between tables are larger than the rows by this factor.
LARGER = 1.1


@dataclass(slots=True)
class Frame:
    """A table in the making: the rules across its whole width, and the shorter ones between."""

    full: list[Rule]
    short: list[Rule] = field(default_factory=list)
    reopened: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether two rules at least bound it, or the page before began it."""
        return len(self.full) > 1 or self.reopened

    @property
    def x0(self) -> float:
        """Left end."""
        return self.full[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return self.full[0].x1

    def joints(self) -> list[float]:
        """The edges between columns."""
        edges: list[float] = []
        for joint in sorted(joint for rule in (*self.full, *self.short) for joint in (*rule.joints, rule.x0, rule.x1)):
            inside = self.x0 + SAME_END < joint < self.x1 - SAME_END
            if inside and (not edges or joint - edges[-1] > SAME_JOINT + 1):
                edges.append(joint)
        return edges

    def parts_cells(self, rule: Rule) -> bool:
        """Whether a rule is shorter and runs from one edge of a column to another."""
        if self.spans(rule):
            return False
        edges = [self.x0, *self.joints(), self.x1]
        return all(any(abs(end - edge) <= SAME_END for edge in edges) for end in (rule.x0, rule.x1))

    def spans(self, rule: Rule) -> bool:
        """Whether a rule has the frame's own ends."""
        return abs(rule.x0 - self.x0) <= SAME_END and abs(self.x1 - rule.x1) <= SAME_END


def frames(rules: Sequence[Rule], lines: Sequence[Line], reopened: Frame | None) -> Iterator[Frame]:
    """The frames on a page from top to bottom; `reopened` is that of a table begun on the page before."""
    frame, since = reopened, list[Rule]()
    for rule in rules:
        if reopened is not None and rule.y < reopened.full[0].y:
            continue
        wider = _with_shorter(frame, since) if frame is not None and frame.spans(rule) else None
        if wider is not None and _goes_on(wider, rule, lines):
            wider.full.append(rule)
            frame, since = wider, []
        elif frame is not None and frame.parts_cells(rule):
            since.append(rule)
        else:
            if frame is not None and frame.is_closed:
                yield frame
            frame = _begun(rule, since, lines)
            since = [*since, rule]
    if frame is not None and frame.is_closed:
        yield frame


def _with_shorter(frame: Frame, since: Sequence[Rule]) -> Frame:
    """The frame with the shorter rules that stand below its last full one."""
    below = [other for other in since if other.y > frame.full[-1].y and frame.parts_cells(other)]
    return replace(frame, full=list(frame.full), short=[*frame.short, *below])


def _begun(rule: Rule, since: Sequence[Rule], lines: Sequence[Line]) -> Frame | None:
    """A frame that begins with a rule, or above it where only shorter rules under its heads stand."""
    if not rule.joints or rule.x1 - rule.x0 < MIN_WIDTH:
        return None
    frame = Frame([rule])
    level = since[-1].y if since else rule.y
    under = [other for other in since if abs(other.y - level) <= 1 and frame.parts_cells(other)]
    heads = [line for line in lines if within(line, frame) and level - 2 * line.size < line.bottom <= level + 1]
    if not under or not heads:
        return frame
    headed = Frame([replace(rule, y=min(line.top for line in heads) - 1, joints=())], under)
    if not _goes_on(headed, rule, lines):
        return frame
    headed.full.append(rule)
    return headed


def _goes_on(frame: Frame, rule: Rule, lines: Sequence[Line]) -> bool:
    """Whether the table goes on between its last rule and this one: what stands there keeps to its columns."""
    known = frame.joints()
    common = [joint for joint in rule.joints if any(abs(joint - other) <= SAME_JOINT for other in known)]
    if 2 * len(common) < len(rule.joints):
        return False
    between = parted(lines, frame, frame.full[-1].y, rule.y)[0]
    if not between:
        return True
    if _closes_merged(rule, between, frame):
        return True
    edges = known or list(rule.joints)
    if not edges or any(_spans_all(line, edges) for line in between):
        return False
    if len(frame.full) > 1 and _is_caption(between, frame, lines):
        return False
    return 2 * sum(crosses(line, edges) for line in between) <= len(between)


def _closes_merged(rule: Rule, between: Sequence[Line], frame: Frame) -> bool:
    """Whether a rule without joints stands under a last row that is merged across all columns, so that it has none.

    Text between two tables would differ in size from the rows above it, or stand off them.
    """
    if rule.joints or len(frame.full) < 2 or len({round(line.size) for line in between}) > 1:  # noqa: PLR2004  a head
        return False
    down = sorted(between, key=middle)
    near = all(after.top - before.bottom <= MERGED_GAP * after.size for before, after in pairwise(down))
    return near and len(stretches(down[0])) > 1


def _is_caption(between: Sequence[Line], frame: Frame, lines: Sequence[Line]) -> bool:
    """Whether lines between two rules are notes and captions between two tables and no rows: one cell each."""
    if any(len(stretches(line)) > 1 for line in between):
        return False
    above, sizes = frame.full[-1].y, {line.size for line in between}
    rows = parted(lines, frame, frame.full[0].y, above)[0]
    larger = min(sizes) > LARGER * max((line.size for line in rows), default=max(sizes))
    apart = between[0].top - above > APART * between[0].size
    return larger or apart or len(between) > CAPTION or len(sizes) > 1


def stretches(line: Line) -> list[tuple[float, float]]:
    """The left and right edges of pieces of text without a gap wider than a blank."""
    found: list[tuple[float, float]] = []
    for word in line.words:
        if found and word.x0 - found[-1][1] < STRETCH * line.size:
            found[-1] = (found[-1][0], word.x1)
        else:
            found.append((word.x0, word.x1))
    return found


def crosses(line: Line, joints: Iterable[float]) -> bool:
    """Whether a piece of text runs over an edge between columns."""
    return any(x0 < joint - SAME_JOINT and x1 > joint + SAME_JOINT for x0, x1 in stretches(line) for joint in joints)


def _spans_all(line: Line, joints: Sequence[float]) -> bool:
    """Whether a piece of text runs over all columns, as running text between two tables does."""
    return any(x0 < joints[0] - SAME_JOINT and x1 > joints[-1] + SAME_JOINT for x0, x1 in stretches(line))


def middle(line: Line) -> float:
    """The height of a line's middle."""
    return (line.top + line.bottom) / 2


def parted(lines: Iterable[Line], frame: Frame, top: float, bottom: float) -> tuple[list[Line], list[Line]]:
    """What stands in the frame between two heights, and all else."""
    inside: list[Line] = []
    outside: list[Line] = []
    for line in lines:
        part = within(line, frame) if top < middle(line) <= bottom else None
        if part is None:
            outside.append(line)
            continue
        inside.append(part)
        others = tuple(word for word in line.words if word not in part.words)
        if others:
            outside.append(_of(line, others))
    return inside, outside


def within(line: Line, frame: Frame) -> Line | None:
    """The part of a line that stands between a frame's ends, None if there is none."""
    words = tuple(word for word in line.words if frame.x0 - SAME_END <= (word.x0 + word.x1) / 2 <= frame.x1 + SAME_END)
    return _of(line, words) if words else None


def _of(line: Line, words: tuple[Word, ...]) -> Line:
    return replace(line, words=words, size=size_of(words))
