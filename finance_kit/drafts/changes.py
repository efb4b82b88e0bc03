"""One change of a field, a row added, removed or moved; and a document with changes made to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from finance_kit.drafts.document import (
    ABSENT,
    ROW_ID,
    Document,
    Steps,
    join_path,
    position,
    split_path,
    step_key,
    with_ids,
)
from finance_kit.errors import DraftError
from finance_kit.plan.plain_source import source_of, text_value
from finance_kit.plan.yaml_composer import MOST_ENTRIES

__all__ = ["MOST_CHANGES", "Change", "Operation", "apply"]

Operation = Literal["set", "add", "remove", "move"]
_OPERATIONS: Final = get_args(Operation)
MOST_CHANGES: Final = 2_000
"""Changes that one batch may hold."""

_KEPT_AS_TYPED: Final = frozenset(("control_character", "direction_control", "invisible_character"))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that somebody did to a plan.

    Attributes
    ----------
    op : ``set`` a field, ``add`` a row to a list, ``remove`` a row, ``move`` a row
    path : of the field; of the list that a row is added to; of the row that is removed or moved
    value : of the field, ``None`` to clear it; the new row with its ``_id``
    before : what the field held when it was changed, if that was noted
    after : id of the row behind which a row is put; ``None`` is the end of the list for ``add``, its beginning for
        ``move``
    """

    op: Operation
    path: str
    value: Any = None
    before: Any = ABSENT
    after: str | None = None

    @classmethod
    def of(cls, data: Any) -> Change:
        """A change from the JSON of a request.

        Raises
        ------
        DraftError : ``draft_change``, this is no change; ``draft_path``; or the code of what is wrong with its value,
            such as ``text_too_long``
        """
        if not isinstance(data, Mapping) or data.get("op") not in _OPERATIONS or not isinstance(data.get("path"), str):
            raise DraftError("draft_change", path="")
        after = data.get("after")
        change = cls(data["op"], data["path"], data.get("value"), data.get("before", ABSENT), after)
        if data.keys() - {"op", "path", "value", "before", "after"} or not isinstance(after, str | None):
            raise DraftError("draft_change", path=change.path[:200])
        return change.checked()

    def data(self) -> dict[str, Any]:
        """The change as JSON holds it."""
        result: dict[str, Any] = {"op": self.op, "path": self.path}
        if self.op in ("set", "add"):
            result["value"] = self.value
        if self.before is not ABSENT:
            result["before"] = self.before
        if self.op in ("add", "move"):
            result["after"] = self.after
        return result

    def checked(self) -> Change:
        """The change with line ends and row names put right, or the reason why no plan can hold it.

        A text with a hidden or steering character is kept as it was typed; checking the plan names the field.

        Raises
        ------
        DraftError : see :meth:`of`
        """
        steps = split_path(self.path)
        if (self.op in ("remove", "move")) != steps[-1].startswith("@") and self.op != "set":
            raise DraftError("draft_path", path=self.path)
        if self.op == "set" and steps[-1].startswith("@") and not isinstance(self.value, dict):
            raise DraftError("draft_change", path=self.path)
        if self.op == "add" and not isinstance(self.value, dict):
            raise DraftError("draft_change", path=self.path)
        if self.before is not ABSENT:
            _check_value(self.before, self.path, steps)
        if self.op in ("remove", "move"):
            return Change(self.op, self.path, None, self.before, self.after)
        _check_value(self.value, self.path, steps)
        value = _line_ends(self.value)
        if self.op == "set" and steps[-1].startswith("@"):
            value = {**value, ROW_ID: steps[-1][1:]}
        is_row = self.op == "add" or steps[-1].startswith("@")
        value = with_ids([value])[0] if is_row else with_ids(value)
        return Change(self.op, self.path, value, self.before, self.after)


def apply(document: Document, changes: Iterable[Change]) -> Document:
    """A new document with the changes made one after another; the given one is not changed.

    A field that is cleared is absent afterwards, and so is a section or list that nothing is left in.

    Raises
    ------
    DraftError : ``draft_row_missing``, ``draft_row_exists``, ``draft_not_a_section``, ``draft_not_a_list``,
        ``too_many_entries``, each with the path
    """
    for change in changes:
        steps = split_path(change.path)
        document = _edited(document, steps, 0, _EDITS[change.op], change) or {}
    return document


# ------------------------------------------------------------------------------------------- one change to one place

Edit = Callable[[Any, str, Change], Any]


def _edited(value: Any, steps: Steps, depth: int, edit: Edit, change: Change) -> Any:
    """A copy of the containers along the path with the edit made at its end; ``ABSENT`` when nothing is left."""
    step = steps[depth]
    if depth == len(steps) - 1:
        return edit(value, step, change)
    if step.startswith("@"):
        rows, where = _row(value, step, change)
        rows[where] = _edited(rows[where], steps, depth + 1, edit, change)
        return rows
    if value is ABSENT or value is None:
        value = {}
    if not isinstance(value, dict):
        raise DraftError("draft_not_a_section", path=join_path(steps[:depth]))
    key = step_key(step)
    inner = _edited(value.get(key, ABSENT), steps, depth + 1, edit, change)
    return _with_key(value, key, inner)


def _set(value: Any, step: str, change: Change) -> Any:
    if step.startswith("@"):
        rows, where = _row(value, step, change)
        rows[where] = change.value
        return rows
    if value is ABSENT or value is None:
        value = {}
    if not isinstance(value, dict):
        raise DraftError("draft_not_a_section", path=change.path.rpartition("/")[0])
    return _with_key(value, step_key(step), ABSENT if change.value is None else change.value)


def _add(value: Any, step: str, change: Change) -> Any:
    if value is ABSENT or value is None:
        value = {}
    if not isinstance(value, dict):
        raise DraftError("draft_not_a_section", path=change.path.rpartition("/")[0])
    key = step_key(step)
    rows = value.get(key)
    if rows is not None and not isinstance(rows, list):
        raise DraftError("draft_not_a_list", path=change.path)
    rows = list(rows or ())
    if position(rows, f"@{change.value[ROW_ID]}") is not None:
        raise DraftError("draft_row_exists", path=f"{change.path}/@{change.value[ROW_ID]}")
    if len(rows) >= MOST_ENTRIES:
        raise DraftError("too_many_entries", path=change.path, limit=MOST_ENTRIES)
    behind = position(rows, f"@{change.after}")
    rows.insert(len(rows) if behind is None else behind + 1, change.value)
    return {**value, key: rows}


def _remove(value: Any, step: str, change: Change) -> Any:
    rows, where = _row(value, step, change)
    del rows[where]
    return rows or ABSENT


def _move(value: Any, step: str, change: Change) -> Any:
    rows, where = _row(value, step, change)
    row = rows.pop(where)
    behind = position(rows, f"@{change.after}")
    if change.after is not None and behind is None:  # the row it was put behind is gone: it stays where it was
        rows.insert(where, row)
    else:
        rows.insert(0 if behind is None else behind + 1, row)
    return rows


_EDITS: Final[dict[str, Edit]] = {"set": _set, "add": _add, "remove": _remove, "move": _move}


def _row(value: Any, step: str, change: Change) -> tuple[list[Any], int]:
    """A copy of a list and the place of a row in it."""
    where = position(value, step)
    if where is None:
        raise DraftError("draft_row_missing", path=change.path)
    return list(value), where


def _with_key(section: dict[str, Any], key: str, value: Any) -> Any:
    """A copy of a section with a key set or taken out; ``ABSENT`` when that empties it. A row stays."""
    if value is not ABSENT:
        return {**section, key: value}
    rest = {name: each for name, each in section.items() if name != key}
    return rest or ABSENT


def _check_value(value: Any, path: str, steps: Steps) -> None:
    """Refuse what no plan can hold; what a field held before is kept with the change, so the same holds for it."""
    for _ in steps:  # nesting is counted from the top of the plan
        value = [value]
    for issue in source_of(value, "").issues:
        if issue.code not in _KEPT_AS_TYPED:
            raise DraftError(issue.code, path=path, **issue.params)


def _line_ends(value: Any) -> Any:
    if isinstance(value, str):
        return text_value(value)
    if isinstance(value, dict):
        return {key: _line_ends(each) for key, each in value.items()}
    return [_line_ends(each) for each in value] if isinstance(value, list) else value
