"""One call reads, validates and checks a plan file, and tells all that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

import finance_kit.plan
from finance_kit.errors import PlanError
from finance_kit.i18n.catalog import message
from finance_kit.plan.load import load, load_text, read_plan

FIXTURES = Path(__file__).parent / "fixtures"
FULL = FIXTURES / "full.yaml"


def test_a_sound_plan_is_loaded_without_issues() -> None:
    loaded = load(FULL)
    assert loaded.usable
    assert loaded.issues == ()
    assert loaded.plan == read_plan(FULL)
    assert loaded.source.data["title"] == "Drying and packing of pepper"


def test_a_plan_with_warnings_only_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(FULL.read_text("utf-8").replace("months: 60", "months: 35"), "utf-8")
    assert read_plan(path).period.months == 35
    assert {issue.severity for issue in load(path).issues} == {"warning"}


def test_errors_stop_the_reading_and_bring_warnings_along(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    text = FULL.read_text("utf-8").replace("months: 60", "months: 35").replace("    volume_per_year: 12000\n", "")
    path.write_text(text, "utf-8")
    with pytest.raises(PlanError) as caught:
        read_plan(path)
    assert {"volume_missing", "plan_short"} <= {issue.code for issue in caught.value.issues}
    errors = [issue for issue in caught.value.issues if issue.severity == "error"]
    assert caught.value.params["count"] == len(errors) == 1
    assert "1 error" in message(caught.value)
    assert load(path).plan is not None


def test_a_plan_that_does_not_fit_the_schema_is_not_checked_further() -> None:
    text = (
        FULL.read_text("utf-8").replace("title: Drying and packing of pepper\n", "").replace("months: 60", "months: 35")
    )
    loaded = load_text(text, "plan.yaml")
    assert loaded.plan is None
    assert [issue.code for issue in loaded.issues] == ["missing_field"]
    assert loaded.errors == loaded.issues


def test_a_missing_file_is_an_issue_and_no_traceback(tmp_path: Path) -> None:
    loaded = load(tmp_path / "nothing.yaml")
    assert loaded.plan is None
    assert [issue.code for issue in loaded.issues] == ["file_missing"]
    with pytest.raises(PlanError):
        read_plan(tmp_path / "nothing.yaml")


def test_faults_of_form_and_of_values_are_told_together() -> None:
    text = FULL.read_text("utf-8").replace(
        "keeps_books: monthly_accounts", "keeps_books: monthly_accounts\n  name: Again"
    )
    loaded = load_text(text.replace("depth: full", "depth: deep"), "plan.yaml")
    assert loaded.plan is None
    assert {"duplicate_key", "not_a_choice"} <= {issue.code for issue in loaded.issues}


def test_the_package_offers_what_it_lists() -> None:
    for name in finance_kit.plan.__all__:
        assert getattr(finance_kit.plan, name) is not None
    with pytest.raises(AttributeError):
        _ = finance_kit.plan.nothing_of_that_name
