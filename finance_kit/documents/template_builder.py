"""Builds the Word template that is shipped, ``templates/docx/bank_plan.docx``, from nothing.

    python -m finance_kit.documents.template_builder templates/docx/bank_plan.docx

The result is an ordinary Word file which staff restyle in Word (``templates/CONTRACT.md``); after that it is theirs,
and building it again is only for those who want the first looks back.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from finance_kit.documents.docx_save import package_bytes, write_file
from finance_kit.documents.template_styles import ACCENT, INK, LATIN, NAVY, styles_xml

__all__ = ["main", "template_bytes"]

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# Part, content type, relationship type ("" where another part points to it).
_PARTS: Final = (
    ("styles", f"{_WORD_TYPE}.styles+xml"),
    ("settings", f"{_WORD_TYPE}.settings+xml"),
    ("fontTable", f"{_WORD_TYPE}.fontTable+xml"),
    ("numbering", f"{_WORD_TYPE}.numbering+xml"),
    ("header1", f"{_WORD_TYPE}.header+xml"),
    ("footer1", f"{_WORD_TYPE}.footer+xml"),
    ("header2", f"{_WORD_TYPE}.header+xml"),
    ("footer2", f"{_WORD_TYPE}.footer+xml"),
)


def _paragraph(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _simple_field(instruction: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _cell(width: int, style: str, text: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(style, _run(text))}</w:tc>'


def _document_xml() -> str:
    """Cover, then the three places that the program fills."""
    left, right = 3000, 6354
    rows = (
        _cell(left, "CellText", "{%tr for fact in cover_facts %}") + _cell(right, "CellText", ""),
        _cell(left, "CoverText", "{{ fact.label }}") + _cell(right, "CoverText", "{{ fact.value }}"),
        _cell(left, "CellText", "{%tr endfor %}") + _cell(right, "CellText", ""),
    )
    facts = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="FactTable"/><w:tblW w:w="9354" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0680" w:firstRow="0" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="{left}"/><w:gridCol w:w="{right}"/></w:tblGrid>'
        + "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" for row in rows)
        + "</w:tbl>"
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:headerReference w:type="first" r:id="rId7"/>'
        '<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId8"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1276" w:bottom="1247" w:left="1276" '
        'w:header="624" w:footer="567" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr>'
    )
    body = (
        _paragraph("CoverKicker", _run("{{ document_kind }}"))
        + _paragraph("Title", _run("{{ cluster_name }}"))
        + _paragraph("Subtitle", _run("{{ cover_place }}"))
        + _paragraph("CoverText", _run("{{ cover_text }}"))
        + _paragraph("CoverText", "")
        + facts
        + "".join(_paragraph("BodyText", _run(f"[[{place}]]")) for place in ("REQUEST", "CONTENTS", "BODY"))
    )
    return f"{_HEAD}<w:document {_NAMES}><w:body>{body}{section}</w:body></w:document>"


def _settings_xml() -> str:
    compatibility = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", "15"),
            ("overrideTableStyleFontSizeAndJustification", "1"),
            ("enableOpenTypeFeatures", "1"),
            ("doNotFlipMirrorIndents", "1"),
            ("differentiateMultirowTableHeaders", "1"),
        )
    )
    return (
        f'{_HEAD}<w:settings {_NAMES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compatibility}</w:compat><w:themeFontLang w:val="en-US"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
        'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
        'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _numbering_xml() -> str:
    return (
        f'{_HEAD}<w:numbering {_NAMES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>'
        '<w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr><w:rPr>'
        f'<w:color w:val="{ACCENT}"/></w:rPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _font_table_xml() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        for name in (LATIN, "Leelawadee UI", "Myanmar Text")
    )
    return f"{_HEAD}<w:fonts {_NAMES}>{fonts}</w:fonts>"


def _theme_xml() -> bytes:
    """The stock theme with our two fonts and colours, so that Word's own pickers offer them."""
    import docx

    stock = Path(docx.__file__).parent / "templates" / "default.docx"
    with ZipFile(stock) as archive:
        theme = archive.read("word/theme/theme1.xml").decode()
    theme = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{LATIN}", theme)
    palette = (("dk2", NAVY), ("accent1", NAVY), ("accent2", ACCENT), ("accent3", "D98E04"), ("accent4", "9C3D3D"))
    for name, color in (*palette, ("accent5", "7A8793"), ("accent6", INK)):
        theme = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf'\1<a:srgbClr val="{color}"/>\2', theme, flags=re.DOTALL)
    return theme.encode()


def _relationships(items: list[tuple[str, str]]) -> bytes:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(items, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'.encode()


def template_bytes() -> bytes:
    """The template as the bytes of a .docx; the same on every machine."""
    page = _run("{{ footer_note }}   |   Page ") + _simple_field("PAGE") + _run(" of ") + _simple_field("NUMPAGES")
    parts = {
        "styles": styles_xml(),
        "settings": _settings_xml(),
        "fontTable": _font_table_xml(),
        "numbering": _numbering_xml(),
        "header1": f"{_HEAD}<w:hdr {_NAMES}>{_paragraph('Header', _run('{{ header_text }}'))}</w:hdr>",
        "footer1": f"{_HEAD}<w:ftr {_NAMES}>{_paragraph('Footer', page)}</w:ftr>",
        "header2": f"{_HEAD}<w:hdr {_NAMES}><w:p/></w:hdr>",
        "footer2": f"{_HEAD}<w:ftr {_NAMES}>{_paragraph('CoverNote', _run('{{ cover_note }}'))}</w:ftr>",
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{content_type}"/>' for name, content_type in _PARTS
    )
    content_types = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>{overrides}'
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )
    core = (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Bank plan template</dc:title>'
        "<dc:creator>Finance Kit</dc:creator></cp:coreProperties>"
    )
    kinds = [(f"{_OFFICE}/{name.rstrip('12')}", f"{name}.xml") for name, _ in _PARTS]
    return package_bytes(
        [
            ("[Content_Types].xml", content_types.encode()),
            (
                "_rels/.rels",
                _relationships(
                    [
                        (f"{_OFFICE}/officeDocument", "word/document.xml"),
                        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                    ]
                ),
            ),
            ("word/document.xml", _document_xml().encode()),
            ("word/_rels/document.xml.rels", _relationships([*kinds, (f"{_OFFICE}/theme", "theme/theme1.xml")])),
            *((f"word/{name}.xml", parts[name].encode()) for name, _ in _PARTS),
            ("word/theme/theme1.xml", _theme_xml()),
            ("docProps/core.xml", core.encode()),
        ]
    )


def main(arguments: list[str]) -> int:
    """Write the template to the path given; exit code 2 without one."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m finance_kit.documents.template_builder <path.docx>\n")
        return 2
    sys.stdout.write(f"{write_file(Path(arguments[0]), template_bytes())}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
