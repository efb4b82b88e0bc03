"""S8 and S9: guessing is slowed down without locking anybody else out, and passphrases are asked for and kept well."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import text

from finance_kit.store import users
from tests.web.accounts import PASSPHRASE, database, is_in, register, send, shared, sign_in
from tests.web.security.conftest import Place
from web.people import counting, passphrases


def _tries(place: Place, name: str, count: int, address: str = "198.51.100.7") -> list[int]:
    """Answers to wrong passphrases from one address."""
    client = place.stranger()
    client.environ_base["REMOTE_ADDR"] = address
    return [sign_in(client, name, f"wrong passphrase {number}").status_code for number in range(count)]


def test_s08_after_at_most_twenty_wrong_tries_comes_429_and_others_get_in(place: Place) -> None:
    answers = _tries(place, "Ann Sok", 25)
    assert answers[0] == 401
    assert 429 in answers[:21]
    assert set(answers[20:]) == {429}
    client = place.stranger()
    client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert sign_in(client, "Ben Dara").status_code == 303, "somebody else, from the same address"
    assert is_in(place.owner), "whoever is in stays in"
    assert sign_in(place.stranger(), "Ann Sok").status_code == 303, "the owner, from another address"


def test_s08_the_right_passphrase_is_refused_too_once_the_limit_is_reached(place: Place) -> None:
    _tries(place, "Ann Sok", 20)
    client = place.stranger()
    client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    answer = sign_in(client, "Ann Sok")
    assert answer.status_code == 429, "otherwise a program could go on guessing"
    assert not is_in(client)
    assert int(answer.headers["Retry-After"]) > 0
    assert "Too many tries" in answer.text


def test_s08_other_spellings_of_a_name_count_as_the_same_account(place: Place) -> None:
    spellings = ["Ann Sok", "ANN SOK", " ann  sok ", "Ann\u200b Sok", "Ａｎｎ Sok"]
    client = place.stranger()
    answers = [sign_in(client, spellings[number % 5], "wrong").status_code for number in range(25)]
    assert 429 in answers[:21]


def test_s08_one_account_from_many_addresses_is_slowed_down_too(place: Place) -> None:
    answers = [_tries(place, "Ann Sok", 1, f"198.51.100.{number}")[0] for number in range(25)]
    assert answers[:20] == [401] * 20
    assert set(answers[20:]) == {429}


def test_s08_one_passphrase_on_many_names_is_slowed_down(place: Place) -> None:
    client = place.stranger()
    answers = [sign_in(client, f"Somebody {number}", "the same guess").status_code for number in range(25)]
    assert 429 in answers[:21]


def test_s08_workers_count_together_and_a_restart_forgets_nothing(place: Place) -> None:
    workers = [place.app, *(shared(place.folder) for _ in range(2))]
    clients = [worker.test_client() for worker in workers]
    for client in clients:
        client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    answers = [sign_in(clients[number % 3], "Ann Sok", f"wrong {number}").status_code for number in range(12)]
    assert answers == [401] * 10 + [429] * 2
    later = shared(place.folder).test_client()
    later.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert sign_in(later, "Ann Sok").status_code == 429


def test_s08_a_quarter_of_an_hour_later_one_may_try_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _tries(place, "Ann Sok", 11)[-1] == 429
    monkeypatch.setattr(counting, "now", lambda: datetime.now(UTC) + timedelta(minutes=14))
    assert _tries(place, "Ann Sok", 1) == [429]
    monkeypatch.setattr(counting, "now", lambda: datetime.now(UTC) + timedelta(minutes=15, seconds=1))
    assert _tries(place, "Ann Sok", 1) == [401]


def test_s08_the_addresses_of_one_line_of_ipv6_count_as_one(place: Place) -> None:
    answers = [_tries(place, "Ann Sok", 1, f"2001:db8:1:2::{number}")[0] for number in range(1, 12)]
    assert answers == [401] * 10 + [429]
    assert _tries(place, "Ann Sok", 1, "2001:db8:1:3::1") == [401], "the neighbour"


def test_s08_what_is_counted_can_be_read_by_nobody(place: Place) -> None:
    _tries(place, "Ann Sok", 3)
    with database(place.app) as session:
        kept = list(session.scalars(text("SELECT digest FROM tries")))
    assert len(kept) == 3 * 4 + 2, "account here, account, two limits of an address; and two people registered"
    assert len(set(kept)) == 4 + 1
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in kept)


def test_s08_a_class_behind_one_address_gets_in_mistakes_included(place: Place) -> None:
    names = [f"Learner {number}" for number in range(30)]
    kept = passphrases.hashed(PASSPHRASE)
    with database(place.app) as session:
        for name in names:
            users.create(session, name, kept)
    for number, name in enumerate(names):
        client = place.stranger()
        if number % 2:
            assert sign_in(client, name, "a slip of the thumb").status_code == 401
        assert sign_in(client, name).status_code == 303, name


def test_s08_an_unknown_account_gets_the_same_words_and_the_same_work(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    class Counting:
        """Notes each comparison with the parameters that decide how long it takes."""

        def verify(self, kept: str, _given: str) -> bool:
            done.append(kept.rsplit("$", 2)[0])
            raise VerifyMismatchError

    passphrases._nobody()  # made at the first use
    monkeypatch.setattr(passphrases, "_HASHER", Counting())
    known = sign_in(place.stranger(), "Ann Sok", "wrong")
    unknown = sign_in(place.stranger(), "Ann Zok", "wrong")
    assert known.status_code == unknown.status_code == 401
    assert _without_token(known.text, "Ann Sok") == _without_token(unknown.text, "Ann Zok")
    assert done[0] == done[1], "as many passes over as much memory"
    assert len(done) == 2


def test_s08_guessing_recovery_codes_and_ones_own_passphrase_is_slowed_down(place: Place) -> None:
    client = place.stranger()
    fields = {"passphrase": "lantern orchid harbour", "again": "lantern orchid harbour"}
    answers = [send(client, "/recover", name="Ann Sok", code=f"x{n}", **fields).status_code for n in range(25)]
    assert 429 in answers[:21]
    borrowed = [send(place.owner, "/account/delete", sure="yes", passphrase=f"x{n}").status_code for n in range(25)]
    assert 429 in borrowed[:21]
    assert is_in(place.owner), "nothing was deleted"


def test_s09_what_is_kept_is_argon2id_with_a_salt_of_its_own(place: Place) -> None:
    with database(place.app) as session:
        kept = [users.passphrase_hash(session, user.id) or "" for user in users.all_of_them(session) if user.name]
    assert len(kept) == len(set(kept)) == 3
    assert all(text.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for text in kept)


@pytest.mark.parametrize(
    "common", ["password", "Password1", "12345678", "QWERTYUIOP", "iloveyou", "aaaaaaaaaaaa", "abababababab"]
)
def test_s09_what_a_stranger_would_try_first_is_refused(common: str, place: Place) -> None:
    answer = send(place.stranger(), "/register", name="Chan Thy", passphrase=common, again=common)
    assert answer.status_code == 422
    with database(place.app) as session:
        assert users.by_name(session, "Chan Thy") is None


def test_s09_the_list_holds_more_than_three_thousand_that_meet_the_rules() -> None:
    long_enough = [text for text in passphrases.common() if len(text) >= 8]
    assert len(long_enough) == len(passphrases.common()) >= 3_000


@pytest.mark.parametrize(
    ("passphrase", "fault"),
    [
        ("short12", "passphrase_short"),
        ("x" * 257 + "abc", "passphrase_long"),
        ("sokha.chan", "passphrase_is_name"),
        ("Sokha Chan 1", "passphrase_is_name"),
        ("Finance-Kit1", "passphrase_is_product"),
    ],
)
def test_s09_what_is_refused_is_refused_in_words(passphrase: str, fault: str) -> None:
    assert passphrases.faults(passphrase, "Sokha Chan") == [fault]


@pytest.mark.parametrize(
    "passphrase",
    [
        "coconut rope ferry",
        "តែងតែញញឹមជានិច្ច",
        "မနက်ဖြန်မိုးရွာမယ်",
        "ฝนตกพรุ่งนี้เช้า",
        "x7&§\"'<>; --",
        "p" * 120 + "qrs",
        "12 rivers 34",
    ],
)
def test_s09_any_characters_and_up_to_128_of_them_are_taken_whole(passphrase: str, place: Place) -> None:
    client = register(place.app, "Chan Thy", passphrase)
    assert is_in(client)
    assert sign_in(place.stranger(), "Chan Thy", passphrase).status_code == 303
    assert sign_in(place.stranger(), "Chan Thy", passphrase[:-1]).status_code == 401, "nothing is cut off"
    if passphrase != passphrase.upper():
        assert sign_in(place.stranger(), "Chan Thy", passphrase.upper()).status_code == 401


def test_s09_fields_take_pasted_text_and_managers(place: Place) -> None:
    page = place.stranger().get("/register").text
    assert page.count('type="password"') == 2
    assert page.count('autocomplete="new-password"') == 2
    assert "onpaste" not in page
    assert "maxlength" not in page.split('type="password"')[1].split(">")[0]


def test_s09_at_most_four_hashings_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = [0], [0], threading.Lock()

    class Slow:
        """Stands in for the hasher and notes how many are at it."""

        def hash(self, _text: str) -> str:
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            time.sleep(0.02)
            with lock:
                running[0] -= 1
            return "x"

    monkeypatch.setattr(passphrases, "_HASHER", Slow())
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(passphrases.hashed, [f"passphrase {number}" for number in range(24)]))
    assert most[0] == passphrases.AT_ONCE == 4


def _without_token(page: str, name: str) -> str:
    return re.sub(r'(content|value)="[\w.-]{60,}"', "", page.replace(name, "NAME"))
