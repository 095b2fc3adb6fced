"""What hostile files are made of: a file with its family, and what each of them tries besides."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

#: What a script would set in a browser, and no text may.
CANARY = "pinciteCanary"
#: Ways to have a browser run something, for titles, texts, names and links.
SCRIPTS = (
    f"<script>window.{CANARY}=1</script>",
    f"<img src=x onerror=window.{CANARY}=1>",
    f"<svg onload=window.{CANARY}=1>",
    f'"><script>window.{CANARY}=1</script>',
    f"' autofocus onfocus=window.{CANARY}=1 x='",
    f"javascript:window.{CANARY}=1",
    f"</title></textarea><script>window.{CANARY}=1</script>",
    f"{{{{ config }}}}{{% for a in b %}}${{window.{CANARY}=1}}",
    f"<iframe srcdoc='<script>parent.{CANARY}=1</script>'>",
    f'<a href="javascript:window.{CANARY}=1" id=press>press</a>',
    "<style>@import 'http://127.0.0.1:9/x'</style><link rel=stylesheet href=//127.0.0.1:9/x>",
    "<base href=http://127.0.0.1:9/><form action=http://127.0.0.1:9/><button>go</button>",
)
#: What spreadsheets take for a formula when it stands at the start of a cell.
FORMULAS = (
    "=cmd|'/C calc'!A0",
    "+1+cmd|'/C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://127.0.0.1:9")',
)
#: What turns a line of text round, and what cannot be seen at all.
TURNS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
UNSEEN = "\u200b\u2060\u200d\ufeff\u00ad\u034f"
#: A paragraph that is fit to be read, so that something of every file comes through.
PLAIN = "The harbour masters met in 2004 and agreed with the Council of Europe to keep their lamps lit."


@dataclass(frozen=True, slots=True)
class Hostile:
    """A hostile file: its name, its bytes, and what kind of trouble it means."""

    name: str
    content: bytes
    family: str


def named(family: str, suffix: str, contents: Mapping[str, str | bytes]) -> list[Hostile]:
    """Files of one family, by what each is about."""
    return [
        Hostile(
            f"{family}-{about}{suffix}",
            content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content,
            family,
        )
        for about, content in contents.items()
    ]


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()
