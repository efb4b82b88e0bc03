"""What is known of one fact of a plan: its value, whether the plan says enough, and where it is worst."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from finance_kit.indicators.evaluate import Indicators
from finance_kit.plan.checks_base import clean_name
from finance_kit.plan.market import Product
from finance_kit.plan.schema import Plan

__all__ = ["Case", "Reading", "State", "Value", "missing"]

Value = float | str | bool | None
State = Literal["known", "missing", "best", "worst"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact of one plan.

    Parameters
    ----------
    value : number in the fact's unit, word, yes or no; ``None`` where there is none
    state : ``known``; ``missing``: the plan does not say enough, and a value beside it is a bound that the whole truth
        cannot better; ``best`` and ``worst``: no number exists and none could be better or worse, for the ``reason``
    at : the year, month, member or buyer where the value stands, as the plan writes it
    fields : for ``missing``, the fields of the plan that would say it
    reason : for ``best`` and ``worst``, a code: ``no_debt``, ``no_loan``, ``no_financing``, ``no_equity`` or
        ``no_net_cash``
    """

    value: Value = None
    state: State = "known"
    at: str = ""
    fields: tuple[str, ...] = ()
    reason: str = ""


def missing(*fields: str, bound: Value = None, at: str = "") -> Reading:
    """The plan does not say enough: the fields that would, and what is known for certain."""
    return Reading(bound, "missing", at, fields)


@dataclass(frozen=True)
class Case:
    """A plan on the desk of one lender.

    Parameters
    ----------
    found : indicators as planned
    stressed : the same with a column for each of ``risk.stress.STRESSES``
    documents : kinds of documents that this lender asks of every applicant
    """

    found: Indicators
    stressed: Indicators
    documents: tuple[str, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.found.projection.plan

    @cached_property
    def exchange(self) -> dict[str, float]:
        """Plan currency for one unit of each currency on the first day; the plan currency itself is 1."""
        plan = self.plan
        rates: dict[str, float] = {rate.currency: rate.rate for rate in plan.exchange_rates}
        return {**rates, plan.period.currency: 1.0}

    def in_plan_currency(self, amount: float, currency: str | None) -> float:
        """An amount at the stated rate; an item that names no currency is in the plan's own."""
        return amount * self.exchange[currency or self.plan.period.currency]

    def product(self, name: str | None) -> Product | None:
        """The product with this name; the only product where a buyer names none."""
        products = self.plan.products
        if name is None:
            return products[0] if len(products) == 1 else None
        return next((each for each in products if clean_name(each.name) == clean_name(name)), None)
