"""Pages of a long result: which page numbers a reader is offered."""

from __future__ import annotations

from dataclasses import dataclass

#: Passages on a page of the site: about four screens, read in one go.
PAGE_SIZE = 20
#: Neighbours of the current page that are offered besides the first and the last.
_AROUND = 2


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of a result of `total` passages, `current` shown (1-based)."""

    total: int
    current: int = 1
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        """The number of pages, 1 for an empty result."""
        return max(1, -(-self.total // self.size))

    @property
    def first_item(self) -> int:
        """The number of the first passage on this page, counted from 1; 0 if there is none."""
        return min((self.current - 1) * self.size + 1, self.total)

    @property
    def last_item(self) -> int:
        """The number of the last passage on this page."""
        return min(self.current * self.size, self.total)

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """Page numbers to offer, None where some are left out: `1 … 4 5 6 … 12`."""
        near = {1, self.last, *range(self.current - _AROUND, self.current + _AROUND + 1)}
        kept = sorted(number for number in near if 1 <= number <= self.last)
        pairs = zip([0, *kept], kept, strict=False)
        return tuple(
            item for before, number in pairs for item in ((None, number) if number > before + 1 else (number,))
        )
