"""The catalogue: what it takes, and that each fault is told with its file and key."""

import pytest

from corpus.catalogue import Catalogue, document_from, fingerprint, is_date, load
from corpus.errors import CatalogueError
from corpus.model import DocumentKind


def catalogue(folder, text):
    (folder / "catalogue.toml").write_text(text, encoding="utf-8")
    return load(folder)


def document(facts, **options):
    return document_from(facts, **{"source": "talks/my_talk.txt", "sha256": "0", **options})


def test_a_folder_without_catalogue_has_no_entries(tmp_path):
    assert load(tmp_path) == Catalogue()
    assert load(tmp_path).entry("a.txt") is None


def test_entries_by_file_name_and_by_path(tmp_path):
    found = catalogue(tmp_path, '["a.txt"]\ntitle = "A"\n["sub/a.txt"]\ntitle = "B"\n[\'sub\\c.txt\']\ntitle = "C"\n')
    assert found.entry("a.txt") == {"title": "A"}
    assert found.entry("sub/a.txt") == {"title": "B"}
    # a bare name fits in any folder, a path fits only its own
    assert found.entry("other/a.txt") == {"title": "A"}
    assert found.entry("other/c.txt") is None
    assert found.entry("sub/c.txt") == {"title": "C"}


def test_a_name_without_quotation_marks_is_understood(tmp_path):
    assert catalogue(tmp_path, '[talk.txt]\ntitle = "A"\n').entry("talk.txt") == {"title": "A"}


def test_a_byte_order_mark_is_no_fault(tmp_path):
    (tmp_path / "catalogue.toml").write_bytes(b'\xef\xbb\xbf["a.txt"]\ntitle = "A"\n')
    assert load(tmp_path).entry("a.txt") == {"title": "A"}


# (text of the file, what the message must say)
UNREADABLE = [
    ('["a.txt"]\ntitle = \n', r"catalogue\.toml: .*line 2"),
    ('title = "A"\n', r"catalogue\.toml: 'title' stands outside a table"),
    ('["a.txt"]\nid = "x"\n["b.txt"]\nid = "x"\n', r"id 'x' is given to both 'a\.txt' and 'b\.txt'"),
]


@pytest.mark.parametrize(("text", "message"), UNREADABLE)
def test_an_unreadable_catalogue_is_refused_with_the_place(tmp_path, text, message):
    with pytest.raises(CatalogueError, match=message):
        catalogue(tmp_path, text)


def test_a_catalogue_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "catalogue.toml").write_bytes('["a.txt"]\ntitle = "Ä"\n'.encode("latin-1"))
    with pytest.raises(CatalogueError, match="not UTF-8"):
        load(tmp_path)


def test_known_facts_go_to_their_fields_and_others_to_the_details(tmp_path):
    text = """
["my_talk.txt"]
id = "my-talk"
title = "  A   Talk "
kind = "speech"
authors = ["Ada  Verso", "B Recto"]
date = 2018-10-18
body = "Office"
symbol = "A/1/2"
doi = "https://doi.org/10.1000/182"
url = "https://example.org/x"
volume = 10
keywords = ["law", "data"]
online = true
"""
    made = document(catalogue(tmp_path, text).entry("my_talk.txt"))
    assert (made.id, made.title, made.kind, made.authors) == (
        "my-talk",
        "A Talk",
        DocumentKind.SPEECH,
        ("Ada Verso", "B Recto"),
    )
    assert (made.date, made.body, made.symbol, made.doi, made.url) == (
        "2018-10-18",
        "Office",
        "A/1/2",
        "10.1000/182",
        "https://example.org/x",
    )
    assert made.details == {"volume": "10", "keywords": "law; data", "online": "true"}
    assert (made.source, made.sha256, made.language) == ("talks/my_talk.txt", "0", "en")


# (one fact, what the message must say besides the file and the key)
FAULTS = [
    ({"id": "My Talk"}, "lower-case.*'my-talk'"),
    ({"id": "-talk"}, "lower-case"),
    ({"kind": "sermon"}, "one of lecture, speech"),
    ({"date": "18.10.2018"}, "'2018-10-18'"),
    ({"date": "2018-13"}, "a date"),
    ({"date": "2018-02-30"}, "a date"),
    ({"authors": "Ada Verso"}, "a list of names"),
    ({"authors": [1]}, "a list of names"),
    ({"authors": [" "]}, "a list of names"),
    ({"title": ["a"]}, "a text"),
    ({"title": " "}, "a text"),
    ({"url": "javascript:alert(1)"}, "http://"),
    ({"doi": "doi 182"}, "a DOI"),
    ({"event": {"name": "x"}}, "a text"),
]


@pytest.mark.parametrize(("facts", "message"), FAULTS)
def test_a_fault_names_the_file_and_the_key(facts, message):
    (key,) = facts
    with pytest.raises(CatalogueError, match=rf"catalogue\.toml, talks/my_talk\.txt: {key} must be .*{message}.*not "):
        document(facts)


def test_without_facts_the_file_name_serves():
    made = document(None)
    assert (made.id, made.title, made.kind) == ("my-talk", "my talk", DocumentKind.OTHER)


def test_a_name_without_letters_still_gives_an_id():
    assert document({}, source="条約.txt").id == "document"


def test_the_catalogue_goes_before_what_the_file_states_of_itself():
    own = {"title": "Own", "date": "2001-02", "authors": "A One; B Two", "publisher": "Press", "language": "fr"}
    made = document({"title": "Given", "publisher": "House"}, fallback=own)
    assert (made.title, made.date, made.authors, made.language) == ("Given", "2001-02", ("A One", "B Two"), "fr")
    assert made.details == {"publisher": "House"}


def test_malformed_facts_of_the_file_itself_are_dropped():
    own = {"date": "D:2001", "kind": "sermon", "url": "ftp://x", "doi": "x", "title": "  ", "id": "evil/../id"}
    made = document({}, fallback=own)
    assert (made.id, made.title, made.kind, made.date, made.url, made.doi) == (
        "my-talk",
        "my talk",
        DocumentKind.OTHER,
        "",
        "",
        "",
    )


def test_a_fingerprint_changes_with_the_facts_and_not_with_their_order():
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})
    assert fingerprint(None) == fingerprint({}) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2009", True),
        ("2009-08", True),
        ("2008-02-29", True),
        ("2009-02-29", False),
        ("2009-8", False),
        ("09", False),
        ("", False),
    ],
)
def test_iso_prefixes(text, expected):
    assert is_date(text) is expected


def test_every_fact_tells_where_it_was_found():
    found = document(
        {"id": "talk", "title": "A", "authors": []},
        fallback={"title": "B", "date": "2001", "kind": "poem", "journal": "J", "authors": "Ada Verso"},
        found={"title": "title", "date": "masthead line 3", "kind": "running text", "journal": "citation note"},
    )
    # the catalogue overrules, an unusable fact is gone, an empty one and the id are not the catalogue's facts
    assert found.provenance == {"date": "masthead line 3", "journal": "citation note", "title": "catalogue"}
    assert (found.title, found.date, found.authors) == ("A", "2001", ("Ada Verso",))


def test_a_title_from_the_file_s_name_says_so():
    assert document(None).provenance == {"title": "file name"}
