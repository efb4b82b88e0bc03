"""The area's blueprint, the answer that carries a file, and the note of who took which."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from flask import Blueprint, Response

from web.storage import store

__all__ = ["attachment", "blueprint", "inline_picture", "note"]

blueprint: Final = Blueprint("documents", __name__)
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def attachment(content: bytes, name: str, media_type: str) -> Response:
    """A file to be saved, never to be shown by the browser; its name was made by us and is checked all the same."""
    if not name or not _PLAIN.issuperset(name):
        message = "a file name is not plain"
        raise ValueError(message)
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(answer)


def inline_picture(content: bytes) -> Response:
    """A picture of a page, to be shown."""
    answer = Response(content, mimetype="image/png")
    answer.headers["Content-Disposition"] = "inline"
    return _private(answer)


def note(user: Any, plan_id: str | None, action: str, **details: Any) -> None:
    """Write down who did what, with a plan or with something of their own."""
    from finance_kit.store import audit

    with store().session() as session:
        audit.note(session, datetime.now(UTC), user.id, plan_id, action, details)


def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
