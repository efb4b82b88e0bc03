"""A loan as a live spreadsheet: terms, a schedule with formulas where they are plain, and the effective rate.

A cell holds a formula only if that formula gives the figure of the signed schedule; all formulas carry their value, so
that a phone or a preview shows numbers. Where every row is a formula, principal and rate may be changed; in other
contracts the sheet is there to be followed, and its inputs are locked. Texts from people are written as text.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import numpy as np

from finance_kit.errors import Undefined
from finance_kit.loans import Schedule, ScheduleRow, schedule, true_cost
from finance_kit.loans.accrual import accrual
from finance_kit.loans.effective_rate import contract_flows
from finance_kit.loans.explain_instalment import rounded_instalment
from finance_kit.loans.explain_interest import equal, rounded_interest
from finance_kit.money import RoundingRule
from finance_kit.offers.offer import Offer
from finance_kit.offers.tables import terms_lines

__all__ = ["xlsx_bytes"]

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEADINGS: Final = (
    "No", "Due", "Part of a year", "Balance before", "Paid out", "Interest", "Added to loan", "Principal", "Fees",
    "Savings", "To pay", "Balance after", "Money in (+) and out (−)",
)  # fmt: skip
_FIRST: Final = 3  # row of the first instalment, from 0; above it headings and the pay-out
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook without a clock in it: same offer, same bytes


def xlsx_bytes(offer: Offer) -> bytes:
    """The workbook of an offer.

    Parameters
    ----------
    offer : with its principal
    """
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": offer.title[:255], "created": _MADE})
    _Workbook(book, offer).write()
    book.close()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Cell:
    """A value, and the formula that gives it, if it has a plain one."""

    value: float
    formula: str = ""


def _rounded(expression: str, unit: str, rule: RoundingRule) -> str:
    """A formula rounded to multiples of a named unit; half to the even neighbour where the contract says so."""
    steps = f"ROUND(({expression})/{unit},9)"
    if rule == "half_even":
        return f"(ROUND({steps},0)-(ROUND(MOD({steps},2),9)=0.5))*{unit}"
    return f"{'ROUND' if rule == 'half_up' else 'ROUNDUP'}({steps},0)*{unit}"


class _Workbook:
    """The two sheets and what they share."""

    def __init__(self, book: Any, offer: Offer) -> None:
        self.book, self.offer, self.terms = book, offer, offer.terms
        self.table: Schedule = schedule(offer.terms)
        self.time = accrual(offer.terms)
        self.loan, self.sheet = book.add_worksheet("Loan"), book.add_worksheet("Schedule")
        digits = f".{'0' * offer.decimals}" if offer.decimals else ""
        self.money = book.add_format({"num_format": f"#,##0{digits}"})
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "align": "right", "valign": "top"})
        self.sum = book.add_format({"num_format": f"#,##0{digits}", "bold": True, "top": 1})
        self.rate = book.add_format({"num_format": "0.00%"})
        self.day = book.add_format({"num_format": "dd mmm yyyy", "align": "right"})
        self.part = book.add_format({"num_format": "0.00000000"})
        self.level = self._level_value()
        self.rows = [self._row_cells(row) for row in self.table.rows]
        self.live = self._is_live()

    # --- what is plain ------------------------------------------------------------------------------------------

    def _years(self, row: ScheduleRow) -> float:
        return float(self.time.years[0 if len(self.time.years) == 1 else row.number - 1, 0])

    def _level_value(self) -> float | None:
        """The level instalment, if the closed formula gives it."""
        terms, rows = self.terms, self.table.rows
        plain = terms.quotation == "declining" and terms.interest_timing == "arrears" and terms.repayment == "annuity"
        if not plain or terms.annual_rate == 0.0 or terms.instalments - terms.grace_periods < 2:
            return None
        assumed = np.broadcast_to(self.time.level_years, (terms.instalments, 1))[terms.grace_periods :, 0]
        if not (assumed == assumed[0]).all() or assumed[0] == 0.0 or self.time.draws is not None:
            return None
        factor, first = terms.annual_rate * float(assumed[0]), rows[terms.grace_periods]
        level = rounded_instalment(
            terms, first.opening_balance * factor / (1.0 - (1.0 + factor) ** -terms.paying_periods)
        )
        return level if equal(level, first.interest + first.principal) else None

    def _row_cells(self, row: ScheduleRow) -> dict[str, _Cell]:
        """Interest, principal and fees of a row with their formulas."""
        terms, line = self.terms, _FIRST + row.number
        interest, principal, fees = _Cell(row.interest), _Cell(row.principal), _Cell(row.fees)
        before = row.opening_balance * terms.annual_rate * self._years(row)
        if terms.quotation == "declining" and equal(rounded_interest(terms, before), row.interest):
            rule: RoundingRule = "half_up" if terms.rounding_rule == "half_up" else "half_even"
            text = f"D{line}*annual_rate*C{line}"
            interest = _Cell(row.interest, f"={self._at(text, 'minor_unit', rule) if terms.rounds_interest else text}")
        if row.number == terms.instalments and equal(row.principal, row.opening_balance + row.drawn):
            principal = _Cell(row.principal, f"=D{line}+E{line}")
        elif self.level is not None and row.number > terms.grace_periods:
            if equal(row.principal, min(row.opening_balance, max(self.level - row.interest, 0.0))):
                principal = _Cell(row.principal, f"=MIN(D{line},MAX(level_instalment-F{line},0))")
        elif terms.repayment == "equal_principal" and row.number > terms.grace_periods:
            first = _FIRST + terms.grace_periods + 1
            part = rounded_instalment(
                terms, self.table.rows[terms.grace_periods].opening_balance / terms.paying_periods
            )
            if equal(row.principal, min(part, row.opening_balance)):
                text = self._at(f"D${first}/{terms.paying_periods}", "rounding_unit", terms.rounding_rule)
                principal = _Cell(row.principal, f"=MIN(D{line},{text})")
        return {"interest": interest, "principal": principal, "fees": fees}

    def _at(self, text: str, unit: str, rule: RoundingRule) -> str:
        return text if self.terms.rounding_unit is None else _rounded(text, unit, rule)

    def _is_live(self) -> bool:
        """Whether other inputs would give the right schedule: every figure a formula, no charge in fixed figures."""
        terms, table = self.terms, self.table
        if terms.remainder == "first" or terms.method == "progressive":  # their rule shows only with other inputs
            return False
        kept = (table.upfront_interest, table.savings_deposit, table.down_payment, table.fee_capitalised)
        charged = table.total_fees or table.total_savings or terms.fees or terms.upfront_fee_amount or any(kept)
        moves = any(row.drawn or row.interest_capitalised for row in table.rows) or terms.rate_changes
        if charged or moves or terms.quotation == "flat" or terms.repayment not in ("annuity", "equal_principal"):
            return False
        grace = terms.grace_periods
        return all(
            cells["interest"].formula and (cells["principal"].formula or number < grace)
            for number, cells in enumerate(self.rows)
        )

    # --- the sheets ---------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Both sheets."""
        self._write_loan()
        self._write_schedule()

    def _write_loan(self) -> None:
        """Terms, and what the loan costs."""
        loan, terms, offer = self.loan, self.terms, self.offer
        open_style = {"bg_color": "#FFF2CC", "border": 1, "locked": not self.live}
        loan.set_column(0, 0, 46)
        loan.set_column(1, 1, 22)
        loan.write_string(0, 0, offer.title, self.bold)
        for line, text in enumerate(terms_lines(offer), 1):
            loan.write_string(line, 0, text)
        loan.write_string(3, 0, f"Amounts in {offer.currency.code}" if offer.currency.code else "Currency not stated")
        money = self.book.add_format({**open_style, "num_format": self.money.num_format})
        rate = self.book.add_format({**open_style, "num_format": "0.00##%"})
        inputs: list[tuple[str, str, float, Any]] = [
            ("Sum lent", "principal", terms.principal, money),
            ("Rate a year as quoted", "annual_rate", terms.annual_rate, rate),
            ("Fee at pay-out, share of the sum lent", "upfront_fee_share", terms.upfront_fee_share, rate),
            ("Instalments are multiples of", "rounding_unit", terms.rounding_unit or 0.0, None),
            ("Smallest amount", "minor_unit", terms.minor_unit or 0.0, None),
            ("Instalment periods in a year", "periods_a_year", terms.periods_a_year, None),
        ]
        for line, (label, name, value, style) in enumerate(inputs, 5):
            loan.write_string(line, 0, label)
            loan.write_number(line, 1, value, style)
            self.book.define_name(name, f"=Loan!$B${line + 1}")
        self._write_costs(12)
        note = (
            "The yellow cells may be changed: schedule and costs follow. The number of instalments is fixed."
            if self.live
            else "Not every figure of this contract has a plain formula, so the inputs are locked: "
            "ask for another sheet when the terms change."
        )
        loan.write_string(22, 0, note)
        loan.protect("", {"select_locked_cells": True, "select_unlocked_cells": True})

    def _write_costs(self, line: int) -> None:
        """What is received and paid, and the effective rate."""
        table, terms, cost = self.table, self.terms, true_cost(self.terms)
        last = _FIRST + len(table.rows)
        figures: list[tuple[str, float, str, Any]] = []
        if self.level is not None:
            first, assumed = _FIRST + terms.grace_periods + 1, float(self.time.level_years[-1, 0])
            text = f"-PMT(annual_rate*{assumed!r},{terms.paying_periods},Schedule!D{first})"
            formula = f"={self._at(text, 'rounding_unit', terms.rounding_rule)}"
            figures.append(("Level instalment", self.level, formula, self.money))
            self.book.define_name("level_instalment", f"=Loan!$B${line + 1}")
        kept = terms.principal - table.net_received
        fee = self._at("principal*upfront_fee_share", "minor_unit", "half_even") if self.live else ""
        figures += [
            ("Kept back or paid later than the pay-out", kept, f"={fee}" if fee else "", self.money),
            ("Received in hand", table.net_received, "", self.money),
            ("Interest", table.total_interest, f"=SUM(Schedule!F{_FIRST + 1}:F{last})", self.money),
            ("To pay in all, savings included", table.total_paid, f"=SUM(Schedule!K{_FIRST + 1}:K{last})", self.money),
        ]
        for place, (label, value, formula, style) in enumerate(figures, line):
            received = label == "Received in hand"  # the sum lent less what stands above it
            if received:
                self.book.define_name("net_received", f"=Loan!$B${place + 1}")
            self._put(self.loan, place, 1, _Cell(value, f"=principal-B{place}" if received else formula), style)
            self.loan.write_string(place, 0, label)
        place = line + len(figures)
        self.loan.write_string(place, 0, "Effective interest rate, EIR, a year", self.bold)
        if isinstance(cost.eir, Undefined) or isinstance(cost.periodic_rate, Undefined):
            self.loan.write_string(place, 1, "none")
            return
        flows, days = f"Schedule!M{_FIRST}:M{last}", f"Schedule!B{_FIRST}:B{last}"
        formula = f"=(1+IRR({flows},{cost.periodic_rate!r}))^periods_a_year-1"
        if terms.calendar is not None:
            formula = "" if terms.pay_outs else f"=XIRR({flows},{days},{cost.eir!r})"
        self._put(self.loan, place, 1, _Cell(cost.eir, formula), self.rate)

    def _write_schedule(self) -> None:
        """One row an instalment, and sums that tie."""
        sheet, table = self.sheet, self.table
        sheet.write_string(0, 0, self.offer.title, self.bold)
        for column, heading in enumerate(_HEADINGS):
            sheet.write_string(1, column, heading, self.head)
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, 12, 15)
        sheet.freeze_panes(_FIRST, 1)
        flows = contract_flows(self.terms)
        if self.terms.calendar is not None:
            self._put_day(_FIRST - 1, self.terms.calendar.disbursed)
        opening = float(flows[0]) - (0.0 if self.terms.calendar is None else self._drawn_at_start())
        self._put(sheet, _FIRST - 1, 12, _Cell(opening, "=net_received" if equal(opening, table.net_received) else ""))
        start = table.rows[0].opening_balance
        for row in table.rows:
            self._write_row(row, float(flows[row.number]), start)
        end = _FIRST + len(table.rows)
        sheet.write_string(end, 0, "Sum", self.bold)
        for column, value in (
            (5, table.total_interest),
            (6, table.total_interest_capitalised),
            (7, table.total_principal),
            (8, table.total_fees),
            (9, table.total_savings),
            (10, table.total_paid),
        ):
            letter = "ABCDEFGHIJKLM"[column]
            self._put(sheet, end, column, _Cell(value, f"=SUM({letter}{_FIRST + 1}:{letter}{end})"), self.sum)
        sheet.protect("", {"select_locked_cells": True, "format_columns": True})
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)

    def _drawn_at_start(self) -> float:
        return float(self.table.rows[0].drawn)

    def _write_row(self, row: ScheduleRow, flow: float, start: float) -> None:
        sheet, at, line = self.sheet, _FIRST + row.number - 1, _FIRST + row.number
        sheet.write_number(at, 0, row.number)
        if row.due is not None:
            self._put_day(at, row.due)
        sheet.write_number(at, 2, self._years(row), self.part)
        first = "=principal" if equal(start, self.terms.principal) else ""
        balance = first if row.number == 1 else f"=L{line - 1}"
        cells = self.rows[row.number - 1]
        for column, cell in (
            (3, _Cell(row.opening_balance, balance)),
            (4, _Cell(row.drawn)),
            (5, cells["interest"]),
            (6, _Cell(row.interest_capitalised)),
            (7, cells["principal"]),
            (8, cells["fees"]),
            (9, _Cell(row.savings)),
            (10, _Cell(row.total, f"=F{line}+H{line}+I{line}+J{line}")),
            (11, _Cell(row.closing_balance, f"=D{line}+E{line}+G{line}-H{line}")),
            (12, _Cell(flow, f"=-K{line}" if equal(flow, -row.total) else "")),
        ):
            self._put(sheet, at, column, cell)

    def _put(self, sheet: Any, row: int, column: int, cell: _Cell, style: Any = None) -> None:
        """A number, or a formula with its value."""
        style = self.money if style is None else style
        if cell.formula:
            sheet.write_formula(row, column, cell.formula, style, cell.value)
        else:
            sheet.write_number(row, column, cell.value, style)

    def _put_day(self, row: int, day: date) -> None:
        self.sheet.write_datetime(row, 1, datetime.combine(day, time()), self.day)
