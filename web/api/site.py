"""The interface's blueprint and its description as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any, Final, cast

from flask import Blueprint, Flask, jsonify
from flask.typing import ResponseReturnValue
from spectree import Response, SecurityScheme, SpecTree
from spectree.models import SecureType, SecuritySchemeData

from finance_kit import __version__
from web.access import public
from web.api.answers import explain_refusal
from web.api.door import attach, check_body, check_token
from web.api.models import ErrorOut
from web.guard import csrf

__all__ = ["answers", "blueprint", "spec"]

_ABOUT: Final = (
    "Plans, figures, readiness and documents for other programs, with the same checks and limits as the pages. "
    "Send a token as `Authorization: Bearer …`; make one on the page of your account. Every refusal has one shape: "
    "a code, a sentence, and the field."
)
blueprint: Final = Blueprint("api", __name__, url_prefix="/api/v1")
csrf.exempt(blueprint)
blueprint.before_request(check_token)
blueprint.before_request(check_body)
blueprint.record_once(lambda state: attach(cast(Flask, state.app)))

spec: Final = SpecTree(
    "flask",
    title="Finance Kit",
    version=__version__,
    description=_ABOUT,
    path="api/v1/openapi",
    openapi_version="3.1.0",
    mode="strict",
    page_templates={},
    security_schemes=[SecurityScheme(name="token", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer"))],
    security={"token": []},
    before=explain_refusal,
    validation_error_status=422,
    validation_error_model=ErrorOut,
    naming_strategy=lambda model: str(model.__name__),
    nested_naming_strategy=lambda _parent, child: str(child),
    annotations=True,
)
_ALWAYS: Final = (401, 404)
_WITH_BODY: Final = (400, 403, 413, 415)


def answers(
    model: Any = None, *, status: int = 200, body: bool = False, also: tuple[int, ...] = (), conflict: Any = None
) -> Response:
    """The answers of a route: its own, and the refusals that can come instead."""
    refusals = {*_ALWAYS, 422, 503, 507, *also, *(_WITH_BODY if body else ())}
    models: dict[str, Any] = {f"HTTP_{code}": ErrorOut for code in sorted(refusals)}
    if conflict is not None:
        models["HTTP_409"] = conflict
    return Response(**{f"HTTP_{status}": model}, **models)


@blueprint.get("/openapi.json")
@public
def description() -> ResponseReturnValue:
    """The description of this interface."""
    return jsonify(spec.spec)
