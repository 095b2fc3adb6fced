"""Printed enumerators at the start of a text (`10.`, `(a)`, `ii`, `1.9.(a)`) and keyword headings (`Article 16`)."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass

import roman

from corpus.months import MONTHS

#: Words that, with a number, open a division of a text, from the outermost; the last four restart what they hold.
KEYWORDS = ("part", "book", "title", "chapter", "section", "sub-section", "subsection")
#: Units that number paragraphs of their own, with the unit of their labels.
ARTICLES = {"article": "art", "rule": "rule", "principle": "principle", "guideline": "guideline", "regulation": "reg"}
ANNEXES = ("annex", "appendix", "schedule", "attachment", "enclosure")

#: Styles of the paragraphs of an article, and of the items inside a paragraph.
NUMBER_STYLES = frozenset({"1.", "(1)", "1)", "1"})
SUB_STYLES = frozenset({"(a)", "a)", "a.", "a", "(A)", "(I)"})

_ROMAN = r"[IVXLCDM]+|[ivxlcdm]+"
_SPELLED = "one|two|three|four|five|six|seven|eight|nine|ten"
_END = r"(?=\s|$)"
#: style -> pattern; the first group is the value. Order matters: the more specific first.
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("1.1", re.compile(rf"(\d{{1,3}}(?:\.\d{{1,3}})+)\.?((?:\([a-z]{{1,4}}\))*){_END}")),
    ("1.", re.compile(rf"(\d{{1,3}}[a-z]?)\.{_END}")),
    ("1)", re.compile(rf"(\d{{1,3}})\)\.?{_END}")),
    ("(1)", re.compile(rf"\((\d{{1,3}})\){_END}")),
    ("I.", re.compile(rf"([IVX]|[IVXLCDM]{{2,}})\.{_END}")),
    ("A.", re.compile(rf"([A-Z])\.{_END}")),
    ("(I)", re.compile(rf"\(([IVXLCDM]+)\){_END}")),
    ("(A)", re.compile(rf"\(([A-Z])\){_END}")),
    ("(a)", re.compile(rf"\(([a-z]|{_ROMAN}|[a-z]{{2}})\){_END}")),
    ("a)", re.compile(rf"([a-z]|[ivxl]{{1,5}})\){_END}")),
    ("a.", re.compile(rf"([a-z]|[ivxl]{{2,5}})\.{_END}")),
)
#: Bare forms, trusted only in items and inside articles: `1 Each Party`, `a "computer system"`, `ii any other entity`.
_BARE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("1", re.compile(r"(\d{1,3})(?=\s|$)")),
    ("a", re.compile(r"([a-z]|[ivxl]{2,5})(?=\s)")),
)
_KEYWORD = re.compile(
    rf"(?P<word>{'|'.join((*KEYWORDS, *ARTICLES, *ANNEXES))})\s+"
    rf"(?P<number>\d{{1,3}}(?:[a-z]|\s?(?:bis|ter|quater))?|{_ROMAN}|{_SPELLED}|[A-Z])\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
#: An annex without a number, with or without a title: `Annex`, `ANNEX: Contents of a request`.
_BARE_ANNEX = re.compile(rf"({'|'.join(ANNEXES)})(?:\s*(?:[:–—]|\s-\s|\.\s)\s*(\S.*))?", re.IGNORECASE)
#: An annex that is named by what it is joined to: `Appendix to Recommendation CM/Rec(2012)9`.
_ANNEX_TO = re.compile(rf"((?i:{'|'.join(ANNEXES)}))\s+((?i:to|of)\s+(?:the\s+)?[A-Z].*)")
_COUNTED_NOUN = re.compile(rf"((?!Table|Figure|Page|Note|Item|{'|'.join(MONTHS)})[A-Z][a-z]{{3,15}}) \d{{1,2}}")
#: What may stand behind it: `Question 2. Who is competent?`; no sentence: `Recommendation 2. States should ...`.
_NOUN_TITLE = re.compile(r"\s?[.:–—]\s?\S.{0,150}[^.;,:]$|$")
_ORDINAL = re.compile(r"(firstly|secondly|thirdly|fourthly|fifthly)\s*[:.]\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Enumerator:
    """A printed number: its style (`1.`, `(a)`, ...), its value as printed, and where the text goes on.

    `sub` holds sub-numbers printed with it: `1.9.(a)` has `("a",)`.
    """

    style: str
    value: str
    end: int
    sub: tuple[str, ...] = ()

    @property
    def ranks(self) -> tuple[int, ...]:
        """Every count that the value can stand for: `i` is 9 as a letter and 1 as a roman numeral."""
        return ranks_of(self.value)

    def follows(self, before: Enumerator | None) -> bool:
        """Whether this one comes right after `before` in a list of the same style (or opens a list after None)."""
        if before is None:
            return 1 in self.ranks
        return self.style == before.style and any(rank - 1 in before.ranks for rank in self.ranks)


def ranks_of(value: str) -> tuple[int, ...]:
    """`7` -> (7,); `c` -> (3, 100); `iv` -> (4,); `aa` -> (27,); `1.9` -> (9,); `4a` -> (4,)."""
    last = value.rsplit(".", 1)[-1]
    if match := re.match(r"\d+", last):
        return (int(match[0]),)
    found = []
    if len(set(last)) == 1:
        found.append(ord(last[0].casefold()) - 96 + 26 * (len(last) - 1))
    with contextlib.suppress(roman.RomanError):
        found.append(roman.fromRoman(last.upper()))
    return tuple(found)


def enumerator(text: str, *, bare: bool = False) -> Enumerator | None:
    """Read the enumerator that a text begins with; `bare` also takes numbers and letters without punctuation.

    A bracket in front is a draft's, around what is not agreed yet: `[(b) ...]`.
    """
    start = int(text.startswith("["))
    for style, pattern in (*_STYLES, *(_BARE if bare and not start else ())):
        if match := pattern.match(text, start):
            sub = tuple(re.findall(r"\(([a-z]+)\)", match[2])) if style == "1.1" else ()
            return Enumerator(style, match[1], match.end(), sub)
    return None


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword with its number: `Article 16 – Title` is `Keyword("article", "16", "Title")`."""

    word: str
    number: str
    title: str


def keyword(text: str) -> Keyword | None:
    """Read `Article 16 – ...`, `CHAPTER II`, `Annex`; None for running text such as `Article 2 covers ...`."""
    text = text.removeprefix("[")  # around what is not agreed yet in a draft
    match = _KEYWORD.match(text)
    if match:
        rest = match["rest"].strip()
        if re.match(r"[a-z,;]", rest) and match["word"].casefold() not in ANNEXES:
            return None  # "Article 25 of the Charter" in running text
        if rest and not re.match(r"[–—:.\-(\[]", rest) and not _titled(rest):
            return None
        return Keyword(match["word"].casefold(), re.sub(r"\s", "", match["number"]), rest.lstrip("–—:.- ").strip())
    if match := _BARE_ANNEX.fullmatch(text.strip(" .:")):
        return Keyword(match[1].casefold(), "", match[2] or "")
    if (match := _ANNEX_TO.fullmatch(text.strip())) and _titled(match[2]):
        return Keyword(match[1].casefold(), "", "")
    return None


def counted_noun(text: str, *, titled: bool = False) -> str:
    """`Conclusion` for a line `Conclusion 1`, "" for other lines; `titled` also takes `Question 2. Who pays?`."""
    match = _COUNTED_NOUN.match(text)
    return match[1] if match and (match.end() == len(text) or (titled and _NOUN_TITLE.match(text, match.end()))) else ""


def numeral_heading(text: str) -> int:
    """The value of a Roman numeral that stands alone in capitals, as essays head their parts; 0 for other lines."""
    return ranks_of(text)[-1] if re.fullmatch(r"[IVX]{1,5}", text) else 0


def _titled(rest: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", rest)  # shorter words stay small in titles
    return bool(words) and all(word[0].isupper() for word in words)


def ordinal(text: str) -> bool:
    """Whether the text begins with `Firstly:` or the like."""
    return bool(_ORDINAL.match(text))
