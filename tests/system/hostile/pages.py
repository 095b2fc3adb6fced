"""Pages (HTML, XHTML) that nest, swell, point elsewhere or carry scripts."""

from __future__ import annotations

from tests.system.hostile.kit import CANARY, PLAIN, SCRIPTS, Hostile, named

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_DEEP = 100_000


def pages() -> list[Hostile]:
    """All of them."""
    return [
        *named(
            "deep",
            ".html",
            {
                tag: _page(f"<{tag}>" * _DEEP + PLAIN)
                for tag in (
                    "div",
                    "b",
                    "blockquote",
                    "ul><li",
                    "table><tr><td",
                    "font",
                    "span",
                    "sup",
                    "a href=#x",
                    "ol",
                    "section",
                )
            },
        ),
        *named(
            "swollen",
            ".html",
            {
                "colspan": _page(f"<table><tr><td colspan=1000000000>{PLAIN}<td rowspan=1000000000>a<tr><td>b</table>"),
                "start": _page(f"<ol start=99999999999999999999999><li>{PLAIN}<li value=-9999999999999999>b</ol>"),
                "digits": _page(f"<ol start={'9' * 5_000}><li value={'9' * 5_000}>{PLAIN}</ol><p>S/RES/{'9' * 5_000}"),
                "roman": _page(f"<ol type=i start=1000000000><li>{PLAIN}</ol>"),
                "rows": _page("<table>" + "<tr><td>a<td>b" * 2_000 + f"</table><p>{PLAIN}"),
                "cells": _page("<table><tr>" + "<td>a" * 50_000 + f"</table><p>{PLAIN}"),
                "attributes": _page("<p " + " ".join(f"a{n}=b" for n in range(5_000)) + f">{PLAIN}"),
                "attribute": _page(f'<p title="{"a" * 1_000_000}">{PLAIN}'),
                "headings": _page("<h1>a</h1>" * 5_000 + f"<p>{PLAIN}"),
                "notes": _page(
                    "".join(f'<p>{PLAIN}<a href="#n{n}">[{n}]</a>' for n in range(1000))
                    + "".join(f'<p id="n{n}">{n} note' for n in range(1000))
                ),
                "same-note": _page(f'<p>{PLAIN}<a href="#n">[1]</a>' * 3000 + '<p id="n">1 note'),
                "note-loop": _page(f'<p id="a">{PLAIN}<a href="#b">[1]</a><p id="b">1 <a href="#a">[1]</a> note'),
                "breaks": _page(PLAIN + "<br>" * 100_000),
                "comments": _page("<!--" * 50_000 + "-->" + PLAIN),
                "open-comments": "<!-- a -->" * 3_000 + "<htm" + PLAIN,
                "declarations": "<?xml a" * 9_000 + PLAIN,
                "brackets": "<" * 20_000 + PLAIN,
                "entities": _page("&" * 10_000 + PLAIN),
                "numbers": _page("&#9999999999;&#0;&#xD800;&#x202e;" * 5_000 + PLAIN),
                "metas": "<html><head>" + '<meta name="author" content="Nobody">' * 20_000 + f"</head><p>{PLAIN}",
                "raised": _page("<p>" + "word<sup>1</sup>" * 20_000),
            },
        ),
        *named(
            "entities",
            ".xhtml",
            {
                "laughs": f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "ha">{_LAUGHS}]><html><body><p>{PLAIN} &l9;</p></body></html>',
                "file": f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>{PLAIN} &x;</p></body></html>',
                "http": f'<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd"><html><body><p>{PLAIN}</p></body></html>',
                "parameter": f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><html><body><p>{PLAIN}</p></body></html>',
                "include": f'<html xmlns:xi="http://www.w3.org/2001/XInclude"><body><p>{PLAIN}</p><xi:include href="/etc/hostname" parse="text"/></body></html>',
                "encoding": f'<?xml version="1.0" encoding="UTF-7"?><html><body><p>{PLAIN} +ADw-script+AD4-</p></body></html>',
                "unknown": f'<?xml version="1.0" encoding="{"x" * 500}"?><html><body><p>{PLAIN}</p></body></html>',
                "codec": f'<?xml version="1.0" encoding="zip"?><html><body><p>{PLAIN}é</p></body></html>'.encode(
                    "latin-1"
                ),
                "hex": '<meta charset="hex"><html><body><p>é</p></body></html>'.encode("latin-1"),
                "idna": f'<meta charset="idna"><html><body><p>{"é" * 3000}</p></body></html>'.encode("latin-1"),
            },
        ),
        *named(
            "script",
            ".html",
            {
                str(
                    number
                ): f"<html><head><title>{script}</title><meta name=author content='{script}'></head><body onload=window.{CANARY}=1><h1>{script}</h1><p>{PLAIN} {script}</p><p>{script.replace('<', '&lt;')} {PLAIN}</p></body></html>"
                for number, script in enumerate(SCRIPTS)
            },
        ),
    ]


def _page(body: str) -> str:
    return f"<!doctype html><html><head><title>Lamps</title></head><body>{body}</body></html>"
