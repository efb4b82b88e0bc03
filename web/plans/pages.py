"""Looking at a plan: the overview with its steps, and one step as a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from finance_kit.errors import Issue
from finance_kit.forms.state import PlanState, listed, plan_state
from finance_kit.forms.steps import Step, steps
from finance_kit.forms.view import Here, NodeView, step_view
from web import working
from web.access import PlanAccess, plan_access
from web.frame import address_of
from web.languages import current_language
from web.plans.area import blueprint
from web.plans.shown import plan_frame

__all__ = ["Unsaved", "checked", "find_step", "step_page", "views_of"]


def checked(access: PlanAccess) -> PlanState:
    """The state of a plan as it stands."""
    return plan_state(access.document, working.checked(access))


def find_step(step_id: str, depth: str) -> Step:
    """A step by its id in the address; 404 where this depth has none of the name."""
    return next((each for each in steps(depth) if each.id == step_id), None) or abort(404)


def views_of(step: Step, document: dict[str, Any], state: PlanState, language: str) -> tuple[NodeView, ...]:
    """A step as it is to be shown."""
    return step_view(step, Here(document, state.problems, language, state.depth))


@blueprint.get("/<plan_id>")
def overview(plan_id: str) -> ResponseReturnValue:
    """The steps of a plan and how far each is."""
    access = plan_access(plan_id, "view")
    state = checked(access)
    return render_template(
        "plans/overview.html",
        **plan_frame(access, "overview"),
        depth=state.depth,
        depth_word=gettext("Profile") if state.depth == "profile" else gettext("Full plan"),
        states=state.steps,
        next_step=state.next_step(),
        headline=_headline(state),
        elsewhere=state.elsewhere,
        step=None,
    )


@blueprint.get("/<plan_id>/steps/<step_id>")
def step(plan_id: str, step_id: str) -> ResponseReturnValue:
    """One step as a form."""
    access = plan_access(plan_id, "view")
    return step_page(access, step_id)


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was sent and could not all be saved, so that the form is shown once more.

    Attributes
    ----------
    document, base, mark : what it is shown from, and which version that is, by number and mark
    sent : texts that stand in their fields without being saved, by path
    problems : why not, by path
    """

    document: dict[str, Any]
    base: int
    mark: str
    sent: Mapping[str, Sequence[str]]
    problems: Mapping[str, Issue]


def step_page(access: PlanAccess, step_id: str, unsaved: Unsaved | None = None) -> str:
    """The page of a step, with the rows open that the address names."""
    state = checked(access)
    found = find_step(step_id, state.depth)
    if unsaved is None:
        views = views_of(found, access.document, state, current_language())
    else:
        problems = {**state.problems, **{path: (issue,) for path, issue in unsaved.problems.items()}}
        here = Here(unsaved.document, problems, current_language(), state.depth, unsaved.sent)
        views = step_view(found, here)
    order = steps(state.depth)
    number = order.index(found) + 1
    return render_template(
        "plans/step.html",
        **plan_frame(access, "step"),
        step=found,
        base=access.revision if unsaved is None else unsaved.base,
        base_mark=access.plan.seen if unsaved is None else unsaved.mark,
        number=number,
        following=order[number] if number < len(order) else None,
        views=views,
        states=state.steps,
        listed=listed(views),
        opened=request.args.getlist("open")[:20],
        page_data=_page_data(access, found),
    )


def _page_data(access: PlanAccess, found: Step) -> dict[str, Any]:
    """What the script of the page needs: where to send changes, from which revision, and its words."""
    plan_id = access.plan.id
    return {
        "plan": plan_id,
        "revision": access.revision,
        "seen": access.plan.seen,
        "step": found.id,
        "language": current_language(),
        "mayEdit": access.may("edit"),
        "changes": url_for("plans.changes", plan_id=plan_id),
        "signIn": address_of("people.sign_in", next=request.path),
        "texts": _texts(),
    }


def _texts() -> dict[str, str]:
    """What the script of the page says: where the text that was typed is, and the choice between two sides."""
    return {
        "saving": gettext("Saving …"),
        "kept": gettext("Kept on this device"),
        "offline": gettext("Not sent yet: no connection. It is kept on this device and sent as soon as there is one."),
        "fleeting": gettext("Not sent yet, and this browser keeps nothing: leave this page open."),
        "failed": gettext("Not saved: %(reason)s", reason="{reason}"),
        "refused": gettext("Not saved"),
        "session": gettext("Not sent yet: please sign in again. What you typed is kept on this device."),
        "signIn": gettext("Sign in"),
        "other": gettext("Not sent: somebody else is signed in now. What you typed is kept for you."),
        "changed": gettext("Somebody else changed this too: nothing is overwritten."),
        "choose": gettext("Choose"),
        "conflict": gettext("Changed in two places"),
        "theirs": gettext("What stands there now:"),
        "mine": gettext("What you typed:"),
        "takeTheirs": gettext("Take what stands there now"),
        "takeMine": gettext("Take what I typed"),
        "nothing": gettext("nothing"),
    }


def _headline(state: PlanState) -> str:
    """How far the plan is, in one sentence."""
    wrong = sum(each.count for each in state.steps if each.state == "problem")
    waiting = sum(each.count for each in state.steps if each.state == "todo")
    if wrong:
        return str(ngettext("%(num)s entry must be mended first.", "%(num)s entries must be mended first.", wrong))
    if waiting:
        return str(
            ngettext(
                "%(num)s answer is needed before figures can be worked out.",
                "%(num)s answers are needed before figures can be worked out.",
                waiting,
            )
        )
    if not state.usable:
        return str(gettext("Figures cannot be worked out yet; see below what is missing."))
    return str(gettext("Nothing stands in the way: the figures can be worked out."))
