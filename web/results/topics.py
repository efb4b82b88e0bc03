"""The pages of results: which finding, which chart and which tables each of them shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from flask_babel import gettext, lazy_gettext

from finance_kit import service_results as results
from finance_kit.service import Run
from finance_kit.service_results import FigureTable
from web.results.charts import ShownChart, chart
from web.results.headlines import Headline, one_of
from web.results.parts import together
from web.words import core, month

__all__ = ["TOPICS", "Folded", "Topic", "TopicPage", "page"]

_OPENED: Final = MappingProxyType(
    {"profit": "profit_and_loss", "balance": "balance_sheet", "repayment": "debt_service"}
)
"""Topics whose years open to months, with the name of the statement."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of results: its name in addresses, its title, a line on what it answers."""

    name: str
    title: Any
    about: Any


TOPICS: Final = (
    Topic("cash", lazy_gettext("Cash by month"), lazy_gettext("Is there money in every month?")),
    Topic("profit", lazy_gettext("Profit and loss"), lazy_gettext("Does the business earn more than it spends?")),
    Topic("balance", lazy_gettext("Balance sheet"), lazy_gettext("What is there, and whose is it?")),
    Topic("repayment", lazy_gettext("Repayment"), lazy_gettext("Does the cash cover what is due each year?")),
    Topic("sources", lazy_gettext("Sources and uses"), lazy_gettext("Who pays for what, and is anything missing?")),
    Topic("break-even", lazy_gettext("Break-even"), lazy_gettext("How much must be sold?")),
    Topic("loans", lazy_gettext("Loans"), lazy_gettext("What do the loans truly cost, and what is due when?")),
    Topic("stress", lazy_gettext("When things go worse"), lazy_gettext("What if prices or harvests fall?")),
    Topic("returns", lazy_gettext("Returns"), lazy_gettext("Is the money well spent?")),
)


@dataclass(frozen=True)
class Folded:
    """A long table that is opened on request; without ``table`` it is on another part of the page, and is linked to."""

    id: str
    title: str
    table: FigureTable | None


@dataclass(frozen=True)
class TopicPage:
    """What a page shows: the finding, a chart, tables; ``folded`` tables are opened on request.

    ``years`` can each be opened to months, ``year`` is the one that is.
    """

    topic: Topic
    headline: Headline
    charts: tuple[ShownChart, ...]
    tables: tuple[FigureTable, ...]
    folded: tuple[Folded, ...] = ()
    years: tuple[str, ...] = ()
    year: str = ""


def page(run: Run, topic: Topic, year: str = "", wanted: str = "") -> TopicPage:
    """A topic's page.

    Parameters
    ----------
    run : the plan, worked out
    topic : one of :data:`TOPICS`
    year : a reporting year to show month by month
    wanted : id of the folded table that was asked for, where they do not all fit on a page

    Raises
    ------
    CalculationError : ``period_unknown``, the plan has no such year
    """
    name = topic.name
    headline = one_of(run, name)
    charts = tuple(_CHARTS[name](run, headline.text)) if name in _CHARTS else ()
    tables = [_table(run, each) for each in _TABLES[name]]
    years: tuple[str, ...] = ()
    if name in _OPENED:
        years = results.years(run)
        if year:
            tables.insert(1, results.table_by_month(run, _OPENED[name], year))
    folded = _folded(run, name, wanted)
    return TopicPage(topic, headline, charts, tuple(each for each in tables if each), folded, years, year)


_TABLES: Final = MappingProxyType(
    {
        "cash": ("cash_months_in_short", "cash_flow_years"),
        "profit": ("profit_and_loss", "sales"),
        "balance": ("balance_sheet", "working_capital"),
        "repayment": ("debt_service_cover",),
        "sources": ("sources_and_uses", "investment"),
        "break-even": ("break_even", "break_even_units", "ratios"),
        "loans": ("true_cost", "loan_terms", "loans_by_year"),
        "stress": ("stress", "sensitivity"),
        "returns": ("returns",),
    }
)


def _table(run: Run, name: str) -> FigureTable | None:
    return results.table(run, name)


def _folded(run: Run, name: str, wanted: str) -> tuple[Folded, ...]:
    if name == "loans":
        written = results.schedules(run)
        chosen = next((place for place, each in enumerate(written) if each.id == wanted), 0)
        here = together([len(each.rows) for each in written], chosen)
        return tuple(
            Folded(each.id, each.title, results.as_table(run, each) if place in here else None)
            for place, each in enumerate(written)
        )
    if name == "cash":
        found = (results.table(run, f"cash_flow_months_{number}") for number in (1, 2, 3))
        return tuple(Folded(each.table.id, each.table.title, each) for each in found if each)
    return ()


# -------------------------------------------------------------------------------------------------------------- charts


def _period(run: Run) -> dict[str, str]:
    """First and last month and the currency, for the words beside a chart."""
    labels = results.month_labels(run)
    return {"first": month(labels[0]), "last": month(labels[-1]), "currency": run.plan.period.currency}


def _cash(run: Run, finding: str) -> Iterable[ShownChart]:
    values = results.monthly(run, "cash")
    low = min(range(len(values)), key=lambda place: values[place])
    alt = gettext("Cash at the end of each month, %(first)s to %(last)s, in %(currency)s.", **_period(run))
    series = [(gettext("Cash at month end"), values)]
    code = run.plan.period.currency
    yield chart("cash", finding, alt, results.month_labels(run), series, "money", code, kind="line", mark=low)


def _profit(run: Run, finding: str) -> Iterable[ShownChart]:
    names = (("revenue", gettext("Sales")), ("net_profit", gettext("Net profit")))
    alt = gettext("Sales and net profit by year, %(first)s to %(last)s, in %(currency)s.", **_period(run))
    yield _by_year(run, "profit", finding, alt, names)


def _repayment(run: Run, finding: str) -> Iterable[ShownChart]:
    if not any(results.yearly(run, "debt_service")):
        return
    names = (("cfads", gettext("Cash available")), ("debt_service", gettext("Due to lenders")))
    alt = gettext(
        "Cash available for debt service and debt service by year, %(first)s to %(last)s, in %(currency)s.",
        **_period(run),
    )
    yield _by_year(run, "repayment", finding, alt, names)


def _break_even(run: Run, finding: str) -> Iterable[ShownChart]:
    names = (("revenue", gettext("Sales")), ("break_even_revenue", gettext("Sales at break-even")))
    alt = gettext("Sales and break-even sales by year, %(first)s to %(last)s, in %(currency)s.", **_period(run))
    yield _by_year(run, "break-even", finding, alt, names)


def _balance(run: Run, finding: str) -> Iterable[ShownChart]:
    capital, kept = results.yearly(run, "share_capital"), results.yearly(run, "retained_earnings")
    owed = [
        (one or 0.0) + (other or 0.0)
        for one, other in zip(results.yearly(run, "loans"), results.yearly(run, "overdraft"), strict=True)
    ]
    own = [(one or 0.0) + (other or 0.0) for one, other in zip(capital, kept, strict=True)]
    series = [(gettext("Belongs to the members"), own), (gettext("Loans and overdraft"), owed)]
    alt = gettext("Members' part and loans at each year's end, %(first)s to %(last)s, in %(currency)s.", **_period(run))
    yield chart("balance", finding, alt, results.years(run), series, "money", run.plan.period.currency)


def _loans(run: Run, _finding: str) -> Iterable[ShownChart]:
    values = results.monthly(run, "loans")
    if not any(values):
        return
    alt = gettext("Owed on loans at the end of each month, %(first)s to %(last)s, in %(currency)s.", **_period(run))
    title = gettext("What is owed on all loans, month by month")
    series = [(gettext("Owed on loans"), values)]
    yield chart("loans", title, alt, results.month_labels(run), series, "money", run.plan.period.currency, kind="line")


def _sources(run: Run, finding: str) -> Iterable[ShownChart]:
    found = results.financing(run)
    words = (
        ("own_cash", gettext("Members, in cash")),
        ("in_kind", gettext("Members, in kind")),
        ("grants", gettext("Grants")),
        ("loans", gettext("Loans")),
        ("opening_cash", gettext("Cash at the start")),
    )
    shown = [(label, found[name]) for name, label in words if found[name]]
    if not shown:
        return
    alt = gettext("Sources of money, in %(currency)s.", **_period(run))
    series = [(gettext("Amount"), [value for _, value in shown])]
    names = [label for label, _ in shown]
    yield chart("sources", finding, alt, names, series, "money", run.plan.period.currency, kind="bar")


def _stress(run: Run, finding: str) -> Iterable[ShownChart]:
    cases = results.cover_of_stresses(run)
    if all(value is None for _, value in cases):
        return
    alt = gettext("Lowest yearly DSCR as planned and in each stress; below 1.00 the cash does not cover what is due.")
    series = [(gettext("Lowest DSCR"), [value for _, value in cases])]
    yield chart("stress", finding, alt, [core(name) for name, _ in cases], series, "ratio", "", kind="bar")


def _by_year(run: Run, id: str, finding: str, alt: str, names: Iterable[tuple[str, str]]) -> ShownChart:
    series = [(label, results.yearly(run, name)) for name, label in names]
    return chart(id, finding, alt, results.years(run), series, "money", run.plan.period.currency)


_CHARTS: Final[dict[str, Callable[[Run, str], Iterable[ShownChart]]]] = {
    "cash": _cash,
    "profit": _profit,
    "balance": _balance,
    "repayment": _repayment,
    "sources": _sources,
    "break-even": _break_even,
    "loans": _loans,
    "stress": _stress,
}
