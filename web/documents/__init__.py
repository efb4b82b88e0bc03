"""Documents of a plan: gaps, Word file, pages to look at, downloads; and opening a plan file that somebody sends."""

from web.documents.site import blueprint

__all__ = ["blueprint"]

from web.documents import downloads, opening, pages  # noqa: F401 - they add their routes to the blueprint
