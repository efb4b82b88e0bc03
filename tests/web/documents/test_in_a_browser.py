"""Documents in a real browser: with a script and without, on a phone and on a desk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from finance_kit import resources
from tests.documents.own_templates import house_style, with_tag
from tests.web.apps import START_KEY
from tests.web.browsers import WIDTHS, faults_of
from tests.web.documents.papers import PATIENCE, plan_of


def looked_at(page: Page) -> None:
    """Nothing is wrong with the page at any width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert faults_of(page) == [], f"{page.url} at {width}"
    page.set_viewport_size({"width": 360, "height": 740})


def test_a_document_is_made_shown_and_saved_on_a_phone(app: Flask, live: str, browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{live}/start?key={START_KEY}")
    page.goto(f"{live}/plans/{plan_of(app)}/documents")
    page.get_by_label("Request sheet and summary, for a first talk").check()
    page.get_by_role("button", name="Make it and show the pages").click()
    expect(page.get_by_role("status")).to_be_visible()
    saved = page.get_by_role("button", name="Save the Word file")
    expect(saved).to_be_visible(timeout=PATIENCE * 1000)  # without loading the page again
    expect(page.get_by_alt_text(re.compile(r"^Page 1 of \d+ of the Word file$"))).to_be_visible()
    looked_at(page)
    with page.expect_download() as download:
        saved.click()
    assert re.fullmatch(
        r"mrech-phnom-thmey[a-z-]+_kh-generic-bank_[0-9-]{10}_en\.docx", download.value.suggested_filename
    )
    download.value.save_as(tmp_path / "plan.docx")
    assert (tmp_path / "plan.docx").read_bytes().startswith(b"PK")
    page.close()
    app.extensions["finance_kit_jobs"].stop()


@pytest.mark.usefixtures("no_office")
def test_without_script_a_file_is_opened_and_a_document_made(app: Flask, live: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{live}/start?key={START_KEY}")
    page.goto(f"{live}/open")
    page.get_by_label("Plan file").set_input_files(resources.sample_plan("mm-dried-fish"))
    page.get_by_role("button", name="Open this file").click()
    page.wait_for_url(re.compile(r"/plans/[^/]+$"))
    page.goto(f"{page.url}/documents")
    page.get_by_label("Request sheet and summary, for a first talk").check()
    page.get_by_role("button", name="Make the Word file").click()
    for _ in range(PATIENCE * 4):
        if page.get_by_role("button", name="Save the Word file").count():
            break
        page.wait_for_timeout(250)
        page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("button", name="Save the Word file")).to_be_visible()
    context.close()
    app.extensions["finance_kit_jobs"].stop()


def test_pages_for_files_and_their_problems_fit_a_phone(live: str, browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{live}/start?key={START_KEY}")
    page.goto(f"{live}/open")
    looked_at(page)
    broken = tmp_path / "broken.yaml"
    broken.write_text("title: Rice\ncluster:\n  country: XX\n", "utf-8")
    page.get_by_label("Plan file").set_input_files(broken)
    page.get_by_role("button", name="Open this file").click()
    expect(page.get_by_text("Line 3, column 12")).to_be_visible()
    looked_at(page)
    page.goto(page.url.replace("/received", "/documents"))
    looked_at(page)
    page.get_by_role("link", name="KH, MM, TH, VN").click()
    expect(page).to_have_url(re.compile(r"/steps/[a-z_]+#f-cluster-country$"))
    page.close()


@pytest.mark.usefixtures("no_office")
def test_a_template_of_ones_own_is_sent_chosen_and_removed_on_a_phone(
    app: Flask, live: str, browser: Browser, tmp_path: Path
) -> None:
    style, torn = tmp_path / "our style.docx", tmp_path / "torn.docx"
    style.write_bytes(house_style())
    torn.write_bytes(with_tag("{{ chairperson }}"))
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{live}/start?key={START_KEY}")
    page.goto(f"{live}/plans/{plan_of(app)}/documents")
    page.get_by_role("link", name="Your own Word template").click()
    page.get_by_label("Word file").set_input_files(torn)
    page.get_by_role("button", name="Send this template").click()
    expect(page.get_by_role("alert")).to_contain_text("chairperson")
    looked_at(page)
    page.get_by_label("Word file").set_input_files(style)
    page.get_by_role("button", name="Send this template").click()
    expect(page.get_by_role("status")).to_contain_text("can be used")
    looked_at(page)
    page.get_by_role("link", name="Back to the documents").click()
    expect(page.get_by_label("Word template", exact=True)).to_have_value(re.compile(r"^[\w-]{22}$"))
    looked_at(page)
    page.get_by_label("Request sheet and summary, for a first talk").check()
    page.get_by_role("button", name="Make the Word file").click()
    expect(page.get_by_role("button", name="Save the Word file")).to_be_visible(timeout=PATIENCE * 1000)
    expect(page.get_by_text("own template")).to_be_visible()
    page.goto(f"{live}/templates")
    page.get_by_role("button", name="Remove “our style.docx”").click()
    expect(page.get_by_text("None yet.")).to_be_visible()
    page.close()
    app.extensions["finance_kit_jobs"].stop()
