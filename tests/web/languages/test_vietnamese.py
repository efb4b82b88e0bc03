"""The second language from end to end: chosen on any page, kept there, with its numbers and dates, the same figures."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from finance_kit import drafts, resources
from finance_kit.forms.numbers import read_number
from tests.web.apps import token
from web import jobs, languages, words
from web.results import headlines
from web.working import opened_document

NO_BREAK = "\u00a0"


def _choose(client: FlaskClient, code: str, place: str) -> str:
    """The language is chosen in the menu of a page; the page that comes back."""
    data = {"language": code, "next": place, "csrf_token": token(client)}
    answer = client.post("/language", data=data)
    assert answer.status_code == 303
    assert answer.headers["Location"] == place
    return client.get(place).get_data(as_text=True)


def _sample(client: FlaskClient, name: str = "vn-homestay-village") -> str:
    answer = client.post(f"/samples/{name}", headers={"X-CSRFToken": token(client)})
    return answer.headers["Location"].split("/plans/")[1].split("/")[0]


@pytest.fixture
def plan(client: FlaskClient) -> str:
    """A plan of one's own, made from a sample."""
    found = re.search(r'action="/samples/([^"]+)"', client.get("/").get_data(as_text=True))
    assert found
    return _sample(client, found[1])


def test_the_menu_offers_the_language_by_its_own_name_as_a_draft(client: FlaskClient) -> None:
    page = client.get("/help/").get_data(as_text=True)
    assert re.search(r'value="vi" lang="vi"[^>]*>Tiếng Việt <small lang="en">\(draft\)</small>', page)
    for code in ("km", "my", "th"):
        assert f'value="{code}"' not in page


def test_a_draft_is_not_put_before_anybody_who_did_not_choose_it(client: FlaskClient) -> None:
    page = client.get("/help/", headers={"Accept-Language": "vi-VN,vi;q=0.9,en;q=0.1"}).get_data(as_text=True)
    assert '<html lang="en"' in page


def test_the_page_says_that_it_is_a_draft_and_that_documents_are_english(client: FlaskClient) -> None:
    page = _choose(client, "vi", "/help/")
    assert "bản nháp, được dịch với sự trợ giúp của máy" in page
    assert "tài liệu được làm bằng tiếng Anh" in page


def test_switching_keeps_the_place_and_goes_back(client: FlaskClient, plan: str) -> None:
    place = f"/plans/{plan}/steps/products?open=more"
    there = _choose(client, "vi", place)
    assert '<html lang="vi"' in there
    assert f'name="next" value="{place}"' in there
    assert "Các bước của kế hoạch" in there
    assert "Steps of the plan" in _choose(client, "en", place)


def test_the_place_to_come_back_to_is_never_another_site(client: FlaskClient) -> None:
    data = {"language": "vi", "next": "//evil.example/", "csrf_token": token(client)}
    assert client.post("/language", data=data).headers["Location"] == "/"


def test_a_language_that_is_not_offered_changes_nothing(client: FlaskClient) -> None:
    for code in ("km", "xx", "../vi"):
        data = {"language": code, "next": "/help/", "csrf_token": token(client)}
        client.post("/language", data=data)
        client.set_cookie("language", code)
        assert '<html lang="en"' in client.get("/help/").get_data(as_text=True)


def test_money_numbers_and_dates_are_written_as_in_viet_nam(app: Flask) -> None:
    with app.test_request_context(), force_locale("vi"):
        assert words.money(1_234_567, "VND") == f"1.234.567{NO_BREAK}₫"
        assert words.number(1234567.5) == "1.234.567,5"
        assert words.percent(0.125) == f"12,5{NO_BREAK}%"
        assert words.day(date(2026, 11, 24)) == "24 tháng 11, 2026"
        assert words.month("2027-03") == "tháng 3, 2027"


def test_a_number_typed_in_the_vietnamese_way_is_read_as_it_was_meant(client: FlaskClient, plan: str) -> None:
    assert read_number("1.234.567,5", "vi") == read_number("1,234,567.5", "en")
    page = _choose(client, "vi", f"/plans/{plan}/steps/products")
    shown = re.search(r'name="(products/@\w+/price)"[^>]*value="([^"]+)"', page)
    assert shown, "the price of a product stands in its field"
    assert "," not in shown[2]
    english = _choose(client, "en", f"/plans/{plan}/steps/products")
    other = re.search(rf'name="{shown[1]}"[^>]*value="([^"]+)"', english)
    assert other
    assert read_number(shown[2], "vi") == read_number(other[1], "en")


@pytest.mark.parametrize("topic", ["cash", "profit", "repayment", "loans"])
def test_the_figures_of_a_plan_are_the_same_in_both_languages(client: FlaskClient, plan: str, topic: str) -> None:
    place = f"/plans/{plan}/results/{topic}"
    english, vietnamese = (_numbers(_choose(client, code, place), code) for code in ("en", "vi"))
    assert len(english) > 20
    assert vietnamese == english


def _numbers(page: str, code: str) -> list[str]:
    """The numbers of every table cell, with English separators."""
    cells = re.findall(r'<td class="number[^"]*"[^>]*>(.*?)</td>', page, re.DOTALL)
    cells = [re.sub(r'<span class="visually-hidden">.*?</span>', "", cell, flags=re.DOTALL) for cell in cells]
    texts = [re.sub(r"<[^>]+>|\s+", "", cell) for cell in cells]
    swap = str.maketrans(",.", ".,") if code == "vi" else {}
    return [text.translate(swap) for text in texts if any(letter.isdigit() for letter in text)]


def test_what_programs_get_is_the_same_whatever_the_language(client: FlaskClient, plan: str) -> None:
    answers = []
    for code in ("en", "vi"):
        _choose(client, code, "/help/")
        answers.append(json.loads(client.get(f"/plans/{plan}/figures.json").get_data(as_text=True)))
    assert answers[0] == answers[1]


def test_an_error_page_speaks_the_language(client: FlaskClient) -> None:
    page = _choose(client, "vi", "/help/")
    assert "Trợ giúp" in page
    assert "Không tìm thấy trang này" in client.get("/plans/nobody-has-it").get_data(as_text=True) or (
        "Không tìm thấy" in client.get("/nowhere").get_data(as_text=True)
    )


def test_the_switch_offers_what_is_translated_to_nine_tenths(app: Flask) -> None:
    with app.test_request_context():
        assert languages.available() == ("en", "vi")
    assert languages.ENOUGH == 0.9


def test_why_a_document_was_not_made_and_what_breaks_the_cover_is_said_in_vietnamese(app: Flask) -> None:
    path = resources.sample_plan("mm-dried-fish")
    document, _ = drafts.read_text(path.read_text(encoding="utf-8"), path.name)
    assert document is not None
    run = opened_document(document).run
    assert run is not None
    with app.test_request_context(), force_locale("vi"):
        assert "20" in (said := jobs.problem_words({"code": "job_too_long", "params": {"seconds": 20}}))
        assert "took" not in said
        finding = headlines.one_of(run, "stress").text
        assert "giá thấp hơn 10 %" in finding
        assert "lower" not in finding
