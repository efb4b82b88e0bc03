"""What holds for every plan, whatever is in it, each month and in each scenario."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings

from finance_kit.engine.assumptions import assumptions
from finance_kit.engine.catalogue import lines
from finance_kit.engine.projection import Projection, in_chunks, project
from finance_kit.errors import Undefined
from finance_kit.indicators.evaluate import VIEWS, evaluate
from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan
from tests.engine.plans import plan_data, plans, with_scenarios

FloatArray = npt.NDArray[np.float64]

SMALLEST_UNIT = 0.005
RELATIVE = 1e-9


def assert_same(found: FloatArray, wanted: FloatArray, what: str) -> None:
    """Equal but for the dust of float sums: a billionth of the largest figure, never half a cent of 10 million."""
    scale = max(float(np.abs(wanted).max(initial=0.0)), 1.0)
    difference = float(np.abs(found - wanted).max(initial=0.0))
    assert difference <= RELATIVE * scale, f"{what} differs by {difference} of {scale}"


def assert_same_lines(found: Projection, wanted: Projection, factor: float = 1.0) -> None:
    assert set(found.lines) == set(wanted.lines)
    for name in lines():
        assert_same(found.line(name), wanted.line(name) * factor, name)


def assert_same_indicators(found: Projection, wanted: Projection, columns: slice = slice(None)) -> None:
    """Ratios, rates and months of all scenarios, those that do not exist included."""
    ours, theirs = evaluate(found), evaluate(wanted)
    for scope in ("plan_level", "yearly", "monthly"):
        for name, values in getattr(ours, scope).items():
            other = getattr(theirs, scope)[name][..., columns]
            assert np.array_equal(np.isnan(values), np.isnan(other)), name
            scale = max(float(np.nanmax(np.abs(other), initial=0.0)), 1.0)
            assert np.nanmax(np.abs(values - other), initial=0.0) <= 1e-6 * scale, name


# ------------------------------------------------------------------------------------------------ statements that close


@given(with_scenarios())
def test_the_balance_sheet_closes_each_month_in_each_scenario(given_plan: tuple[Plan, ScenarioSet]) -> None:
    p = project(*given_plan)
    assets, claims = p.line("total_assets"), p.line("total_liabilities_equity")
    largest = max(float(np.abs(p.line(line)).max()) for line in lines() if lines()[line].statement == "balance_sheet")
    assert float(np.abs(assets - claims).max()) <= max(RELATIVE * largest, 1e-9)
    if largest < 1e9:
        assert float(np.abs(assets - claims).max()) < SMALLEST_UNIT


@given(with_scenarios())
def test_every_total_is_the_sum_of_the_signed_lines_of_the_catalogue(given_plan: tuple[Plan, ScenarioSet]) -> None:
    p = project(*given_plan)

    def summed(statement: str, kind: str, *signs: int) -> FloatArray:
        chosen = [n for n in lines().values() if n.statement == statement and n.kind == kind and n.sign in signs]
        return sum((line.sign * p.line(line.id) for line in chosen), start=np.zeros(1))

    assert_same(p.line("net_profit"), summed("profit_and_loss", "flow", -1, 1), "net_profit")
    cash_flows = p.line("ebitda") - p.line("finance_fees") + summed("cash_flow", "flow", -1, 1)
    assert_same(p.line("net_cash_flow"), cash_flows, "net_cash_flow")
    by_inputs = [(lines()[name].sign or 1) * p.line(name) for name in lines()["net_cash_flow"].inputs]
    assert_same(p.line("net_cash_flow"), sum(by_inputs, start=np.zeros(1)), "inputs of net_cash_flow")
    assert_same(p.line("total_assets"), summed("balance_sheet", "balance", 1), "total_assets")
    assert_same(-p.line("total_liabilities_equity"), summed("balance_sheet", "balance", -1), "claims")


@given(with_scenarios())
def test_a_balance_moves_by_its_flows(given_plan: tuple[Plan, ScenarioSet]) -> None:
    p = project(*given_plan)
    moves: dict[str, tuple[str, ...]] = {
        "cash": ("net_cash_flow",),
        "fixed_assets_net": ("capex", "in_kind", "-depreciation", "-asset_sales"),
        "tax_payable": ("tax_expense", "-tax_paid"),
        "overdraft": ("overdraft_drawn", "-overdraft_repaid"),
        "retained_earnings": ("net_profit", "-dividends_paid", "-patronage_paid"),
        "working_capital": ("working_capital_increase",),
    }
    opening = dict(p.opening)
    opening["working_capital"] = opening["receivables"] + opening["inventory"] - opening["payables"]
    for balance, names in moves.items():
        flow = sum((p.line(n.lstrip("-")) * (-1 if n[0] == "-" else 1) for n in names), start=np.zeros(1))
        assert_same(p.line(balance), opening[balance] + np.cumsum(flow, axis=0), balance)


# --------------------------------------------------------------------------------------------------------------- loans


@given(with_scenarios())
def test_what_was_lent_and_capitalised_is_repaid_when_all_instalments_fall_in_the_plan(
    given_plan: tuple[Plan, ScenarioSet],
) -> None:
    p = project(*given_plan)
    for loan, flows in zip(p.assumptions.loans, p.loans, strict=True):
        if loan.draw + loan.terms.months > p.axis.months:
            continue
        for balance in (flows.balance, flows.interest_payable, flows.savings):
            assert not np.any(balance[-1]), loan.name
        rate = 1.0 / (np.ones(p.axis.months) * loan.exchange)[:, None]  # back to the money of the loan
        factor = p.scenarios.loan if p.scenarios.loan is not None and not loan.existing else 1.0
        lent = loan.terms.principal * factor + (flows.interest_capitalised * rate).sum(axis=0)
        assert_same((flows.principal * rate).sum(axis=0), np.asarray(lent), loan.name)
        paid = ((flows.interest_paid + flows.interest_capitalised) * rate).sum(axis=0)
        assert_same((flows.interest_expense * rate).sum(axis=0), paid, loan.name)


@given(with_scenarios())
def test_what_is_owed_moves_by_pay_outs_repayments_interest_and_the_exchange_rate(
    given_plan: tuple[Plan, ScenarioSet],
) -> None:
    p = project(*given_plan)
    owed = p.line("loans") + p.line("interest_payable") - p.line("compulsory_savings")
    flow = (
        p.line("loan_draws") - p.line("loan_principal") + p.line("loan_interest") - p.line("loan_interest_paid")
        - p.line("savings_paid_in") - p.line("savings_interest") + p.line("savings_returned") + p.line("exchange_loss")
    )  # fmt: skip
    assert_same(owed, p.opening["loans"] + np.cumsum(flow, axis=0), "owed")


@given(plan_data())
def test_a_loan_of_nothing_changes_nothing(data: dict[str, Any]) -> None:
    loans = [*data["financing"]["loans"], *data["existing_debts"]]
    assume(loans)
    nothing = [{key: v for key, v in loan.items() if key not in ("outstanding", "principal")} for loan in loans]
    more = data | {
        "financing": data["financing"]
        | {
            "loans": [
                *data["financing"]["loans"],
                *({**loan, "name": f"Nothing {n}", "principal": 0.0} for n, loan in enumerate(nothing)),
            ]
        }
    }
    assert_same_lines(project(Plan.model_validate(more)), project(Plan.model_validate(data)))


# ----------------------------------------------------------------------------------------------------------- overdraft


@given(with_scenarios())
def test_an_overdraft_is_drawn_only_when_it_is_needed_and_within_its_limit(
    given_plan: tuple[Plan, ScenarioSet],
) -> None:
    p = project(*given_plan)
    line, minimum = p.plan.financing.overdraft, p.plan.working_capital.minimum_cash
    owed, cash = p.line("overdraft"), p.line("cash")
    limit = np.zeros((p.axis.months, 1))
    if line is not None:  # repaid at the end of its last month
        last = p.axis.months if line.end is None else p.plan.month_number(line.end) - 1
        limit[p.plan.month_number(line.start) - 1 : last] = line.limit
    dust = 1e-9 * max(1.0, float(np.abs(cash).max()), float(owed.max()))
    assert (owed >= 0.0).all()
    assert (owed <= limit + dust).all()
    assert (cash[owed > dust] <= minimum + dust).all()  # what is above the minimum goes to the bank
    if line is not None:
        assert (cash >= minimum - dust)[owed < limit - dust].all()  # cash falls short only when the line is used up


@given(plan_data())
def test_an_overdraft_free_of_charge_changes_nothing_but_its_own_lines(data: dict[str, Any]) -> None:
    free = {"limit": 5000.0, "annual_rate": 0.0, "annual_fee_share": 0.0}
    with_line = project(Plan.model_validate(data | {"financing": data["financing"] | {"overdraft": free}}))
    without = project(Plan.model_validate(data | {"financing": data["financing"] | {"overdraft": None}}))
    net = with_line.line("cash") - with_line.line("overdraft")
    assert_same(net, without.line("cash"), "cash less overdraft")
    for name in ("pbt", "tax_expense", "tax_paid", "dividends_paid", "patronage_paid", "loans", "retained_earnings"):
        assert_same(with_line.line(name), without.line(name), name)


@given(with_scenarios())
def test_members_take_out_no_more_than_the_cash_above_the_minimum_where_the_plan_says_so(
    given_plan: tuple[Plan, ScenarioSet],
) -> None:
    plan, scenarios = given_plan
    limited = plan.model_copy(update={"distribution": plan.distribution.model_copy(update={"limit_to_cash": True})})
    p = project(limited, scenarios)
    paid = p.line("dividends_paid") + p.line("patronage_paid")
    left = p.line("cash") - p.line("overdraft")
    assert (left[paid > 0.0] >= plan.working_capital.minimum_cash - 1e-6).all()
    stated = plan.distribution.dividend_share + plan.distribution.patronage_share
    earned = np.maximum(p.axis.sum_years(p.line("net_profit")), 0.0)
    assert (p.axis.sum_years(paid)[1:] <= stated * earned[:-1] + 1e-6).all()
    assert not paid[: p.axis.year_ends[0] + 1].any()


# --------------------------------------------------------------------------------------------------------- indicators


@given(plans())
def test_the_net_present_value_at_every_rate_of_return_is_nothing(plan: Plan) -> None:
    found = evaluate(project(plan))
    for view in VIEWS:
        returns = found.returns(view)
        if isinstance(returns, Undefined):
            continue
        flows = found.series[view].flows[:, 0]
        for rate in returns.irr_roots:
            if rate > -0.999:  # nearer to -100 % a yearly rate has too few digits to be checked
                discounted = flows * (1.0 + rate) ** (-np.arange(flows.size) / 12.0)
                # A rate below zero blows the late flows up: what counts is nothing against those.
                assert abs(discounted.sum()) <= 1e-9 * np.abs(discounted).sum()
        batch = found.plan_level[f"{view}_irr_annual"][0]
        if not isinstance(returns.irr_annual, Undefined):
            assert abs(batch - returns.irr_annual) <= 1e-7 * (1.0 + abs(batch))


# ---------------------------------------------------------------------------------------------- scenarios and ordering


@given(with_scenarios())
def test_a_scenario_alone_is_its_column_among_others(given_plan: tuple[Plan, ScenarioSet]) -> None:
    plan, scenarios = given_plan
    compiled = assumptions(plan)
    together = project(compiled, scenarios)
    for number, alone in enumerate(in_chunks(compiled, scenarios, lambda p: p, 1)):
        for name in lines():
            assert_same(alone.line(name)[:, 0], together.line(name)[:, number], name)
        assert_same_indicators(alone, together, slice(number, number + 1))


@given(plan_data())
def test_the_order_of_products_costs_loans_assets_and_members_changes_nothing(data: dict[str, Any]) -> None:
    data = data | {"members": [{"name": "Aye", "contribution_cash": 10.0}, {"name": "Bo", "land_hectares": 5.0}]}
    turned = {
        **data,
        **{
            key: data[key][::-1]
            for key in ("products", "fixed_costs", "assets", "existing_debts", "pre_operating", "members")
        },
        "staff": data["staff"] | {"posts": data["staff"]["posts"][::-1]},
        "financing": data["financing"]
        | {key: data["financing"][key][::-1] for key in ("contributions", "grants", "loans")},
    }
    found, wanted = project(Plan.model_validate(turned)), project(Plan.model_validate(data))
    assert_same_lines(found, wanted)
    assert_same_indicators(found, wanted)


# --------------------------------------------------------------------------------------------- units, time, nothingness

MONEY_FIELDS = {
    "price", "input_cost_per_unit", "amount", "monthly_pay", "unit_cost", "limit", "minimum_cash", "cash",
    "receivables", "inventory", "fixed_assets_net", "payables", "tax_payable", "share_capital", "retained_earnings",
    "tax_loss_carry_forward", "up_to", "amount_per_month", "principal", "outstanding", "rounding_unit",
    "upfront_fee_amount", "instalment_fee_amount",
}  # fmt: skip


def in_riel(value: Any, key: str = "", *, foreign: bool = False) -> Any:
    """The plan in a money a hundred times smaller: 1 baht written as 100 riel, with units a hundred times larger."""
    if isinstance(value, dict):
        foreign = value.get("currency") == "USD"
        if "annual_change" in value:
            return value | {"rate": value["rate"] * 100}
        return {name: in_riel(item, name, foreign=foreign) for name, item in value.items()}
    if isinstance(value, list):
        return [in_riel(item, key, foreign=foreign) for item in value]
    if key in MONEY_FIELDS and not foreign and value is not None:
        return value * 100
    return "KHR" if key == "currency" and value == "THB" else value


@given(plan_data())
def test_another_unit_of_money_scales_every_line_and_no_ratio(data: dict[str, Any]) -> None:
    baht, riel = project(Plan.model_validate(data)), project(Plan.model_validate(in_riel(data)))
    assert_same_lines(riel, baht, 100.0)
    ours, theirs = evaluate(riel), evaluate(baht)
    for name in ("min_dscr", "own_contribution_share", "project_irr_annual", "equity_irr_annual", "cash_low_month"):
        found, wanted = ours.plan_level[name], theirs.plan_level[name]
        assert found == pytest.approx(wanted, rel=1e-6, abs=1e-6, nan_ok=True), name


def moved_by_a_year(data: dict[str, Any]) -> dict[str, Any]:
    start = data["period"]["start"]
    return data | {"period": data["period"] | {"start": f"{int(start[:4]) + 1}{start[4:]}"}}


@given(plan_data())
def test_a_plan_that_starts_a_year_later_is_the_same_plan_a_year_later(data: dict[str, Any]) -> None:
    now, later = project(Plan.model_validate(data)), project(Plan.model_validate(moved_by_a_year(data)))
    assert_same_lines(later, now)
    assert_same_indicators(later, now)
    assert later.axis.month(1) == now.axis.month(13)


@given(plan_data())
def test_a_product_sold_as_two_halves_changes_no_total(data: dict[str, Any]) -> None:
    whole = data["products"][0]
    halves = [
        whole
        | {"name": name}
        | {
            key: None if whole.get(key) is None else whole[key] / 2
            for key in ("volume_per_month", "volume_per_year", "capacity_per_month")
        }
        for name in ("First half", "Second half")
    ]
    split = data | {"products": [*data["products"][1:], *halves]}
    assert_same_lines(project(Plan.model_validate(split)), project(Plan.model_validate(data)))


NOTHINGS: dict[str, dict[str, Any]] = {
    "products": {"name": "None sold", "unit": "kg", "price": 9.0, "volume_per_month": 0.0, "months_before_sale": 6,
                 "input_cost_per_unit": 3.0},
    "fixed_costs": {"name": "Free", "amount": 0.0, "growth": 0.1},
    "assets": {"name": "Given away", "unit_cost": 0.0, "life_months": 3, "replace": True},
    "pre_operating": {"name": "Free", "amount": 0.0},
    "sales_costs": {"name": "Free", "share": 0.0},
    "existing_debts": {"name": "Repaid", "outstanding": 0.0, "annual_rate": 0.2, "instalments": 5},
}  # fmt: skip


@given(plan_data())
def test_lines_of_nothing_change_nothing(data: dict[str, Any]) -> None:
    more = data | {key: [*data[key], item] for key, item in NOTHINGS.items()}
    more["staff"] = data["staff"] | {"posts": [*data["staff"]["posts"], {"role": "Nobody", "monthly_pay": 0.0}]}
    more["financing"] = data["financing"] | {
        "grants": [*data["financing"]["grants"], {"name": "None", "month": 2, "amount": 0.0, "release_months": 3}],
        "contributions": [*data["financing"]["contributions"], {"month": 1, "amount": 0.0}],
    }
    assert_same_lines(project(Plan.model_validate(more)), project(Plan.model_validate(data)))


@settings(max_examples=20)
@given(plan_data())
def test_a_plan_of_twenty_years_closes_and_begins_like_the_shorter_one(data: dict[str, Any]) -> None:
    data = data | {"policies": data["policies"] | {"year_basis": "plan_year"}}
    long = project(Plan.model_validate(data | {"period": data["period"] | {"months": 240}}))
    short = project(Plan.model_validate(data))
    assert_same(long.line("total_assets"), long.line("total_liabilities_equity"), "balance sheet")
    whole_years = short.axis.months // 12 * 12  # a year cut off is assessed too early
    for name in lines():
        assert_same(long.line(name)[:whole_years], short.line(name)[:whole_years], name)
