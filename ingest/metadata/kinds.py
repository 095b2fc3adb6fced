"""Which genre a document is: what its front says outright, then what its structure shows."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.model import DocumentKind, PassageKind
from ingest.metadata.front import RUNNING, Fact, Front
from ingest.metadata.masthead import is_official
from ingest.metadata.words import is_institution

#: Articles that make a text a treaty or law, numbered paragraphs that make it a report.
MANY_ARTICLES, MANY_PARAGRAPHS = 4, 5
#: Body passages within which a speaker greets the audience, and characters of each that are looked at.
_GREETING_WITHIN, _GREETING_LENGTH = 8, 400
#: Words of an opening that can be judged, and the share of "I", "we" and their forms from which it is spoken: speeches
#: before the General Assembly have 0.02 to 0.06, articles and reports below 0.01.
_LEAST_WORDS, _FIRST_PERSON = 150, 0.018

_Test = Callable[[Front], str]


def kind_of(front: Front) -> tuple[str, Fact] | None:
    """The fact `kind` with the place that shows it, None if nothing does."""
    for test, kind in _TESTS:
        if where := test(front):
            return "kind", Fact(kind.value, where)
    return None


def _says(pattern: str, *, titles_only: bool = False) -> _Test:
    form = re.compile(pattern, re.IGNORECASE)

    def test(front: Front) -> str:
        lines = [line for line in front.lines if not titles_only or (line.is_title and not is_institution(line.text))]
        return next((line.where for line in lines if form.search(line.text)), "")

    return test


def _count(front: Front, unit: str) -> int:
    form = re.compile(rf"{unit} [^()\s]+")
    labels = (passage.label for passage in front.passages if passage.label and "comment" not in passage.label)
    return len({match[0] for label in labels if (match := form.match(label))})


def _many(unit: str, least: int) -> _Test:
    return lambda front: RUNNING if _count(front, unit) >= least else ""


def _both(first: _Test, second: _Test) -> _Test:
    return lambda front: first(front) and second(front)


#: Forms of address and courtesies of speakers; "distinguished" alone may be a verb, "the President" a topic.
_GREETING = re.compile(
    r"\bexcellenc(?:y|ies)\b|ladies and gentlemen|\bdear (?:colleagues|friends|students|guests)|"
    r"\bdistinguished (?:delegates|guests|panell?ists|colleagues|participants|members|representatives|friends)|"
    r"\b(?:mr\.?|madam|madame)\s+(?:vice-)?(?:president|chair\w*|speaker|secretary-general)\s*[,:!]|"
    r"\bcongratulat\w+.{0,120}\b(?:president|presidency|election|chair)|"
    r"\b(?:honou?r|privilege|pleasure) (?:for me )?to (?:address|speak|be here|deliver)|"
    r"\b(?:on behalf of|allow me|let me|i wish|i would like|i should like)\b.{0,80}"
    r"\b(?:congratulat|thank|greet|assembly|convey|express)",
    re.IGNORECASE | re.DOTALL,
)


def _greets(front: Front) -> str:
    texts = [text[:_GREETING_LENGTH] for text in front.opening[:_GREETING_WITHIN]]
    return RUNNING if any(map(_GREETING.search, texts)) else ""


def _first_person(front: Front) -> str:
    """Speakers say "I" and "we" in every other sentence, writers rarely."""
    words = re.findall(r"[a-z]+", " ".join(front.opening).casefold())
    own = sum(word in {"i", "we", "my", "our", "us", "me"} for word in words)
    return RUNNING if len(words) >= _LEAST_WORDS and own >= _FIRST_PERSON * len(words) else ""


def _academic(front: Front) -> str:
    """Abstract, keywords, a citation note, a journal's header: what only articles have."""
    for line in (*front.lines, *front.notes):
        if re.match(
            r"(?i)abstract\b|key ?words\b|how to cite\b|to cite this\b|doi\b|(?:article )?received\b", line.text
        ):
            return line.where
    heads = [p.text for p in front.passages[:12] if p.kind == PassageKind.HEADING]
    return RUNNING if any(re.fullmatch(r"(?i)\W*abstract\W*", head) for head in heads) else ""


def _annotated(front: Front) -> str:
    kinds = [passage.kind for passage in front.passages]
    footnotes = kinds.count(PassageKind.FOOTNOTE)
    return RUNNING if PassageKind.REFERENCE in kinds or footnotes >= MANY_PARAGRAPHS else ""


def _official(front: Front) -> str:
    return front.lines[0].where if is_official(front) else ""


_RESOLUTION = _says(
    r"\b[A-Z]{1,8}(?:/HRC)?/RES/|\bresolution adopted by\b|^\W*(?:resolution|decision) \d|"
    r"^\d{1,4} \(\d{4}\)|^\d+/\d+[A-Z]?\. |^\d+ \([IVXL]+\)\. "
)
_TREATY = _says(
    r"\b(?:convention|treaty|protocol|covenant|agreement|pact|charter|model law|statute|accord)\b(?!.*\breport\b)",
    titles_only=True,
)
_LAW = _says(
    r"\b(?:directive|regulation|act|code|bill|ordinance|decree|law no|law of|constitution|(?:framework )?decision)\b",
    titles_only=True,
)
_REPORT = _says(
    r"^\W*(?:\w+ ){0,3}(?:report|note|letter|memorandum|working paper|verbatim record|"
    r"summary record|official record|minutes|proceedings)s?\b"
)
_JUDGMENT = _says(r"^\W*(?:judge?ment|advisory opinion|opinion of|order)\b|^case (?:of|concerning)\b|\w\.? v\. \w")
_SPEECH = _says(
    r"\b(?:speech|remarks|keynote|allocution)\b|\b(?:statement|address|intervention|message) (?:by|of|to|delivered)\b"
)

#: In this order; a document that says two things is what the first one says.
_TESTS: tuple[tuple[_Test, DocumentKind], ...] = (
    (_RESOLUTION, DocumentKind.RESOLUTION),
    (_both(_many("art", MANY_ARTICLES), _TREATY), DocumentKind.TREATY),
    (_both(_many("art", MANY_ARTICLES), _LAW), DocumentKind.LEGISLATION),
    (_REPORT, DocumentKind.REPORT),
    (_JUDGMENT, DocumentKind.OTHER),
    (_says(r"\blecture\b"), DocumentKind.LECTURE),
    (_SPEECH, DocumentKind.SPEECH),
    (_academic, DocumentKind.ARTICLE),
    (_TREATY, DocumentKind.TREATY),
    (_LAW, DocumentKind.LEGISLATION),
    (_says(r"\breport\b"), DocumentKind.REPORT),
    (_many("art", MANY_ARTICLES), DocumentKind.TREATY),
    (_many("s", MANY_ARTICLES), DocumentKind.LEGISLATION),
    (_greets, DocumentKind.SPEECH),
    (_official, DocumentKind.REPORT),
    (_first_person, DocumentKind.SPEECH),
    (_annotated, DocumentKind.ARTICLE),
    (_many("para", MANY_PARAGRAPHS), DocumentKind.REPORT),
)
