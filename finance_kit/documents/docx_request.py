"""The loan request sheet: one page, whatever the plan holds.

What a loan officer needs to begin: the most important figures in a band, then the request as labels and values. Where
the texts would run over the page they are shortened, or left to the annex *Loan request in full*; nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from finance_kit.documents.docx_blocks import BlockWriter, figure_text, is_empty, unbroken
from finance_kit.documents.docx_localise import complex_font_for
from finance_kit.documents.docx_widths import lines_of, text_width_cm
from finance_kit.report.formats import DASH, Formats
from finance_kit.report.model import Block, Figure, Paragraph, ReportContext, Section, Table

__all__ = ["RequestSheet", "plan_request_sheet", "write_request_sheet"]

_HEIGHT: Final = 716.8  # points below the heading, some left for the differences between Word and LibreOffice
_BAND: Final = 82.0
_LABEL_CM: Final = 5.5
_VALUE_CM: Final = 10.6
_TEXT_CM: Final = 16.3
_FIGURE_SIZE: Final = 15.0
_TILES: Final = (
    "loans_asked_for", "min_dscr", "own_contribution_share", "project_npv", "project_irr_annual", "cash_low_point",
    "total_investment", "collateral_cover",
)  # fmt: skip
_SHORTER: Final = (400, 250, 200, 160, 130, 100, 80, 60)


@dataclass(frozen=True, slots=True)
class RequestSheet:
    """What stands on the page: tiles in bands of up to three, blocks; ``rest`` is for the annex, or ``None``."""

    tiles: tuple[tuple[str, str, str], ...]
    blocks: tuple[Paragraph | tuple[Figure, ...] | Table, ...]
    rest: Section | None


def plan_request_sheet(context: ReportContext, formats: Formats) -> RequestSheet:
    """Choose what fits on one page.

    Parameters
    ----------
    context : of the report; its request section and its key figures
    formats : of the plan
    """
    tiles = _tiles(context, formats)
    whole = [block for block in context.request.blocks if not is_empty(block)]
    shown = tuple(block for block in whole if isinstance(block, Paragraph | Table | tuple))
    moved = len(shown) < len(whole) or any(not is_empty(part) for part in context.request.sections)
    if _height(tiles, shown, formats) > _HEIGHT and len(tiles) > 3:
        tiles = tiles[:3]
    for limit in _SHORTER:
        if _height(tiles, shown, formats) <= _HEIGHT:
            break
        shorter = tuple(_shortened(block, limit) for block in shown)
        shown, moved = shorter, moved or shorter != shown
    while _height(tiles, shown, formats) > _HEIGHT:
        shown, moved = _without_last(shown), True
    rest = Section("request_in_full", "Loan request in full", tuple(whole), context.request.sections) if moved else None
    return RequestSheet(tiles, shown, rest)


def write_request_sheet(page: BlockWriter, title: str, sheet: RequestSheet) -> None:
    """Write the sheet on a page of its own."""
    page.heading(title, 1, new_page=True)
    for at in range(0, len(sheet.tiles), 3):
        page.writer.key_figures(sheet.tiles[at : at + 3], description="Key figures")
    for block in sheet.blocks:
        page.block(block)
    if sheet.rest is not None:
        page.writer.paragraph("Shortened here; in full in the annex “Loan request in full”.", "Figure Note")


def _tiles(context: ReportContext, formats: Formats) -> tuple[tuple[str, str, str], ...]:
    """Up to six key figures, the most telling first: label, figure, remark."""
    known = {figure.id: figure for figure in context.key_figures}
    names = [*(name for name in _TILES if name in known), *(name for name in known if name not in _TILES)]
    fitting = [tile for name in names if (tile := _tile(known[name], formats)) is not None][:6]
    return tuple(fitting if len(fitting) in (3, 6) else fitting[:3])


def _tile(figure: Figure, formats: Formats) -> tuple[str, str, str] | None:
    """A figure as a tile; ``None`` for one whose text is too wide for it."""
    if figure.unit == "text":
        return None
    value = unbroken(formats.figure(figure.value, figure.unit, figure.currency))
    remark = figure.note or ""
    if value == DASH and figure.reason:
        remark = formats.reason(figure.reason).split(":")[0].rstrip(".")
    fits = text_width_cm(value, _FIGURE_SIZE, bold=True) <= _TEXT_CM / 3 - 0.45
    return (figure.label, value, remark) if fits else None


def _height(tiles: Sequence[object], blocks: Iterable[Block], formats: Formats) -> float:
    """Height of a sheet in points, estimated on the safe side."""
    return -(-len(tiles) // 3) * _BAND + sum(_block_height(block, formats) for block in blocks)


def _block_height(block: Block, formats: Formats) -> float:
    if isinstance(block, Paragraph):
        return 9.0 + 15.5 * lines_of(block.text, 10.5, _TEXT_CM)
    if isinstance(block, tuple):
        return 14.0 + sum(_fact_height(figure.label, figure_text(formats, figure)) for figure in block)
    if isinstance(block, Table):
        longest = max(sum(len(str(cell)) for cell in row.cells if isinstance(cell, str)) for row in block.rows)
        return 60.0 + 16.0 * len(block.rows) * (1 + longest // 90)
    return _HEIGHT


def _fact_height(label: str, value: str) -> float:
    """Cell margins and spacing, and the lines; letters of Khmer, Burmese and Thai stand taller."""
    lines = max(lines_of(label, 9.6, _LABEL_CM - 0.4), lines_of(value, 9.0, _VALUE_CM))
    return 7.0 + (14.5 if complex_font_for(value, "") else 10.8) * lines


def _shortened(block: Paragraph | tuple[Figure, ...] | Table, limit: int) -> Paragraph | tuple[Figure, ...] | Table:
    """The block with its longer texts cut at a word, an ellipsis in place of the rest."""
    if isinstance(block, Paragraph):
        return Paragraph(_cut(block.text, limit), block.style)
    if isinstance(block, Table):
        return block
    return tuple(
        Figure(
            figure.id,
            figure.label,
            _cut(figure.value, limit) if isinstance(figure.value, str) else figure.value,
            figure.unit,
            figure.currency,
            figure.reason,
            _cut(figure.note, limit) if figure.note else None,
        )
        for figure in block
    )


def _cut(text: str, limit: int) -> str:
    line = " ".join(text.split()) if len(text) > limit else text
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    at = head.rfind(" ")
    return f"{head[: at if at > limit // 2 else len(head)].rstrip(' ,;.')}…"


def _without_last(
    blocks: tuple[Paragraph | tuple[Figure, ...] | Table, ...],
) -> tuple[Paragraph | tuple[Figure, ...] | Table, ...]:
    """One table, paragraph or figure fewer, from the end."""
    last = blocks[-1]
    if isinstance(last, tuple) and len(last) > 1:
        return (*blocks[:-1], last[:-1])
    return blocks[:-1]
