"""Country packs and trades: dated, sourced data, and the tax that a plan falls under.

The engine needs :mod:`finance_kit.packs.tax` only, so nothing is imported here before it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from finance_kit.packs.load import activities, activity, countries, country_pack
    from finance_kit.packs.model import Activity, CountryPack
    from finance_kit.packs.tax import ResolvedTax, resolve_tax

__all__ = [
    "Activity",
    "CountryPack",
    "ResolvedTax",
    "activities",
    "activity",
    "countries",
    "country_pack",
    "resolve_tax",
]

_HOME = {
    "Activity": "model",
    "CountryPack": "model",
    "ResolvedTax": "tax",
    "activities": "load",
    "activity": "load",
    "countries": "load",
    "country_pack": "load",
    "resolve_tax": "tax",
}


def __getattr__(name: str) -> Any:
    """The public names of this package, imported when they are first asked for."""
    from importlib import import_module

    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
