"""The document's title: which lines hold it, without its number, in the capitals in which the text itself writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.metadata.dates import is_date_line
from ingest.metadata.front import FILE, TITLE, Fact, Front, Line
from ingest.metadata.masthead import AGENDA, council_resolution, is_masthead_line
from ingest.metadata.words import ROLE, is_institution, keyed, person

#: Lines that announce a title, alone or before a colon.
_LABELS = frozenset({"topic", "title", "theme", "subject of the speech", "on the topic"})
#: Lines that tell who spoke where, or how a text came about, and are no title if there is another.
ABOUT = re.compile(
    r"(?:(?:opening|closing|keynote|introductory|welcome)\s+)?(?:speech|statement|remarks|address|lecture|keynote|talk|"
    r"presentation|paper)\b.*\b(?:by|of|at|delivered|presented)\b.*|(?:adopted|done|signed|approved|delivered|presented|"
    r"prepared|submitted|transmitted|resolution adopted|opened for signature)\b.*|[\[(].*[\])]|by\b.*",
    re.IGNORECASE | re.DOTALL,
)
_REPORT = re.compile(
    r"(?:final |interim |annual |draft )?(?:report|note|letter|memorandum|minutes|proceedings|summary|review)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:addendum|corrigendum|revision|supplement)\b[\s\d]*", re.IGNORECASE)
#: `Resolution 12/7. `, `74/190. `, `Lecture 3: `, `Lecture-27 – ` before the words of the title.
_NUMBER = re.compile(
    r"\W*(?P<number>(?:resolution\s+)?\d+/\d+[A-Z]?(?=[.:]\s)|(?:lecture|lesson|session|module|week|unit)[\s-]*\d+"
    r"(?=\s*[:.–—-]))\s*[.:–—-]\s*",
    re.IGNORECASE,
)
#: An act's number in the year's statutes stands under its title: `CHAPTER 14`, `Act No. 12 of 2008`.
_CHAPTER = re.compile(r"(?:chapter|cap\.?|(?:act )?no\.?)\s+\d+(?:\s+of\s+\d{4})?", re.IGNORECASE)
_QUOTES = "“”\"'‘’«»"
#: Words that a title in title case writes small.
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "nor", "of", "on", "or", "over", "the", "to")
)
#: A title has two lines at most that are set like it, title and subtitle.
_LINES = 2
_LETTERS = 6  # fewer letters are a number or an ornament


def title_of(front: Front, stated: str) -> Iterator[tuple[str, Fact]]:
    """The facts `title` and `number`; `stated` is the title of the file's own metadata, which its reader confirmed."""
    lines = [] if stated else _title_lines(front)
    texts, number = _without_numbers([stated] if stated else [line.text for line in lines])
    where = FILE if stated else (lines[0].where if lines else TITLE)
    parts = [_recased(text, front.running) for text in texts]
    if text := _joined(parts):
        yield "title", Fact(text, where)
    if number:
        yield "number", Fact(number, where)


def _title_lines(front: Front) -> list[Line]:
    if found := council_resolution(front):
        return [Line(f"Resolution {found[0]} ({found[1]})", found[2].where)]
    labelled = _labelled(front.lines)
    if labelled:
        return labelled
    marked = [line for line in front.lines if line.is_title and _may_be_title(line)]
    subject = _agenda_title(front.lines)
    if subject in marked and (other := _behind(front.lines, subject)):
        marked = other
    if not marked:
        marked = _best([line for line in front.lines if _may_be_title(line) and line is not subject])
    if not marked:
        marked = [line for line in front.lines if line.is_title and not is_masthead_line(line.text)]
    added = [line for line in front.lines if _PART.fullmatch(line.text) and line not in marked]
    return [*marked[:_LINES], *added[:1]]


def _labelled(lines: Sequence[Line]) -> list[Line]:
    for index, line in enumerate(lines):
        key = keyed(line.text)
        if key and key[0] in _LABELS:
            return [Line(key[1], line.where)]
        if line.text.casefold().strip(" :") in _LABELS and index + 1 < len(lines):
            return [lines[index + 1]]
    return []


def _may_be_title(line: Line) -> bool:
    text = line.text
    if sum(map(str.isalpha, text)) < _LETTERS or "@" in text or "://" in text or is_date_line(text):
        return False
    if is_masthead_line(text) or ABOUT.fullmatch(text) or _PART.fullmatch(text) or is_institution(text):
        return False
    key = keyed(text)
    if _CHAPTER.fullmatch(text):
        return False
    return line.is_title or not (key or person(text) or _is_role(text))


def _is_role(text: str) -> bool:
    return bool(
        re.match(
            rf"(?:the\s+|a\s+|an\s+|assistant\s+|associate\s+|former\s+|chief\s+)*{ROLE.pattern}", text, re.IGNORECASE
        )
    )


def _agenda_title(lines: Sequence[Line]) -> Line | None:
    """The line under `Agenda item 82`: the item's title, not the document's, if another follows."""
    index = next((i for i, line in enumerate(lines) if AGENDA.fullmatch(line.text)), None)
    return lines[index + 1] if index is not None and index + 1 < len(lines) else None


def _behind(lines: Sequence[Line], subject: Line | None) -> list[Line]:
    if subject is None:
        return []
    following = [line for line in lines[lines.index(subject) + 1 :] if _may_be_title(line)]
    named = [line for line in following if not _REPORT.match(line.text)]
    return (named or following)[:1]


def _best(lines: Sequence[Line]) -> list[Line]:
    """Of unmarked lines: one in quotation marks, else a report's name, else one in capitals, else the longest."""
    for test in (lambda text: text[:1] in _QUOTES, _REPORT.match, str.isupper):
        if found := [line for line in lines if test(line.text)]:
            return found[:1]
    return sorted(lines, key=lambda line: -len(line.text))[:1]


def _without_numbers(texts: Sequence[str]) -> tuple[list[str], str]:
    number = ""
    out = []
    for text in texts:
        match = _NUMBER.match(text)
        number = number or (_numbered(match["number"]) if match else "")
        rest = text[match.end() :] if match else text
        out.append(re.sub(r"^[^\w(\"“«‘']+", "", rest).strip(_QUOTES + " ").rstrip(" ,;:.*"))
    return [text for text in out if text], number


def _numbered(number: str) -> str:
    """`LECTURE-27` as `Lecture 27`, `Resolution 12/7` as `12/7`."""
    found = re.fullmatch(r"(?:resolution\s+)?(\d+/\d+[A-Z]?)", number, re.IGNORECASE)
    return found[1] if found else re.sub(r"[\s-]+", " ", number).capitalize()


def _joined(parts: Sequence[str]) -> str:
    text = ""
    for part in parts:
        text = f"{text}{' ' if text.endswith(('?', '!', ':')) else ': '}{part}" if text else part
    return text


def _recased(text: str, running: str) -> str:
    """A title set in capitals as the running text writes it, else in title case with the text's own acronyms."""
    if not text.isupper():
        return text
    pattern = re.compile(r"\s+".join(map(re.escape, text.split())), re.IGNORECASE)
    for match in pattern.finditer(running):
        if not match[0].isupper():
            found = " ".join(match[0].split())
            return found[:1].upper() + found[1:]
    words = [_word(word, running, first=index == 0) for index, word in enumerate(text.split())]
    return " ".join(words)


def _word(word: str, running: str, *, first: bool) -> str:
    bare = word.strip("()[],;:.'’“”\"")
    if word.casefold() in _SMALL and not first:
        return word.casefold()
    if len(bare) > 1 and re.search(rf"\b{re.escape(bare)}\b", running) and not _lower(bare, running):
        return word
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda match: match[0].capitalize(), word)


def _lower(word: str, running: str) -> bool:
    """Whether the running text writes the word in small letters too."""
    return bool(re.search(rf"\b(?:{re.escape(word.casefold())}|{re.escape(word.capitalize())})\b", running))
