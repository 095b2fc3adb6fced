"""Precision and recall of symbols against links that editors made by hand."""

import json
import tomllib
from pathlib import Path

import pytest

from corpus.errors import PinciteError
from webapp.evaluation_links import normalised, score_links

FLOORS = Path(__file__).parent / "floors.toml"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("S/RES/1325 (2000)", "S/RES/1325(2000)"),
        ("a/hrc/res/20/8", "A/HRC/RES/20/8"),
        ("A/RES/73/102 A", "A/RES/73/102"),
        ("A/RES/57/130A-B", "A/RES/57/130"),
        ("A/RES/2106 A (XX)", "A/RES/2106(XX)"),
        ("/A/RES/1514(XV)", "A/RES/1514(XV)"),
        ("E/2005/27/Corr.1(SUPP)", "E/2005/27/CORR.1"),
        ("A/74/5", "A/74/5"),
    ],
)
def test_targets_are_compared_without_what_editors_vary(target, expected):
    assert normalised(target) == expected


def gold(folder, *rows):
    file = folder / "links.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows))
    return file


def row(text, *targets, symbol="A/RES/75/1"):
    return {"symbol": symbol, "text": text, "links": [{"target": target} for target in targets]}


def test_right_spurious_and_missed_ones_are_told_apart(tmp_path):
    figures = score_links(
        gold(
            tmp_path,
            row("Recalling its resolutions 55/63 and 56/121 A,", "A/RES/55/63", "A/RES/56/121", None),
            row("Recalling its resolution 60/1,"),
            row("Recalling what was said,", "A/RES/61/2"),
            row("as in UNEP/EA/2014/7,"),  # no link points into that series
        )
    )
    assert (figures.right, figures.spurious, figures.missed) == (2, ("A/RES/60/1",), ("A/RES/61/2",))
    assert (figures.precision, figures.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


def test_the_document_s_organ_decides(tmp_path):
    rights = row("in its resolution 32/13", "A/HRC/RES/32/13", symbol="A/HRC/RES/40/1")
    assert score_links(gold(tmp_path, rights)).right == 1


def test_a_faulty_row_is_named(tmp_path):
    with pytest.raises(PinciteError, match=r"links\.jsonl, line 1"):
        score_links(gold(tmp_path, {"text": "x"}))


def test_the_recorded_floors_are_at_or_above_the_required_figures():
    recorded = tomllib.loads(FLOORS.read_text())["un_links"]
    assert recorded["precision"] >= 0.98
    assert recorded["recall"] >= 0.97
