"""A loan schedule as a spreadsheet and as CSV: every figure is the schedule's, LibreOffice agrees, texts stay texts."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from finance_kit import resources
from finance_kit.documents.csv_loan import csv_bytes, safe_cell
from finance_kit.documents.xlsx_loan import xlsx_bytes
from finance_kit.errors import Undefined
from finance_kit.loans import schedule, true_cost
from finance_kit.offers import Offer, parse_offer, read_offer
from tests.oracles.spreadsheet import calculate

PLAIN = "currency: USD\nloan: {principal: 20000, annual_rate: 18%, months: 36, upfront_fee_share: 1%}"
# 185.175 and 0.5 of a riel: halves, which a spreadsheet rounds up and the contract to the even neighbour.
HALVES = "currency: USD\nloan: {principal: 12345.5, annual_rate: 12%, months: 12, repayment: equal_principal}"
RIEL = "currency: KHR\nloan: {principal: 1000100, annual_rate: 18%, months: 12, repayment: equal_principal}"
LEFT = "No Due Part Before Drawn Interest Added Principal Fees Savings Total After Flow".split()  # noqa: SIM905 - columns
OFFERS = {path.stem: read_offer(path) for path in resources.sample_offers()} | {
    "plain": parse_offer(PLAIN, "plain"),
    "halves": parse_offer(HALVES, "halves"),
    "riel halves": parse_offer(RIEL, "riel"),
    "grace added": parse_offer(PLAIN.replace("36", "36, grace_months: 6, grace_kind: full"), "grace"),
    "dates": parse_offer(
        PLAIN.replace("36", "36, day_count: actual/365, calendar: {disbursed: 2026-01-31, shift: following}"), "dates"
    ),
    "unrounded": parse_offer(PLAIN.replace("36", "36, rounding: none"), "unrounded"),
    "no interest": parse_offer(PLAIN.replace("18%", "0%"), "none"),
    "second pay-out": parse_offer(PLAIN.replace("36", "36, pay_outs: [{amount: 5000, after_instalment: 2}]"), "two"),
    "in advance": parse_offer(PLAIN.replace("36", "36, interest_timing: advance"), "advance"),
    "one instalment": parse_offer(PLAIN.replace("36", "1"), "one"),
}


def opened(content: bytes, *, values: bool) -> Any:
    return load_workbook(io.BytesIO(content), data_only=values)


def recalculated(content: bytes) -> Any:
    """The workbook with every formula worked out anew, without its stored values."""
    book = opened(content, values=False)
    calculate(book)
    return book


def figures(book: Any, offer: Offer) -> None:
    """Every figure of the sheet is that of the signed schedule."""
    sheet, table = book["Schedule"], schedule(offer.terms)
    for place, row in enumerate(table.rows, 4):
        found = dict(zip(LEFT, (cell.value for cell in sheet[place]), strict=True))
        expected = {
            "No": row.number,
            "Before": row.opening_balance,
            "Drawn": row.drawn,
            "Interest": row.interest,
            "Added": row.interest_capitalised,
            "Principal": row.principal,
            "Fees": row.fees,
            "Savings": row.savings,
            "Total": row.total,
            "After": row.closing_balance,
        }
        for name, value in expected.items():
            assert found[name] == pytest.approx(value, abs=1e-6), f"{name} of row {row.number}"
        if row.due is not None:
            assert found["Due"].date() == row.due
    sums = dict(zip(LEFT, (cell.value for cell in sheet[4 + len(table.rows)]), strict=True))
    assert sums["Interest"] == pytest.approx(table.total_interest, abs=1e-6)
    assert sums["Total"] == pytest.approx(table.total_paid, abs=1e-6)
    loan = {row[0].value: row[1].value for row in book["Loan"].iter_rows() if row[0].value}
    assert loan["Received in hand"] == pytest.approx(table.net_received, abs=1e-6)
    eir = true_cost(offer.terms).eir
    assert not isinstance(eir, Undefined)
    assert loan["Effective interest rate, EIR, a year"] == pytest.approx(eir, abs=1e-7)


@pytest.mark.parametrize("name", OFFERS)
def test_the_values_stored_with_the_formulas_are_the_schedule(name: str) -> None:
    figures(opened(xlsx_bytes(OFFERS[name]), values=True), OFFERS[name])


@pytest.mark.parametrize("name", OFFERS)
def test_a_spreadsheet_that_works_everything_out_anew_finds_the_same(name: str) -> None:
    figures(recalculated(xlsx_bytes(OFFERS[name])), OFFERS[name])


@pytest.mark.parametrize(
    ("name", "principal", "annual_rate"),
    [("plain", 50_000.0, 0.145), ("halves", 9_999.5, 0.15), ("riel halves", 2_000_300.0, 0.21)],
)
def test_with_other_inputs_the_sheet_gives_the_schedule_of_those(
    name: str, principal: float, annual_rate: float
) -> None:
    book = opened(xlsx_bytes(OFFERS[name]), values=False)
    book["Loan"]["B6"], book["Loan"]["B7"] = principal, annual_rate
    assert (book["Loan"]["A6"].value, book["Loan"]["A7"].value) == ("Sum lent", "Rate a year as quoted")
    buffer = io.BytesIO()
    book.save(buffer)
    changed = replace(OFFERS[name].terms, principal=principal, annual_rate=annual_rate)
    figures(recalculated(buffer.getvalue()), replace(OFFERS[name], terms=changed))


@pytest.mark.parametrize(("name", "is_open"), [("plain", True), ("halves", True), ("mm-mfi-group", False)])
def test_inputs_are_open_only_where_every_figure_follows_them(name: str, is_open: bool) -> None:
    loan = opened(xlsx_bytes(OFFERS[name]), values=False)["Loan"]
    assert loan.protection.sheet
    assert loan["B6"].protection.locked is not is_open
    assert loan["B7"].protection.locked is not is_open


def test_a_plain_loan_is_formulas_from_the_first_interest_to_the_last_balance() -> None:
    sheet = opened(xlsx_bytes(OFFERS["plain"]), values=False)["Schedule"]
    for row in range(4, 40):
        for column in "DFHKL":
            assert str(sheet[f"{column}{row}"].value).startswith("="), f"{column}{row}"


def test_a_title_from_a_person_never_becomes_a_formula() -> None:
    hostile = replace(OFFERS["plain"], title='=HYPERLINK("http://x","y")')
    book = opened(xlsx_bytes(hostile), values=False)
    for sheet in ("Loan", "Schedule"):
        cell = book[sheet]["A1"]
        assert (cell.data_type, cell.value) == ("s", hostile.title)
        assert cell.hyperlink is None


def test_the_same_offer_gives_the_same_bytes() -> None:
    assert xlsx_bytes(OFFERS["plain"]) == xlsx_bytes(OFFERS["plain"])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_of_csv_that_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    first = csv_bytes(replace(OFFERS["plain"], title=text)).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(first, newline="")))[0] == f"'{text}"


def test_the_csv_has_a_mark_for_utf8_and_every_figure_of_the_schedule() -> None:
    offer = OFFERS["th-sme-grace"]
    content = csv_bytes(offer)
    assert content.startswith(b"\xef\xbb\xbf")
    title, *rest = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert title == [offer.title, "THB"]
    heading, rows = rest[0], rest[1:]
    table = schedule(offer.terms)
    assert len(rows) == len(table.rows)
    for found, row in zip(rows, table.rows, strict=True):
        told = dict(zip(heading, found, strict=True))
        assert told["Interest"] == f"{row.interest:.2f}"
        assert told["To pay"] == f"{row.total:.2f}"
        assert told["Balance after"] == f"{row.closing_balance:.2f}"
