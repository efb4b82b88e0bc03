"""Several variants of one plan side by side, as columns of one projection.

What a lender's terms or the members' money change (loans, contributions, assets, the overdraft) is compiled for each
variant; sales and running costs are those of the first and are worked out once. A variant's column is what
the variant gives alone; a test keeps it so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from finance_kit.engine.assets import AssetBase, asset_base
from finance_kit.engine.assumptions import Assumptions, overdraft_line
from finance_kit.engine.financing import LoanLines, PlacedLoan, equity_path, lines_of_loan, placed_loan
from finance_kit.engine.paths import nothing
from finance_kit.engine.projection import Projection, project
from finance_kit.engine.recurrence import OverdraftTerms
from finance_kit.loans import LoanTerms
from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan

__all__ = ["project_variants", "variant", "variant_loans"]

FloatArray = npt.NDArray[np.float64]
_BESIDE_THE_SUM = tuple(field.name for field in fields(LoanTerms) if field.name != "principal")


def variant(base: Assumptions, plan: Plan) -> Assumptions:
    """A plan that differs from the compiled one in its financing, its assets or its security only, compiled.

    Parameters
    ----------
    base : the compiled plan
    plan : a changed copy of it; parts that are the very same objects are not compiled again

    Raises
    ------
    CalculationError : a changed loan's terms cannot be
    """
    old, new = base.plan, plan
    changed: dict[str, Any] = {}
    if new.financing.loans is not old.financing.loans:
        # Loans are the same in number and order: those that did not change are not compiled again.
        pairs = zip(old.financing.loans, new.financing.loans, base.loans, strict=False)
        first = [placed if one is other else placed_loan(new, other) for one, other, placed in pairs]
        changed["loans"] = (*first, *base.loans[len(first) :])
    if new.financing.contributions is not old.financing.contributions:
        changed["equity"] = equity_path(new)
    if new.assets is not old.assets:
        changed["assets"] = asset_base(new)
    if new.financing.overdraft is not old.financing.overdraft:
        line, fee = overdraft_line(new)
        changed |= {"overdraft_fee": fee, "rules": replace(base.rules, overdraft=line)}
    return replace(base, plan=new, **changed)


def project_variants(
    variants: Sequence[Assumptions], scenarios: ScenarioSet, loans: tuple[LoanLines, ...]
) -> Projection:
    """All monthly lines of several variants, each in the same number of scenarios.

    Parameters
    ----------
    variants : made by :func:`variant` from the same base, V of them
    scenarios : of V times S columns, those of the first variant first; ``loan`` and ``interest_add`` are not varied
    loans : what :func:`variant_loans` gave for the variants

    Returns
    -------
    Projection, (T, V * S); its plan is the first variant's
    """
    each = scenarios.count // len(variants)
    first = variants[0]
    together = replace(
        first,
        equity=_side_by_side([v.equity for v in variants], each),
        overdraft_fee=_side_by_side([v.overdraft_fee for v in variants], each),
        assets=AssetBase(
            *(_side_by_side([getattr(v.assets, f.name) for v in variants], each) for f in fields(AssetBase))
        ),
        rules=replace(first.rules, overdraft=_overdrafts(variants, each)),
    )
    none = nothing(first.sales.months)
    wide = [
        LoanLines(
            *(path if path is none or path.shape[1] == 1 else np.repeat(path, each, axis=1) for path in lines.paths())
        )
        for lines in loans
    ]
    return project(together, scenarios, tuple(wide))


def _side_by_side(paths: Sequence[FloatArray], each: int) -> FloatArray:
    """Paths (T,) of the variants as (T, V * S), or the one path where it is the same in all."""
    if all(path is paths[0] for path in paths):
        return paths[0]
    return np.repeat(np.stack(paths, axis=1), each, axis=1)


def _overdrafts(variants: Sequence[Assumptions], each: int) -> OverdraftTerms | None:
    """The overdraft lines of all variants: limits by column; none counts as a limit of nothing."""
    lines = [v.rules.overdraft for v in variants]
    stated = [line for line in lines if line is not None]
    if not stated:
        return None
    none = np.zeros(len(stated[0].limit))
    limits = np.stack([none if line is None else line.limit for line in lines], axis=1)
    return OverdraftTerms(np.repeat(limits, each, axis=1), stated[0].monthly_rate)


def variant_loans(variants: Sequence[Assumptions]) -> tuple[LoanLines, ...]:
    """Lines of each loan in turn, (T, V): contracts that differ in the sum alone are worked out together."""
    months = variants[0].sales.months
    return tuple(_loan_of_all(loans, months) for loans in zip(*(each.loans for each in variants), strict=True))


def _loan_of_all(loans: Sequence[PlacedLoan], months: int) -> LoanLines:
    alike: dict[tuple[Any, ...], list[int]] = {}
    for number, loan in enumerate(loans):
        key = (loan.draw, *(getattr(loan.terms, name) for name in _BESIDE_THE_SUM))
        alike.setdefault(key, []).append(number)
    parts = []
    for numbers in alike.values():
        sums = np.array([loans[number].terms.principal for number in numbers])
        parts.append(lines_of_loan(loans[numbers[0]], months, principal=sums).paths())
    if len(parts) == 1:
        return LoanLines(*parts[0])
    places = np.argsort(np.concatenate(list(alike.values())))
    widths = [len(numbers) for numbers in alike.values()]
    none = nothing(months)
    together = []
    for paths in zip(*parts, strict=True):
        if all(path is none for path in paths):
            together.append(none)
            continue
        wide = [np.broadcast_to(path, (months, width)) for path, width in zip(paths, widths, strict=True)]
        together.append(np.concatenate(wide, axis=1)[:, places])
    return LoanLines(*together)
