"""What one document says otherwise than another, as the changes that lead from the first to the second."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from finance_kit.drafts.changes import Change
from finance_kit.drafts.document import ROW_ID, Document, Steps, is_rows, join_path, key_step, same

__all__ = ["difference"]


def difference(old: Document, new: Document) -> list[Change]:
    """The changes after which ``old`` says the same as ``new``.

    Fields are compared one by one, also those of a section that only one of the documents has, and rows by their names.
    Empty sections and lists count as absent.
    """
    return list(_sections(old, new, ()))


def _sections(old: dict[str, Any], new: dict[str, Any], steps: Steps) -> Iterator[Change]:
    keys = [key for key in (*old, *(key for key in new if key not in old)) if key != ROW_ID]
    for key in keys:
        before, after = _stated(old.get(key)), _stated(new.get(key))
        yield from _values(before, after, (*steps, key_step(key)))


def _values(before: Any, after: Any, steps: Steps) -> Iterator[Change]:
    if same(before, after):
        return
    if isinstance(before or {}, dict) and isinstance(after or {}, dict) and (before or after):
        yield from _sections(before or {}, after or {}, steps)
    elif (before is None or is_rows(before)) and (after is None or is_rows(after)):
        yield from _rows(before or [], after or [], steps)
    else:
        yield Change("set", join_path(steps), after, before)


def _stated(value: Any) -> Any:
    """A value, ``None`` for what says nothing."""
    return None if value in ({}, []) else value


def _rows(before: list[Any], after: list[Any], steps: Steps) -> Iterator[Change]:
    path = join_path(steps)
    old = {row[ROW_ID]: row for row in before}
    new = {row[ROW_ID]: row for row in after}
    # Added before removed: a list that nothing is left in would be absent for a moment, and the order be lost.
    order = list(old)
    behind: str | None = None
    for name, row in new.items():
        if name not in old:
            if behind is None and order:
                yield Change("add", path, row, after=None)
                yield Change("move", f"{path}/@{name}", after=None)
            else:
                yield Change("add", path, row, after=behind)
            order.insert(order.index(behind) + 1 if behind else 0, name)
        behind = name
    for name, row in old.items():
        if name not in new:
            yield Change("remove", f"{path}/@{name}", before=row)
            order.remove(name)
    yield from _moves(order, list(new), path)
    for name, row in old.items():
        if name in new:
            yield from _sections(row, new[name], (*steps, f"@{name}"))


def _moves(order: list[str], wanted: list[str], path: str) -> Iterator[Change]:
    """The moves that bring names into the wanted order."""
    behind: str | None = None
    for place, name in enumerate(wanted):
        if order[place] != name:
            yield Change("move", f"{path}/@{name}", after=behind)
            order.remove(name)
            order.insert(place, name)
        behind = name
