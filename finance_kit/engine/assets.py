"""Fixed assets: purchase, depreciation in equal parts, replacement, residual value, book value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.engine.escalation import exchange_path, price_path
from finance_kit.plan.operations import Asset
from finance_kit.plan.schema import Plan

__all__ = ["AssetBase", "asset_base"]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AssetBase:
    """Each (T,), plan currency. What was bought for cash scales with the investment driver; the rest does not.

    ``capex``, ``capex_depreciation``, ``capex_sales``: paid in cash, written down, and sold at the residual value when
    replaced. ``in_kind`` and ``in_kind_sales``: brought by members. ``other_depreciation``: of what members brought
    and of what was there at the start.
    """

    capex: FloatArray
    capex_depreciation: FloatArray
    capex_sales: FloatArray
    in_kind: FloatArray
    in_kind_sales: FloatArray
    other_depreciation: FloatArray


def _cohorts(plan: Plan, asset: Asset, months: int) -> list[tuple[int, float, bool]]:
    """Purchases of an asset as (position, cost, first one?): the first and, where it is replaced, those after it."""
    position = plan.month_number(asset.month) - 1
    rate = exchange_path(plan, asset.currency, months)
    growth = price_path(plan, asset.replacement_growth, months)
    found = []
    first = True
    while position < months:
        exchange = rate if isinstance(rate, float) else float(rate[max(position, 0)])
        found.append((position, asset.cost * exchange * (1.0 if first else float(growth[position])), first))
        if not asset.replace:
            break
        position += asset.life_months
        first = False
    return found


def _write_down(path: FloatArray, amount: float, start: int, life: int) -> None:
    """Add an amount to a path in equal monthly parts over its life."""
    path[start : start + life] += amount / life


def asset_base(plan: Plan) -> AssetBase:
    """All assets of a plan, opening ones included.

    Notes
    -----
    Straight line to the residual value over the life, from the month after the purchase or from its own month, by
    policy (IAS 16 leaves the pattern to the owner; lenders here reckon straight line). A replaced asset is sold at its
    residual value in the month of the replacement; the first purchase alone can be in kind.
    """
    months = plan.period.months
    capex, wear, sold, in_kind, kind_sold, other_wear = (np.zeros(months) for _ in range(6))
    lag = 1 if plan.policies.depreciation_from == "month_after" else 0
    for asset in plan.assets:
        residual = asset.residual_share if asset.depreciable else 1.0
        for position, cost, first in _cohorts(plan, asset, months):
            kind = cost * asset.in_kind_share if first else 0.0
            capex[position] += cost - kind
            in_kind[position] += kind
            if residual < 1.0:
                _write_down(wear, (cost - kind) * (1.0 - residual), position + lag, asset.life_months)
                _write_down(other_wear, kind * (1.0 - residual), position + lag, asset.life_months)
            gone = position + asset.life_months
            if asset.replace and gone < months:
                sold[gone] += (cost - kind) * residual
                kind_sold[gone] += kind * residual
    opening = plan.opening
    if opening.fixed_assets_remaining_life_months:
        _write_down(other_wear, opening.fixed_assets_net, 0, opening.fixed_assets_remaining_life_months)
    return AssetBase(capex, wear, sold, in_kind, kind_sold, other_wear)
