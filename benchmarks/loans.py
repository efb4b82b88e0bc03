"""Speed of the loan mathematics, beside what somebody at home in numpy writes and beside numpy-financial."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import numpy_financial

from benchmarks.timing import by_turns, median_seconds
from finance_kit import loans

__all__ = ["rows"]

FloatArray = npt.NDArray[np.float64]
LOANS, INSTALMENTS, CHUNK = 100_000, 60, 2_000
EVEN = loans.LoanTerms(principal=1.0, annual_rate=0.12, instalments=INSTALMENTS)
SIGNED = loans.LoanTerms(
    principal=12_345_678, annual_rate=0.18, instalments=INSTALMENTS, rounding_unit=1.0, minor_unit=0.01
)
DATED = loans.LoanTerms(
    principal=12_345_678,
    annual_rate=0.18,
    instalments=INSTALMENTS,
    rounding_unit=100.0,
    minor_unit=1.0,
    day_count="actual/365",
    method="progressive",
    calendar=loans.PaymentCalendar(disbursed=date(2027, 1, 31)),
)


def recurrence(principal: FloatArray, rate: FloatArray) -> float:
    """Interest, principal and balance of level instalments by hand, a chunk at a time; the sum left at the end."""
    left = 0.0
    for begin in range(0, principal.size, CHUNK):
        owed, periodic = principal[begin : begin + CHUNK], rate[begin : begin + CHUNK] / 12
        instalment = owed * periodic / (1 - (1 + periodic) ** -INSTALMENTS)
        interest, repaid, balance = (np.empty((INSTALMENTS, owed.size)) for _ in range(3))
        for period in range(INSTALMENTS):
            np.multiply(owed, periodic, out=interest[period])
            np.subtract(instalment, interest[period], out=repaid[period])
            owed = np.subtract(owed, repaid[period], out=balance[period])
        left += float(balance[-1].sum())
    return left


def ours(terms: loans.LoanTerms, principal: FloatArray, rate: FloatArray) -> float:
    """The same through the package."""
    chunks = loans.in_chunks(terms, principal, rate, CHUNK)
    return sum(float(arrays.closing_balance[-1].sum()) for _, arrays in chunks)


def by_numpy_financial(principal: FloatArray, rate: FloatArray) -> Any:
    """Interest and principal of whole arrays by numpy-financial."""
    periods = np.arange(1, INSTALMENTS + 1)[:, None]
    interest = numpy_financial.ipmt(rate / 12, periods, INSTALMENTS, -principal)
    repaid = numpy_financial.ppmt(rate / 12, periods, INSTALMENTS, -principal)
    return interest, repaid


def rows() -> list[tuple[str, float, float, float]]:
    """Rows of the table: what, seconds of ours, seconds of the yardstick, aim for their ratio."""
    random = np.random.default_rng(1)
    principal, rate = random.uniform(1e5, 1e7, LOANS), random.uniform(0.05, 0.3, LOANS)

    def even() -> float:
        return ours(EVEN, principal, rate)

    return [
        (
            f"{LOANS:,} loans of {INSTALMENTS}, beside numpy",
            *by_turns(even, lambda: recurrence(principal, rate), 9),
            1.5,
        ),
        (
            "the same, beside numpy-financial",
            median_seconds(even, 5),
            median_seconds(lambda: by_numpy_financial(principal, rate), 1),
            1 / 30,
        ),
        ("the same rounded, beside unrounded", *by_turns(lambda: ours(SIGNED, principal, rate), even, 7), 3.0),
        ("one signed schedule, beside 1 ms", median_seconds(lambda: loans.schedule(SIGNED), 50), 1e-3, 1.0),
        ("one dated progressive one, beside 1 ms", median_seconds(lambda: loans.schedule(DATED), 50), 1e-3, 1.0),
    ]
