"""The parts of a Word document that hold no passages: content types, relationships, styles, settings, properties.

Structure and names are those of ECMA-376 (Office Open XML, WordprocessingML), part 1.
"""

from __future__ import annotations

from collections.abc import Mapping

from corpus.export.base import Options
from corpus.export.text import one_line, xml

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_CONTENT_TYPES = f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>
<Override PartName="/word/settings.xml" ContentType="{_TYPE}.settings+xml"/>
<Override PartName="/word/footnotes.xml" ContentType="{_TYPE}.footnotes+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>
"""
_RELATIONSHIPS = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>
"""
_DOCUMENT_RELATIONSHIPS = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>
<Relationship Id="rId3" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>
</Relationships>
"""
#: Word repairs a document whose settings do not name the separators of its footnotes; 15 is the mode of Word 2013.
_SETTINGS = f"""{_XML}<w:settings {NAMESPACE}>
<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
<w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat>
</w:settings>
"""


def _style(kind: str, identifier: str, name: str, properties: str, *, based: str = "", default: bool = False) -> str:
    marked = ' w:default="1"' if default else ""
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    opening = f'<w:style w:type="{kind}"{marked} w:styleId="{identifier}"><w:name w:val="{name}"/>{base}'
    return f"{opening}<w:qFormat/>{properties}</w:style>\n"


def _paragraph(identifier: str, name: str, *, paragraph: str, run: str = "") -> str:
    return _style("paragraph", identifier, name, f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr>", based="Normal")


def _character(identifier: str, name: str, run: str) -> str:
    return _style("character", identifier, name, f"<w:rPr>{run}</w:rPr>")


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


#: A quotation is indented on both sides, as law journals set it; notes are smaller and close to each other.
_STYLES = "".join(
    (
        f"{_XML}<w:styles {NAMESPACE}>\n<w:docDefaults><w:rPrDefault><w:rPr>",
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman"',
        f' w:cs="Times New Roman"/>{_size(24)}<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>',
        '<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault>',
        "</w:docDefaults>\n",
        _style("paragraph", "Normal", "Normal", "", default=True),
        _paragraph("Title", "Title", paragraph='<w:spacing w:after="240"/>', run=_size(40)),
        _paragraph(
            "Heading1",
            "heading 1",
            paragraph='<w:keepNext/><w:spacing w:before="480" w:after="120"/><w:outlineLvl w:val="0"/>',
            run=f"<w:b/>{_size(28)}",
        ),
        _paragraph(
            "Heading2",
            "heading 2",
            paragraph='<w:keepNext/><w:spacing w:before="240" w:after="60"/><w:outlineLvl w:val="1"/>',
            run="<w:b/>",
        ),
        _paragraph("Quote", "Quote", paragraph='<w:ind w:left="567" w:right="567"/>'),
        _paragraph(
            "FootnoteText",
            "footnote text",
            paragraph='<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>',
            run=_size(20),
        ),
        _character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
        _character("Hyperlink", "Hyperlink", '<w:color w:val="0563C1"/><w:u w:val="single"/>'),
    )
)
#: The style of what a collector says of a passage.
REMARK = "Remark"
#: A collection has headings of its own above the others, and remarks, as far indented as the quotations.
_COLLECTION_STYLES = "".join(
    (
        _paragraph(
            "Heading3",
            "heading 3",
            paragraph='<w:keepNext/><w:spacing w:before="200" w:after="60"/><w:outlineLvl w:val="2"/>',
            run="<w:b/><w:i/>",
        ),
        _paragraph(REMARK, "Remark", paragraph='<w:ind w:left="567" w:right="567"/>', run=_size(22)),
    )
)


def fixed_parts(options: Options) -> Mapping[str, str]:
    """Every part but the body and the footnotes, by name, the content types first."""
    about = options.provenance
    told = (about.line, about.date) if about else ("", "")
    return {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONSHIPS,
        "docProps/core.xml": _properties(one_line(options.title), *told),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONSHIPS,
        "word/settings.xml": _SETTINGS,
        "word/styles.xml": f"{_STYLES}{_COLLECTION_STYLES if options.collection else ''}</w:styles>\n",
    }


def _properties(title: str, description: str, date: str) -> str:
    created = f'<dcterms:created xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:created>' if date else ""
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml(title)}</dc:title><dc:description>{xml(description)}</dc:description>{created}"
        "</cp:coreProperties>\n"
    )
