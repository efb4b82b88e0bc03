"""Any figure can be asked for: every line and every indicator of each sample, for a year, a month and as a whole."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from finance_kit import service
from finance_kit.engine.catalogue import lines
from finance_kit.engine.projection import project
from finance_kit.errors import CalculationError, Where
from finance_kit.indicators.evaluate import evaluate
from finance_kit.indicators.registry import definitions
from finance_kit.plan.schema import Plan
from finance_kit.report.basis import Basis
from finance_kit.report.explain import Explanation, explain, known_figures
from finance_kit.report.figures import all_figures

SAMPLES = sorted((Path(__file__).parents[2] / "sample_plans").glob("*.yaml"))
NEEDS = {"year_needed", "month_needed_for_figure", "period_needed"}


@cache
def opened(sample: Path) -> service.Run:
    return service.run(sample)


def asked(run: service.Run, name: str, period: str | None, depth: int = 2) -> Explanation | str:
    """The explanation, or the code of what the figure needs."""
    try:
        found: Explanation = service.explain_figure(run, name, period, depth)
    except CalculationError as problem:
        return problem.code
    return found


def everything(item: Explanation) -> Iterator[Explanation]:
    yield item
    for below in item.inputs:
        yield from everything(below)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_figure_is_explained_or_says_which_period_it_needs(sample: Path) -> None:
    run = opened(sample)
    axis = run.basis.projection.axis
    for name in known_figures():
        answers = [asked(run, name, period) for period in (axis.year_labels[1], str(axis.month(14)), None)]
        assert all(answer in NEEDS for answer in answers if isinstance(answer, str)), (name, answers)
        explained = [answer for answer in answers if isinstance(answer, Explanation)]
        scope = "line" if name in lines() else definitions()[name].scope
        assert len(explained) >= (3 if scope in ("line", "plan") else 1), name
        for answer in explained:
            for item in everything(answer):
                assert (item.value is None) == (item.reason is not None), item.id
                assert item.value is None or np.isfinite(item.value), item.id
                assert item.formula, item.id
                assert item.source, item.id


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_total_is_what_its_inputs_make_it(sample: Path) -> None:
    run = opened(sample)
    year = run.basis.projection.axis.year_labels[1]

    def values(name: str, period: str | None) -> list[float]:
        found = asked(run, name, period)
        assert isinstance(found, Explanation)
        return [found.value or 0.0, *(item.value or 0.0 for item in found.inputs)]

    cash, before, change = values("cash", year)
    assert cash == pytest.approx(before + change, rel=1e-9)
    profit, before_tax, tax = values("net_profit", year)
    assert profit == pytest.approx(before_tax - tax, rel=1e-9)
    lowest, *by_year = values("min_dscr", None)
    assert lowest == min(by_year)
    low, in_hand, overdraft = values("cash_low_point", None)
    assert low == pytest.approx(in_hand - overdraft, rel=1e-9)
    assert values("closing_cash", None)[0] == values("closing_cash", None)[1]
    sales, *_ = values("revenue", None)
    assert sales == pytest.approx(sum(values("revenue", each)[0] for each in run.basis.projection.axis.year_labels))


def test_the_formula_is_that_of_the_convention_that_the_plan_has_chosen() -> None:
    formulas = {}
    for sample in SAMPLES:
        run = opened(sample)
        found = asked(run, "cfads", run.basis.projection.axis.year_labels[0])
        assert isinstance(found, Explanation)
        assert "by policy" not in found.formula
        formulas[run.basis.plan.policies.cfads_basis] = found.formula
    assert len(set(formulas.values())) == len(formulas)


def test_a_stated_number_comes_with_its_value_place_and_source() -> None:
    run = opened(next(path for path in SAMPLES if path.stem == "kh-pepper-drying"))
    found = asked(run, "project_npv", None)
    assert isinstance(found, Explanation)
    (rate,) = [stated for stated in found.stated if stated.name == "valuation"]
    assert "discount_rate 0.12" in rate.numbers
    assert "kh-pepper-drying.yaml:" in rate.where
    assert rate.source is not None
    revenue = asked(run, "revenue", "2027")
    assert isinstance(revenue, Explanation)
    assert any(stated.name == "USD" and "rate 4" in stated.numbers for stated in revenue.stated)


def test_a_part_of_the_plan_is_listed_once() -> None:
    run = opened(SAMPLES[0])
    found = asked(run, "net_cash_flow", run.basis.projection.axis.year_labels[0], 6)
    assert isinstance(found, Explanation)
    places = [(stated.name, stated.where) for item in everything(found) for stated in item.stated]
    assert places
    assert len(places) == len(set(places))


def test_what_is_printed_has_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    from finance_kit.cli import screens

    run, page = opened(SAMPLES[0]), io.StringIO()
    monkeypatch.setattr(screens, "_console", lambda: Console(file=page, width=120))
    for name in known_figures():
        for period in (run.basis.projection.axis.year_labels[0], None):
            found = asked(run, name, period, 1)
            if isinstance(found, Explanation):
                screens.show_explanation(run, found)
    text = page.getvalue()
    assert text.count("  = ") > len(known_figures())
    assert re.findall(r"\b(?:None|nan|inf)\b|[{}]", text) == []


def test_several_rates_of_return_are_all_shown() -> None:
    """-100, +230, -132 five months apart: 10 % and 20 % in five months, so 25.7 % and 54.9 % a year."""
    plan = Plan.model_validate(
        {
            "schema_version": 1,
            "title": "Two rates",
            "period": {"start": "2027-01", "months": 12, "currency": "THB"},
            "cluster": {"name": "Cluster", "product": "rice", "country": "TH"},
            "products": [{"name": "Rice", "unit": "kg", "price": 1.0, "volume_per_year": 0.0}],
            "assets": [{"name": "Quarry", "unit_cost": 100.0, "month": 1, "life_months": 60}],
            "financing": {"grants": [{"name": "Prize", "month": 6, "amount": 230.0, "kind": "operating"}]},
            "pre_operating": [{"name": "Filling up", "month": 11, "amount": 132.0}],
            "valuation": {"discount_rate": 0.1},
            "policies": {"terminal_value": "none"},
        }
    )
    found = explain(evaluate(project(plan)), "project_irr_annual", None, lambda path: Where(".".join(map(str, path))))
    assert found.value is None
    assert found.reason == "several_rates"
    assert found.rates == pytest.approx((1.1**2.4 - 1, 1.2**2.4 - 1), abs=1e-9)
    basis = Basis(plan, project(plan), evaluate(project(plan)), "2026-12-01")
    shown = all_figures(basis)["indicators"]["project_irr_annual"]
    assert shown["rates"] == pytest.approx(found.rates)
