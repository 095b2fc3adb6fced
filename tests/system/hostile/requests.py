"""Requests that lead astray, lie about where they come from, or ask for what nobody offers: the same on every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import quote

#: Where a page of another site would like our readers to go.
ELSEWHERE = "elsewhere.example"
_UP = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "..\\..\\etc\\passwd",
    "....//etc/passwd",
    "%c0%ae%c0%ae/etc/passwd",
    "\uff0e\uff0e/etc/passwd",
    "/etc/passwd",
    "file:///etc/passwd",
    "%00",
    "a%00.css",
    "a%0d%0aSet-Cookie:%20a=b",
    "%ff%fe",
    "a" * 5_000,
    "%",
    "%zz",
    "\u202egpj",
    "con",
    "{{7*7}}",
    "<script>",
    "'\"",
)
_BELOW = (
    "/static/",
    "/documents/",
    "/passages/",
    "/passages/report-2010/",
    "/organisations/",
    "/instruments/",
    "/facets/",
    "/sets/",
    "/sets/edit/",
    "/sets/known/",
    "/sets/x/",
    "/api/v1/",
    "/api/v1/documents/",
    "/api/v1/passages/",
    "/api/v1/sets/",
    "/admin/remove/",
    "/",
)
_PAGES = (
    "/",
    "/?q=evidence",
    "/documents",
    "/documents/model-law",
    "/passages/model-law/art-1-1",
    "/sets",
    "/check",
    "/export?q=evidence&format=csv",
    "/feed.atom?q=evidence",
    "/opensearch.xml",
    "/help",
    "/api/v1/openapi.json",
    "/robots.txt",
    "/healthz",
    "/static/all.css",
)
_METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "PROPFIND", "GETT", "HEAD", "get")
_HEADERS: tuple[dict[str, str], ...] = (
    {"Host": ELSEWHERE},
    {"Host": f"localhost@{ELSEWHERE}"},
    {"Host": "a b"},
    {"Host": f"localhost:80#{ELSEWHERE}"},
    {"X-Forwarded-Host": ELSEWHERE},
    {"Forwarded": f"host={ELSEWHERE};proto=https"},
    {"X-Forwarded-Prefix": f"//{ELSEWHERE}"},
    {"X-Original-URL": "/admin", "X-Rewrite-URL": "/admin"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Cookie": "a=" + "b" * 60_000},
    {"Cookie": ";".join(f"c{number}={number}" for number in range(3_000))},
    {"Cookie": "pincite_sets=" + ".".join("A" * 32 for _ in range(1_000)) + "; pincite_admin=a.b.c"},
    {"Cookie": 'pincite_sets="\\303\\050"; =; ;;; a'},
    {"Range": "bytes=0-,1-,2-,3-,4-,5-,6-"},
    {"Range": "bytes=99999999999999999999-"},
    {"Range": "bytes=-1,0-0,a-b"},
    {"Accept-Language": ",".join(f"a{number};q=0.{number}" for number in range(2_000))},
    {"Accept-Language": "../../etc;q=nan"},
    {"Accept-Encoding": "gzip;q=abc, *;q=-1"},
    {"Accept": "*/*;q=" + "9" * 400},
    {"If-None-Match": '"' + "a" * 9_000, "If-Modified-Since": "Thu, 99 Foo 99999 99:99:99"},
    {"Content-Encoding": "gzip", "Content-Type": "application/json"},
    {"Content-Type": "multipart/form-data"},
    {"Referer": "http://[", "Origin": "http://["},
    {"Authorization": "Basic " + "=" * 500, "Range": "items=0-5"},
)
_TWICE = (
    "q=a&q=b&q=c",
    "page=1&page=2",
    "format=csv&format=docx",
    "q[]=a&q[0]=b",
    "q=%",
    "q=%u0041",
    "=a&&&=",
    "q=a;b=c",
    "&" * 3_000,
    "a=b&" * 3_000,
    f"next=//{ELSEWHERE}",
    f"next=http://{ELSEWHERE}&url=http://{ELSEWHERE}&back=//{ELSEWHERE}",
    f"at=//{ELSEWHERE}",
    "style=../../x",
    "format=../../x",
    "whole=1&part=-1",
    "q=%0d%0aLocation:%20//x",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: method, path with its query string, headers, body."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def options(self) -> dict[str, Any]:
        """What Flask's client takes."""
        return {"method": self.method, "headers": self.headers, "data": self.body}


def requests() -> list[Asked]:
    """Five hundred and more."""
    chance = random.Random(2013)  # noqa: S311  no secret
    astray = [Asked("GET", below + quote(up, safe="/%\\.{}<>'\"()")) for below, up in product(_BELOW, _UP)]
    lying = [Asked("GET", page, headers) for page, headers in product(_PAGES, _HEADERS)]
    methods = [Asked(method, page) for page, method in product(_PAGES, _METHODS)]
    doubled = [Asked("GET", page.partition("?")[0] + "?" + twice) for page, twice in product(_PAGES[:10], _TWICE)]
    return [
        *chance.sample(astray, 170),
        *chance.sample(lying, 150),
        *chance.sample(methods, 60),
        *chance.sample(doubled, 80),
        *_bodies(),
    ]


def _bodies() -> Iterator[Asked]:
    own = {"Sec-Fetch-Site": "same-origin"}
    json, form = {"Content-Type": "application/json"}, {"Content-Type": "application/x-www-form-urlencoded"} | own
    for path in ("/api/v1/sets", "/api/v1/import", "/api/v1/check"):
        for body in (
            b"[" * 100_000,
            b'{"a":' * 50_000,
            b"nan",
            b'"\\ud800"',
            b"\x1f\x8b\x08" + b"0" * 99,
            b'{"title": "' + b"a" * 100_000 + b'"}',
            b'{"title": "\\u0000\\r\\nSet-Cookie: a=b"}',
            b'{"title":1e999999}',
            b"\xff\xfe{\x00}\x00",
            b"",
        ):
            yield Asked("POST", path, json, body)
    for path in ("/sets", "/sets/add", "/check", "/sets/import", "/sets/edit/x", "/sets/x"):
        for body in (
            b"title=%0d%0aSet-Cookie:a=b",
            b"passage=" + b"../" * 2_000,
            b"&" * 100_000,
            b"a=b&" * 20_000,
            b"text=" + b"%f0%9f%99%82" * 9_000,
            b"do=delete%00",
            b"",
        ):
            yield Asked("POST", path, form, body)
    for path in ("/check", "/sets/import", "/api/v1/check"):
        for kind in (
            "multipart/form-data; boundary=" + "a" * 9_000,
            'multipart/form-data; boundary="',
            "multipart/form-data; boundary=x",
            "multipart/mixed; boundary=x",
        ):
            yield Asked(
                "POST",
                path,
                {"Content-Type": kind} | own,
                b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../a\r\nb.docx"\r\n\r\nPK\x03\x04\r\n--x--',
            )
