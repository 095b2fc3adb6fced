"""Check my footnotes: the citations and quotations of a text held against the library.

>>> check("“The obstacle was habit, not law” (MCTC/WG.2/2025/4, para 12).", store, engine).findings[0].verdict
<Verdict.WRONG_PINPOINT: 'wrong_pinpoint'>
"""

from __future__ import annotations

from search.checking.checking import MAX_TEXT, check
from search.checking.model import Change, CheckError, Finding, Reason, Report, Verdict
from search.checking.works import Works

__all__ = ["MAX_TEXT", "Change", "CheckError", "Finding", "Reason", "Report", "Verdict", "Works", "check"]
