"""The finished samples, each with what makes somebody choose it.

Title and country repeat what stands in the plan itself, so that the first page need not read five plans; a test
compares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flask_babel import lazy_gettext

__all__ = ["COUNTRIES", "SAMPLES", "Sample"]

COUNTRIES: Final[dict[str, Any]] = {
    "KH": lazy_gettext("Cambodia"),
    "MM": lazy_gettext("Myanmar"),
    "TH": lazy_gettext("Thailand"),
    "VN": lazy_gettext("Viet Nam"),
}


@dataclass(frozen=True)
class Sample:
    """One sample: its name in addresses, and what its card says."""

    name: str
    country: str
    title: Any
    trade: Any
    about: Any


SAMPLES: Final = (
    Sample(
        "kh-pepper-drying",
        "KH",
        lazy_gettext("Shared solar drying and packing house for Kampot pepper"),
        lazy_gettext("Pepper"),
        lazy_gettext("Eighteen families dry and pack pepper together. A strong plan, ready for a lender."),
    ),
    Sample(
        "kh-homestay",
        "KH",
        lazy_gettext("Shared booking desk, visitor house and sixteen better homestay rooms of four villages"),
        lazy_gettext("Homestays"),
        lazy_gettext("Four villages share a booking desk and better rooms. Nearly ready: the first season is thin."),
    ),
    Sample(
        "th-pottery-kiln",
        "TH",
        lazy_gettext("Shared gas kiln for the potters of Dan Kwian"),
        lazy_gettext("Pottery"),
        lazy_gettext("Twelve families of potters share a gas kiln. Nearly ready: little room for a lower price."),
    ),
    Sample(
        "vn-coconut-export",
        "VN",
        lazy_gettext("Desiccated coconut for export, with candy and coir from the same nuts"),
        lazy_gettext("Coconut"),
        lazy_gettext("Coconut for export with a consortium. Nearly ready: the margin is thin."),
    ),
    Sample(
        "mm-dried-fish",
        "MM",
        lazy_gettext("Drying racks and cold box for a dried fish group in Myeik"),
        lazy_gettext("Dried fish"),
        lazy_gettext("Ten women dry fish. A weak plan on purpose: find out why a lender would say no."),
    ),
)
"""Every sample that comes with the package, the strongest first."""
