"""National laws: an Act or a Code becomes an instrument only where its country is told beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.authority import countries
from corpus.authority.symbols import InstrumentId, Written
from corpus.model import InstrumentType
from ingest.annotate.sentences import sentence_at, sentences

_CAPITAL = r"[A-Z][\w’'-]*"
_NAME = rf"(?:{_CAPITAL}\s+(?:(?:of|and|on|to|for|in|the)\s+){{0,3}}(?=[A-Z])){{0,8}}"
# Must match "Electronic Crimes Act of 2015", "Penal Code", "Terrorism Act No. 18 of 2014", "Law No. 46 of 1998";
# must not match "Final Act", "the Act", "International Law", "Code of Conduct".
_LAW = re.compile(
    rf"\b(?P<name>{_NAME})"
    r"(?P<head>Act|Code|Constitution|(?:Decree-)?Law(?=,?\s+(?:No|\d{4}|of\s+\d{4}))|Decree(?=\s+No)|Ordinance)\b"
    r"(?!\s+of\s+Conduct)(?:,?\s+(?P<number>No\.?\s?\d+(?:/\d+)?))?(?:(?:,?\s+of|,)?\s+(?P<year>(?:1[89]|20)\d\d)\b)?"
)
_BESIDE = re.compile(
    r"\s+(?:\((?:\d{4},?\s*)?(?P<a>[A-Z][\w .’'-]+)\)|(?:of|in)\s+(?:the\s+)?(?P<b>[A-Z]\w+(?:\s+[A-Z]\w+){0,3}))"
)
_OPENER = re.compile(
    r"A|An|And|Article|As|At|By|For|From|In|Its|New|Of|Or|Original|Section|See|That|The|Their|This|To|Under|With"
)
# Jurisdictions behind the year, as Commonwealth lawyers write them: "Cybercrime Act 2001 (Cth)". AGLC 3.1.3.
_JURISDICTIONS = {
    **dict.fromkeys(("Cth", "NSW", "Vic", "Qld", "SA", "WA", "Tas", "ACT", "NT"), "Australia"),
    **dict.fromkeys(("Eng", "Scot", "NI"), "United Kingdom"),
    "Can": "Canada",
    "Ir": "Ireland",
    "SAf": "South Africa",
}
_JURISDICTION = re.compile(r"\s+\((?P<mark>\w{2,4})\)")
#: Words that tell a kind of law; its number is its name: "Republic Act No. 10175".
_NAMELESS = frozenset({"Republic", "Federal", "Organic", "Public", "Royal", "Legislative", "Presidential", "Emergency"})
_NO_LAWS = frozenset(
    {"Final", "Single European", "Constitutive", "Mediator", "General", "Model", "Labour", "Zip", "Source"}
)
# 18 U.S.C. § 1028(a)(7), "US Penal Code § 1028", "U.S. Code, section 1037".
_US_CODE = re.compile(
    r"(?:\b\d{1,2}\s+)?\b(?:U\.\s?S\.\s?C\.?|USC|(?:U\.\s?S\.|US|United States)\s+(?:Penal\s+)?Code)"
    r"(?:\s+Annotated)?,?\s*"
    r"(?:§§?|[Ss]ections?|[Ss]ec\.|ss?\.?(?=\s?\d))\s*(?P<number>\d+[A-Z]?)(?![\d])"
    r"|(?:§§?\s?|\b[Ss]ections?\s)(?P<section>\d+[A-Z]?)(?:\([\w]{1,3}\))*,?\s+of\s+(?:[Tt]itle\s+\d{1,2},?\s+(?:of\s+)?)?"
    r"(?:the\s+)?(?:U\.\s?S\.|US|United States)\s+Code\b"
)


_ANY_HEAD = re.compile(r"Act\b|Code\b|Constitution\b|Law\b|Decree\b|Ordinance\b|§|U\.\s?S\.\s?C|USC")


def find_laws(text: str, *, prose: bool = True) -> Iterator[Written]:
    """National laws in `text` with their country, as `Penal Code (Norway)` or `US Code s 1028`; forms may overlap.

    The country stands beside the law or, in `prose`, is the only one in its sentence.
    """
    if not _ANY_HEAD.search(text):
        return
    for match in _US_CODE.finditer(text):
        yield _law(match.start(), match.end(), f"US Code s {match['number'] or match['section']}")
    for match in _LAW.finditer(text):
        name, country, start = _split(match)
        if not name and match["head"] not in {"Constitution", "Law", "Decree", "Decree-Law"}:
            continue
        if name in _NO_LAWS or (match["head"] == "Constitution" and name):
            continue
        country = country or _beside(text, match) or (_near(text, match) if prose else "")
        if country:
            yield _law(start, match.end(), f"{_title(name, match)} ({country})")


def _split(match: re.Match[str]) -> tuple[str, str, int]:
    """The law's name without opening words and its country's name, the country, and where the form starts."""
    words = list(re.finditer(r"\S+", match["name"]))
    country, kept = "", 0
    while kept < len(words) and _OPENER.fullmatch(words[kept].group()):
        kept += 1
    start = match.start() + (words[kept].start() if kept < len(words) else len(match["name"]))
    for width in (3, 2, 1):
        told = _country(" ".join(word.group() for word in words[kept : kept + width]))
        if told and kept + width <= len(words):
            country, kept = told, kept + width
            break
    return " ".join(word.group() for word in words[kept:]), country, start


def _country(words: str) -> str:
    """The country of a demonym (`Norwegian`), of a possessive (`Norway's`) or of capitals (`UK`) in front of a law."""
    possessor = re.sub(r"[’']s?$", "", words)
    if possessor != words or words.replace(".", "").isupper():
        return countries.load().by_name(possessor)
    return countries.load().by_demonym(words)


def _beside(text: str, match: re.Match[str]) -> str:
    """The country named right behind the law: "in Norway", "(Norway)", "(Cth)"."""
    jurisdiction = _JURISDICTION.match(text, match.end())
    if jurisdiction and jurisdiction["mark"] in _JURISDICTIONS:
        return _JURISDICTIONS[jurisdiction["mark"]]
    behind = _BESIDE.match(text, match.end())
    return countries.load().by_name(behind["a"] or behind["b"]) if behind else ""


def _near(text: str, match: re.Match[str]) -> str:
    """The only country named in the law's sentence."""
    start, end = sentence_at(sentences(text), match.start())
    near = {country for _, _, country in countries.load().mentions(text[start:end])}
    return near.pop() if len(near) == 1 else ""


def _title(name: str, match: re.Match[str]) -> str:
    """`Penal Code`, `Harbour Signals Act 2011`; a law without a name of its own by its number: `Law No. 12 of 1998`."""
    title = f"{name} {match['head']}".strip()
    if match["number"] and (not name or name in _NAMELESS):
        return f"{title} {match['number']}" + (f" of {match['year']}" if match["year"] else "")
    return f"{title} {match['year']}" if match["year"] else title


def _law(start: int, end: int, identifier: str) -> Written:
    return Written(start, end, InstrumentId(identifier, InstrumentType.NATIONAL_LAW))
