"""CSL-JSON for Zotero, Mendeley and Pandoc: one item a work, its passages in the item's note."""

from __future__ import annotations

import json

from corpus.citation import csl
from corpus.export.base import WorkWriter, note


class CslJson(WorkWriter):
    """A JSON array of items in the order in which works first appear."""

    def finalize(self) -> None:
        """Write the array."""
        items = [
            {**csl(document), "note": "\n\n".join(note(passage, self.options) for passage in passages)}
            for document, passages in self.works.values()
        ]
        self.stream.write((json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode())
