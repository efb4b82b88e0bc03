"""Loan offers as people write and read them: a terms file or options in, figures with their words out.

Stands above :mod:`finance_kit.loans`, which knows neither files nor words, and beside the plan, whose reader of YAML it
shares. Currencies bring their money habits; a country's pack brings the legal limits.
"""

from __future__ import annotations

from finance_kit.offers.offer import Offer
from finance_kit.offers.read import parse_offer, read_offer

__all__ = ["Offer", "parse_offer", "read_offer"]
