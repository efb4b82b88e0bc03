"""Lender profiles from the terminal: list, show, check, new, and how a plan is held against them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Command

Sample = Callable[[str], Path]
KH = {"kh_ardb", "kh_commercial_bank", "kh_generic_bank", "kh_generic_mfi", "kh_microfinance", "kh_sme_bank_micro"}


def test_the_list_shows_every_profile_or_those_of_a_country(finance_kit: Command) -> None:
    everything = finance_kit("lenders", "list", "--json").json
    assert len(everything) == 2 + 8 + 11
    assert {each["id"] for each in finance_kit("lenders", "list", "--country", "KH", "--json").json} == KH
    told = finance_kit("lenders", "list", "--country", "KH")
    assert told.code == 0
    assert all(name in told.out for name in KH)
    assert "vn_agri_bank" not in told.out


def test_a_page_says_terms_sources_and_what_is_not_published(finance_kit: Command) -> None:
    told = finance_kit("lenders", "show", "kh_ardb").out
    for words in (
        "USD 5,000 to 300,000", "5.5 % a year, declining balance", "up to 84 months", "Not published:", "legal forms",
        "not published; kh_generic_bank 1.0", "https://ardb.com.kh", "at least 1.00", "An existing business.",
    ):  # fmt: skip
        assert words in told
    page = finance_kit("lenders", "show", "kh_ardb", "--json").json
    rules = {rule["fact"]: rule for rule in page["knock_outs"]}
    assert rules["tenor_months"]["rule"] == "at most 84 months"
    assert rules["tenor_months"]["borrowed_from"] == ""
    assert rules["min_dscr"]["borrowed_from"] == "kh_generic_bank 1.0"
    assert page["based_on"] == ["kh_generic_bank 1.0", "generic_bank 1.2"]


def test_an_unknown_lender_is_told_with_those_that_there_are(finance_kit: Command, sample: Sample) -> None:
    for answer in (
        finance_kit("lenders", "show", "kh_ardbb"),
        finance_kit("run", sample("kh-homestay"), "--lender", "kh_ardbb"),
    ):
        assert answer.code == 2
        assert "kh_ardb, " in answer.err
    other = finance_kit("run", sample("kh-homestay"), "--lender", "vn_agri_bank")
    assert other.code == 2
    assert "is for VN, and the plan is in KH" in other.err


def test_a_new_profile_is_checked_used_and_shown(finance_kit: Command, sample: Sample, tmp_path: Path) -> None:
    file = tmp_path / "lenders" / "my_bank.yaml"
    assert finance_kit("lenders", "new", "lenders/my_bank.yaml", "--country", "KH").code == 0
    again = finance_kit("lenders", "new", "lenders/my_bank.yaml")
    assert again.code == 2
    text = file.read_text(encoding="utf-8")
    assert all(len(line) <= 120 for line in text.splitlines())
    checked = finance_kit("lenders", "check", "lenders/my_bank.yaml")
    assert checked.code == 0
    assert "can be used" in checked.out
    assert "Not published: amount, interest rate" in checked.out

    filled = text.replace("tenor: not_published", "tenor: {max_months: 53, source: page}")
    file.write_text(filled, encoding="utf-8")
    answer = finance_kit("run", sample("kh-homestay"), "--lenders", "lenders", "--lender", "my_bank", "--gate")
    assert answer.code == 3
    assert "54 months" in answer.out
    assert "at most 53 months" in answer.out
    assert "my_bank 1.0" in answer.out


def test_a_broken_profile_is_told_with_its_line_everywhere(
    finance_kit: Command, sample: Sample, tmp_path: Path
) -> None:
    finance_kit("lenders", "new", "mine/bank.yaml")
    file = tmp_path / "mine" / "bank.yaml"
    broken = file.read_text(encoding="utf-8").replace("based_on: kh_generic_bank", "based_on: kh_generic_bnk")
    file.write_text(broken, encoding="utf-8")
    line = next(at for at, text in enumerate(broken.splitlines(), 1) if text.startswith("based_on"))
    plan = sample("kh-homestay")
    for command in (
        ("lenders", "check", "mine/bank.yaml"),
        ("lenders", "list", "--lenders", "mine"),
        ("check", plan, "--lenders", "mine"),
        ("run", plan, "--lenders", "mine"),
    ):
        answer = finance_kit(*command)
        assert answer.code == 1, command
        assert f"bank.yaml:{line}:11" in answer.out + answer.err
        assert 'Did you mean "kh_generic_bank"' in answer.out + answer.err
    found = finance_kit("lenders", "check", "mine/bank.yaml", "--json").json
    assert found["ok"] is False
    assert found["issues"][0]["line"] == line


def test_a_profile_that_replaces_one_is_told(
    finance_kit: Command, sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finance_kit("lenders", "new", "mine/kh_ardb.yaml")
    file = tmp_path / "mine" / "kh_ardb.yaml"
    monkeypatch.setenv("FINANCE_KIT_LENDERS", str(tmp_path / "mine"))
    listed = {each["id"]: each for each in finance_kit("lenders", "list", "--json").json}
    assert listed["kh_ardb"]["replaced_by"] == str(file)
    assert listed["kh_ardb"]["title"] == "Name of the lender and of the product"
    told = finance_kit("check", sample("kh-homestay")).out
    assert "is used in place of the profile kh_ardb" in told
    ran = finance_kit("run", sample("kh-homestay"))
    assert "kh_ardb: your file" in ran.out


def test_old_sources_are_warned_about(finance_kit: Command, tmp_path: Path) -> None:
    finance_kit("lenders", "new", "bank.yaml")
    file = tmp_path / "bank.yaml"
    text = file.read_text(encoding="utf-8")
    day = next(line for line in text.splitlines() if line.startswith("    last_confirmed"))
    file.write_text(text.replace(day, '    last_confirmed: "2020-01-31"'), encoding="utf-8")
    found = finance_kit("lenders", "check", "bank.yaml", "--json").json
    assert found["ok"] is True
    assert [(issue["code"], issue["severity"]) for issue in found["issues"]] == [("source_old", "warning")]


def test_run_shows_a_line_for_each_lender_and_the_generic_pair_in_full(finance_kit: Command, sample: Sample) -> None:
    told = finance_kit("run", sample("kh-pepper-drying")).out
    table = told.split("Lenders of the country")[1].split("Readiness:")[0]
    assert all(name in table for name in KH)
    assert "130 % (KHR" in table
    assert told.count("Readiness: ") == 2
    assert finance_kit("run", sample("kh-pepper-drying"), "--all-lenders").out.count("Readiness: ") == 6
    one = finance_kit("run", sample("kh-pepper-drying"), "--lender", "kh_ardb", "--lender", "kh_microfinance").out
    assert one.count("Readiness: ") == 2
    assert "Readiness: State agricultural bank" in one
    assert "it publishes no value" in one


def test_json_holds_every_lender_and_those_in_full(finance_kit: Command, sample: Sample) -> None:
    found = finance_kit("run", sample("kh-pepper-drying"), "--lender", "kh_ardb", "--json").json
    assert {each["profile_id"] for each in found["lenders"]} == KH
    (full,) = found["context"]["readiness"]
    assert (full["profile_id"], full["version"], full["lineage"][0]) == ("kh_ardb", "1.0", "kh_generic_bank 1.0")
    assert any("generic value at least 1.00 used" in sentence for sentence in full["fallbacks"])


def test_the_gate_looks_at_the_lenders_that_are_shown_in_full(finance_kit: Command, sample: Sample) -> None:
    assert finance_kit("run", sample("kh-pepper-drying"), "--gate", "--lender", "kh_ardb").code == 0
    assert finance_kit("run", sample("kh-pepper-drying"), "--gate", "--lender", "kh_sme_bank_micro").code == 3


@pytest.mark.usefixtures("no_office")
def test_a_word_plan_holds_the_chosen_lender_when_the_score_is_asked_for(
    finance_kit: Command, sample: Sample, tmp_path: Path
) -> None:
    from docx import Document

    arguments = ("--with-score", "--lender", "kh_ardb", "--output", "plan.docx")
    assert finance_kit("export", "docx", sample("kh-pepper-drying"), *arguments).code == 0
    document = Document(str(tmp_path / "plan.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("State agricultural bank, investment loan (ARDB type, Cambodia)" in text for text in texts)
    assert any("Not published by this lender; generic value at least 1.00 used" in text for text in texts)


def test_the_facts_are_listed_for_somebody_who_writes_a_rule(finance_kit: Command) -> None:
    facts = {each["fact"]: each for each in finance_kit("lenders", "facts", "--json").json}
    assert facts["keeps_books"]["words"][0] == "none"
    assert "collateral_after_haircut" in finance_kit("lenders", "facts").out
