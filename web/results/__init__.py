"""What a plan means: live results, figures that open, readiness and what mends it, offers, papers, people behind it."""

from web.results import mends, offers, pages, papers, people, readiness
from web.results.site import blueprint

__all__ = ["blueprint", "mends", "offers", "pages", "papers", "people", "readiness"]
