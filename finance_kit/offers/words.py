"""Figures of an offer in digits and words: amounts, rates, days, and the sentences of an explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

from finance_kit.errors import Undefined
from finance_kit.i18n.catalog import message
from finance_kit.loans.sentences import Quantity, Sentence
from finance_kit.offers.offer import Offer

__all__ = ["MINUS", "Words", "day"]

MINUS: Final = "−"
_EXACT_DECIMALS: Final = 6
_HIGHEST_RATE: Final = 1e4  # a million per cent: more digits would tell nobody more
_CONTEXT: Final = Context(prec=400, rounding=ROUND_HALF_UP)


def _digits(value: float, least: int, most: int) -> str:
    """A number with thousands separators; rounded half up, as a clerk rounds."""
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-most), context=_CONTEXT)
    whole, _, fraction = f"{abs(rounded):,f}".partition(".")
    fraction = fraction[:least] + fraction[least:].rstrip("0")
    text = whole + (f".{fraction}" if fraction else "")
    return MINUS + text if rounded < 0 else text


@dataclass(frozen=True, slots=True)
class Words:
    """How the figures of one offer are written.

    Parameters
    ----------
    decimals : of amounts
    currency : its code, or empty where none is stated
    """

    decimals: int
    currency: str = ""

    @classmethod
    def of(cls, offer: Offer) -> Words:
        """The words of an offer."""
        return cls(offer.decimals, offer.currency.code)

    def money(self, value: float) -> str:
        """An amount as it stands in a table."""
        return _digits(value, self.decimals, self.decimals)

    def sum(self, value: float) -> str:
        """An amount by itself, with its currency."""
        return f"{self.currency} {self.money(value)}".strip()

    def percent(self, value: float | Undefined, least: int = 2, most: int = 2) -> str:
        """A rate or share in per cent; in words why there is none."""
        if isinstance(value, Undefined):
            return message(value).rstrip(".")
        if value > _HIGHEST_RATE:
            return f"more than {_digits(_HIGHEST_RATE * 100, 0, 0)} %"
        return f"{_digits(value * 100, least, most)} %"

    def rate(self, value: float) -> str:
        """A quoted rate with as many decimals as it has."""
        return self.percent(value, 0, 6)

    def plain(self, value: float) -> str:
        """A number with as many decimals as it has."""
        return _digits(value, 0, 6)

    def sentence(self, sentence: Sentence) -> str:
        """A sentence of an explanation with its figures."""
        said = message(sentence.code, {name: self._shown(value) for name, value in sentence.params.items()})
        return " ".join(said.split())

    def _shown(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, Sentence):
            return self.sentence(value)
        if isinstance(value, Quantity):
            return self._quantity(value)
        if isinstance(value, date):
            return day(value)
        if isinstance(value, float):
            return _digits(value, 0, 4)
        return str(value)

    def _quantity(self, quantity: Quantity) -> str:
        number = quantity.value
        if quantity.kind == "money":
            return self.money(number)
        if quantity.kind == "exact_money":
            return _digits(number, self.decimals, max(self.decimals, _EXACT_DECIMALS))
        if quantity.kind == "percent":
            return self.percent(number)
        if quantity.kind == "exact_percent":
            return self.rate(number)
        return _digits(number, 0, 8)

    def reason(self, value: Undefined) -> str:
        """Why a figure does not exist, with its amounts as this offer writes them."""
        params: Mapping[str, Any] = value.params
        shown = {
            name: self.sum(found) if name in ("due", "limit") and isinstance(found, float) else found
            for name, found in params.items()
        }
        return message(value.reason, shown)


def day(value: date) -> str:
    """A date that nobody can misread: ``5 Feb 2026``."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{value.day} {months[value.month - 1]} {value.year}"
