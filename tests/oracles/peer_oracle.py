"""Any plan under the reference plan's conventions, month by month in plain Python: slow and obvious.

Written from ``tests/reference/peer_plan.md`` alone, with nothing of ours and no arrays. ``None`` stands for a figure
that does not exist. `tests/engine/test_other_plans.py` first proves this program on the reference plan itself, then
lets it judge plans that nobody has worked out before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["PeerResults", "work_out"]

Series = list[float]
Source = dict[str, Any]

FLOWS = (
    "revenue", "material_cost", "selling_cost", "fixed_cost", "payroll", "social", "ebitda", "depreciation", "ebit",
    "interest", "pbt", "tax_expense", "net_profit", "operating_cash_flow", "tax_paid", "capex", "loan_draws",
    "loan_principal", "equity_injection", "dividends_paid", "net_cash_flow", "free_cash_flow",
)  # fmt: skip
BALANCES = (
    "cash", "receivables", "inventory", "fixed_assets_net", "payables", "tax_payable", "share_capital",
    "retained_earnings", "total_assets",
)  # fmt: skip


@dataclass(frozen=True)
class PeerResults:
    """Lines by month, lines and ratios by year, the project's flows from month 0, and figures of the whole plan."""

    monthly: dict[str, Series]
    annual: dict[str, list[float | None]]
    flows: Series
    figures: dict[str, float | None]


def _trading(source: Source, line: dict[str, Series]) -> None:
    """Down to EBITDA."""
    for m in range(1, source["months"] + 1):
        year, month_of_year = (m - 1) // 12, (m - 1) % 12
        revenue = material = selling = fixed = pay = 0.0
        for number, p in enumerate(source["products"]):
            volume = 0.0
            if m >= p["launch_month"]:
                growth = (1 + p["volume_growth_annual"]) ** ((m - 1) / 12)
                volume = p["base_volume"] * growth * p["season"][month_of_year]
            sold = volume * p["base_price"] * (1 + p["price_growth_annual"]) ** year
            revenue += sold
            material += volume * p["unit_material_cost"] * (1 + p["material_cost_growth_annual"]) ** year
            selling += p["selling_cost_pct"] * sold
            line[f"product_{number}_volume"].append(volume)
            line[f"product_{number}_revenue"].append(sold)
        for c in source["fixed_costs"]:
            if m >= c["start_month"]:
                fixed += c["monthly"] * (1 + c["growth_annual"]) ** year
        for post in source["payroll"]["posts"]:
            if m >= post["start_month"]:
                pay += post["headcount"] * post["monthly_gross"] * (1 + post["raise_annual"]) ** year
        social = source["payroll"]["social_rate"] * pay
        line["revenue"].append(revenue)
        line["material_cost"].append(material)
        line["selling_cost"].append(selling)
        line["fixed_cost"].append(fixed)
        line["payroll"].append(pay)
        line["social"].append(social)
        line["ebitda"].append(revenue - material - selling - fixed - pay - social)


def _loan(loan: Source, number: int, months: int, line: dict[str, Series]) -> None:
    """One loan, unrounded."""
    balance, rate, count = 0.0, loan["annual_rate"] / 12, loan["instalments"]
    annuity = loan["principal"] / count
    if rate:
        annuity = loan["principal"] * rate / (1 - (1 + rate) ** -count)
    for m in range(1, months + 1):
        k = m - loan["draw_month"]
        interest, repaid = balance * rate, 0.0
        if 1 <= k <= count:
            if loan["kind"] == "annuity":
                repaid = annuity - interest
            elif k > loan["grace_months"]:
                repaid = loan["principal"] / (count - loan["grace_months"])
        balance += (loan["principal"] if k == 0 else 0.0) - repaid
        if k >= count:
            balance = 0.0  # all is repaid: what a sum of floats leaves is no debt
        line[f"loan_{number}_interest"].append(interest)
        line[f"loan_{number}_principal"].append(repaid)
        line[f"loan_{number}_balance"].append(balance)
        line["loan_draws"][m - 1] += loan["principal"] if k == 0 else 0.0
        line["interest"][m - 1] += interest
        line["loan_principal"][m - 1] += repaid


def _investment(source: Source, line: dict[str, Series]) -> None:
    """Capital spending, depreciation, contributions."""
    opening, months = source["opening"], source["months"]
    for m in range(1, months + 1):
        worn = 0.0
        if m <= opening["fixed_assets_remaining_life_months"]:
            worn += opening["fixed_assets_net"] / opening["fixed_assets_remaining_life_months"]
        for asset in source["capex"]:
            if asset["month"] < m <= asset["month"] + asset["life_months"]:
                worn += asset["amount"] / asset["life_months"]
        line["depreciation"].append(worn)
        line["capex"].append(sum(a["amount"] for a in source["capex"] if a["month"] == m))
        line["equity_injection"].append(sum(e["amount"] for e in source["equity_injections"] if e["month"] == m))


def _working_capital(source: Source, line: dict[str, Series]) -> None:
    days = source["working_capital"]
    stock = source["opening"]["inventory"]
    for revenue, material in zip(line["revenue"], line["material_cost"], strict=True):
        inventory = material * days["inventory_days"] / 30
        purchases = material + inventory - stock
        stock = inventory
        line["receivables"].append(revenue * days["receivable_days"] / 30)
        line["inventory"].append(inventory)
        line["purchases"].append(purchases)
        line["payables"].append(purchases * days["payable_days"] / 30)


def _tax_and_dividends(source: Source, line: dict[str, Series]) -> None:
    """Assessed by plan year; fills tax_expense, tax_paid, tax_payable, tax_loss_pool, dividends_paid, net_profit."""
    tax, months = source["tax"], source["months"]
    pool = source["opening"]["tax_loss_carry_forward"]
    for year in range(months // 12):
        result = sum(line["pbt"][12 * year : 12 * year + 12])
        used = min(pool, tax["loss_offset_cap"] * max(0.0, result))
        due = tax["rate"] * max(0.0, result - used)
        line["tax_loss_pool"] += [pool] * 11
        pool += max(0.0, -result) - used
        line["tax_loss_pool"].append(pool)
        booked = 12 * year + 12
        line["tax_expense"][booked - 1] = due
        if booked + tax["payment_lag_months"] <= months:
            line["tax_paid"][booked + tax["payment_lag_months"] - 1] += due
        if booked < months:
            dividend = source["dividends"]["payout"] * max(0.0, result - due)
            line["dividends_paid"][booked + source["dividends"]["month_of_year"] - 1] = dividend
    owed = 0.0
    for m in range(months):
        owed += line["tax_expense"][m] - line["tax_paid"][m]
        line["tax_payable"].append(owed)
        line["net_profit"].append(line["pbt"][m] - line["tax_expense"][m])


def _cash_and_balance_sheet(source: Source, line: dict[str, Series]) -> None:
    opening = source["opening"]
    before = {name: opening[name] for name in ("receivables", "inventory", "payables")}
    cash, assets = opening["cash"], opening["fixed_assets_net"]
    capital, kept = opening["share_capital"], opening["retained_earnings"]
    for m in range(source["months"]):
        now = {name: line[name][m] for name in before}
        operating = line["ebitda"][m] - line["tax_paid"][m] + (now["payables"] - before["payables"])
        operating -= (now["receivables"] - before["receivables"]) + (now["inventory"] - before["inventory"])
        before = now
        free = operating - line["capex"][m]
        net = free + line["loan_draws"][m] - line["loan_principal"][m] - line["interest"][m]
        net += line["equity_injection"][m] - line["dividends_paid"][m]
        cash += net
        assets += line["capex"][m] - line["depreciation"][m]
        capital += line["equity_injection"][m]
        kept += line["net_profit"][m] - line["dividends_paid"][m]
        loans = sum(line[f"loan_{n}_balance"][m] for n in range(len(source["loans"])))
        line["operating_cash_flow"].append(operating)
        line["free_cash_flow"].append(free)
        line["net_cash_flow"].append(net)
        line["cash"].append(cash)
        line["fixed_assets_net"].append(assets)
        line["share_capital"].append(capital)
        line["retained_earnings"].append(kept)
        line["total_assets"].append(cash + now["receivables"] + now["inventory"] + assets)
        claims = now["payables"] + line["tax_payable"][m] + loans + capital + kept
        line["total_liabilities_equity"].append(claims)


def _ratio(above: float, below: float) -> float | None:
    return above / below if abs(below) > 1e-6 else None


def _annual(source: Source, line: dict[str, Series]) -> dict[str, list[float | None]]:
    """Sums and year-end balances, then ratios."""
    years: dict[str, list[float | None]] = {}
    owed = [f"loan_{n}_balance" for n in range(len(source["loans"]))]
    for year in range(source["months"] // 12):
        first, last = 12 * year, 12 * year + 11
        s = {name: sum(line[name][first : last + 1]) for name in FLOWS}
        e = {name: line[name][last] for name in (*BALANCES, *owed)}
        service = s["interest"] + s["loan_principal"]
        fixed = s["fixed_cost"] + s["payroll"] + s["social"] + s["depreciation"] + s["interest"]
        left = 1 - (s["material_cost"] + s["selling_cost"]) / s["revenue"] if s["revenue"] else 0.0
        current = e["cash"] + e["receivables"] + e["inventory"]
        ratios = {
            "debt_service": service,
            "dscr": _ratio(s["ebitda"] - s["tax_paid"], service),
            "ebitda_margin": s["ebitda"] / s["revenue"] if s["revenue"] else None,
            "break_even_revenue": fixed / left if left else None,
            "current_ratio": _ratio(current, e["payables"] + e["tax_payable"]),
            "debt_to_equity": _ratio(sum(e[name] for name in owed), e["share_capital"] + e["retained_earnings"]),
        }
        for name, value in (s | e | ratios).items():
            years.setdefault(name, []).append(value)
    return years


def _figures(
    source: Source, line: dict[str, Series], years: dict[str, list[float | None]], flows: Series, left: float
) -> dict[str, float | None]:
    rate = source["valuation"]["discount_rate_annual"]
    total, payback = 0.0, None
    for m, flow in enumerate(flows):
        total += flow - (left if m == len(flows) - 1 else 0.0)
        if payback is None and total >= 0:
            payback = m
    covers = [value for value in years["dscr"] if value is not None]
    return {
        "npv": sum(flow / (1 + rate) ** (m / 12) for m, flow in enumerate(flows)),
        "payback_month": payback,
        "terminal_value": left,
        "min_cash": min(line["cash"]),
        "min_cash_month": line["cash"].index(min(line["cash"])) + 1,
        "closing_cash": line["cash"][-1],
        "min_dscr": min(covers) if covers else None,
        "average_dscr": sum(covers) / len(covers) if covers else None,
    }


def work_out(source: Source) -> PeerResults:
    """All results of a plan in the format of ``peer_plan.json``; ``months`` is a multiple of 12."""
    months = source["months"]
    names = [*FLOWS, *BALANCES, "purchases", "tax_loss_pool", "total_liabilities_equity"]
    names += [f"product_{n}_{what}" for n in range(len(source["products"])) for what in ("volume", "revenue")]
    names += [f"loan_{n}_{w}" for n in range(len(source["loans"])) for w in ("interest", "principal", "balance")]
    line: dict[str, Series] = {name: [] for name in names}
    for name in ("loan_draws", "interest", "loan_principal", "tax_expense", "tax_paid", "dividends_paid"):
        line[name] = [0.0] * months
    _trading(source, line)
    for number, loan in enumerate(source["loans"]):
        _loan(loan, number, months, line)
    _investment(source, line)
    _working_capital(source, line)
    line["ebit"] = [e - d for e, d in zip(line["ebitda"], line["depreciation"], strict=True)]
    line["pbt"] = [e - i for e, i in zip(line["ebit"], line["interest"], strict=True)]
    _tax_and_dividends(source, line)
    _cash_and_balance_sheet(source, line)
    o = source["opening"]
    last = {name: line[name][-1] for name in BALANCES}
    left = last["receivables"] + last["inventory"] + last["fixed_assets_net"] - last["payables"] - last["tax_payable"]
    flows = [o["payables"] - o["receivables"] - o["inventory"] - o["fixed_assets_net"], *line["free_cash_flow"]]
    flows[-1] += left
    years = _annual(source, line)
    return PeerResults(line, years, flows, _figures(source, line, years, flows, left))
