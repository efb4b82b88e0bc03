"""The terms of one loan, checked when they are written down."""

from __future__ import annotations

from dataclasses import dataclass

from finance_kit.errors import CalculationError
from finance_kit.loans.terms_checks import date_problems, meaning_problems
from finance_kit.loans.value_checks import value_problems
from finance_kit.loans.written_terms import WrittenTerms

__all__ = ["LoanTerms"]

_LISTS = ("principal_pattern", "instalment_pattern", "instalment_amounts", "pay_outs", "rate_changes", "fees")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms(WrittenTerms):
    """Terms of one loan, checked as a whole when they are made.

    Parameters
    ----------
    as :class:`~finance_kit.loans.written_terms.WrittenTerms`; a list is as good as a tuple

    Raises
    ------
    CalculationError : code and params of the first problem; ``issues`` holds all of them
    """

    def __post_init__(self) -> None:
        for field in _LISTS:  # a list is as good, but the terms as a whole must stay hashable
            if isinstance(getattr(self, field), list):
                object.__setattr__(self, field, tuple(getattr(self, field)))
        # What the terms mean together can only be asked once each of them is a sound value, and days come last.
        problems = tuple(value_problems(self)) or tuple(meaning_problems(self)) or tuple(date_problems(self))
        if problems:
            raise CalculationError(problems[0].code, problems, **problems[0].params)
