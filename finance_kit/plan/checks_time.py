"""Checks of months, dates, growth and exchange rates, wherever in a plan they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from finance_kit.errors import Issue
from finance_kit.plan.base import Growth, MonthRef, Sourced
from finance_kit.plan.checks_base import Desk, Path, calendar_day
from finance_kit.plan.policies import ExchangeRate

if TYPE_CHECKING:
    from finance_kit.packs.model import CountryPack

__all__ = ["check_exchange", "check_months", "check_values"]

_LARGE_GROWTH = 0.5
_PER_CENT = 1.0


def check_months(desk: Desk) -> Iterator[Issue]:
    """Months that lie outside the plan, and ends before their starts."""
    plan = desk.plan
    if desk.full and plan.period.months < 36:
        yield desk.issue("plan_short", "period", "months", found=plan.period.months)
    if plan.policies.year_basis == "fiscal_year" and plan.policies.fiscal_year_start is None:
        yield desk.issue("fiscal_year_start_missing", "policies", "fiscal_year_start", country=plan.cluster.country)
    for path, start, end in _spans(desk):
        yield from _span(desk, path, start, end)
    for number, activity in enumerate(plan.action_plan.activities if plan.action_plan else ()):
        if desk.number(activity.end) < desk.number(activity.start):
            path = ("action_plan", "activities", number, "end")
            yield desk.issue("end_before_start", *path, found=activity.end, start=activity.start)


def _spans(desk: Desk) -> Iterator[tuple[Path, MonthRef, MonthRef | None]]:
    """Path of a start month, the start, and the end if it has one; the end's field is called ``end``."""
    plan = desk.plan
    for n, product in enumerate(plan.products):
        yield ("products", n, "launch"), product.launch, product.end
    for n, cost in enumerate(plan.fixed_costs):
        yield ("fixed_costs", n, "start"), cost.start, cost.end
    for n, post in enumerate(plan.staff.posts):
        yield ("staff", "posts", n, "start"), post.start, post.end
    for n, asset in enumerate(plan.assets):
        yield ("assets", n, "month"), asset.month, None
    for n, early in enumerate(plan.pre_operating):
        yield ("pre_operating", n, "month"), early.month, None
    for n, contribution in enumerate(plan.financing.contributions):
        yield ("financing", "contributions", n, "month"), contribution.month, None
    for n, grant in enumerate(plan.financing.grants):
        yield ("financing", "grants", n, "month"), grant.month, None
    for n, loan in enumerate(plan.financing.loans):
        yield ("financing", "loans", n, "draw"), loan.draw, None
    if plan.financing.overdraft is not None:
        yield ("financing", "overdraft", "start"), plan.financing.overdraft.start, plan.financing.overdraft.end


def _span(desk: Desk, path: Path, start: MonthRef, end: MonthRef | None) -> Iterator[Issue]:
    first = desk.number(start)
    if first < 1:
        yield desk.issue("month_before_plan", *path, found=start, start=desk.plan.period.start)
    elif first > desk.months:
        yield desk.issue("month_after_plan", *path, found=start, months=desk.months, last=desk.last_month)
    if end is None:
        return
    last = desk.number(end)
    if last < first or last < 1:
        yield desk.issue("end_before_start", *path[:-1], "end", found=end, start=start)
    elif last > desk.months:
        yield desk.issue("end_after_plan", *path[:-1], "end", found=end, last=desk.last_month)


def check_values(desk: Desk) -> Iterator[Issue]:
    """Growth and dates of sources in every part, and inflation where real rates need it."""
    for path, part in desk.parts:
        if isinstance(part, Growth):
            yield from _growth(desk, path, part)
        if isinstance(part, Sourced) and part.source_date is not None:
            yield from _source_date(desk, (*path, "source_date"), part.source_date)
    valuation = desk.plan.valuation
    inflation = valuation.inflation if valuation else None
    if inflation is None:
        if desk.plan.policies.price_basis == "real":
            yield desk.issue("inflation_missing_for_prices", "policies", "price_basis")
        if valuation and valuation.rate_basis == "real":
            yield desk.issue("inflation_missing_for_rates", "valuation", "rate_basis")
    elif inflation >= _PER_CENT:
        yield desk.issue("rate_in_per_cent", "valuation", "inflation", found=inflation, suggestion=inflation / 100)
    elif inflation > 0.5:
        yield desk.issue("inflation_high", "valuation", "inflation", found=inflation)
    elif inflation < -0.05:
        yield desk.issue("inflation_negative", "valuation", "inflation", found=inflation)


def _source_date(desk: Desk, path: Path, text: str) -> Iterator[Issue]:
    """A source has a day of the calendar, and was there before the plan began."""
    day = calendar_day(text)
    start = calendar_day(desk.plan.period.start)
    if day is None:
        yield desk.issue("date_not_in_calendar", *path, found=text)
    elif start is not None and day > start:
        yield desk.issue("source_date_after_start", *path, found=text, start=desk.plan.period.start)


def _growth(desk: Desk, path: Path, growth: Growth) -> Iterator[Issue]:
    if growth.rate is not None and growth.by_year is not None:
        yield desk.issue("growth_stated_twice", *path)
    for field, stated in (("rate", growth.rate), *((f"by_year.{n}", r) for n, r in enumerate(growth.by_year or ()))):
        if stated is None:
            continue
        a_year = (1.0 + stated) ** 12 - 1.0 if growth.per == "month" and field == "rate" else stated
        if stated >= _PER_CENT:
            yield desk.issue("rate_in_per_cent", *path, found=stated, suggestion=stated / 100)
        elif abs(a_year) > _LARGE_GROWTH:
            yield desk.issue("growth_large", *path, found=stated, a_year=a_year, per=growth.per)


def check_exchange(desk: Desk, pack: CountryPack) -> Iterator[Issue]:
    """One dated rate for each foreign currency that is used, and none for the plan's own."""
    own = desk.plan.period.currency
    used: dict[str, Path] = {}
    for path, part in desk.parts:
        code = getattr(part, "currency", None)
        if code is not None and code != own and not isinstance(part, ExchangeRate):
            used.setdefault(code, (*path, "currency"))
    seen: set[str] = set()
    for number, rate in enumerate(desk.plan.exchange_rates):
        path = ("exchange_rates", number)
        if rate.currency == own:
            yield desk.issue("exchange_rate_of_plan_currency", *path, "currency")
        elif rate.currency in seen:
            yield desk.issue("exchange_rate_repeated", *path, "currency", foreign=rate.currency)
        elif rate.currency not in used and not _tax_needs(desk, pack, rate.currency):
            yield desk.issue("exchange_rate_unused", *path, "currency", foreign=rate.currency)
        seen.add(rate.currency)
        yield from _rate_date(desk, (*path, "date"), rate)
        if rate.annual_change >= _PER_CENT:
            yield desk.issue(
                "rate_in_per_cent",
                *path,
                "annual_change",
                found=rate.annual_change,
                suggestion=rate.annual_change / 100,
            )
    for code, where in used.items():
        if code not in seen:
            yield desk.issue("exchange_rate_missing", *where, foreign=code)


def _tax_needs(desk: Desk, pack: CountryPack, code: str) -> bool:
    """Whether a rate translates the tax brackets of the country's pack."""
    tax = desk.plan.tax
    return tax is not None and tax.regime is not None and code == pack.currency


def _rate_date(desk: Desk, path: Path, rate: ExchangeRate) -> Iterator[Issue]:
    """A rate belongs to the year before the plan."""
    day = calendar_day(rate.date)
    if day is None:
        yield desk.issue("date_not_in_calendar", *path, found=rate.date)
        return
    first = desk.plan.axis.start
    start = date(first.year, first.month, 1)
    if day > start:
        yield desk.issue("exchange_rate_after_start", *path, found=rate.date, start=desk.plan.period.start)
    elif start - day > timedelta(days=366):
        yield desk.issue("exchange_rate_old", *path, found=rate.date, start=desk.plan.period.start)
