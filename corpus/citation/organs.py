"""Principal organs of the United Nations, which every style names in its own way."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.citation.names import Name
from corpus.citation.source import Source

#: The organs' names, with the keys that the symbols of their resolutions bear.
_KEYS = {
    "United Nations General Assembly": "A",
    "United Nations Security Council": "S",
    "United Nations Economic and Social Council": "E",
    "United Nations Human Rights Council": "HRC",
}


def creators(source: Source, names: Mapping[str, str]) -> tuple[Name, ...]:
    """Who stands in front of the title, organs by the style's `names`; a resolution is always its organ's."""
    if source.resolution:
        return (Name(literal=names[source.resolution.organ]),)
    return tuple(Name(literal=names[_KEYS[name.full]]) if name.full in _KEYS else name for name in source.creators)
