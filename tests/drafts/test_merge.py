"""Two people on one plan: nothing that either of them said is lost, and nothing is overwritten in silence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_kit.drafts import Change, Document, apply, difference, lookup, merge
from finance_kit.drafts.document import ABSENT, same
from finance_kit.errors import DraftError

FIELDS = ["title", "period/months", "period/start", "market/place/town", "market/place/buyers", "season"]
IDS = ["rice0001", "fish0002", "salt0003"]
ROW_FIELDS = ["name", "price", "growth/rate"]
SCALARS = st.sampled_from([1, 2.5, True, "words", [1, 2], "0"])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    document: Document = {"schema_version": 1}
    for field in draw(st.lists(st.sampled_from(FIELDS), unique=True)):
        document = apply(document, [Change("set", field, draw(SCALARS))])
    for name in draw(st.lists(st.sampled_from(IDS), unique=True)):
        row: dict[str, Any] = {"_id": name}
        for field in draw(st.lists(st.sampled_from(ROW_FIELDS), unique=True)):
            row = apply(row, [Change("set", field, draw(SCALARS))])
        document = apply(document, [Change("add", "products", row)])
    return document


@st.composite
def edits(draw: st.DrawFn, base: Document, own: str) -> list[Change]:
    """Changes that fit a document, made one after another; ``own`` begins the names of new rows."""
    made: list[Change] = []
    document = base
    for number in range(draw(st.integers(0, 6))):
        rows = [row["_id"] for row in document.get("products", [])]
        kinds = ["set", "add", *(["set row", "remove", "move"] if rows else [])]
        kind = draw(st.sampled_from(kinds))
        row = f"products/@{draw(st.sampled_from(rows))}" if rows else ""
        value = draw(SCALARS | st.none())
        if kind == "set":
            change = Change("set", draw(st.sampled_from(FIELDS)), value)
        elif kind == "add":
            change = Change("add", "products", {"_id": f"{own}{number:07}"}, after=draw(st.sampled_from([None, *rows])))
        elif kind == "set row":
            change = Change("set", f"{row}/{draw(st.sampled_from(ROW_FIELDS))}", value)
        elif kind == "remove":
            change = Change("remove", row)
        else:
            change = Change("move", row, after=draw(st.sampled_from([None, *rows])))
        made.append(change)
        document = apply(document, [change])
    return made


@given(documents(), documents())
def test_the_difference_of_two_documents_leads_from_one_to_the_other(old: Document, new: Document) -> None:
    assert same(apply(old, difference(old, new)), new)


@given(documents(), documents())
def test_a_difference_goes_through_json(old: Document, new: Document) -> None:
    changes = [Change.of(change.data()) for change in difference(old, new)]
    assert same(apply(old, changes), new)


@given(st.data())
def test_neither_side_of_a_merge_is_lost(data: st.DataObject) -> None:
    base = data.draw(documents())
    mine, theirs = data.draw(edits(base, "m")), data.draw(edits(base, "t"))
    wanted, head = apply(base, mine), apply(base, theirs)
    merged = merge(base, head, mine)
    blocked = {conflict.path for conflict in merged.conflicts}

    def is_in_conflict(path: str) -> bool:
        return any(path == each or path.startswith(f"{each}/") or each.startswith(f"{path}/") for each in blocked)

    # Theirs: what they said stands, unless I said otherwise about a field that they had left as it was.
    touched_by_me = {change.path for change in mine}
    for change in difference(base, head):
        if change.op == "set" and change.path not in touched_by_me:
            assert _holds(merged.document, head, change.path), change
        if change.op == "add":
            assert lookup(merged.document, f"{change.path}/@{change.value['_id']}") is not ABSENT
    # Mine: every field stands as I left it, or the conflict about it is told.
    for change in difference(base, wanted):
        if change.op == "set" and not is_in_conflict(change.path):
            assert _holds(merged.document, wanted, change.path), change
        if change.op == "add" and not is_in_conflict(change.path):
            row = f"{change.path}/@{change.value['_id']}"
            assert lookup(merged.document, row) == change.value
        if change.op == "remove" and not is_in_conflict(change.path):
            assert lookup(merged.document, change.path) is ABSENT
    for conflict in merged.conflicts:
        assert same(lookup(merged.document, conflict.path) or None, conflict.theirs or None), conflict


def _holds(document: Document, source: Document, path: str) -> bool:
    return same(lookup(document, path) or None, lookup(source, path) or None)


@given(st.data())
def test_alone_a_merge_is_what_was_done(data: st.DataObject) -> None:
    base = data.draw(documents())
    mine = data.draw(edits(base, "m"))
    merged = merge(base, base, mine)
    assert merged.conflicts == ()
    assert same(merged.document, apply(base, mine))


@given(st.data())
def test_what_a_merge_says_it_did_is_what_it_did(data: st.DataObject) -> None:
    base = data.draw(documents())
    head = apply(base, data.draw(edits(base, "t")))
    merged = merge(base, head, data.draw(edits(base, "m")))
    assert apply(head, merged.applied) == merged.document


@given(st.data())
def test_the_same_changes_a_second_time_change_nothing(data: st.DataObject) -> None:
    base = data.draw(documents())
    mine = [change for change in data.draw(edits(base, "m")) if change.op in ("set", "add")]
    mine = [change for change in mine if lookup(apply(base, mine), change.path) is not ABSENT]
    once = merge(base, base, mine).document
    again = merge(base, once, mine)
    fields = [change.path for change in mine]
    if len(set(fields)) == len(fields):
        assert same(again.document, once)


def test_different_fields_of_one_row_are_both_kept(document: Document) -> None:
    head = apply(document, [Change("set", "products/@rice0001/price", 14)])
    merged = merge(document, head, [Change("set", "products/@rice0001/name", "White rice")])
    row = lookup(merged.document, "products/@rice0001")
    assert (row["price"], row["name"], merged.conflicts) == (14, "White rice", ())


def test_one_field_changed_to_two_things_shows_both_and_the_beginning(document: Document) -> None:
    head = apply(document, [Change("set", "products/@rice0001/price", 14)])
    mine = [Change("set", "products/@rice0001/price", 15), Change("set", "title", "Mill")]
    merged = merge(document, head, mine)
    (conflict,) = merged.conflicts
    assert conflict.data() == {"path": "products/@rice0001/price", "base": 12.5, "theirs": 14, "mine": 15}
    assert lookup(merged.document, "products/@rice0001/price") == 14
    assert merged.document["title"] == "Mill"


def test_both_saying_the_same_is_no_conflict(document: Document) -> None:
    head = apply(document, [Change("set", "title", "Mill")])
    merged = merge(document, head, [Change("set", "title", "Mill")])
    assert (merged.conflicts, merged.applied, merged.document) == ((), (), head)


def test_a_field_that_was_seen_as_it_stands_may_be_changed_from_an_older_base(document: Document) -> None:
    head = apply(document, [Change("set", "title", "Mill")])
    seen = merge(document, head, [Change("set", "title", "Big mill", before="Mill")])
    assert (seen.conflicts, seen.document["title"]) == ((), "Big mill")
    unseen = merge(document, head, [Change("set", "title", "Big mill", before="Rice mill")])
    assert [conflict.theirs for conflict in unseen.conflicts] == ["Mill"]


def test_a_change_in_a_row_that_someone_removed_shows_the_row(document: Document) -> None:
    head = apply(document, [Change("remove", "products/@rice0001")])
    merged = merge(document, head, [Change("set", "products/@rice0001/price", 15)])
    (conflict,) = merged.conflicts
    assert (conflict.path, conflict.theirs) == ("products/@rice0001", None)
    assert conflict.mine == {**document["products"][0], "price": 15}


def test_removing_a_row_that_someone_changed_asks_first(document: Document) -> None:
    head = apply(document, [Change("set", "products/@rice0001/price", 14)])
    merged = merge(document, head, [Change("remove", "products/@rice0001")])
    (conflict,) = merged.conflicts
    assert (conflict.mine, conflict.theirs["price"]) == (None, 14)
    assert merged.document == head


def test_a_row_removed_by_both_is_gone_without_a_word(document: Document) -> None:
    head = apply(document, [Change("remove", "products/@rice0001")])
    merged = merge(document, head, [Change("remove", "products/@rice0001")])
    assert (merged.conflicts, merged.document) == ((), head)


def test_a_row_added_and_filled_in_one_batch_arrives_whole(document: Document) -> None:
    mine = [Change("add", "products", {"_id": "salt0003"}), Change("set", "products/@salt0003/price", 3)]
    merged = merge(document, apply(document, [Change("set", "title", "Mill")]), mine)
    assert merged.document["products"][-1] == {"_id": "salt0003", "price": 3}


def test_a_section_replaced_by_a_value_conflicts_with_a_field_inside_it(document: Document) -> None:
    base = apply(document, [Change("set", "growth/rate", 0.1)])
    head = apply(base, [Change("set", "growth", 0.2)])
    merged = merge(base, head, [Change("set", "growth/per", "month")])
    (conflict,) = merged.conflicts
    assert (conflict.path, conflict.theirs, conflict.mine) == ("growth", 0.2, {"rate": 0.1, "per": "month"})


def test_a_change_of_a_row_that_never_was_is_an_error(document: Document) -> None:
    for change in (Change("set", "products/@gone0000/price", 1), Change("remove", "products/@gone0000")):
        with pytest.raises(DraftError, match="draft_row_missing"):
            merge(document, document, [change])
