"""The programming interface: plans, figures, readiness and documents as JSON, described as OpenAPI 3.1."""

from web.api.site import blueprint, spec

__all__ = ["blueprint", "spec"]

from web.api import plans, results, work  # noqa: F401 - they add their routes to the blueprint
