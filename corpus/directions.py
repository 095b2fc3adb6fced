"""Characters that turn the direction of what follows them: a title that holds one can rewrite the page around it.

The letters themselves know their direction (Unicode Standard Annex 9). What is lost is the explicit nesting of
languages, which prose hardly has; a name such as "report [override] fdp.exe" reads as another one in every list.
"""

from __future__ import annotations

#: Embeddings, overrides and isolates with their ends; the marks U+200E, U+200F and U+061C turn nothing but themselves.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def undirected(text: str) -> str:
    """The text without the characters that turn it."""
    return text if text.isascii() else text.translate(_TURNING)
