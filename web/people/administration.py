"""For administrators: who has an account here, and help for those who cannot get in.

An administrator sees names and dates, and not one plan: only its owner opens a plan to somebody.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit.store import one_time, users
from web.access import require_person
from web.people.area import administrators_only, blueprint, shared_only
from web.people.asking import Faults, ask, days, label_of, refuse
from web.sessions import config, now
from web.storage import store

__all__: list[str] = []

_RESET_LASTS: Final = timedelta(hours=24)


@blueprint.get("/administration")
@shared_only
@administrators_only
def administration() -> ResponseReturnValue:
    """Accounts and invitations."""
    return ask("people/administration.html", **_page())


@blueprint.post("/administration/people/<user_id>/disable")
@shared_only
@administrators_only
def disable_person(user_id: str) -> ResponseReturnValue:
    """Close an account at once, on every device. Plans stay; it can be opened again."""
    with store().session() as opened:
        _other(opened, user_id)
        users.disable(opened, user_id)  # ends every session and token as well
    flash(gettext("The account is closed, and signed out everywhere. Its plans are kept."), "done")
    return redirect(url_for("people.administration"), 303)


@blueprint.post("/administration/people/<user_id>/enable")
@shared_only
@administrators_only
def enable_person(user_id: str) -> ResponseReturnValue:
    """Open a closed account again."""
    with store().session() as opened:
        _other(opened, user_id)
        users.enable(opened, user_id)
    flash(gettext("The account is open again."), "done")
    return redirect(url_for("people.administration"), 303)


@blueprint.post("/administration/people/<user_id>/role")
@shared_only
@administrators_only
def change_role(user_id: str) -> ResponseReturnValue:
    """Make somebody an administrator, or not any more."""
    role = request.form.get("role", "")
    if role not in ("member", "administrator"):
        abort(400)
    with store().session() as opened:
        _other(opened, user_id)
        users.set_role(opened, user_id, role)
    flash(gettext("Changed."), "done")
    return redirect(url_for("people.administration"), 303)


@blueprint.post("/administration/people/<user_id>/reset")
@shared_only
@administrators_only
def reset_person(user_id: str) -> ResponseReturnValue:
    """A code with which this person, once and within a day, chooses a new passphrase. The old one works until then."""
    with store().session() as opened:
        other = _other(opened, user_id)
        code = one_time.issue(opened, "reset", now(), _RESET_LASTS, user_id=user_id)
    return ask("people/administration.html", **_page(code=code, code_for=other.name))


@blueprint.post("/administration/invitations")
@shared_only
@administrators_only
def invite() -> ResponseReturnValue:
    """An invitation with which one person registers."""
    faults: Faults = {}
    label = label_of(faults)
    lasting = days(faults, most=30)
    if faults:
        return refuse("people/administration.html", faults, **_page())
    with store().session() as opened:
        code = one_time.issue(opened, "invitation", now(), timedelta(days=lasting), label=label)
    return ask("people/administration.html", **_page(invitation=code))


@blueprint.post("/administration/invitations/<code_id>/revoke")
@shared_only
@administrators_only
def revoke_invitation(code_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    with store().session() as opened:
        gone = one_time.drop(opened, "invitation", code_id)
    if not gone:
        abort(404)
    flash(gettext("The invitation does not work any more."), "done")
    return redirect(url_for("people.administration"), 303)


def _other(opened: Any, user_id: str) -> Any:
    """Somebody else's account; one's own is not for this page, so that an installation never loses its last head."""
    others = {other.id: other for other in users.all_of_them(opened) if other.name}
    if user_id not in others or user_id == require_person().id:
        abort(404)
    return others[user_id]


def _page(code: str = "", code_for: str = "", invitation: str = "") -> dict[str, Any]:
    with store().session() as opened:
        return {
            "people": [other for other in users.all_of_them(opened) if other.name],
            "invitations": one_time.of(opened, "invitation", now()),
            "mode": config().registration,
            "code": code,
            "code_for": code_for,
            "invitation": invitation,
        }
