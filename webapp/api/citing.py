"""`/cite`: citations to take away; `/check`: those of a text held against the library."""

from __future__ import annotations

from http import HTTPStatus

from flask import request

from corpus.citation import STYLES, cite, cite_html, csl
from corpus.errors import PinciteError
from corpus.model import Document, Passage
from webapp import checkview, links
from webapp.api import parameters, shapes
from webapp.api.bodies import Text, Upload, read
from webapp.api.operations import JSON, route
from webapp.api.refusing import UNPROCESSABLE, Unprocessable
from webapp.views.access import library
from webapp.views.check import examined, submitted
from webapp.views.passages import find

#: Passages that are not there, and two that no one pinpoint leads through.
_REFUSED = (HTTPStatus.NOT_FOUND, UNPROCESSABLE)
#: What a form with a file is sent as.
_FORM = "multipart/form-data"


@route(
    "GET", "/cite", answer=shapes.Citations, parameters=parameters.CITED, refusals=(HTTPStatus.NOT_FOUND, UNPROCESSABLE)
)
def citations() -> shapes.Citations:
    """A passage, or the passages of one document from it to another, cited in every style."""
    first, last = find(request.args["passage"]), request.args.get("until", "").strip()
    until = find(last) if last else None
    document = library().store.document(first.document_id)
    return shapes.Citations(
        passage=first.id,
        until=until.id if until else None,
        document=document.id,
        link=links.absolute(links.passage_url(first.id)),
        citations=[_citation(document, first, until, style) for style in STYLES],
        csl=csl(document),
    )


@route("POST", "/check", answer=shapes.Check, forms={JSON: Text, _FORM: Upload}, refusals=(UNPROCESSABLE,))
def check() -> shapes.Check:
    """The citations and quotations of a text, or of a Word document with its notes, held against the library."""
    text = submitted() if request.mimetype == _FORM else read(Text).text
    report = examined(text)
    findings = [shapes.Finding(**checkview.record(finding)) for finding in report.findings]
    return shapes.Check(text=text, findings=findings, counts=dict(report.counts), unchecked=report.unchecked)


def _citation(document: Document, passage: Passage, until: Passage | None, style: str) -> shapes.Citation:
    try:
        text, html = (form(document, passage, style, until=until) for form in (cite, cite_html))
    except PinciteError as error:
        raise Unprocessable(str(error)) from error
    return shapes.Citation(style=style, title=STYLES[style], text=text, html=html)
