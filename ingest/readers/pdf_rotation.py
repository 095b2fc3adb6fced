"""Turns the glyphs of a page whose text is set sideways, so that it reads like any other page. Units: points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

#: Share of a page's glyphs that must be set sideways for the page to be read so; on others they are marks in margins.
SIDEWAYS = 0.5


def is_sideways(glyphs: Sequence[Mapping[str, Any]]) -> bool:
    """Whether most of the text runs up or down the page."""
    return sum(not glyph["upright"] for glyph in glyphs) > SIDEWAYS * len(glyphs)


def turned(glyphs: Sequence[Mapping[str, Any]], width: float, height: float) -> list[Mapping[str, Any]]:
    """The sideways glyphs of a page of this size as they stand once it is turned; the new page is `height` wide.

    The matrix of text that runs up has a positive `b` (ISO 32000-2, 9.4.4); the way of most glyphs decides.
    """
    sideways = [glyph for glyph in glyphs if not glyph["upright"]]
    ups = sum(glyph["matrix"][1] > 0 for glyph in sideways)
    up = 2 * ups >= len(sideways)
    return [_turned(glyph, width, height, up=up) for glyph in sideways if (glyph["matrix"][1] > 0) == up]


def _turned(glyph: Mapping[str, Any], width: float, height: float, *, up: bool) -> Mapping[str, Any]:
    if up:
        x0, x1, top = height - glyph["bottom"], height - glyph["top"], glyph["x0"]
    else:
        x0, x1, top = glyph["top"], glyph["bottom"], width - glyph["x1"]
    size = glyph["x1"] - glyph["x0"]
    return {**glyph, "x0": x0, "x1": x1, "top": top, "bottom": top + size, "size": size, "upright": True}
