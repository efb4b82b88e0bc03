"""A plan in the browser: its steps, saving, versions, bin."""

from __future__ import annotations

from web.plans import autosave, begin, conflicts, pages, sending, versions
from web.plans.area import blueprint

__all__ = ["autosave", "begin", "blueprint", "conflicts", "pages", "sending", "versions"]
