"""Tables as a reader of the Word file finds them."""

import io
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table

from finance_kit.documents.docx_tables import Cell, Column, table_xml
from finance_kit.documents.docx_template import TemplateStyles, render_template
from finance_kit.documents.docx_writer import DocxWriter
from tests.documents.docx_sample import TEMPLATE, context, sample_bytes


def sample_tables() -> list[Table]:
    return docx.Document(io.BytesIO(sample_bytes())).tables


def monthly_table() -> Table:
    return next(table for table in sample_tables() if len(table.columns) == 14)


def shading(cell: Any) -> str:
    found = cell._tc.find(f".//{qn('w:tcPr')}/{qn('w:shd')}")
    return "" if found is None else str(found.get(qn("w:fill")))


def test_all_header_rows_repeat_and_no_row_breaks_across_pages() -> None:
    rows = monthly_table()._tbl.tr_lst
    repeated = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
    assert repeated == [True, True] + [False] * (len(rows) - 2)
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_figures_stand_right_and_labels_left() -> None:
    row = monthly_table().rows[3]
    styles = [cell.paragraphs[0].style for cell in row.cells]
    assert [style.name for style in styles if style] == ["Small Cell Text"] + ["Small Cell Number"] * 13
    assert styles[1] is not None
    assert styles[1].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    header = monthly_table().rows[1].cells
    assert [cell.paragraphs[0].alignment for cell in header] == [None] + [WD_ALIGN_PARAGRAPH.RIGHT] * 13


def test_group_headings_span_their_columns() -> None:
    first = monthly_table().rows[0]._tr.tc_lst
    assert [cell.grid_span for cell in first] == [1, 6, 6, 1]
    widths = [column.w for column in monthly_table()._tbl.tblGrid.gridCol_lst]
    assert first[1].width == sum(width for width in widths[1:7] if width is not None)


def test_the_marked_month_differs_in_colour_and_in_weight() -> None:
    row = monthly_table().rows[-3]
    run = row.cells[8].paragraphs[0].runs[0]
    assert run.text == "41 lowest"
    assert run.style.name == "Marked"
    assert run.style.font.bold is True
    assert shading(row.cells[8]) == shading(row.cells[0]) == "FFF0D1"


def test_totals_are_bold_under_a_rule() -> None:
    row = monthly_table().rows[-1]
    assert all(cell.paragraphs[0].runs[0].bold for cell in row.cells)
    assert all(cell._tc.find(f".//{qn('w:tcBorders')}/{qn('w:top')}") is not None for cell in row.cells)


def test_a_table_is_as_wide_as_the_text_of_its_section() -> None:
    section = docx.Document(io.BytesIO(sample_bytes())).sections
    widths = [sum(w.w or 0 for w in table._tbl.tblGrid.gridCol_lst) for table in (monthly_table(), sample_tables()[-2])]
    room = [(s.page_width or 0) - (s.left_margin or 0) - (s.right_margin or 0) for s in section]
    assert widths[0] == pytest.approx(room[1], abs=15 * 635)
    assert widths[1] == pytest.approx(room[2], abs=15 * 635)


def test_columns_keep_their_width_when_they_need_not_fill_and_shrink_when_they_overrun() -> None:
    styles = TemplateStyles.of(render_template(TEMPLATE, context()))
    narrow = table_xml(styles, [Column(2), Column(1)], [], [["a", "b"]], text_width=9000, fill=False)
    assert '<w:gridCol w:w="1133"/><w:gridCol w:w="566"/>' in narrow  # 2 cm and 1 cm of 566.9 twips
    wide = table_xml(styles, [Column(20), Column(10)], [], [["a", "b"]], text_width=9000, fill=False)
    assert '<w:gridCol w:w="6000"/><w:gridCol w:w="3000"/>' in wide


def test_the_alternative_text_of_a_table_is_kept() -> None:
    found = monthly_table()._tbl.tblPr.find(qn("w:tblDescription"))
    assert found is not None
    assert found.get(qn("w:val")) == "Cash flow, month by month"


@pytest.mark.parametrize("cells", [["a"], ["a", "b", "c"], ["a", Cell("b", span=2)]])
def test_rows_that_do_not_fill_the_columns_are_a_programming_mistake(cells: list[str | Cell]) -> None:
    styles = TemplateStyles.of(render_template(TEMPLATE, context()))
    with pytest.raises(ValueError, match="of 2 columns"):
        table_xml(styles, [Column(2), Column(1)], [], [cells], text_width=9000)


def test_no_two_tables_touch() -> None:
    body = docx.Document(io.BytesIO(sample_bytes())).element.body
    tags = [element.tag for element in body]
    assert (qn("w:tbl"), qn("w:tbl")) not in set(pairwise(tags))


def test_signature_blocks_stand_two_to_a_row_with_a_line_above_each() -> None:
    table = sample_tables()[-1]
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts[1] == ["Chair\nName:\nDate:", "", "Treasurer\nName:"]
    assert texts[3] == ["Adviser\nName:", "", ""]
    lines = [cell._tc.find(f".//{qn('w:tcBorders')}/{qn('w:bottom')}") is not None for cell in table.rows[2].cells]
    assert lines == [True, False, False]


def test_a_new_page_before_a_table_keeps_the_table_styles_free() -> None:
    writer = DocxWriter(render_template(TEMPLATE, context()))
    writer.new_page()
    writer.table([Column(3)], [["Head"]], [["a"]])
    document = writer.finish()
    before = document.tables[-1]._tbl.getprevious()
    assert before is not None
    assert before.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
