"""PDFs whose objects point in circles, promise millions, or carry what should not be run."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from tests.system.hostile.kit import CANARY, PLAIN, SCRIPTS, Hostile, named

_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def prints() -> list[Hostile]:
    """All of them."""
    return named("print", ".pdf", {**_circles(), **_promises(), **_carried(), **_broken()})


def written(objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, its table of places true."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (max(objects) + 1)
    for number in range(1, max(objects) + 1):
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    return bytes(out + b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, start))


def stream(content: bytes, facts: bytes = b"") -> bytes:
    """An object with a stream."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), facts, content)


def _text(text: str = PLAIN) -> bytes:
    shown = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("latin-1", "replace")
    return b"BT /F 12 Tf 50 700 Td (%s) Tj ET" % shown


def _with(**changed: bytes) -> bytes:
    """A plain PDF with some objects changed, named `o` and their number."""
    plain = {1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: stream(_text()), 5: _FONT}
    return written(plain | {int(name[1:]): body for name, body in changed.items()})


def _circles() -> dict[str, bytes]:
    chain = {n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(10, 1010)}
    wide = b"<< /Type /Pages /Kids [%s] /Count 200000 >>" % (b"3 0 R " * 200_000)
    return {
        "kids-self": _with(o2=b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        "kids-circle": _with(
            o2=b"<< /Type /Pages /Kids [6 0 R 3 0 R] /Count 2 >>", o6=b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
        ),
        "kids-deep": written(
            {
                1: _CATALOG,
                2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>",
                **chain,
                1010: _PAGE,
                4: stream(_text()),
                5: _FONT,
            }
        ),
        "kids-wide": _with(o2=wide),
        "parent": _with(o3=_PAGE.replace(b"/Parent 2 0 R", b"/Parent 3 0 R")),
        "contents-self": _with(o3=_PAGE.replace(b"/Contents 4 0 R", b"/Contents 3 0 R")),
        "contents-many": _with(o3=_PAGE.replace(b"/Contents 4 0 R", b"/Contents [" + b"4 0 R " * 50_000 + b"]")),
        "length-self": _with(o4=b"<< /Length 4 0 R >>\nstream\n" + _text() + b"\nendstream"),
        "forms": _with(
            o3=_PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font"),
            o4=stream(_text() + b" /X Do"),
            o6=stream(
                b"/X Do /X Do",
                b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
            ),
        ),
        "forms-doubling": _doubling(),
        "outline": _with(
            o1=b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
            o6=b"<< /First 7 0 R >>",
            o7=b"<< /Title (a) /Next 7 0 R /First 7 0 R >>",
        ),
        "labels": _with(o1=b"<< /Type /Catalog /Pages 2 0 R /PageLabels 6 0 R >>", o6=b"<< /Kids [6 0 R] >>"),
        "prev": written({1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: stream(_text()), 5: _FONT}, b"/Root 1 0 R /Prev 9"),
        "object-stream": _with(o6=stream(b"6 0 7 5 << >> << >>", b"/Type /ObjStm /N 2 /First 8 /Extends 6 0 R")),
        "indirect": _with(o5=b"6 0 R", o6=b"5 0 R"),
    }


def _doubling() -> bytes:
    """Forms that draw the next one twice: 2^40 times in the end."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
    forms = {n: stream(b"/X Do /X Do", form % (n + 1)) for n in range(10, 50)}
    page = _PAGE.replace(b"/Font", b"/XObject << /X 10 0 R >> /Font")
    last = stream(b"0 0 m", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return written({1: _CATALOG, 2: _PAGES, 3: page, 4: stream(_text() + b" /X Do"), 5: _FONT, **forms, 50: last})


def _promises() -> dict[str, bytes]:
    packed = zlib.compress(bytes(100_000_000), 9)
    twice = zlib.compress(zlib.compress(bytes(300_000_000), 9), 9)
    return {
        "count": _with(o2=b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"),
        "size": written({1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: stream(_text()), 5: _FONT}).replace(
            b"/Size 6", b"/Size 999999999"
        ),
        "xref": written({1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: stream(_text()), 5: _FONT}).replace(
            b"xref\n0 6", b"xref\n0 999999999", 1
        ),
        "bomb": _with(o4=stream(packed, b"/Filter /FlateDecode")),
        "bomb-large": _with(o4=stream(_zeros(900), b"/Filter /FlateDecode")),
        "bomb-twice": _with(o4=stream(twice, b"/Filter [/FlateDecode /FlateDecode]")),
        "picture": _with(
            o3=_PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font"),
            o4=stream(_text() + b" q 600 0 0 800 0 0 cm /X Do Q"),
            o6=stream(
                packed,
                b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode",
            ),
        ),
        "media": _with(o3=_PAGE.replace(b"600 800", b"1e30 1e30")),
        "rotate": _with(o3=_PAGE.replace(b"/MediaBox", b"/Rotate 99999999999 /UserUnit 1e30 /MediaBox")),
        "glyphs": _with(o4=stream(b"BT /F 1 Tf " + b"1 0 Td (a) Tj " * 100_000 + b"ET")),
        "lines": _with(o4=stream(_text() + b" 0 0 m 9 9 l S" * 100_000)),
        "rectangles": _with(
            o4=stream(_text() + b"".join(b" %d %d 5 5 re S" % (n % 600, n % 797) for n in range(30_000)))
        ),
        "saves": _with(o4=stream(b"q " * 500_000 + _text())),
        "brackets": _with(o4=stream(b"[" * 200_000 + _text())),
        "dictionaries": _with(o6=b"<< /A " * 20_000 + b">>" * 20_000),
        "string": _with(o4=stream(_text("a" * 500_000))),
        "columns": _with(
            o4=stream(_text(), b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2000000000 >>")
        ),
        "lzw": _with(o4=stream(b"\x80\x0b\x60\x50" * 20_000, b"/Filter /LZWDecode")),
        "runs": _with(o4=stream(b"\x81a" * 200_000 + b"\x80", b"/Filter /RunLengthDecode")),
    }


def _zeros(megabytes: int) -> bytes:
    """So many of them, packed."""
    packing = zlib.compressobj()
    return b"".join([*(packing.compress(bytes(1_000_000)) for _ in range(megabytes)), packing.flush()])


def _carried() -> dict[str, bytes]:
    script = f"window.{CANARY}=1".encode()
    action = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (%s) >> >>" % script
    info = "".join(SCRIPTS).replace("(", "").replace(")", "").encode()
    return {
        "javascript": _with(o1=action),
        "launch": _with(o1=action.replace(b"/S /JavaScript /JS", b"/S /Launch /F")),
        "uri": _with(
            o3=_PAGE.replace(
                b"/Contents",
                b"/Annots [<< /Subtype /Link /Rect [0 0 600 800] /A << /S /URI /URI (javascript:%s) >> >>] /Contents"
                % script,
            )
        ),
        "text": _with(o4=stream(_text(SCRIPTS[0] + " " + PLAIN))),
        "info": written(
            {
                1: _CATALOG,
                2: _PAGES,
                3: _PAGE,
                4: stream(_text()),
                5: _FONT,
                6: b"<< /Title (%s) /Author (%s) >>" % (info, info),
            },
            b"/Root 1 0 R /Info 6 0 R",
        ),
        "turned": written(
            {
                1: _CATALOG,
                2: _PAGES,
                3: _PAGE,
                4: stream(_text()),
                5: _FONT,
                6: b"<< /Title <%s> >>" % "\ufeffLamps \u202efdp.exe".encode("utf-16-be").hex().encode(),
            },
            b"/Root 1 0 R /Info 6 0 R",
        ),
        "map": _with(
            o5=b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [5 0 R] >>",
            o6=stream(b"1 beginbfrange <0000> <ffff> <0041> endbfrange " * 2_000),
        ),
        "widths": _with(
            o5=_FONT.replace(b">>", b"/FirstChar -1000000 /LastChar 99999999 /Widths [%s] >>" % (b"1 " * 100_000))
        ),
        "encoding": _with(o5=_FONT.replace(b">>", b"/Encoding << /Differences [%s] >> >>" % (b"0 /a " * 50_000))),
    }


def _broken() -> dict[str, bytes]:
    plain = _with()
    return {
        "cut": plain[: len(plain) // 2],
        "head": b"%PDF-1.7\n",
        "encrypted": written(
            {1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: stream(_text()), 5: _FONT},
            b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 2 /R 3 /O <%s> /U <%s> /P -1 /Length 128 >>"
            % (b"00" * 32, b"00" * 32),
        ),
        "noise": b"%PDF-1.7\n" + bytes((n * n * 31) % 251 for n in range(100_000)),
        "no-root": plain.replace(b"/Root 1 0 R", b""),
        "objects": b"%PDF-1.7\n" + b"1 0 obj " * 50_000,
        "startxref": plain.replace(b"startxref\n", b"startxref\n99999999999999999999"),
    }
