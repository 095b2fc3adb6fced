"""What a folder may hold besides files: pipes, links in circles, names that are no names."""

from __future__ import annotations

import os
from pathlib import Path

from tests.system.hostile.kit import PLAIN


def fill(folder: Path) -> dict[str, str]:
    """Put them into the folder; by the name that is told, a part of the reason why each is left out, "" if it is read."""
    outside = folder.parent / "outside.txt"
    outside.write_text(f"Secret. {PLAIN}", encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "up.txt").symlink_to("../outside.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    (folder / "folder.txt").mkdir()
    names = {
        "turn\u202etxt.exe.txt": "turn\\u202etxt.exe.txt",
        "line\nfeed.txt": "line\\nfeed.txt",
        "\x1b[2Jscreen.txt": "\\x1b[2Jscreen.txt",
        "=cmd|'C calc'!A0.txt": "=cmd|'C calc'!A0.txt",
        "<img src=x onerror=window.pinciteCanary=1>.txt": "<img src=x onerror=window.pinciteCanary=1>.txt",
        "a..%2f..%2fetc.txt": "a..%2f..%2fetc.txt",
        "-rf.txt": "-rf.txt",
        "a" * 251 + ".txt": "a" * 251 + ".txt",
        "zero\u200bwidth.txt": "zero\\u200bwidth.txt",
    }
    for name in names:
        (folder / name).write_text(PLAIN, encoding="utf-8")
    with open(os.fsencode(folder) + b"/latin-\xe9.txt", "wb") as file:  # noqa: PTH123  # a name that is no text
        file.write(PLAIN.encode())
    left_out = {
        "pipe.txt": "is no file",
        "out.txt": "leads out of the folder",
        "up.txt": "leads out of the folder",
        "device.txt": "is no file",
        "self.txt": "symbolic links",
        "gone.txt": "No such file",
    }
    return left_out | dict.fromkeys([*names.values(), "latin-\\xe9.txt"], "")
