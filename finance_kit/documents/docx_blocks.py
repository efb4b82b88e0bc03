"""From the blocks of a report to the blocks on paper: text, lists of figures, tables, charts, sections.

A section with a wide table lies on landscape pages as a whole, so that the paper is turned seldom; a large amount is
shown in thousands or millions and the caption says so, and what is empty is left out. Values are formatted here,
never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Final

from finance_kit.documents import docx_charts, docx_tables
from finance_kit.documents.docx_widths import CELL_PADDING_CM, column_widths_cm, lines_of, text_width_cm
from finance_kit.documents.docx_writer import DocxWriter
from finance_kit.report.formats import MINUS, Formats
from finance_kit.report.model import Block, Chart, Figure, Paragraph, Row, Section, Series, Table

__all__ = ["BlockWriter", "figure_text", "is_empty", "unbroken"]

_TYPE_SIZE: Final = {False: 9.0, True: 7.5}  # of the template's cell styles, small print or not
_SMALL_FROM: Final = 10  # columns
_SMALL_OVER: Final = 40  # rows: schedules and lists that are looked up, not read
_WHOLE_ROWS: Final = {False: 24, True: 28}  # rows of a statement that stay together, small print or not
_WHOLE_LINES: Final = 16  # lines of a table of text that stay together
_LEAD: Final = 400  # letters of a text that stays with the table below it
_PAIRED_FROM: Final = 6  # single figures; fewer stand below each other
_PAIR_CM: Final = (5.2, 2.9)  # label and value of a figure that stands beside another
_PARAGRAPH_STYLES: Final = {"body": "Body Text", "bullet": "List Bullet", "warning": "Warning", "note": "Remark"}
_UNIT_WORDS: Final = {"months": "months", "years": "years", "days": "days"}
_CHART_KINDS: Final[dict[str, docx_charts.ChartKind]] = {
    "line": "line", "column": "column", "stacked_column": "stacked", "bar": "bar", "doughnut": "doughnut",
}  # fmt: skip
_CHART_CM: Final = {"doughnut": 4.8}
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


def _lies(section: Section) -> bool:
    """Whether a section has a wide table anywhere; it then stands on landscape pages as a whole."""
    wide = any(isinstance(block, Table) and block.wide and not is_empty(block) for block in section.blocks)
    return wide or any(_lies(part) for part in section.sections)


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
        if level == 1:
            self.turn(landscape=_lies(section))
        self.heading(label(number, section.title), min(level, 3), new_page=section.new_page)
        self.blocks(section.blocks)
        inner = [part for part in section.sections if not is_empty(part)]
        for at, part in enumerate(inner, start=1):
            self.section(
                part, f"{number}.{at}" if number else str(at), level + 1, label=lambda mark, title: f"{mark} {title}"
            )

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Blocks in their order."""
        shown = [block for block in blocks if not is_empty(block)]
        for block, following in zip_longest(shown, shown[1:]):
            if isinstance(block, Paragraph):
                # A lead stays with the table that it leads to, so that the heading does as well.
                leads = isinstance(following, Table) and len(block.text) <= _LEAD
                self.paragraph(block, keep_next=following is not None and (leads or block.text.endswith(":")))
            else:
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

    def paragraph(self, paragraph: Paragraph, *, keep_next: bool = False) -> None:
        """A text; an empty line in it begins a new paragraph."""
        for text in paragraph.text.replace("\r\n", "\n").split("\n\n"):
            if text.strip():
                self.writer.paragraph(text.strip(), _PARAGRAPH_STYLES[paragraph.style], keep_next=keep_next)

    def figures(self, figures: Sequence[Figure]) -> None:
        """Single figures as a list of labels and values; many short ones two to a row."""
        facts = [(figure.label, figure_text(self.formats, figure)) for figure in figures]
        label_cm, value_cm = _PAIR_CM
        short = all(
            text_width_cm(label, 9.0, bold=True) <= label_cm and text_width_cm(value, 9.0) <= value_cm
            for label, value in facts
        )
        self.writer.facts(facts, pairs=short and len(facts) >= _PAIRED_FROM)

    def table(self, table: Table) -> None:
        """A table below its caption, which names currency and scale."""
        scale, words = self.formats.scale_for(table)
        texts = [self._cells(table, row, scale) for row in table.rows]
        header = self._header(table, words)
        numbers = [column.unit != "text" for column in table.columns]
        plain = [texts[at] for at, row in enumerate(table.rows) if row.kind != "group"]
        width = self.writer.text_width_cm
        small = len(table.columns) >= _SMALL_FROM or len(table.rows) > _SMALL_OVER
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
            keep_whole=self._kept_whole(table, [header, *plain], widths, small=small),
        )

    def _kept_whole(
        self, table: Table, texts: Sequence[Sequence[str]], widths: Sequence[float], *, small: bool
    ) -> bool:
        """Whether a table stays on one page: statements up to a page's rows, tables of text while they are low."""
        if table.wide or all(column.unit != "text" for column in table.columns[1:]):
            return len(table.rows) <= _WHOLE_ROWS[small]
        size = _TYPE_SIZE[small]
        lines = sum(
            max(lines_of(text, size, width - CELL_PADDING_CM) for text, width in zip(row, widths, strict=True))
            for row in texts
        )
        return lines <= _WHOLE_LINES

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
            said = not unit or unit.lower() in f"{column.label} {table.title}".lower()
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
            kind = _series_kind(chart, one, first=at == 0)
            labels = kind == "marker" or (few and kind == "plain" and not (chart.kind == "stacked_column" and at == 0))
            series.append(docx_charts.Series(one.label, one.values, kind, labels=labels))
        drawn = docx_charts.Chart(
            "tornado" if tornado else _CHART_KINDS[chart.kind],
            "",
            [self.formats.number(name, "month") for name in chart.categories],
            series,
            number_format=format_,
            value_title=value_title,
        )
        height = 2.2 + 0.6 * len(chart.categories) if chart.kind == "bar" else _CHART_CM.get(chart.kind, 5.8)
        self.writer.chart(drawn, alt_text=chart.alt, height_cm=min(max(height, 4.8), 14.0))
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


def _series_kind(chart: Chart, series: Series, *, first: bool) -> docx_charts.SeriesKind:
    """How a series is drawn: one point alone stands out (a worst month), a constant beside others is a limit."""
    if first or chart.kind not in ("line", "column") or len(series.values) < 2:
        return "plain"
    if sum(value is not None for value in series.values) == 1:
        return "marker"
    return "limit" if len(set(series.values)) == 1 else "plain"


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
