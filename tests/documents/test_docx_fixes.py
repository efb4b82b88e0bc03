"""The fixes in the cluster's own copy: every one with what else it does, and conditions to prove called so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from finance_kit import service
from finance_kit.documents.docx import render_bank_plan
from finance_kit.documents.docx_fixes import fixes_section
from finance_kit.report.model import Paragraph, Table

SAMPLES = sorted((Path(__file__).parents[2] / "sample_plans").glob("*.yaml"))


@pytest.mark.parametrize("name", ["kh-homestay", "mm-dried-fish"])
def test_every_fix_stands_there_with_what_is_to_be_proven(name: str) -> None:
    found = service.run(next(path for path in SAMPLES if path.stem == name)).fixes
    section = fixes_section(found)
    said = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    for problem in found["problems"]:
        for fix in problem["fixes"]:
            line = next(text for text in said if text.startswith(f"[{fix['number']}] {fix['change']}"))
            lead = "To prove: " if fix["applies"] else "Condition to prove before it counts: "
            assert lead + "; ".join(fix["to_prove"]) in line
    assert ("Do not borrow on this plan." in said) == bool(found["do_not_borrow"])
    for table in (block for block in section.blocks if isinstance(block, Table)):
        assert table.rows[0].cells[0] == "As planned"


def test_only_the_copy_with_the_score_holds_the_fixes() -> None:
    opened = service.run(next(path for path in SAMPLES if path.stem == "kh-homestay"))
    context = replace(opened.context, fixes=(opened.fixes,))

    def text(*, with_score: bool) -> str:
        document = render_bank_plan(context, with_score=with_score)
        return "\n".join(paragraph.text for paragraph in document.paragraphs)

    assert "What would mend it" in text(with_score=True)
    assert "Condition to prove" in text(with_score=True)
    assert "What would mend it" not in text(with_score=False)
    assert "Condition to prove" not in text(with_score=False)
