"""How old the sources of a profile are."""

from __future__ import annotations

from datetime import date
from typing import Final

from finance_kit.errors import Issue, Where
from finance_kit.readiness.profile import LenderProfile

__all__ = ["OLD_AFTER_MONTHS", "age_warnings"]

OLD_AFTER_MONTHS: Final = 12
"""A published term counts as old when nobody has looked at it for longer. A convention of this product: rates and terms
of lenders are usually reviewed once a year."""


def age_warnings(profile: LenderProfile, today: date) -> tuple[Issue, ...]:
    """A warning for each published source that is old, or of which nobody says when it was last seen.

    Parameters
    ----------
    profile : its own sources count, not those of the generic profile that it is based on
    today : the day to look from
    """
    issues = []
    for source in profile.all_sources():
        if source.status != "published":
            continue
        where = Where("sources", profile.file)
        if source.last_confirmed is None:
            if profile.kind == "lender":
                issues.append(Issue("source_never_confirmed", where, {"title": source.title}, "warning"))
        elif _months_between(date.fromisoformat(source.last_confirmed), today) >= OLD_AFTER_MONTHS:
            params = {"title": source.title, "found": source.last_confirmed, "months": OLD_AFTER_MONTHS}
            issues.append(Issue("source_old", where, params, "warning"))
    return tuple(issues)


def _months_between(first: date, last: date) -> float:
    """Months from one day to another; a day past the same day of a month is past the month."""
    whole = (last.year - first.year) * 12 + last.month - first.month
    return whole + (last.day - first.day) / 31.0 - (1e-9 if last.day == first.day else 0.0)
