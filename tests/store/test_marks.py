"""Which version is meant: its number, its mark, and the one that it brought back; on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update

from finance_kit.errors import DraftError, StoreError
from finance_kit.store import Store, plans
from finance_kit.store.tables_plans import Batch, PlanRow, Revision
from tests.store.saving import document_of, save_as, set_to


def test_a_number_that_came_again_is_told_from_the_version_that_was_seen(
    store: Store, sokha: str, plan_id: str
) -> None:
    seen = save_as(store, plan_id, sokha, 1, "b1", set_to("title", "Mill")).seen
    with store.session() as session:  # as after an older copy was brought back
        session.execute(delete(Batch))
        session.execute(delete(Revision).where(Revision.number == 2))
        session.execute(update(PlanRow).values(head=1))
    other = save_as(store, plan_id, sokha, 1, "b2", set_to("title", "Another mill"))
    assert other.revision == 2
    assert len(seen) == len(other.seen) == 16
    with pytest.raises(DraftError, match="draft_base_unknown"), store.session() as session:
        plans.save(session, plan_id, sokha, 2, "b3", [set_to("title", "Big mill")], seen=seen)
    with pytest.raises(StoreError, match="plan_changed"), store.session() as session:
        plans.restore(session, plan_id, sokha, 1, head=2, seen=seen)
    assert document_of(store, plan_id, sokha)["title"] == "Another mill"
    with store.session() as session:
        plan = plans.get(session, plan_id, sokha)
        assert plan is not None
        assert plan.seen == other.seen
        again = plans.save(session, plan_id, sokha, 1, "b2", [set_to("title", "Another mill")])
        assert (again.again, again.seen) == (True, other.seen)
        saved = plans.save(session, plan_id, sokha, 2, "b4", [set_to("title", "Big mill")], seen=plan.seen)
    assert saved.revision == 3


def test_a_version_that_was_brought_back_names_the_one_that_it_shows(store: Store, sokha: str, plan_id: str) -> None:
    save_as(store, plan_id, sokha, 1, "b1", set_to("title", "Mill"))
    for number, shows in ((1, 1), (2, 2), (3, 1), (4, 2)):  # 3 shows 1 already, and 4 shows 2
        with store.session() as session:
            brought = plans.restore(session, plan_id, sokha, number)
            assert plans.shown_by(session, plan_id, brought.revision) == shows
            assert plans.shown_by(session, plan_id, 2) == 2
