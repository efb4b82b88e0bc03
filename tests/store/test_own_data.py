"""All of a person's data: taken out as files, and deleted for good; on both databases."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from sqlalchemy import text

from finance_kit.drafts import Change, plain
from finance_kit.plan.yaml_source import parse
from finance_kit.store import Store, exports, jobs, own_data, plans, sessions, shares, tokens, users, word_templates
from finance_kit.store.values import now


def test_all_of_a_persons_data_can_be_taken_out_as_files(
    store: Store, sokha: str, dara: str, plan_id: str, document: dict[str, Any]
) -> None:
    with store.session() as session:
        binned = plans.create(session, sokha, {**document, "title": "../../etc/passwd"}).id
        plans.create(session, dara, {"title": "Dara's secret"})
        plans.save(session, plan_id, sokha, 1, "b", [Change("set", "products/@rice0001/price", 12345678901234.56)])
        plans.bin(session, binned, sokha)
        token = sessions.start(session, sokha, now(), "Firefox")
        exports.record(session, sokha, plan_id, 2, "word", "bank", "plan.docx", "0" * 64, now())
        word_templates.add(session, sokha, "../our style.docx", b"PK of Sokha", now())
        word_templates.add(session, dara, "theirs.docx", b"PK of Dara", now())
    with store.session() as session:
        content = own_data.take_out(session, sokha)
        newest = plans.get(session, plan_id, sokha)
    assert newest is not None
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    assert names == [
        "README.txt",
        "account.json",
        *(f"plans/{number:02}.{kind}" for number in (1, 2) for kind in ("yaml", "json")),
        "templates/01.docx",
    ]
    texts = {name: archive.read(name).decode("utf-8") for name in names}
    assert parse(texts["plans/01.yaml"], "plan").data == plain(newest.document)
    about = json.loads(texts["plans/01.json"])
    assert about["plan"] == plain(newest.document)
    assert [line["number"] for line in about["versions"]] == [2, 1]
    assert about["documents"][0]["file"] == "plan.docx"
    assert json.loads(texts["plans/02.json"])["in_bin_since"] is not None
    assert texts["templates/01.docx"] == "PK of Sokha"
    assert [each["name"] for each in json.loads(texts["account.json"])["templates"]] == ["../our style.docx"]
    assert json.loads(texts["account.json"])["sessions"][0]["device"] == "Firefox"
    everything = "".join(texts.values())
    assert "Dara" not in everything
    assert token not in everything


def test_deleting_all_data_leaves_nothing_of_the_person(store: Store, sokha: str, dara: str, plan_id: str) -> None:
    with store.session() as session:
        theirs = plans.create(session, dara, {"title": "Dara's plan"}).id
        shares.with_person(session, theirs, dara, sokha, "editor", now())
        plans.save(session, theirs, sokha, 1, "b", [Change("set", "notes", ["by Sokha"])])
        sessions.start(session, sokha, now())
        tokens.create(session, sokha, "script", "read", now())
        users.keep_recovery_codes(session, sokha, ["code"])
        word_templates.add(session, sokha, "style.docx", b"PK", now())
        job = jobs.create(session, "word", sokha, plan_id, 1, {}, now())
        jobs.keep_file(session, job.id, "plan.docx", "application/zip", b"x")
    with store.session() as session:
        own_data.delete_all(session, sokha)
    with store.session() as session:
        for table in ("sessions", "api_tokens", "recovery_codes", "shares", "jobs", "job_files", "word_templates"):
            assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0, table  # noqa: S608
        assert session.execute(text("SELECT count(*) FROM users")).scalar() == 1
        plan = plans.get(session, theirs, dara)
        assert plan is not None
        assert plan.document["notes"] == ["by Sokha"]
        assert [line.by for line in plans.versions(session, theirs, dara)] == [None, "Dara"]
