"""An index is private to its library: whoever can write to its files could put anything into them."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_IRWXU, S_IWGRP, S_IWOTH, S_IXGRP, S_IXOTH

from search.errors import EngineError

_ROOT = 0
#: Rights to write and to enter stand one bit apart: who cannot enter the folder cannot write to a file in it either.
_OTHERS_WRITE = S_IWGRP | S_IWOTH
_OTHERS_ENTER = S_IXGRP | S_IXOTH


def make_private(folder: Path) -> None:
    """Make the folder if it is not there, for its owner alone."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=S_IRWXU, exist_ok=True)


def close_to_others(folder: Path) -> None:
    """Take from all others the right to write to the folder, where it is ours; where it is not, nothing happens."""
    if os.name == "posix" and folder.stat().st_uid == os.geteuid():
        folder.chmod(folder.stat().st_mode & ~_OTHERS_WRITE)


def check_private(folder: Path, library: Path) -> None:
    """Raise `EngineError` if others may write to the folder or to a file in it, or if one belongs to somebody else.

    It may belong to whom the process runs as, to root, or to the owner of the library, whose texts are trusted too: in
    a container these often differ. Systems without such owners are not checked; nor is a folder that is not there.
    """
    if os.name != "posix" or not folder.is_dir():
        return
    owners = {_ROOT, os.geteuid(), library.stat().st_uid}
    entered = folder.stat().st_mode & _OTHERS_ENTER
    _check(folder, owners, _OTHERS_WRITE)
    for path in folder.iterdir():
        _check(path, owners, entered << 1)


def _check(path: Path, owners: set[int], forbidden: int) -> None:
    try:
        found = path.stat(follow_symlinks=False)
    except FileNotFoundError:  # a writer has replaced it
        return
    if found.st_uid not in owners:
        raise EngineError(f"{path} belongs to another user: an index must belong to the owner of its library")
    if found.st_mode & forbidden:
        raise EngineError(f"{path} can be written by other users: run `chmod -R go-w` on it")
