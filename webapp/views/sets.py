"""`/sets`: passages that somebody collects, with a private link to edit a set and a link to read it.

There are no accounts. Who has a set's edit link may change it; the browser remembers the links that it has opened.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request, stream_template
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer

from corpus.errors import NotFound
from corpus.sets import MOST_ENTRIES, PassageSet, SetError
from corpus.sets_json import from_json, to_json
from corpus.sets_store import Access
from corpus.slug import slug
from webapp import links
from webapp.collecting import Known, here, in_use, known, make, remember
from webapp.downloads import asked_format, sent_set
from webapp.language import gettext
from webapp.language import lazy as _
from webapp.links import path
from webapp.request import whole_number
from webapp.setview import Shown, place, shown
from webapp.views import set_steps
from webapp.views.access import library, settings

blueprint = Blueprint("sets", __name__, url_prefix="/sets")

#: The title of a set that is made by the first passage put into it.
_FIRST_TITLE = _("My passages")


@blueprint.record_once
def _give_templates(state: BlueprintSetupState) -> None:
    """Let every page offer to put passages into the set in use (`_sets.html`)."""
    state.app.jinja_env.globals.update(set_in_use=in_use, here=here)


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """What stands under a secret address is for nobody's cache and no search engine."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@blueprint.get("")
def listing() -> str:
    """The sets that this browser knows, and the forms that make one."""
    return render_template("sets.html", known=list(known()))


@blueprint.post("")
def create() -> Answer:
    """Make an empty set."""
    return _made(PassageSet("new").renamed(request.form["title"]))


@blueprint.post("/import")
def bring() -> Answer:
    """Make a set of an uploaded JSON file; raises `SetError` naming what is wrong with it."""
    return _made(from_json(request.files["file"].read()))


@blueprint.post("/add")
def add() -> Answer:
    """Put passages into the set that is named or in use, made if there is none, and go back; raises `NotFound`."""
    names = list(dict.fromkeys(request.form.getlist("passage")))[: MOST_ENTRIES + 1]
    if not names:
        raise SetError(gettext("no passage was chosen"))
    found = {passage.id for passage in library().store.passages_by_id(names)}
    if missing := [name for name in names if name not in found]:
        raise NotFound(gettext("the library holds no passage %(passage)r", passage=missing[0]))
    chosen = _chosen(request.form.get("set", ""))
    library().store.sets.change(chosen.held.id, lambda held: held.adding(names))
    back = _way_back(names) or path("sets.edit", secret=chosen.secret)
    return remember(redirect(back, HTTPStatus.SEE_OTHER), chosen.secret)


@blueprint.get("/known/<set_id>")
def mine(set_id: str) -> Answer:
    """On to the edit link of a set that the browser knows; pages name it so, to tell no secret. Raises `NotFound`."""
    chosen = _chosen(set_id)
    at = request.args.get("at", "")
    return redirect(place(chosen.secret, chosen.held, at) if at else path("sets.edit", secret=chosen.secret))


@blueprint.get("/edit/<secret>")
def edit(secret: str) -> Response:
    """The set to work on; raises `NotFound` for a link that opens nothing."""
    held = library().store.sets.opened(secret, Access.EDIT)
    page = render_template(
        "set_edit.html",
        held=held,
        secret=secret,
        shown=_page(held),
        others=[each for each in known() if each.held.id != held.id],
        link=links.absolute(path("sets.edit", secret=secret)),
        shared=_shared(held),
        readers=library().store.sets.links(held.id, Access.READ),
    )
    return remember(make_response(page), secret)


@blueprint.post("/edit/<secret>")
def change(secret: str) -> Answer:
    """Take one step with the set, named by `do`; raises `SetError` for one that it cannot take."""
    return set_steps.take(Known(secret, library().store.sets.opened(secret, Access.EDIT)))


@blueprint.get("/<secret>")
def read(secret: str) -> ResponseReturnValue:
    """The set to read and print; raises `NotFound` for a link that opens nothing."""
    held = library().store.sets.opened(secret, Access.READ)
    whole = request.args.get("whole") == "1"
    render = stream_template if whole else render_template
    return render("set.html", held=held, secret=secret, shown=_page(held, whole=whole))


@blueprint.post("/<secret>")
def take_copy(secret: str) -> Answer:
    """Make an open copy of a set that one may read; raises `NotFound`."""
    held = library().store.sets.opened(secret, Access.READ)
    return _made(held.copied(held.title))


@blueprint.get("/<secret>/set.json")
def data(secret: str) -> Response:
    """The set as a file that can be brought into a library again, for either link."""
    held = library().store.sets.opened(secret, *Access)
    response = Response(to_json(held), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug(held.title) or 'passages'}.json")
    return response


@blueprint.get("/<secret>/passages")
def taken(secret: str) -> Answer:
    """The passages of a set as a file, in the set's order, for either link."""
    return sent_set(asked_format(), library().store.sets.opened(secret, *Access))


def _page(held: PassageSet, *, whole: bool = False) -> Shown:
    """The page of a set that the request asks for."""
    number = whole_number(links.arguments(), "page", 1)
    at = request.args.get("at", "")
    return shown(library().store, held, settings().style, page=number, at=at, whole=whole)


def _made(new: PassageSet) -> Answer:
    made = make(new)
    secret = library().store.sets.link(made.id, Access.EDIT)
    return remember(redirect(path("sets.edit", secret=secret), HTTPStatus.SEE_OTHER), secret)


def _chosen(set_id: str) -> Known:
    """The set of this id among those that the browser knows, without one that in use, else a new one."""
    if set_id:
        meant = next((each for each in known() if each.held.id == set_id), None)
        if meant is None:
            raise NotFound(gettext("this browser does not know the set; open its edit link first"))
        return meant
    if used := in_use():
        return used
    made = make(PassageSet(str(_FIRST_TITLE)))
    return Known(library().store.sets.link(made.id, Access.EDIT), made)


def _way_back(names: list[str]) -> str:
    """The page that the passages were added from, at the passage if it was one; "" if it is no page of ours."""
    back = _local(request.form.get("back", ""))
    anchor = names[0].removeprefix(f"{request.form.get('inside', '')}/")
    return f"{back}#{quote(anchor)}" if back and len(names) == 1 else back


def _local(address: str) -> str:
    """The address if it leads to a page of this site, else ""."""
    plain = address.replace("\\", "/")
    try:
        parts = urlsplit(plain)
    except ValueError:
        return ""
    is_ours = plain.startswith("/") and not plain.startswith("//") and not (parts.scheme or parts.netloc)
    return address if is_ours and plain.isprintable() else ""


def _shared(held: PassageSet) -> str:
    """The address for readers that has just been made, which the address of this page brings along; else ""."""
    try:
        shared = library().store.sets.opened(request.args.get("read", ""), Access.READ)
    except NotFound:
        return ""
    return links.absolute(path("sets.read", secret=request.args["read"])) if shared.id == held.id else ""
