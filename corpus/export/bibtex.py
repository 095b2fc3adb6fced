"""BibTeX: one entry a work, its passages in `annote`. What BibLaTeX has in common with it is written here too."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from corpus.citation import csl
from corpus.export.base import Options, WorkWriter
from corpus.export.text import one_line, printable
from corpus.model import Document

#: The item of CSL-JSON that an entry is made from.
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the two formats name differently.

    `kinds` maps CSL types to entry types (others are `misc`), `fields` CSL variables to fields, `annotation` is the
    field of the passages; `more` gives the fields that need more than a name: dates, institutions, occasions.
    """

    kinds: Mapping[str, str]
    fields: Mapping[str, str]
    annotation: str
    more: Callable[[Document, Item], dict[str, str]]


#: Months have macros in every BibTeX style.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: BibTeX counts braces with a backslash in front too, so that a brace of a text has to be written without one.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
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
#: Outside entries everything is a comment, but for this sign, which begins an entry wherever it stands.
_NO_ENTRY = str.maketrans({"@": "＠"})


class Entries(WorkWriter):
    """UTF-8 entries of a dialect, keyed by document id, in the order in which works first appear."""

    def __init__(self, stream: IO[bytes], options: Options, dialect: Dialect) -> None:
        super().__init__(stream, options)
        self._dialect = dialect

    def finalize(self) -> None:
        """Write what the file says of itself as comments, then the entries."""
        comments = [f"% {name}: {value}\n".translate(_NO_ENTRY) for name, value in self.options.facts]
        self.stream.write("".join(comments).encode())
        for number, (document, notes) in enumerate(self.works()):
            opening = "\n" if number or comments else ""
            self.stream.write((opening + _entry(self._dialect, document, notes)).encode())


class Bibtex(Entries):
    """Entries of classic BibTeX, which every style file knows."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        super().__init__(stream, options, _BIBTEX)


def escape(text: str) -> str:
    """The text with LaTeX's own characters written so that they print."""
    return _SPECIALS.sub(lambda match: _SPECIAL[match[0]], printable(text))


def field_value(field: str, text: str) -> str:
    """A fact in braces, on one line."""
    plain = one_line(text)
    if field == "pages":
        plain = plain.replace("-", "--")
    return f"{{{plain.translate(_NO_BRACES) if field in _VERBATIM else escape(plain)}}}"


def _entry(dialect: Dialect, document: Document, notes: list[str]) -> str:
    item = csl(document)
    found = {field: item[variable] for variable, field in dialect.fields.items() if variable in item}
    fields = {
        **_people(item),
        # double braces keep the capitals
        "title": f"{{{field_value('title', item['title'])}}}",
        **{field: field_value(field, text) for field, text in found.items()},
        **dialect.more(document, item),
        dialect.annotation: f"{{{escape(f'{chr(10) * 2}'.join(notes))}}}",
    }
    lines = (f"  {name} = {value},\n" for name, value in fields.items())
    return f"@{dialect.kinds.get(item['type'], 'misc')}{{{document.id},\n{''.join(lines)}}}\n"


def _people(item: Item) -> dict[str, str]:
    """`Family, Given` joined by `and`; a body in braces of its own, so that it is not taken apart."""
    names = [_name(name) for name in item.get("author", ())]
    return {"author": f"{{{' and '.join(names)}}}"} if names else {}


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{escape(name['literal'])}}}"
    parts = (name.get(part, "") for part in ("family", "suffix", "given"))
    return ", ".join(escape(part) for part in parts if part)


def _more(_document: Document, item: Item) -> dict[str, str]:
    """Year and month; who issued a report; at which occasion something was said."""
    year, month = (*item.get("issued", {"date-parts": [[]]})["date-parts"][0], 0, 0)[:2]
    found = ({"year": f"{{{year}}}"} if year else {}) | ({"month": _MONTHS[month - 1]} if month else {})
    kind = _BIBTEX.kinds.get(item["type"])
    if kind == "techreport" and item.get("authority"):
        found["institution"] = field_value("institution", item["authority"])
    occasion = item.get("event-title") or item.get("genre")
    return found | ({"howpublished": field_value("howpublished", occasion)} if occasion and not kind else {})


#: `report` numbers stand in `number`, so do issues of journals.
_BIBTEX = Dialect(
    kinds={"article-journal": "article", "book": "book", "report": "techreport"},
    fields={
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
    },
    annotation="annote",
    more=_more,
)
