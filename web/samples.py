"""The finished samples, each with what makes somebody choose it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from flask_babel import lazy_gettext

from finance_kit import resources, service

__all__ = ["COUNTRIES", "Sample", "samples"]

COUNTRIES: Final[dict[str, Any]] = {
    "KH": lazy_gettext("Cambodia"),
    "MM": lazy_gettext("Myanmar"),
    "TH": lazy_gettext("Thailand"),
    "VN": lazy_gettext("Viet Nam"),
}

_ABOUT: Final[dict[str, tuple[Any, Any]]] = {
    "kh-pepper-drying": (
        lazy_gettext("Pepper"),
        lazy_gettext("Eighteen families dry and pack pepper together. A strong plan, ready for a lender."),
    ),
    "kh-homestay": (
        lazy_gettext("Homestays"),
        lazy_gettext("Four villages share a booking desk and better rooms. Nearly ready: the first season is thin."),
    ),
    "th-pottery-kiln": (
        lazy_gettext("Pottery"),
        lazy_gettext("Twelve families of potters share a gas kiln. Nearly ready: little room for a lower price."),
    ),
    "vn-coconut-export": (
        lazy_gettext("Coconut"),
        lazy_gettext("Coconut for export with a consortium. Nearly ready: the margin is thin."),
    ),
    "mm-dried-fish": (
        lazy_gettext("Dried fish"),
        lazy_gettext("Ten women dry fish. A weak plan on purpose: find out why a lender would say no."),
    ),
}


@dataclass(frozen=True)
class Sample:
    """One sample: its name in addresses, and what its card says."""

    name: str
    title: str
    country: str
    trade: Any
    about: Any


@lru_cache(maxsize=1)
def samples() -> tuple[Sample, ...]:
    """Every sample that comes with the package, the strongest first."""
    names = [path.stem for path in resources.sample_plans()]
    order = {name: place for place, name in enumerate(_ABOUT)}
    found = []
    for name in sorted(names, key=lambda each: order.get(each, len(order))):
        plan: Any = service.check(resources.sample_plan(name)).plan
        trade, about = _ABOUT.get(name, ("", ""))
        found.append(Sample(name, plan.title or name, plan.cluster.country, trade, about))
    return tuple(found)
