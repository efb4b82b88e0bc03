"""The reference plan by hand: what somebody at home in numpy writes for this one plan, all lines and key figures.

The yardstick of the engine's speed, and nothing else: no checks, no other conventions, no names of ours. Conventions
are those of ``tests/reference/peer_plan.md``. Arrays are months by scenarios.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["draws", "every_line", "key_figures", "monte_carlo"]

FloatArray = npt.NDArray[np.float64]
Lines = dict[str, FloatArray]
CHUNK = 100  # the quickest of 25, 50, 100, 200, 500 and 1,000 here
_YEARLY = (
    "revenue", "material_cost", "selling_cost", "fixed_cost", "payroll", "social", "ebitda", "depreciation", "ebit",
    "interest", "pbt", "tax_expense", "net_profit", "operating_cash_flow", "tax_paid", "capex", "loan_draws",
    "loan_principal", "equity_injection", "dividends_paid", "net_cash_flow", "free_cash_flow",
)  # fmt: skip
_AT_END = (
    "cash", "receivables", "inventory", "fixed_assets_net", "payables", "tax_payable", "loans", "share_capital",
    "retained_earnings", "total_assets",
)  # fmt: skip


def _column(entries: list[dict[str, Any]], field: str) -> FloatArray:
    return np.array([entry[field] for entry in entries], dtype=np.float64)[:, None]


def _fixed_paths(source: dict[str, Any]) -> Lines:
    """Everything that no scenario changes: (products, T) and (T,)."""
    months = int(source["months"])
    m = np.arange(months)
    year = m // 12
    products = source["products"]
    season = np.array([p["season"] for p in products])[:, m % 12]
    volume = _column(products, "base_volume") * (1 + _column(products, "volume_growth_annual")) ** (m / 12) * season
    volume[m < _column(products, "launch_month") - 1] = 0.0
    price = _column(products, "base_price") * (1 + _column(products, "price_growth_annual")) ** year
    unit_cost = _column(products, "unit_material_cost") * (1 + _column(products, "material_cost_growth_annual")) ** year
    costs, posts = source["fixed_costs"], source["payroll"]["posts"]
    fixed = _column(costs, "monthly") * (1 + _column(costs, "growth_annual")) ** year
    fixed[m < _column(costs, "start_month") - 1] = 0.0
    gross = _column(posts, "headcount") * _column(posts, "monthly_gross")
    pay = gross * (1 + _column(posts, "raise_annual")) ** year
    pay[m < _column(posts, "start_month") - 1] = 0.0
    opening = source["opening"]
    depreciation, capex = np.zeros(months), np.zeros(months)
    life = opening["fixed_assets_remaining_life_months"]
    depreciation[:life] = opening["fixed_assets_net"] / life
    for asset in source["capex"]:
        capex[asset["month"] - 1] += asset["amount"]
        depreciation[asset["month"] : asset["month"] + asset["life_months"]] += asset["amount"] / asset["life_months"]
    injection = np.zeros(months)
    for paid in source["equity_injections"]:
        injection[paid["month"] - 1] += paid["amount"]
    revenue = volume * price
    return {
        "volume": volume,
        "revenue": revenue,
        "material_cost": volume * unit_cost,
        "selling_cost": revenue * _column(products, "selling_cost_pct"),
        "fixed_cost": fixed.sum(axis=0),
        "payroll": pay.sum(axis=0),
        "depreciation": depreciation,
        "capex": capex,
        "equity_injection": injection,
    }


def draws(source: dict[str, Any], scenarios: int) -> FloatArray:
    """Standard normal draws of the plan's Monte Carlo part, (S, 17)."""
    return np.random.default_rng(source["monte_carlo"]["seed"]).standard_normal((scenarios, 17))


def _loan(loan: dict[str, Any], months: int, rate_add: FloatArray | float) -> tuple[FloatArray, ...]:
    """Draws, interest, principal and balance of a loan: (T,) or (T, S) each."""
    rate = np.atleast_1d(loan["annual_rate"] + rate_add) / 12
    first, count, amount = loan["draw_month"], loan["instalments"], loan["principal"]
    drawn, balance = np.zeros((months, 1)), np.zeros((months, rate.size))
    drawn[first - 1] = amount
    balance[first - 1] = amount
    k = np.arange(1, count + 1)[:, None]
    if loan["kind"] == "annuity":
        growth = np.cumprod(np.broadcast_to(1 + rate, (count, rate.size)), axis=0)
        left = amount * (growth[-1] - growth) / (growth[-1] - 1)
    else:
        grace = loan["grace_months"]
        left = amount * (1 - np.clip(k - grace, 0, None) / (count - grace))
    shown = min(count, months - first)
    balance[first : first + shown] = left[:shown]
    interest, principal = np.zeros_like(balance), np.zeros_like(balance)
    np.multiply(balance[:-1], rate, out=interest[1:])
    np.subtract(balance[:-1], balance[1:], out=principal[1:])
    principal[first - 1] = 0.0
    return drawn, interest, principal, balance


def _change(balance: FloatArray, opening: float) -> FloatArray:
    change = np.empty_like(balance)
    change[0] = balance[0] - opening
    np.subtract(balance[1:], balance[:-1], out=change[1:])
    return change


def _tax(source: dict[str, Any], pbt: FloatArray, b: Lines) -> None:
    """Tax and dividends year by year; adds tax_expense, tax_paid, tax_payable, tax_loss_pool, dividends_paid."""
    months, width = pbt.shape
    years, rules, lag = months // 12, source["tax"], source["tax"]["payment_lag_months"]
    profit = pbt.reshape(years, 12, width).sum(axis=1)
    expense, paid, dividends, pools = (np.zeros((months, width)) for _ in range(4))
    pool = np.full(width, source["opening"]["tax_loss_carry_forward"], dtype=np.float64)
    for year in range(years):
        end = 12 * year + 11
        gain = np.maximum(profit[year], 0.0)
        used = np.minimum(pool, rules["loss_offset_cap"] * gain)
        due = rules["rate"] * (gain - used)
        pools[end - 11 : end] = pool
        pool = pool + np.maximum(-profit[year], 0.0) - used
        pools[end] = pool
        expense[end] = due
        if end + lag < months:
            paid[end + lag] = due
            pay_month = end + source["dividends"]["month_of_year"]
            dividends[pay_month] = source["dividends"]["payout"] * np.maximum(profit[year] - due, 0.0)
    b["tax_expense"], b["tax_paid"], b["dividends_paid"], b["tax_loss_pool"] = expense, paid, dividends, pools
    b["tax_payable"] = np.cumsum(expense - paid, axis=0)


def every_line(source: dict[str, Any], z: FloatArray | None = None, paths: Lines | None = None) -> Lines:
    """Every monthly line, (T, S) or (T, 1), of the plan itself or of the scenarios drawn, (S, 17)."""
    f = _fixed_paths(source) if paths is None else paths
    months, opening, days = int(source["months"]), source["opening"], source["working_capital"]
    b: Lines = {}
    fixed, pay, late, rate_add = 1.0, 1.0, 1.0, 0.0
    if z is None:
        for name in ("revenue", "material_cost", "selling_cost"):
            b[name] = f[name].sum(axis=0)[:, None]
    else:
        sd = source["monte_carlo"]["sd"]
        price, volume = 1 + sd["price"] * z[:, :6].T, 1 + sd["volume"] * z[:, 6:12].T
        material, fixed, pay = 1 + sd["material"] * z[:, 12], 1 + sd["fixed"] * z[:, 13], 1 + sd["wage"] * z[:, 14]
        rate_add, late = sd["rate_add"] * z[:, 15], 1 + sd["receivable_days"] * z[:, 16]
        b["revenue"], b["selling_cost"] = f["revenue"].T @ (price * volume), f["selling_cost"].T @ (price * volume)
        b["material_cost"] = f["material_cost"].T @ (volume * material)
    b["fixed_cost"], b["payroll"] = f["fixed_cost"][:, None] * fixed, f["payroll"][:, None] * pay
    b["social"] = b["payroll"] * source["payroll"]["social_rate"]
    b["capex"], b["equity_injection"] = f["capex"][:, None], f["equity_injection"][:, None]
    b["depreciation"] = f["depreciation"][:, None]
    b["ebitda"] = b["revenue"] - b["material_cost"] - b["selling_cost"] - b["fixed_cost"] - b["payroll"] - b["social"]
    b["ebit"] = b["ebitda"] - b["depreciation"]
    loans = [_loan(loan, months, rate_add) for loan in source["loans"]]
    for number, loan in enumerate(loans):
        b[f"loan_{number}_interest"], b[f"loan_{number}_principal"], b[f"loan_{number}_balance"] = loan[1:]
    b["loan_draws"], b["interest"], b["loan_principal"], b["loans"] = (
        sum(part[1:], part[0]) for part in zip(*loans, strict=True)
    )
    b["pbt"] = b["ebit"] - b["interest"]
    b["receivables"] = b["revenue"] * (days["receivable_days"] * late / 30)
    b["inventory"] = b["material_cost"] * (days["inventory_days"] / 30)
    b["purchases"] = b["material_cost"] + _change(b["inventory"], opening["inventory"])
    b["payables"] = b["purchases"] * (days["payable_days"] / 30)
    _tax(source, b["pbt"], b)
    b["net_profit"] = b["pbt"] - b["tax_expense"]
    tied_up = b["receivables"] + b["inventory"] - b["payables"]
    increase = _change(tied_up, opening["receivables"] + opening["inventory"] - opening["payables"])
    b["operating_cash_flow"] = b["ebitda"] - increase - b["tax_paid"]
    b["free_cash_flow"] = b["operating_cash_flow"] - b["capex"]
    outside = b["loan_draws"] + b["equity_injection"]
    b["net_cash_flow"] = b["free_cash_flow"] + outside - b["loan_principal"] - b["interest"] - b["dividends_paid"]
    b["cash"] = np.cumsum(b["net_cash_flow"], axis=0) + opening["cash"]
    b["fixed_assets_net"] = np.cumsum(b["capex"] - b["depreciation"], axis=0) + opening["fixed_assets_net"]
    b["share_capital"] = np.cumsum(b["equity_injection"], axis=0) + opening["share_capital"]
    b["retained_earnings"] = np.cumsum(b["net_profit"] - b["dividends_paid"], axis=0) + opening["retained_earnings"]
    b["total_assets"] = b["cash"] + b["receivables"] + b["inventory"] + b["fixed_assets_net"]
    debts = b["payables"] + b["tax_payable"] + b["loans"]
    b["total_liabilities_equity"] = debts + b["share_capital"] + b["retained_earnings"]
    return b


def _flows(source: dict[str, Any], b: Lines) -> FloatArray:
    """Project flows, (T + 1, S)."""
    o = source["opening"]
    flows = np.empty((len(b["cash"]) + 1, b["cash"].shape[1]))
    flows[0] = -(o["receivables"] + o["inventory"] + o["fixed_assets_net"] - o["payables"])
    flows[1:] = b["free_cash_flow"]
    left = b["receivables"][-1] + b["inventory"][-1] + b["fixed_assets_net"][-1] - b["payables"][-1]
    flows[-1] += left - b["tax_payable"][-1]
    return flows


def _yearly(flow: FloatArray) -> FloatArray:
    return np.asarray(flow.reshape(-1, 12, flow.shape[1]).sum(axis=1))


def _npv(source: dict[str, Any], flows: FloatArray) -> FloatArray:
    rate = source["valuation"]["discount_rate_annual"]
    value: FloatArray = (1 + rate) ** (-np.arange(len(flows)) / 12) @ flows
    return value


def _irr(flows: FloatArray) -> float:
    """Monthly internal rate of return by Newton's method."""
    power, rate = np.arange(len(flows)), 0.01
    for _ in range(100):
        terms = flows * (1 + rate) ** -power
        step = terms.sum() / (power * terms).sum() * (1 + rate)
        rate += step
        if abs(step) < 1e-13:
            break
    return float(rate)


def key_figures(source: dict[str, Any], b: Lines) -> dict[str, FloatArray | float]:
    """Yearly ratios and figures of the whole plan, of one scenario."""
    monthly = np.hstack([b[name] for name in _YEARLY])  # one scenario: a column for each line
    year = dict(zip(_YEARLY, _yearly(monthly).T, strict=True))
    end = {name: b[name][11::12, 0] for name in _AT_END}
    with np.errstate(divide="ignore", invalid="ignore"):
        service = year["interest"] + year["loan_principal"]
        dscr = np.where(service > 0, (year["ebitda"] - year["tax_paid"]) / service, np.nan)
        fixed = year["fixed_cost"] + year["payroll"] + year["social"] + year["depreciation"] + year["interest"]
        variable = year["material_cost"] + year["selling_cost"]
        break_even = fixed / (1 - variable / year["revenue"])
        current_assets = end["cash"] + end["receivables"] + end["inventory"]
        current_ratio = current_assets / (end["payables"] + end["tax_payable"])
    flows = _flows(source, b)
    irr = _irr(flows[:, 0])
    before_terminal = np.cumsum(np.append(flows[0], b["free_cash_flow"][:, 0]))
    return {
        **year,
        **{f"{name}_at_end": values for name, values in end.items()},
        "debt_service": service,
        "dscr": dscr,
        "ebitda_margin": year["ebitda"] / year["revenue"],
        "break_even_revenue": break_even,
        "current_ratio": current_ratio,
        "debt_to_equity": end["loans"] / (end["share_capital"] + end["retained_earnings"]),
        "npv": float(_npv(source, flows)[0]),
        "irr_annual": (1 + irr) ** 12 - 1,
        "payback_month": float(np.argmax(before_terminal >= 0)),
        "min_cash": float(b["cash"].min()),
        "min_cash_month": float(b["cash"].argmin() + 1),
        "closing_cash": float(b["cash"][-1, 0]),
        "min_dscr": float(np.nanmin(dscr)),
        "average_dscr": float(np.nanmean(dscr)),
    }


def monte_carlo(source: dict[str, Any], z: FloatArray, size: int = CHUNK) -> Lines:
    """Every line of all scenarios, a chunk at a time; of each: npv, min_cash, closing_cash, min_dscr, (S,)."""
    paths = _fixed_paths(source)
    kept: dict[str, list[FloatArray]] = {"npv": [], "min_cash": [], "closing_cash": [], "min_dscr": []}
    for start in range(0, len(z), size):
        b = every_line(source, z[start : start + size], paths)
        service = _yearly(b["interest"] + b["loan_principal"])
        available = _yearly(b["ebitda"] - b["tax_paid"])
        dscr = np.divide(available, service, out=np.full_like(service, np.inf), where=service > 1e-9)
        kept["npv"].append(_npv(source, _flows(source, b)))
        kept["min_cash"].append(b["cash"].min(axis=0))
        kept["closing_cash"].append(b["cash"][-1])
        kept["min_dscr"].append(dscr.min(axis=0))
    return {name: np.concatenate(parts) for name, parts in kept.items()}
