"""Who is asking, and may they: every route is closed unless it says ``@public``, and a plan has one door.

``plan_access`` is the only way to a plan. A plan that somebody may not see answers exactly as one that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from flask import abort, current_app, g, request

from web import sessions
from web.storage import store

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

__all__ = [
    "PlanAccess",
    "Right",
    "attach",
    "current_person",
    "identify_also",
    "is_public",
    "person_known",
    "plan_access",
    "public",
    "require_person",
    "tell_also",
]

Right = Literal["view", "comment", "edit", "own"]
View = TypeVar("View", bound=Callable[..., Any])

_PUBLIC: Final = "_finance_kit_public"
_OTHERS: Final = "finance_kit_identify"
_LISTENERS: Final = "finance_kit_plan_used"
_RIGHTS: Final[Mapping[str, frozenset[str]]] = {
    "viewer": frozenset({"view"}),
    "adviser": frozenset({"view", "comment"}),
    "editor": frozenset({"view", "comment", "edit"}),
    "owner": frozenset({"view", "comment", "edit", "own"}),
}


@dataclass(frozen=True)
class PlanAccess:
    """A plan that this person may use in the way that was asked for.

    ``plan`` is the store's view of it (id, title, role …), ``document`` its content, ``revision`` the number to name
    when saving.
    """

    user: Any
    plan: Any
    document: dict[str, Any]
    revision: int

    def may(self, right: Right) -> bool:
        """Whether this person also has another right on the plan, to show or leave out a button."""
        return right in _RIGHTS.get(self.plan.role, frozenset())


def public(view: View) -> View:
    """Mark a route that anybody may call. A test keeps the list of them short."""
    setattr(view, _PUBLIC, True)
    return view


def is_public(view: Any) -> bool:
    """Whether a view function was marked ``@public``."""
    return getattr(view, _PUBLIC, False) is True


def identify_also(app: Flask, way: Callable[[], Any]) -> None:
    """Add a way to know who is asking, such as a token of the programming interface; it returns a user or ``None``."""
    app.extensions[_OTHERS].append(way)


def tell_also(app: Flask, listener: Callable[[Any, Any, Right], None]) -> None:
    """Add somebody to tell when a plan is used: the person, the store's view of the plan, and the right asked for."""
    app.extensions[_LISTENERS].append(listener)


def current_person() -> Any:
    """The user who is asking, or ``None``; looked up once a request.

    Raises
    ------
    StoreError : the database cannot be read
    """
    if "person" not in g:
        person = sessions.person()
        for way in current_app.extensions[_OTHERS]:
            person = person or way()
        g.person = person
    return g.person


def person_known() -> Any:
    """The user who is asking if that was found out already, else ``None``: for pages that must not need the store."""
    return g.get("person")


def require_person() -> Any:
    """The user who is asking; anybody else is sent to the door."""
    return current_person() or abort(401)


def plan_access(plan_id: str, right: Right) -> PlanAccess:
    """The plan, if the person who asks may use it so.

    Parameters
    ----------
    plan_id : as it stands in the address
    right : ``view``, ``comment``, ``edit`` or ``own``

    Raises
    ------
    NotFound : there is no such plan, or it is nobody's business that there is
    Forbidden : the person may see the plan, but not do this with it
    """
    from finance_kit.store import plans

    person = require_person()
    with store().session() as session:
        plan = plans.get(session, plan_id, person.id)
    rights = _RIGHTS.get(plan.role, frozenset()) if plan is not None else frozenset()
    if plan is None or "view" not in rights:
        abort(404)
    if right not in rights:
        abort(403)
    for tell in current_app.extensions[_LISTENERS]:
        tell(person, plan, right)
    return PlanAccess(person, plan, plan.document, plan.revision)


def attach(app: Flask) -> None:
    """Close every route that does not say that it is public."""
    app.extensions[_OTHERS] = []
    app.extensions[_LISTENERS] = []
    app.before_request(_close_by_default)
    app.context_processor(lambda: {"person": person_known()})


def _close_by_default() -> ResponseReturnValue | None:
    if request.endpoint is None or is_public(current_app.view_functions.get(request.endpoint)):
        return None  # an address without a view is answered 404 or 405 by the router
    require_person()
    return None
