"""Word templates of people: each sees their own, a few at a time; on both databases."""

from __future__ import annotations

import pytest

from finance_kit.errors import StoreError
from finance_kit.i18n.catalog import message
from finance_kit.store import Store, departure, users, word_templates
from finance_kit.store.values import now


def test_a_template_is_kept_for_its_person_and_for_nobody_else(store: Store, sokha: str, dara: str) -> None:
    with store.session() as session:
        line = word_templates.add(session, sokha, "our style.docx", b"PK\x00\xff", now())
    with store.session() as session:
        assert word_templates.of(session, sokha) == [line]
        assert word_templates.get(session, sokha, line.id) == line
        assert word_templates.content(session, sokha, line.id) == b"PK\x00\xff"
        assert word_templates.of(session, dara) == []
        assert word_templates.get(session, dara, line.id) is None
        assert word_templates.content(session, dara, line.id) is None
        assert not word_templates.remove(session, dara, line.id)
        assert word_templates.remove(session, sokha, line.id)
        assert word_templates.of(session, sokha) == []


def test_the_same_file_is_kept_once_and_a_sixth_is_refused(store: Store, sokha: str, dara: str) -> None:
    with store.session() as session:
        first = word_templates.add(session, sokha, "a.docx", b"PK0", now())
        assert word_templates.add(session, sokha, "b.docx", b"PK0", now()) == first
        for number in range(1, word_templates.MOST):
            word_templates.add(session, sokha, "a.docx", b"PK%d" % number, now())
        with pytest.raises(StoreError) as caught:
            word_templates.add(session, sokha, "a.docx", b"PK of another kind", now())
        assert "5 Word templates" in message(caught.value)
        word_templates.add(session, dara, "a.docx", b"PK0", now())


def test_the_first_account_takes_over_the_templates_of_the_laptop(store: Store, sokha: str) -> None:
    with store.session() as session:
        word_templates.add(session, users.local(session).id, "a.docx", b"PK", now())
        departure.take_over(session, sokha)
        assert [line.name for line in word_templates.of(session, sokha)] == ["a.docx"]
