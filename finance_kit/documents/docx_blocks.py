"""From the blocks of a report to the blocks on paper: text, lists of figures, tables, charts, sections.

A wide table lies on a landscape page together with its neighbours, a large amount is shown in thousands or millions
and the caption says so, and what is empty is left out. Values are formatted here, never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from finance_kit.documents import docx_charts, docx_tables
from finance_kit.documents.docx_widths import column_widths_cm
from finance_kit.documents.docx_writer import DocxWriter
from finance_kit.report.formats import MINUS, Formats
from finance_kit.report.model import Block, Chart, Figure, Paragraph, Row, Section, Table

__all__ = ["BlockWriter", "figure_text", "is_empty", "unbroken"]

_TYPE_SIZE: Final = {False: 9.0, True: 7.0}  # of the template's cell styles, small print or not
_SMALL_FROM: Final = 10  # columns
_WHOLE_ROWS: Final = {False: 22, True: 28}  # rows that a landscape page holds, small print or not
_SHORT_TEXT: Final = 600  # letters; a longer text is easier to read on an upright page
_UNIT_WORDS: Final = {"months": "months", "years": "years", "days": "days"}
_CHART_KINDS: Final[dict[str, docx_charts.ChartKind]] = {
    "line": "line", "column": "column", "stacked_column": "stacked", "bar": "bar", "doughnut": "doughnut",
}  # fmt: skip
_CHART_FORMATS: Final = {"ratio": "0.00", "share": "0%", "rate": "0.0%", "price": "#,##0.##", "years": "0.0"}


def unbroken(text: str) -> str:
    """A formatted value that stays on one line: ``12.5 %``, ``THB 1,200``, ``Mar 2027``."""
    return text.replace(" ", "\u00a0")


def figure_text(formats: Formats, figure: Figure) -> str:
    """A figure's value with unit, currency, reason and note, as it stands in a list of figures."""
    text = formats.of(figure)
    if figure.unit != "text" and figure.value is not None:
        text = unbroken(text)
    return f"{text} ({figure.note})" if figure.note else text


def is_empty(part: Section | Block) -> bool:
    """Whether a section or block has nothing to show."""
    if isinstance(part, Section):
        return all(map(is_empty, part.blocks)) and all(map(is_empty, part.sections))
    if isinstance(part, Paragraph):
        return not part.text.strip()
    if isinstance(part, Chart):
        return not any(value is not None for series in part.series for value in series.values)
    return not (part.rows if isinstance(part, Table) else part)


def _lying(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks stand on landscape pages: wide tables, and short texts that lead to or follow one."""
    found = [isinstance(block, Table) and block.wide for block in blocks]
    texts = [isinstance(block, Paragraph) and len(block.text) <= _SHORT_TEXT for block in blocks]
    for at in reversed(range(len(blocks) - 1)):
        found[at] = found[at] or (texts[at] and found[at + 1])
    after = next((at for at in range(len(blocks), 0, -1) if not texts[at - 1]), 0)
    if after and found[after - 1]:
        found[after:] = [True] * (len(blocks) - after)
    return found


def _starts_lying(section: Section) -> bool:
    """Whether the first thing below a section's heading lies on a landscape page."""
    blocks = [block for block in section.blocks if not is_empty(block)]
    if blocks:
        return _lying(blocks)[0]
    inner = [part for part in section.sections if not is_empty(part)]
    return bool(inner) and _starts_lying(inner[0])


class BlockWriter:
    """Writes report blocks through a :class:`~finance_kit.documents.docx_writer.DocxWriter`.

    Parameters
    ----------
    writer : of the document
    formats : of the plan
    """

    def __init__(self, writer: DocxWriter, formats: Formats) -> None:
        self.writer = writer
        self.formats = formats
        self._landscape = False
        self._fresh_page = False
        self._new_page = False

    # -- sections ------------------------------------------------------------------------------------------------

    def turn(self, *, landscape: bool) -> None:
        """Go on upright or landscape; a new page begins only where that changes."""
        if landscape != self._landscape:
            self.writer.section(landscape=landscape)
            self._landscape = landscape
            self._fresh_page = True

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        """A heading on the present page or on a new one."""
        self.writer.heading(text, level, page_break=(new_page or self._new_page) and not self._fresh_page)
        self._new_page = self._fresh_page = False

    def start_page(self) -> None:
        """Begin a new page before the next heading, unless one has just begun."""
        if not self._fresh_page:
            self._new_page = True

    def section(self, section: Section, number: str, level: int, *, label: Callable[[str, str], str]) -> None:
        """A section with its blocks and sub-sections; nothing at all when it is empty.

        ``label`` makes the heading from number and title.
        """
        if is_empty(section):
            return
        self.turn(landscape=_starts_lying(section))
        self.heading(label(number, section.title), min(level, 3), new_page=section.new_page)
        self.blocks(section.blocks)
        inner = [part for part in section.sections if not is_empty(part)]
        for at, part in enumerate(inner, start=1):
            self.section(part, f"{number}.{at}", level + 1, label=lambda mark, title: f"{mark} {title}")

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Blocks in their order, each on the page that suits it."""
        shown = [block for block in blocks if not is_empty(block)]
        for block, landscape in zip(shown, _lying(shown), strict=True):
            self.turn(landscape=landscape)
            self.block(block)
            self._fresh_page = False

    def block(self, block: Block) -> None:
        """One block on the present page."""
        if isinstance(block, Paragraph):
            self.paragraph(block)
        elif isinstance(block, Table):
            self.table(block)
        elif isinstance(block, Chart):
            self.chart(block)
        else:
            self.figures(block)

    # -- blocks --------------------------------------------------------------------------------------------------

    def paragraph(self, paragraph: Paragraph) -> None:
        """A text; an empty line in it begins a new paragraph."""
        for text in paragraph.text.replace("\r\n", "\n").split("\n\n"):
            if not text.strip():
                continue
            if paragraph.style == "warning":
                self.writer.warning(text.strip())
            elif paragraph.style == "note":
                self.writer.remark(text.strip())
            else:
                self.writer.paragraph(text.strip(), "List Bullet" if paragraph.style == "bullet" else "Body Text")

    def figures(self, figures: Sequence[Figure]) -> None:
        """Single figures as a list of labels and values."""
        self.writer.facts([(figure.label, figure_text(self.formats, figure)) for figure in figures])

    def table(self, table: Table) -> None:
        """A table below its caption, which names currency and scale."""
        scale, words = self.formats.scale_for(table)
        texts = [self._cells(table, row, scale) for row in table.rows]
        header = self._header(table, words)
        numbers = [column.unit != "text" for column in table.columns]
        plain = [texts[at] for at, row in enumerate(table.rows) if row.kind != "group"]
        width = self.writer.text_width_cm
        small = len(table.columns) >= _SMALL_FROM
        widths, fits = column_widths_cm(header, plain, numbers, size=_TYPE_SIZE[small], width_cm=width)
        if not (fits or small):
            small = True
            widths, _ = column_widths_cm(header, plain, numbers, size=_TYPE_SIZE[small], width_cm=width)
        self.writer.caption("Table", f"{table.title} ({words})" if words else table.title)
        self.writer.table(
            [docx_tables.Column(wide, number) for wide, number in zip(widths, numbers, strict=True)],
            [header],
            _rows(table, texts),
            note=table.note or "",
            small=small,
            description=table.title,
            keep_whole=len(table.rows) <= _WHOLE_ROWS[small] if table.wide else None,
        )

    def _cells(self, table: Table, row: Row, scale: int) -> list[str]:
        """Texts of a row; figures never break over two lines."""
        found = []
        for at, value in enumerate(row.cells):
            text = self.formats.cell(table, row, at, scale)
            figure = table.columns[at].unit == "month" or not isinstance(value, str)
            found.append(unbroken(text) if figure else text)
        return found

    def _header(self, table: Table, words: str) -> list[str]:
        """Column headings: with the currency where it is not the table's, with the unit where nothing else says it."""
        header = []
        for column in table.columns:
            unit = _UNIT_WORDS.get(column.unit, "")
            if column.unit in ("money", "price") and column.currency and not words:
                unit = column.currency
            said = not unit or unit.lower() in column.label.lower()
            header.append(column.label if said else f"{column.label} ({unit})".strip())
        if header and not header[0] and table.columns[0].unit == "text":
            header[0] = words
        return header

    def chart(self, chart: Chart) -> None:
        """A native chart above its caption; the numbers in it are the report's own, only the axis is scaled."""
        format_, value_title = _axis(chart, chart.currency or self.formats.currency)
        tornado = chart.kind == "bar" and len(chart.series) == 2 and _has_negative(chart)
        few = len(chart.categories) <= 6 and len(chart.series) <= 2
        series = []
        for at, one in enumerate(chart.series):
            limit = at > 0 and chart.kind in ("line", "column") and len(set(one.values)) == 1 and len(one.values) > 1
            series.append(
                docx_charts.Series(one.label, one.values, "limit" if limit else "plain", labels=few and not limit)
            )
        drawn = docx_charts.Chart(
            "tornado" if tornado else _CHART_KINDS[chart.kind],
            "",
            [self.formats.number(name, "month") for name in chart.categories],
            series,
            number_format=format_,
            value_title=value_title,
        )
        height = 3.0 + 0.9 * len(chart.categories) if chart.kind == "bar" else 7.0
        self.writer.chart(drawn, alt_text=chart.alt, height_cm=min(max(height, 5.5), 14.0))
        self.writer.caption("Figure", chart.title, keep_next=False)


def _rows(table: Table, texts: Sequence[Sequence[str]]) -> list[docx_tables.Row]:
    """Body rows: groups over the whole width, rows of a group indented, the last total of a part as the grand one."""
    kinds = [row.kind for row in table.rows]
    last = max((at for at, kind in enumerate(kinds) if kind == "total"), default=-1)
    found = []
    grouped = False
    for at, (row, cells) in enumerate(zip(table.rows, texts, strict=True)):
        if row.kind == "group" and not any(cells[1:]):
            grouped = True
            found.append(docx_tables.Row([docx_tables.Cell(cells[0], span=len(cells))], "group"))
            continue
        kind: docx_tables.RowKind = "plain"
        if row.kind == "total":
            closes = at == last or kinds[at + 1] == "group"
            kind = "total" if closes else "subtotal"
        elif row.kind in ("group", "marked"):
            kind = "group" if row.kind == "group" else "marked"
        marked = [
            docx_tables.Cell(text, marked=True) if place in row.marked_cells else text
            for place, text in enumerate(cells)
        ]
        found.append(docx_tables.Row(marked, kind, indent=int(grouped and kind == "plain")))
    return found


def _has_negative(chart: Chart) -> bool:
    return any(value is not None and value < 0 for series in chart.series for value in series.values)


def _axis(chart: Chart, currency: str) -> tuple[str, str]:
    """Excel number format and title of the value axis; commas at the end of a format divide by a thousand each."""
    if chart.unit != "money":
        format_ = _CHART_FORMATS.get(chart.unit, "#,##0")
        return f"{format_};{MINUS}{format_}", currency if chart.unit == "price" else ""
    largest = max((abs(value) for series in chart.series for value in series.values if value is not None), default=0.0)
    steps = next((steps for steps, limit in ((0, 1e5), (1, 1e7), (2, 1e10)) if largest < limit), 3)
    decimals = ".0" if steps and largest / 1000**steps < 100 else ""
    format_ = f"#,##0{decimals}{',' * steps}"
    words = ("", "thousand", "million", "billion")[steps]
    return f"{format_};{MINUS}{format_}", f"{currency} {words}".strip()
