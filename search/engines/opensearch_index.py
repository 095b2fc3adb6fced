"""How passages are kept in a cluster: the mapping, and each passage and each document as an entry of the index.

Words are cut and stemmed by us, as for every engine; the cluster only splits at the spaces that we put between them.
Stems that stand at one place (a compound and its parts) are joined by a sign that the analyser cuts at without moving
on.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from corpus.model import Document, Passage
from search import contents
from search.columns import NOTES, Row, provision_label
from search.engines.cluster import Cluster
from search.engines.opensearch_numbers import number_of
from search.pinpoints import known_words, title_keys
from search.postings import WORD_FIELDS
from search.query import FACETS, YEAR_FACETS, Field
from search.scoring import K1, B

#: Stands between stems at one place: a private sign, for the cluster splits at all that is a space to anybody.
TOGETHER = "\ue000"
#: Stands between the parts of a facet value as it is counted.
PART = "\x1f"
#: Letters of a word that are indexed; Lucene takes no term of more than 32,766 bytes.
_LONGEST_WORD = 8_000
#: Letters of a label that decide its place by alphabet, and of the whole.
_SORTED, _LABEL = 500, 5_000


def body(cluster: Cluster) -> dict[str, Any]:
    """Settings and mapping of an index."""
    return {
        "settings": {
            "number_of_shards": cluster.shards,
            "number_of_replicas": cluster.replicas,
            "refresh_interval": -1,  # a commit refreshes
            "analysis": _ANALYSIS,
            "similarity": {field.value: {"type": "BM25", "k1": K1, "b": B[field]} for field in WORD_FIELDS},
        },
        "mappings": {"dynamic": "strict", "properties": _properties()},
    }


_ANALYSIS = {
    "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": 1_000_000}},
    "filter": {
        "apart": {"type": "pattern_capture", "preserve_original": False, "patterns": [f"([^{TOGETHER}]+)"]},
        "cut": {"type": "truncate", "length": _LONGEST_WORD},
    },
    "analyzer": {
        "words": {"type": "custom", "tokenizer": "spaces", "filter": ["cut"]},
        "stems": {"type": "custom", "tokenizer": "spaces", "filter": ["apart", "cut"]},
    },
}


def _properties() -> dict[str, Any]:
    found = {"type": "keyword", "doc_values": False}
    counted = {"type": "keyword", "index": False, "eager_global_ordinals": True}
    properties: dict[str, Any] = {
        "entry": found,
        "generation": {"type": "long"},
        "passage": {"type": "keyword"},
        "document": {"type": "keyword"},
        "number": {"type": "ip", "index": False},
        "sequence": {"type": "integer", "index": False},
        "date": {"type": "keyword", "index": False},
        "is_note": {"type": "boolean"},
        "tags": found,
        "revision": {"type": "keyword", "index": False},
        "names": found,
        "known": found,
        "body": {"type": "object", "enabled": False},
    }
    for facet in FACETS:
        properties[shown_name(facet)] = counted
    for facet in YEAR_FACETS:
        properties[facet] = {"type": "integer"}
    for field in WORD_FIELDS:
        gap = {"position_increment_gap": contents.GAP}
        properties[exact_name(field)] = {"type": "text", "analyzer": "words", "norms": False, **gap}
        properties[stem_name(field)] = {"type": "text", "analyzer": "stems", "similarity": field.value, **gap}
        properties[length_name(field)] = {"type": "integer", "index": False}
    return properties


def exact_name(field: Field) -> str:
    """The field that holds a field's folded words."""
    return f"{field.value}_exact"


def stem_name(field: Field) -> str:
    """The field that holds a field's stems, each at the place of its word."""
    return f"{field.value}_stem"


def length_name(field: Field) -> str:
    """The field that holds the number of a field's words."""
    return f"{field.value}_length"


def shown_name(facet: str) -> str:
    """The field that holds the values of a facet as they are counted and listed."""
    return f"shown_{facet}"


def tag(facet: str, value: str) -> str:
    """The term of a facet value as a filter names it."""
    return f"{facet}={value}"


def folded_tag(facet: str, value: str) -> str:
    """The term of a facet value whatever its case."""
    return f"{facet}~{value.casefold()}"


def shown(facet: str, value: str, title: str) -> str:
    """A value so that the alphabet of these is that of the labels; `title` is the label of a document."""
    label = label_of(facet, value, title.replace(PART, " "))
    return PART.join((label.casefold()[:_SORTED], value, label[:_LABEL] if label != value else ""))


def label_of(facet: str, value: str, title: str = "") -> str:
    """What people read for a value."""
    if facet == "document":
        return title or value
    if facet == "provision":
        return provision_label(value)
    return value.replace("_", " ").capitalize() if facet in {"kind", "passage_kind"} else value


def value_and_label(key: str) -> tuple[str, str]:
    """The value and the label of what `shown` made."""
    _, value, label = key.split(PART)
    return value, label or value


def key(name: str, generation: int) -> str:
    """The id of an entry; names may be longer than the 512 bytes that a cluster takes."""
    return f"{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:40]}-{generation}"


def document_entry(document: Document, revision: str, generation: int) -> dict[str, Any]:
    """What is kept of a document itself."""
    described = contents.described(document)
    return {
        "entry": "document",
        "generation": generation,
        "document": document.id,
        "revision": revision,
        "names": sorted(title_keys(document.title)),
        "known": sorted(known_words(document.id, described)),
        "body": {"title": document.title, "described": described},
    }


def passage_entry(document: Document, passage: Passage, generation: int, place: int) -> dict[str, Any]:
    """A passage with all that it is found by and counted under; `place` numbers its document."""
    texts = contents.fields(document, passage)
    row, stored = contents.row(document, passage, 0, texts), contents.stored(passage)
    entry: dict[str, Any] = {
        "entry": "passage",
        "generation": generation,
        "passage": passage.id,
        "document": document.id,
        "number": number_of(place),
        "sequence": passage.sequence,
        "date": document.date,
        "is_note": passage.kind.value in NOTES,
        "tags": [make(facet, value) for facet in FACETS for value in row.values[facet] for make in (tag, folded_tag)],
        "body": {
            "text": stored.text,
            "tags": stored.tags,
            "values": {name: held for name, held in row.values.items() if held},
        },
    }
    for facet in FACETS:
        entry[shown_name(facet)] = [shown(facet, value, document.title) for value in row.values[facet]]
    for facet in YEAR_FACETS:
        entry[facet] = [int(year) for year in row.values[facet]]
    for field, text in texts.items():
        entry |= _words(field, contents.analysed(text))
    return entry


def _words(field: Field, analysed: contents.Analysed) -> dict[str, Any]:
    at: dict[int, list[str]] = defaultdict(list)
    for stem, place in zip(analysed.stems, analysed.places, strict=True):
        at[place].append(stem)
    parts = enumerate(analysed.words)
    stems = [[TOGETHER.join(at[part * contents.GAP + place]) for place in range(len(words))] for part, words in parts]
    return {
        exact_name(field): [" ".join(words) for words in analysed.words],
        stem_name(field): [" ".join(each) for each in stems],
        length_name(field): sum(map(len, analysed.words)),
    }


def row_of(entry: Mapping[str, Any], place: int) -> Row:
    """The columns' row of a passage's entry."""
    held = entry["body"]["values"]
    values = {facet: held.get(facet, {}) for facet in FACETS}
    lengths = {field.value: entry[length_name(field)] for field in WORD_FIELDS}
    return Row(place, entry["passage"], entry["document"], entry["sequence"], values, lengths)
