"""The whole Word plan of every sample and of a hostile, oversized plan, opened and read back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from finance_kit import service
from finance_kit.documents.docx import render_bank_plan
from finance_kit.documents.docx_save import docx_bytes
from finance_kit.report.context import build
from finance_kit.report.formats import Formats, read_number
from finance_kit.report.model import ReportContext, Table
from tests.documents.docx_sample import BURMESE, HOSTILE, KHMER, THAI
from tests.report.small_plan import PLAN, small_basis

SAMPLES = sorted((Path(__file__).parents[2] / "sample_plans").glob("*.yaml"))
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\[\[|\bNone\b|\bnan\b|\binf\b|-0\b")
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


@cache
def context_of(path: Path) -> ReportContext:
    opened = service.Run(service.check(path), "2026-11-24")
    context: ReportContext = opened.context
    return context


@cache
def bytes_of(path: Path) -> bytes:
    return docx_bytes(render_bank_plan(context_of(path)))


def document_of(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def rows_of(table: Any) -> list[list[str]]:
    """Texts of a table's rows as they stand in the file, a cell over several columns once."""
    return [
        ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
        for row in table.iter(qn("w:tr"))
    ]


def captioned(document: Document) -> Iterator[tuple[str, list[list[str]]]]:
    """Caption and rows of every table that has a caption."""
    before = None
    for element in document.element.body:
        if element.tag == qn("w:tbl") and before is not None:
            style = before.find(f".//{qn('w:pStyle')}")
            if style is not None and style.get(qn("w:val")) == "Caption":
                text = "".join(t.text or "" for t in before.iter(qn("w:t"), qn("w:noBreakHyphen")))
                yield text, rows_of(element)
        before = element


def plain(text: str) -> str:
    return text.replace("\u200b", "").replace("\u00a0", " ")


def all_text(document: Document) -> str:
    return "\n".join(text.text or "" for text in document.element.body.iter(qn("w:t")))


def assert_valid(data: bytes, folder: Path) -> None:
    path = folder / "plan.docx"
    path.write_bytes(data)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_number_of_every_table_is_read_back_from_the_file(path: Path) -> None:
    context = context_of(path)
    formats = Formats(context.currency)
    tables = list(context.tables())
    found = list(captioned(document_of(bytes_of(path))))
    assert [plain(caption).split(". ", 1)[1].split(" (")[0] for caption, _ in found] == [
        " ".join(table.title.split(" (")[0].split()) for table in tables
    ]
    compared = 0
    for table, (caption, texts) in zip(tables, found, strict=True):
        words = re.search(r"\(\w{3} (thousand|million|billion)\)$", plain(caption))
        scale = SCALES[words[1]] if words else 1.0
        assert len(texts) == len(table.rows) + 1
        for row, cells in zip(table.rows, texts[1:], strict=True):
            for at, value in enumerate(row.cells if len(cells) == len(row.cells) else ()):
                unit = row.unit or table.columns[at].unit
                if isinstance(value, str) or value is None or table.columns[at].unit == "text":
                    continue
                shown = read_number(plain(cells[at]))
                assert shown is not None, (table.id, row.cells, at, cells[at])
                step = scale if unit == "money" else 1.0
                digits = formats.number(value, unit, table.columns[at].currency, int(step))
                decimals = len(digits.rstrip(" %").partition(".")[2])
                room = 0.5 * 10.0**-decimals * step * (0.01 if "%" in digits else 1.0)
                assert shown * step == pytest.approx(value, abs=room * (1 + 1e-9) + 1e-12)
                compared += 1
    assert compared > 600


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_single_figure_stands_in_the_file_as_it_is_formatted(path: Path) -> None:
    context = context_of(path)
    formats = Formats(context.currency)
    text = plain(all_text(document_of(bytes_of(path)))).replace("\n", "")
    for section in context.walk():
        for block in section.blocks:
            for figure in block if isinstance(block, tuple) else ():
                if figure.unit != "text":
                    assert plain(formats.of(figure)) in text, figure


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_plan_is_valid_clean_and_turned_once(path: Path, tmp_path: Path) -> None:
    assert_valid(bytes_of(path), tmp_path)
    document = document_of(bytes_of(path))
    assert not LEFT_OVER.search(all_text(document))
    assert not {"True", "False"} & set(all_text(document).split("\n"))
    wide = [(section.page_width or 0) > (section.page_height or 0) for section in document.sections]
    assert wide == [False, True, False]  # body, monthly annex, the rest
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings[:2] == ["Loan request", "1. Executive summary"]
    assert headings[-2:] == ["Declaration and signatures", "How this plan was made"]


def test_the_same_plan_on_the_same_day_gives_the_same_bytes() -> None:
    path = SAMPLES[0]
    again = service.Run(service.check(path), "2026-11-24").context
    assert docx_bytes(render_bank_plan(again)) == bytes_of(path)


def test_the_weak_sample_says_first_that_it_cannot_pay() -> None:
    context = context_of(next(path for path in SAMPLES if path.stem == "mm-dried-fish"))
    blocks: list[Any] = list(context.sections[0].blocks)
    assert blocks[0].text == "What is weak in the figures, most grave first:"
    assert "the plan is short of money" in blocks[1].text
    assert "does not cover the debt service" in blocks[2].text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_cash_by_month_in_short_ties_and_marks_the_lowest_month(path: Path) -> None:
    table = next(table for table in context_of(path).tables() if table.id == "cash_months_in_short")
    *months, together = table.rows
    values: list[Any] = [row.cells[1:] for row in months]
    for row in values:
        assert sum(row[:-1]) == pytest.approx(row[-1], abs=0.005)
    for before, after in pairwise(values):
        assert after[0] == pytest.approx(before[-1], abs=0.005)
    closing = [row[-1] for row in values]
    assert [row.kind == "marked" for row in months] == [value == min(closing) for value in closing]
    assert together.cells[-1] == closing[-1]


def grown() -> dict[str, Any]:
    """A plan with everything in excess, full of text that means something to templates, XML or Word."""
    word = "x" * 3000
    long = f"{HOSTILE} {'long ' * 2000} {word}"
    loan = PLAN["financing"]["loans"][0]
    return {
        "title": f"{HOSTILE} {KHMER}",
        "period": {"start": "2027-01", "months": 240, "currency": "THB"},
        "cluster": {
            **PLAN["cluster"],
            "name": f"{HOSTILE} {THAI}",
            "history": long,
            "governance": f"{BURMESE} {{# #}}",
        },
        "sections": {"summary": long, "storage": {"text": long, "figures": [{"label": HOSTILE, "value": 1e12}]}},
        "members": [
            {"name": f"{HOSTILE} {number}", "contribution_cash": 10, "household_net_cash": 100, "type": "household"}
            for number in range(200)
        ],
        "products": [{**PLAN["products"][0], "name": f"{HOSTILE} {number}"} for number in range(60)],
        "financing": {
            "contributions": [{"month": 1, "amount": 2000}],
            "loans": [{**loan, "name": f"{HOSTILE} {number}", "instalments": 200} for number in range(10)],
        },
    }


def test_a_hostile_and_oversized_plan_is_a_valid_document_with_harmless_text(tmp_path: Path) -> None:
    basis = small_basis(**grown())
    data = docx_bytes(render_bank_plan(build(basis, (), "0" * 12)))
    assert_valid(data, tmp_path)
    document = document_of(data)
    assert not list(document.element.body.iter(qn("w:fldSimple")))
    codes = {code.text.split()[0] for code in document.element.body.iter(qn("w:instrText"))}
    assert codes == {"TOC", "SEQ", "PAGEREF"}
    text = all_text(document)
    assert "{{ 7*7 }}" in text
    assert "49" not in text.split("A&B", 2)[1][:60]
    assert not re.search(r"\[\[|\bNone\b|\bnan\b|\binf\b", text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", text)
    years: list[Table] = [table for table in build(basis).tables() if table.id == "profit_and_loss"]
    assert years[0].wide
    assert len(years[0].columns) == 21


def test_a_profile_of_a_dozen_answers_already_gives_a_document(tmp_path: Path) -> None:
    basis = small_basis(
        cluster={"name": "Tiles", "product": "Tiles", "country": "TH"},
        period={"start": "2027-01", "months": 12, "currency": "THB"},
        members=[], financing={}, assets=[],
    )  # fmt: skip
    data = docx_bytes(render_bank_plan(build(basis)))
    assert_valid(data, tmp_path)
    assert not LEFT_OVER.search(all_text(document_of(data)))
