"""The area of a plan's pages; each module beside it hangs its routes on it."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

__all__ = ["blueprint"]

blueprint: Final = Blueprint("plans", __name__, url_prefix="/plans")
