"""Word documents that are bombs, mazes or letters to elsewhere."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from tests.system.hostile.kit import FORMULAS, PLAIN, SCRIPTS, TURNS, Hostile, archive, named

_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT = f"""<?xml version="1.0"?><Relationships xmlns="{_RELATIONS}">
<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TEXT = f"<w:p><w:r><w:t>{PLAIN}</w:t></w:r></w:p>"
_CELL = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
_BOMB = 400_000_000


def words() -> list[Hostile]:
    """All of them."""
    return [*named("word", ".docx", {**_bombs(), **_mazes(), **_elsewhere(), **_texts()})]


def word(
    body: str, *, prologue: str = '<?xml version="1.0"?>', title: str = "Lamps", relations: str = "", **parts: str
) -> bytes:
    """A Word document with this body."""
    core = f'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title><dc:creator>{escape(title)}</dc:creator></cp:coreProperties>'
    return archive(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _ROOT,
            "word/document.xml": f"{prologue}<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
            "docProps/core.xml": core,
            **{name.replace("__", "/") + ".xml": content for name, content in parts.items()},
        }
    )


def _bombs() -> dict[str, bytes]:
    plain = word(_TEXT)
    return {
        "bomb": _with(plain, "word/media/image.png", _BOMB),
        "xml-bomb": _with(plain, "word/comments.xml", 100_000_000),
        "text-bomb": word(f"<w:p><w:r><w:t>{'a ' * 20_000_000}</w:t></w:r></w:p>"),
        "empty-paragraphs": word("<w:p/>" * 2_000_000 + _TEXT),
        "many-parts": archive(
            {f"word/part{number}.xml": "<a/>" for number in range(20_000)} | {"word/document.xml": "<a/>"}
        ),
        "nested": archive({"word/document.xml": plain, "word/inner.docx": archive({"word/inner.docx": plain})}),
        "lying-size": _lying(plain),
        "doubled": _doubled(plain),
        "traversal": archive({"../../../../tmp/owned.txt": "owned", "word/document.xml": "<a/>"}),
        "cut": plain[: len(plain) // 2],
        "head": plain[:30],
        "encrypted": _encrypted(plain),
        "method": _method(plain),
    }


def _mazes() -> dict[str, bytes]:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 500}"/></w:style>'
        for n in range(500)
    )
    style = f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return {
        "tables": word(_CELL[0] * 5_000 + _TEXT + _CELL[1] * 5_000),
        "tables-100": word(_CELL[0] * 100 + _TEXT + _CELL[1] * 100),
        "two-cells": word("<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>" * 300 + _TEXT + "</w:tc></w:tr></w:tbl>" * 300),
        "runs": word("<w:p>" + "<w:ins>" * 20_000 + "<w:r><w:t>a</w:t></w:r>" + "</w:ins>" * 20_000 + "</w:p>"),
        "boxes": word("<w:p><w:r><w:pict><w:txbxContent>" * 60 + _TEXT + "</w:txbxContent></w:pict></w:r></w:p>" * 60),
        "boxes-deep": word(
            "<w:p><w:r><w:pict><w:txbxContent>" * 3_000 + _TEXT + "</w:txbxContent></w:pict></w:r></w:p>" * 3_000
        ),
        "sdt": word("<w:sdt><w:sdtContent>" * 10_000 + _TEXT + "</w:sdtContent></w:sdt>" * 10_000),
        "span": word(
            f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{_TEXT}</w:tc><w:tc>{_TEXT}</w:tc></w:tr></w:tbl>'
        ),
        "merge": word(
            "<w:tbl>"
            + '<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/><w:vAlign w:val="bottom"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>'
            * 5_000
            + "</w:tbl>"
            + _TEXT
        ),
        "merge-down": word(
            "<w:tbl>"
            + "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>"
            * 5_000
            + "</w:tbl>"
            + _TEXT
        ),
        "style-loop": word(
            f'<w:p><w:pPr><w:pStyle w:val="s1"/></w:pPr><w:r><w:t>{PLAIN}</w:t></w:r></w:p>',
            relations=style,
            word__styles=f"<w:styles {_W}>{styles}</w:styles>",
        ),
        "style-self": word(
            f'<w:p><w:pPr><w:pStyle w:val="s"/></w:pPr><w:r><w:t>{PLAIN}</w:t></w:r></w:p>',
            relations=style,
            word__styles=f'<w:styles {_W}><w:style w:type="paragraph" w:styleId="s"><w:basedOn w:val="s"/></w:style></w:styles>',
        ),
        "note-loop": word(
            f'<w:p><w:r><w:t>{PLAIN}</w:t><w:footnoteReference w:id="1"/></w:r></w:p>',
            relations=f'<Relationship Id="n" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>',
            word__footnotes=f'<w:footnotes {_W}><w:footnote w:id="1"><w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote></w:footnotes>',
        ),
        "notes": word(
            "".join(f'<w:p><w:r><w:t>{PLAIN}</w:t><w:footnoteReference w:id="{n}"/></w:r></w:p>' for n in range(2_000)),
            relations=f'<Relationship Id="n" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>',
            word__footnotes=f"<w:footnotes {_W}>"
            + "".join(
                f'<w:footnote w:id="{n}"><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote>' for n in range(2_000)
            )
            + "</w:footnotes>",
        ),
        "attribute": word(f'<w:p w:rsidR="{"a" * 5_000_000}"><w:r><w:t>{PLAIN}</w:t></w:r></w:p>'),
        "heading": word(f'<w:p><w:pPr><w:outlineLvl w:val="-99999999999"/></w:pPr><w:r><w:t>{PLAIN}</w:t></w:r></w:p>'),
        "size": word(f'<w:p><w:r><w:rPr><w:sz w:val="9{"9" * 5000}"/></w:rPr><w:t>{PLAIN}</w:t></w:r></w:p>'),
        "number": word(
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{PLAIN}</w:t></w:r></w:p>',
            relations=f'<Relationship Id="n" Type="{_OFFICE}/numbering" Target="numbering.xml"/>',
            word__numbering=f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="8"><w:start w:val="1000000000"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%9%8%7%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        ),
    }


def _elsewhere() -> dict[str, bytes]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    entity = "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"
    hello = f'<Relationship Id="h" Type="{_OFFICE}/{{kind}}" Target="{{target}}" TargetMode="External"/>'
    return {
        "laughs": word(
            entity + _TEXT, prologue=f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}<!ENTITY x "&l9;">]>'
        ),
        "quadratic": word(
            "<w:p><w:r><w:t>" + "&x;" * 20_000 + "</w:t></w:r></w:p>",
            prologue=f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x "{"a" * 50_000}">]>',
        ),
        "file": word(
            entity + _TEXT, prologue='<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        ),
        "http": word(
            entity + _TEXT, prologue='<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>'
        ),
        "dtd": word(_TEXT, prologue='<?xml version="1.0"?><!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">'),
        "template": word(_TEXT, relations=hello.format(kind="attachedTemplate", target="http://127.0.0.1:9/x.dotm")),
        "footnotes": word(_TEXT, relations=hello.format(kind="footnotes", target="file:///etc/hostname")),
        "styles": word(_TEXT, relations=hello.format(kind="styles", target="http://127.0.0.1:9/")),
        "up": word(
            _TEXT, relations=f'<Relationship Id="h" Type="{_OFFICE}/styles" Target="../../../../etc/hostname"/>'
        ),
        "self": word(_TEXT, relations=f'<Relationship Id="h" Type="{_OFFICE}/styles" Target="document.xml"/>'),
        "notes-laughs": word(
            _TEXT,
            relations=f'<Relationship Id="n" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>',
            word__footnotes=f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><w:footnotes {_W}><w:footnote w:id="1"><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:footnote></w:footnotes>',
        ),
    }


def _texts() -> dict[str, bytes]:
    scripts = "".join(f"<w:p><w:r><w:t>{escape(script)} {PLAIN}</w:t></w:r></w:p>" for script in (*SCRIPTS, *FORMULAS))
    return {
        "scripts": word(scripts, title=SCRIPTS[0]),
        "formula": word(_TEXT, title=FORMULAS[0]),
        "turned": word(f"<w:p><w:r><w:t>{TURNS}{PLAIN}</w:t></w:r></w:p>", title=f"Lamps \u202efdp.exe {TURNS}"),
        "long-title": word(_TEXT, title="Lamps " * 50_000),
    }


def _with(plain: bytes, name: str, size: int) -> bytes:
    """The document with one more part that unpacks to so many noughts, written in pieces."""
    stream = io.BytesIO(plain)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as target, target.open(name, "w", force_zip64=True) as part:
        for _ in range(size // 1_000_000):
            part.write(bytes(1_000_000))
    return stream.getvalue()


def _lying(plain: bytes) -> bytes:
    """A document whose directory says that its parts are small."""
    bomb = bytearray(_with(plain, "word/bomb.xml", 300_000_000))
    at = bomb.rfind(b"PK\x01\x02", 0, bomb.rfind(b"word/bomb.xml"))
    bomb[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(bomb)


def _doubled(plain: bytes) -> bytes:
    stream = io.BytesIO(plain)
    with zipfile.ZipFile(stream, "a") as target:
        target.comment = b"x" * 60_000
        info = zipfile.ZipInfo("word/document.xml ")
        target.writestr(info, "<a/>")
    return stream.getvalue()


def _encrypted(plain: bytes) -> bytes:
    """The document with the flag of encryption in its directory."""
    marked = bytearray(plain)
    at = marked.find(b"PK\x01\x02")
    marked[at + 8] |= 1
    return bytes(marked)


def _method(plain: bytes) -> bytes:
    """The document with a way of compression that nobody knows."""
    marked = bytearray(plain)
    at = marked.find(b"PK\x01\x02")
    marked[at + 10] = 77
    return bytes(marked)
