"""Months, the monthly axis of a plan, and folding months into years.

A month is a calendar month; flows fall at its end and balances are read there. Month numbers count from 1 (the first
month of the plan); month 0 is the opening position.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from finance_kit.errors import CalculationError

__all__ = ["MONTH_NAMES", "Month", "TimeAxis", "YearBasis"]

YearBasis = Literal["plan_year", "fiscal_year"]
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month of the common era."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written as ``2027-03``.

        Raises
        ------
        CalculationError : the text is not a month between 1900-01 and 2200-12
        """
        found = _MONTH.fullmatch(text)
        if found is None or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2200:
            raise CalculationError("not_a_month", found=text)
        return cls(int(found[1]), int(found[2]))

    def plus(self, months: int) -> Month:
        """The month so many months later (earlier when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    def months_since(self, earlier: Month) -> int:
        """How many months this one lies after ``earlier``; negative when before it."""
        return (self.year - earlier.year) * 12 + self.month - earlier.month

    @property
    def label(self) -> str:
        """As in ``Mar 2027``."""
        return f"{MONTH_NAMES[self.month - 1]} {self.year}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True)
class TimeAxis:
    """The months of a plan and the years they fold into.

    Parameters
    ----------
    start : first month of the plan (month number 1)
    months : how many, 1 to 240
    year_basis : ``plan_year`` folds months 1–12, 13–24 …; ``fiscal_year`` folds at the end of each fiscal year, so that
        the first and last years may be shorter
    fiscal_year_start : calendar month in which a fiscal year begins (1 = January; Myanmar 4)
    """

    start: Month
    months: int
    year_basis: YearBasis = "plan_year"
    fiscal_year_start: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.months <= 240:
            raise CalculationError("horizon_out_of_range", months=self.months)

    def month(self, number: int) -> Month:
        """Calendar month of month ``number`` (1-based; 0 is the month before the plan starts)."""
        return self.start.plus(number - 1)

    def number(self, month: Month) -> int:
        """Month number of a calendar month; 0 or negative before the plan starts."""
        return month.months_since(self.start) + 1

    @cached_property
    def calendar_month(self) -> npt.NDArray[np.int64]:
        """(T,), calendar month of each plan month, 0 = January."""
        return (self.start.month - 1 + np.arange(self.months)) % 12

    @cached_property
    def plan_year(self) -> npt.NDArray[np.int64]:
        """(T,), 0-based plan year of each month: months 1–12 are year 0, whatever the fiscal year."""
        return np.arange(self.months) // 12

    @cached_property
    def year_index(self) -> npt.NDArray[np.int64]:
        """(T,), 0-based reporting year of each month, by the year basis."""
        if self.year_basis == "plan_year":
            return self.plan_year
        offset = (self.start.month - self.fiscal_year_start) % 12
        return (np.arange(self.months) + offset) // 12

    @cached_property
    def years(self) -> int:
        """Number of reporting years, a shorter first or last one included."""
        return int(self.year_index[-1]) + 1

    @cached_property
    def year_starts(self) -> npt.NDArray[np.int64]:
        """(Y,), position (0-based) of the first month of each reporting year."""
        return np.flatnonzero(np.diff(self.year_index, prepend=-1))

    @cached_property
    def year_ends(self) -> npt.NDArray[np.int64]:
        """(Y,), position (0-based) of the last month of each reporting year."""
        return np.append(self.year_starts[1:], self.months) - 1

    @cached_property
    def year_labels(self) -> tuple[str, ...]:
        """Name of each reporting year: ``2027`` when it lies in one calendar year, else ``2027/28``."""
        labels = []
        for first, last in zip(self.year_starts, self.year_ends, strict=True):
            begin, end = self.month(int(first) + 1), self.month(int(last) + 1)
            if self.year_basis == "fiscal_year":
                # A short year keeps the name of the whole fiscal year that it is part of.
                begin = begin.plus(-((begin.month - self.fiscal_year_start) % 12))
                end = begin.plus(11)
            labels.append(str(begin.year) if begin.year == end.year else f"{begin.year}/{end.year % 100:02d}")
        return tuple(labels)

    def sum_years(self, flow: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Flows per reporting year: (T, ...) in, (Y, ...) out."""
        return np.add.reduceat(flow, self.year_starts, axis=0)

    def last_of_years(self, balance: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Balances at the end of each reporting year: (T, ...) in, (Y, ...) out."""
        return balance[self.year_ends]
