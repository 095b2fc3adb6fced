"""Where an export comes from: what was asked for, when, and whether the file holds all that was found."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.export.text import one_line


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a file says of itself: `count` passages of the `found` ones are in it.

    `date` is the day of the export as ISO writes it. `filters` are names and values as people read them. `selection`
    names what no query chose: a set, the whole library. `lost` tells why there are fewer than found where none
    were cut; `words` of which day the words of the passages are, where it is not that of the export.
    """

    count: int
    found: int
    date: str
    query: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    selection: str = ""
    lost: str = ""
    words: str = ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Names and values in the order in which a file states them, each value on one line."""
        asked = (
            (("Selection", self.selection),) if self.selection else (("Query", self._query), ("Filters", self._filters))
        )
        words = (("Words", self.words),) if self.words else ()
        stated = (*asked, ("Exported", self.date), ("Passages", self._held), *words)
        return tuple((name, one_line(value)) for name, value in stated)

    @property
    def line(self) -> str:
        """The facts on one line."""
        return "; ".join(f"{name}: {value}" for name, value in self.facts)

    @property
    def _query(self) -> str:
        return self.query or "none"

    @property
    def _filters(self) -> str:
        return ", ".join(f"{name} = {value}" for name, value in self.filters) or "none"

    @property
    def _held(self) -> str:
        if self.count == self.found:
            return f"{self.count:,}, all that were found"
        if self.lost:
            return f"{self.count:,} of {self.found:,}; {self.lost}"
        return f"the first {self.count:,} of {self.found:,} found, the rest was cut"
