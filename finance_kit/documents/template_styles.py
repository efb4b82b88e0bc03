"""The looks of the shipped Word template: ``word/styles.xml`` as tables of data.

Staff never need this file: they restyle ``bank_plan.docx`` in Word. It exists so that the template can be built again
from nothing and so that each setting of it can be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["ACCENT", "INK", "NAVY", "PARAGRAPH_STYLES", "ParagraphStyle", "styles_xml"]

LATIN: Final = "Arial"
COMPLEX: Final = "Leelawadee UI"
INK: Final = "1F2933"
NAVY: Final = "17324D"
ACCENT: Final = "0F6E74"
MUTED: Final = "52606D"
RULE: Final = "B8C4CE"
TINT: Final = "E8F1F2"
WARN_INK: Final = "7A3E00"
WARN_FILL: Final = "FFF0D1"


def _id_of(name: str) -> str:
    return "".join("TOC" if word == "toc" else word[:1].upper() + word[1:] for word in name.split())


_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style; ``size`` in points, ``before`` and ``after`` in points, ``line`` as a multiple."""

    name: str
    based_on: str = "Normal"
    follows: str = ""
    size: float | None = None
    bold: bool = False
    italic: bool = False
    color: str = ""
    before: float | None = None
    after: float | None = None
    line: float | None = None
    keep_next: bool = False
    keep_lines: bool = False
    align: str = ""
    outline: int | None = None
    extra: str = ""  # borders, shading, tabs and numbering, before w:spacing in schema order
    indent: str = ""
    figures: bool = False
    built_in: bool = True

    @property
    def style_id(self) -> str:
        """Style id that Word would give: the name without blanks, capitalised."""
        return _id_of(self.name)


def _border(side: str, size: int, color: str, space: int = 4) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


def _boxed(color: str, fill: str) -> str:
    # Borders in the colour of the ground: room above and below the text, which shading alone does not give.
    borders = _border("top", 4, fill, 4) + _border("left", 24, color, 8) + _border("bottom", 4, fill, 4)
    return f'<w:pBdr>{borders}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def _toc_tabs(position: int) -> str:
    return f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{position}"/></w:tabs>'


_NUMBERED = '<w:numPr><w:numId w:val="1"/></w:numPr>'

PARAGRAPH_STYLES: Final = (
    ParagraphStyle("Body Text", after=6, line=1.15),
    ParagraphStyle("Title", follows="Subtitle", size=30, bold=True, color=NAVY, before=0, after=8, line=1.05),
    ParagraphStyle("Subtitle", follows="Body Text", size=14, color=MUTED, after=10),
    ParagraphStyle(
        "heading 1",
        follows="Body Text",
        size=17,
        bold=True,
        color=NAVY,
        before=18,
        after=8,
        keep_next=True,
        keep_lines=True,
        outline=0,
        extra=f"<w:pBdr>{_border('bottom', 8, ACCENT)}</w:pBdr>",
    ),
    ParagraphStyle(
        "heading 2",
        follows="Body Text",
        size=13,
        bold=True,
        color=ACCENT,
        before=12,
        after=5,
        keep_next=True,
        keep_lines=True,
        outline=1,
    ),
    ParagraphStyle(
        "heading 3",
        follows="Body Text",
        size=11,
        bold=True,
        color=NAVY,
        before=12,
        after=4,
        keep_next=True,
        keep_lines=True,
        outline=2,
    ),
    ParagraphStyle("caption", follows="Body Text", size=9, bold=True, color=NAVY, before=7, after=3, keep_lines=True),
    ParagraphStyle(
        "List Bullet", based_on="BodyText", after=3, extra=_NUMBERED, indent='<w:ind w:left="397" w:hanging="284"/>'
    ),
    ParagraphStyle("TOC Heading", follows="Body Text", size=17, bold=True, color=NAVY, after=12, keep_next=True),
    ParagraphStyle("toc 1", size=10.5, bold=True, before=6, after=2, extra=_toc_tabs(9350)),
    ParagraphStyle(
        "toc 2", size=10, color=MUTED, after=1, extra=_toc_tabs(9350), indent='<w:ind w:left="284" w:right="0"/>'
    ),
    ParagraphStyle(
        "header", size=8.5, color=MUTED, after=0, extra=f"<w:pBdr>{_border('bottom', 4, RULE)}</w:pBdr>", align="left"
    ),
    ParagraphStyle("footer", size=8.5, color=MUTED, after=0, align="right"),
    ParagraphStyle(
        "Cover Kicker",
        follows="Title",
        size=12,
        bold=True,
        color=ACCENT,
        before=120,
        after=14,
        extra=f"<w:pBdr>{_border('top', 48, ACCENT, 16)}</w:pBdr>",
        built_in=False,
    ),
    ParagraphStyle("Cover Text", size=11, before=3, after=3, built_in=False),
    ParagraphStyle("Cover Note", size=8.5, color=MUTED, after=0, line=1.1, built_in=False),
    ParagraphStyle("Figure Note", size=8.5, color=MUTED, before=3, after=9, built_in=False),
    ParagraphStyle("Chart", align="center", before=6, after=4, keep_next=True, built_in=False),
    ParagraphStyle(
        "Warning",
        based_on="BodyText",
        color=WARN_INK,
        before=6,
        after=8,
        keep_lines=True,
        extra=_boxed("D98E04", WARN_FILL),
        indent='<w:ind w:left="198" w:right="57"/>',
        built_in=False,
    ),
    ParagraphStyle(
        "Remark",
        based_on="BodyText",
        before=6,
        after=8,
        keep_lines=True,
        extra=_boxed(ACCENT, TINT),
        indent='<w:ind w:left="198" w:right="57"/>',
        built_in=False,
    ),
    ParagraphStyle("Key Figure", size=15, bold=True, color=NAVY, before=0, after=0, figures=True, built_in=False),
    ParagraphStyle("Key Label", size=8.5, color=MUTED, before=2, after=1, built_in=False),
    ParagraphStyle("Cell Text", size=9, before=1.5, after=1.5, line=1.0, built_in=False),
    ParagraphStyle("Cell Number", based_on="CellText", align="right", figures=True, built_in=False),
    ParagraphStyle("Cell Header", based_on="CellText", bold=True, color="FFFFFF", keep_next=True, built_in=False),
    ParagraphStyle("Small Cell Text", size=7.5, before=1, after=1, line=1.0, built_in=False),
    ParagraphStyle("Small Cell Number", based_on="SmallCellText", align="right", figures=True, built_in=False),
    ParagraphStyle(
        "Small Cell Header", based_on="SmallCellText", bold=True, color="FFFFFF", keep_next=True, built_in=False
    ),
    ParagraphStyle("Signature Label", size=8.5, color=MUTED, before=2, after=2, keep_lines=True, built_in=False),
    ParagraphStyle("Table Gap", size=6, before=0, after=4, line=1.0, built_in=False),
)

_CHARACTER_STYLES: Final = (
    ("Strong", "Strong", "<w:b/><w:bCs/>"),
    ("Emphasis", "Emphasis", "<w:i/><w:iCs/>"),
    (
        "Marked",
        "Marked",
        f'<w:b/><w:bCs/><w:color w:val="{WARN_INK}"/><w:shd w:val="clear" w:color="auto" w:fill="{WARN_FILL}"/>',
    ),
)


def _style_xml(style: ParagraphStyle) -> str:
    """One ``w:style`` of a paragraph style, children in schema order."""
    spacing = {
        "before": None if style.before is None else round(style.before * 20),
        "after": None if style.after is None else round(style.after * 20),
        "line": None if style.line is None else round(style.line * 240),
    }
    attributes = "".join(f' w:{name}="{value}"' for name, value in spacing.items() if value is not None)
    if style.line is not None:
        attributes += ' w:lineRule="auto"'
    paragraph = (
        ("<w:keepNext/>" if style.keep_next else "")
        + ("<w:keepLines/>" if style.keep_lines else "")
        + style.extra
        + (f"<w:spacing{attributes}/>" if attributes else "")
        + style.indent
        + (f'<w:jc w:val="{style.align}"/>' if style.align else "")
        + (f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else "")
    )
    half_points = None if style.size is None else round(style.size * 2)
    run = (
        ("<w:b/><w:bCs/>" if style.bold else "")
        + ("<w:i/><w:iCs/>" if style.italic else "")
        + (f'<w:color w:val="{style.color}"/>' if style.color else "")
        + (f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else "")
        + ('<w14:numForm w14:val="lining"/><w14:numSpacing w14:val="tabular"/>' if style.figures else "")
    )
    follows = _id_of(style.follows)
    return (
        f'<w:style w:type="paragraph"{"" if style.built_in else " w:customStyle=" + chr(34) + "1" + chr(34)}'
        f' w:styleId="{style.style_id}"><w:name w:val="{style.name}"/><w:basedOn w:val="{style.based_on}"/>'
        + (f'<w:next w:val="{follows}"/>' if follows else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _table_style(style_id: str, name: str, borders: str, margins: tuple[int, int], conditional: str = "") -> str:
    """A table style on top of Table Normal; margins (top and bottom, left and right) in twentieths of a point."""
    vertical, horizontal = margins
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        '<w:tblPr><w:tblStyleRowBandSize w:val="1"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblCellMar><w:top w:w="{vertical}" w:type="dxa"/><w:left w:w="{horizontal}" w:type="dxa"/>'
        f'<w:bottom w:w="{vertical}" w:type="dxa"/><w:right w:w="{horizontal}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"{conditional}</w:style>"
    )


def _table_styles() -> str:
    fill = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'
    finance = _table_style(
        "FinanceTable",
        "Finance Table",
        _border("top", 8, NAVY, 0) + _border("bottom", 8, NAVY, 0) + _border("insideH", 4, RULE, 0),
        (0, 70),
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr>'
        f"<w:tcPr>{fill.format(NAVY)}</w:tcPr></w:tblStylePr>"
        f'<w:tblStylePr w:type="band1Horz"><w:tcPr>{fill.format(TINT)}</w:tcPr></w:tblStylePr>',
    )
    facts = _table_style(
        "FactTable",
        "Fact Table",
        _border("top", 8, ACCENT, 0) + _border("bottom", 4, RULE, 0) + _border("insideH", 4, RULE, 0),
        (30, 85),
        '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr>',
    )
    tiles = _table_style(
        "KeyFigureTable",
        "Key Figure Table",
        _border("top", 12, ACCENT, 0) + _border("bottom", 4, RULE, 0) + _border("insideV", 24, "FFFFFF", 0),
        (85, 115),
        f'<w:tblStylePr w:type="band1Horz"><w:tcPr>{fill.format(TINT)}</w:tcPr></w:tblStylePr>',
    )
    signatures = _table_style("SignatureTable", "Signature Table", "", (40, 115))
    return finance + facts + tiles + signatures


def styles_xml() -> str:
    """The whole styles part: defaults, then paragraph, character and table styles."""
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{LATIN}" w:cs="{COMPLEX}"/>'
    characters = "".join(
        f'<w:style w:type="character"{"" if name != "Marked" else " w:customStyle=" + chr(34) + "1" + chr(34)} '
        f'w:styleId="{style_id}"><w:name w:val="{name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>'
        f"<w:rPr>{run}</w:rPr></w:style>"
        for style_id, name, run in _CHARACTER_STYLES
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:styles xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14">'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        f'<w:color w:val="{INK}"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="en-US" w:eastAsia="en-US" '
        'w:bidi="th-TH"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="264" '
        'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        + "".join(_style_xml(style) for style in PARAGRAPH_STYLES)
        + characters
        + _table_styles()
        + "</w:styles>"
    )
