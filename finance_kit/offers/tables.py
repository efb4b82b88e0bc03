"""An offer's figures as tables of text: the signed schedule, and two columns of a name and its value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from finance_kit.loans import Schedule, ScheduleRow, schedule
from finance_kit.offers.offer import Offer
from finance_kit.offers.words import Words, day

__all__ = [
    "COLUMNS",
    "TextTable",
    "kept_back",
    "schedule_columns",
    "schedule_table",
    "schedule_values",
    "split_table",
    "terms_lines",
]


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows of texts under headings; the first ``left`` columns are words, the others figures."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None
    left: int = 1


COLUMNS: Final = {
    "number": "No",
    "due": "Due",
    "days": "Days",
    "opening_balance": "Balance before",
    "drawn": "Paid out",
    "interest": "Interest",
    "interest_capitalised": "Added to loan",
    "principal": "Principal",
    "fees": "Fees",
    "savings": "Savings",
    "total": "To pay",
    "closing_balance": "Balance after",
}
_ALWAYS: Final = ("number", "interest", "principal", "total", "closing_balance")


def schedule_columns(table: Schedule, *, brief: bool = False) -> tuple[str, ...]:
    """Columns of a schedule that hold something; ``brief`` leaves out what the row before or the dates say already."""
    rows = table.rows
    left_out = {"opening_balance", "days"} if brief else set()
    return tuple(
        name
        for name in COLUMNS
        if name in _ALWAYS or (name not in left_out and any(getattr(row, name) not in (None, 0.0) for row in rows))
    )


def schedule_values(row: ScheduleRow, columns: tuple[str, ...]) -> list[object]:
    """Raw values of one row."""
    return [getattr(row, name) for name in columns]


def schedule_table(offer: Offer, *, brief: bool = False, rows: int | None = None) -> TextTable:
    """The schedule as it is signed.

    Parameters
    ----------
    offer : with its principal
    brief : without the columns that a narrow screen has no room for
    rows : only so many rows from the beginning
    """
    table, words = schedule(offer.terms), Words.of(offer)
    columns = schedule_columns(table, brief=brief)
    sums = {
        "interest": table.total_interest,
        "interest_capitalised": table.total_interest_capitalised,
        "principal": table.total_principal,
        "fees": table.total_fees,
        "savings": table.total_savings,
        "total": table.total_paid,
    }
    total = ["Sum" if name == "number" else words.money(sums[name]) if name in sums else "" for name in columns]
    return TextTable(
        tuple(COLUMNS[name] for name in columns),
        tuple(tuple(_cell(row, name, words) for name in columns) for row in table.rows[:rows]),
        tuple(total),
        left=0,
    )


def _cell(row: ScheduleRow, name: str, words: Words) -> str:
    value = getattr(row, name)
    if value is None:
        return ""
    if name == "due":
        return day(value)
    return str(value) if name in ("number", "days") else words.money(value)


def kept_back(offer: Offer) -> list[tuple[str, str]]:
    """What happens on the day of the pay-out, and what comes back at the end."""
    table, words = schedule(offer.terms), Words.of(offer)
    lines = [("Sum lent", offer.terms.principal)]
    lines += [
        (name, -amount)
        for name, amount in (
            ("Up-front fee", table.upfront_fee),
            ("Interest kept back", table.upfront_interest),
            ("Compulsory savings", table.savings_deposit),
            ("Down payment", table.down_payment),
            ("Paid out later", sum(row.drawn for row in table.rows)),
        )
        if amount
    ]
    lines.append(("Received in hand", table.net_received))
    if table.fee_capitalised:
        lines.append(("Fee added to what is owed", table.fee_capitalised))
    if table.savings_returned:
        lines.append(("Savings that come back with the last instalment", table.savings_returned))
    return [(name, words.money(amount)) for name, amount in lines]


_REPAYMENTS: Final = {
    "annuity": "equal instalments",
    "equal_principal": "equal principal",
    "interest_only": "interest only, principal with the last instalment",
    "bullet": "everything with the last instalment",
    "balloon": "equal instalments and a balloon",
    "seasonal": "principal by season",
    "stepped": "stepped instalments",
    "custom": "agreed instalments",
}
_EVERY: Final = {
    ("days", 1): "daily",
    ("weeks", 1): "weekly",
    ("weeks", 2): "fortnightly",
    ("months", 1): "monthly",
    ("months", 3): "quarterly",
    ("months", 6): "half-yearly",
    ("months", 12): "yearly",
}
_TIMINGS: Final = {"arrears": "", "advance": ", interest in advance", "up_front": ", interest kept back at pay-out"}


def terms_lines(offer: Offer) -> list[str]:
    """The terms in one or two lines, as they were understood."""
    terms, words = offer.terms, Words.of(offer)
    rate = words.rate(terms.annual_rate) + " a year"
    if offer.quoted_per == "month":
        rate = f"{words.rate(terms.annual_rate / 12)} a month ({words.rate(terms.annual_rate)} a year)"
    every = _EVERY.get(terms.interval, "")
    after = "" if every else f", one each {terms.interval[1]} {terms.interval[0]}"
    kind = "flat on the sum lent" if terms.quotation == "flat" else "on the declining balance"
    lent = words.sum(terms.principal) if terms.principal else "Any sum"
    first = f"{lent} at {rate} {kind}; {terms.instalments} {every} instalments{after}"
    first = first.replace("  ", " ")
    second = _REPAYMENTS[terms.repayment] + _TIMINGS[terms.interest_timing]
    if terms.grace_periods:
        meanwhile = "interest is paid" if terms.pays_in_grace else f"interest is {terms.grace_interest}"
        second += f"; grace of {terms.grace_periods} instalments, {meanwhile}"
    if terms.day_count != "period":
        second += f"; days counted {terms.day_count}"
    if terms.rounding_unit is not None:
        second += f"; instalments in multiples of {words.plain(terms.rounding_unit)}"
    else:
        second += "; not rounded"
    return [first, second]


def split_table(table: TextTable, fits: Callable[[TextTable], bool]) -> list[TextTable]:
    """A table that is too wide as several with the same first column; a column that is too wide alone stays alone.

    Parameters
    ----------
    table : whose first column names the rows
    fits : whether there is room for a table
    """
    parts: list[TextTable] = []
    chosen: list[int] = []

    def part(columns: list[int]) -> TextTable:
        places = [0, *columns]
        rows = tuple(tuple(row[place] for place in places) for row in table.rows)
        total = None if table.total is None else tuple(table.total[place] for place in places)
        return TextTable(tuple(table.headings[place] for place in places), rows, total, table.left)

    for place in range(1, len(table.headings)):
        if chosen and not fits(part([*chosen, place])):
            parts.append(part(chosen))
            chosen = []
        chosen.append(place)
    return [*parts, part(chosen)] if chosen else parts
