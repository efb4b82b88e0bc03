"""R9: no connection, a server that is killed, answers that get lost. What was typed is kept and arrives once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route

from finance_kit.errors import StoreError
from tests.web.browser.server import Server, arrives, field, held, open_step, said, sign_in

PROVINCE = "cluster/province"
CHANGES = "**/plans/*/changes"
FORBIDDEN = "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('forbidden'); } })"
NO_ROOM_LEFT = "IDBObjectStore.prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError'); }"


def back(page: Page) -> None:
    """The browser notices that there is a network again."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def unsent(page: Page) -> int:
    """Records that the browser holds itself."""
    count = page.evaluate(
        """async () => {
          const open = indexedDB.open("finance-kit");
          const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
          const stores = [...database.objectStoreNames];
          const asked = stores.map((name) => database.transaction(name).objectStore(name).count());
          const heard = (each) => new Promise((done) => { each.onsuccess = () => done(each.result); });
          const found = await Promise.all(asked.map(heard));
          database.close();
          return found.reduce((sum, each) => sum + each, 0);
        }"""
    )
    return int(count)


@pytest.mark.parametrize("host", ["127.0.0.1", "lan.test"])
def test_r9_typed_without_a_network_it_outlives_a_reload_and_arrives(
    host: str, context: BrowserContext, server: Server
) -> None:
    plan = server.new_plan()
    page = context.new_page()
    sign_in(page, server, host)
    open_step(page, server, plan, host=host)
    assert page.evaluate("window.isSecureContext") is (host == "127.0.0.1")
    context.set_offline(True)
    server.stop()  # a page that goes away gets requests past the browser's own switch
    field(page, PROVINCE).press_sequentially("Kampot", delay=20)
    said(page, "Not sent yet")
    said(page, "kept on this device")
    with pytest.raises(Error):
        page.reload()
    page.close()
    server.start()
    page = context.new_page()
    page.route(CHANGES, lambda route: route.abort())
    context.set_offline(False)
    open_step(page, server, plan, host=host)
    assert field(page, PROVINCE).input_value() == "Kampot"
    said(page, "Not sent yet")
    assert server.kept(plan, PROVINCE) is None
    page.unroute(CHANGES)
    back(page)
    arrives(page, server, plan, PROVINCE, "Kampot")
    assert server.revision(plan) == 2
    assert unsent(page) == 0


def test_r9_what_was_typed_while_the_server_was_down_arrives_when_it_is_back(page: Page, server: Server) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)
    field(page, PROVINCE).press_sequentially("Kam", delay=20)
    server.stop()
    field(page, PROVINCE).press_sequentially("pot", delay=20)
    said(page, "Not sent yet")
    field(page, "cluster/product").fill("Pepper")
    server.start()
    back(page)
    arrives(page, server, plan, PROVINCE, "Kampot")
    assert server.kept(plan, "cluster/product") == "Pepper"
    assert field(page, PROVINCE).input_value() == "Kampot"


def test_an_answer_that_gets_lost_is_asked_for_again_and_counted_once(page: Page, server: Server) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)
    sent: list[dict[str, Any]] = []

    def lose_the_first_answer(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or ""))
        if len(sent) > 1:
            return route.continue_()
        route.fetch()
        return route.abort()

    page.route(CHANGES, lose_the_first_answer)
    field(page, PROVINCE).fill("Kampot")
    said(page, "Not sent yet")
    assert server.revision(plan) == 2  # it had arrived
    open_step(page, server, plan)  # even another page knows the batch by its name
    while unsent(page):
        page.wait_for_timeout(50)
    said(page, "Saved")
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert server.revision(plan) == 2
    assert server.kept(plan, PROVINCE) == "Kampot"


def test_only_the_servers_own_answer_counts_as_saved(page: Page, server: Server) -> None:
    """A hotel's network answers anything with a page of its own."""
    plan = server.new_plan()
    open_step(page, server, plan)
    page.route(CHANGES, lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Welcome</h1>"))
    field(page, PROVINCE).fill("Kampot")
    said(page, "Not sent yet")
    page.unroute(CHANGES)
    back(page)
    arrives(page, server, plan, PROVINCE, "Kampot")


@pytest.mark.parametrize(
    ("code", "words"),
    [("store_full", "The disk is full"), ("store_busy", "The plans cannot be reached")],
)
def test_a_server_that_cannot_save_says_why_and_is_asked_again(
    code: str, words: str, page: Page, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)

    def full(*_: object, **_more: object) -> None:
        raise StoreError(code)

    with monkeypatch.context() as broken:
        broken.setattr("web.plans.saving.plans.save", full)
        field(page, PROVINCE).fill("Kampot")
        said(page, f"Not saved: {words}")
    back(page)
    arrives(page, server, plan, PROVINCE, "Kampot")


@pytest.mark.parametrize("length", [200_000, 3_000_000])
def test_what_no_plan_can_hold_is_said_at_its_field_and_holds_up_nothing_else(
    length: int, page: Page, server: Server
) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)
    page.evaluate(
        """(length) => {
          for (const [path, text] of [["title", "x".repeat(length)], ["cluster/province", "Kampot"]]) {
            const field = document.querySelector(`[data-path="${path}"]`);
            field.removeAttribute("maxlength");
            field.value = text;
            field.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }""",
        length,
    )
    said(page, "Not saved")
    page.locator('[data-field="title"] .field-error', has_text="Not saved").wait_for()
    held(page, server, plan, PROVINCE, "Kampot")
    assert server.kept(plan, "title") == "Pepper growers"
    field(page, "title").fill("Pepper")
    arrives(page, server, plan, "title", "Pepper")
    assert page.locator('[data-field="title"] .field-error').count() == 0


@pytest.mark.parametrize("trouble", [FORBIDDEN, NO_ROOM_LEFT])
def test_a_browser_that_keeps_nothing_saves_all_the_same_and_warns(
    trouble: str, context: BrowserContext, server: Server
) -> None:
    plan = server.new_plan()
    context.add_init_script(trouble)
    page = context.new_page()
    sign_in(page, server)
    open_step(page, server, plan)
    context.set_offline(True)
    field(page, PROVINCE).fill("Kampot")
    said(page, "leave this page open")
    context.set_offline(False)
    arrives(page, server, plan, PROVINCE, "Kampot")


def test_another_page_sends_what_the_form_could_not(page: Page, server: Server) -> None:
    plan = server.new_plan()
    open_step(page, server, plan)
    page.route(CHANGES, lambda route: route.abort())
    field(page, PROVINCE).fill("Kampot")
    said(page, "Not sent yet")
    page.unroute(CHANGES)
    with page.expect_response(CHANGES) as answer:
        page.goto(server.address())
    assert answer.value.status == 200
    assert server.kept(plan, PROVINCE) == "Kampot"
