"""Every line and every indicator as plain values, for other programs."""

from __future__ import annotations

from typing import Any

from finance_kit.engine.catalogue import lines
from finance_kit.errors import Undefined
from finance_kit.indicators.registry import definitions
from finance_kit.report.basis import Basis

__all__ = ["all_figures"]


def _shown(value: float | Undefined) -> float | dict[str, Any]:
    return {"undefined": value.reason, **value.params} if isinstance(value, Undefined) else value


def all_figures(basis: Basis) -> dict[str, Any]:
    """Months, years, lines by month, opening balances, products and indicators.

    Returns
    -------
    ``months`` and ``years`` (labels), ``lines`` (by id, a value a month), ``opening`` (balances on the eve),
    ``products`` (by name: volume, price, revenue, cost of inputs by month), ``indicators`` (by id: one value, or one a
    year or month; ``{"undefined": reason}`` with what the reason tells, such as all ``rates``, where there is none)
    """
    axis, found = basis.plan.axis, basis.indicators
    counts = {"year": len(axis.year_labels), "month": axis.months}
    indicators: dict[str, Any] = {}
    for name, definition in definitions().items():
        if definition.scope == "plan":
            indicators[name] = _shown(found.figure(name))
        else:
            indicators[name] = [_shown(found.figure(name, period)) for period in range(counts[definition.scope])]
    return {
        "months": [str(axis.month(number)) for number in range(1, axis.months + 1)],
        "years": list(axis.year_labels),
        "lines": {name: basis.projection.line(name)[:, 0].tolist() for name in lines()},
        "opening": dict(basis.projection.opening),
        "products": {
            name: {line: values[:, 0].tolist() for line, values in product.items()}
            for name, product in basis.projection.products.items()
        },
        "indicators": indicators,
    }
