"""Names that share their noun: "African, American and European Working Parties on Information Technology Crime"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.authority.organisations import load
from corpus.model import Found
from ingest.annotate.acronyms import CAPITAL_WORD, LINK
from ingest.annotate.organisation_mentions import Mention

#: Plural nouns that head several names at once, and what each name has instead.
_PLURALS = {
    "Working Parties": "Working Party",
    "Working Groups": "Working Group",
    "Commissions": "Commission",
    "Committees": "Committee",
    "Courts": "Court",
    "Development Banks": "Development Bank",
    "Parliaments": "Parliament",
    "Unions": "Union",
}
_MODIFIER = rf"{CAPITAL_WORD}(?:\s{CAPITAL_WORD})?"
_COORDINATED = re.compile(
    rf"(?P<modifiers>{_MODIFIER}(?:,\s(?:the\s)?{_MODIFIER}){{0,8}},?\s(?:and|&)\s(?:the\s)?{_MODIFIER})\s"
    rf"(?P<head>{'|'.join(_PLURALS)})\b(?P<tail>\s(?:of|on|for|against)\s(?:the\s)?{CAPITAL_WORD}(?:\s(?:{LINK}\s){{0,3}}{CAPITAL_WORD}){{0,8}})?"
)
_EACH = re.compile(_MODIFIER)
_CONFIDENCE = 0.9


def find_coordinated(text: str) -> list[Mention]:
    """One mention for each name of the gazetteer that a coordination holds; the last one spans noun and tail."""
    if not any(plural in text for plural in _PLURALS):
        return []
    return [mention for match in _COORDINATED.finditer(text) for mention in _expanded(match)]


def _expanded(match: re.Match[str]) -> Iterator[Mention]:
    head, tail = _PLURALS[match["head"]], match["tail"] or ""
    modifiers = list(_EACH.finditer(match["modifiers"]))
    for number, modifier in enumerate(modifiers, start=1):
        record = load().by_name(f"{modifier.group()} {head}{tail}")
        if record is None:
            continue
        start = match.start("modifiers") + modifier.start()
        end = match.end() if number == len(modifiers) else match.start("modifiers") + modifier.end()
        yield Mention(start, end, record.name, Found.GAZETTEER, _CONFIDENCE)
