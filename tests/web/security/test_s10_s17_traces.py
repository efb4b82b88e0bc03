"""S10 and S13 to S17: what leaves the server, what is left lying about, and what can be taken out, deleted, sent in."""

from __future__ import annotations

import io
import json
import logging
import os
import stat
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from finance_kit import drafts
from finance_kit.store import users
from finance_kit.store.base import Base
from tests.web.accounts import PASSPHRASE, administrator, database, is_in, register, send, shared, shown, sign_in
from tests.web.security.conftest import Place
from web.headers import CONTENT_POLICY

PAGES = (
    "/sign-in", "/register", "/recover", "/account", "/account/passphrase", "/account/devices", "/account/data",
    "/account/tokens", "/account/recovery-codes", "/organisations", "/administration", "/join/x", "/nowhere",
    "/plans/{plan}/people", "/plans/{plan}/log",
)  # fmt: skip

ELSEWHERE = (
    "http://evil.example", "https://evil.example/", "//evil.example", "///evil.example", "////evil.example",
    "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example",
    "/\r\n/evil.example", "http:evil.example", "http:/evil.example", "http:///evil.example", "javascript:alert(1)",
    "data:text/html,x", "ftp://evil.example", "//evil.example/%2f..", "evil.example", "@evil.example",
    " //evil.example", "\x00//evil.example", "/\x0b/evil.example", "http://localhost@evil.example",
    "//[::1]@evil.example",
)  # fmt: skip


def test_s10_every_page_error_and_download_of_people_is_protected_and_not_kept(place: Place) -> None:
    answers = [place.owner.get(path.format(plan=place.plan)) for path in PAGES]
    answers += [place.stranger().get(path.format(plan=place.plan)) for path in PAGES]
    answers += [send(place.owner, "/account/data/export"), place.owner.post("/account/delete")]
    answers += [send(place.owner, "/account/recovery-codes"), sign_in(place.stranger(), "Ann Sok", "wrong")]
    for answer in answers:
        assert answer.headers["Content-Security-Policy"] == CONTENT_POLICY
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "no-store"
    assert answers[-4].headers["Content-Disposition"] == 'attachment; filename="finance-kit_my-data.zip"'


@pytest.mark.parametrize("target", ELSEWHERE)
def test_s13_signing_in_leads_to_no_other_site(target: str, place: Place) -> None:
    asked = place.owner.get("/sign-in", query_string={"next": target})
    assert asked.headers["Location"] in ("/", "http://localhost/")
    answer = sign_in(place.stranger(), "Ann Sok", next=target)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"


def test_s13_signing_in_leads_back_to_where_one_wanted_to_go(place: Place) -> None:
    visitor = place.stranger()
    door = visitor.get(f"/plans/{place.plan}/people").headers["Location"]
    assert f'value="/plans/{place.plan}/people"' in visitor.get(door).text
    answer = sign_in(visitor, "Ann Sok", next=f"/plans/{place.plan}/people")
    assert answer.headers["Location"] == f"/plans/{place.plan}/people"


def test_s14_no_secret_and_no_name_is_in_a_log_or_lies_in_a_file(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = place.stranger()
    sign_in(client, "Ann Sok", "wrong but private")
    sign_in(client, "Ann Sok")
    link = shown(send(place.owner, f"/plans/{place.plan}/links", role="viewer", days="1"), "new-link").rsplit("/", 1)[1]
    client.get(f"/join/{link}")
    codes = send(place.owner, "/account/recovery-codes").text.split("<code>")[1].split("<")[0]
    cookie = client.get_cookie("finance_kit")
    assert cookie
    told = caplog.text + json.dumps([getattr(record, "fields", {}) for record in caplog.records])
    assert '"/sign-in"' in told, "requests were logged"
    for private in (PASSPHRASE, "wrong but private", "Ann", "Pepper", "pepper", place.plan, link, codes, cookie.value):
        assert private not in told, private
    kept = b"".join(file.read_bytes() for file in place.folder.rglob("*") if file.is_file())
    for secret in (PASSPHRASE, "wrong but private", link, codes, codes.replace("-", ""), cookie.value):
        assert secret.encode() not in kept, secret


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a person's folder closed by itself")
def test_s14_data_files_are_closed_to_other_accounts(place: Place) -> None:
    files = [file for file in place.folder.rglob("*.sqlite3*") if file.is_file()]
    assert files
    assert {oct(stat.S_IMODE(file.stat().st_mode) & 0o077) for file in files} == {"0o0"}


def test_s14_nothing_about_a_person_stands_in_an_address(place: Place) -> None:
    led = [
        sign_in(place.stranger(), "Ann Sok"),
        send(place.owner, f"/plans/{place.plan}/people", name="Ben Dara", role="viewer"),
    ]
    led += [send(place.owner, "/organisations", name="Union of Weavers")]
    for answer in led:
        assert answer.status_code == 303
        assert not any(word in answer.headers["Location"] for word in ("Ann", "Ben", "Weavers", "coconut"))


def test_s16_everything_of_ones_own_can_be_taken_out_and_opened_again(place: Place) -> None:
    send(place.owner, f"/plans/{place.plan}/people", name="Ben Dara", role="viewer")
    place.other.get(f"/plans/{place.plan}/people")
    taken = zipfile.ZipFile(io.BytesIO(send(place.owner, "/account/data/export").data))
    assert taken.testzip() is None
    plan_file = taken.read("plans/01.yaml").decode()
    document, issues = drafts.read_text(plan_file, "plan.yaml")
    assert document is not None
    assert [issue for issue in issues if issue.severity == "error"] == []
    account = json.loads(taken.read("account.json"))
    assert account["name"] == "Ann Sok"
    plan = json.loads(taken.read("plans/01.json"))
    assert [share["name"] for share in plan["shared_with"]] == ["Ben Dara"]
    assert ("Ben Dara", "viewed") in {(entry["by"], entry["action"]) for entry in plan["done"]}
    everything = b"".join(taken.read(name) for name in taken.namelist())
    assert b"argon2" not in everything


def _rows(place: Place, user_id: str) -> dict[str, int]:
    """In which tables something of a person or of the plan is left."""
    found: dict[str, int] = {}
    with database(place.app) as session:
        tables: dict[str, Any] = Base.metadata.tables
        for table in tables.values():
            for column in table.columns:
                if column.name in ("user_id", "owner_id", "plan_id") or (
                    table.name in ("users", "plans") and column.name == "id"
                ):
                    wanted = column.in_((user_id, place.plan))
                    count = len(session.execute(table.select().where(wanted)).all())
                    found[table.name] = found.get(table.name, 0) + count
    return {name: count for name, count in found.items() if count}


def test_s16_deletion_needs_the_passphrase_and_leaves_nothing(place: Place) -> None:
    with database(place.app) as session:
        owner = users.by_name(session, "Ann Sok")
    assert owner
    send(place.owner, f"/plans/{place.plan}/people", name="Ben Dara", role="viewer")
    send(place.owner, "/account/recovery-codes")
    send(place.owner, "/account/tokens", label="sheet", scope="read", days="7", passphrase=PASSPHRASE)
    send(place.owner, "/organisations", name="Union of Weavers")
    assert set(_rows(place, owner.id)) >= {"users", "plans", "revisions", "shares", "audit", "sessions", "api_tokens"}

    assert send(place.owner, "/account/delete", sure="yes", passphrase="wrong").status_code == 422  # noqa: S106
    assert send(place.owner, "/account/delete", passphrase=PASSPHRASE).status_code == 422
    assert is_in(place.owner)

    gone = send(place.owner, "/account/delete", sure="yes", passphrase=PASSPHRASE)
    assert gone.status_code == 200
    assert gone.headers["Clear-Site-Data"] == '"cache"'
    assert f'data-gone="{owner.id}"' in gone.text
    assert "14 days" in gone.text, "what copies keep is said"
    assert _rows(place, owner.id) == {}
    with database(place.app) as session:
        assert session.execute(text("SELECT count(*) FROM organisations")).scalar() == 0
    assert sign_in(place.stranger(), "Ann Sok").status_code == 401
    assert place.other.get(f"/plans/{place.plan}/people").status_code == 404
    live = [file for file in place.folder.rglob("*.sqlite3*") if "backups" not in file.parts]
    kept = b"".join(file.read_bytes() for file in live)
    assert b"Ben Dara" in kept, "the files that hold the data were read"
    assert b"Ann Sok" not in kept, "overwritten, in the log of the database too"


def test_s16_an_organisation_whose_manager_leaves_gets_another(place: Place) -> None:
    union = send(place.owner, "/organisations", name="Union of Weavers").headers["Location"]
    register(place.app, "Chea Adviser")
    send(place.owner, f"{union}/members", name="Ben Dara", role="member")
    send(place.owner, f"{union}/members", name="Chea Adviser", role="adviser")
    assert send(place.owner, "/account/delete", sure="yes", passphrase=PASSPHRASE).status_code == 200
    adviser = place.stranger()
    sign_in(adviser, "Chea Adviser")
    assert "manager" in adviser.get(union).text.split("<main")[1].split("</p>")[1]


def test_s16_the_last_administrator_stays_while_others_need_one(place: Place) -> None:
    assert send(place.admin, "/account/delete", sure="yes", passphrase=PASSPHRASE).status_code == 409
    assert is_in(place.admin)


def test_s16_an_administrator_who_is_the_only_person_left_can_go(tmp_path: Path) -> None:
    app = shared(tmp_path)
    admin = administrator(app)
    with database(app) as session:
        users.local(session)  # of the time before there were accounts: nobody, who needs no administrator
    assert send(admin, "/account/delete", sure="yes", passphrase=PASSPHRASE).status_code == 200
    assert sign_in(app.test_client(), "Head Office").status_code == 401


def _zip(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


def _hostile_files() -> dict[str, tuple[str, bytes]]:
    """Name -> name of the file and its content: office files and others that are made to hurt whoever opens them."""
    bomb = _zip(xl__workbook_dot_xml=b"<workbook/>", xl__worksheets__sheet1_dot_xml=b"0" * 300_000_000)
    many = _zip(**{f"word__part{number}": b"x" for number in range(2_000)})
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:/etc/passwd">]><x>&e;</x>'
    return {
        "a workbook that unpacks to 300 MB": ("plan.xlsx", bomb),
        "the same, called a plan file": ("plan.yaml", bomb),
        "a Word file of 2,000 parts": ("plan.docx", many),
        "a Word file with an entity": ("plan.docx", _zip(word__document_dot_xml=entity)),
        "bare XML with an entity": ("plan.xml", entity),
        "a workbook cut short": ("plan.xlsx", bomb[: len(bomb) // 2]),
        "an old workbook": ("plan.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        "a program": ("plan.yaml", b"MZ\x90\x00" + b"\x00" * 600),
    }


@pytest.mark.parametrize("case", _hostile_files())
def test_s17_a_workbook_or_document_is_refused_by_what_it_is_and_not_unpacked(case: str, place: Place) -> None:
    name, content = _hostile_files()[case]
    before = place.owner.get("/").text.count("plan-line")
    tracemalloc.start()
    try:
        answer = send(place.owner, "/open", file=(io.BytesIO(content), name))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert answer.status_code == 422, answer.status_code
    assert place.owner.get("/").text.count("plan-line") == before
    assert most < 150 * 1024 * 1024, "the memory of the yardstick"
    assert "Traceback" not in answer.text


def _folder(path: Path) -> list[Path]:
    return sorted(path.iterdir())


def test_s17_a_refused_file_is_kept_nowhere(place: Place) -> None:
    mark = b"a workbook with a mark of its own 7c1f"
    before = _folder(place.folder)
    send(place.owner, "/open", file=(io.BytesIO(_zip(xl__workbook_dot_xml=mark) + mark), "plan.xlsx"))
    assert _folder(place.folder) == before
    assert not any(mark in file.read_bytes() for file in place.folder.rglob("*") if file.is_file())
