"""Words that arise in the core or in a child process reach the page in the reader's language."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flask import Flask

from finance_kit import service, service_documents
from tests.web.documents.papers import document_of
from tests.web.jobs.test_child_process import done, task
from web.documents.gaps import open_run
from web.documents.phrases import PHRASES


def known(app: Flask) -> set[str]:
    with app.test_request_context():
        return {str(phrase) for phrase in PHRASES}


def test_every_step_that_is_told_was_written_down_for_the_translators(app: Flask, tmp_path: Path) -> None:
    steps: list[str] = []
    loaded, _ = open_run(document_of(), "plan")
    opened = service.Run(loaded, date(2026, 11, 25).isoformat())
    made = service_documents.write_word(opened, tmp_path, depth="summary", progress=steps.append)
    service_documents.pages_of(made, tmp_path, steps.append)
    assert set(steps) <= known(app)
    told: list[str] = []
    folder = tmp_path / "fixes"
    folder.mkdir()

    def go_on(step: str) -> bool:
        told.append(step)
        return True

    done(folder, task("fixes"), go_on=go_on)
    assert set(told) - {""} <= known(app)
    assert len(set(steps)) >= 4


def test_kits_and_depths_are_written_down_as_well(app: Flask) -> None:
    assert {*service_documents.KITS.values(), *service_documents.DEPTHS.values()} <= known(app)
