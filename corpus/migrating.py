"""Brings an older library to the schema of this Pincite, step by step, by Alembic."""

from __future__ import annotations

from pathlib import Path

import alembic.command
import alembic.config
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from corpus.errors import LibraryError
from corpus.schema import version_of
from corpus.store_connection import claim, writing


def migrate(engine: sa.Engine) -> None:
    """Take all missing steps in one transaction; raises `LibraryError` for the schema of a newer Pincite."""
    config = alembic.config.Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    with writing(engine) as connection:
        claim(connection, "schema")  # others who have come at the same time find the steps done
        version = version_of(connection)
        if version is not None and version not in known:
            raise LibraryError(f"the library's schema {version} is newer than this Pincite; please upgrade Pincite")
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "head")
