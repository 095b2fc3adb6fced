"""What the buttons of a set's page do: steps of `corpus.sets`, copies, links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import quote

from flask import redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from corpus.errors import NotFound
from corpus.sets import PassageSet, SetError
from corpus.sets_store import Access, SetStore
from webapp.collecting import Known, forget, known, make, remember
from webapp.language import gettext
from webapp.links import path
from webapp.setview import place
from webapp.views.access import library

Form = MultiDict[str, str]


def take(opened: Known) -> Response:
    """Take the step that `do` names, and with what, and go on; raises `SetError` if there is none of that name."""
    name, _, target = request.form.get("do", "").partition(" ")
    if name in _STEPS:
        form = MultiDict([*request.form.items(), ("target", target)])
        held = _sets().change(opened.held.id, lambda held: _STEPS[name](held, form))
        if target in held.passage_ids:
            return redirect(place(opened.secret, held, target), HTTPStatus.SEE_OTHER)
        return _go_on(opened.secret)
    if name in _ACTS:
        return _ACTS[name](opened)
    raise SetError(gettext("there is no step %(step)r", step=name))


def _annotated(held: PassageSet, form: Form) -> PassageSet:
    tags = form.get("tags", "").split(",")
    return held.annotated(form["target"], note=form.get("note", ""), tags=tags, heading=form.get("heading", ""))


def _merged(held: PassageSet, form: Form) -> PassageSet:
    other = next((each.held for each in known() if each.held.id == form["other"]), None)
    if other is None:
        raise NotFound(gettext("this browser does not know the other set; open its edit link first"))
    return held.merged(other)


def _freeze(opened: Known) -> Response:
    _sets().freeze(opened.held.id)
    return _go_on(opened.secret)


def _duplicate(opened: Known) -> Response:
    title = request.form.get("title") or gettext("Copy of %(title)s", title=opened.held.title)
    copy = make(opened.held.copied(title))
    secret = _sets().link(copy.id, Access.EDIT)
    return remember(_go_on(secret), secret)


def _share(opened: Known) -> Response:
    """A link for readers is told by the address that follows: the store could not tell it again."""
    secret = _sets().link(opened.held.id, Access.READ)
    return redirect(path("sets.edit", secret=opened.secret, read=secret) + "#links", HTTPStatus.SEE_OTHER)


def _revoke(opened: Known) -> Response:
    _sets().revoke(opened.held.id, Access.READ)
    return _go_on(opened.secret, "links")


def _renew(opened: Known) -> Response:
    _sets().revoke(opened.held.id, Access.EDIT)
    secret = _sets().link(opened.held.id, Access.EDIT)
    return remember(_go_on(secret, "links"), secret, instead=opened.secret)


def _forget(opened: Known) -> Response:
    return forget(redirect(path("sets.listing"), HTTPStatus.SEE_OTHER), opened.secret)


def _delete(opened: Known) -> Response:
    if not request.form.get("sure"):
        raise SetError(gettext("tick the box to say that the set is to be deleted for everybody"))
    _sets().remove(opened.held.id)
    return _forget(opened)


def _go_on(secret: str, anchor: str = "") -> Response:
    address = path("sets.edit", secret=secret)
    return redirect(address + (f"#{quote(anchor)}" if anchor else ""), HTTPStatus.SEE_OTHER)


def _sets() -> SetStore:
    return library().store.sets


_STEPS: Mapping[str, Callable[[PassageSet, Form], PassageSet]] = {
    "rename": lambda held, form: held.renamed(form["title"], form.get("introduction")),
    "up": lambda held, form: held.moved(form["target"], up=True),
    "down": lambda held, form: held.moved(form["target"], up=False),
    "section-up": lambda held, form: held.section_moved(form["target"], up=True),
    "section-down": lambda held, form: held.section_moved(form["target"], up=False),
    "remove": lambda held, form: held.without(form["target"]),
    "annotate": _annotated,
    "merge": _merged,
    "thaw": lambda held, _: held.thawed(),
}
_ACTS: Mapping[str, Callable[[Known], Response]] = {
    "freeze": _freeze,
    "duplicate": _duplicate,
    "share": _share,
    "revoke": _revoke,
    "renew": _renew,
    "forget": _forget,
    "delete": _delete,
}
