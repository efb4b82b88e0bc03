"""``finance-kit fix`` as a cluster's leader calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import SAMPLES, Command

WEAK = SAMPLES / "mm-dried-fish.yaml"


def test_the_weak_sample_is_told_not_to_borrow_and_why(finance_kit: Command) -> None:
    answer = finance_kit("fix", WEAK)
    assert answer.code == 0
    assert "Do not borrow on this plan." in answer.out
    assert answer.out.index("Do not borrow") < answer.out.index("1. Stops the loan")


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_sample_is_shown(finance_kit: Command, sample: Path) -> None:
    answer = finance_kit("fix", sample)
    assert answer.code == 0
    assert answer.err == ""
    for word in ("nan", "None", "inf ", "approv"):
        assert word not in answer.out.split()


def test_json_holds_what_the_screen_says(finance_kit: Command) -> None:
    found = finance_kit("fix", WEAK, "--lender", "mm_generic_bank", "--json").json
    assert found["profile_id"] == "mm_generic_bank"
    assert found["refusal"] == ["no_cover_without_loan"]
    kinds = [each["problem"]["kind"] for each in found["problems"]]
    order = ["knock_out", "hold", "unknown", "criterion"]
    assert kinds == sorted(kinds, key=order.index)
    numbers = [fix["number"] for each in found["problems"] for fix in each["fixes"]]
    assert sorted(set(numbers)) == list(range(1, len(set(numbers)) + 1))


def test_a_fix_is_written_to_a_copy_and_flips_the_condition(finance_kit: Command, tmp_path: Path) -> None:
    before = WEAK.read_text("utf-8")
    found = finance_kit("fix", WEAK, "--json").json
    cash = next(each for each in found["problems"] if each["problem"]["fact"] == "cash_shortfall")
    number = str(cash["fixes"][0]["number"])
    target = tmp_path / "mended.yaml"
    assert finance_kit("fix", WEAK, "--apply", number, "--output", target).code == 0
    assert WEAK.read_text("utf-8") == before
    assert target.read_text("utf-8") != before
    again = finance_kit("fix", target, "--json").json
    assert "cash_shortfall" not in [each["problem"]["fact"] for each in again["problems"]]


def test_no_file_is_overwritten(finance_kit: Command, tmp_path: Path) -> None:
    target = tmp_path / "mine.yaml"
    target.write_text("mine", "utf-8")
    answer = finance_kit("fix", WEAK, "--apply", "1", "--output", target)
    assert answer.code == 2
    assert "exists already" in answer.err
    assert target.read_text("utf-8") == "mine"
    assert finance_kit("fix", WEAK, "--apply", "1", "--output", WEAK).code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--lender", "nobody"), 'There is no lender profile "nobody"'),
        (("--apply", "99", "--output", "new.yaml"), "There is no fix number 99"),
        (("--apply", "1"), "go together"),
        (("--output", "new.yaml"), "go together"),
    ],
)
def test_what_cannot_be_done_is_told(finance_kit: Command, arguments: tuple[str, ...], words: str) -> None:
    answer = finance_kit("fix", WEAK, *arguments)
    assert answer.code in (1, 2)
    assert words in answer.err


def test_a_promise_is_not_written_into_a_plan(finance_kit: Command) -> None:
    sample = SAMPLES / "kh-homestay.yaml"
    found = finance_kit("fix", sample, "--json").json
    promise = next(f for each in found["problems"] for f in each["fixes"] if f["steps"][0]["lever"] == "promise")
    assert not promise["applies"]
    answer = finance_kit("fix", sample, "--apply", str(promise["number"]), "--output", "new.yaml")
    assert answer.code == 1
    assert "Get the paper first" in answer.err
