"""A fault of the server over one field: everything else that was typed goes on, and the field is tried again later."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.web.browser.server import Server, arrives, field, held, open_step
from tests.web.browser.test_nothing_typed_is_lost import PROVINCE, back
from web.plans import autosave, saving

PRODUCT = "cluster/product"


def test_a_field_that_the_server_fails_over_holds_up_nothing_else_and_is_sent_by_a_later_page(
    page: Page, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = server.new_plan()
    save = saving.save

    def fails_over_the_product(access: Any, base: int, batch: str, changes: Any, seen: str) -> Any:
        if any(change.path == PRODUCT for change in changes):
            raise ZeroDivisionError
        return save(access, base, batch, changes, seen)

    with monkeypatch.context() as broken:
        broken.setattr(autosave, "save", fails_over_the_product)
        open_step(page, server, plan)
        for path, text in ((PROVINCE, "Kampot"), (PRODUCT, "Pepper")):
            field(page, path).evaluate(
                "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', {bubbles: true})); }",
                text,
            )
        for _ in range(100):
            if page.locator(f'[data-field="{PRODUCT}"] .field-error').count():
                break
            back(page)
            page.wait_for_timeout(200)
        page.locator(f'[data-field="{PRODUCT}"] .field-error', has_text="Something went wrong on our side").wait_for()
        held(page, server, plan, PROVINCE, "Kampot")
        assert field(page, PRODUCT).input_value() == "Pepper"
        field(page, "title").fill("Typed afterwards")
        held(page, server, plan, "title", "Typed afterwards")
        assert server.kept(plan, PRODUCT) is None
    page.reload()
    arrives(page, server, plan, PRODUCT, "Pepper")
    assert page.locator(f'[data-field="{PRODUCT}"] .field-error').count() == 0
