"""Documents of a plan: gaps, Word file, pages to look at, downloads; plan files and Word templates sent in."""

from web.documents.site import blueprint

__all__ = ["blueprint"]

from web.documents import downloads, opening, own_templates, pages  # noqa: F401 - they add their routes to the blueprint
