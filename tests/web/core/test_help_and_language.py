"""Help pages, and a language switch that keeps the place."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from finance_kit import resources
from tests.web.apps import token
from web.help import page_of
from web.languages import local_path


def test_every_topic_has_a_page_with_one_heading(stranger: FlaskClient) -> None:
    index = stranger.get("/help/").get_data(as_text=True)
    for path in resources.help_pages():
        assert f'href="/help/{path.stem}"' in index
        text = stranger.get(f"/help/{path.stem}").get_data(as_text=True)
        assert text.count("<h1>") == 1
        assert "```" not in text


def test_a_table_of_a_help_page_can_be_scrolled_by_keyboard(stranger: FlaskClient) -> None:
    text = stranger.get("/help/true-cost").get_data(as_text=True)
    assert '<div class="scroll" tabindex="0"' in text
    assert text.count("<table>") == text.count("</table></div>") == 1


def test_html_in_a_help_file_is_shown_and_not_obeyed() -> None:
    title, body = page_of("# A <b>\n\n<script>alert(1)</script> [x](javascript:alert(1))\n")
    assert title == "A <b>"
    assert "<script" not in body
    assert 'href="javascript' not in body


@pytest.mark.parametrize("topic", ["nowhere", "..%2f..%2fsetup", "true-cost.md", "GRACE"])
def test_other_topics_are_not_there(topic: str, stranger: FlaskClient) -> None:
    assert stranger.get(f"/help/{topic}").status_code == 404


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("/plans/abc?step=2", "/plans/abc?step=2"),
        ("/", "/"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("/\t/evil.example", "/"),
        ("evil.example", "/"),
    ],
)
def test_only_places_of_this_site_are_returned_to(given: str, expected: str) -> None:
    assert local_path(given) == expected


def test_choosing_a_language_keeps_the_place(stranger: FlaskClient) -> None:
    data = {"language": "en", "next": "/help/grace?x=1", "csrf_token": token(stranger)}
    answer = stranger.post("/language", data=data)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/help/grace?x=1")
    assert "language=en" in answer.headers["Set-Cookie"]


def test_a_language_that_is_not_there_changes_nothing(stranger: FlaskClient) -> None:
    answer = stranger.post("/language", data={"language": "../xx", "csrf_token": token(stranger)})
    assert "xx" not in str(answer.headers)
