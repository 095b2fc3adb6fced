"""Citations of documents and passages in the styles that law faculties use, as plain text, HTML or CSL-JSON."""

from __future__ import annotations

from corpus.citation.csl import csl
from corpus.citation.styles import DEFAULT_STYLE, STYLES, cite, cite_html

__all__ = ["DEFAULT_STYLE", "STYLES", "cite", "cite_html", "csl"]
