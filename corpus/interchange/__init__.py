"""Annotations on their way to other tools and back: W3C Web Annotation, doccano and spaCy.

What comes back from a review is compared with what the library holds, and the difference is written as corrections.
Offsets count code points, half-open, as everywhere in Pincite.
"""

from __future__ import annotations

from corpus.interchange.base import Reviewed, Tag
from corpus.interchange.comparing import Difference, compare
from corpus.interchange.reading import read

__all__ = ["Difference", "Reviewed", "Tag", "compare", "read"]
