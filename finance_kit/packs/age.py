"""How old what was read is: a value that nobody has looked at for a year makes a warning."""

from __future__ import annotations

from datetime import date
from typing import Final

from finance_kit.errors import Issue, Where
from finance_kit.packs.model import CountryPack

__all__ = ["OLD_AFTER_MONTHS", "is_old", "pack_age_warnings"]

OLD_AFTER_MONTHS: Final = 12
"""A published term is old when nobody has looked at it for so long. A convention of this product: rates and terms
of lenders are usually reviewed once a year."""


def is_old(last_confirmed: str, today: date) -> bool:
    """Whether a year or more has passed since a day, ``2026-11-24``, or a month, ``2026-11``, or a year."""
    parts = [int(part) for part in last_confirmed.split("-")]
    first = date(*[*parts, 1, 1][:3])
    months = (today.year - first.year) * 12 + today.month - first.month
    return months > OLD_AFTER_MONTHS or (months == OLD_AFTER_MONTHS and today.day >= first.day)


def pack_age_warnings(pack: CountryPack, today: date, file: str = "") -> tuple[Issue, ...]:
    """A warning for each source of a country pack that is old, once.

    Parameters
    ----------
    pack : its confirmed values count; what is not confirmed is shown as such anyway
    today : the day to look from
    file : where the pack was read, for the place in the warning
    """
    old: dict[tuple[str, str], None] = {}
    for value in pack.values():
        if value.status == "confirmed" and value.last_confirmed and is_old(value.last_confirmed, today):
            old[value.source.title if value.source else "", value.last_confirmed] = None
    return tuple(
        Issue("source_old", Where("", file), {"title": title, "found": day, "months": OLD_AFTER_MONTHS}, "warning")
        for title, day in old
    )
