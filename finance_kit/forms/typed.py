"""From what was typed to changes of a document: by field, or a whole step at once.

A growth that a plan states as a bare rate and a season are one value of the document, but several fields of the form:
here they are put together, from what the document held when the person began.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from finance_kit.drafts import Change, lookup, new_id
from finance_kit.errors import DraftError, Issue
from finance_kit.forms.reading import read
from finance_kit.forms.schema_form import Field, Node, Rows, Section, form_of
from finance_kit.forms.view import GROWTH_PARTS, FieldView, NodeView, fields_of, ticked
from finance_kit.plan.schema import Plan

__all__ = ["Typed", "copy_of_row", "field_at", "node_at", "typed_changes", "typed_step"]

_DEEPEST: Final = 12


@dataclass(frozen=True, slots=True)
class Typed:
    """Changes to make, and what could not be read in them, by path; such a value is kept as it was typed."""

    changes: tuple[Change, ...]
    problems: Mapping[str, Issue]


def node_at(path: str) -> Node | None:
    """What the schema has at a path of a document; for a row the list's entry; ``None`` where it has nothing."""
    nodes: tuple[Node, ...] = form_of(Plan)
    found: Node | None = None
    for step in path.split("/"):
        if step.startswith("@"):
            if not isinstance(found, Rows):
                return None
            continue
        if isinstance(found, Field):
            nodes = GROWTH_PARTS if found.kind == "growth" else ()
        elif found is not None:
            nodes = found.nodes
        found = next((node for node in nodes if node.name == step), None)
        if found is None:
            return None
    return found


def field_at(path: str) -> Field | None:
    """The field at a path of a document, ``None`` where there is none."""
    node = None if path.rpartition("/")[2].startswith("@") else node_at(path)
    return node if isinstance(node, Field) else None


def typed_changes(changes: Iterable[Change], base: Mapping[str, Any], language: str) -> Typed:
    """Changes whose values are what was typed, as changes whose values a plan holds.

    Parameters
    ----------
    changes : values of fields are texts, or plain data, which passes as it is
    base : the document that the person saw
    language : that was typed in

    Raises
    ------
    DraftError : ``draft_path``, the plan has no such field or list
    """
    made: list[Change] = []
    problems: dict[str, Issue] = {}
    growths: dict[Any, Any] = {}
    for change in changes:
        if change.op in ("remove", "move"):
            if node_at(change.path) is None:
                raise DraftError("draft_path", path=change.path)
            made.append(change)
        elif change.op == "add":
            made.append(_added(change, language))
        else:
            made += _set(change, base, language, problems, growths)
    return Typed(tuple(made), problems)


def typed_step(
    views: tuple[NodeView, ...], form: Mapping[str, Sequence[str]], base: Mapping[str, Any], language: str
) -> Typed:
    """The changes in a whole step that was sent: only what differs from what the person saw.

    Parameters
    ----------
    views : the step as it was shown, at the revision that it was shown in
    form : name of an input (the path of its field) -> the texts sent under it; a field that is not there was not shown
    base : the document at that revision
    language : that the page was in
    """
    changes = [
        Change("set", view.path, value)
        for view in fields_of(views)
        if view.path in form and (value := _differs(view, list(form[view.path]))) is not _SAME
    ]
    return typed_changes(changes, base, language)


def copy_of_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with names of its own for itself and the rows in it."""
    copied = {key: _copied(value) for key, value in row.items()}
    return {**copied, "_id": new_id()}


# --------------------------------------------------------------------------------------------------------------- parts

_SAME: Final = object()


def _differs(view: FieldView, sent: list[str]) -> Any:
    """What was sent, where it is not what was shown."""
    kind = view.field.kind
    if kind == "season":
        texts = sent[:12] + [""] * (12 - len(sent))
        return _SAME if [text.strip() for text in texts] == list(view.texts) else texts
    if kind == "months_of_year":
        chosen = ticked(sent)
        if set(chosen) == set(view.ticked):  # ticks have no order, and a plan may have one: November, December, January
            return _SAME
        stay = [month for month in view.ticked if month in chosen]
        return [*stay, *(month for month in chosen if month not in stay)] or None
    typed, was = sent[-1].replace("\r\n", "\n"), view.text
    if kind in ("long_text", "texts"):
        return _SAME if typed.strip() == was.strip() else typed
    # A single line loses its line breaks in a browser.
    return _SAME if " ".join(typed.split()) == " ".join(was.split()) else typed


def _set(
    change: Change, base: Mapping[str, Any], language: str, problems: dict[str, Issue], growths: dict[Any, Any]
) -> list[Change]:
    field = field_at(change.path)
    if field is None:
        return _set_part(change, language)
    if field.kind == "growth":
        return [change]
    found = read(field, change.value, language)
    if found.problem is not None:
        problems[change.path] = found.problem
    parent = change.path.rpartition("/")[0]
    around = node_at(parent) if parent and not parent.rpartition("/")[2].startswith("@") else None
    if isinstance(around, Field):
        return [_growth_change(parent, field.name, found.value, base, growths)]
    return [Change("set", change.path, found.value, change.before)]


def _set_part(change: Change, language: str) -> list[Change]:
    """A whole part set or taken out: a section, a row, a list."""
    node = node_at(change.path)
    if node is None:
        raise DraftError("draft_path", path=change.path)
    if change.value is None:
        return [change]
    if isinstance(change.value, dict) and isinstance(node, Section | Rows):
        return [Change("set", change.path, _typed_part(node, change.value, language, 0), change.before)]
    if isinstance(change.value, list) and isinstance(node, Rows):
        rows = [_typed_part(node, row, language, 0) if isinstance(row, dict) else row for row in change.value]
        return [Change("set", change.path, rows, change.before)]
    raise DraftError("draft_change", path=change.path)


def _added(change: Change, language: str) -> Change:
    node = node_at(change.path)
    if not isinstance(node, Rows) or not isinstance(change.value, dict):
        raise DraftError("draft_path", path=change.path)
    return Change("add", change.path, _typed_part(node, change.value, language, 0), change.before, change.after)


def _typed_part(node: Section | Rows, part: Mapping[str, Any], language: str, depth: int) -> dict[str, Any]:
    """A part whose fields are texts, as a plan holds it; keys that the schema does not know stay as they are."""
    inner = {each.name: each for each in node.nodes}
    made = {key: _typed_value(inner.get(key), value, language, depth) for key, value in part.items()}
    return {key: value for key, value in made.items() if value is not None}


def _typed_value(node: Node | None, value: Any, language: str, depth: int) -> Any:
    if isinstance(node, Field):
        return value if node.kind == "growth" else read(node, value, language).value
    if node is None or depth >= _DEEPEST:
        return value
    if isinstance(value, dict):
        return _typed_part(node, value, language, depth + 1)
    if isinstance(node, Rows) and isinstance(value, list):
        return [_typed_part(node, row, language, depth + 1) if isinstance(row, dict) else row for row in value]
    return value


def _growth_change(path: str, part: str, value: Any, base: Mapping[str, Any], growths: dict[Any, Any]) -> Change:
    """A part of a growth put into the whole: a rate alone stays a bare number, as people write it in a file."""
    if path not in growths:
        held = lookup(base, path)
        growths[path] = dict(held) if isinstance(held, dict) else {"rate": held} if _stated(held) else {}
        growths[path, "bare"] = not isinstance(held, dict)
    whole: dict[str, Any] = growths[path]
    whole[part] = value
    stated = {name: each for name, each in whole.items() if each is not None}
    bare = growths[path, "bare"] and set(stated) == {"rate"} and not isinstance(stated["rate"], str)
    return Change("set", path, stated["rate"] if bare else stated or None)


def _stated(value: Any) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool)


def _copied(value: Any) -> Any:
    if isinstance(value, list):
        return [copy_of_row(each) if isinstance(each, dict) else each for each in value]
    return {key: _copied(each) for key, each in value.items()} if isinstance(value, dict) else value
