"""Members' shares of a loan, security and guarantees: worked examples, and what no change of form may move."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from finance_kit.engine.projection import project
from finance_kit.errors import ShapeError
from finance_kit.indicators.evaluate import evaluate
from finance_kit.loans.group import Season, heaviest_season, largest_multiple, seasons, shares_of, taken_over
from finance_kit.packs import country_pack
from finance_kit.plan.schema import Plan
from finance_kit.readiness import lender_profile
from finance_kit.readiness.burden import group_loan
from finance_kit.readiness.collateral import security
from finance_kit.readiness.guarantee import guarantee_options
from finance_kit.readiness.reading import Case

SPECS = YAML(typ="safe").load((Path(__file__).parents[1] / "specs/group_and_security.yaml").read_text(encoding="utf-8"))


def plan_of(change: Mapping[str, Any]) -> Plan:
    return Plan.model_validate({**SPECS["plan"], **change})


def case_of(change: Mapping[str, Any]) -> Case:
    found = evaluate(project(plan_of(change)))
    return Case(found, found)


def assert_as_stated(found: object, stated: Mapping[str, Any]) -> None:
    for name, wanted in stated.items():
        value = getattr(found, name)
        if isinstance(wanted, int | float) and not isinstance(wanted, bool):
            assert value == pytest.approx(wanted, abs=1e-9), name
        else:
            assert (list(value) if isinstance(value, tuple) else value) == wanted, name


@pytest.mark.parametrize("example", SPECS["group"], ids=lambda example: example["name"])
def test_worked_examples_of_group_loans(example: Mapping[str, Any]) -> None:
    found = group_loan(plan_of(example["change"]))
    assert_as_stated(found, example["expect"])
    members = {each.name: each for each in found.members}
    for name, stated in example.get("members", {}).items():
        assert_as_stated(members[name], stated)


@pytest.mark.parametrize("example", SPECS["security"], ids=lambda example: example["name"])
def test_worked_examples_of_security_and_guarantees(example: Mapping[str, Any]) -> None:
    case = case_of(example["change"])
    offered = security(case, lender_profile(example["lender"]))
    assert_as_stated(offered, example["expect"])
    shares = {each.name: [each.share, each.share_from] for each in offered.items}
    for name, stated in example.get("shares", {}).items():
        assert shares[name] == stated, name
    options = {
        each.scheme.id: each for each in guarantee_options(case, offered, country_pack(case.plan.cluster.country))
    }
    for name, stated in example.get("guarantee", {}).items():
        option, left = options[name], dict(stated)
        unmet, unknown, fees = left.pop("unmet", []), left.pop("unknown", []), left.pop("fees", None)
        assert_as_stated(option, left)
        assert [each.id for each in option.conditions if each.met is False] == unmet
        if unknown:
            assert [each.id for each in option.conditions if each.met is None] == unknown
        if fees is not None:
            assert [each.fees_after - each.fees_before for each in option.costs] == pytest.approx(fees, abs=0.005)


def test_a_guarantee_fee_makes_a_loan_dearer() -> None:
    change = SPECS["security"][-1]["change"]
    case = case_of(change)
    offered = security(case, lender_profile("mm_generic_bank"))
    (cost,) = guarantee_options(case, offered, country_pack("MM"))[0].costs
    assert cost.eir_before == pytest.approx(0.0, abs=1e-9)
    # 96 of 4,800 kept back: 4,704 now for twelve times 400. The monthly rate r solves 4,704 = 400 (1 - (1+r)^-12) / r.
    assert cost.eir_after is not None
    monthly = (1.0 + cost.eir_after) ** (1 / 12) - 1.0
    assert 400 * (1 - (1 + monthly) ** -12) / monthly == pytest.approx(4704, abs=1e-6)


HOUSEHOLDS = st.lists(
    st.tuples(
        st.integers(1, 5_000),
        st.integers(0, 1_000),
        st.lists(st.sampled_from([0.5, 1.0, 1.5]), min_size=12, max_size=12),
    ),
    min_size=1,
    max_size=6,
)


def listed(households: list[tuple[int, int, list[float]]], unit: float = 1.0) -> list[dict[str, Any]]:
    return [
        {
            "name": f"M{place}",
            "household_net_cash": cash * unit,
            "household_season": season,
            "household_debts": [{"lender": "Shop", "outstanding": 9_000.0 * unit, "monthly_payment": paid * unit}],
        }
        for place, (cash, paid, season) in enumerate(households)
    ]


@given(HOUSEHOLDS, st.randoms(use_true_random=False))
def test_the_order_of_the_members_changes_nothing(households: list[Any], random: Any) -> None:
    members = listed(households)
    found = group_loan(plan_of({"members": members}))
    random.shuffle(members)
    other = group_loan(plan_of({"members": members}))
    assert sorted(other.members, key=lambda each: each.name) == sorted(found.members, key=lambda each: each.name)
    assert (other.verdict, other.over, other.fitting_loan, other.spread_loan) == (
        found.verdict, found.over, found.fitting_loan, found.spread_loan,
    )  # fmt: skip


@given(HOUSEHOLDS, st.sampled_from([0.001, 25.0, 4000.0]))
def test_the_unit_of_money_changes_no_burden(households: list[Any], unit: float) -> None:
    loan = {"name": "Loan", "annual_rate": 0.0, "repayment": "equal_principal", "instalments": 12}

    def burdens(unit: float) -> list[float | None]:
        change = {
            "members": listed(households, unit),
            "financing": {"loans": [loan | {"principal": 4800 * unit}]},
            "policies": {"loan_rounding": "unrounded"},
        }
        return [each.with_loan for each in group_loan(plan_of(change)).members]

    assert burdens(unit) == pytest.approx(burdens(1.0), rel=1e-9)


@given(HOUSEHOLDS, st.integers(0, 5), st.integers(1, 2_000))
def test_more_net_cash_or_fewer_debts_never_weigh_more(households: list[Any], place: int, more: int) -> None:
    place %= len(households)
    cash, paid, season = households[place]
    before = group_loan(plan_of({"members": listed(households)})).members
    for better in ((cash + more, paid, season), (cash, max(paid - more, 0), season)):
        changed = [*households[:place], better, *households[place + 1 :]]
        after = group_loan(plan_of({"members": listed(changed)})).members
        for old, new in zip(before, after, strict=True):
            assert new.with_loan is not None
            assert old.with_loan is not None
            assert new.fitting_amount is not None
            assert old.fitting_amount is not None
            assert new.with_loan <= old.with_loan + 1e-12
            assert new.fitting_amount >= old.fitting_amount - 1e-9


@given(HOUSEHOLDS)
def test_the_share_that_fits_is_the_largest_one(households: list[Any]) -> None:
    """A loan of the sum that fits with these shares is on the limit; one per cent more is over it."""
    members = listed(households)
    found = group_loan(plan_of({"members": members}))
    if not found.over or not found.fitting_loan:
        return
    loan = {"name": "Loan", "annual_rate": 0.0, "repayment": "equal_principal", "instalments": 12}
    for factor, verdict in ((1 - 1e-9, "fits"), (1.01, "refused")):
        financing = {"loans": [loan | {"principal": found.fitting_loan * factor}]}
        change = {"members": members, "financing": financing, "policies": {"loan_rounding": "unrounded"}}
        assert group_loan(plan_of(change)).verdict == verdict


def test_every_month_belongs_to_one_season() -> None:
    principal = np.zeros(30)
    principal[[4, 5, 29]] = 1.0
    assert seasons(principal) == (Season(1, 5), Season(6, 6), Season(7, 18), Season(19, 30))
    assert seasons(np.zeros(6)) == ()


def test_shares_and_joint_liability() -> None:
    assert shares_of([1, 3]) == (0.25, 0.75)
    assert shares_of([0, 0]) == ()
    assert taken_over([0.5, 0.3, 0.2]) == pytest.approx((0.5 / 0.7, 0.6, 0.4))
    assert taken_over([1.0]) == (1.0,)
    with pytest.raises(ValueError, match="from 0 upward"):
        shares_of([1, -1])


def test_arrays_of_different_length_are_refused() -> None:
    with pytest.raises(ShapeError):
        heaviest_season(np.ones(2), np.ones(3), np.ones(3), (Season(1, 1),))
    with pytest.raises(ShapeError):
        largest_multiple(np.ones(2), np.ones(3), np.ones(3), (Season(1, 1),), 0.3)
