"""The command line: `pincite <command>`, one module a command in `webapp.commands`.

Exit code 0 on success, 1 when something failed, 2 on bad usage. An error is one line on the standard error stream.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from corpus.errors import PinciteError
from search.errors import QueryError

#: Every command with its line in `pincite --help`; the module `webapp.commands.<name>` holds it as `command`.
COMMANDS = {
    "ingest": "Read new and changed files into the library.",
    "search": "Find passages by words, names and facets.",
    "show": "Print a passage with its place and citation.",
    "export": "Write passages as data, references or text.",
    "sets": "List, keep and bring in passage sets, and make links to them.",
    "annotations": "Bring reviewed annotations back as corrections.",
    "info": "Tell what the library holds.",
    "doctor": "Check the library, its index and the installation.",
    "reindex": "Build the search index anew from the store.",
    "backup": "Write the library into one file.",
    "restore": "Bring a library back from its backup.",
    "serve": "Serve the library to web browsers.",
    "evaluate": "Score real documents and searches against their gold.",
    "demo": "Make a library of the sample collection and search it.",
}


class Failure(click.ClickException):
    """An error of ours on its way out: one line, exit code 1."""

    def show(self, file: Any = None) -> None:
        """Print `pincite: ...` on the standard error stream."""
        click.echo(f"pincite: {self.message}", file=file, err=True)


class Commands(click.Group):
    """Loads a command's module when it is called, so that `--help` does not wait for language models."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own signature
        """Names in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's own signature
        """The command of that name, None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"webapp.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's own signature
        """The list of commands, from our own table."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn our errors and those of the system into `Failure`."""
        try:
            return super().invoke(ctx)
        except PinciteError as error:
            raise Failure(_one_line(error) + _place(error)) from error
        except BrokenPipeError:
            raise  # click ends quietly when the reader of a pipe has gone
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            raise Failure(place + (error.strerror or str(error))) from error
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if ctx.params["traceback"]:
                raise
            fault = f"{type(error).__name__}: {_one_line(error)}"
            raise Failure(
                f"unexpected {fault} (pincite --traceback {ctx.invoked_subcommand} ... tells more)"
            ) from error


def _version() -> str:
    """The version of the installed package; a checkout that is not installed has none."""
    try:
        return version("pincite")
    except PackageNotFoundError:
        return "(not installed)"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(_version(), message="pincite %(version)s")
@click.option("--traceback", is_flag=True, help="Show where an unexpected error comes from.")
def main(traceback: bool) -> None:  # read by `Commands.invoke`
    """Turn lectures, speeches, reports and treaties into a library of citable passages."""


def _place(error: PinciteError) -> str:
    """Where in a query the fault lies, counted as people count, and what might have been meant."""
    if not isinstance(error, QueryError):
        return ""
    meant = f"; try: {error.suggestion}" if error.suggestion else ""
    return f" (at character {error.position + 1} of the query{meant})"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


if __name__ == "__main__":
    main(prog_name="pincite")
