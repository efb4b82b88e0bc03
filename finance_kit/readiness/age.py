"""How old the sources of a profile are."""

from __future__ import annotations

from datetime import date

from finance_kit.errors import Issue, Where
from finance_kit.packs.age import OLD_AFTER_MONTHS, is_old
from finance_kit.readiness.profile import LenderProfile

__all__ = ["OLD_AFTER_MONTHS", "age_warnings"]


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
        elif is_old(source.last_confirmed, today):
            params = {"title": source.title, "found": source.last_confirmed, "months": OLD_AFTER_MONTHS}
            issues.append(Issue("source_old", where, params, "warning"))
    return tuple(issues)
