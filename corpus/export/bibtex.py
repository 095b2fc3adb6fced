"""BibTeX: one entry a work, its passages in `annote`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.citation import csl
from corpus.export.base import WorkWriter, note, one_line, printable
from corpus.model import Document, Passage

#: CSL type -> entry type of classic BibTeX, which every style file knows.
_TYPES = {"article-journal": "article", "book": "book", "report": "techreport"}
#: CSL variable -> field; `report` numbers stand in `number`, so do issues of journals.
_FIELDS = {
    "container-title": "journal",
    "volume": "volume",
    "issue": "number",
    "page": "pages",
    "number": "number",
    "edition": "edition",
    "publisher": "publisher",
    "publisher-place": "address",
    "event-place": "address",
    "collection-title": "series",
    "DOI": "doi",
    "URL": "url",
    "language": "language",
}
#: Months have macros in every BibTeX style.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIALS = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")
#: Fields that packages typeset verbatim; escapes would break the address.
_VERBATIM = frozenset({"doi", "url"})
_NO_BRACES = str.maketrans({"{": "%7B", "}": "%7D"})


class Bibtex(WorkWriter):
    """UTF-8 entries, keyed by document id."""

    def finalize(self) -> None:
        """Write the entries in the order in which works first appear."""
        entries = (self._entry(document, passages) for document, passages in self.works.values())
        self.stream.write("\n".join(entries).encode())

    def _entry(self, document: Document, passages: list[Passage]) -> str:
        item = csl(document)
        kind = _TYPES.get(item["type"], "misc")
        notes = "\n\n".join(note(passage, self.options) for passage in passages)
        fields = {
            **_people(item),
            **_title(item),
            **_date(item),
            **_facts(item, kind),
            "annote": f"{{{escape(notes)}}}",
        }
        return (
            f"@{kind}{{{document.id},\n" + "".join(f"  {name} = {value},\n" for name, value in fields.items()) + "}\n"
        )


def escape(text: str) -> str:
    """The text with LaTeX's own characters written so that they print."""
    return _SPECIALS.sub(lambda match: _SPECIAL[match[0]], printable(text))


def _people(item: Mapping[str, Any]) -> dict[str, str]:
    """`Family, Given` joined by `and`; a body in braces of its own, so that it is not taken apart."""
    names = [_name(name) for name in item.get("author", ())]
    return {"author": f"{{{' and '.join(names)}}}"} if names else {}


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{escape(name['literal'])}}}"
    parts = (name.get(part, "") for part in ("family", "suffix", "given"))
    return ", ".join(escape(part) for part in parts if part)


def _title(item: Mapping[str, Any]) -> dict[str, str]:
    """Double braces keep the capitals."""
    return {"title": f"{{{{{escape(one_line(item['title']))}}}}}"}


def _date(item: Mapping[str, Any]) -> dict[str, str]:
    year, month = (*item.get("issued", {"date-parts": [[]]})["date-parts"][0], 0, 0)[:2]
    return ({"year": f"{{{year}}}"} if year else {}) | ({"month": _MONTHS[month - 1]} if month else {})


def _facts(item: Mapping[str, Any], kind: str) -> dict[str, str]:
    found = {field: _value(field, item[variable]) for variable, field in _FIELDS.items() if variable in item}
    if kind == "techreport" and item.get("authority"):
        found["institution"] = _value("institution", item["authority"])
    occasion = item.get("event-title") or item.get("genre")
    return found | ({"howpublished": _value("howpublished", occasion)} if occasion and kind == "misc" else {})


def _value(field: str, text: str) -> str:
    plain = one_line(text)
    if field == "pages":
        plain = plain.replace("-", "--")
    return f"{{{plain.translate(_NO_BRACES) if field in _VERBATIM else escape(plain)}}}"
