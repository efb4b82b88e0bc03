"""The form asks for every field of the schema, in words, and a plan goes through it unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from finance_kit import drafts
from finance_kit.forms.schema_form import Field, Node, Rows, form_of, walk
from finance_kit.forms.state import listed, plan_state
from finance_kit.forms.steps import FIRST, FULL_STEPS, NOT_ASKED, PROFILE_STEPS, step_nodes
from finance_kit.forms.typed import copy_of_row, field_at, typed_changes, typed_step
from finance_kit.forms.view import FieldView, Here, fields_of, step_view
from finance_kit.i18n.catalog import messages
from finance_kit.plan.base import Growth
from finance_kit.plan.schema import Plan
from finance_kit.resources import sample_plan

SAMPLES = ["kh-homestay", "kh-pepper-drying", "mm-dried-fish", "th-pottery-kiln", "vn-coconut-export"]


def _leaves(schema: dict[str, Any], node: dict[str, Any], path: str) -> Iterator[str]:
    """Paths of all plain values of a JSON Schema: an independent reading of the same models."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        if name == "Growth":
            yield path
            return
        node = schema["$defs"][name]
    if "properties" in node:
        for name, inner in node["properties"].items():
            yield from _leaves(schema, inner, f"{path}/{name}" if path else name)
    elif "anyOf" in node and any("$ref" in each or each.get("type") == "array" for each in node["anyOf"]):
        for each in node["anyOf"]:
            if each.get("type") != "null":
                yield from _leaves(schema, each, path)
    elif node.get("type") == "array" and "$ref" in node["items"]:
        yield from _leaves(schema, node["items"], f"{path}/*")
    else:
        yield path


def test_the_full_form_reaches_every_field_of_the_schema_once() -> None:
    schema = Plan.model_json_schema()
    expected = sorted(path for path in set(_leaves(schema, schema, "")) if path not in NOT_ASKED)
    reached = sorted(path for step in FULL_STEPS for path, _ in walk(step_nodes(step)))
    assert reached == expected


def test_a_profile_asks_in_five_steps_and_a_full_plan_in_about_fifteen() -> None:
    assert len(PROFILE_STEPS) == 5
    assert 14 <= len(FULL_STEPS) <= 17
    keys = [key for step in FULL_STEPS for key in step.keys]
    assert {key for step in PROFILE_STEPS for key in step.keys} <= set(keys)


def test_fields_that_are_open_at_once_exist() -> None:
    parts: dict[str, set[str]] = {}

    def collect(nodes: tuple[Node, ...], path: str) -> None:
        for node in nodes:
            if not isinstance(node, Field):
                here = f"{path}/{node.name}".lstrip("/") + ("/*" if isinstance(node, Rows) else "")
                parts[here] = {inner.name for inner in node.nodes}
                collect(node.nodes, here)

    collect(form_of(Plan), "")
    assert {pattern: set(names) - parts[pattern] for pattern, names in FIRST.items()} == {
        pattern: set() for pattern in FIRST
    }


def test_every_choice_has_a_word() -> None:
    missing = [
        f"choice_{field.name}_{choice}"
        for model in (Plan, Growth)
        for _, field in walk(form_of(model))
        for choice in field.choices
        if f"choice_{field.name}_{choice}" not in messages()
    ]
    assert missing == []


@pytest.mark.parametrize("language", ["en", "vi", "km"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_typed_in_again_is_the_same_plan(name: str, language: str) -> None:
    """Every text that a form shows, typed into a plan with the rows alone, gives the same data to the last digit."""
    document, issues = drafts.read_text(sample_plan(name).read_text("utf-8"), name)
    assert document is not None, issues
    here = Here(document, {}, language, "full")
    retyped: list[drafts.Change] = []
    for step in FULL_STEPS:
        for view in fields_of(step_view(step, here)):
            typed: Any = list(view.texts) if view.texts else list(view.ticked) if view.ticked else view.text
            if typed and typed != [""] * 12:
                retyped.append(drafts.Change("set", view.path, typed))
    empty = _without_values(document)
    again = drafts.apply(empty, typed_changes(retyped, empty, language).changes)
    assert _stripped(drafts.plain(again)) == _stripped(drafts.plain(document))


def _without_values(value: Any) -> Any:
    """The rows of a document, and the two keys that are not asked for."""
    if isinstance(value, dict):
        kept = {key: _without_values(each) for key, each in value.items()}
        plain = {key: each for key, each in value.items() if key in ("_id", *NOT_ASKED)}
        return {key: each for key, each in kept.items() if each is not None and each != {}} | plain
    rows = isinstance(value, list) and all(isinstance(each, dict) for each in value)
    return [_without_values(each) for each in value] if rows else None


def _stripped(value: Any) -> Any:
    """The same with the spaces and line ends at the end of texts taken away, which no reader of a plan sees."""
    if isinstance(value, dict):
        return {key: _stripped(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_stripped(each) for each in value]
    return value.strip() if isinstance(value, str) else value


@pytest.mark.parametrize("name", SAMPLES)
def test_sending_every_step_unchanged_changes_nothing(name: str) -> None:
    document, _ = drafts.read_text(sample_plan(name).read_text("utf-8"), name)
    assert document is not None
    for step in FULL_STEPS:
        views = step_view(step, Here(document, {}, "en", "full"))
        sent = {view.path: _sent(view) for view in fields_of(views)}
        assert typed_step(views, sent, document, "en").changes == ()


def _sent(view: FieldView) -> list[str]:
    if view.field.kind == "season":
        return list(view.texts)
    if view.field.kind == "months_of_year":
        return ["", *(str(month) for month in view.ticked)]
    return [view.text.replace("\n", "\r\n")]


@pytest.mark.parametrize(
    ("held", "part", "typed", "whole"),
    [
        (None, "rate", "3 %", 0.03),
        (0.03, "rate", "4", 0.04),
        (0.03, "rate", "", None),
        (0.03, "per", "month", {"rate": 0.03, "per": "month"}),
        ({"rate": 0.01, "per": "month"}, "rate", "2 %", {"rate": 0.02, "per": "month"}),
        ({"rate": 0.01}, "rate", "2 %", {"rate": 0.02}),
        (None, "by_year", "3 %; 4 %", {"by_year": [0.03, 0.04]}),
        (None, "rate", "soon", {"rate": "soon"}),
    ],
)
def test_a_growth_is_a_bare_rate_until_more_is_said(held: Any, part: str, typed: str, whole: Any) -> None:
    row = {"_id": "aaaaaaaa", "name": "Pepper"} | ({} if held is None else {"price_growth": held})
    document = {"products": [row]}
    change = drafts.Change("set", f"products/@aaaaaaaa/price_growth/{part}", typed)
    made = drafts.apply(document, typed_changes([change], document, "en").changes)
    assert made["products"][0].get("price_growth") == whole


def test_a_copied_row_has_names_of_its_own_at_both_levels() -> None:
    row = {"_id": "aaaaaaaa", "name": "Pepper", "inputs": [{"_id": "bbbbbbbb", "name": "Fresh"}], "season": [1, 2]}
    copied = copy_of_row(row)
    assert copied["_id"] != "aaaaaaaa"
    assert copied["inputs"][0]["_id"] != "bbbbbbbb"
    assert drafts.plain([copied]) == drafts.plain([row])


@pytest.mark.parametrize("path", ["nothing", "cluster/name/first", "products/@aaaaaaaa/prise", "_id"])
def test_a_path_that_the_schema_does_not_have_is_no_field(path: str) -> None:
    assert field_at(path) is None


def test_where_a_product_or_a_tax_regime_is_named_the_known_ones_are_offered() -> None:
    document = {
        "cluster": {"country": "KH"},
        "products": [{"_id": "aaaaaaaa", "name": "Pepper"}, {"_id": "bbbbbbbb", "name": ["no name"]}],
        "buyers": [{"_id": "cccccccc"}],
        "tax": {"payment_lag_months": 3},
    }
    here = Here(document, {}, "en", "full")
    offered = {
        view.path: [each.value for each in view.suggestions]
        for step in FULL_STEPS
        for view in fields_of(step_view(step, here))
        if view.suggestions
    }
    assert offered["buyers/@cccccccc/product"] == ["Pepper"]
    assert "kh_standard" in offered["tax/regime"]


HOSTILE: list[Any] = [
    None,
    True,
    7,
    -1.5,
    "x",
    "",
    [],
    [1, "a", None],
    {},
    {"_id": 3},
    [{"_id": "aaaaaaaa"}],
    [[]],
    "\x00",
]


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_a_document_with_anything_anywhere_is_shown_and_checked(value: Any) -> None:
    """A plan file from elsewhere may hold a text where rows belong and rows where a text belongs."""
    document, _ = drafts.read_text(sample_plan("mm-dried-fish").read_text("utf-8"), "plan")
    assert document is not None
    spoilt = [(key, document | {key: value}) for key in document]
    first, *others = document["products"]
    spoilt += [("products", document | {"products": [first | {key: value}, *others]}) for key in first if key != "_id"]
    for key, data in spoilt:
        made = drafts.new_document(data)
        state = plan_state(made, drafts.loaded(made, "plan"))
        for step in (each for each in FULL_STEPS if key in each.keys):
            listed(step_view(step, Here(made, state.problems, "en", state.depth)))
