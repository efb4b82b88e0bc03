"""check, run and explain, as a leader and as a program would call them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

SAMPLES = ("kh-homestay", "kh-pepper-drying", "mm-dried-fish", "th-pottery-kiln", "vn-coconut-export")
Sample = Callable[[str], Path]


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _numbers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _numbers(inner)
    elif isinstance(value, float):
        yield value


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_passes_its_check(finance_kit: Command, sample: Sample, name: str) -> None:
    answer = finance_kit("check", sample(name), "--json")
    assert answer.code == 0
    assert answer.json["ok"] is True
    assert [issue for issue in answer.json["issues"] if issue["severity"] == "error"] == []


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "mm-dried-fish"])
def test_the_strong_samples_leave_nothing_to_ask(finance_kit: Command, sample: Sample, name: str) -> None:
    answer = finance_kit("check", sample(name))
    assert answer.code == 0
    assert "nothing is missing" in answer.out


@pytest.mark.parametrize("name", SAMPLES)
def test_run_shows_key_figures_and_readiness(finance_kit: Command, sample: Sample, name: str) -> None:
    answer = finance_kit("run", sample(name))
    assert answer.code == 0
    for words in (
        "Key figures",
        "Lowest yearly DSCR",
        "Profit and loss",
        "Cash flow by year",
        "Readiness: Bank",
        "MFI",
    ):
        assert words in answer.out
    assert "nan" not in answer.out.lower().replace("finance", "").replace("financ", "")


@pytest.mark.parametrize("name", SAMPLES)
def test_json_holds_finite_numbers_that_balance(finance_kit: Command, sample: Sample, name: str) -> None:
    found = finance_kit("run", sample(name), "--json").json
    assert all(math.isfinite(number) for number in _numbers(found))
    lines = found["lines"]
    for assets, claims in zip(lines["total_assets"], lines["total_liabilities_equity"], strict=True):
        assert assets == pytest.approx(claims, abs=0.005)


def test_the_weak_sample_says_what_is_wrong(finance_kit: Command, sample: Sample) -> None:
    answer = finance_kit("run", sample("mm-dried-fish"), "--gate")
    assert answer.code == 3
    weak = answer.out.split("What is weak")[1]
    assert "short of money" in weak
    assert "debt service" in weak
    assert "Not ready" in answer.out


def test_a_ready_plan_passes_the_gate(finance_kit: Command, sample: Sample) -> None:
    assert finance_kit("run", sample("kh-pepper-drying"), "--gate").code == 0


def test_explain_shows_formula_inputs_and_places(finance_kit: Command, sample: Sample) -> None:
    answer = finance_kit("explain", sample("kh-pepper-drying"), "revenue", "2028")
    assert answer.code == 0
    assert "units sold x price" in answer.out
    assert "kh-pepper-drying.yaml:" in answer.out


def test_explain_gives_the_same_figure_as_run(finance_kit: Command, sample: Sample) -> None:
    plan = sample("th-pottery-kiln")
    everything = finance_kit("run", plan, "--json").json
    year = everything["years"][1]
    explained = finance_kit("explain", plan, "dscr", year, "--json").json
    assert explained["value"] == everything["indicators"]["dscr"][1]
    cash, due = (item["value"] for item in explained["inputs"][:2])
    assert cash / due == pytest.approx(explained["value"], rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("dscr",), "add a year"),
        (("dscr", "1999"), "has no period"),
        (("no_such_thing", "2028"), "no figure called"),
        (("monthly_dscr", "2028"), "reckoned by month"),
        (("break_even_revenue", "2028-03"), "year"),
    ],
)
def test_explain_says_what_it_needs(
    finance_kit: Command, sample: Sample, arguments: tuple[str, ...], words: str
) -> None:
    answer = finance_kit("explain", sample("kh-pepper-drying"), *arguments)
    assert answer.code in (1, 2)
    assert words in answer.err


@pytest.mark.parametrize("command", ["check", "run", "explain"])
def test_a_missing_file_is_told_in_one_sentence(finance_kit: Command, command: str) -> None:
    extra = ("dscr", "2028") if command == "explain" else ()
    answer = finance_kit(command, "nowhere.yaml", *extra)
    assert answer.code in (1, 2)
    assert "nowhere.yaml" in answer.out + answer.err


def test_a_plan_with_errors_stops_with_one_and_names_lines(
    finance_kit: Command, sample: Sample, tmp_path: Path
) -> None:
    text = sample("th-pottery-kiln").read_text(encoding="utf-8")
    broken = tmp_path / "broken.yaml"
    broken.write_text(text.replace("months: 96", "monhts: 96"), encoding="utf-8")
    answer = finance_kit("run", broken)
    assert answer.code == 1
    assert "broken.yaml:" in answer.err
    assert "monhts" in answer.err


def test_every_figure_that_can_be_explained_is_listed(finance_kit: Command) -> None:
    answer = finance_kit("explain", "--list")
    assert answer.code == 0
    names = [line.split()[0] for line in answer.out.splitlines()]
    assert {"revenue", "cash", "dscr", "min_dscr", "project_npv"} <= set(names)
    assert len(names) == len(set(names))
