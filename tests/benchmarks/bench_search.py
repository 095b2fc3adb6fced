"""Searching beside its peers: whole faceted answers over a generated library, all peers in one run.

    python -m tests.benchmarks.bench_search [--sizes 1000,10000] [--peers whoosh-plain,whoosh,...] [--rounds 5]
                                            [--folder DIR] [--out tests/benchmarks/RESULTS.md]
    python -m tests.benchmarks.bench_search --building 10000 [--out ...]

An answer is the first ten passages with marked fragments, the exact total, and the counts of all eleven facets, each
under every filter but its own, forty values a facet. Before a number is printed, all peers' totals and all counts of
all values are compared; a difference ends the run. Peers take turns. Printed are milliseconds: the median of `--rounds`
warm answers, in brackets that of the first. Indexes and measurements are kept in `--folder`, so that a size can be
measured in several runs; `--rounds 0` builds the indexes and asks nothing. An index that a later version cannot read is
deleted there by hand. `--building` measures our index building beside the bare libraries'.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.searching.building import building
from tests.benchmarks.searching.collection import collection
from tests.benchmarks.searching.measure import measure
from tests.benchmarks.searching.mix import mix
from tests.benchmarks.searching.peer import Peer
from tests.benchmarks.searching.peers import INDEX_OF, PEERS, absent
from tests.benchmarks.searching.report import growth, keep, put, stamped, table

#: Says that an index is whole, with the seconds that it took.
_BUILT = "built.json"
#: Seconds that one peer may spend on one question.
_BUDGET = 20.0


def prepared(peer: Peer, size: int, folder: Path) -> Peer:
    """The peer, opened over its index of the collection, which is built if it is not there."""
    place = folder / str(size) / INDEX_OF.get(peer.name, peer.name)
    if not (place / _BUILT).is_file():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        start = time.perf_counter()
        peer.build(place, collection(size))
        spent = time.perf_counter() - start
        (place / _BUILT).write_text(json.dumps({"seconds": spent}), encoding="utf-8")
        say(f"built {peer.name} of {size:,} passages in {spent:.0f} s")
    question = mix()[-1]
    start = time.perf_counter()
    peer.open(place)
    peer.ask(question, 1)
    say(f"opened {peer.name}, first answer after {time.perf_counter() - start:.2f} s")
    return peer


def searching(size: int, names: list[str], given: argparse.Namespace) -> None:
    """Measures one size and prints and keeps its tables."""
    peers = [prepared(PEERS[name](), size, given.folder) for name in names]
    measured = list(measure(peers, mix(), given.rounds, _BUDGET)) if given.rounds else []
    for peer in peers:
        peer.close()
    if not measured:
        return
    kept = keep(given.folder / "timings.json", size, measured)
    written(given, f"Searching {size:,} passages", table(measured, names))
    written(given, "Growth", growth(kept))


def written(given: argparse.Namespace, heading: str, body: str) -> None:
    """Prints a section and puts it into the file of results, if one is given."""
    say(f"\n## {heading}\n\n{body}")
    if given.out:
        put(given.out, heading, stamped(f"bench_search {_arguments(given)}", body))


def _arguments(given: argparse.Namespace) -> str:
    what = f"--building {given.building}" if given.building else f"--sizes {given.sizes} --peers {given.peers}"
    return f"{what} --rounds {given.rounds}"


def say(line: str) -> None:
    """Prints at once, so that a long run shows where it is."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="1000,10000")
    options.add_argument("--peers", default="whoosh-plain,whoosh,tantivy-plain,tantivy,fts5")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "pincite-benchmark")
    options.add_argument("--out", type=Path)
    options.add_argument("--building", type=int, default=0, metavar="SIZE")
    given = options.parse_args()
    if given.building:
        body = building(given.building, given.rounds)
        return written(given, f"Building an index of {given.building:,} passages", body)
    missing = {name: absent(name) for name in given.peers.split(",")}
    for name, reason in missing.items():
        if reason:
            say(f"without {name}: {reason}")
    names = [name for name, reason in missing.items() if not reason]
    for size in map(int, given.sizes.split(",")):
        searching(size, names, given)
    return None


if __name__ == "__main__":
    main()
