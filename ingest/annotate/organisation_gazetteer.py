"""Names of the gazetteer in texts: every place where one stands, and whether its capitals let it be a name there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from corpus.authority.names import acronym_key
from corpus.authority.organisations import load
from ingest.annotate.nlp import names_tokenizer, without_runs
from ingest.annotate.organisation_forms import Form, Role, forms

#: From this length on an acronym is read as a word and may be written like one: Unesco, Interpol, Nato.
_PRONOUNCEABLE = 4
#: Names need that many capital words (all of them if they have fewer): "Common Market for eastern and Southern Africa".
_CAPITALS = 2
#: In lower case these describe a body rather than name it: "the United Nations mission in East Timor".
_DESCRIBING = frozenset({"mission", "operation", "force", "office"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place `[start, end)` where a written form of one or more organisations stands."""

    start: int
    end: int
    forms: tuple[Form, ...]


class Gazetteer:
    """Finds the written forms of organisations in tokenised texts."""

    def __init__(self, written: Iterable[Form]) -> None:
        tokenizer = names_tokenizer()
        self._matcher = PhraseMatcher(tokenizer.vocab, attr="NORM")
        self._forms: dict[str, list[Form]] = defaultdict(list)
        patterns: dict[str, Doc] = {}
        for form in written:
            doc = tokenizer(form.text)
            key = " ".join(token.norm_ for token in doc)
            self._forms[key].append(form)
            patterns.setdefault(key, doc)
        for key, doc in patterns.items():
            self._matcher.add(key, [doc])

    def find(self, doc: Doc) -> list[Candidate]:
        """Every place where a name or acronym stands with the capitals that it needs, overlaps included."""
        found = []
        for key, start, end in self._matcher(doc):
            span = doc[start:end]
            fitting = tuple(form for form in self._forms[doc.vocab.strings[key]] if _fits(form, span))
            if fitting:
                found.append(Candidate(span.start_char, span.end_char, fitting))
        return found


def _fits(form: Form, span: Span) -> bool:
    if form.role in {Role.NAME, Role.SHORT} and not acronym_key(form.text).isupper():
        return _capitalised(span)
    written, proper = acronym_key(span.text), acronym_key(form.text)
    like_word = len(proper) >= _PRONOUNCEABLE and form.role is not Role.AMBIGUOUS and written == proper.capitalize()
    return written in {proper, proper.upper()} or like_word


def _capitalised(span: Span) -> bool:
    words = [token.text for token in span if token.text[0].isalpha() and len(token.text) > 1]
    capitals = sum(word[0].isupper() for word in words)
    long_words = sum(len(word) > 3 for word in words)  # noqa: PLR2004  of, the, and, for, on need no capitals
    described = not _DESCRIBING.isdisjoint(words)
    return span.text[0].isupper() and capitals >= min(_CAPITALS, long_words) and not described


@cache
def gazetteer() -> Gazetteer:
    """The finder of the package's gazetteer, built once a process."""
    return Gazetteer(forms(load()))


def tokenised(texts: Iterable[str]) -> Iterator[Doc]:
    """The texts cut into words, in order."""
    return map(names_tokenizer(), map(without_runs, texts))
