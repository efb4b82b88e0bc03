"""What a leader reads in the terminal of offers held against a plan; made for 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from finance_kit.cli.assessing_screens import hanging, indented
from finance_kit.cli.loan_screens import console

__all__ = ["show_offers"]

_ELIGIBLE: Final = {"eligible": "yes", "not_eligible": "NO", "unclear": "unclear"}
_NOT_RECKONED: Final = {
    "paid_by_weeks": "instalments are weekly and a plan has months: compared by cost only",
    "paid_by_days": "instalments are counted in days and a plan has months: compared by cost only",
    "interest_beforehand": "interest is taken beforehand, which a plan cannot lay out: compared by cost only",
    "several_pay_outs": "it is paid out in parts, which a plan cannot lay out: compared by cost only",
    "fee_added_to_the_loan": "a fee is added to what is owed, which a plan cannot lay out: compared by cost only",
    "savings_with_instalments": "savings are paid with instalments, which a plan cannot lay out: compared by cost only",
    "own_due_dates": "it has due dates of its own, which a plan of months cannot lay out: compared by cost only",
    "currency_without_rate": "the plan states no exchange rate for its currency: compared by cost only",
}
_SCALES: Final = ((1_000_000, "million"), (1_000, "thousand"))
_SCALED_FROM: Final = 1e8


def show_offers(opened: Any, page: Any) -> None:
    """What each offer costs, what the plan makes of it, and what the cheapest saves."""
    screen = console()
    screen.print(f"\n[bold]Loan offers: {escape(opened.plan.title)}[/bold]")
    if opened.plan.fictional:
        screen.print("A fictional teaching case, not a real cluster.")
    code = page.loan.currency or opened.plan.period.currency
    asked = f'Each takes the place of "{page.loan.name}" ({code} {page.loan.principal:,.0f})'
    indented(screen, f"{asked}; all else in the plan stays as it is.", 0)
    _names(screen, page)
    screen.print(_costs(page))
    screen.print(_plan(page))
    for place, each in enumerate(page.offers, 1):
        _remarks(screen, place, each)
    _cheapest(screen, page)
    if page.no_offer:
        screen.print("\n[bold]No offer from published terms[/bold]")
        for name, why in page.no_offer:
            hanging(screen, "-", f"{name}: {why}")


def _names(screen: Console, page: Any) -> None:
    """The offers by number."""
    screen.print()
    for place, each in enumerate(page.offers, 1):
        offer = each.candidate.offer
        flat = " flat" if offer.terms.quotation == "flat" else ""
        rate = f"{offer.terms.annual_rate * 100:g} %{flat} a year, {_time(offer)}"
        kind = {
            "plan": "",
            "file": f" [{offer.file}]",
            "profile": f" [{each.candidate.profile.id}]" if each.candidate.profile else "",
        }
        hanging(screen, str(place), f"{offer.title}{kind[each.candidate.origin]}: {rate}", 0, 1)


def _time(offer: Any) -> str:
    unit, count = offer.terms.interval
    step = f"{count} {unit}" if count > 1 else unit.rstrip("s")
    return f"{offer.terms.instalments} instalments, every {step}"


def _grid(title: str, columns: Sequence[str]) -> Grid:
    grid = Grid(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0),
                pad_edge=False)  # fmt: skip
    for place, column in enumerate(columns):
        grid.add_column(escape(column), justify="right" if place else "left", no_wrap=True)
    return grid


def _costs(page: Any) -> Grid:
    """Sums in each offer's own currency; in thousands or millions where all are in one and large."""
    offers = page.offers
    codes = {each.candidate.offer.currency.code for each in offers}
    largest = max(max(each.candidate.offer.terms.principal, each.compared.cost.true.total_paid) for each in offers)
    scale, word = 1, ""
    if len(codes) == 1 and largest >= _SCALED_FROM:
        scale, word = next(step for step in _SCALES if largest / step[0] >= 1_000)
    unit = f" ({', '.join(sorted(codes))}{' ' + word if word else ''})" if len(codes) == 1 else ""
    grid = _grid(f"\nWhat it costs{unit}", ["", "Lent", "In hand", "Highest inst.", "Cost in all", "EIR a year"])
    for place, each in enumerate(offers, 1):
        decimals = max(
            each.candidate.offer.currency.decimals if scale == 1 and largest < 1e6 else 0, 1 if scale > 1 else 0
        )

        def money(value: float, places: int = decimals) -> str:
            return f"{value / scale:,.{places}f}".replace("-", "\u2212")

        own = "" if len(codes) == 1 else f" {each.candidate.offer.currency.code or '?'}"
        cost = each.compared.cost
        grid.add_row(
            f"{place}{own}",
            money(each.candidate.offer.terms.principal),
            money(cost.true.net_received),
            money(each.compared.peak_instalment),
            money(cost.cost),
            "–" if each.eir is None else f"{each.eir * 100:.2f} %",
        )
    return grid


def _plan(page: Any) -> Grid:
    """Cover, cash, law and conditions."""
    grid = _grid(
        "\nWhat the plan makes of it", ["", "Lowest DSCR", "in", "Cash", "Legal limit", "Eligible", "Held against"]
    )
    for place, each in enumerate(page.offers, 1):
        law = {True: "kept", False: "BROKEN", None: "none known"}[each.within_law]
        cash = "–" if each.cash_short is None else "SHORT" if each.cash_short > 0 else "enough"
        profile = each.candidate.profile
        grid.add_row(
            str(place),
            "–" if each.min_dscr is None else f"{each.min_dscr:.2f}".replace("-", "\u2212"),
            each.dscr_year or "–",
            cash,
            law,
            _ELIGIBLE[each.eligible],
            "–" if profile is None else profile.id,
        )
    return grid


def _remarks(screen: Console, place: int, each: Any) -> None:
    """Why an offer is not eligible, and what a reader must know of it."""
    lines = list(each.reasons)
    if each.not_reckoned:
        lines = [line for line in lines if line != "The plan is not reckoned with it"]
        lines.append(_NOT_RECKONED[each.not_reckoned])
    lines += each.candidate.notes
    if not lines:
        return
    screen.print(f"[bold]{place}[/bold]  {escape(each.candidate.offer.title)}")
    for line in dict.fromkeys(lines):
        hanging(screen, "-", f"{line[0].upper()}{line[1:]}")


def _cheapest(screen: Console, page: Any) -> None:
    """The cheapest that is not refused, the next, and what it saves."""
    screen.print("\n[bold]The cheapest[/bold]")
    if len(page.offers) == 1:
        indented(screen, "There is no offer to compare yet. Give quotations with --offer.", 0)
        return
    if page.cheapest is None:
        indented(screen, "No offer passes what can be checked. Change the plan before choosing a lender.", 0)
        return
    best = page.offers[page.cheapest]
    doubt = " (not all of its conditions can be checked)" if best.eligible == "unclear" else ""
    indented(
        screen, f"{page.cheapest + 1}  {best.candidate.offer.title}{doubt}: {best.eir * 100:.2f} % a year in all.", 0
    )
    if page.next_cheapest is not None:
        following = page.offers[page.next_cheapest]
        title = following.candidate.offer.title
        indented(
            screen,
            f"Next: {page.next_cheapest + 1}  {title}: {following.eir * 100:.2f} % a year. {_saves(page, page.saving)}",
            0,
        )
    if page.saving_to_plan is not None:
        indented(screen, f"Against the loan as the plan has it: {_saves(page, page.saving_to_plan)}", 0)


def _saves(page: Any, saving: Any) -> str:
    """A saving in money a month, or in points of the rate with the reason."""
    if saving is None:
        return ""
    points = f"{saving.eir_points * 100:.2f} points of the yearly rate"
    if saving.a_month is None:
        return f"It saves {points}; not told in money, as sum, currency or time differ."
    currency = page.offers[saving.of].candidate.offer.currency
    if abs(saving.whole) < 0.5 * 10.0**-currency.decimals:
        return "Both cost the same."
    words = "saves" if saving.whole >= 0 else "costs"
    a_month, whole = (f"{currency.code} {abs(sum_):,.{currency.decimals}f}" for sum_ in (saving.a_month, saving.whole))
    return f"It {words} {a_month} a month ({whole} in all)."
