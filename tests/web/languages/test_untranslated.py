"""Every page, in a language made up for the test, has no words but those that were translated or are the author's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from finance_kit.i18n import language
from tests.web.apps import START_KEY, configuration, token
from tests.web.languages import pseudo
from web import create_app, languages
from web.storage import store

PAGES = (
    "", "/versions", "/steps/plan", "/steps/cluster", "/steps/members", "/steps/products", "/steps/costs",
    "/steps/investment", "/steps/financing", "/steps/risks", "/steps/request", "/results", "/results/cash",
    "/results/profit", "/results/balance", "/results/repayment", "/results/sources", "/results/break-even",
    "/results/loans", "/results/stress", "/results/returns", "/checks", "/readiness",
    "/readiness/kh_generic_bank", "/readiness/kh_generic_mfi", "/readiness/kh_generic_bank/mends", "/offers", "/papers",
    "/interview", "/group", "/security", "/documents", "/log", "/figure/dscr?period=2028",
    "/figure/min_dscr", "/results/profit?year=2027",
)  # fmt: skip
WEAK = [
    ("mm-dried-fish", "mm_generic_mfi"), ("mm-dried-fish", "mm_bank_msme"), ("kh-homestay", "kh_ardb"),
    ("vn-coconut-export", "vn_generic_mfi"), ("th-pottery-kiln", "th_commercial_micro_sme"),
]  # fmt: skip
NAMES = {"Finance Kit", "YAML", "JSON", "DSCR", "LLCR", "EBITDA", "EBIT", "NPV", "IRR", "Word", "PDF", "Excel", "CSV"}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The catalogs of the made-up language."""
    return pseudo.make(tmp_path_factory.mktemp("texts"))


@contextmanager
def _speaking(texts: dict[str, Path], folder: Path) -> Iterator[FlaskClient]:
    """A client of a site of its own in the made-up language."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "LOCALES", texts["finance_kit"])
        patch.setattr(languages, "_CATALOGS", texts["web"])
        languages.available.cache_clear()
        client = create_app(configuration(folder)).test_client()
        client.get(f"/start?key={START_KEY}")
        client.set_cookie("language", pseudo.CODE)
        yield client
    languages.available.cache_clear()


@pytest.fixture(scope="module")
def pages(
    texts: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[FlaskClient, str, set[str]]]:
    """A client in the made-up language, a plan of theirs, and the words in it."""
    with _speaking(texts, tmp_path_factory.mktemp("pseudo")) as client:
        plan = _sample(client, "kh-pepper-drying")
        yield client, plan, NAMES | pseudo.words_of(_document(client, plan))


def _sample(client: FlaskClient, name: str) -> str:
    answer = client.post(f"/samples/{name}", headers={"X-CSRFToken": token(client)})
    return answer.headers["Location"].split("/plans/")[1].split("/")[0]


def _document(client: FlaskClient, plan: str) -> object:
    from finance_kit.store import plans, users

    with client.application.app_context(), store().session() as session:
        found = plans.get(session, plan, users.local(session).id)
        assert found
        return found.document


@pytest.mark.parametrize("place", PAGES)
def test_a_page_of_a_plan_has_no_untranslated_words(pages: tuple[FlaskClient, str, set[str]], place: str) -> None:
    client, plan, own = pages
    answer = client.get(f"/plans/{plan}{place}")
    assert answer.status_code == 200
    assert pseudo.untranslated(answer.get_data(as_text=True), own) == []


@pytest.mark.parametrize(("name", "lender"), WEAK)
def test_what_a_weak_plan_lacks_is_said_without_untranslated_words(
    texts: dict[str, Path], tmp_path: Path, name: str, lender: str
) -> None:
    left = {}
    with _speaking(texts, tmp_path) as client:
        plan = _sample(client, name)
        own = NAMES | pseudo.words_of(_document(client, plan))
        for place in ("/results", "/checks", "/readiness", f"/readiness/{lender}", f"/readiness/{lender}/mends"):
            answer = client.get(f"/plans/{plan}{place}")
            while "Refresh" in answer.headers:  # the search for mends is still under way
                answer = client.get(f"/plans/{plan}{place}")
            left[place] = pseudo.untranslated(answer.get_data(as_text=True), own)
    assert {place: words for place, words in left.items() if words} == {}


@pytest.mark.parametrize("place", ["/", "/help/", "/plans/new", "/plans/bin", "/nowhere"])
def test_any_other_page_has_no_untranslated_words(pages: tuple[FlaskClient, str, set[str]], place: str) -> None:
    client, _, own = pages
    assert pseudo.untranslated(client.get(place).get_data(as_text=True), own) == []


def test_the_check_sees_words_that_were_left_in_english() -> None:
    kept = '<html lang="km"><p>⟦Known⟧ 12 ⟦words⟧</p><p lang="en">A citation</p>'
    assert pseudo.untranslated(f'{kept}<img alt="Not known"><b>New words</b></html>', set()) == [
        "Not known",
        "New words",
    ]
