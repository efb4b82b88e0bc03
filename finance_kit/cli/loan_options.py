"""The terms of a loan as options of a command, alone or over a terms file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import click

__all__ = ["TERMS", "amounts_option", "fraction_option", "open_offer", "terms_options"]

F = TypeVar("F", bound=Callable[..., Any])

TERMS = click.argument("terms", type=click.Path(path_type=Path), required=False)
_EVERY: Final = re.compile(r"(\d{1,3})?\s*-?(day|week|month)s?")
_DAY: Final = click.DateTime(formats=["%Y-%m-%d"])


def _read(param: click.Parameter, read: Callable[[], Any]) -> Any:
    """What a reader of ours makes of an option, or wrong use with its reason."""
    from finance_kit.errors import CalculationError
    from finance_kit.i18n.catalog import message

    try:
        return read()
    except CalculationError as wrong:
        raise click.BadParameter(message(wrong), param=param) from None


def fraction_option(name: str, kind: str, text: str) -> Callable[[F], F]:
    """An option that takes a rate or share: ``18%`` or ``0.18``; a bare ``18`` is refused with both readings.

    The command gets the text as it was written, once it can only be read in one way.
    """

    def check(_ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        from finance_kit import service_loans

        if value is not None:
            _read(param, lambda: service_loans.fraction(value, kind))
        return value

    return click.option(name, metavar="PERCENT", callback=check, help=text)


def amounts_option(name: str, text: str) -> Callable[[F], F]:
    """A required option that takes one amount, or several with commas between."""

    def check(_ctx: click.Context, param: click.Parameter, value: str) -> Any:
        from finance_kit import service_loans

        return _read(param, lambda: service_loans.amounts(value))

    return click.option(name, metavar="AMOUNTS", required=True, callback=check, help=text)


def _every(_ctx: click.Context, param: click.Parameter, value: str | None) -> dict[str, int] | None:
    """``month``, ``3 months``, ``2weeks``, ``day`` as the fields of the terms."""
    if value is None:
        return None
    found = _EVERY.fullmatch(value.strip().lower())
    if found is None or found[1] == "0":
        raise click.BadParameter('write it like "month", "3 months", "2 weeks" or "day".', param=param)
    count = int(found[1] or 1)
    fields = {"months_between": 1, "weeks_between": 0, "days_between": 0}
    return {**fields, f"{found[2]}s_between": count}


_REPAYMENTS = ["annuity", "equal_principal", "interest_only", "bullet", "balloon"]
_OPTIONS: Final = (
    click.option("--principal", type=click.FloatRange(0), help="Sum lent."),
    fraction_option("--rate", "annual_rate", "Interest a year as quoted: 18% or 0.18."),
    fraction_option("--monthly-rate", "monthly_rate", "Interest a month as quoted: 1.5%."),
    click.option("--flat", is_flag=True, default=None, help="The rate is flat, on the sum lent."),
    click.option("--months", type=int, help="Months of the contract, grace included."),
    click.option("--instalments", type=int, help="Number of instalments, instead of --months."),
    click.option("--every", callback=_every, help='Time between instalments: month, "3 months", "2 weeks", day.'),
    click.option("--repayment", type=click.Choice(_REPAYMENTS), help="How principal is repaid."),
    fraction_option("--balloon", "share", "Share left for the last instalment."),
    click.option("--interest", type=click.Choice(["arrears", "advance", "up_front"]), help="When interest is paid."),
    click.option("--grace", type=int, help="Months at the beginning without principal."),
    click.option("--grace-kind", type=click.Choice(["principal_only", "full"]), help="full: no interest paid either."),
    click.option("--grace-interest", type=click.Choice(["capitalised", "deferred"]), help="Of a full grace."),
    fraction_option("--fee", "fee", "Fee kept back at pay-out, share of the sum lent."),
    click.option("--fee-amount", type=click.FloatRange(0), help="The same as a fixed sum."),
    click.option("--instalment-fee", type=click.FloatRange(0), help="Fixed fee with each instalment."),
    fraction_option("--insurance", "fee", "Insurance or welfare a year, share of the balance."),
    fraction_option("--savings", "savings", "Compulsory savings, share of the sum lent."),
    fraction_option("--savings-rate", "annual_rate", "Interest a year on them."),
    click.option("--paid-out", type=_DAY, help="Day of pay-out, YYYY-MM-DD; gives the schedule dates."),
    click.option("--first-due", type=_DAY, help="Day of the first instalment."),
    click.option("--day-count", help='How days are counted: period, "actual/365", "actual/360", "30/360" …'),
    click.option("--currency", type=click.Choice(["KHR", "MMK", "THB", "VND", "USD", "EUR"]), help="Of all amounts."),
    click.option("--round-to", type=click.FloatRange(0, min_open=True), help="Instalments are multiples of this."),
    click.option("--exact", is_flag=True, default=None, help="Round nothing."),
    click.option("--country", type=click.Choice(["KH", "MM", "TH", "VN"]), help="For legal limits."),
    click.option("--lender-type", type=click.Choice(["bank", "mfi", "state", "other"]), help="For legal limits."),
)
_LOAN_FIELDS: Final = {
    "principal": "principal",
    "rate": "annual_rate",
    "monthly_rate": "monthly_rate",
    "months": "months",
    "instalments": "instalments",
    "repayment": "repayment",
    "balloon": "balloon_share",
    "interest": "interest_timing",
    "grace": "grace_months",
    "grace_kind": "grace_kind",
    "grace_interest": "grace_interest",
    "fee": "upfront_fee_share",
    "fee_amount": "upfront_fee_amount",
    "instalment_fee": "instalment_fee_amount",
    "insurance": "insurance_share_per_year",
    "savings": "compulsory_savings_share",
    "savings_rate": "savings_annual_rate",
    "day_count": "day_count",
    "round_to": "rounding_unit",
}


def terms_options(command: F) -> F:
    """Give a command the options that state the terms of a loan."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def open_offer(terms: Path | None, given: dict[str, Any], *, needs_principal: bool = True) -> Any:
    """The offer of a terms file, with the options that were given laid over it.

    Parameters
    ----------
    terms : the file, if there is one
    given : values of :func:`terms_options` by name
    needs_principal : whether the sum lent must be stated
    """
    from finance_kit import service_loans

    loan: dict[str, Any] = {}
    for name, field in _LOAN_FIELDS.items():
        if (value := given.get(name)) is not None:
            loan[field] = value
    if given.get("flat"):
        loan["quotation"] = "flat"
    if given.get("exact"):
        loan["rounding"] = "none"
    loan |= given.get("every") or {}
    dates = {"disbursed": given.get("paid_out"), "first_due": given.get("first_due")}
    calendar = {name: day.date() for name, day in dates.items() if isinstance(day, datetime)}
    if calendar:
        loan["calendar"] = calendar
    changes = {name: given[name] for name in ("currency", "country", "lender_type") if given.get(name) is not None}
    if loan:
        changes["loan"] = loan
    return service_loans.offer(terms, changes, needs_principal=needs_principal)
