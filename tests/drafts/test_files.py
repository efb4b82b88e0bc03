"""Documents come from plan files and become plan files, letter for letter and cent for cent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_kit.drafts import apply, loaded, new_document, plain, plan_text, read_text
from finance_kit.drafts.changes import Change
from finance_kit.plan.load import load
from finance_kit.plan.yaml_characters import FORBIDDEN
from finance_kit.plan.yaml_source import parse
from finance_kit.resources import sample_plans

SAMPLES = [pytest.param(path, id=path.stem) for path in sample_plans()]
TEXTS = st.text(max_size=30).filter(lambda text: not FORBIDDEN.search(text))
TRICKY = st.sampled_from(
    ["no", "12:30", "1_000", "0x1F", "007", "1e5", "~", "null", "true", "- a", "a: b", "#", " x", "x ", "a\n", "\n",
     "\na", "a\n\n", "  a\nb", "a \nb", "'", '"', "%", "@", "!x", "&x", "*x", "---", "...", "|", ">", "?", ",", "[",
     "{x}", "<<", "=", "១២៣", "ข้าว\u200bหอม", "2027-01", "+855 12", "a\tb\nc", "-", "x" * 300 + " " + "y" * 300]
)  # fmt: skip
NUMBERS = st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15) | st.just(-0.0)
DATA = st.dictionaries(
    TEXTS | TRICKY,
    st.recursive(
        st.none() | st.booleans() | NUMBERS | TEXTS | TRICKY,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS | TRICKY, inner, max_size=4),
        max_leaves=10,
    ),
    min_size=1,
)


@pytest.mark.parametrize("path", SAMPLES)
def test_a_sample_opens_as_a_document_and_says_the_same(path: Path) -> None:
    document, issues = read_text(path.read_text("utf-8"), path.name)
    assert document is not None
    from_file, from_document = load(path), loaded(document, path.name)
    assert from_document.plan == from_file.plan
    assert from_document.plan is not None
    assert sorted((issue.code, issue.where.path) for issue in issues) == sorted(
        (issue.code, issue.where.path) for issue in from_document.issues
    )
    assert {issue.where.line for issue in from_document.issues} <= {None}


@pytest.mark.parametrize("path", SAMPLES)
def test_a_sample_becomes_a_plan_file_that_says_the_same(path: Path) -> None:
    document, _ = read_text(path.read_text("utf-8"), path.name)
    assert document is not None
    text = plan_text(document)
    again, issues = read_text(text, "again.yaml")
    assert plain(again) == plain(document)
    assert not [issue for issue in issues if issue.severity == "error"]
    assert "_id" not in text


@given(DATA)
def test_any_data_is_written_so_that_it_reads_the_same(data: dict[str, Any]) -> None:
    source = parse(plan_text(new_document(data)), "plan.yaml")
    assert source.issues == ()
    assert source.data == data


def test_a_plan_file_is_in_the_order_of_the_form() -> None:
    document = new_document(
        {"notes": ["a note"], "odd": 1, "products": [{"price": 1, "name": "Rice"}], "title": "Mill"}
    )
    assert plan_text(document).splitlines() == [
        "title: Mill",
        "products:",
        "  - name: Rice",
        "    price: 1",
        "notes:",
        "  - a note",
        "odd: 1",
    ]


def test_amounts_are_not_rounded_on_the_way() -> None:
    document = new_document({"a": 12345678901234.56, "b": 0.1, "c": 1e-05, "d": 1_000_000.0})
    assert plan_text(document).splitlines() == ["a: 12345678901234.56", "b: 0.1", "c: 1e-05", "d: 1000000"]


def test_json_is_read_by_the_same_rules() -> None:
    document, issues = read_text(json.dumps({"title": "Mill", "pricee": 1}), "plan.json")
    assert plain(document) == {"title": "Mill", "pricee": 1}
    assert ("unknown_field", "pricee") in [(issue.code, issue.where.path) for issue in issues]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "file_empty"), ("a: [", "yaml_syntax"), ("a: 1\na: 2", "duplicate_key"), ("- 1", "not_a_section"),
     ("words", "not_a_section"), ("a: &x 1", "yaml_anchor"), ("a: !!python/name:os.system", "yaml_tag")],
)  # fmt: skip
def test_a_file_that_is_no_plan_gives_no_document(text: str, code: str) -> None:
    document, issues = read_text(text, "plan.yaml")
    assert document is None
    assert code in [issue.code for issue in issues]


def test_what_could_not_be_read_stays_as_typed_and_is_complained_about_at_its_field() -> None:
    sample, _ = read_text(sample_plans()[0].read_text("utf-8"), "sample")
    assert sample is not None
    row = sample["products"][0]["_id"]
    typed = apply(sample, [Change("set", f"products/@{row}/price", "twelve"), Change("set", "titel", "Mill")])
    issues = {issue.where.path: issue for issue in loaded(typed, "plan").issues if issue.severity == "error"}
    assert set(issues) == {"products.0.price", "titel"}
    assert issues["products.0.price"].code in ("not_a_number", "wrong_kind")
    assert issues["titel"].params["nearest"] == "title"
    assert typed["products"][0]["price"] == "twelve"


@pytest.mark.parametrize(
    ("value", "code"),
    [("a\u202eb", "direction_control"), ("a\x1bb", "control_character"), ("a\u2060b", "invisible_character"),
     (float("inf"), "not_finite"), (2e15, "number_out_of_range"), ("x" * 20_001, "text_too_long")],
)  # fmt: skip
def test_hostile_values_are_named_with_their_place(value: object, code: str) -> None:
    result = loaded({"title": "Mill", "cluster": {"name": value}}, "plan")
    assert result.plan is None
    assert (code, "cluster.name") in [(issue.code, issue.where.path) for issue in result.issues]


def test_a_text_may_have_the_line_ends_of_a_browser() -> None:
    sample, _ = read_text(sample_plans()[0].read_text("utf-8"), "sample")
    assert sample is not None
    result = loaded({**sample, "origin": "one\r\ntwo"}, "plan")
    assert result.plan is not None
    assert result.plan.origin == "one\ntwo"


def test_endless_nesting_ends_reading() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    data = {"notes": deep}
    try:
        result = loaded_without_copy(data)
        assert [issue.code for issue in result.issues] == ["too_deep"]
    finally:
        while deep:  # taken apart by hand: the interpreter would follow it down
            deep = deep.pop()


def loaded_without_copy(data: Any) -> Any:
    from finance_kit.plan.load import load_data

    return load_data(data, "plan")
