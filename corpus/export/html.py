"""One HTML page that needs nothing else: a heading where the document changes, passages as quotations, citations."""

from __future__ import annotations

from html import escape
from typing import IO

from corpus.citation import cite_html
from corpus.export.base import LineWriter, Options, pinpoint
from corpus.export.headings import Headings
from corpus.export.text import printable
from corpus.model import Document, Passage

#: Printed black on white at reading size; margins hold the pinpoints. No script and no foreign address.
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.6 Georgia, "Times New Roman", serif; max-width: 42rem; margin: 3rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; line-height: 1.3; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; font-size: 0.9rem; }
dd { margin: 0; overflow-wrap: anywhere; }
article { margin: 1.5rem 0; break-inside: avoid; }
h3 { font-size: 0.95rem; margin: 0 0 0.3rem; letter-spacing: 0.02em; }
blockquote { margin: 0; white-space: pre-line; }
footer { font-size: 0.9rem; margin-top: 0.5rem; padding-left: 1rem; border-left: 1px solid; overflow-wrap: anywhere; }
""".strip()
#: What a collection has beside: its introduction, its headings above the titles of documents, notes and tags.
_COLLECTION_STYLE = """
.introduction { white-space: pre-line; }
.part { font-size: 1.4rem; margin-top: 3.5rem; border-bottom: 1px solid; padding-bottom: 0.2rem; }
main > h3 { font-size: 1.15rem; margin: 2rem 0 0; letter-spacing: 0; line-height: 1.3; }
article h3, article h4 { font-size: 0.95rem; margin: 0 0 0.3rem; letter-spacing: 0.02em; }
.remark { font-size: 0.95rem; white-space: pre-line; margin: 0.5rem 0 0; }
""".strip()
_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
"""


class Html(LineWriter):
    """A self-contained page in UTF-8; everything from sources is escaped."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        super().__init__(stream, options)
        self._headings = Headings(options)
        style = f"{_STYLE}\n{_COLLECTION_STYLE}" if options.collection else _STYLE
        self.put(_HEAD.format(title=_text(options.title), style=style))
        self.put("".join(f'<p class="introduction">{_text(part)}</p>\n' for part in options.introduction))
        if options.facts:
            facts = (f"<dt>{name}</dt><dd>{escape(value)}</dd>\n" for name, value in options.facts)
            self.put(f"<dl>\n{''.join(facts)}</dl>\n")

    def write(self, document: Document, passage: Passage) -> None:
        """Write the passage, after the headings that open with it; what is said of it follows."""
        for level, heading in self._headings.before(document, passage):
            part = "" if level == self._headings.depth else ' class="part"'
            self.put(f"<h{level + 1}{part}>{_text(heading)}</h{level + 1}>\n")
        place, level = pinpoint(passage), self._headings.depth + 2
        head = f"<h{level}>{escape(place)}</h{level}>\n" if place else ""
        language = f' lang="{escape(document.language)}"' if document.language else ""
        quote = f"<blockquote{language}>{_text(passage.text)}</blockquote>\n"
        content = f"{head}{quote}{self._remarks(passage)}{self._source(document, passage)}"
        self.put(f'<article id="{escape(passage.id)}">\n{content}</article>\n')

    def finalize(self) -> None:
        """Close the page."""
        self.put("</main>\n</body>\n</html>\n")

    def _remarks(self, passage: Passage) -> str:
        facts = self.options.remark(passage).facts
        return "".join(f'<p class="remark">{name}: {_text(text)}</p>\n' for name, text in facts)

    def _source(self, document: Document, passage: Passage) -> str:
        link = escape(self.options.link(passage))
        anchor = f' <a href="{link}">{link}</a>' if link else ""
        return f"<footer>{printable(cite_html(document, passage, self.options.style))}{anchor}</footer>\n"


def _text(text: str) -> str:
    return escape(printable(text))
