"""Saving: whole or not at all, the same bytes each time."""

import io
import os
import stat
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from finance_kit.documents.docx_save import docx_bytes, save_docx, set_properties, write_file
from finance_kit.documents.docx_template import render_template
from finance_kit.errors import OutputError
from finance_kit.i18n.messages_documents import MESSAGES
from tests.documents.docx_sample import TEMPLATE, context, finished_sample, sample_bytes


def refusal(path: Path, data: bytes = b"x") -> str:
    with pytest.raises(OutputError) as caught:
        write_file(path, data)
    assert str(path) in MESSAGES[caught.value.code].format(**caught.value.params)
    return caught.value.code


def test_the_same_input_gives_the_same_bytes() -> None:
    assert docx_bytes(finished_sample().document) == sample_bytes()


def test_the_container_holds_no_clock() -> None:
    with ZipFile(io.BytesIO(sample_bytes())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert archive.testzip() is None


def test_properties_are_those_of_the_plan() -> None:
    properties = docx.Document(io.BytesIO(sample_bytes())).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == (
        "Plan <1>",
        "Adviser & Co",
        "Adviser & Co",
    )
    assert properties.comments == ""
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == datetime(2026, 11, 24)  # noqa: DTZ001


def test_a_date_with_a_zone_is_written_in_universal_time() -> None:
    document = render_template(TEMPLATE, context())
    made_on = datetime(2026, 11, 24, 3, tzinfo=timezone(timedelta(hours=7)))
    set_properties(document, title="T" * 400, author="A\x00", made_on=made_on)
    again = docx.Document(io.BytesIO(docx_bytes(document))).core_properties
    assert again.created is not None
    assert again.created.replace(tzinfo=UTC) == datetime(2026, 11, 23, 20, tzinfo=UTC)
    assert (len(again.title), again.author) == (255, "A")


def test_a_saved_file_opens_again_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = save_docx(render_template(TEMPLATE, context()), tmp_path / "plan.docx")
    assert docx.Document(str(path)).paragraphs[1].text == "Dan Kwian Potters"
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.docx"]


def test_a_new_file_has_the_permissions_that_the_person_set(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_file(tmp_path / "plan", b"x")
    assert stat.S_IMODE((tmp_path / "plan").stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(b"older and longer")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"


def test_places_that_cannot_be_written_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    assert refusal(tmp_path) == "output_is_folder"
    assert refusal(Path("/")) == "output_is_folder"
    assert refusal(tmp_path / "none" / "plan.docx") == "output_folder_missing"
    assert refusal(tmp_path / "file" / "plan.docx") == "output_folder_missing"
    assert refusal(tmp_path / ("n" * 300)) == "output_name_too_long"
    assert (tmp_path / "file").read_bytes() == b"kept"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_device_is_left_alone() -> None:
    assert refusal(Path(os.devnull)) == "output_not_a_file"


def test_a_failed_write_keeps_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(b"kept")
    with pytest.raises(TypeError):
        write_file(path, "text instead of bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"kept"
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.docx"]
