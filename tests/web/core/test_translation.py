"""Texts of pages and sentences of the core come out in the language that was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask.testing import FlaskClient

from finance_kit.errors import FinanceKitError
from finance_kit.i18n import language
from tests.web.apps import configuration, token
from web import create_app, languages, words


class Counted(Catalog):
    """A catalog that says how much of it is translated."""

    mime_headers = property(lambda _: [("Content-Type", "text/plain; charset=utf-8"), ("X-Translated", "19/20")])


def _catalog(folder: Path, domain: str, **texts: str) -> None:
    place = folder / "th" / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    catalog = Counted(locale="th")
    for english, thai in texts.items():
        catalog.add(english, thai)
    with (place / f"{domain}.mo").open("wb") as file:
        write_mo(file, catalog)


@pytest.fixture
def thai(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A client of an application with a few words of Thai."""
    _catalog(tmp_path / "web", "web", Help="ความช่วยเหลือ")
    setting = {'The setting {name} is "{found}". It takes {wanted}.': "{name} ต้องเป็น {wanted} ไม่ใช่ {found}"}
    _catalog(tmp_path / "core", "finance_kit", Grace="ระยะปลอดหนี้", **setting)
    monkeypatch.setattr(languages, "_CATALOGS", tmp_path / "web")
    monkeypatch.setattr(languages, "DRAFTS", frozenset())
    monkeypatch.setattr(language, "LOCALES", tmp_path / "core")
    languages.available.cache_clear()
    yield create_app(configuration(tmp_path)).test_client()
    languages.available.cache_clear()


def test_the_language_is_offered_by_its_own_name_and_chosen(thai: FlaskClient) -> None:
    page = thai.get("/help/").get_data(as_text=True)
    assert ">ไทย</button>" in page
    assert '<html lang="en"' in page
    answer = thai.post("/language", data={"language": "th", "next": "/help/", "csrf_token": token(thai)})
    page = thai.get(answer.headers["Location"]).get_data(as_text=True)
    assert '<html lang="th"' in page
    assert "<h1>ความช่วยเหลือ</h1>" in page


def test_without_a_choice_the_browser_is_asked(thai: FlaskClient) -> None:
    page = thai.get("/help/", headers={"Accept-Language": "th-TH,th;q=0.9,en;q=0.5"}).get_data(as_text=True)
    assert '<html lang="th"' in page
    assert '<html lang="en"' in thai.get("/help/", headers={"Accept-Language": "fr"}).get_data(as_text=True)


def test_sentences_of_the_core_are_filled_in_after_they_were_translated(thai: FlaskClient) -> None:
    problem = FinanceKitError("setting_wrong", name="X", found="7", wanted="1")
    with thai.application.test_request_context("/", headers={"Accept-Language": "th"}):
        thai.application.preprocess_request()
        assert words.sentence(problem) == "X ต้องเป็น 1 ไม่ใช่ 7"
        assert words.core("Grace") == "ระยะปลอดหนี้"
        assert words.core("Not translated") == "Not translated"
    with thai.application.test_request_context("/"):
        thai.application.preprocess_request()
        assert words.sentence(problem) == 'The setting X is "7". It takes 1.'
