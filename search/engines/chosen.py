"""Which engine a library uses: one word in its folder, so that every command after a move finds the new index."""

from __future__ import annotations

from pathlib import Path

#: Name of the file in the folder of the library.
FILE_NAME = "engine"
#: The engine of a library that says nothing: it needs nothing else installed.
DEFAULT = "whoosh"


def chosen_engine(folder: Path) -> str:
    """Name of the engine that the library in `folder` uses."""
    try:
        return (folder / FILE_NAME).read_text(encoding="utf-8").strip() or DEFAULT
    except FileNotFoundError:
        return DEFAULT


def choose_engine(folder: Path, name: str) -> None:
    """Make `name` the engine of the library in `folder` from now on."""
    temporary = folder / f"{FILE_NAME}.new"
    temporary.write_text(f"{name}\n", encoding="utf-8")
    temporary.replace(folder / FILE_NAME)
