"""Names that their head noun alone does not prove, put before the statistical model.

"Truth and Reconciliation Commission" or "Trilateral Contact Group" may be a particular body or any such body; the words
do not tell. Here the model decides, and only here: alone it takes treaties, persons and headings for organisations.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from corpus.authority.names import plain
from corpus.model import Annotation, Found, Passage, PassageKind
from ingest.annotate.acronyms import CAPITAL_WORD
from ingest.annotate.nlp import model_pipeline
from ingest.annotate.organisation_mentions import Mention, longest, masked_spans
from ingest.annotate.organisation_patterns import canonical, trimmed
from ingest.annotate.organisation_words import (
    BARE_OWNERS,
    LEAD_IN,
    NOT_NAMES,
    OTHER_HEADS,
    PROCEDURAL,
    RIGHT_HEADS,
    WEAK_HEADS,
)

#: Head noun and model agree, but no list confirms the name.
_CONFIDENCE = 0.6
#: So many words, small ones apart, before a doubtful name tells enough to be one.
_WORDS = 3
#: Capitals are names in running text only.
_RUNNING = frozenset({PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.QUOTE})
#: Must match `Truth and Reconciliation Commission`, `Economic Community of the Great Lakes Countries`.
_DOUBTFUL = re.compile(
    rf"(?:{CAPITAL_WORD}\s+(?:(?:and|&)\s+)?){{2,6}}(?:{RIGHT_HEADS}|{WEAK_HEADS})\b"
    rf"|(?:{CAPITAL_WORD}\s+){{0,4}}(?:{WEAK_HEADS})\s(?:of|for)\s(?:the\s)?{CAPITAL_WORD}(?:\s{CAPITAL_WORD}){{0,6}}"
)
#: Owners that may also head a name of their own.
_HEADS_THEMSELVES = frozenset({"commission", "committee", "council", "union", "community", "league", "agency", "court"})

#: Whether the model may be asked; see `without_model`.
_ASKED: ContextVar[bool] = ContextVar("model_asked", default=True)


@contextmanager
def without_model() -> Iterator[None]:
    """Inside it `propose` adds nothing, and the model is not even loaded."""
    before = _ASKED.set(False)
    try:
        yield
    finally:
        _ASKED.reset(before)


def propose(
    passages: Sequence[Passage], rows: Sequence[Sequence[Mention]], instruments: Sequence[Sequence[Annotation]]
) -> list[list[Mention]]:
    """The mentions of each passage, `rows`, with the doubtful names added that the model takes for organisations."""
    if not _ASKED.get():
        return [list(found) for found in rows]
    doubtful: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, passage in enumerate(passages):
        if passage.kind in _RUNNING:
            taken = [(mention.start, mention.end) for mention in rows[row]]
            taken += [(ann.start, ann.end) for ann in instruments[row]] + masked_spans(passage.text)
            for span in _doubtful(passage.text):
                if not any(span[0] < end and start < span[1] for start, end in taken):
                    doubtful[row].append(span)
    result = [list(found) for found in rows]
    for row, spans in _confirmed(passages, doubtful):
        text = passages[row].text
        added = [Mention(*span, canonical(text[slice(*span)]), Found.MODEL, _CONFIDENCE) for span in spans]
        result[row] = longest([*rows[row], *added])
    return result


def _doubtful(text: str) -> Iterator[tuple[int, int]]:
    for match in _DOUBTFUL.finditer(text):
        start, end = trimmed(text, *match.span())
        words = [plain(word).strip(".,") for word in text[start:end].split()]
        telling = [word for word in words if word not in LEAD_IN]
        if len(telling) >= _WORDS and not text[start:end].isupper() and not _is_other(words, telling):
            yield start, end


def _is_other(words: Sequence[str], telling: Sequence[str]) -> bool:
    """Whether the words of a doubtful name speak for an event, a text or a co-reference."""
    return (
        not OTHER_HEADS.isdisjoint(words)
        or NOT_NAMES.fullmatch(" ".join(words)) is not None
        or PROCEDURAL.issuperset(telling)
        or telling[-1] in BARE_OWNERS - _HEADS_THEMSELVES
    )


def _confirmed(
    passages: Sequence[Passage], doubtful: dict[int, list[tuple[int, int]]]
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """The spans that are exactly an ORG of the model's, with or without their article, by passage."""
    rows = sorted(doubtful)
    if not rows:
        return
    for row, doc in zip(rows, model_pipeline().pipe((passages[row].text for row in rows), batch_size=1), strict=True):
        entities = {(entity.start_char, entity.end_char) for entity in doc.ents if entity.label_ == "ORG"}
        article = len("the ")
        spans = [span for span in doubtful[row] if {span, (span[0] - article, span[1])} & entities]
        if spans:
            yield row, spans
