"""R6: two windows or two people on one plan. Different fields are merged; for the same field both sides are shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete, update

from finance_kit import drafts
from finance_kit.forms.start import blank
from finance_kit.store import plans, sessions, shares, users
from finance_kit.store.tables_plans import Batch, PlanRow, Revision
from tests.web.browser.server import Server, arrives, field, held, open_step, said
from tests.web.browser.test_nothing_typed_is_lost import CHANGES
from tests.web.browsers import faults_of, until
from web.sessions import now
from web.storage import store

PROVINCE, DISTRICT = "cluster/province", "cluster/district"


class Group:
    """An installation with accounts: Dara owns a plan, Sophea may edit it, each with a browser."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        self.server = Server(folder, shared=True, start_key=None)
        self.browser = browser
        self.people: dict[str, str] = {}
        with self.server.app.app_context(), store().session() as session:
            for name in ("Dara", "Sophea"):
                self.people[name] = users.create(session, name, "nobody signs in with this").id
            document = drafts.new_document(blank("Pepper growers", "KH", "full") | {"products": [{"name": "Pepper"}]})
            self.plan = str(plans.create(session, self.people["Dara"], document, "Pepper growers").id)
            shares.with_person(session, self.plan, self.people["Dara"], self.people["Sophea"], "editor", now())
        self.server.person = self.people["Dara"]

    def kept(self, path: str) -> Any:
        """What the store holds at a field."""
        return self.server.kept(self.plan, path)

    def arrives(self, page: Page, path: str, value: Any) -> None:
        """Wait until a field is saved."""
        arrives(page, self.server, self.plan, path, value)

    def window(self, name: str) -> Page:
        """A browser of one's own, signed in."""
        context = self.browser.new_context(viewport={"width": 360, "height": 740})
        self.let_in(context, name)
        return context.new_page()

    def let_in(self, context: Any, name: str) -> None:
        """Make this person the one who is signed in in a browser."""
        app = self.server.app
        with app.app_context(), store().session() as session:
            token = sessions.start(session, self.people[name], now())
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        value = signer.dumps({"session": token})
        cookie = {"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": self.server.address()}
        context.add_cookies([cookie])


@pytest.fixture
def group(tmp_path: Path, browser: Browser) -> Iterator[Group]:
    made = Group(tmp_path, browser)
    yield made
    for context in browser.contexts:
        context.close()
    made.server.stop()


def test_r6_a_version_whose_number_came_again_is_not_overwritten_unseen(group: Group) -> None:
    page = group.window("Sophea")
    open_step(page, group.server, group.plan, "cluster")
    field(page, PROVINCE).fill("Kampot")
    group.arrives(page, PROVINCE, "Kampot")
    with group.server.app.app_context(), store().session() as session:  # as after an older copy was brought back
        session.execute(delete(Batch))
        session.execute(delete(Revision).where(Revision.number > 1))
        session.execute(update(PlanRow).values(head=1))
    with group.server.app.app_context(), store().session() as session:
        theirs = drafts.Change("set", PROVINCE, "Kep")
        assert plans.save(session, group.plan, group.people["Dara"], 1, "theirs-01", [theirs]).revision == 2
    field(page, PROVINCE).fill("Takeo")
    mine = page.get_by_role("button", name="Take what I typed")
    mine.wait_for()
    expect(page.get_by_text("Kep", exact=True).first).to_be_visible()
    assert group.kept(PROVINCE) == "Kep"
    mine.click()
    group.arrives(page, PROVINCE, "Takeo")
    assert faults_of(page) == []


def test_r6_different_fields_are_merged_and_appear_without_losing_a_letter(group: Group) -> None:
    dara, sophea = group.window("Dara"), group.window("Sophea")
    for page in (dara, sophea):
        open_step(page, group.server, group.plan, "cluster")
    field(dara, PROVINCE).fill("Kampot")
    group.arrives(dara, PROVINCE, "Kampot")
    before = sophea.evaluate("window.mark = performance.now()")
    field(sophea, DISTRICT).press_sequentially("Teuk Ch")
    expect(field(sophea, PROVINCE)).to_have_value("Kampot")
    sophea.keyboard.type("hou")
    assert sophea.evaluate("document.activeElement.dataset.path") == DISTRICT
    assert field(sophea, DISTRICT).input_value() == "Teuk Chhou"
    field(sophea, DISTRICT).blur()
    group.arrives(sophea, DISTRICT, "Teuk Chhou")
    assert sophea.evaluate("window.mark") == before  # the page was not loaded again
    assert group.kept(PROVINCE) == "Kampot"


@pytest.mark.parametrize(
    ("choice", "outcome"), [("Take what I typed", "Kep"), ("Take what stands there now", "Kampot")]
)
def test_r6_the_same_field_shows_both_sides_and_the_choice_is_kept(group: Group, choice: str, outcome: str) -> None:
    dara, sophea = group.window("Dara"), group.window("Sophea")
    for page in (dara, sophea):
        open_step(page, group.server, group.plan, "cluster")
    field(dara, PROVINCE).fill("Kampot")
    group.arrives(dara, PROVINCE, "Kampot")
    field(sophea, PROVINCE).fill("Kep")
    field(sophea, DISTRICT).fill("Damnak")
    said(sophea, "Somebody else changed this too")
    assert group.kept(PROVINCE) == "Kampot"
    held(sophea, group.server, group.plan, DISTRICT, "Damnak")  # all other fields are saved
    for again in (False, True):
        if again:
            open_step(sophea, group.server, group.plan, "cluster")
        both = sophea.locator(".conflict-here")
        both.wait_for()
        assert "Dara" in both.inner_text()
        assert both.locator("[data-theirs]").inner_text() == "Kampot"
        assert both.locator("[data-mine]").inner_text() == "Kep"
        assert field(sophea, PROVINCE).input_value() == "Kep"
    assert faults_of(sophea) == []
    sophea.get_by_role("button", name=choice).click()
    both.wait_for(state="detached")
    group.arrives(sophea, PROVINCE, outcome)
    open_step(sophea, group.server, group.plan, "cluster")
    assert field(sophea, PROVINCE).input_value() == outcome
    assert sophea.locator(".conflict-here").count() == 0


def test_an_entry_that_somebody_took_out_under_a_change_can_be_brought_back(group: Group) -> None:
    dara, sophea = group.window("Dara"), group.window("Sophea")
    for page in (dara, sophea):
        open_step(page, group.server, group.plan, "products")
    path = sophea.locator('[data-path$="/name"]').first.get_attribute("data-path")
    assert path is not None
    dara.get_by_role("button", name="Remove Pepper").click()
    dara.get_by_text("Taken out").wait_for()
    assert group.kept("products") is None
    field(sophea, path).fill("Black pepper")
    both = sophea.locator(".conflict-here")
    both.wait_for()
    assert "took this entry out" in both.inner_text()
    sophea.get_by_role("button", name="Take what I typed").click()
    both.wait_for(state="detached")
    said(sophea, "Saved")
    assert [row["name"] for row in group.kept("products")] == ["Black pepper"]
    assert field(sophea, path).input_value() == "Black pepper"


def test_two_windows_of_one_browser_stay_in_step(group: Group) -> None:
    one = group.window("Dara")
    other = one.context.new_page()
    for page in (one, other):
        open_step(page, group.server, group.plan, "cluster")
    field(one, PROVINCE).fill("Kampot")
    expect(field(other, PROVINCE)).to_have_value("Kampot")
    group.arrives(one, PROVINCE, "Kampot")
    until(other, "document.querySelector('#step-form input[name=base]').value === '2'")  # it has heard of it
    field(other, PROVINCE).fill("Kep")
    group.arrives(other, PROVINCE, "Kep")
    expect(field(one, PROVINCE)).to_have_value("Kep")
    assert one.locator(".conflict-here").count() == other.locator(".conflict-here").count() == 0


def test_words_of_ones_own_are_no_conflict_before_the_other_window_is_up_to_date(group: Group) -> None:
    one = group.window("Dara")
    other = one.context.new_page()
    for page in (one, other):
        open_step(page, group.server, group.plan, "cluster")
    other.route("**/steps/cluster", lambda route: route.abort())  # it hears of the save, and never gets the new page
    field(one, PROVINCE).fill("Kampot")
    group.arrives(one, PROVINCE, "Kampot")
    field(other, PROVINCE).fill("Kep")
    group.arrives(other, PROVINCE, "Kep")
    assert one.locator(".conflict-here").count() == other.locator(".conflict-here").count() == 0
    with group.server.app.app_context(), store().session() as session:
        theirs = drafts.Change("set", PROVINCE, "Takeo")
        plans.save(session, group.plan, group.people["Sophea"], 3, "theirs-01", [theirs])
    field(other, PROVINCE).fill("Siem Reap")
    expect(other.locator(".conflict-title")).to_contain_text("Sophea")
    assert group.kept(PROVINCE) == "Takeo"


def test_a_window_that_sends_what_another_has_typed_shows_it(group: Group) -> None:
    one = group.window("Dara")
    other = one.context.new_page()
    for page in (one, other):
        open_step(page, group.server, group.plan, "cluster")
    field(one, PROVINCE).fill("Kampot")
    group.arrives(one, PROVINCE, "Kampot")
    expect(field(other, PROVINCE)).to_have_value("Kampot")
    other.route("**/changes", lambda route: route.abort())
    field(other, PROVINCE).fill("Kep")
    said(other, "Not sent yet")
    one.evaluate("window.dispatchEvent(new Event('online'))")
    group.arrives(one, PROVINCE, "Kep")
    assert one.evaluate("document.activeElement.dataset.path") == PROVINCE
    expect(field(one, PROVINCE)).to_have_value("Kep")


def test_what_one_person_typed_is_never_shown_to_or_sent_by_the_next(group: Group) -> None:
    page = group.window("Dara")
    open_step(page, group.server, group.plan, "cluster")
    page.route("**/changes", lambda route: route.abort())
    field(page, PROVINCE).fill("Kampot")
    said(page, "Not sent yet")
    group.let_in(page.context, "Sophea")
    page.unroute("**/changes")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    said(page, "somebody else is signed in now")
    open_step(page, group.server, group.plan, "cluster")
    assert field(page, PROVINCE).input_value() == ""
    page.wait_for_load_state("networkidle")
    assert group.kept(PROVINCE) is None
    group.let_in(page.context, "Dara")
    open_step(page, group.server, group.plan, "cluster")
    group.arrives(page, PROVINCE, "Kampot")


def test_a_window_knows_when_another_page_has_sent_what_it_could_not(page: Page, server: Server) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)
    page.route(CHANGES, lambda route: route.abort())
    field(page, PROVINCE).fill("Kampot")
    said(page, "Not sent yet")
    other = page.context.new_page()
    other.goto(server.address())
    arrives(page, server, plan, PROVINCE, "Kampot")
    until(page, "document.querySelector('#step-form input[name=base]').value === '2'")
    page.unroute(CHANGES)
    field(page, PROVINCE).fill("Kep")
    arrives(page, server, plan, PROVINCE, "Kep")
    assert page.locator(".conflict-here").count() == 0
