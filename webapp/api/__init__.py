"""`/api/v1`: everything that the pages do, for programs; every refusal has the shape that `webapp.failures` gives it.

Each route is declared where it is written (`operations`), with its parameters (`parameters`) and its shapes; the
description of the API is made from these declarations (`description`).
"""

from __future__ import annotations

from webapp.api import citing, describing, documents, entities, exporting, searching, sets
from webapp.api.operations import blueprint

__all__ = ["blueprint", "citing", "describing", "documents", "entities", "exporting", "searching", "sets"]
