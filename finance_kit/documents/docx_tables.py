"""Tables as WordprocessingML, written row by row in one string.

Header rows repeat on every page, no row breaks across pages, figures stand right with figures of one width, totals
are bold under a rule, and what is marked is marked by colour *and* by weight, for a print in black and white.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from finance_kit.documents.docx_template import TemplateStyles
from finance_kit.documents.docx_text import Text, attribute, paragraph_xml, runs_xml

__all__ = ["Cell", "Column", "Row", "RowKind", "fact_table_xml", "key_figures_xml", "signatures_xml", "table_xml"]

RowKind = Literal["plain", "group", "subtotal", "total", "marked"]
TWIPS_PER_CM: Final = 566.929
_KEEP_WHOLE_UP_TO: Final = 14  # body rows; a longer table may break between rows, its header repeats


@dataclass(frozen=True, slots=True)
class Column:
    """A column: width in centimetres, and whether figures stand in it (right-aligned)."""

    width_cm: float
    number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than its text: over several columns, marked, bold, aligned against its column."""

    text: Text = ""
    span: int = 1
    marked: bool = False
    bold: bool = False
    number: bool | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A body row. ``indent`` counts steps of the first cell; ``group`` heads the rows below it."""

    cells: Sequence[str | Cell]
    kind: RowKind = "plain"
    indent: int = 0


@dataclass(frozen=True, slots=True)
class _Look:
    """Everything about a table that its rows share, worked out once."""

    styles: TemplateStyles
    columns: Sequence[Column]
    widths: Sequence[int]
    text: str
    number: str
    header: str


def _fitted(columns: Sequence[Column], text_width: int, *, fill: bool) -> list[int]:
    """Column widths in twentieths of a point; scaled together where they would overrun the page or are to fill it."""
    wanted = [column.width_cm * TWIPS_PER_CM for column in columns]
    scale = text_width / sum(wanted)
    if not fill:
        scale = min(1.0, scale)
    return [int(width * scale) for width in wanted]


def _table_head(style_id: str, widths: Sequence[int], description: str, *, first_row: bool, first_column: bool) -> str:
    """``w:tblPr`` and ``w:tblGrid``."""
    look = (0x20 if first_row else 0) | (0x80 if first_column else 0) | 0x200 | 0x400
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    caption = f'<w:tblDescription w:val="{attribute(description)}"/>' if description else ""
    return (
        f'<w:tblPr><w:tblStyle w:val="{style_id}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{look:04X}" w:firstRow="{int(first_row)}" w:lastRow="0" '
        f'w:firstColumn="{int(first_column)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _tc(width: int, span: int, extra: str, content: str) -> str:
    """A ``w:tc``; ``extra`` holds borders, shading and vertical alignment in schema order."""
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}{extra}</w:tcPr>{content}</w:tc>'


def _shading(fill: str) -> str:
    return "" if fill == "auto" else f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def _header_row(look: _Look, cells: Sequence[str | Cell], *, last: bool) -> str:
    """A repeated row; group headings over several columns are centred with a rule below them."""
    parts = []
    at = 0
    for item in cells:
        cell = item if isinstance(item, Cell) else Cell(item)
        number = look.columns[at].number if cell.number is None else cell.number
        align = "center" if cell.span > 1 else ("right" if number else "")
        ruled = cell.span > 1 and not last
        border = (
            '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="FFFFFF"/></w:tcBorders>'
            if ruled
            else ""
        )
        extra = f'{border}{_shading(look.styles.header_fill)}<w:vAlign w:val="bottom"/>'
        content = paragraph_xml(runs_xml(cell.text), look.header, keep_next=True, align=align)
        parts.append(_tc(sum(look.widths[at : at + cell.span]), cell.span, extra, content))
        at += cell.span
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(parts)}</w:tr>"


def _row_extra(look: _Look, kind: RowKind) -> str:
    """Borders and shading that all cells of a row of this kind have."""
    if kind == "marked":
        return _shading(look.styles.marked_fill)
    if kind == "group":
        return _shading(look.styles.tint_fill)
    if kind in {"subtotal", "total"}:
        size = 8 if kind == "total" else 4
        border = f'<w:top w:val="single" w:sz="{size}" w:space="0" w:color="{look.styles.rule_color}"/>'
        shading = _shading(look.styles.tint_fill) if kind == "total" else ""
        return f"<w:tcBorders>{border}</w:tcBorders>{shading}"
    return ""


def _body_row(look: _Look, row: Row, *, keep_next: bool) -> str:
    """One row; plain cells, by far the most, take the short way."""
    row_extra = _row_extra(look, row.kind)
    row_bold = row.kind in {"group", "subtotal", "total"}
    row_style = look.styles["Marked"] if row.kind == "marked" else ""
    marked_extra = _shading(look.styles.marked_fill)
    parts = []
    at = 0
    for item in row.cells:
        if isinstance(item, str):
            text: Text = item
            span, marked, bold, number = 1, False, row_bold, look.columns[at].number
        else:
            text, span, marked, bold = item.text, item.span, item.marked, row_bold or item.bold
            number = look.columns[at].number if item.number is None else item.number
        style_id = look.styles["Marked"] if marked else row_style
        content = paragraph_xml(
            runs_xml(text, bold=bold, style_id=style_id),
            look.number if number else look.text,
            keep_next=keep_next,
            indent=row.indent * 170 if at == 0 else 0,
        )
        width = look.widths[at] if span == 1 else sum(look.widths[at : at + span])
        parts.append(_tc(width, span, marked_extra if marked else row_extra, content))
        at += span
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(parts)}</w:tr>"


def table_xml(
    styles: TemplateStyles,
    columns: Sequence[Column],
    header: Sequence[Sequence[str | Cell]],
    rows: Sequence[Row | Sequence[str | Cell]],
    *,
    text_width: int,
    small: bool = False,
    fill: bool = True,
    description: str = "",
    keep_whole: bool | None = None,
    noted: bool = False,
) -> str:
    """A ``w:tbl`` in the *Finance Table* style.

    Parameters
    ----------
    styles : of the document it goes into
    columns : from left to right
    header : header rows, repeated on each page; the cells of a row span all columns together
    rows : body rows; a bare sequence is a plain :class:`Row`
    text_width : width of the text on the page, twentieths of a point
    small : small print, for tables of a year by months
    fill : take the whole text width, columns in the proportions given; otherwise widths as given, narrowed alike
        where they would overrun the page
    description : alternative text for readers who hear the document
    keep_whole : on one page; by default up to 14 rows
    noted : a note follows, from which the last row is not to be parted

    Raises
    ------
    ValueError : a row's cells do not fill the columns, or there is no column
    """
    prefix = "Small " if small else ""
    body = [row if isinstance(row, Row) else Row(row) for row in rows]
    for cells in (*header, *(row.cells for row in body)):
        filled = sum(cell.span if isinstance(cell, Cell) else 1 for cell in cells)
        if filled != len(columns):
            raise ValueError(f"a table row fills {filled} of {len(columns)} columns")
    look = _Look(
        styles=styles,
        columns=columns,
        widths=_fitted(columns, text_width, fill=fill),
        text=styles[f"{prefix}Cell Text"],
        number=styles[f"{prefix}Cell Number"],
        header=styles[f"{prefix}Cell Header"],
    )
    whole = len(body) <= _KEEP_WHOLE_UP_TO if keep_whole is None else keep_whole
    last = len(body) - 1
    head = _table_head(styles["Finance Table"], look.widths, description, first_row=bool(header), first_column=False)
    top = "".join(_header_row(look, cells, last=at == len(header) - 1) for at, cells in enumerate(header))
    rest = "".join(
        # A table that may break keeps its first two and last two rows together, and a group heading its first row.
        _body_row(
            look,
            row,
            keep_next=noted if at == last else whole or at == 0 or at == last - 1 or row.kind == "group",
        )
        for at, row in enumerate(body)
    )
    return f"<w:tbl>{head}{top}{rest}</w:tbl>"


def fact_table_xml(
    styles: TemplateStyles,
    facts: Sequence[tuple[str, Text]],
    *,
    text_width: int,
    label_cm: float = 5.5,
    pairs: bool = False,
    description: str = "",
) -> str:
    """Labels and values side by side over the whole text width, as on a request sheet.

    ``pairs`` puts two facts into a row. Up to 14 rows stay on one page.
    """
    abreast = 2 if pairs else 1
    left = min(int(label_cm * TWIPS_PER_CM), text_width // (2 * abreast))
    widths = [left, text_width // abreast - left] * abreast
    padded = [*facts, *[("", "")] * (-len(facts) % abreast)]
    whole = len(padded) <= _KEEP_WHOLE_UP_TO * abreast
    rows = ""
    for at in range(0, len(padded), abreast):
        keep = whole and at + abreast < len(padded)
        cells = ""
        for place, (label, value) in enumerate(padded[at : at + abreast]):
            # The table style makes the first column bold; a second label has to say so itself.
            name = paragraph_xml(runs_xml(label, bold=place > 0), styles["Cell Text"], keep_next=keep)
            cells += _tc(widths[0], 1, "", name)
            cells += _tc(widths[1], 1, "", paragraph_xml(runs_xml(value), styles["Cell Text"], keep_next=keep))
        rows += f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    head = _table_head(styles["Fact Table"], widths, description, first_row=False, first_column=True)
    return f"<w:tbl>{head}{rows}</w:tbl>"


def key_figures_xml(
    styles: TemplateStyles, figures: Sequence[tuple[str, str, str]], *, text_width: int, description: str = ""
) -> str:
    """A band of two to five large figures, each with its label above and a remark below."""
    width = text_width // len(figures)
    cells = "".join(
        _tc(
            width,
            1,
            _shading(styles.tint_fill),
            paragraph_xml(runs_xml(label), styles["Key Label"], keep_next=True)
            + paragraph_xml(runs_xml(value), styles["Key Figure"], keep_next=True)
            + paragraph_xml(runs_xml(remark), styles["Key Label"]),
        )
        for label, value, remark in figures
    )
    widths = [width] * len(figures)
    head = _table_head(styles["Key Figure Table"], widths, description, first_row=False, first_column=False)
    return f"<w:tbl>{head}<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"


def signatures_xml(
    styles: TemplateStyles, blocks: Sequence[tuple[str, Sequence[str]]], *, text_width: int, description: str = ""
) -> str:
    """Signature blocks, two to a row: a line to sign on, who signs, and blanks to fill in (name, date, stamp)."""
    gap = text_width // 20
    width = (text_width - gap) // 2
    rule = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders>'
    label = styles["Signature Label"]
    widths = [width, gap, width]
    rows = []
    for at in range(0, len(blocks), 2):
        pair = [*blocks[at : at + 2], ("", ())][:2]
        lines, texts = [], []
        for who, blanks in pair:
            content = paragraph_xml(runs_xml(who, bold=True), label)
            content += "".join(paragraph_xml(runs_xml(blank), label) for blank in blanks)
            lines.append(_tc(width, 1, rule if who else "", paragraph_xml("", label, keep_next=True)))
            texts.append(_tc(width, 1, "", content))
        space = _tc(gap, 1, "", paragraph_xml("", label))
        high = '<w:trPr><w:cantSplit/><w:trHeight w:val="1000" w:hRule="atLeast"/></w:trPr>'
        rows.append(f"<w:tr>{high}{lines[0]}{space}{lines[1]}</w:tr>")
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{texts[0]}{space}{texts[1]}</w:tr>")
    head = _table_head(styles["Signature Table"], widths, description, first_row=False, first_column=False)
    return f"<w:tbl>{head}{''.join(rows)}</w:tbl>"
