"""English words for faults of country packs, trades and the tax regimes in them."""

from __future__ import annotations

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    "pack_of_other_country": "{file} is the pack of {found}, not of {country}. Please name it after its country.",
    "pack_missing": 'There is no file "{name}" among the {kind} that come with Finance Kit. Choose one of: {known}.',
    "pack_has_faults": "{file} cannot be used: {faults} faults were found in it. Please mend them or install again.",
    "unknown_tax_regime": '{country} has no tax regime "{regime}". Please choose one of: {known}.',
    "tax_regime_without_rate": 'No rate is known for the regime "{regime}" of {country}. '
    "Please state rate or brackets in the plan.",
    "tax_regime_exchange_missing": 'The slices of the regime "{regime}" are in {currency}, for which the plan has no '
    "exchange rate. Please add one.",
}
