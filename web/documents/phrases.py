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
    lazy_gettext("What the document is"),
    lazy_gettext("Name of the cluster"),
    lazy_gettext("District, province, country"),
    lazy_gettext("Title of the plan"),
    lazy_gettext(
        "Rows of a table on the cover: amount, term and so on; the first and last tag in a row of the table each"
    ),
    lazy_gettext("Note on teaching cases"),
    lazy_gettext("Head of the pages: cluster and plan"),
    lazy_gettext("Foot of the pages, beside the page number"),
    lazy_gettext("Day of the plan"),
)
