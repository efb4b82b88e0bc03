"""Use cases of fixes: what would make a plan ready for a lender, and a copy of the plan with one of them in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from finance_kit import service
from finance_kit.errors import CalculationError

__all__ = ["apply_fix", "fixes", "fixes_as_data"]


def fixes(plan: Path, lender: str | None = None, folders: tuple[Path, ...] = ()) -> Any:
    """What mends a plan for one lender; see :func:`finance_kit.readiness.fixes.find_fixes`.

    Parameters
    ----------
    plan : a plan file
    lender : id of a profile; left out, the country's generic profile for the type of lender of the largest loan
    folders : of lender profiles of one's own

    Raises
    ------
    PlanError : the plan has errors
    PackError : there is no such profile for the plan's country, or one of one's own is broken
    """
    from finance_kit.readiness.fixes import find_fixes
    from finance_kit.service_lenders import desk_profile

    opened = service.run(plan, folders=folders)
    chosen, others = desk_profile(opened.plan, folders, () if lender is None else (lender,))
    return find_fixes(opened.plan, chosen, others=others)


def fixes_as_data(found: Any) -> dict[str, Any]:
    """The fixes as plain values and sentences."""
    from finance_kit.readiness.fix_report import as_data

    return as_data(found)


def apply_fix(plan: Path, lender: str | None, number: int, target: Path, folders: tuple[Path, ...] = ()) -> Path:
    """Write a copy of a plan file with one fix in it; the plan itself, and a file that exists, are left as they are.

    Raises
    ------
    OutputError : the target exists or cannot be written
    CalculationError : there is no such fix, or it is one that must be signed or named before a plan may count on it
    PlanError : the file cannot be changed so that it says the same
    """
    from finance_kit.plan.amend import amended

    opened = service.run(plan)
    found = fixes(plan, lender, folders)
    chosen = next((fix for fix in found.fixes if fix.number == number), None)
    if chosen is None:
        raise CalculationError("unknown_fix", number=number, count=len(found.fixes))
    if not chosen.applies:
        raise CalculationError("fix_must_be_proven", number=number)
    source = opened.loaded.source
    return service.write_new(target, amended(source.text, plan.name, opened.plan, chosen.after.plan))
