"""`/sets`: passage sets, each opened by the secret of a link, without a cookie; no shared cache keeps the answers."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import Response, request

from corpus.errors import NotFound
from corpus.export import record
from corpus.sets import PassageSet
from corpus.sets_contents import Member, members
from corpus.sets_json import from_json, to_json
from corpus.sets_store import Access, SetStore
from webapp import links
from webapp.api import parameters, set_bodies, set_shapes, shapes
from webapp.api.access import style
from webapp.api.operations import JSON, answered, blueprint, route
from webapp.api.paging import paged, window
from webapp.api.refusing import UNPROCESSABLE
from webapp.collecting import make
from webapp.views.access import library
from webapp.views.sets import keep_private

#: The pages of a set by what its link allows.
_PAGES = {Access.EDIT: "sets.edit", Access.READ: "sets.read"}
#: What the paths begin with whose answers are for nobody else.
_PRIVATE = tuple(f"{blueprint.url_prefix}{path}" for path in ("/sets", "/import"))
_SHOWN = (*parameters.PAGED, parameters.STYLE)


@blueprint.after_request
def _guard(response: Response) -> Response:
    return keep_private(response) if request.path.startswith(_PRIVATE) else response


@route(
    "POST",
    "/sets",
    answer=set_shapes.SetLink,
    status=HTTPStatus.CREATED,
    body=set_bodies.NewSet,
    refusals=(HTTPStatus.NOT_FOUND, UNPROCESSABLE),
)
def make_set(body: set_bodies.NewSet) -> Response:
    """Make a set, with passages if some are named. The answer holds the secret of its edit link."""
    return _stored(body.made(library().store))


@route(
    "POST",
    "/import",
    answer=set_shapes.SetLink,
    status=HTTPStatus.CREATED,
    body=set_bodies.FiledSet,
    refusals=(UNPROCESSABLE,),
)
def import_set(body: set_bodies.FiledSet) -> Response:  # noqa: ARG001  # it has been read; what it holds is judged below
    """Make a set of a file that `set.json` has given, here or in another library."""
    return _stored(from_json(request.get_data()))


@route("GET", "/sets/<secret>", answer=set_shapes.HeldSet, parameters=_SHOWN)
def read_set(secret: str) -> Response:
    """A set, by either of its links, with its passages as they are now."""
    held, access = _opened(secret)
    return _shown(secret, held, access)


@route(
    "POST",
    "/sets/<secret>/steps",
    answer=set_shapes.HeldSet,
    parameters=_SHOWN,
    body=set_bodies.Steps,
    refusals=(HTTPStatus.CONFLICT, UNPROCESSABLE),
)
def change_set(secret: str, body: set_bodies.Steps) -> Response:
    """Change a set by its edit link, in one or several steps of which all are taken or none."""
    opened, store = _sets().opened(secret, Access.EDIT), library().store
    return _shown(secret, _sets().change(opened.id, lambda held: body.taken(held, store)), Access.EDIT)


@route("DELETE", "/sets/<secret>", answer=None, status=HTTPStatus.NO_CONTENT)
def delete_set(secret: str) -> None:
    """Delete a set for everybody, by its edit link."""
    _sets().remove(_sets().opened(secret, Access.EDIT).id)


@route("GET", "/sets/<secret>/set.json", answer=set_bodies.FiledSet)
def set_file(secret: str) -> Response:
    """A set as a file that can be kept, and brought into a library again."""
    return Response(to_json(_opened(secret)[0]), mimetype=JSON)


@route(
    "POST",
    "/sets/<secret>/copies",
    answer=set_shapes.SetLink,
    status=HTTPStatus.CREATED,
    body=set_bodies.Copy,
    refusals=(UNPROCESSABLE,),
)
def copy_set(secret: str, body: set_bodies.Copy) -> Response:
    """Make an open copy of a set that one may read."""
    held, _ = _opened(secret)
    return _stored(held.copied(held.title if body.title is None else body.title))


@route(
    "POST",
    "/sets/<secret>/links",
    answer=set_shapes.SetLink,
    status=HTTPStatus.CREATED,
    body=set_bodies.NewLink,
)
def add_link(secret: str, body: set_bodies.NewLink) -> Response:
    """Make a link to share a set, or a new edit link that ends the one in use, by its edit link."""
    held = _sets().opened(secret, Access.EDIT)
    if body.access == Access.EDIT:
        _sets().revoke(held.id, Access.EDIT)
    return _linked(held, body.access)


@route("DELETE", "/sets/<secret>/links", answer=None, status=HTTPStatus.NO_CONTENT)
def revoke_links(secret: str) -> None:
    """End all links by which a set was shared to be read, by its edit link."""
    _sets().revoke(_sets().opened(secret, Access.EDIT).id, Access.READ)


def _opened(secret: str) -> tuple[PassageSet, Access]:
    """The set that a link opens, and what it allows; raises `NotFound`."""
    try:
        return _sets().opened(secret, Access.EDIT), Access.EDIT
    except NotFound:
        return _sets().opened(secret, Access.READ), Access.READ


def _stored(new: PassageSet) -> Response:
    return _linked(make(new), Access.EDIT)


def _linked(held: PassageSet, access: Access) -> Response:
    """A new link to the set, told this once."""
    secret = _sets().link(held.id, access)
    here = links.absolute(links.path("api.read_set", secret=secret))
    page = links.absolute(links.path(_PAGES[access], secret=secret))
    response = answered(set_shapes.SetLink(secret=secret, access=access, link=page, api=here))
    response.headers["Location"] = here
    return response


def _shown(secret: str, held: PassageSet, access: Access) -> Response:
    asked = window()
    entries = members(library().store, replace(held, entries=held.entries[asked.part]))
    shown = set_shapes.HeldSet(
        title=held.title,
        introduction=held.introduction,
        frozen=held.frozen,
        access=access,
        total=len(held.entries),
        entries=[_entry(each, frozen=bool(held.frozen)) for each in entries],
        link=links.absolute(links.path(_PAGES[access], secret=secret)),
    )
    return paged(shown, asked, shown.total)


def _entry(member: Member, *, frozen: bool) -> set_shapes.SetEntry:
    entry, document, passage = member.entry, member.document, member.passage
    return set_shapes.SetEntry(
        passage=entry.passage_id,
        note=entry.note,
        tags=list(entry.tags),
        heading=entry.heading,
        state=member.state,
        kept=entry.text if frozen else None,
        record=shapes.Passage(**record(document, passage, style=style())) if document and passage else None,
    )


def _sets() -> SetStore:
    return library().store.sets
