"""Citations of articles as people type them: `Budapest Convention art 32(b)`, `Article 6 § 1 of the ECHR`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provision:
    """An instrument's id and the articles of it that are cited, in printed form: `32(b)`; a range is spelled out."""

    instrument: str
    articles: tuple[str, ...]


#: Articles that a range is spelled out to; more is a search for the instrument.
MAX_RANGE = 20

_UNIT = (
    r"(?:articles?|arts?\.?|sections?|ss?\.?|§§?|principles?|rules?|guidelines?|paragraphs?|paras?\.?|"
    r"operative\sparagraphs?)"
)
# 16, 1028A, 5 bis, 6.1, 16(2)(a), 16 (2), VI; a bare letter may follow at the end: 32 b.
_ONE = (
    r"(?:\d{1,4}[A-Za-z]?(?:\s?(?:bis|ter|quater|quinquies))?(?:\.\d{1,2})*|[IVX]{1,6})(?![^\W_])"
    r"(?:\s?\([0-9A-Za-z]{1,5}\))*(?:\s[a-z](?![^\W_]))?"
)
_LIST = rf"{_ONE}(?:(?:\s?[-–]\s?|\s(?:to|and|or|&)\s|,\s?(?:and\s|or\s)?){_ONE})*"
# Behind an article: ", paragraph 1", "para. 1(b)", "§ 1", "lit. b".
_WITHIN = (
    r"(?:,?\s?(?:paragraphs?|paras?\.?|sub-?paragraphs?|points?|lit\.?|letters?|§)\s?"
    r"(?:\d{1,2}|\(?[a-z]\)?)(?![^\W_])(?:\s?\([a-z0-9]{1,4}\))*)"
)
_CITED = rf"{_UNIT}\s?(?P<list>{_LIST})(?P<within>{_WITHIN}*)"
# "paragraph 1 of article 6 of the ECHR".
_INNER = r"(?:(?:paragraphs?|paras?\.?|sub-?paragraphs?|points?)\s(?P<inner>\d{1,2}|\(?[a-z]\)?)\s(?:of|in)\s)?"
_AFTER = re.compile(rf"(?P<name>.+?),?\s{_CITED}", re.IGNORECASE)
_BEFORE = re.compile(rf"{_INNER}{_CITED},?\s(?:(?:of|in)\s)?(?:the\s)?(?P<name>.+)", re.IGNORECASE)
# "18 U.S.C. 1030": the number of the title in front, often no sign between.
_CODE = re.compile(
    rf"(?P<title>\d{{1,2}})\s(?P<name>U\.?\s?S\.?\s?C(?:ode\b|\.|\b))\s?(?:{_UNIT}\s?)?(?P<list>{_ONE})", re.IGNORECASE
)
_HAS_NUMBER = re.compile(rf"\d|{_UNIT}\s[IVX]", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title\s)?\d{1,2}(?:,|\sof(?:\sthe)?)?\s", re.IGNORECASE)
_PART = re.compile(rf"(?P<first>{_ONE})(?:(?:\s?[-–]\s?|\sto\s)(?P<last>{_ONE}))?", re.IGNORECASE)


def read_provision(text: str, instrument: Callable[[str], str | None]) -> Provision | None:
    """The articles that `text` as a whole cites, None if it is no such citation; `instrument` knows the names."""
    if not _HAS_NUMBER.search(text):
        return None
    for pattern in (_CODE, _AFTER, _BEFORE):
        match = pattern.fullmatch(text)
        known = _named(match["name"], instrument) if match else None
        if match and known:
            return Provision(known, _articles(match))
    return None


def _named(name: str, instrument: Callable[[str], str | None]) -> str | None:
    return instrument(name) or (instrument(_TITLE.sub("", name)) if _TITLE.match(name) else None)


def _articles(match: re.Match[str]) -> tuple[str, ...]:
    groups = match.groupdict()
    inner = "".join(f"({part})" for part in re.findall(r"[0-9a-z]+", groups.get("inner") or "", re.IGNORECASE))
    units = re.sub(_UNIT_INSIDE, " ", groups.get("within") or "", flags=re.IGNORECASE)
    within = "".join(f"({part})" for part in re.findall(r"[0-9a-z]+", units, re.IGNORECASE))
    found = [article for part in _PART.finditer(groups["list"]) for article in _spelled(part["first"], part["last"])]
    return tuple(f"{article}{within}{inner}" for article in found)


_UNIT_INSIDE = r"(?:sub-?)?(?:paragraphs?|paras?|points?|lit|letters?)(?![^\W_])"


def _spelled(first: str, last: str | None) -> list[str]:
    if last and first.isdecimal() and last.isdecimal() and 0 <= int(last) - int(first) < MAX_RANGE:
        return [str(number) for number in range(int(first), int(last) + 1)]
    return [_printed(one) for one in (first, last) if one]


def _printed(number: str) -> str:
    """As passages are tagged: `6.1` and `16 (2)` as `6(1)` and `16(2)`, `32 b` as `32(b)`, `5 bis` as `5bis`."""
    number = re.sub(r"\s(?=\(|(?:bis|ter|quater|quinquies)\b)", "", number)
    number = re.sub(r"\s([a-z])$", r"(\1)", number)
    number = re.sub(r"(?<=\d)\.(\d{1,2})", r"(\1)", number)
    return number.upper() if re.fullmatch("[ivx]+", number) else number
