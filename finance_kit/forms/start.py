"""The beginning of a plan: what is known when nothing was asked yet."""

from __future__ import annotations

from typing import Any

from finance_kit.plan.profile_questions import CURRENCY_OF
from finance_kit.plan.schema import SCHEMA_VERSION

__all__ = ["blank"]


def blank(name: str, country: str, depth: str) -> dict[str, Any]:
    """A plan with a name and without a number.

    Parameters
    ----------
    name : of the cluster; the plan is called by it until it gets a title of its own
    country : ``KH``, ``MM``, ``TH`` or ``VN``
    depth : ``profile`` or ``full``; a profile looks ahead twelve months, that is what it is
    """
    period: dict[str, Any] = {"currency": CURRENCY_OF[country]}
    if depth == "profile":
        period["months"] = 12
    return {
        "schema_version": SCHEMA_VERSION,
        "depth": depth,
        "title": name,
        "period": period,
        "cluster": {"name": name, "country": country},
    }
