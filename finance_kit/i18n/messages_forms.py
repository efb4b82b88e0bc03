"""Why a typed number, month or choice was not taken, and what may have been meant."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Typed numbers.
        "number_unreadable": "“{found}” cannot be read as a number. Write digits only, such as 1500.",
        "number_too_long": "This is too long for a number; at most {limit} characters are read.",
        "number_either": "“{found}” can be read in two ways. Is it {one} or {other}? Write it like one of them.",
        "number_rather": "“{found}” is not clear. If you mean {one}, write it so.",
        "number_not_whole": "A whole number is needed here; {found} has a fraction.",
        "share_either": "“{found}” can be read in two ways. Is it {one} or {other}? Write it with the sign %.",
        "sum_unreadable": "The sum cannot be read at “{found}”. Use digits, + - * / and brackets; "
        "units and currencies stand beside the field.",
        "sum_too_long": "This sum is too long or has too many brackets; at most {limit}.",
        "sum_by_zero": "A number cannot be divided by zero.",
        "sum_too_large": "The number is larger than any amount in a plan.",
        "percent_of_nothing": "Per cent of what? Write for example 250000+10%, or the amount itself.",
        # Months, days, choices.
        "month_unreadable": "“{found}” is not a month. Write its number in the plan, such as 3, or year and month as "
        "2027-03.",
        "calendar_month_unreadable": "“{found}” is not a month. Write year and month as 2027-03.",
        "day_unreadable": "“{found}” is not a date. Write it as 2026-08-14.",
        "year_buddhist": "“{found}” looks like a year of the Buddhist era. Write {write}.",
        "choice_unknown": "“{found}” is not one of the choices.",
    }
)
