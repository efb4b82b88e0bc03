"""A Word template of one's own on the command line: copied, restyled, used; refused in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.cli.conftest import Command
from tests.documents.docx_sample import TEMPLATE
from tests.documents.own_templates import LETTERHEAD, hostile, house_style

Sample = Callable[[str], Path]


def test_the_shipped_template_is_copied_and_never_over_a_file(finance_kit: Command, tmp_path: Path) -> None:
    answer = finance_kit("export", "template", "style.docx")
    assert answer.code == 0
    assert (tmp_path / "style.docx").read_bytes() == TEMPLATE.read_bytes()
    (tmp_path / "style.docx").write_bytes(b"mine")
    again = finance_kit("export", "template", "style.docx")
    assert again.code == 2
    assert (tmp_path / "style.docx").read_bytes() == b"mine"


@pytest.mark.usefixtures("no_office")
def test_a_plan_is_exported_in_the_house_style_and_exported_again(
    finance_kit: Command, sample: Sample, tmp_path: Path
) -> None:
    (tmp_path / "style.docx").write_bytes(house_style())
    for _ in range(2):
        answer = finance_kit(
            "export", "docx", sample("kh-homestay"), "--template", "style.docx", "-o", "out.docx", "--json"
        )
        assert answer.code == 0, answer.err
    made = docx.Document(str(tmp_path / "out.docx"))
    assert LETTERHEAD in made.sections[0].header.paragraphs[0].text


@pytest.mark.parametrize("case", ["an endless loop", "a bomb", "a remote template", "billion laughs", "an unknown tag"])
def test_a_template_that_cannot_be_used_is_told_in_a_sentence_and_nothing_is_written(
    finance_kit: Command, sample: Sample, tmp_path: Path, case: str
) -> None:
    content, _, word = hostile()[case]
    (tmp_path / "style.docx").write_bytes(content)
    answer = finance_kit("export", "docx", sample("kh-homestay"), "--template", "style.docx", "-o", "out.docx", "-q")
    assert answer.code == 1
    assert word in answer.err
    assert "style.docx" in answer.err
    assert not (tmp_path / "out.docx").exists()


def test_a_template_that_is_not_there_is_told(finance_kit: Command, sample: Sample) -> None:
    answer = finance_kit("export", "docx", sample("kh-homestay"), "--template", "none.docx")
    assert answer.code == 2
    assert "none.docx is not there" in answer.err
