"""docs/production.md as it stands: two workers of gunicorn on PostgreSQL behind nginx, from the first key to a copy."""

from __future__ import annotations

import http.client
import re
import threading
import time
from io import BytesIO
from zipfile import ZipFile

from finance_kit.store import open_store, plans, users
from finance_kit.store.checking import examine
from tests.web.production.conftest import PASSPHRASE, Site
from tests.web.production.installation import HOST
from tests.web.production.visitor import Visitor


def test_a_person_signs_in_over_https_only(site: Site) -> None:
    answer = site.person.get("/account")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert site.person.last_cookie.startswith("__Host-finance_kit=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(site.person.last_cookie.split("; "))
    plain = http.client.HTTPConnection("127.0.0.1", site.made.plain)
    plain.request("GET", "/account", headers={"Host": HOST})
    moved = plain.getresponse()
    plain.close()
    assert (moved.status, moved.getheader("Location")) == (301, f"https://{HOST}/account")


def test_files_of_the_program_and_the_probes_come_through(site: Site) -> None:
    page = site.person.get("/")
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
    assert len(files) >= 4
    for each in files:
        assert "immutable" in site.person.get(each).headers["Cache-Control"], each
    assert [Visitor(site.made).get(f"/health/{name}").status for name in ("live", "ready")] == [200, 200]


def test_what_is_too_large_is_refused_in_our_words_and_then_by_the_proxy(site: Site) -> None:
    def sent(size: int) -> str:
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        return site.person.request("POST", "/open", b"a" * size, kind).text

    assert "A file may have up to 10 megabytes" in sent(10 * 1024 * 1024 + 1)
    assert "413 Request Entity Too Large" in sent(11 * 1024 * 1024 + 1)


def test_wrong_passphrases_are_counted_over_all_workers_and_by_address(site: Site) -> None:
    guesser = Visitor(site.made, "127.0.0.9")
    answers = [guesser.sign_in("Head Office", f"wrong {number}") for number in range(12)]
    assert answers == [401] * 10 + [429] * 2
    assert guesser.sign_in("Head Office", PASSPHRASE) == 429, "the right one would not be known from a guess"
    pretending = {"X-Forwarded-For": "127.0.0.8", "Content-Type": "application/x-www-form-urlencoded"}
    assert (
        guesser.request("POST", "/sign-in", f"name=Head+Office&csrf_token={guesser.token()}", pretending).status == 429
    )
    assert Visitor(site.made, "127.0.0.8").sign_in("Head Office", PASSPHRASE) == 303, "from elsewhere"


def test_a_document_is_made_by_one_worker_and_fetched_and_another_cancelled_through_any(site: Site) -> None:
    wanted = {"make": "word", "lender": "kh_generic_bank"}
    first = site.person.send(f"/plans/{site.plan}/documents", depth="summary", **wanted)
    second = site.person.send(f"/plans/{site.plan}/documents", depth="full", **wanted)
    assert (first.status, second.status) == (303, 303)
    assert site.person.send(f"{second.headers['Location']}/cancel").status == 303
    shown = site.person.finished(first.headers["Location"])
    found = re.search(r'href="([^"]+/files/[^"]+\.docx)"', shown)
    assert found, shown
    paper = site.person.get(found[1])
    assert "word/document.xml" in ZipFile(BytesIO(paper.body)).namelist()
    assert "/files/" not in site.person.finished(second.headers["Location"])


def test_a_reload_and_a_restart_lose_no_save_that_was_confirmed(site: Site) -> None:
    kept: dict[int, str] = {}
    trouble: list[str] = []
    ended = threading.Event()

    token = site.person.token()

    def write() -> None:
        number, revision = 0, 1
        while not ended.is_set():
            number += 1
            while not ended.is_set():  # the same batch again, as a page does
                try:
                    told = site.person.save(site.plan, revision, f"Save {number}", token, f"batch-{number:06}")
                except OSError:
                    continue
                if told.status == 200:
                    revision = told.json()["revision"]
                    kept[revision] = f"Save {number}"
                    break
                if told.status not in (502, 503, 504):
                    trouble.append(told.text)
                    return
                time.sleep(0.1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        more(kept, 3)
        site.made.reload()
        more(kept, 5)
        assert site.made.stop_gunicorn() == 0
        site.made.start_gunicorn()
        more(kept, 3)
    finally:
        ended.set()
        writer.join()
    assert trouble == []
    store = open_store(site.made.address)
    with store.session() as session:
        person = users.by_name(session, "Head Office")
        assert person is not None
        views = {number: plans.version(session, site.plan, person.id, number) for number in kept}
        newest = plans.get(session, site.plan, person.id)
    store.close()
    assert {number: view.document["title"] for number, view in views.items() if view} == kept
    assert newest is not None
    assert newest.revision == max(kept), "each batch arrived once"


def more(kept: dict[int, str], count: int) -> None:
    """Wait for some more saves."""
    end, wanted = time.monotonic() + 60, len(kept) + count
    while len(kept) < wanted:
        assert time.monotonic() < end, "nothing is saved any more"
        time.sleep(0.05)


def test_signing_out_everywhere_ends_the_sessions_of_all_workers(site: Site) -> None:
    other = Visitor(site.made)
    assert other.sign_in("Head Office", PASSPHRASE) == 303
    assert [each.get("/account").status for each in (site.person, other) for _ in range(4)] == [200] * 8
    assert other.send("/account/devices/end-all").status == 200
    assert [each.get("/account").status for each in (site.person, other) for _ in range(4)] == [303] * 8
    assert site.person.sign_in("Head Office", PASSPHRASE) == 303


def test_the_nightly_copy_can_be_brought_back_and_the_doctor_sees_it(site: Site) -> None:
    done = site.made.copy()
    assert (done.returncode, done.stderr) == (0, "")
    told = site.made.command("doctor")
    assert told.returncode == 0, told.stdout
    assert "bad " not in told.stdout
    assert "proxy: 1 in front" in told.stdout
    assert re.search(r"good +backup: The newest copy, .*\.dump, is 0 days old\.", told.stdout), told.stdout
    there, again = open_store(site.made.address), open_store(site.made.bring_back())
    found = [examine(each) for each in (there, again)]
    there.close()
    again.close()
    assert found[0] == found[1]
    assert (found[0].plans, found[0].problems) == (1, ())


def test_logs_hold_neither_plans_nor_names_nor_addresses_of_plans(site: Site) -> None:
    assert site.person.get(f"/plans/{site.plan}/results").status == 200
    assert Visitor(site.made).get("/register?invitation=a-secret-one").status == 200
    plain = http.client.HTTPConnection("127.0.0.1", site.made.plain)
    plain.request("GET", f"/plans/{site.plan}", headers={"Host": HOST})
    assert plain.getresponse().status == 301
    plain.close()
    logs = {file.name: file.read_text("utf-8") for file in site.made.folder.glob("*.log")}
    assert {"gunicorn.log", "nginx-error.log"} <= set(logs)
    assert "/plans/<plan_id>/results" in logs["gunicorn.log"]
    for secret in (site.plan, "Head Office", "Pepper", "Save 1", "a-secret-one", PASSPHRASE, "Traceback"):
        assert not any(secret in text for text in logs.values()), secret
