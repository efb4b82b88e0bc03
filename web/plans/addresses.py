"""Where a field is filled in, from the way that an issue or a rule names it; every link to a field comes from here."""

from __future__ import annotations

from typing import Any, Final

from flask import current_app, url_for

from finance_kit import drafts
from finance_kit.forms.steps import step_of
from web.frame import plan_address
from web.plans.shown import field_id

__all__ = ["field_address"]

_STEP: Final = "plans.step"


def field_address(plan_id: str, document: dict[str, Any], dotted: str) -> str:
    """The page of the form on which a field stands, with the rows open that it lies in, at the field itself.

    Parameters
    ----------
    plan_id, document : of the plan
    dotted : as issues and rules name fields: ``loans.0.annual_rate``, ``members.household_net_cash``

    Returns
    -------
    the plan's first page for what no step asks for
    """
    path = drafts.field_path(document, dotted)
    step = step_of(path, "profile" if document.get("depth") == "profile" else "full") if path else None
    if step is None or _STEP not in current_app.view_functions:
        return plan_address(plan_id)
    rows = [part[1:] for part in path.split("/") if part.startswith("@")]
    return url_for(_STEP, plan_id=plan_id, step_id=step.id, open=rows or None, _anchor=field_id(path))
