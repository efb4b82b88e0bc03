"""Words of this area that arise elsewhere (steps of background work, kits, depths), written down for the translators.

Pages pass them through :func:`web.words.core`, which looks the English text up; nothing here is called for them.
"""

from __future__ import annotations

from typing import Any, Final

from flask_babel import lazy_gettext

__all__ = ["PHRASES"]

PHRASES: Final[tuple[Any, ...]] = (
    lazy_gettext("Beginning"),
    lazy_gettext("Reckoning the figures"),
    lazy_gettext("Writing the document"),
    lazy_gettext("Counting the pages"),
    lazy_gettext("Saving the file"),
    lazy_gettext("Drawing the pages"),
    lazy_gettext("Looking for changes that would help"),
    lazy_gettext("Business plan and loan request"),
    lazy_gettext("The whole plan with its annexes"),
    lazy_gettext("Request sheet and summary, for a first talk"),
)
