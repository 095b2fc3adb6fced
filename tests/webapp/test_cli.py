"""The command line as people use it: a small library is ingested once, then asked in every way."""

import csv
import hashlib
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus import annotations as shipped_annotations
from corpus.export import FORMATS, KEYS
from corpus.model import Document
from corpus.report import ExtractionReport, Finding, Severity
from corpus.sets import PassageSet
from corpus.sets_store import Access
from corpus.store import SourceState, Store
from webapp.cli import COMMANDS, main
from webapp.commands import search

ROOT = Path(__file__).parents[2]

LECTURE = """# Duties of Care at Sea

## First Part

The Council of Europe and INTERPOL agreed in 2001 that a rescue does not end at the border of a harbour.

Nobody asks a drowning person for a passport; General Assembly resolution 55/63 was about other waters.

## Second Part

A harbour that closes its gates in a storm has to tell the masters of all ships why it did so in 2015.
"""
REPORT = """# Report on Lighthouses

1. The keepers of lighthouses met in 1999 and kept a record of every lamp along the coast.

2. The Council of Europe was told of the lamps that had gone dark, and took note of it.

3. Rescue from a tower differs from rescue at sea, as the keepers of Jordan know best.
"""
CATALOGUE = """
["lecture.md"]
id = "care-at-sea"
title = "Duties of Care at Sea"
kind = "lecture"
authors = ["Ada Verso"]
date = "2020-03-01"

["report.md"]
id = "lighthouses"
title = "Report on Lighthouses"
kind = "report"
body = "Union of Keepers"
date = "2019"
"""


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in ("LIBRARY", "ENGINE", "HOST", "PORT", "STYLE", "BASE_URL"):
        monkeypatch.delenv(f"PINCITE_{name}", raising=False)


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    for name, text in {"lecture.md": LECTURE, "report.md": REPORT, "catalogue.toml": CATALOGUE}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def library(sources, tmp_path_factory):
    folder = tmp_path_factory.mktemp("library")
    result = run("ingest", sources, "--library", folder, "--jobs", "1")
    assert result.exit_code == 0, result.output
    return folder


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def output_of(*arguments):
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments, code):
    """The one line on standard error of a command that fails."""
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


# -- help ------------------------------------------------------------------------------------------------------------

#: Every command and option that the design promises.
PROMISED = {
    "ingest": ["--jobs", "--engine", "--no-model", "--shard", "--collection"],
    "search": [
        "--organisation",
        "--instrument",
        "--year",
        "--kind",
        "--document",
        "--country",
        "--within",
        "--provision",
        "--document-year",
        "--cited-year",
        "--not-organisation",
        "--not-cited-year",
        "--exactly",
        "--explain",
        "--sort",
        "--limit",
        "--format",
    ],
    "export": [
        "--organisation",
        "--instrument",
        "--year",
        "--kind",
        "--document",
        "--country",
        "--set",
        "--all",
        "--limit",
        "--format",
        "--output",
        "--bom",
    ],
    "show": ["--style"],
    "reindex": ["--engine"],
    "info": [],
    "annotations import": ["--dry-run"],
    "sets list": [],
    "sets show": [],
    "sets export": ["--output"],
    "sets import": [],
    "sets link": ["--read", "--revoke"],
    "doctor": [],
    "serve": ["--host", "--port", "--workers"],
    "demo": [],
}


@pytest.mark.parametrize("command", PROMISED)
def test_help_of_a_command_names_its_options(command):
    text = output_of(*command.split(), "--help")
    for option in ("--library", "--help", *PROMISED[command]):
        assert re.search(rf"(?<!\S){option}\b", text), option


def test_help_lists_every_command():
    text = output_of("--help")
    for command in {promised.split()[0] for promised in PROMISED}:
        assert re.search(rf"^  {command} +\S", text, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_described_alike_in_both_helps(command):
    assert COMMANDS[command] in output_of(command, "--help")


def test_export_offers_every_format():
    text = "".join(output_of("export", "--help").split())
    assert "|".join(FORMATS) in text


def test_readme_and_commands_agree():
    readme = ROOT / "README.md"
    named = set(re.findall(r"\bpincite ([a-z]+)\b", readme.read_text(encoding="utf-8")))
    assert set(COMMANDS) <= named
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", readme.read_text(encoding="utf-8"), re.DOTALL))
    assert set(re.findall(r"\bpincite ([a-z]+)\b", code)) <= set(COMMANDS)


def test_module_can_be_run():
    done = subprocess.run(
        [sys.executable, "-m", "webapp.cli", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"pincite (?:\d+\.\d+\.\d+|\(not installed\))\n", done.stdout)


# -- usage -----------------------------------------------------------------------------------------------------------

BAD_USAGE = [
    ("serch",),
    ("ingest",),
    ("ingest", "no-such-folder"),
    ("ingest", ".", "--jobs", "0"),
    ("ingest", ".", "--shard", "0/8"),
    ("ingest", ".", "--shard", "9/8"),
    ("ingest", ".", "--shard", "2"),
    ("ingest", ".", "--collection", "Law Faculty"),
    ("ingest", ".", "--collection", "c"),  # a drive
    ("search", "x", "--kind", "sermon"),
    ("search", "x", "--sort", "beauty"),
    ("search", "x", "--limit", "-1"),
    ("search", "x", "--engine", "grep"),
    ("show",),
    ("show", "a/para-1", "--style", "harvard"),
    ("export", "--format", "csv"),
    ("export", "--all", "sea", "--format", "csv"),
    ("export", "--all", "--set", "mine", "--format", "csv"),
    ("export", "--all", "--format", "xls"),
    ("export", "--all"),
    ("export", "--all", "--limit", "3", "--format", "csv"),
    ("export", "sea", "--limit", "0", "--format", "csv"),
    ("serve", "--port", "99999"),
]


@pytest.mark.parametrize("arguments", BAD_USAGE, ids=" ".join)
def test_bad_usage_exits_with_2(arguments):
    assert "Error: " in refused(*arguments, code=2)


def test_a_setting_that_is_no_number_is_bad_usage(monkeypatch):
    monkeypatch.setenv("PINCITE_PORT", "many")
    assert "PINCITE_PORT must be a whole number" in refused("info", code=2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "x"),
        ("show", "a/para-1"),
        ("export", "x", "--format", "csv"),
        ("info",),
        ("doctor",),
        ("reindex",),
        ("serve",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_missing_library_is_told_in_one_line_and_not_made(arguments, tmp_path):
    message = refused(*arguments, "--library", tmp_path / "none", code=1)
    assert re.fullmatch(r"pincite: there is no library in .*none; make one with: pincite ingest PATH\.\.\.\n", message)
    assert not (tmp_path / "none").exists()


def test_an_unexpected_error_is_one_line_unless_the_traceback_is_asked_for(monkeypatch, library):
    def broken(*_arguments, **_options):
        raise KeyError("gone")

    monkeypatch.setattr(search, "answer", broken)
    message = refused("search", "sea", "--library", library, code=1)
    assert message == "pincite: unexpected KeyError: 'gone' (pincite --traceback search ... tells more)\n"
    with pytest.raises(KeyError):
        run("--traceback", "search", "sea", "--library", library)


def test_an_interrupt_ends_quietly(monkeypatch, library):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(search, "answer", interrupted)
    assert refused("search", "sea", "--library", library, code=1).strip() == "Aborted!"


# -- ingest ----------------------------------------------------------------------------------------------------------


def test_ingest_tells_each_file_and_what_the_library_holds(sources, tmp_path):
    result = run("ingest", sources, "--library", tmp_path / "lib", "--jobs", "1")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "[1/2] lecture.md: added",
        "[2/2] report.md: added",
        "[1/2] care-at-sea",
        "[2/2] lighthouses",
    ]
    assert result.stdout.startswith("2 added, 0 changed, 0 unchanged, 0 failed\n")
    assert "passages in 2 documents." in result.stdout


def test_a_second_ingest_reads_nothing_again(sources, library):
    result = run("ingest", sources, "--library", library)
    assert result.stdout.startswith("0 added, 0 changed, 2 unchanged, 0 failed\n")
    assert result.stderr == ""


@pytest.mark.skipif(not hasattr(os, "nice"), reason="priorities are given up on POSIX alone")
def test_an_ingest_lets_readers_go_first(sources, tmp_path, priority):
    run("ingest", sources, "--library", tmp_path / "lib", "--jobs", "1")
    assert sum(priority) == 19
    run("search", "lamps", "--library", tmp_path / "lib")
    assert sum(priority) == 19


def test_ingest_names_the_files_that_failed_and_keeps_the_others(tmp_path):
    (tmp_path / "good.txt").write_text("A sentence about lamps and towers that can be read.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("ingest", tmp_path, "--library", tmp_path / "lib", "--jobs", "1")
    assert result.exit_code == 1
    assert re.search(r"^pincite: empty\.txt: \S.*$", result.stderr, re.MULTILINE)
    assert "1 added, 0 changed, 0 unchanged, 1 failed" in result.stdout
    assert json.loads(output_of("search", "lamps", "--format", "json", "--library", tmp_path / "lib"))["total"] == 1


# -- search ----------------------------------------------------------------------------------------------------------


def found(*arguments):
    answer = json.loads(output_of("search", *arguments, "--format", "json"))
    return answer, [hit["document"] for hit in answer["hits"]]


def test_search_as_json_has_the_shape_of_the_contract(library):
    answer, documents = found("rescue", "--library", library)
    assert list(answer)[:5] == ["query", "total", "hits", "facets", "suggestions"]
    assert (answer["query"], answer["total"], set(documents)) == ("rescue", 2, {"care-at-sea", "lighthouses"})
    hit = answer["hits"][0]
    assert tuple(hit) == (*KEYS, "score", "highlights")
    start, end = hit["highlights"][0]
    assert hit["text"][start:end].casefold() == "rescue"
    organisations = {value["value"]: value for value in answer["facets"]["organisation"]}
    assert set(organisations["INTERPOL"]) == {"value", "label", "count", "selected", "documents", "excluded"}


# (arguments, documents of the hits)
SEARCHES = [
    (["rescue", "--organisation", "INTERPOL"], ["care-at-sea"]),
    # an alias finds what the name finds
    (["--organisation", "CoE"], ["care-at-sea", "lighthouses"]),
    (["--instrument", "55/63"], ["care-at-sea"]),
    (["--year", "2015"], ["care-at-sea"]),
    (["--year", "1995..1999"], ["lighthouses"]),
    (["--year", "1999", "--year", "2015"], ["care-at-sea", "lighthouses"]),
    (["--kind", "report", "rescue"], ["lighthouses"]),
    (["--document", "lighthouses", "harbour"], []),
    (["--country", "Jordan"], ["lighthouses"]),
    (["--passage-kind", "footnote"], []),
    (["--document-year", "2020"], ["care-at-sea"]),
    (["--cited-year", "2000..2001"], ["care-at-sea"]),
    # a body that has none below it is only itself
    (["--within", "INTERPOL"], ["care-at-sea"]),
    # several words need no quotation marks
    (["drowning", "passport"], ["care-at-sea"]),
]


@pytest.mark.parametrize(("arguments", "expected"), SEARCHES, ids=" ".join)
def test_filters(library, arguments, expected):
    _, documents = found(*arguments, "--library", library)
    assert sorted(set(documents)) == expected


def test_limit_cuts_the_hits_and_not_the_total(library):
    answer, documents = found("--limit", "1", "--library", library)
    assert len(documents) == 1
    assert answer["total"] > 1


def test_sort_by_document(library):
    _, documents = found("rescue", "--sort", "document", "--library", library)
    assert documents == ["care-at-sea", "lighthouses"]


def test_search_as_a_table(library):
    lines = output_of("search", "rescue", "--library", library).splitlines()
    assert lines[0] == "2 passages in 2 documents"
    assert any(re.match(r"lighthouses/para-3 +.*Rescue from a tower", line) for line in lines)
    assert any(re.match(r"Organisations +Council of Europe \(1\), INTERPOL \(1\)", line) for line in lines)


def test_search_without_hits_says_so(library):
    assert output_of("search", "zebra", "--library", library).splitlines()[0] == "0 passages in 0 documents"


def test_an_excluded_value_is_left_out(library):
    _, documents = found("rescue", "--not-organisation", "INTERPOL", "--library", library)
    assert documents == ["lighthouses"]


def test_the_table_tells_where_passages_lack_a_word_and_exactly_leaves_them_out(library):
    words = ("keepers", "lighthouses", "rescue", "harbour")
    lines = output_of("search", *words, "--library", library).splitlines()
    assert lines[1] == "No passage holds all the words; these hold most of them."
    assert any(line.startswith("lighthouses/para-") for line in lines)
    assert output_of("search", *words, "--exactly", "--library", library).startswith("0 passages")


def test_the_table_names_what_leaves_nothing(library):
    lines = output_of("search", "rescue", "--country", "Chad", "--library", library).splitlines()
    assert "Without --country: 2 passages" in lines


def test_the_parts_of_a_score_can_be_printed(library):
    lines = output_of("search", "rescue", "--explain", "--limit", "1", "--library", library).splitlines()
    at = next(number for number, line in enumerate(lines) if re.match(r"[a-z-]+/\S+ ", line))
    assert re.fullmatch(r" +\d+\.\d{3}  \w.*", lines[at + 1])
    [hit] = json.loads(
        output_of("search", "rescue", "--explain", "--limit", "1", "--format", "json", "--library", library)
    )["hits"]
    assert sum(share["score"] for share in hit["explanation"]) == pytest.approx(hit["score"], abs=1e-4)


def test_a_malformed_query_is_told_in_one_line(library):
    message = refused("search", 'sea "open', "--library", library, code=1)
    assert re.fullmatch(r"pincite: .+ \(at character 5 of the query; try: sea \"open\"\)\n", message)
    message = refused("search", "--year", "soon", "--library", library, code=1)
    assert re.fullmatch(r"pincite: 'soon' is no year; [^\n]+ year:1995\.\.2005\n", message)


# -- show ------------------------------------------------------------------------------------------------------------


def test_show_prints_place_text_and_citation(library):
    lines = output_of("show", "lighthouses/para-2", "--library", library).splitlines()
    assert lines[0] == "Report on Lighthouses"
    assert any(re.match(r"\[para 2\] .*The Council of Europe was told", line) for line in lines)
    assert "Organisations: Council of Europe" in lines
    assert lines[-1] == "Union of Keepers, Report on Lighthouses (2019) para 2"


def test_show_cites_in_the_style_asked_for(library):
    assert output_of("show", "lighthouses/para-2", "--style", "chicago", "--library", library).endswith(
        "Union of Keepers, Report on Lighthouses (2019), para. 2.\n"
    )


def test_show_gives_the_permalink_where_the_library_is_public(library, monkeypatch):
    monkeypatch.setenv("PINCITE_BASE_URL", "https://pincite.example")
    text = output_of("show", "lighthouses/para-2", "--library", library)
    assert text.endswith("https://pincite.example/passages/lighthouses/para-2\n")


@pytest.mark.parametrize("passage", ["lighthouses/para-99", "lighthouses", "lighthouses/not a place"])
def test_show_refuses_what_is_not_there(library, passage):
    assert re.fullmatch(r"pincite: .+\n", refused("show", passage, "--library", library, code=1))


# -- export ----------------------------------------------------------------------------------------------------------


def records(*arguments):
    return [json.loads(line) for line in output_of("export", *arguments, "--format", "jsonl").splitlines()]


def test_export_of_everything_is_in_reading_order_documents_by_id(library):
    made = records("--all", "--library", library)
    assert [(each["document"], each["sequence"]) for each in made] == sorted(
        (each["document"], each["sequence"]) for each in made
    )
    assert {"heading", "paragraph"} <= {each["kind"] for each in made}
    assert all(tuple(each) == KEYS for each in made)
    assert made[0]["source"].endswith("lecture.md")


def test_formats_for_reading_leave_headings_out(library):
    text = output_of("export", "--all", "--format", "markdown", "--library", library)
    assert text.count("\n> ") == 6
    assert "> Second Part" not in text


def test_export_of_a_search_is_complete_and_in_reading_order(library):
    assert [each["id"] for each in records("keepers", "OR", "rescue", "--library", library)] == [
        "care-at-sea/p-1",
        "lighthouses/para-1",
        "lighthouses/para-3",
    ]


def test_export_of_filters_alone(library):
    assert [each["id"] for each in records("--country", "Jordan", "--library", library)] == ["lighthouses/para-3"]


def test_export_cites_in_the_style_asked_for(library):
    (made,) = records("--country", "Jordan", "--style", "bluebook", "--library", library)
    assert made["citation"] == "Union of Keepers, Report on Lighthouses ¶ 3 (2019)."


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_can_be_exported_to_a_file(library, tmp_path, form):
    target = tmp_path / "out"
    result = run("export", "rescue", "--format", form, "--output", target, "--library", library)
    assert result.exit_code == 0, result.output
    assert result.stderr == f"2 passages written to {target}\n"
    assert result.stdout == ""
    assert target.stat().st_size > 100
    assert list(tmp_path.iterdir()) == [target]


def test_csv_export_holds_the_records(library):
    text = output_of("export", "--country", "Jordan", "--format", "csv", "--library", library)
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert (row["label"], row["countries"]) == ("para 3", "Jordan")


def test_an_export_says_what_was_asked_for_and_what_was_cut(library):
    arguments = ("export", "rescue", "--not-country", "France", "--format", "markdown", "--library", library)
    assert "- Passages: 2, all that were found\n" in output_of(*arguments)
    text = output_of(*arguments, "--limit", "1")
    assert text.count("\n> ") == 1
    assert "- Query: rescue\n- Filters: not country = France\n- Exported: 20" in text
    assert "- Passages: the first 1 of 2 found, the rest was cut\n" in text


@pytest.mark.parametrize(("form", "number"), [("markdown", 6), ("csv", 10)])
def test_an_export_of_everything_says_so(library, form, number):
    text = output_of("export", "--all", "--format", form, "--library", library)
    assert "Selection: the whole library" in text
    assert f"Passages: {number}, all that were found" in text


def test_csv_comes_without_a_byte_order_mark_if_asked(library):
    asked = ("export", "rescue", "--format", "csv", "--library", library)
    assert output_of(*asked) == "\ufeff" + output_of(*asked, "--no-bom")


def test_a_set_is_exported_in_its_order_with_what_it_adds(library):
    store = Store.open(library)
    names = ["lighthouses/para-3", "gone/para-1", "care-at-sea/p-1"]
    held = PassageSet("Week 1").adding(names).annotated(names[0], note="Why Jordan?", heading="Rescue")
    stored = store.sets.create(held.renamed("Week 1", "Read all of it."))
    secret = store.sets.link(stored.id, Access.READ)
    for name in ("Week 1", stored.id, secret, f"https://law.example.edu/sets/{secret}"):
        made = records("--set", name, "--library", library)
        assert [each["id"] for each in made] == ["care-at-sea/p-1", "lighthouses/para-3"]
    text = output_of("export", "--set", "Week 1", "--format", "markdown", "--library", library)
    store.sets.remove(stored.id)
    store.close()
    assert text.startswith("# Week 1\n\nRead all of it.\n\n- Selection: the set “Week 1”\n")
    assert "\n- Passages: 2 of 3; 1 is no longer in the library\n" in text
    assert "\n## Rescue\n\n### Report on Lighthouses\n" in text
    assert "\n\nNote: Why Jordan?\n\n" in text


def test_an_export_of_everything_reads_the_library_once(library, monkeypatch):
    read = []
    iterate = Store.iterate
    monkeypatch.setattr(Store, "iterate", lambda store: read.append(store) or iterate(store))
    for form in ("markdown", "csv"):
        output_of("export", "--all", "--format", form, "--library", library)
    assert len(read) == 2


def test_an_unknown_set_is_refused(library):
    assert "no set named 'mine'" in refused("export", "--set", "mine", "--format", "csv", "--library", library, code=1)


def test_a_failed_export_leaves_the_old_file_and_no_rest(library, tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("old")
    refused("export", "--set", "mine", "--format", "csv", "--output", target, "--library", library, code=1)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name != "posix", reason="only there pipes have names")
def test_an_output_that_is_no_file_is_written_to_and_stays(library, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    output_of("export", "--limit", "1", "rescue", "--format", "jsonl", "--library", library, "--output", pipe)
    assert json.loads(os.read(reader, 1 << 16))["id"]
    os.close(reader)
    assert pipe.is_fifo()  # as root, /dev/null would else have been replaced by a file


def test_an_output_that_cannot_be_written_is_told_in_one_line(library, tmp_path):
    message = refused(
        "export", "--all", "--format", "csv", "--output", tmp_path / "no" / "out.csv", "--library", library, code=1
    )
    assert re.fullmatch(r"pincite: .*no.*: No such file or directory\n", message)


@pytest.mark.parametrize("command", [["export", "--all", "--format", "csv"], ["sets", "export", "NAME"]])
def test_a_pipe_or_device_is_written_to_and_stays(library, tmp_path, command):
    """A complete file moved to its place would take the place of /dev/null too, for whoever has the right."""
    with closing(Store.open(library)) as store:
        held = store.sets.create(PassageSet("Week one").adding(["care-at-sea/p-1"]))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    output_of(*(held.id if each == "NAME" else each for each in command), "--output", pipe, "--library", library)
    assert len(os.read(reader, 100)) == 100
    os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_reader_that_goes_away_is_no_error_message(library):
    writer = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "export", "--all", "--format", "jsonl", "--library", library],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    writer.stdout.close()
    assert writer.stderr.read() == b""
    writer.stderr.close()
    assert writer.wait(timeout=60) == 1


# -- care of the library ---------------------------------------------------------------------------------------------


def test_info_tells_the_numbers(library):
    lines = dict(line.split(maxsplit=1) for line in output_of("info", "--library", library).splitlines())
    assert lines["documents"] == "2"
    assert lines["passages"].startswith("6 ")
    assert lines["years"] == "3 (1999 to 2015)"
    assert lines["failures"] == "0"
    assert lines["engine"] == "whoosh, 6 passages"


def test_doctor_finds_a_sound_library_sound(library):
    lines = output_of("doctor", "--library", library).splitlines()
    assert len(lines) == 8
    assert all(line.startswith("ok    ") for line in lines)


def test_doctor_finds_an_index_that_is_out_of_step_and_reindex_mends_it(sources, tmp_path):
    folder = tmp_path / "lib"
    output_of("ingest", sources / "report.md", "--library", folder, "--jobs", "1")
    for file in sorted((folder / "index").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    result = run("doctor", "--library", folder)
    assert result.exit_code == 1
    assert re.search(r"^FAIL  .*pincite reindex", result.stdout, re.MULTILINE)
    assert output_of("reindex", "--library", folder) == "3 passages indexed by whoosh\n"
    output_of("doctor", "--library", folder)


def test_doctor_lists_the_files_that_failed(tmp_path):
    (tmp_path / "good.txt").write_text("A sentence about lamps and towers that can be read.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    run("ingest", tmp_path, "--library", tmp_path / "lib", "--jobs", "1")
    assert re.search(r"^note  .*empty\.txt: ", output_of("doctor", "--library", tmp_path / "lib"), re.MULTILINE)


def test_doctor_tells_how_a_document_was_read(library):
    lines = output_of("doctor", "lighthouses", "--library", library).splitlines()
    assert lines[:2] == ["Report on Lighthouses", "Read well: 3 passages, nothing missing"]
    assert re.fullmatch(r"kept  100 per cent of \d+ letters", lines[2])
    assert {"kinds paragraph 3, title 1", "fact  date: catalogue", "fact  language: running text"} <= set(lines)


def test_doctor_names_doubts_and_their_places_and_is_content(tmp_path):
    (tmp_path / "gap.md").write_text(REPORT.replace("2. The", "4. The").replace("3. Rescue", "5. Rescue"), "utf-8")
    run("ingest", tmp_path, "--library", tmp_path / "lib", "--jobs", "1")
    text = output_of("doctor", "gap", "--library", tmp_path / "lib")
    assert "doubt para 2 to 3 are missing: after para 1 comes para 4. [gap/para-4]\n" in text


def test_doctor_fails_for_a_document_whose_text_is_missing(tmp_path):
    state = SourceState("/texts/torn.md", "f", "torn")
    report = ExtractionReport(
        {"paragraph": 1}, 50, 40, findings=(Finding(Severity.FAULT, "10 letters are gone.", page=3),)
    )
    with closing(Store.open(tmp_path)) as store:
        store.replace(Document("torn", "A torn page"), [], state, report=report)
    result = run("doctor", "torn", "--library", tmp_path)
    assert result.exit_code == 1
    assert "fault 10 letters are gone. [page 3 of the file]" in result.stdout
    assert "note  text is missing from a document: pincite doctor torn" in run("doctor", "--library", tmp_path).stdout


ADD = '[[add]]\npassage = "lighthouses/para-1"\ntext = "{}"\ntype = "organisation"\nvalue = "Union of Keepers"\n'


def test_corrections_take_effect_and_those_in_vain_are_told(sources, tmp_path):
    folder = tmp_path / "lib"
    output_of("ingest", sources, "--library", folder, "--jobs", "1")
    (folder / "corrections.toml").write_text(ADD.format("keepers") + ADD.format("kippers"), encoding="utf-8")
    result = run("doctor", "--library", folder)
    assert result.exit_code == 1
    assert "FAIL  corrections: 1 document out of step (lighthouses); run pincite ingest\n" in result.stdout
    result = run("ingest", sources, "--library", folder)
    assert result.exit_code == 0
    assert "Corrections took effect in 1 document.\n" in result.stdout
    vain = "corrections.toml, line 6: lighthouses/para-1 does not hold the words 'kippers'\n"
    assert result.stderr.endswith(f"\npincite: in vain: {vain}")
    assert found("keepers", "--organisation", "Union of Keepers", "--library", folder)[1] == ["lighthouses"]
    assert f"note  correction in vain: {vain}" in output_of("doctor", "--library", folder)


def test_malformed_corrections_are_one_line_and_nothing_is_ingested(sources, tmp_path):
    (tmp_path / "corrections.toml").write_text("[[add]]\n", encoding="utf-8")
    message = refused("ingest", sources, "--library", tmp_path, code=1)
    assert message == f"pincite: {tmp_path}/corrections.toml, line 1: [[add]] lacks 'type'\n"
    with closing(Store.open(tmp_path)) as store:
        assert store.documents() == []
    assert "FAIL  corrections: " in run("doctor", "--library", tmp_path).stdout


@pytest.mark.parametrize("form", ["doccano", "web-annotation", "docbin"])
def test_an_export_that_nobody_changed_gives_no_corrections(library, tmp_path, form):
    output_of("export", "--all", "--format", form, "--output", tmp_path / "out", "--library", library)
    told = output_of("annotations", "import", tmp_path / "out", "--library", library)
    assert re.fullmatch(r"\d+ passages compared, no difference\.\n", told)
    assert not (library / "corrections.toml").exists()


def test_a_review_in_doccano_comes_back_through_the_corrections(sources, tmp_path):
    folder, file = tmp_path / "lib", tmp_path / "review.jsonl"
    output_of("ingest", sources, "--library", folder, "--jobs", "1")
    output_of("export", "--document", "lighthouses", "--format", "doccano", "--output", file, "--library", folder)
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    keepers = rows[0]["text"].index("keepers")
    rows[0]["label"].append([keepers, keepers + len("keepers"), "organisation|Union of Keepers"])
    rows[2]["label"] = []
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    shown = output_of("annotations", "import", file, "--dry-run", "--library", folder).splitlines()
    assert shown == [
        "- lighthouses/para-3  “Jordan” = country Jordan",
        "+ lighthouses/para-1  “keepers” = organisation Union of Keepers",
        "3 passages compared: 1 to add, 1 to remove, in 2 passages.",
    ]
    assert not (folder / "corrections.toml").exists()
    told = output_of("annotations", "import", file, "--library", folder)
    assert told.endswith("corrections.toml; pincite ingest puts it into effect.\n")
    # what is written counts as done, before and after it has taken effect
    assert "no difference" in output_of("annotations", "import", file, "--library", folder)
    assert "Corrections took effect in 1 document." in output_of("ingest", sources, "--library", folder)
    assert "no difference" in output_of("annotations", "import", file, "--library", folder)
    told = output_of("show", "lighthouses/para-1", "--library", folder)
    assert "“keepers” = organisation Union of Keepers: set by a person in the library’s corrections (certain)" in told
    assert "Countries" not in output_of("show", "lighthouses/para-3", "--library", folder)


def test_what_a_review_cannot_say_is_told_and_fails(library, tmp_path):
    (tmp_path / "r.jsonl").write_text('{"text": "a", "label": [], "passage": "moon/para-1"}\n', encoding="utf-8")
    result = run("annotations", "import", tmp_path / "r.jsonl", "--library", library)
    assert result.exit_code == 1
    assert result.stderr == "pincite: moon/para-1: the library holds no such passage\n"
    (tmp_path / "r.jsonl").write_text("none\n", encoding="utf-8")
    assert "line 1: no line of doccano's" in refused(
        "annotations", "import", tmp_path / "r.jsonl", "--library", library, code=1
    )


def test_no_model_can_be_asked_for_by_option_or_setting_and_doctor_tells_of_it(sources, tmp_path, monkeypatch):
    output_of("ingest", sources, "--library", tmp_path / "one", "--jobs", "1", "--no-model")
    note = "note  2 documents annotated without the statistical model; pincite ingest upgrades\n"
    assert note in output_of("doctor", "--library", tmp_path / "one")
    assert "0 added, 2 changed" in output_of("ingest", sources, "--library", tmp_path / "one", "--jobs", "1")
    assert note not in output_of("doctor", "--library", tmp_path / "one")
    monkeypatch.setenv("PINCITE_MODEL", "0")
    output_of("ingest", sources, "--library", tmp_path / "two", "--jobs", "1")
    assert note in output_of("doctor", "--library", tmp_path / "two")
    monkeypatch.setenv("PINCITE_MODEL", "perhaps")
    assert "PINCITE_MODEL must be 1 or 0" in refused("info", code=2)


def test_doctor_does_not_know_every_document(library):
    assert refused("doctor", "nowhere", "--library", library, code=1) == (
        "pincite: the library holds no document 'nowhere'\n"
    )


def test_reindex_keeps_what_searches_find(library):
    before, _ = found("rescue", "--library", library)
    output_of("reindex", "--library", library)
    after, _ = found("rescue", "--library", library)
    assert after == before


def test_demo_makes_a_library_and_shows_a_faceted_search(tmp_path):
    result = run("demo", "--library", tmp_path / "demo")
    assert result.exit_code == 0, result.output
    shown = re.search(r"^(\d+) passages in (\d+) documents$", result.stdout, re.MULTILINE)
    assert int(shown[1]) >= 2
    chosen = re.search(r'--organisation "(.+?)"', result.stdout)[1]
    assert re.search(rf"^Organisations +\*{re.escape(chosen)} \({shown[1]}\)", result.stdout, re.MULTILINE)
    assert result.stdout.endswith(f"pincite serve --library {tmp_path / 'demo'}\n")


def test_an_address_that_cannot_be_served_is_told_in_one_line(library):
    # in processes of their own, because waitress leaves its sockets to the garbage collector when it cannot bind
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        message = serve_refused("--port", port, "--library", library)
    assert re.fullmatch(rf"pincite: cannot listen on 127\.0\.0\.1:{port} \(.+\)\n", message)
    message = serve_refused("--host", "256.1.1.1", "--port", "1", "--library", library)
    assert re.fullmatch(r"pincite: cannot listen on 256\.1\.1\.1:1 \(.+\)\n", message)


def serve_refused(*arguments):
    command = [sys.executable, "-m", "webapp.cli", "serve", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    return done.stderr


def test_serve_answers_until_it_is_interrupted(library):
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "webapp.cli", "serve", "--port", "0", "--library", library],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        line = server.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:[1-9]\d*/", line)[0]
        assert _fetched(address + "healthz") == 200
    finally:
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=30)
    assert "Traceback" not in errors


def _fetched(address):
    """The status, once the server listens."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310  # our own loopback address
                return response.status
        except OSError:
            time.sleep(0.1)
    return None


def test_the_reviewed_annotation_of_a_document_is_found_by_its_content(tmp_path, monkeypatch):
    text = "The Moot Union met\nin 2001.\n"
    document = tmp_path / "under-any-name.txt"
    document.write_text(text)
    header = {"source": "minutes.txt", "sha256": hashlib.sha256(text.encode()).hexdigest()}
    span = {"at": [4, 14], "type": "organisation", "value": "Moot Union"}
    rows = [header, {"line": 1, "kind": "paragraph", "spans": [span]}, {"line": 2, "kind": "paragraph"}]
    made = shipped_annotations.read("minutes", "\n".join(map(json.dumps, rows)))
    monkeypatch.setattr(shipped_annotations, "shipped", lambda: (made,))
    first, second = map(json.loads, output_of("annotations", "reviewed", document).splitlines())
    assert (first["text"], first["spans"][0]["text"]) == ("The Moot Union met", "Moot Union")
    assert (second["line"], second["spans"]) == (2, [])
    document.write_text("Another one.")
    assert "under-any-name.txt: no reviewed annotation" in refused("annotations", "reviewed", document, code=1)
