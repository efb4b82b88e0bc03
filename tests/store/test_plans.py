"""A plan is made, found by those who may see it, changed, brought back, and deleted for good; on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text, update

from finance_kit.drafts import Change
from finance_kit.errors import DraftError, StoreError
from finance_kit.store import Conflicted, Saved, Store, plans, shares, users
from finance_kit.store.tables_plans import PlanRow, Revision
from finance_kit.store.values import now
from tests.store.saving import document_of, save_as, set_to

TABLES = ("plans", "revisions", "batches", "shares", "jobs", "job_files", "exports")


def _rows(store: Store, *tables: str) -> dict[str, int]:
    with store.session() as session:
        return {name: session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}  # noqa: S608


def test_a_plan_comes_back_as_it_was_given(store: Store, sokha: str, document: dict[str, Any]) -> None:
    with store.session() as session:
        made = plans.create(session, sokha, document)
    with store.session() as session:
        found = plans.get(session, made.id, sokha)
    assert found == made
    assert found is not None
    assert (found.document, found.title, found.country) == (document, "Rice mill", "KH")
    assert (found.revision, found.role, found.owner_name) == (1, "owner", "Sokha")


@pytest.mark.parametrize("amount", [12345678901234.56, 0.1, 0.1 + 0.2, 1e-07, 999999999999999, -0.005, 1e15, 4000])
def test_amounts_are_never_rounded_again(store: Store, sokha: str, plan_id: str, amount: float) -> None:
    save_as(store, plan_id, sokha, 1, "b", set_to("products/@rice0001/price", amount))
    kept = document_of(store, plan_id, sokha)["products"][0]["price"]
    assert (repr(kept), type(kept)) == (repr(amount), type(amount))


def test_texts_come_back_letter_for_letter(store: Store, sokha: str, plan_id: str) -> None:
    words = "ស្រូវ\u200bស្រូវ ဆန် ข้าว gạo \U0001f33e \u202e\x00 \t\nend'; DROP TABLE plans; --"
    save_as(store, plan_id, sokha, 1, "b", set_to("title", words))
    with store.session() as session:
        plan = plans.get(session, plan_id, sokha)
    assert plan is not None
    assert plan.document["title"] == words
    assert plan.title == "ស្រូវ\u200bស្រូវ ဆန် ข้าว gạo \U0001f33e end'; DROP TABLE plans; --"


def test_a_change_makes_one_new_version(store: Store, sokha: str, plan_id: str, document: dict[str, Any]) -> None:
    answer = save_as(store, plan_id, sokha, 1, "b1", set_to("title", "Mill"), set_to("period/months", 36))
    assert isinstance(answer, Saved)
    assert (answer.revision, answer.merged, answer.again) == (2, (), False)
    assert document_of(store, plan_id, sokha) == {**document, "title": "Mill", "period": {"months": 36}}
    with store.session() as session:
        lines = plans.versions(session, plan_id, sokha)
        assert plans.of(session, sokha)[0].title == "Mill"
    assert [(line.number, line.kind, line.by, line.paths) for line in lines] == [
        (2, "changed", "Sokha", ("title", "period/months")),
        (1, "created", "Sokha", ()),
    ]


def test_different_fields_changed_by_two_are_both_kept(store: Store, sokha: str, dara: str, plan_id: str) -> None:
    with store.session() as session:
        shares.with_person(session, plan_id, sokha, dara, "editor", now())
    save_as(store, plan_id, dara, 1, "theirs", set_to("products/@rice0001/price", 14))
    answer = save_as(store, plan_id, sokha, 1, "mine", set_to("title", "Mill"))
    assert isinstance(answer, Saved)
    assert [change.data() for change in answer.merged] == [
        {"op": "set", "path": "products/@rice0001/price", "value": 14, "before": 12.5}
    ]
    document = document_of(store, plan_id, dara)
    assert (document["title"], document["products"][0]["price"]) == ("Mill", 14)


def test_one_field_changed_by_two_shows_both_sides_and_saves_the_rest(
    store: Store, sokha: str, dara: str, plan_id: str
) -> None:
    with store.session() as session:
        shares.with_person(session, plan_id, sokha, dara, "editor", now())
    save_as(store, plan_id, dara, 1, "theirs", set_to("title", "Dara's mill"))
    save_as(store, plan_id, sokha, 2, "other", set_to("period/months", 48))
    answer = save_as(store, plan_id, sokha, 1, "mine", set_to("title", "Mill"), set_to("notes", ["kept"]))
    assert isinstance(answer, Conflicted)
    (conflict,) = answer.data()["conflicts"]
    assert {key: conflict[key] for key in ("path", "base", "theirs", "mine", "by")} == {
        "path": "title",
        "base": "Rice mill",
        "theirs": "Dara's mill",
        "mine": "Mill",
        "by": "Dara",
    }
    document = document_of(store, plan_id, sokha)
    assert (answer.revision, document["title"], document["notes"]) == (4, "Dara's mill", ["kept"])


@pytest.mark.parametrize("conflicting", [False, True])
def test_a_batch_that_comes_again_gets_the_same_answer_and_does_nothing(
    store: Store, sokha: str, plan_id: str, conflicting: bool
) -> None:
    save_as(store, plan_id, sokha, 1, "first", set_to("title" if conflicting else "notes", "x"))
    row = Change("add", "products", {"_id": "salt0003", "season": [1] * 12})
    first = save_as(store, plan_id, sokha, 1, "b", set_to("title", "Mill"), row)
    save_as(store, plan_id, sokha, first.revision, "later", set_to("products/@salt0003/price", 3))
    again = save_as(store, plan_id, sokha, 1, "b", set_to("title", "Mill"), row)
    assert again.again
    assert again.data() == first.data()
    assert isinstance(first, Conflicted) is conflicting
    document = document_of(store, plan_id, sokha)
    assert [each["_id"] for each in document["products"]].count("salt0003") == 1
    assert document["products"][2]["price"] == 3


def test_one_person_does_not_fill_the_disk_with_plans(
    store: Store, sokha: str, dara: str, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "MOST_PLANS", 2)
    with store.session() as session:
        plans.create(session, sokha, {"title": "Second"})
        plans.bin(session, plan_id, sokha)
    with pytest.raises(StoreError, match="plan_too_many"), store.session() as session:
        plans.create(session, sokha, {"title": "Third"})
    with store.session() as session:
        plans.create(session, dara, {"title": "Hers"})
    assert _rows(store, "plans") == {"plans": 3}


def test_saying_what_stands_already_makes_no_version(store: Store, sokha: str, plan_id: str) -> None:
    answer = save_as(store, plan_id, sokha, 1, "b", set_to("title", "Rice mill"))
    assert (answer.revision, _rows(store, "revisions")) == (1, {"revisions": 1})


@pytest.mark.parametrize(
    ("base", "batch", "change", "code"),
    [
        (2, "b", set_to("title", "x"), "draft_base_unknown"),
        (0, "b", set_to("title", "x"), "draft_base_unknown"),
        (True, "b", set_to("title", "x"), "draft_base_unknown"),
        (1, "", set_to("title", "x"), "draft_batch"),
        (1, "b" * 65, set_to("title", "x"), "draft_batch"),
        (1, "b", set_to("products/@gone0000/price", 1), "draft_row_missing"),
        (1, "b", set_to("title", float("nan")), "not_finite"),
        (1, "b", {"op": "set", "path": ""}, "draft_path"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_saved(
    store: Store, sokha: str, plan_id: str, base: int, batch: str, change: Any, code: str
) -> None:
    with pytest.raises(DraftError) as caught:
        save_as(store, plan_id, sokha, base, batch, set_to("notes", ["first"]), change)
    assert caught.value.code == code
    assert _rows(store, "revisions", "batches") == {"revisions": 1, "batches": 0}


def test_a_plan_that_grows_beyond_a_plan_file_is_refused(store: Store, sokha: str, plan_id: str) -> None:
    long = [{"_id": f"{number:08}", "text": "x" * 20_000} for number in range(300)]
    with pytest.raises(DraftError, match="draft_too_large"):
        save_as(store, plan_id, sokha, 1, "b", *(Change("add", "risks", row) for row in long))
    assert _rows(store, "revisions") == {"revisions": 1}


def test_too_many_changes_at_once_are_refused(store: Store, sokha: str, plan_id: str) -> None:
    with pytest.raises(DraftError, match="draft_too_many_changes"):
        save_as(store, plan_id, sokha, 1, "b", *[set_to("title", "x")] * 2_001)


# ------------------------------------------------------------------------------------------------------- who may what


def test_nobody_else_sees_or_changes_a_plan(store: Store, dara: str, plan_id: str) -> None:
    with store.session() as session:
        assert plans.get(session, plan_id, dara) is None
        assert plans.version(session, plan_id, dara, 1) is None
        assert plans.of(session, dara) == []
    calls: list[Any] = [
        lambda s: plans.save(s, plan_id, dara, 1, "b", [set_to("title", "x")]),
        lambda s: plans.versions(s, plan_id, dara),
        lambda s: plans.restore(s, plan_id, dara, 1),
        lambda s: plans.bin(s, plan_id, dara),
        lambda s: plans.hand_to(s, plan_id, dara, None),
        lambda s: shares.of_plan(s, plan_id, dara),
        lambda s: shares.with_person(s, plan_id, dara, dara, "editor", now()),
    ]
    for call in calls:
        with pytest.raises(StoreError, match="plan_not_found"), store.session() as session:
            call(session)
    assert _rows(store, "plans", "revisions", "shares") == {"plans": 1, "revisions": 1, "shares": 0}


def test_a_viewer_sees_and_cannot_change(store: Store, sokha: str, dara: str, plan_id: str) -> None:
    with store.session() as session:
        shares.with_person(session, plan_id, sokha, dara, "viewer", now())
        found = plans.get(session, plan_id, dara)
        assert found is not None
        assert found.role == "viewer"
        assert [line.role for line in plans.of(session, dara)] == ["viewer"]
    with pytest.raises(StoreError, match="plan_not_found"):
        save_as(store, plan_id, dara, 1, "b", set_to("title", "x"))


def test_an_administrator_sees_no_plan_by_being_one(store: Store, dara: str, plan_id: str) -> None:
    with store.session() as session:
        users.set_role(session, dara, "administrator")
        assert plans.get(session, plan_id, dara) is None


# --------------------------------------------------------------------------------------------------- versions and bin


def test_an_earlier_version_comes_back_as_a_new_one(
    store: Store, sokha: str, plan_id: str, document: dict[str, Any]
) -> None:
    save_as(store, plan_id, sokha, 1, "b1", set_to("title", "Mill"), Change("remove", "products/@rice0001"))
    save_as(store, plan_id, sokha, 2, "b2", set_to("title", "Big mill"))
    with store.session() as session:
        answer = plans.restore(session, plan_id, sokha, 1)
        assert plans.versions(session, plan_id, sokha)[0].kind == "restored"
        middle = plans.version(session, plan_id, sokha, 2)
        with pytest.raises(StoreError, match="version_not_found"):
            plans.restore(session, plan_id, sokha, 9)
    assert answer.revision == 4
    assert document_of(store, plan_id, sokha) == document
    assert middle is not None
    assert middle.document["title"] == "Mill"


def test_what_was_saved_from_before_a_restoring_is_merged_with_it(store: Store, sokha: str, plan_id: str) -> None:
    save_as(store, plan_id, sokha, 1, "b1", set_to("title", "Mill"))
    with store.session() as session:
        plans.restore(session, plan_id, sokha, 1)
    answer = save_as(store, plan_id, sokha, 2, "b2", set_to("title", "Big mill"), set_to("notes", ["n"]))
    assert isinstance(answer, Conflicted)
    document = document_of(store, plan_id, sokha)
    assert (document["title"], document["notes"]) == ("Rice mill", ["n"])


def test_versions_are_in_order_of_number_whatever_the_clock_says(
    store: Store, sokha: str, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = now()
    for number, jump in enumerate((400, -3, 0, -400), 1):
        monkeypatch.setattr("finance_kit.store.saving.now", lambda jump=jump: moment + timedelta(days=jump))
        answer = save_as(store, plan_id, sokha, number, f"b{number}", set_to("title", f"Mill {number}"))
        assert answer.revision == number + 1
        assert document_of(store, plan_id, sokha)["title"] == f"Mill {number}"
    with store.session() as session:
        numbers = [line.number for line in plans.versions(session, plan_id, sokha)]
    assert numbers == [5, 4, 3, 2, 1]


def test_the_bin_hides_a_plan_and_gives_it_back(store: Store, sokha: str, dara: str, plan_id: str) -> None:
    with store.session() as session:
        shares.with_person(session, plan_id, sokha, dara, "editor", now())
        plans.bin(session, plan_id, sokha)
    with store.session() as session:
        assert plans.get(session, plan_id, sokha) is None
        assert plans.get(session, plan_id, dara, binned=True) is None
        assert plans.get(session, plan_id, sokha, binned=True) is not None
        assert (plans.of(session, sokha), plans.of(session, dara)) == ([], [])
        assert [line.id for line in plans.binned(session, sokha)] == [plan_id]
    with pytest.raises(StoreError, match="plan_not_found"):
        save_as(store, plan_id, sokha, 1, "b", set_to("title", "x"))
    with store.session() as session:
        plans.unbin(session, plan_id, sokha)
        assert plans.get(session, plan_id, dara) is not None


def test_what_is_deleted_cannot_be_read_in_the_file(sqlite_store: Store, document: dict[str, Any]) -> None:
    words = "kept-in-plain-sight"
    with sqlite_store.session() as session:
        owner = users.create(session, words, "hash")
        plans.create(session, owner.id, {**document, "title": words})
    assert sqlite_store.file is not None
    folder = sqlite_store.file.parent
    assert any(words.encode() in path.read_bytes() for path in folder.iterdir() if path.is_file())
    from finance_kit.store import own_data

    with sqlite_store.session() as session:
        own_data.delete_all(session, owner.id)
    sqlite_store.close()  # the last one out brings the log into the file
    assert not any(words.encode() in path.read_bytes() for path in folder.iterdir() if path.is_file())


# ---------------------------------------------------------------------------------------------------------- integrity


def test_a_version_that_is_not_what_was_written_is_never_shown(store: Store, sokha: str, plan_id: str) -> None:
    with store.session() as session:
        session.execute(update(Revision).values(sha256="0" * 64))
    with pytest.raises(StoreError, match="store_damaged"), store.session() as session:
        plans.get(session, plan_id, sokha)
    with store.session() as session:
        session.execute(update(Revision).values(document=b"not packed"))
    with pytest.raises(StoreError, match="store_damaged"), store.session() as session:
        plans.document_at(session, plan_id, 1)


def test_a_lost_race_is_run_again(store: Store, sokha: str, plan_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from finance_kit.store import saving

    lost = iter([False, False])
    honest = saving.move_head
    monkeypatch.setattr(saving, "move_head", lambda *a: next(lost, True) and honest(*a))
    with store.session() as session:  # by somebody who has not read the plan before
        assert plans.save(session, plan_id, sokha, 1, "b", [set_to("title", "Mill")]).revision == 2
    monkeypatch.setattr(saving, "move_head", lambda *_: False)
    with pytest.raises(StoreError, match="store_busy"), store.session() as session:
        plans.save(session, plan_id, sokha, 2, "c", [set_to("title", "Mill 2")])
    assert document_of(store, plan_id, sokha)["title"] == "Mill"


def test_two_versions_of_one_number_cannot_be_written(store: Store, sokha: str, plan_id: str) -> None:
    from sqlalchemy.exc import IntegrityError

    from finance_kit.store.revisions import add_revision

    with pytest.raises(IntegrityError), store.session() as session:
        add_revision(session, session.get_one(PlanRow, plan_id), 1, {}, "changed", [], sokha, now())


def test_other_changes_under_the_name_of_a_saved_batch_are_refused(store: Store, sokha: str, plan_id: str) -> None:
    row = {"op": "add", "path": "loans", "value": {"name": "Bank"}}  # gets a name of its own each time it is read
    with store.session() as session:
        plans.save(session, plan_id, sokha, 1, "b1", [row, set_to("title", "Mill")])
    with store.session() as session:
        again = plans.save(session, plan_id, sokha, 1, "b1", [row, set_to("title", "Mill")])
    assert (again.revision, again.again) == (2, True)
    for base, title in ((1, "Other"), (2, "Mill")):
        with pytest.raises(DraftError) as refused:
            save_as(store, plan_id, sokha, base, "b1", Change.of(row), set_to("title", title))
        assert refused.value.code == "draft_batch_reused"
    assert document_of(store, plan_id, sokha)["title"] == "Mill"


def test_changes_that_belong_together_are_all_left_out_for_one_conflict(
    store: Store, sokha: str, plan_id: str, document: dict[str, Any]
) -> None:
    save_as(store, plan_id, sokha, 1, "b1", set_to("title", "Mill"))
    mine = [set_to("title", "Big mill"), set_to("notes", ["n"])]
    with store.session() as session:
        answer = plans.save(session, plan_id, sokha, 1, "b2", mine, whole=True)
    assert isinstance(answer, Conflicted)
    assert answer.revision == 2
    assert document_of(store, plan_id, sokha) == {**document, "title": "Mill"}


def test_going_back_covers_up_nothing_that_was_saved_unseen(store: Store, sokha: str, plan_id: str) -> None:
    save_as(store, plan_id, sokha, 1, "b1", set_to("title", "Mill"))
    save_as(store, plan_id, sokha, 2, "b2", set_to("title", "Big mill"))
    with store.session() as session, pytest.raises(StoreError, match="plan_changed"):
        plans.restore(session, plan_id, sokha, 1, head=2)
    assert document_of(store, plan_id, sokha)["title"] == "Big mill"
