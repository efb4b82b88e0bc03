"""Native charts: what Word draws, what "Edit data" opens, and that both say the same."""

import io
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook

from finance_kit.documents.docx_charts import Chart, Series, chart_parts
from tests.documents.docx_sample import ALT_TEXT, CASH, HOSTILE, HOSTILE_READ_BACK, THAI, charts, sample_bytes

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
KINDS = ["lineChart", "barChart", "barChart", "barChart", "barChart", "pieChart", "doughnutChart"]


def member(name: str) -> bytes:
    with ZipFile(io.BytesIO(sample_bytes())) as archive:
        return archive.read(name)


def chart_root(number: int) -> Any:
    return etree.fromstring(member(f"word/charts/chart{number}.xml"))


def cached(root: Any) -> list[tuple[str, list[str], list[float | None]]]:
    """Name, categories and values of each series as the chart caches them."""
    found = []
    for series in root.iter(f"{C}ser"):
        points = series.find(f"{C}val/{C}numRef/{C}numCache")
        count = int(points.find(f"{C}ptCount").get("val"))
        values: list[float | None] = [None] * count
        for point in points.iter(f"{C}pt"):
            values[int(point.get("idx"))] = float(point.findtext(f"{C}v"))
        names = [v.text for v in series.find(f"{C}cat").iter(f"{C}v")]
        found.append((series.findtext(f"{C}tx//{C}v"), names, values))
    return found


@pytest.mark.parametrize("number", range(1, 8))
def test_the_workbook_inside_and_the_chart_hold_the_figures_given(number: int) -> None:
    chart = charts()[number - 1]
    sheet = load_workbook(io.BytesIO(member(f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")))["Data"]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0][1:]) == [series.name for series in chart.series]
    assert [row[0] for row in rows[1:]] == list(chart.categories)
    for at, series in enumerate(chart.series, start=1):
        assert [row[at] for row in rows[1:]] == list(series.values)
    wanted = [(series.name, list(chart.categories), list(series.values)) for series in chart.series]
    assert cached(chart_root(number)) == wanted


@pytest.mark.parametrize("number", range(1, 8))
def test_a_chart_finds_its_workbook_and_has_the_kind_asked_for(number: int) -> None:
    root = chart_root(number)
    assert KINDS[number - 1] in {element.tag.removeprefix(C) for element in root.iter()}
    relationships = member(f"word/charts/_rels/chart{number}.xml.rels").decode()
    identifier = root.find(f"{C}externalData").get(f"{{{etree.QName(R_ID).namespace}}}id")
    assert f'Id="{identifier}"' in relationships
    assert f"embeddings/Microsoft_Excel_Sheet{number}.xlsx" in relationships


R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def test_a_month_without_figure_is_a_gap_and_not_zero() -> None:
    root = chart_root(1)
    assert cached(root)[0][2][9] is None
    assert CASH[9] is None
    assert root.find(f"{C}chart/{C}dispBlanksAs").get("val") == "gap"


def test_labels_show_the_figure_alone() -> None:
    for labels in chart_root(2).iter(f"{C}dLbls"):
        shown = {child.tag.removeprefix(C) for child in labels if child.get("val") == "1"}
        assert shown == {"showVal"}
    shown = {child.tag.removeprefix(C) for child in next(chart_root(6).iter(f"{C}dLbls")) if child.get("val") == "1"}
    assert shown == {"showCatName", "showPercent", "showLeaderLines"}


def test_titles_state_the_finding_in_a_font_for_each_script() -> None:
    title = chart_root(2).find(f"{C}chart/{C}title")
    assert "".join(title.itertext()) == f"Debt is covered: {THAI}"
    fonts = [
        (child.tag.removeprefix(A), child.get("typeface"))
        for child in title.find(f".//{A}rPr")
        if child.get("typeface")
    ]
    assert fonts == [("latin", "Arial"), ("cs", "Leelawadee UI")]


def test_series_differ_in_more_than_colour() -> None:
    lines = Chart("line", "t", ["a", "b"], [Series(f"s{n}", [n, n]) for n in range(6)])
    root = etree.fromstring(chart_parts(lines)[0])
    looks = set()
    for series in root.iter(f"{C}ser"):
        dash = series.find(f".//{A}prstDash")
        looks.add((None if dash is None else dash.get("val"), series.find(f"{C}marker/{C}symbol").get("val")))
    assert len(looks) == 6


def test_drawings_have_alternative_texts_and_numbers_of_their_own() -> None:
    drawings = list(etree.fromstring(member("word/document.xml")).iter(f"{WP}docPr"))
    assert [drawing.get("descr") for drawing in drawings] == [ALT_TEXT] * 7
    assert len({drawing.get("id") for drawing in drawings}) == 7


def test_text_in_charts_stays_text() -> None:
    chart = Chart("bar", HOSTILE, ["=1+1", HOSTILE], [Series("=cmd|' /C calc'!A0", [1, 2])])
    xml, workbook = chart_parts(chart)
    sheet = load_workbook(io.BytesIO(workbook))["Data"]
    assert [sheet["A2"].data_type, sheet["B1"].data_type] == ["s", "s"]
    assert sheet["A3"].value == HOSTILE_READ_BACK
    assert HOSTILE_READ_BACK in "".join(etree.fromstring(xml).itertext())


def test_equal_charts_are_equal_bytes() -> None:
    assert chart_parts(charts()[0]) == chart_parts(charts()[0])


def test_a_series_must_have_a_value_for_each_category() -> None:
    with pytest.raises(ValueError, match="1 values for 2 categories"):
        chart_parts(Chart("line", "t", ["a", "b"], [Series("s", [1])]))
