"""Addresses of the form's pages: where a field is filled in, from the way an issue or a rule names it."""

from __future__ import annotations

from typing import Any, Final

from flask import url_for
from flask_babel import gettext

from finance_kit import drafts
from web.words import core

__all__ = ["field_address", "field_words"]

_PLAN: Final = "plans.plan"
