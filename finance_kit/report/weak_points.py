"""What is weak in the figures, in sentences, most grave first."""

from __future__ import annotations

from finance_kit.errors import Undefined
from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.investment import financing_totals
from finance_kit.report.wording import all_stresses, listed

__all__ = ["weaknesses"]


def weaknesses(basis: Basis) -> tuple[str, ...]:
    """Sentences about what is weak in the figures themselves, most grave first; empty when nothing is."""
    say = Formats(basis.currency)
    found = [*_cash(basis, say), *_debt(basis, say)]
    value = basis.indicators.figure("project_npv")
    if isinstance(value, float) and value < 0:
        found.append("The net present value is negative: the money would earn more at the discount rate stated.")
    losses = [year for year, profit in zip(basis.years, basis.yearly("net_profit"), strict=True) if profit < 0]
    if losses:
        found.append(f"A loss is expected in {listed(losses)}.")
    missing = -financing_totals(basis)["working_cash"]
    if missing > 0.5:
        found.append(f"The sources of money named do not cover the uses; {say.figure(missing, 'money')} is missing.")
    cover = basis.indicators.figure("collateral_cover")
    if isinstance(cover, float) and not basis.plan.collateral:
        found.append("The plan states no security for the loans.")
    elif isinstance(cover, float) and cover < 1.0:
        found.append(f"The security offered is worth {say.number(cover, 'ratio')} times the loans, before any haircut.")
    if basis.plan.valuation is not None and isinstance(basis.indicators.figure("project_irr_annual"), Undefined):
        found.append("The project has no single internal rate of return; see the section on returns.")
    return tuple(found)


def _cash(basis: Basis, say: Formats) -> list[str]:
    """Whether money runs out, with and without the overdraft."""
    low, number = basis.indicators.figure("cash_low_point"), basis.indicators.figure("cash_low_month")
    if not isinstance(low, float) or not isinstance(number, float) or low >= -0.5:
        return []
    month = basis.plan.axis.month(int(number)).label
    if min(basis.monthly("cash", 0, basis.plan.axis.months)) >= -0.5:
        return [f"The overdraft is needed: at the end of {month} it stands at {say.figure(-low, 'money')} net of cash."]
    return [f"Cash falls to {say.figure(low, 'money')} at the end of {month}: the plan is short of money then."]


def _debt(basis: Basis, say: Formats) -> list[str]:
    """Years in which the cash does not cover the debt service, as planned and with all stresses together."""
    found = []
    for year, ratio in zip(basis.years, basis.indicator_years("dscr"), strict=True):
        if ratio is not None and ratio < 1.0:
            dscr = say.number(ratio, "ratio")
            found.append(f"In {year} the cash available does not cover the debt service: the DSCR is {dscr}.")
    broken = []
    for number, stress in enumerate(basis.stresses[1:-1], start=1):
        low = basis.stressed.figure("min_dscr", scenario=number)
        if isinstance(low, float) and low < 1.0:
            broken.append(f"{say.number(low, 'ratio')} with {stress.name[:1].lower()}{stress.name[1:]}")
    if broken:
        found.append(f"One thing alone going wrong breaks the cover: the lowest DSCR is {listed(broken)}.")
    stressed = basis.stressed.figure("min_dscr", scenario=len(basis.stresses) - 1)
    if isinstance(stressed, float) and stressed < 1.0:
        text = f"With {all_stresses(basis)} together, the lowest DSCR is {say.number(stressed, 'ratio')}."
        found.append(text)
    return found
