"""The one error family of Pincite: every refusal is a `PinciteError` with a single clear line."""

from __future__ import annotations


class PinciteError(Exception):
    """Base of all errors that a user may see; `str(error)` is one line, fit to print as it stands."""


class NotFound(PinciteError):
    """A document, passage, entity or set that the library does not hold."""


class LibraryError(PinciteError):
    """The library folder cannot be opened, written or migrated."""


class ReadOnlyError(LibraryError):
    """The library may be read, and not written."""


class OutOfReachError(LibraryError):
    """The library's database does not answer; `reason` is for those alone who may know where it stands."""

    def __init__(self, reason: str) -> None:
        super().__init__("the library's database is out of reach; try again later")
        self.reason = reason


class LocatorError(PinciteError):
    """A string that is no passage id or locator."""


class AuthorityError(PinciteError):
    """A record of the authority files that cannot be read or contradicts another, with the file and the name."""


class CorrectionsError(PinciteError):
    """A `corrections.toml` that cannot be read or obeyed, with the file and the place."""


class CatalogueError(PinciteError):
    """A `catalogue.toml` that cannot be read, with the file and the place."""
