"""Which organisation an ambiguous acronym or a short name means in its document, if any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.authority.names import acronym_key, plain
from corpus.authority.organisations import load
from corpus.model import Found
from ingest.annotate.organisation_forms import Form, Role
from ingest.annotate.organisation_gazetteer import Candidate
from ingest.annotate.organisation_mentions import Mention
from ingest.annotate.organisation_words import LEAD_IN, TITLES

#: An acronym that the document's other words support is nearly as sure as a name; one supported by a cue is less so.
_NAMED, _CUED = 0.95, 0.8
_SHORT_NAME = 0.9

_WORD_BEFORE = re.compile(r"(?P<word>[\w.\-]+?)(?P<possessive>['’]s?)?[ \n]$")
_OWNER_BEHIND = re.compile(r"\s+of\s+(?:the\s+)?(?P<owner>[A-Z][\w.]*)")
#: What may follow the one-word name "Commonwealth" without making it an adjective of something else.
_ADJECTIVAL = re.compile(
    r"[\s-]+(?:member|members|countr|state|States|Heads|nations|leaders|Member|ministers|partners|jurisdictions|Ministers|Secretary-General"
    r"|Law Ministers|law ministers)"
)
_CAPITAL_BEHIND = re.compile(r"[\s-]+[A-Z]")
_UNITED_NATIONS = "United Nations"


@dataclass(frozen=True, slots=True)
class DocumentNames:
    """What a document as a whole says about names.

    `named` holds the organisations that it names beyond doubt, `defined` the acronyms that it defines itself: the
    organisation's name, or "" for an acronym of something else. `body` is the organisation that issued it, or "".
    """

    named: frozenset[str] = frozenset()
    defined: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


def certain(candidates: Iterable[Candidate]) -> frozenset[str]:
    """The organisations that stand in `candidates` by a full name or an acronym of their own."""
    return frozenset(
        form.name for candidate in candidates for form in candidate.forms if form.role in {Role.NAME, Role.ACRONYM}
    )


def resolve(candidates: Iterable[Candidate], text: str, names: DocumentNames) -> list[Mention]:
    """The candidates of one text that name an organisation in this document, overlaps included."""
    return [mention for candidate in candidates if (mention := _resolve_one(candidate, text, names))]


def _resolve_one(candidate: Candidate, text: str, names: DocumentNames) -> Mention | None:
    span = (candidate.start, candidate.end)
    key = acronym_key(text[slice(*span)])
    if key in names.defined and any(form.role in {Role.ACRONYM, Role.AMBIGUOUS} for form in candidate.forms):
        name = names.defined[key]
        return Mention(*span, name, Found.ACRONYM) if name else None
    by_role = {role: [form for form in candidate.forms if form.role is role] for role in Role}
    if by_role[Role.NAME] and _foreign(by_role[Role.NAME][0], span, text):
        return None
    for role in (Role.NAME, Role.ACRONYM):
        if by_role[role]:
            return Mention(*span, by_role[role][0].name, Found.GAZETTEER)
    return _ambiguous(by_role[Role.AMBIGUOUS], span, text, names) or _short(by_role[Role.SHORT], span, text, names)


def _foreign(form: Form, span: tuple[int, int], text: str) -> bool:
    """Whether a United Nations organ's own name is part of a longer one: "Nepal Human Rights Council"."""
    if form.text.startswith(_UNITED_NATIONS) or _UNITED_NATIONS not in load().parents(form.name):
        return False
    before = _WORD_BEFORE.search(text, 0, span[0])
    return before is not None and _is_foreign_word(before)


def _is_foreign_word(before: re.Match[str]) -> bool:
    word = before["word"]
    bare = plain(word)
    free = bare in LEAD_IN or bare in TITLES or bare in {"un", "member"} or bare.endswith("ing")
    return word[:1].isupper() and not before["possessive"] and not word.endswith(".") and not free


def _ambiguous(forms: Sequence[Form], span: tuple[int, int], text: str, names: DocumentNames) -> Mention | None:
    for form in forms:
        if form.name in names.named:
            return Mention(*span, form.name, Found.GAZETTEER, _NAMED)
    lowered = text.casefold()
    for form in forms:
        record = load().get(form.name)
        if record and any(cue.casefold() in lowered for cue in record.cues) and not _shouted(text):
            return Mention(*span, form.name, Found.GAZETTEER, _CUED)
    return None


def _shouted(text: str) -> bool:
    """Whether a text is written in capitals, where an acronym looks like any word."""
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) > len(letters) / 2


def _short(forms: Sequence[Form], span: tuple[int, int], text: str, names: DocumentNames) -> Mention | None:
    if not forms or not _stands_alone(text, *span):
        return None
    fitting = [form for form in forms if _at_home(form.name, names)]
    owned = [form for form in fitting if names.body and names.body in load().parents(form.name)]
    for form in (*owned, *fitting):
        return Mention(*span, form.name, Found.GAZETTEER, _SHORT_NAME)
    return None


def _at_home(name: str, names: DocumentNames) -> bool:
    """Whether a short name may mean `name` here: the United Nations' organs anywhere, others beside their parent."""
    parents = load().parents(name)
    return (
        not parents
        or _UNITED_NATIONS in parents
        or any(above in names.named or above == names.body for above in parents)
    )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no word around the name makes it another body's: "National Security Council", "General Assembly of X"."""
    before = _WORD_BEFORE.search(text, 0, start)
    if before and before["possessive"] and before["word"][:1].isupper() and before["word"] not in {"UN", "Nations"}:
        return False
    if before and _is_foreign_word(before):
        return False
    owner = _OWNER_BEHIND.match(text, end)
    if owner and owner["owner"] not in {"United", "UN"}:
        return False
    if " " in text[start:end]:
        return True
    determined = before is not None and before["word"].casefold() in {"the", "la"}
    return bool(_ADJECTIVAL.match(text, end)) or (determined and not _CAPITAL_BEHIND.match(text, end))
