"""The commands group, security and country, as a user calls them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Command

SAMPLES = ("kh-homestay", "kh-pepper-drying", "mm-dried-fish", "th-pottery-kiln", "vn-coconut-export")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_member_over_the_limit_is_named_and_the_loan_not_recommended(
    finance_kit: Command, sample: Callable[[str], Path], name: str
) -> None:
    found = finance_kit("group", sample(name), "--json").json
    burdens = {each["name"]: each["with_loan"] for each in found["members"] if each["with_loan"] is not None}
    over = sorted(name for name, burden in burdens.items() if burden > 0.3)
    assert (found["verdict"], found["over"]) == ("refused", over)
    screen = " ".join(finance_kit("group", sample(name)).out.split())
    assert "Not recommended as a group loan" in screen
    assert all(" ".join(who.split()) in screen for who in over)
    assert "every month is taken alike" in screen


def test_a_household_without_net_cash_is_told_in_words_and_json(
    finance_kit: Command, sample: Callable[[str], Path], tmp_path: Path
) -> None:
    text = sample("mm-dried-fish").read_text("utf-8")
    plan = tmp_path / "plan.yaml"
    plan.write_text(text.replace("household_net_cash: 185000", "household_net_cash: 0", 1), "utf-8")
    found = finance_kit("group", plan, "--json").json
    (member,) = [each for each in found["members"] if each["net_cash"] == 0]
    assert (member["no_cash"], member["with_loan"], member["state"]) == (True, None, "over")
    assert "no cash" in finance_kit("group", plan).out


def test_another_limit_is_taken_and_said(finance_kit: Command, sample: Callable[[str], Path]) -> None:
    found = finance_kit("group", sample("th-pottery-kiln"), "--limit", "1", "--json").json
    assert (found["verdict"], found["limit"], found["limit_source"]) == ("fits", 1.0, "As chosen with --limit")


def test_security_names_shares_that_are_not_the_lenders_own_and_the_source_of_a_scheme(
    finance_kit: Command, sample: Callable[[str], Path]
) -> None:
    answer = finance_kit("security", sample("kh-homestay"), "--lender", "kh_commercial_bank")
    screen = " ".join(answer.out.split())
    assert "this lender" in screen
    assert "kh_generic_bank" in screen
    assert "Credit Guarantee Corporation of Cambodia" in screen
    assert "The fee was not confirmed" in screen
    assert "last confirmed 2026-11-24" in screen


def test_a_lender_of_no_profile_is_refused(finance_kit: Command, sample: Callable[[str], Path]) -> None:
    answer = finance_kit("security", sample("kh-homestay"), "--lender", "nobody")
    assert answer.code != 0
    assert "nobody" in answer.err


@pytest.mark.parametrize("code", ["KH", "MM", "TH", "VN"])
def test_a_country_is_shown_within_eighty_columns_and_says_what_is_not_confirmed(
    finance_kit: Command, code: str
) -> None:
    shown = finance_kit("country", code).out
    assert "NOT CONFIRMED" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_copied_country_pack_can_be_changed_and_used(
    finance_kit: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own/kh.yaml"
    own.parent.mkdir()
    assert finance_kit("country", "KH", "--copy", own).code == 0
    own.write_text(own.read_text("utf-8").replace("name: Cambodia", "name: Course of Cambodia", 1), "utf-8")
    monkeypatch.setenv("FINANCE_KIT_COUNTRIES", str(own.parent))
    assert "Course of Cambodia" in finance_kit("country", "KH").out
    assert finance_kit("country", "KH", "--copy", own).code != 0
