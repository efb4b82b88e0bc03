"""A change does what it says, leaves everything else, and is refused where it does not fit."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from finance_kit.drafts import Change, Document, apply, lookup
from finance_kit.drafts.document import ABSENT
from finance_kit.errors import DraftError
from finance_kit.i18n.catalog import message


def _after(document: Document, *changes: Change) -> Document:
    before = copy.deepcopy(document)
    result = apply(document, changes)
    assert document == before, "the given document was changed"
    return result


def test_a_field_is_set_and_nothing_else_moves(document: Document) -> None:
    result = _after(document, Change("set", "products/@fish0002/price", 41.5))
    assert lookup(result, "products/@fish0002/price") == 41.5
    result["products"][1]["price"] = 40
    assert result == document


def test_a_section_comes_into_being_with_its_first_field_and_goes_with_its_last(document: Document) -> None:
    opened = _after(document, Change("set", "market/place/town", "Kampot"))
    assert opened["market"] == {"place": {"town": "Kampot"}}
    assert _after(opened, Change("set", "market/place/town", None)) == document


def test_a_row_whose_last_field_is_cleared_stays_a_row(document: Document) -> None:
    result = _after(document, Change("set", "products/@rice0001/inputs/@seed0001/name", None))
    assert result["products"][0]["inputs"] == [{"_id": "seed0001"}]


def test_rows_are_added_at_the_end_or_behind_another(document: Document) -> None:
    added = _after(
        document,
        Change("add", "products", {"_id": "salt0003"}),
        Change("add", "products", {"_id": "palm0004"}, after="rice0001"),
        Change("add", "products", {"_id": "corn0005"}, after="notthere"),
    )
    assert [row["_id"] for row in added["products"]] == ["rice0001", "palm0004", "fish0002", "salt0003", "corn0005"]


def test_rows_are_moved_and_removed_by_their_name(document: Document) -> None:
    first = _after(document, Change("move", "products/@fish0002"))
    assert [row["_id"] for row in first["products"]] == ["fish0002", "rice0001"]
    back = _after(first, Change("move", "products/@fish0002", after="rice0001"))
    assert back == document
    assert _after(first, Change("move", "products/@fish0002", after="notthere")) == first
    gone = _after(document, Change("remove", "products/@rice0001"), Change("remove", "products/@fish0002"))
    assert "products" not in gone


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        (Change("set", "products/@gone0000/price", 1), "draft_row_missing", "products/@gone0000/price"),
        (Change("remove", "products/@gone0000"), "draft_row_missing", "products/@gone0000"),
        (Change("add", "products", {"_id": "rice0001"}), "draft_row_exists", "products/@rice0001"),
        (Change("set", "title/words", 1), "draft_not_a_section", "title"),
        (Change("set", "title/words/first", 1), "draft_not_a_section", "title"),
        (Change("add", "title", {"_id": "salt0003"}), "draft_not_a_list", "title"),
    ],
)
def test_a_change_that_does_not_fit_names_its_place(document: Document, change: Change, code: str, path: str) -> None:
    with pytest.raises(DraftError) as caught:
        apply(document, [change])
    assert (caught.value.code, caught.value.params["path"]) == (code, path)
    assert path in message(caught.value)


def test_a_list_has_an_end(document: Document) -> None:
    full = apply(document, [Change("add", "notes", {"_id": f"{number:08}"}) for number in range(500)])
    with pytest.raises(DraftError, match="too_many_entries"):
        apply(full, [Change("add", "notes", {"_id": "onemore0"})])


DEEP: Any = 1
for _ in range(60):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (float("nan"), "not_finite"),
        (float("-inf"), "not_finite"),
        (1.1e15, "number_out_of_range"),
        pytest.param(10**5_000, "too_many_digits", id="5001 digits"),
        ("x" * 20_001, "text_too_long"),
        ([0] * 501, "too_many_entries"),
        ({str(number): 0 for number in range(501)}, "too_many_keys"),
        ({"a": {"b": {1: 2}}}, "key_not_text"),
        ({"\u202e": 1}, "key_not_text"),
        (DEEP, "too_deep"),
        ([[0] * 500] * 200, "too_many_values"),
        ("half \ud800", "broken_character"),
        ({1, 2}, "not_plain_value"),
        (b"bytes", "not_plain_value"),
    ],
)
def test_a_value_that_no_plan_can_hold_is_refused_with_its_field(value: object, code: str) -> None:
    with pytest.raises(DraftError) as caught:
        Change.of({"op": "set", "path": "products/@rice0001/name", "value": value})
    assert (caught.value.code, caught.value.params["path"]) == (code, "products/@rice0001/name")


@pytest.mark.parametrize("text", ["+855\u200e12", "a\x00b", "\u202eabc", "soft\u00adhyphen", "១២៣", "មុខ\u200bម្ហូប"])
def test_a_text_stays_as_it_was_typed(text: str) -> None:
    assert Change.of({"op": "set", "path": "title", "value": text}).value == text


def test_line_ends_of_a_browser_become_plain_ones() -> None:
    change = Change.of({"op": "set", "path": "cluster", "value": {"story": "one\r\ntwo\rthree"}})
    assert change.value == {"story": "one\ntwo\nthree"}


def test_rows_within_a_new_row_get_names() -> None:
    change = Change.of({"op": "add", "path": "products", "value": {"_id": "rice0001", "inputs": [{"name": "Seed"}]}})
    assert change.value["_id"] == "rice0001"
    assert len(change.value["inputs"][0]["_id"]) == 8


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"op": "set"},
        {"op": "drop", "path": "title"},
        {"op": "set", "path": 7},
        {"op": "set", "path": "title", "value": 1, "who": "me"},
        {"op": "add", "path": "products", "value": 1},
        {"op": "add", "path": "products/@rice0001", "value": {}},
        {"op": "remove", "path": "products"},
        {"op": "move", "path": "products/@rice0001", "after": 3},
        {"op": "set", "path": "products/@rice0001", "value": None},
        {"op": "set", "path": "products/@rice0001/_id", "value": "x"},
    ],
)
def test_what_is_no_change_is_refused(data: object) -> None:
    with pytest.raises(DraftError) as caught:
        Change.of(data)
    assert caught.value.code in ("draft_change", "draft_path")
    assert message(caught.value).endswith("Please load the page again.")


@pytest.mark.parametrize(
    "data",
    [
        {"op": "set", "path": "title", "value": "New", "before": "Old"},
        {"op": "set", "path": "title", "value": None, "before": None},
        {"op": "set", "path": "title", "value": False},
        {"op": "add", "path": "products", "value": {"_id": "rice0001"}, "after": None},
        {"op": "remove", "path": "products/@rice0001"},
        {"op": "move", "path": "products/@rice0001", "after": "fish0002"},
    ],
)
def test_a_change_goes_through_json_and_back(data: dict[str, Any]) -> None:
    assert Change.of(data).data() == data
    assert (Change.of(data).before is ABSENT) is ("before" not in data)


def _nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("before", [float("nan"), "\ud800", _nested(900)], ids=["nan", "surrogate", "deep"])
@pytest.mark.parametrize("op", ["set", "remove"])
def test_what_a_field_held_before_is_checked_like_its_value(op: str, before: Any) -> None:
    path = "products/@fish0002" if op == "remove" else "products/@fish0002/price"
    with pytest.raises(DraftError) as as_value:
        Change.of({"op": "set", "path": "products/@fish0002/price", "value": before})
    with pytest.raises(DraftError) as as_before:
        Change.of({"op": op, "path": path, "value": 1, "before": before})
    assert as_before.value.code == as_value.value.code
