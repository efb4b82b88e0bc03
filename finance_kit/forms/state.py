"""How far a plan is: its problems by field, and each step done, to do, or with a problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from finance_kit.drafts import field_path
from finance_kit.errors import Issue
from finance_kit.forms.steps import Step, step_nodes, step_of, steps
from finance_kit.forms.typed import node_at
from finance_kit.forms.view import FieldView, NodeView, RowsView, fields_of
from finance_kit.plan.load import Loaded

__all__ = ["Listed", "PlanState", "Pointed", "StepState", "listed", "plan_state"]

StateName = Literal["empty", "todo", "problem", "done"]
_NOT_STATED: Final = ("missing_field", "too_few", "empty_value")


@dataclass(frozen=True, slots=True)
class Pointed:
    """A problem with the path and the title of what it is about."""

    path: str
    title: str
    issue: Issue


@dataclass(frozen=True, slots=True)
class Listed:
    """Problems by what a person does about them: mend, fill in, be ready to answer."""

    errors: tuple[Pointed, ...]
    missing: tuple[Pointed, ...]
    warnings: tuple[Pointed, ...]


@dataclass(frozen=True, slots=True)
class StepState:
    """A step and how far it is; ``count`` is what is left to mend (problem) or to fill in (to do)."""

    step: Step
    state: StateName
    count: int


@dataclass(frozen=True, slots=True)
class PlanState:
    """A document after checking: problems by path, states of the steps, what lies outside every step."""

    depth: str
    problems: Mapping[str, Sequence[Issue]]
    steps: tuple[StepState, ...]
    elsewhere: tuple[Issue, ...]
    usable: bool

    def next_step(self) -> Step | None:
        """The first step that something is left to do in; of those not begun, the first."""
        waiting = [each for each in self.steps if each.state in ("problem", "todo")]
        waiting = waiting or [each for each in self.steps if each.state == "empty"]
        return waiting[0].step if waiting else None


def plan_state(document: dict[str, Any], checked: Loaded) -> PlanState:
    """The state of a document.

    Parameters
    ----------
    document : as it is kept
    checked : the same document as a plan, with its issues (:func:`finance_kit.drafts.loaded`)
    """
    depth = "profile" if document.get("depth") == "profile" else "full"
    problems: dict[str, list[Issue]] = {}
    elsewhere: list[Issue] = []
    for issue in checked.issues:
        path = field_path(document, issue.where.path)
        if issue.severity == "note":
            continue
        if step_of(path, depth) is None:
            elsewhere.append(issue)
        else:
            problems.setdefault(_known(path), []).append(issue)
    states = tuple(_state(step, document, problems, depth) for step in steps(depth))
    return PlanState(depth, problems, states, tuple(elsewhere), checked.usable)


def listed(views: tuple[NodeView, ...]) -> Listed:
    """The problems of a step in the order of its fields; a field's typed text is complained of in its own words."""
    found: list[Pointed] = []
    for view in views:
        _collect(view, found)
    errors = [each for each in found if each.issue.severity == "error"]
    missing = tuple(each for each in errors if each.issue.code in _NOT_STATED)
    return Listed(
        tuple(each for each in errors if each.issue.code not in _NOT_STATED),
        missing,
        tuple(each for each in found if each.issue.severity == "warning"),
    )


def _collect(view: NodeView, found: list[Pointed]) -> None:
    if isinstance(view, FieldView):
        for each in fields_of((view,)) if view.parts else (view,):
            found += [Pointed(each.path, each.field.title, issue) for issue in each.problems]
        if view.parts:
            found += [Pointed(view.path, view.field.title, issue) for issue in view.problems]
        return
    found += [Pointed(view.path, view.node.title, issue) for issue in view.problems]
    if isinstance(view, RowsView):
        for row in view.rows:
            found += [Pointed(row.path, row.name or view.node.title, issue) for issue in row.problems]
            for inner in (*row.first, *row.more):
                _collect(inner, found)
    else:
        for inner in (*view.first, *view.more):
            _collect(inner, found)


def _known(path: str) -> str:
    """The nearest place above that the form has: a problem inside a value is one of the value."""
    while "/" in path and node_at(path) is None:
        path = path.rpartition("/")[0]
    return path


def _state(step: Step, document: dict[str, Any], problems: Mapping[str, list[Issue]], depth: str) -> StepState:
    own = [
        issue
        for path, issues in problems.items()
        if step_of(path, depth) is step
        for issue in issues
        if issue.severity == "error"
    ]
    wrong = [issue for issue in own if issue.code not in _NOT_STATED]
    if wrong:
        return StepState(step, "problem", len(wrong))
    if own:
        return StepState(step, "todo", len(own))
    begun = any(document.get(node.name) not in (None, [], {}) for node in step_nodes(step))
    return StepState(step, "done" if begun else "empty", 0)
