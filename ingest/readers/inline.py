"""Light inline markup to clean text: emphasis, links and escapes undone, footnote calls lifted out with their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.model import NoteCall
from ingest.blocks import Emphasis

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
#: One call or several with commas: `¹²`, `¹²,¹³`. Not the exponent of a unit (`km²`, `m³`).
_RAISED = re.compile(r"(?<!\b[mM])(?<!\b[kc]m)[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,⁻][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
#: Markdown's own footnote call, `[^12]`.
_CARET = re.compile(r"\[\^(\d{1,4})\]")
_NUMBERS = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Inline:
    """Clean text of one block; `opens` holds the number of a note mark that the text begins with ("" if none)."""

    text: str
    calls: tuple[NoteCall, ...] = ()
    emphasis: Emphasis = Emphasis.NONE
    opens: str = ""


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True})


def clean(source: str) -> Inline:
    """Undo the inline markup of one block. Calls keep their character position in the clean text."""
    if not _needs_parsing(source):
        return Inline(" ".join(source.split()))
    builder = _Builder()
    for token in _parser().parseInline(source)[0].children or ():
        builder.take(token)
    return builder.finish()


def _needs_parsing(source: str) -> bool:
    return bool(re.search(r"[*_`\[\]<>&\\⁰¹²³⁴⁵⁶⁷⁸⁹]", source))


class _Builder:
    """Collects text pieces, emphasis and calls from markdown tokens."""

    def __init__(self) -> None:
        self.text = ""
        self.calls: list[NoteCall] = []
        self.opens = ""
        self.raised = False
        self.depth = {"strong": 0, "em": 0}
        self.plain = {"strong": 0, "em": 0}  # letters outside each emphasis

    def take(self, token: Token) -> None:
        """Add one token."""
        if token.type in {"text", "code_inline", "text_special"}:
            self._raised(token.content) if self.raised else self._text(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            self._text(" ")
        elif token.type == "html_inline":
            self._html(token.content)
        elif token.type.partition("_")[0] in self.depth:
            self.depth[token.type.partition("_")[0]] += token.nesting

    def _html(self, tag: str) -> None:
        name = re.sub(r"[^a-z/]", "", tag.casefold().split()[0])
        if name in {"sup", "/sup"}:
            self.raised = name == "sup"
        elif name.startswith("br"):
            self._text(" ")

    def _raised(self, content: str) -> None:
        numbers = content.translate(_SUPERSCRIPTS)
        if re.fullmatch(r"[\s\d,;–-]+", numbers) and _NUMBERS.search(numbers):
            self._call(numbers)
        else:
            self._append(content)  # an ordinal's "th"

    def _text(self, content: str) -> None:
        position = 0
        for match in sorted([*_RAISED.finditer(content), *_CARET.finditer(content)], key=lambda m: m.start()):
            self._append(content[position : match.start()])
            self._call(match[0].translate(_SUPERSCRIPTS))
            position = match.end()
        self._append(content[position:])

    def _call(self, numbers: str) -> None:
        found = [int(number) for number in _NUMBERS.findall(numbers)]
        if not self.text.strip() and not self.opens:
            self.opens = str(found[0])
            return
        self.text = self.text.rstrip()
        self.calls.extend(NoteCall(number, len(self.text)) for number in found)

    def _append(self, content: str) -> None:
        content = re.sub(r"\s+", " ", content)
        if not self.text or self.text.endswith(" "):
            content = content.lstrip()
        self.text += content
        letters = sum(character.isalnum() for character in content)
        for name, depth in self.depth.items():
            self.plain[name] += 0 if depth > 0 else letters

    def finish(self) -> Inline:
        """Return what was collected, stray marks removed."""
        text, calls = self.text.rstrip(), self.calls
        bold = self.plain["strong"] == 0
        if match := re.match(r"(?:\*{1,3}) ?", text):
            text, cut = text[match.end() :], match.end()
            calls = [NoteCall(call.number, max(0, call.at - cut)) for call in calls]
            bold = bold or match[0].startswith("**")
        if text.endswith("*"):
            bold = bold or text.endswith("**")
            text = text.rstrip("*").rstrip()
        if not text:
            return Inline("", tuple(calls), opens=self.opens)
        emphasis = Emphasis.BOLD if bold else Emphasis.ITALIC if self.plain["em"] == 0 else Emphasis.NONE
        calls = [NoteCall(call.number, min(call.at, len(text))) for call in calls]
        return Inline(text, tuple(calls), emphasis, self.opens)
