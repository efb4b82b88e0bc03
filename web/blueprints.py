"""The areas of the site, one blueprint each."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["BLUEPRINTS", "attach"]

BLUEPRINTS: Final = (
    "web.assets:blueprint",
    "web.health:blueprint",
    "web.languages:blueprint",
    "web.start:blueprint",
    "web.plans:blueprint",
    "web.help:blueprint",
    "web.documents:blueprint",
    "web.api:blueprint",
    "web.results:blueprint",
    "web.people:blueprint",
)


def attach(app: Flask) -> None:
    """Register every area."""
    for place in BLUEPRINTS:
        module, _, name = place.partition(":")
        app.register_blueprint(getattr(importlib.import_module(module), name))
