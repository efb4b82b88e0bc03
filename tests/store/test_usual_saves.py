"""The usual save, made ready before the lock is taken: whatever happened since the plan was read, nothing is lost."""

from __future__ import annotations

import copy
import threading
from dataclasses import replace

import pytest

from finance_kit.drafts import Change
from finance_kit.errors import DraftError, StoreError
from finance_kit.store import Conflicted, Saved, Store, plans, shares
from finance_kit.store.plan_views import PlanView
from finance_kit.store.values import now
from tests.store.saving import document_of, read_as, save_as, set_to

PRICE = "products/@rice0001/price"


def save_from(
    store: Store, known: PlanView, user: str, batch: str, *changes: Change, seen: str = ""
) -> Saved | Conflicted:
    """Changes to a plan as it was read before something else happened."""
    with store.session() as session:
        return plans.save(session, known.id, user, known.revision, batch, changes, seen=seen, known=known)


@pytest.fixture
def known(store: Store, sokha: str, plan_id: str) -> PlanView:
    """The plan as Sokha has read it."""
    found = read_as(store, plan_id, sokha)
    assert found is not None
    return found


def test_what_was_read_is_not_altered_by_saving(store: Store, sokha: str, known: PlanView) -> None:
    before = copy.deepcopy(known.document)
    answer = save_from(store, known, sokha, "b", set_to("title", "Mill"))
    assert known.document == before
    found = read_as(store, known.id, sokha)
    assert found is not None
    assert (found.revision, found.seen) == (answer.revision, answer.seen) == (2, found.sha256[:16])


def test_a_version_that_came_meanwhile_is_merged_with(store: Store, sokha: str, known: PlanView) -> None:
    save_as(store, known.id, sokha, 1, "first", set_to(PRICE, 14))
    answer = save_from(store, known, sokha, "second", set_to("title", "Mill"))
    assert isinstance(answer, Saved)
    assert (answer.revision, [each.path for each in answer.merged]) == (3, [PRICE])
    conflict = save_from(store, known, sokha, "third", set_to(PRICE, 15))
    assert isinstance(conflict, Conflicted)
    assert document_of(store, known.id, sokha)["products"][0]["price"] == 14


def test_a_plan_that_went_into_the_bin_meanwhile_is_not_saved(store: Store, sokha: str, known: PlanView) -> None:
    with store.session() as session:
        plans.bin(session, known.id, sokha)
    with pytest.raises(StoreError, match="plan_not_found"):
        save_from(store, known, sokha, "b", set_to("title", "Mill"))


def test_the_plan_of_another_is_saved_by_an_editor_and_by_nobody_else(
    store: Store, sokha: str, dara: str, known: PlanView
) -> None:
    with pytest.raises(StoreError, match="plan_not_found"):
        save_from(store, known, dara, "b", set_to("title", "Mill"))
    with store.session() as session:
        shares.with_person(session, known.id, sokha, dara, "editor", now())
    assert save_from(store, known, dara, "b", set_to("title", "Mill")).revision == 2


def test_a_batch_that_comes_again_gets_its_answer_again(store: Store, sokha: str, known: PlanView) -> None:
    first = save_from(store, known, sokha, "b", set_to("title", "Mill"))
    again = save_from(store, known, sokha, "b", set_to("title", "Mill"))
    assert (again.revision, again.seen, again.again) == (first.revision, first.seen, True)
    with pytest.raises(DraftError, match="draft_batch_reused"):
        save_from(store, known, sokha, "b", set_to("title", "Another"))
    assert document_of(store, known.id, sokha)["title"] == "Mill"


def test_another_version_of_the_same_number_is_not_written_over(store: Store, sokha: str, known: PlanView) -> None:
    """As after an older copy of the store was brought back and somebody saved since."""
    other = replace(known, document={**known.document, "title": "Gone"}, sha256="0" * 64)
    with pytest.raises(DraftError, match="draft_base_unknown"):
        save_from(store, other, sokha, "b", set_to(PRICE, 14), seen=other.seen)
    save_from(store, other, sokha, "c", set_to(PRICE, 14))
    found = document_of(store, known.id, sokha)
    assert (found["title"], found["products"][0]["price"]) == (known.document["title"], 14)


def test_many_who_have_read_the_same_version_save_at_once(store: Store, sokha: str, known: PlanView) -> None:
    """Eight fields and one batch eight times: each field is kept, and the batch is saved once."""
    answers: list[Saved | Conflicted] = []

    def save(number: int) -> None:
        answers.append(save_from(store, known, sokha, f"own-{number}", set_to(f"cluster/field_{number}", number)))
        answers.append(save_from(store, known, sokha, "the same", set_to("title", "Mill")))

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    found = read_as(store, known.id, sokha)
    assert found is not None
    assert len(answers) == 16
    assert found.revision == 1 + 8 + 1
    assert [found.document["cluster"][f"field_{number}"] for number in range(8)] == list(range(8))
    assert sum(each.again for each in answers) == 7
