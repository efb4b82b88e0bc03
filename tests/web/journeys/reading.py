"""What a user reads at the end of a journey: the key figures on the page, and the Word file."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from playwright.sync_api import Page, expect

from tests.web.documents.papers import PATIENCE

NO_BREAK = "\N{NO-BREAK SPACE}"


def key_figures(page: Page) -> dict[str, str]:
    """The key figures on the page of results."""
    pairs = page.locator(".key-figures div").all()
    return {
        pair.locator("dt").inner_text(): pair.locator("dd").inner_text().replace(NO_BREAK, " ").strip()
        for pair in pairs
    }


def word_file(page: Page, plan: str, path: Path, *, script: bool = True) -> Path:
    """The summary of a plan, made and saved."""
    page.goto(f"{plan}/documents")
    page.get_by_label("Request sheet and summary, for a first talk").check()
    page.get_by_role("button", name="Make the Word file").click()
    button = page.get_by_role("button", name="Save the Word file")
    if not script:
        for _ in range(PATIENCE):
            if button.count():
                break
            page.wait_for_timeout(1000)
            page.get_by_role("button", name="Look again").click()
    expect(button).to_be_visible(timeout=PATIENCE * 1000)
    with page.expect_download() as download:
        button.click()
    download.value.save_as(path)
    return path


def words_of(path: Path) -> str:
    """All text of a Word file, paragraphs and cells."""
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in document.paragraphs] + cells)
