"""A document with every kind of block, in four scripts, for the tests of the Word tools."""

from __future__ import annotations

import calendar
from datetime import datetime
from functools import cache
from pathlib import Path

from docx.document import Document

from finance_kit.documents.docx_charts import Chart, Series
from finance_kit.documents.docx_localise import localise
from finance_kit.documents.docx_save import docx_bytes, set_properties
from finance_kit.documents.docx_tables import Cell, Column, Row
from finance_kit.documents.docx_template import render_template
from finance_kit.documents.docx_text import Run
from finance_kit.documents.docx_writer import DocxWriter

TEMPLATE = Path(__file__).parents[2] / "templates" / "docx" / "bank_plan.docx"
KHMER = "សហគមន៍កសិកម្មម្រេចកំពតសូមស្នើសុំកម្ចី"
BURMESE = "ငါးခြောက်လုပ်ငန်းစုသည် ချေးငွေလျှောက်ထားပါသည်။"
THAI = "กลุ่มวิสาหกิจชุมชนเครื่องปั้นดินเผา"
VIETNAMESE = "Hợp tác xã chế biến dừa đề nghị vay vốn"
HOSTILE = "A&B <w:p> {{ 7*7 }} {% for x in y %} \x0bta\x00b \u202eabc\u202c 👩‍🌾 zero\u200bwidth ]]> <!--BODY-->"
HOSTILE_READ_BACK = "A&B <w:p> {{ 7*7 }} {% for x in y %} tab abc 👩‍🌾 zero\u200bwidth ]]> <!--BODY-->"
MONTHS = [f"{month} 2027" for month in calendar.month_abbr[1:]]
CASH: list[float | None] = [220, 180, 150, 120, 110, 95, 60, 41.2, 80, None, 190, 260.5]
ALT_TEXT = 'Cash at month end, "lowest" in August <2027>.'


def context(**changed: object) -> dict[str, object]:
    """Values of the template's tags."""
    return {
        "document_kind": "BUSINESS PLAN",
        "cluster_name": "Dan Kwian Potters",
        "cover_place": "Nakhon Ratchasima, Thailand",
        "cover_text": "A shared gas kiln.",
        "cover_facts": [{"label": "Amount", "value": "THB 1,200,000"}, {"label": "Term", "value": "60 months"}],
        "cover_note": "Fictional teaching case.",
        "header_text": "Dan Kwian Potters · Business plan",
        "footer_note": "24 November 2026",
        "date": "24 November 2026",
        **changed,
    }


def charts() -> list[Chart]:
    """One chart of each kind."""
    years = ["2027", "2028", "2029"]
    return [
        Chart(
            "line",
            "Cash is lowest in August 2027",
            MONTHS,
            [
                Series("Cash at month end", CASH),
                Series("Lowest month", [value if value == 41.2 else None for value in CASH], "marker", labels=True),
            ],
            value_title="THB thousand",
        ),
        Chart(
            "column",
            f"Debt is covered: {THAI}",
            years,
            [Series("DSCR", [1.52, 1.42, 1.61], labels=True), Series("Lender's minimum", [1.25] * 3, "limit")],
            number_format="0.00",
        ),
        Chart("stacked", "Own money pays a third", ["Kiln", "Shed"], [Series("Own", [2, 1]), Series("Loan", [5, 3])]),
        Chart("bar", "Sales by buyer", ["Hotel A", "=1+1"], [Series("Sales", [70, 30])]),
        Chart("tornado", "Price matters most", ["Price", "Volume"], [Series("Low", [-4, -2]), Series("High", [4, 2])]),
        Chart("pie", "The loan pays two thirds", ["Loan", "Own"], [Series("Sources", [2, 1])]),
        Chart("doughnut", "The loan pays two thirds", ["Loan", "Own"], [Series("Sources", [2, 1])]),
    ]


def write_sample(document: Document) -> DocxWriter:
    """Every kind of block at its place; not yet finished."""
    writer = DocxWriter(document)
    writer.place("REQUEST")
    writer.heading("Loan request", page_break=True)
    writer.key_figures([("Amount", "THB 1,200,000", "60 months"), ("Lowest DSCR", "1.42", "in 2028")])
    writer.facts([("Borrower", HOSTILE), ("Purpose", ["Gas kiln ", Run("shared", writer.styles["Strong"])])])
    writer.place("CONTENTS")
    writer.new_page()
    writer.contents("Contents", note="Word asks once whether to count the pages.")
    writer.place("BODY")
    writer.heading("1. Summary", page_break=True)
    writer.paragraph(HOSTILE)
    writer.paragraph("Line one\nline two\twith a tab")
    writer.warning("Cash is lowest in August 2027.")
    writer.remark("All figures in Thai baht.")
    writer.bullets(["First", "Second"])
    for chart in charts():
        writer.chart(chart, alt_text=ALT_TEXT, height_cm=6)
        writer.caption("Figure", chart.title, keep_next=False)
    writer.heading("2. Languages")
    for name, text in (("Khmer", KHMER), ("Burmese", BURMESE), ("Thai", THAI), ("Vietnamese", VIETNAMESE)):
        writer.heading(f"{name}: {text}", 2)
        writer.paragraph(f"The name {text} (1,200) stands here. ฿500")
    writer.section(landscape=True)
    writer.heading("3. Cash flow")
    writer.caption("Table", "Cash flow by month")
    writer.table(
        [Column(5), *[Column(1.5, number=True)] * 12, Column(1.8, number=True)],
        [["THB thousand", Cell("First half", span=6), Cell("Second half", span=6), ""], ["", *MONTHS, "2027"]],
        [
            Row(["Receipts", *[""] * 13], "group"),
            *[Row([f"Line {at}", *[f"{at * 12 + month:,}" for month in range(13)]], indent=1) for at in range(1, 48)],
            Row(["Closing cash", *["41"] * 7, Cell("41 lowest", marked=True), *["41"] * 5], "marked"),
            Row(["Net cash", *["1,000"] * 13], "subtotal"),
            Row(["All", *["−2,000"] * 13], "total"),
        ],
        note="Source: projection.",
        small=True,
        description="Cash flow, month by month",
    )
    writer.section(landscape=False)
    writer.heading("4. Declaration")
    writer.caption("Table", "Income by year")
    writer.table([Column(6), Column(2, number=True)], [["THB", "2027"]], [["Sales", "1,900"], ["Costs", "−900"]])
    writer.signatures([("Chair", ["Name:", "Date:"]), ("Treasurer", ["Name:"]), ("Adviser", ["Name:"])])
    return writer


def finished_sample() -> DocxWriter:
    """The sample, complete but for its page numbers."""
    writer = write_sample(render_template(TEMPLATE, context(cluster_name=HOSTILE)))
    document = writer.finish()
    localise(document, complex_language="th")
    set_properties(document, title="Plan <1>", author="Adviser & Co", made_on=datetime(2026, 11, 24))  # noqa: DTZ001
    return writer


@cache
def sample_bytes() -> bytes:
    """The sample as a .docx, made once."""
    return docx_bytes(finished_sample().document)
