"""Gains and losses of a change of the annotators: `make annotations-diff [REF=commit] [EVERY=10]`.

The annotators of another commit (by default the one before, or HEAD if the tree has changes that are not committed)
and those of this tree run side by side, a process each, over the real documents. Printed is what appeared and what
disappeared, by type, value and number, with the places. Where the two trees cut a document into other passages, it is
compared by the words tagged and without places. The exit code is 0 whatever is found.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
DUMP = Path(__file__).resolve().with_name("annotations_dump.py")
#: Readers of PDFs take longer than everything else together, and their Word twins hold the same text.
SUFFIXES = frozenset({".txt", ".md", ".docx", ".html"})
#: Places shown of one value.
_PLACES = 3

Documents = dict[str, dict[str, Any]]


class Tag(NamedTuple):
    """What a tag says, whatever its place."""

    type: str
    value: str
    articles: str
    subtype: str

    def __str__(self) -> str:
        articles = f", {self.articles}" if self.articles else ""
        return f"{self.value}{articles}" + (f" [{self.subtype}]" if self.subtype else "")


class Changes(NamedTuple):
    """Tags with the places at which they appeared or disappeared."""

    gained: Mapping[Tag, list[str]]
    lost: Mapping[Tag, list[str]]
    recut: list[str]
    failed: list[str]


def main() -> None:
    """Run both trees and print the report."""
    arguments = _arguments()
    ref = arguments.ref or default_ref(arguments.repository)
    names = chosen(arguments.folder, arguments.every)
    if not names:
        sys.exit(f"there are no documents in {arguments.folder} (set PINCITE_SHARED)")
    start = time.monotonic()
    with worktree(arguments.repository, ref) as other:
        before, after = run([other, arguments.repository], arguments.folder, names)
    for line in report(before, after, limit=arguments.limit):
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"{len(names)} documents, {ref} against this tree, {time.monotonic() - start:.0f} s\n")


def _arguments() -> argparse.Namespace:
    shared = Path(os.environ.get("PINCITE_SHARED") or ROOT.parent / "shared")
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--ref", help="commit to compare with")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth document only")
    parser.add_argument("--limit", type=int, default=40, metavar="N", help="values printed of each type")
    parser.add_argument("--folder", type=Path, default=shared / "real", help="documents to annotate")
    parser.add_argument("--repository", type=Path, default=ROOT, help="checkout to compare")
    return parser.parse_args()


def default_ref(repository: Path) -> str:
    """HEAD if the tree differs from it, else the commit before."""
    return "HEAD" if _git(repository, "status", "--porcelain", "--untracked-files=no") else "HEAD~1"


def chosen(folder: Path, every: int) -> list[str]:
    """Paths below the folder of the documents to compare."""
    files = (file for file in folder.rglob("*") if file.suffix in SUFFIXES and file.stem.casefold() != "readme")
    return sorted(file.relative_to(folder).as_posix() for file in files if "nasty" not in file.parts)[::every]


@contextlib.contextmanager
def worktree(repository: Path, ref: str) -> Iterator[Path]:
    """A checkout of the commit beside the repository's own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pincite-diff-") as folder:
        place = Path(folder, "tree")
        _git(repository, "worktree", "add", "--quiet", "--detach", str(place), ref)
        try:
            yield place
        finally:
            _git(repository, "worktree", "remove", "--force", str(place))


def run(trees: Sequence[Path], folder: Path, names: Sequence[str]) -> list[Documents]:
    """What the annotators of each tree find, the trees at the same time."""
    with tempfile.TemporaryDirectory(prefix="pincite-diff-") as scratch:
        running = []
        for number, tree in enumerate(trees):
            output = Path(scratch, f"{number}.jsonl")
            environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
            with output.open("wb") as stream:
                command = [sys.executable, str(DUMP), str(folder.resolve())]
                process = subprocess.Popen(  # noqa: S603  # our own interpreter on our own script
                    command, stdin=subprocess.PIPE, stdout=stream, cwd=tree, env=environment
                )
            _hand_over(process, names)
            running.append((tree, process, output))
        for tree, process, _ in running:
            if process.wait():
                sys.exit(f"the annotators of {tree} failed")
        return [_read(output) for _, _, output in running]


def compare(before: Documents, after: Documents) -> Changes:
    """Tags that one tree finds and the other does not, with their places."""
    gained, lost = defaultdict[Tag, list[str]](list), defaultdict[Tag, list[str]](list)
    recut, failed = [], []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old is None or new is None or old["reason"] or new["reason"]:
            failed.append(name)
            continue
        placed = old["structure"] == new["structure"]
        if not placed:
            recut.append(name)
        first, second = _counted(old, placed=placed), _counted(new, placed=placed)
        for found, into in ((second - first, gained), (first - second, lost)):
            for (tag, place), times in found.items():
                into[tag] += [place] * times
    return Changes(gained, lost, recut, failed)


def report(before: Documents, after: Documents, *, limit: int) -> Iterator[str]:
    """The changes as lines: by type, what appeared (+) and what disappeared (-), the most frequent first."""
    changes = compare(before, after)
    types = sorted({tag.type for tag in (*changes.gained, *changes.lost)})
    for kind in types:
        yield f"{kind}: {_number(changes.gained, kind)} appeared, {_number(changes.lost, kind)} disappeared"
        for sign, found in (("+", changes.gained), ("-", changes.lost)):
            yield from _values(sign, {tag: places for tag, places in found.items() if tag.type == kind}, limit)
    if not types:
        yield "no annotation appeared or disappeared"
    if changes.recut:
        yield f"cut into other passages, compared by their words: {_some(changes.recut)}"
    if changes.failed:
        yield f"not compared, because one of the trees does not read them: {_some(changes.failed)}"
    yield f"{_total(before):,} annotations before, {_total(after):,} after"


def _values(sign: str, found: Mapping[Tag, list[str]], limit: int) -> Iterator[str]:
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    for tag, places in ranked[:limit]:
        yield f"  {sign} {len(places):>4}  {tag}: {_some(places)}"
    if len(ranked) > limit:
        rest = sum(len(places) for _, places in ranked[limit:])
        yield f"  {sign} {rest:>4}  in {len(ranked) - limit} more values"


def _counted(document: Mapping[str, Any], *, placed: bool) -> Counter[tuple[Tag, str]]:
    """Tags with their places: passage and words, or the words alone where passages do not agree."""
    found: Counter[tuple[Tag, str]] = Counter()
    for kind, value, articles, subtype, words, passage in document["annotations"]:
        place = f"{document['document']}/{passage}" if placed else document["document"]
        found[Tag(kind, value, articles, subtype), f"{place} “{' '.join(words.split())}”"] += 1
    return found


def _some(places: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(places))
    more = f", {len(distinct) - _PLACES} more" if len(distinct) > _PLACES else ""
    return ", ".join(distinct[:_PLACES]) + more


def _number(found: Mapping[Tag, list[str]], kind: str) -> int:
    return sum(len(places) for tag, places in found.items() if tag.type == kind)


def _total(documents: Documents) -> int:
    return sum(len(document["annotations"]) for document in documents.values())


def _hand_over(process: subprocess.Popen[bytes], names: Sequence[str]) -> None:
    if process.stdin is not None:
        process.stdin.write(json.dumps(list(names)).encode())
        process.stdin.close()


def _read(output: Path) -> Documents:
    rows = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    return {row["name"]: row for row in rows}


def _git(repository: Path, *arguments: str) -> str:
    command = ["git", "-C", str(repository), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # a fixed program
    if done.returncode:
        sys.exit(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


if __name__ == "__main__":
    main()
