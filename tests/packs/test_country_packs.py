"""Country packs hold dated, sourced values; what was not confirmed is never passed off as a fact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from finance_kit.errors import PackError
from finance_kit.i18n.catalog import message
from finance_kit.money import CURRENCIES
from finance_kit.packs.load import activities, activity, countries, country_pack, read_activity, read_country_pack
from finance_kit.packs.model import CountryPack, Provenance
from finance_kit.plan.cluster import Country
from finance_kit.resources import data

SOUND = data("countries", "th.yaml").read_text("utf-8")


def values(pack: CountryPack) -> list[Provenance]:
    return list(pack.values())


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pack.yaml"
    path.write_text(text, "utf-8")
    return path


def test_there_is_a_pack_for_each_country_that_a_plan_may_name() -> None:
    assert set(countries()) == set(Country.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", countries())
def test_a_pack_fits_its_country_and_its_currency(code: str) -> None:
    pack = country_pack(code)
    assert pack.country == code
    assert pack.currency in CURRENCIES
    assert country_pack(code.lower()) is not None
    ids = [regime.id for regime in pack.tax_regimes]
    assert len(ids) == len(set(ids))
    assert all(each.startswith(code.lower()) for each in ids)


@pytest.mark.parametrize("code", countries())
def test_every_confirmed_value_says_who_says_so_and_when_it_was_confirmed(code: str) -> None:
    for value in values(country_pack(code)):
        if value.status == "confirmed":
            assert value.source is not None
            assert value.last_confirmed is not None


def test_limits_of_interest_are_those_of_the_rules() -> None:
    (cambodia,) = country_pack("KH").caps_for("mfi")  # Prakas B7.017.109 of 13 March 2017: 18 % a year, 1.5 % a month
    assert (cambodia.annual_rate, cambodia.monthly_rate, cambodia.flat_quotation_allowed) == (0.18, 0.015, False)
    (myanmar,) = country_pack("MM").caps_for("mfi")  # Directive 1/2019: 28 % a year, 2.3 % a month, fees 2 %
    assert (myanmar.annual_rate, myanmar.monthly_rate, myanmar.fee_share_per_year) == (0.28, 0.023, 0.02)
    told = myanmar.limit()
    assert (told.annual_rate, told.monthly_rate, told.fee_share_per_year) == (0.28, 0.023, 0.02)
    assert (told.source_date, told.confidence) == ("2019-06-01", "high")
    assert cambodia.limit().flat_quotation_allowed is False
    assert country_pack("VN").caps_for("bank")[0].limit().annual_rate is None
    assert country_pack("KH").caps_for("bank") == []
    assert country_pack("VN").caps_for("bank")[0].annual_rate is None, "not confirmed, so no number"


def test_recalled_figures_are_marked_and_ranges_are_not_given_as_numbers() -> None:
    for code in countries():
        assert country_pack(code).inflation.value is None
    assert {code: country_pack(code).fiscal_year_start.status for code in countries()} == {
        "KH": "not_confirmed",
        "MM": "confirmed",
        "TH": "not_confirmed",
        "VN": "not_confirmed",
    }
    not_confirmed = {r.id for code in countries() for r in country_pack(code).tax_regimes if r.status != "confirmed"}
    assert {"kh_standard", "vn_standard", "th_community_enterprise"} <= not_confirmed


FAULTS: list[tuple[str, str, str, str]] = [
    ("an unknown key", "name: Thailand", "name: Thailand\nking: yes_there_is", "unknown_field"),
    ("a text for a number", "up_to: 300000", "up_to: much", "not_a_number"),
    ("a rate in per cent", "rate: 0.15", "rate: 15", "too_large"),
    ("slices out of order", "up_to: 3000000", "up_to: 300000", "invalid_value"),
    ("a confirmed value without source", "  status: not_confirmed", "  status: confirmed", "invalid_value"),
    ("a missing status", "  confidence: low\n  status: not_confirmed\n", "  confidence: low\n", "missing_field"),
    ("a repeated key", "country: TH", "country: TH\ncountry: VN", "duplicate_key"),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "old", "new", "code"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_pack_with_a_fault_is_refused_with_its_place(
    tmp_path: Path, fault: str, old: str, new: str, code: str
) -> None:
    assert SOUND.count(old) >= 1, fault
    with pytest.raises(PackError) as caught:
        read_country_pack(written(tmp_path, SOUND.replace(old, new, 1)))
    assert code in {issue.code for issue in caught.value.issues}
    assert all(issue.where.line for issue in caught.value.issues)
    assert "pack.yaml" in message(caught.value)


def test_a_sound_pack_of_ones_own_can_be_read(tmp_path: Path) -> None:
    assert read_country_pack(written(tmp_path, SOUND)) == country_pack("TH")


@pytest.mark.parametrize("name", ["XX", "../countries/th", "", "th.yaml"])
def test_an_unknown_country_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(PackError) as caught:
        country_pack(name)
    assert "KH, MM, TH, VN" in message(caught.value)


@pytest.mark.parametrize("name", activities())
def test_a_trade_names_products_risks_questions_and_no_amounts(name: str) -> None:
    shape = activity(name)
    assert shape.id == name
    assert shape.risks
    assert shape.environment
    assert shape.documents
    assert shape.action_plan

    def numbers(value: Any) -> list[float]:
        if isinstance(value, dict):
            return [each for item in value.values() for each in numbers(item)]
        if isinstance(value, list):
            return [each for item in value for each in numbers(item)]
        return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []

    assert numbers(shape.model_dump()) == []


def test_the_trades_of_the_sample_plans_have_a_starter() -> None:
    assert set(activities()) >= {"pepper_drying", "pottery", "homestay", "fruit_processing", "dried_fish", "sesame"}
    with pytest.raises(PackError):
        activity("gold_digging")


def test_a_trade_with_a_price_is_refused(tmp_path: Path) -> None:
    text = (
        data("activities", "pottery.yaml").read_text("utf-8").replace("unit: piece\n", "unit: piece\n    price: 5\n", 1)
    )
    with pytest.raises(PackError) as caught:
        read_activity(written(tmp_path, text))
    assert [issue.code for issue in caught.value.issues] == ["unknown_field"]
