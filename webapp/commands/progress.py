"""Progress of long work: a bar on a terminal, a line for each step elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

import click


class Bar:
    """Shows steps on the standard error stream, so that the results on standard output can be piped."""

    def __init__(self, label: str, *, quiet: bool = False) -> None:
        """`quiet` says nothing where there is no terminal."""
        self.label, self._quiet = label, quiet
        self._bar: Any = None
        self._stream = sys.stderr

    def step(self, done: int, total: int, line: str) -> None:
        """`done` of `total` steps are made; `line` says what the last one was."""
        if not self._stream.isatty():
            if not self._quiet:
                click.echo(f"[{done}/{total}] {line}", err=True)
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, label=self.label, file=self._stream, show_pos=True)
            self._bar.render_progress()
        self._bar.update(done - self._bar.pos)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.render_finish()
