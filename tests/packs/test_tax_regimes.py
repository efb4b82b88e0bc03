"""The tax that a plan falls under is what it states, or a regime of its country, translated into its currency."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from finance_kit.errors import PackError
from finance_kit.i18n.catalog import message
from finance_kit.packs.tax import resolve_tax
from finance_kit.plan.schema import Plan
from finance_kit.plan.yaml_source import read

PROFILE: dict[str, Any] = read(Path(__file__).parents[1] / "plan" / "fixtures" / "profile.yaml").data


def plan(tax: dict[str, Any] | None, country: str = "TH", currency: str = "THB", **more: Any) -> Plan:
    data = {**PROFILE, "tax": tax, **more}
    data["cluster"] = {**PROFILE["cluster"], "country": country}
    data["period"] = {**PROFILE["period"], "currency": currency}
    return Plan.model_validate(data)


def test_a_stated_rate_is_one_open_slice() -> None:
    tax = resolve_tax(plan({"rate": 0.2, "holiday_months": 6, "source": "Tax office", "source_date": "2026-08"}))
    assert tax.brackets == ((math.inf, 0.2),)
    assert (tax.holiday_months, tax.status, tax.source, tax.source_date) == (6, "stated", "Tax office", "2026-08")


def test_stated_slices_are_taken_as_they_are() -> None:
    tax = resolve_tax(plan({"brackets": [{"up_to": 100.0, "rate": 0.0}, {"rate": 0.1}]}))
    assert tax.brackets == ((100.0, 0.0), (math.inf, 0.1))


def test_no_tax_is_reckoned_where_none_is_stated() -> None:
    tax = resolve_tax(plan(None))
    assert tax.brackets == ((math.inf, 0.0),)
    assert tax.status == "not_stated"


def test_a_regime_brings_its_slices_and_its_source() -> None:
    tax = resolve_tax(plan({"regime": "th_sme"}))
    assert tax.brackets == ((300_000, 0.0), (3_000_000, 0.15), (math.inf, 0.2))
    assert tax.status == "confirmed"
    assert tax.source is not None
    assert "Sherrings" in tax.source


def test_slices_of_a_regime_are_translated_at_the_rate_of_the_plan() -> None:
    rates = [{"currency": "THB", "rate": 0.03, "date": "2026-11-01"}]
    tax = resolve_tax(plan({"regime": "th_sme"}, currency="USD", exchange_rates=rates))
    assert [end for end, _ in tax.brackets] == pytest.approx([9_000, 90_000, math.inf])


def test_a_regime_in_slices_needs_an_exchange_rate_and_a_single_rate_does_not() -> None:
    with pytest.raises(PackError) as caught:
        resolve_tax(plan({"regime": "th_sme"}, currency="USD"))
    assert "THB" in message(caught.value)
    assert resolve_tax(plan({"regime": "mm_company"}, "MM", "USD")).brackets == ((math.inf, 0.22),)


def test_a_regime_that_was_not_confirmed_says_so() -> None:
    tax = resolve_tax(plan({"regime": "kh_sme_cluster_zone"}, "KH", "KHR"))
    assert (tax.holiday_months, tax.status) == (60, "not_confirmed")


def test_what_the_plan_states_goes_before_the_holiday_of_the_regime() -> None:
    tax = resolve_tax(plan({"regime": "kh_sme_holiday", "holiday_months": 0, "source": "Letter"}, "KH", "KHR"))
    assert (tax.holiday_months, tax.source) == (0, "Letter")


@pytest.mark.parametrize("regime", ["kh_standard", "no_such_regime"])
def test_a_regime_of_another_country_is_refused_with_the_known_ones(regime: str) -> None:
    with pytest.raises(PackError) as caught:
        resolve_tax(plan({"regime": regime}))
    assert "th_sme" in message(caught.value)


def test_a_regime_without_a_rate_cannot_be_used() -> None:
    with pytest.raises(PackError) as caught:
        resolve_tax(plan({"regime": "th_community_enterprise"}))
    assert "Thailand" in message(caught.value)
