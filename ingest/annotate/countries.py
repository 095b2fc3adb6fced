"""Countries named by noun in passages; demonyms ("Norwegian") are left out.

Names that other things bear too (a river, a state of the United States, a person) count only where nothing near them
speaks for the other thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.authority import countries as authority
from corpus.model import Annotation, AnnotationType, Document, Found, Passage, ordered

_CONTINENTS = "(?:Africa|Asia|Europe|Oceania|Caribbean)"
#: Names of countries that are also something else, with what stands before or after them then.
_OTHER_BEARERS = {
    "U.S": (r"\d\s$", r"\.\s[\d_]"),  # the United States Reports: "585 U.S. 296"
    "America": (
        rf"(?:Latin|North|South|Central|Meso|Our|our|[Nn]orthern|[Ss]outhern|Captain|{_CONTINENTS},?(?:\s(?:and|or))?)[\s-]$",
        rf"(?:\s(?:and|or)|,)(?:\sthe)?\s{_CONTINENTS}|-",
    ),
    "Georgia": (r"(?:Atlanta,?|Savannah,?|South)\s$", r"\s(?:Tech|Avenue)\b"),
    "Jordan": (
        r"(?:River|Michael|Vernon|David|Barbara|Robert|Mr\.?|Ms\.?|Mrs\.?|Dr\.?)\s$",
        r"\s(?:River|Valley)\b|\s[A-Z]\.|,\s[A-Z]\.|\s&\s",
    ),
    "Chad": (r"(?:Mr\.?|Lake)\s$", r"\s(?:Basin)\b"),
    "Niger": (r"River\s$", r"\s(?:Delta|River|Basin)\b"),
    "Guinea": (r"(?:Gulf\sof|New|Equatorial)\s$", r"\s(?:pig|worm)s?\b"),
    "Ireland": (r"Northern\s$", r""),
    "Mexico": (r"(?:Gulf\sof|New)\s$", r"\sCity\b"),
    "Jersey": (r"New\s$", r"\sCity\b"),
    "Samoa": (r"American\s$", r""),
    "Lebanon": (r"Mount\s$", r""),
    "Panama": (r"", r"\s(?:Canal|City)\b"),
    "Kuwait": (r"", r"\sCity\b"),
    "Guatemala": (r"", r"\sCity\b"),
    "China": (r"(?:South|East)\s$", r"\sSea\b"),
    "Japan": (r"Sea\sof\s$", r""),
    "Cuba": (r"", r"\s(?:Libre)\b"),
    "Israel": (r"(?:Mr\.?|Jonathan)\s$", r""),
    "Paraguay": (r"River\s$", r"\sRiver\b"),
    "Senegal": (r"", r"\sRiver\b"),
    "Turkey": (r"(?:roast|cold)\s$", r""),
}
# A university, bank, court or town is not its country: the whole use of the name lies inside another name; so it does
# behind a French, Spanish or Portuguese "of": "Forces armées du Niger".
_INSIDE_BEFORE = re.compile(
    r"(?:\b(?:du|de|del|do|da|des)\s|"
    r"(?:University|Universities|College|Bank|Reserve Bank|Institute|Academy|Museum|Library|Archives|Faculty|School|"
    r"Journal|Review|Yearbook|Bar|Society|Telecom|Airlines|Radio|Times) of (?:the )?)$"
)
_INSIDE_AFTER = re.compile(
    r"\s(?:University|College|Institute|Airlines|Airways|Times|Post|Journal|Press|Telecom|Telecommunications|"
    r"Law Journal|"
    r"Law Review|Today|Daily|Online|Ltd|Inc)\b|\s?\$|\sdollars?\b"
)
# An owner is named for itself, even within the span of what it owns: "China's Penal Code"; "in China, the Penal Code".
_OWNS = re.compile(r"['’]s?\s|,\sthe\b")
#: Names of up to four capitals are codes of countries ("USA", "DPRK").
_LONGEST_CODE = 5


def find_countries(
    document: Document, passages: Sequence[Passage], instruments: Sequence[Sequence[Annotation]]
) -> list[tuple[Annotation, ...]]:
    """The countries of each passage; one that stands only inside an instrument's name has the subtype "part"."""
    del document  # the same signature as every step
    return [ordered(_annotations(passage.text, found)) for passage, found in zip(passages, instruments, strict=True)]


def _annotations(text: str, instruments: Sequence[Annotation]) -> Iterator[Annotation]:
    for start, end, name in authority.load().names_in(text):
        if _is_other(text, start, end, name):
            continue
        inside = any(ann.start <= start and end <= ann.end for ann in instruments) and not _OWNS.match(text, end)
        yield Annotation(start, end, AnnotationType.COUNTRY, name, Found.GAZETTEER, "part" if inside else "")


def _is_acronym(text: str, start: int, end: int, name: str) -> bool:
    """Whether a name in capitals is another word's acronym ("SAMOA Pathway"): the words around are not in capitals."""
    written = text[start:end].replace(".", "")
    if not written.isupper() or name.isupper() or len(written) < _LONGEST_CODE or " " in written:
        return False
    return not text[max(0, start - 20) : end + 20].isupper()


def _is_other(text: str, start: int, end: int, name: str) -> bool:
    before, after = text[max(0, start - 32) : start], text[end : end + 24]
    if _INSIDE_BEFORE.search(before) or _INSIDE_AFTER.match(after) or _is_acronym(text, start, end, name):
        return True
    patterns = _OTHER_BEARERS.get(text[start:end].title())
    if patterns is None:
        return False
    left, right = patterns
    return bool((left and re.search(left, before)) or (right and re.match(right, after)))
