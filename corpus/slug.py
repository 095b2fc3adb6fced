"""Readable, stable slugs for ids and links."""

from __future__ import annotations

import re
import unicodedata


def slug(text: str, limit: int = 80) -> str:
    """Lower-case ASCII words joined by hyphens, cut at a word near `limit`: `Chairman's Law` -> `chairmans-law`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", plain)).strip("-")
    return words if len(words) <= limit else words[:limit].rsplit("-", 1)[0]
