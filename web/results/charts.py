"""Charts as data for the page's script: values, their texts, and what the axis says. The table below holds the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from flask_babel import gettext

from finance_kit.money import CURRENCIES
from web.results.shown import shown
from web.words import month, number

__all__ = ["ShownChart", "chart"]

_SCALES: Final = (1_000_000_000, 1_000_000, 1_000)


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A chart: ``title`` says the finding, ``alt`` what is drawn, ``data`` goes to the script as JSON."""

    id: str
    title: str
    alt: str
    data: dict[str, Any]


def chart(
    id: str,
    title: str,
    alt: str,
    categories: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    unit: str,
    currency: str,
    *,
    kind: Literal["line", "column", "bar"] = "column",
    mark: int | None = None,
) -> ShownChart:
    """A chart of one unit.

    Parameters
    ----------
    id, title, alt : title says the finding; alt what is drawn, over which period, in which currency
    categories : years, months as ``2027-03``, or names
    series : label and values of each
    unit : as in tables: money, ratio, share
    currency : of the plan
    kind : a line over months, columns by year, or bars that lie
    mark : position of the category that the title speaks of
    """
    values = [value for _, found in series for value in found if value is not None]
    largest = max((abs(value) for value in values), default=0.0)
    scale = next((step for step in _SCALES if largest >= 10 * step), 1) if unit == "money" else 1
    known = CURRENCIES.get(currency)
    data = {
        "kind": kind,
        "labels": [month(name) for name in categories],
        "series": [
            {
                "label": label,
                "values": [None if value is None else round(value, 6) for value in found],
                "texts": [shown(value, unit, currency) for value in found],
            }
            for label, found in series
        ],
        "scale": scale,
        "axis": _axis(unit, scale, known.symbol if known else currency),
        "percent": unit in ("share", "rate"),
        "separators": _separators(),
        "mark": mark,
    }
    return ShownChart(id, title, alt, data)


def _axis(unit: str, scale: int, sign: str) -> str:
    """What the numbers of the axis are."""
    if unit != "money":
        return ""
    words = {
        1: sign,
        1_000: gettext("thousand %(sign)s", sign=sign),
        1_000_000: gettext("million %(sign)s", sign=sign),
        1_000_000_000: gettext("billion %(sign)s", sign=sign),
    }
    return str(words[scale])


def _separators() -> list[str]:
    """Group and decimal separator of the reader's language: browsers do not know them for Khmer and Burmese."""
    sample = number(1234.5, 1, 1)
    return [sample[1], sample[-2]]
