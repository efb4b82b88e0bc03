"""Rows get names, names are taken away again, and issues find their fields."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_kit.drafts import Document, field_path, lookup, new_document, plain
from finance_kit.drafts.document import ABSENT, join_path, key_step, split_path, step_key
from finance_kit.errors import DraftError
from finance_kit.plan.load import load
from finance_kit.resources import sample_plans

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=6).filter(lambda key: key != "_id"), VALUES))
def test_taking_the_names_of_rows_away_gives_back_what_was_there(data: dict[str, Any]) -> None:
    assert plain(new_document(data)) == data


def test_rows_of_one_list_never_share_a_name() -> None:
    rows = new_document({"products": [{"_id": "same0000"}, {"_id": "same0000"}, {"_id": "no id"}, {}]})["products"]
    assert rows[0]["_id"] == "same0000"
    assert len({row["_id"] for row in rows}) == 4
    assert all(len(row["_id"]) == 8 for row in rows)


def test_only_a_mapping_is_a_plan() -> None:
    with pytest.raises(DraftError, match="draft_not_a_plan"):
        new_document(["products"])


@pytest.mark.parametrize(
    ("dotted", "path"),
    [
        ("period.months", "period/months"),
        ("products.0.price", "products/@rice0001/price"),
        ("products.0.inputs.0.name", "products/@rice0001/inputs/@seed0001/name"),
        ("products.0.season.3", "products/@rice0001/season"),
        ("products.7.price", "products"),
        ("market.competition", "market/competition"),
        ("", ""),
    ],
)
def test_the_place_of_an_issue_becomes_the_path_of_a_field(document: Document, dotted: str, path: str) -> None:
    document["products"][0]["season"] = [1] * 12
    assert field_path(document, dotted) == path


def test_every_value_of_the_samples_is_found_under_the_path_of_its_place() -> None:
    for sample in sample_plans():
        source = load(sample).source
        document = new_document(source.data)
        places = [place for place in source.positions if place and not isinstance(place[-1], int)]
        assert len(places) > 300
        for place in places:
            value: Any = source.data
            for step in place:
                value = value[step]
            assert plain(lookup(document, field_path(document, ".".join(map(str, place))))) == value


@given(st.lists(st.text(max_size=6).filter(lambda key: key != "_id"), min_size=1, max_size=5))
def test_any_key_of_a_strangers_file_can_be_named_in_a_path(keys: list[str]) -> None:
    steps = split_path(join_path(tuple(map(key_step, keys))))
    assert [step_key(step) for step in steps] == keys


@pytest.mark.parametrize(
    "path", ["", "/title", "title/", "@rice0001", "products/@", "products/@../x", "a/_id", "a/" * 50]
)
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(DraftError) as caught:
        lookup({}, path)
    assert caught.value.code == "draft_path"


def test_what_is_not_stated_is_absent(document: Document) -> None:
    assert lookup(document, "products/@nobody00/price") is ABSENT
    assert lookup(document, "title/words") is ABSENT
