"""Native Word charts: drawn by Word, editable in Word ("Edit data" opens the workbook inside), readable in print.

XlsxWriter writes both the chart and the workbook behind it; here they are handed over to the document. Each series
differs from the next in brightness *and* in dash or marker, so that a copy in black and white can be read.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, cast
from zipfile import ZipFile

from finance_kit.documents.docx_safety import clean_text
from finance_kit.documents.docx_text import attribute

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

__all__ = ["Chart", "ChartKind", "Series", "SeriesKind", "chart_inline_xml", "chart_parts", "largest_drawing_id"]

ChartKind = Literal["line", "column", "stacked", "bar", "tornado", "pie", "doughnut"]
SeriesKind = Literal["plain", "marker", "limit"]

_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EMU_PER_CM: Final = 360_000
_SHEET: Final = "Data"

# Colour (from dark to light and back, never two alike in grey), dash of a line, marker of a line.
_LOOKS: Final = (
    ("#17324D", "solid", "none"),
    ("#3D9DA3", "dash", "none"),
    ("#E3A32B", "solid", "diamond"),
    ("#9C3D3D", "round_dot", "none"),
    ("#A9B8C3", "solid", "square"),
    ("#5B4A87", "long_dash_dot", "none"),
)
_INK: Final = "#1F2933"
_GRID: Final = "#D5DCE2"


@dataclass(frozen=True, slots=True)
class Series:
    """A row of values under one name.

    ``values`` are raw numbers, one for each category; ``None`` leaves a gap. ``kind`` ``marker`` shows points without
    a line (a worst month), ``limit`` a thin dashed line (a lender's minimum), both on top of the others.
    ``labels`` writes the figures beside the points.
    """

    name: str
    values: Sequence[float | None]
    kind: SeriesKind = "plain"
    labels: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows.

    ``title`` states the finding ("Cash is lowest in August 2027"), not the subject; empty where a caption states it.
    ``number_format`` is Excel's.
    In a ``tornado`` the first series holds the low case and the second the high case, as changes from the base.
    """

    kind: ChartKind
    title: str
    categories: Sequence[str]
    series: Sequence[Series]
    number_format: str = "#,##0"
    value_title: str = ""
    category_title: str = ""
    font: str = "Arial"


def _font(chart: Chart, size: float, **more: Any) -> dict[str, Any]:
    return {"name": chart.font, "size": size, "color": _INK, **more}


def _series_options(chart: Chart, at: int, series: Series) -> dict[str, Any]:
    """How XlsxWriter is to draw one series."""
    color, dash, marker = _LOOKS[at % len(_LOOKS)]
    rows = len(chart.categories)
    options: dict[str, Any] = {
        "name": [_SHEET, 0, at + 1],
        "categories": [_SHEET, 1, 0, rows, 0],
        "values": [_SHEET, 1, at + 1, rows, at + 1],
    }
    if series.labels:
        options["data_labels"] = {"value": True, "num_format": chart.number_format, "font": _font(chart, 8.5)}
    if series.kind == "marker":
        look = {"type": "circle", "size": 9, "border": {"color": "#9C3D3D"}, "fill": {"color": "#F2C14E"}}
        options |= {"line": {"none": True}, "marker": look}
        if series.labels:
            options["data_labels"]["position"] = "above"
    elif series.kind == "limit":
        options |= {"line": {"color": "#D98E04", "width": 2.25, "dash_type": "dash"}, "marker": {"type": "none"}}
    elif chart.kind == "line":
        options["line"] = {"color": color, "width": 2.25, "dash_type": dash}
        look = {"type": marker, "size": 6, "border": {"color": color}, "fill": {"color": color}}
        options["marker"] = {"type": "none"} if marker == "none" else look
    elif chart.kind in {"pie", "doughnut"}:
        options["points"] = [
            {"fill": {"color": _LOOKS[point % len(_LOOKS)][0]}, "border": {"color": "#FFFFFF", "width": 1.5}}
            for point in range(rows)
        ]
        options["data_labels"] = _slice_labels(chart)
    else:
        options |= {"fill": {"color": color}, "border": {"color": color}, "gap": 55 if chart.kind != "tornado" else 40}
        if chart.kind in {"stacked", "tornado"}:
            options["overlap"] = 100
    return options


def _slice_labels(chart: Chart) -> dict[str, Any]:
    """Name and share beside each slice, so that no legend has to be matched by colour."""
    labels: dict[str, Any] = {"percentage": True, "num_format": "0%"}
    if chart.kind == "pie":
        labels |= {"category": True, "separator": "\n", "position": "outside_end", "leader_lines": True}
        return labels | {"font": _font(chart, 9)}
    return labels | {"font": _font(chart, 9, bold=True, color="#FFFFFF")}


def _axes(chart: Chart, drawn: Any) -> None:
    """Axes of everything but pies; XlsxWriter's x is the horizontal one, where bars have their values."""
    line = {"color": "#7A8793"}
    category: dict[str, Any] = {
        "num_font": _font(chart, 9),
        "line": line,
        "major_gridlines": {"visible": False},
        "label_position": "low",  # below the plot also where values are negative
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
    }
    value: dict[str, Any] = {
        "num_font": _font(chart, 9),
        "num_format": chart.number_format,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": _GRID, "width": 0.75}},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
    }
    shown = [number for series in chart.series for number in series.values if number is not None]
    if chart.kind in {"column", "stacked", "bar"} and min(shown, default=0) >= 0:
        value["min"] = 0  # a column that begins elsewhere exaggerates
    if chart.category_title:
        category |= {"name": clean_text(chart.category_title), "name_font": _font(chart, 9, bold=False)}
    if chart.value_title:
        value |= {"name": clean_text(chart.value_title), "name_font": _font(chart, 9, bold=False)}
    if chart.kind in {"bar", "tornado"}:
        category["reverse"] = True  # the first category at the top, as in the table
        value["label_position"] = "high"
    if chart.kind == "line" and len(chart.categories) > 16:
        category["interval_unit"] = -(-len(chart.categories) // 12)
    lying = chart.kind in {"bar", "tornado"}
    drawn.set_x_axis(value if lying else category)
    drawn.set_y_axis(category if lying else value)


def _drawn(book: Any, chart: Chart) -> Any:
    """The XlsxWriter chart, its line series on top of columns where both are asked for."""
    kinds: dict[str, dict[str, str]] = {
        "stacked": {"type": "column", "subtype": "stacked"},
        "tornado": {"type": "bar"},
    }
    drawn = book.add_chart(kinds.get(chart.kind, {"type": chart.kind}))
    over = None
    for at, series in enumerate(chart.series):
        target = drawn
        if series.kind != "plain" and chart.kind in {"column", "stacked"}:
            over = over or book.add_chart({"type": "line"})
            target = over
        target.add_series(_series_options(chart, at, series))
    if over is not None:
        drawn.combine(over)
    heading = {"name": clean_text(chart.title), "name_font": _font(chart, 10.5, bold=True, color="#17324D")}
    drawn.set_title(heading if chart.title.strip() else {"none": True})
    if chart.kind in {"pie", "doughnut"}:
        drawn.set_legend({"none": True} if chart.kind == "pie" else {"position": "right", "font": _font(chart, 9)})
    else:
        _axes(chart, drawn)
        alone = len(chart.series) == 1
        drawn.set_legend({"none": True} if alone else {"position": "bottom", "font": _font(chart, 9)})
    if chart.kind == "doughnut":
        drawn.set_hole_size(55)
    drawn.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    return drawn


def chart_parts(chart: Chart) -> tuple[bytes, bytes]:
    """Chart XML and the workbook behind it, from the same numbers.

    Returns
    -------
    (chart, workbook) : bytes of a DrawingML chart part with cached values, bytes of an .xlsx whose sheet *Data* holds
        categories in column A and one series to a column

    Raises
    ------
    ValueError : a series has not one value for each category
    """
    import xlsxwriter

    for series in chart.series:
        if len(series.values) != len(chart.categories):
            raise ValueError(f"a series has {len(series.values)} values for {len(chart.categories)} categories")
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": clean_text(chart.title)[:255], "created": datetime(2026, 1, 1)})  # noqa: DTZ001 no zone in this format
    sheet = book.add_worksheet(_SHEET)
    number = book.add_format({"num_format": chart.number_format})
    sheet.set_column(0, len(chart.series), 18)
    for at, name in enumerate(chart.categories, start=1):
        sheet.write_string(at, 0, clean_text(name))
    for column, series in enumerate(chart.series, start=1):
        sheet.write_string(0, column, clean_text(series.name))
        for at, value in enumerate(series.values, start=1):
            if value is not None:
                sheet.write_number(at, column, value, number)
    sheet.insert_chart(0, len(chart.series) + 2, _drawn(book, chart))
    book.close()
    with ZipFile(buffer) as archive:
        xml = archive.read("xl/charts/chart1.xml")
    return xml, buffer.getvalue()


# Elements that XlsxWriter leaves out, with the value it means, and what they stand behind. Excel reads a missing one as
# meant; the schema's default says the opposite of most (ISO/IEC 29500-1, 21.2), and LibreOffice follows the schema.
_LEFT_OUT: Final = (
    ("", "roundedCorners", "0", ("lang",)),
    ("chart", "dispBlanksAs", "gap", ("plotVisOnly",)),
    ("title", "overlay", "0", ("layout",)),
    ("legend", "overlay", "0", ("layout",)),
    ("catAx", "delete", "0", ("scaling",)),
    ("valAx", "delete", "0", ("scaling",)),
)
_LABEL_SWITCHES: Final = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")


def _state_defaults(root: Any) -> None:
    """Write down what XlsxWriter leaves to Excel's habits."""
    for parent, name, value, behind in _LEFT_OUT:
        for element in [root] if not parent else list(root.iter(f"{_C}{parent}")):
            if element.find(f"{_C}{name}") is None:
                made = element.makeelement(f"{_C}{name}", {"val": value})
                anchors = [found for tag in behind if (found := element.find(f"{_C}{tag}")) is not None]
                if anchors:
                    anchors[-1].addnext(made)
    for line in root.iter(f"{_C}lineChart"):
        for series in line.iterchildren(f"{_C}ser"):
            if series.find(f"{_C}smooth") is None:
                series.append(series.makeelement(f"{_C}smooth", {"val": "0"}))
    for labels in root.iter(f"{_C}dLbls"):
        shown = {name for name in _LABEL_SWITCHES if labels.find(f"{_C}{name}") is not None}
        for name in _LABEL_SWITCHES:
            for found in labels.findall(f"{_C}{name}"):
                labels.remove(found)
        before = [labels.find(f"{_C}{name}") for name in ("separator", "showLeaderLines", "leaderLines")]
        at = next((labels.index(found) for found in before if found is not None), len(labels))
        for offset, name in enumerate(_LABEL_SWITCHES):
            labels.insert(at + offset, labels.makeelement(f"{_C}{name}", {"val": str(int(name in shown))}))


def _for_word(xml: bytes, workbook_id: str, complex_font: str) -> bytes:
    """The chart as a part of a Word file: complex-script fonts, square corners, a link to its workbook."""
    from docx.oxml.parser import parse_xml
    from lxml import etree

    root = cast(Any, parse_xml(xml))
    for latin in list(root.iter(f"{_A}latin")):
        other = deepcopy(latin)
        other.tag = f"{_A}cs"
        other.set("typeface", complex_font)
        latin.addnext(other)
    for settings in root.findall(f"{_C}printSettings"):
        root.remove(settings)
    _state_defaults(root)
    external = etree.SubElement(root, f"{_C}externalData", {f"{_R}id": workbook_id})
    etree.SubElement(external, f"{_C}autoUpdate", {"val": "0"})
    return cast(bytes, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def chart_inline_xml(
    document: Document,
    chart: Chart,
    *,
    drawing_id: int,
    alt_text: str,
    width_cm: float,
    height_cm: float,
    complex_font: str = "Leelawadee UI",
) -> str:
    """Put the chart's parts into the document's package and give the run that shows it.

    Parameters
    ----------
    document : the Word document
    chart : what to draw
    drawing_id : a number that no other drawing of the document has (Word repairs files where two share one)
    alt_text : what the chart says, for readers who hear the document
    width_cm, height_cm : size on the page, centimetres
    complex_font : font for Khmer, Burmese and Thai in the chart

    Returns
    -------
    XML of a ``w:r``
    """
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    xml, workbook = chart_parts(chart)
    package = document.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, 1000) if f"/word/charts/chart{n}.xml" not in taken)
    book_name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
    blob = _for_word(xml, "rId1", complex_font)
    chart_part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, blob, package)
    chart_part.rels.add_relationship(f"{_OFFICE}/package", Part(book_name, _XLSX_TYPE, workbook, package), "rId1")
    chart_id = document.part.relate_to(chart_part, f"{_OFFICE}/chart")
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{round(width_cm * _EMU_PER_CM)}" cy="{round(height_cm * _EMU_PER_CM)}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{drawing_id}" name="Chart {drawing_id}" descr="{attribute(alt_text)}"/>'
        "<wp:cNvGraphicFramePr/>"
        f'<a:graphic xmlns:a="{_A[1:-1]}"><a:graphicData uri="{_C[1:-1]}"><c:chart xmlns:c="{_C[1:-1]}" '
        f'xmlns:r="{_R[1:-1]}" r:id="{chart_id}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def largest_drawing_id(document: Document) -> int:
    """Highest drawing id in use in the body, headers and footers; 0 without drawings."""
    largest = 0
    for part in document.part.package.iter_parts():
        element: BaseOxmlElement | None = getattr(part, "element", None)
        if element is not None:
            tag = f"{{{_WP}}}docPr"
            largest = max([largest, *(int(drawing.get("id", "0")) for drawing in element.iter(tag))])
    return largest
