"""Files that somebody sends: known by their content, refused without being opened, plans kept with their problems."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance_kit import drafts, resources
from finance_kit.i18n.catalog import message
from finance_kit.service_upload import MOST_BYTES, receive, shown_name


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return buffer.getvalue()


OTHER_FILES = {
    "a Word file": (archive("[Content_Types].xml", "word/document.xml"), "upload_word"),
    "a Word file with macros": (archive("[Content_Types].xml", "word/vbaProject.bin"), "upload_word"),
    "a workbook": (archive("[Content_Types].xml", "xl/workbook.xml"), "upload_workbook"),
    "an archive": (archive("plan.yaml"), "upload_archive"),
    "an archive that climbs out": (archive("../../etc/cron.d/x"), "upload_archive"),
    "an empty archive": (archive(), "upload_archive"),
    "a PDF": (b"%PDF-1.7\n1 0 obj", "upload_pdf"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "upload_old_office"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(20), "upload_picture"),
    "a photograph": (b"\xff\xd8\xff\xe0" + bytes(20), "upload_picture"),
    "a Windows program": (b"MZ\x90\x00" + bytes(60), "upload_program"),
    "a Linux program": (b"\x7fELF\x02" + bytes(60), "upload_program"),
    "a script": (b"#!/bin/sh\nrm -rf ~\n", "upload_program"),
    "a compressed plan": (gzip.compress(b"title: x"), "upload_compressed"),
    "a web page": (b"  <!DOCTYPE html><script>alert(1)</script>", "upload_markup"),
    "XML with an entity": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "x">]><a>&b;</a>', "upload_markup"),
    "a drawing": (b"<svg onload=alert(1)>", "upload_markup"),
    "zeros": (bytes(2_000), "upload_not_text"),
    "noise": (bytes(range(256)) * 4, "upload_not_text"),
    "UTF-16": ("title: x\n".encode("utf-16"), "wrong_encoding"),
    "too large": (b"a: 1\n" * 1_200_000, "upload_too_large"),
    "nothing": (b"", "file_empty"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "code"), OTHER_FILES.values(), ids=OTHER_FILES.keys())
def test_what_is_no_plan_file_is_refused_by_what_it_is(content: bytes, code: str) -> None:
    found = receive(content, "plan.yaml")
    assert found.document is None
    assert [issue.code for issue in found.issues] == [code]
    assert message(found.issues[0]).endswith(".")


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", bytes(60_000_000))
    assert len(buffer.getvalue()) < MOST_BYTES
    assert [issue.code for issue in receive(buffer.getvalue(), "plan.docx").issues] == ["upload_word"]


HOSTILE = {
    "an object": (b"a: !!python/object/apply:os.system ['id']", "tag"),
    "aliases": (b"a: &a [1]\nb: *a", "anchor"),
    "doubled keys": (b"title: a\ntitle: b", "second"),
    "nesting": (b"[" * 5_000, "lie inside each other"),
    "flow nesting in JSON": (b'{"a":' * 100 + b"1" + b"}" * 100, "lie inside each other"),
    "many documents": (b"a: 1\n---\nb: 2", "document"),
}


@pytest.mark.parametrize(("content", "word"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_yaml_is_refused_with_its_place(content: bytes, word: str) -> None:
    found = receive(content, "plan.yaml")
    assert found.document is None
    assert any(word in message(issue).lower() for issue in found.issues), [message(issue) for issue in found.issues]
    assert all(issue.where.line is not None for issue in found.issues)


@pytest.mark.parametrize("path", resources.sample_plans(), ids=lambda path: path.stem)
def test_every_sample_is_opened_and_keeps_what_it_says(path: object) -> None:
    content = path.read_bytes()  # type: ignore[attr-defined]
    found = receive(content, "sample.yaml")
    assert found.document is not None
    assert not [issue for issue in found.issues if issue.severity == "error"]
    again = receive(drafts.plan_text(found.document).encode(), "again.yaml")
    assert again.document is not None
    assert drafts.plain(again.document) == drafts.plain(found.document)


def test_a_plan_with_problems_is_opened_with_line_and_column_of_each() -> None:
    found = receive(b"title: Rice\ncluster:\n  name: Mill\n  country: XX\nperiod:\n  monhts: 12\n", "rice.yaml")
    assert found.document is not None
    assert found.document["cluster"]["country"] == "XX"
    places = {(issue.where.path, issue.where.line, issue.where.column) for issue in found.issues}
    assert ("cluster.country", 4, 12) in places
    assert ("period.monhts", 6, 3) in places


def test_a_list_is_no_plan() -> None:
    assert receive(b"- 1\n- 2\n", "x.yaml").document is None


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\plan.yaml", "plan.yaml"),
        ("a\r\nSet-Cookie: x", "a Set-Cookie: x"),
        ("\u202egpj.yaml", "gpj.yaml"),
        ("/", "plan"),
        ("x" * 500 + ".yaml", "x" * 55 + ".yaml"),
    ],
)
def test_the_name_of_a_file_is_shown_in_one_short_line(sent: str, shown: str) -> None:
    assert shown_name(sent) == shown


@given(st.binary(max_size=400), st.text(max_size=80))
@settings(max_examples=300)
def test_no_bytes_and_no_name_bring_it_down(content: bytes, name: str) -> None:
    found = receive(content, name)
    assert found.document is not None or found.issues
    assert len(shown_name(name)) <= 60
    assert "/" not in shown_name(name)
