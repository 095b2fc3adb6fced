"""CSL-JSON for Zotero, Mendeley and Pandoc: one item a work, its passages in the item's note."""

from __future__ import annotations

import json

from corpus.citation import csl
from corpus.export.base import WorkWriter


class CslJson(WorkWriter):
    """A JSON array of items in the order in which works first appear.

    `custom`, the schema's place for what it has no name for, says of each item which export it comes from.
    """

    def finalize(self) -> None:
        """Write the array."""
        custom = {"custom": {"export": dict(self.options.facts)}} if self.options.facts else {}
        opening = "["
        for document, notes in self.works():
            item = {**csl(document), "note": "\n\n".join(notes), **custom}
            self.stream.write(f"{opening}\n{json.dumps(item, ensure_ascii=False, indent=2)}".encode())
            opening = ","
        self.stream.write(b"\n]\n" if opening == "," else b"[]\n")
