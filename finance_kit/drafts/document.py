"""Documents and the paths in them: rows get names, names are taken away again, fields are found."""

from __future__ import annotations

import re
import secrets
from typing import Any, Final

from finance_kit.errors import DraftError

__all__ = [
    "ABSENT",
    "ROW_ID",
    "Document",
    "Steps",
    "field_path",
    "is_rows",
    "join_path",
    "lookup",
    "new_document",
    "new_id",
    "plain",
    "position",
    "same",
    "split_path",
    "with_ids",
]

Document = dict[str, Any]
Steps = tuple[str, ...]

ROW_ID: Final = "_id"
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_ID: Final = re.compile(r"[A-Za-z0-9]{8}")
_MOST_STEPS: Final = 40
_LONGEST_PATH: Final = 2_000
_ESCAPES: Final = (("~", "~0"), ("/", "~1"))


class _Absent:
    """The value of a field that is not stated; ``None`` is what a file says by ``name:`` and nothing behind it."""

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = _Absent()


def new_id() -> str:
    """A name for a row: eight random letters and digits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


def new_document(data: Any) -> Document:
    """A document of plain plan data: each mapping in a list has its ``_id``; the data is not changed.

    Raises
    ------
    DraftError : ``draft_not_a_plan``, the data is no mapping
    """
    if not isinstance(data, dict):
        raise DraftError("draft_not_a_plan", path="")
    document: Document = with_ids(data)
    return document


def with_ids(value: Any) -> Any:
    """A copy of a value in which each mapping of a list has an ``_id`` that no other of the list has."""
    if isinstance(value, dict):
        return {key: with_ids(each) for key, each in value.items()}
    if not isinstance(value, list):
        return value
    seen: set[str] = set()
    entries: list[Any] = []
    for each in value:
        entry = with_ids(each)
        if isinstance(entry, dict):
            known = entry.pop(ROW_ID, None)
            name = known if _is_id(known) and known not in seen else new_id()
            seen.add(name)
            entry = {ROW_ID: name, **entry}
        entries.append(entry)
    return entries


def plain(document: Any) -> Any:
    """What a plan file would hold: a copy without the names of rows."""
    if isinstance(document, dict):
        return {key: plain(each) for key, each in document.items()}
    if isinstance(document, list):
        return [_without_id(each) if isinstance(each, dict) else plain(each) for each in document]
    return document


def _without_id(row: dict[str, Any]) -> dict[str, Any]:
    return {key: plain(each) for key, each in row.items() if key != ROW_ID}


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_rows(value: Any) -> bool:
    """Whether a value is a list of rows with names, and not one value made of plain ones."""
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) and ROW_ID in each for each in value)


# ----------------------------------------------------------------------------------------------------------- paths


def split_path(path: str) -> Steps:
    """The steps of a path: keys, and rows as ``@`` and their id.

    Raises
    ------
    DraftError : ``draft_path``, this is no path of a field
    """
    steps = tuple(path.split("/"))
    if not path or len(path) > _LONGEST_PATH or len(steps) > _MOST_STEPS:
        raise DraftError("draft_path", path=path[:200])
    for number, step in enumerate(steps):
        is_row = step.startswith("@")
        if not step or step == ROW_ID or (is_row and (number == 0 or not _is_id(step[1:]))):
            raise DraftError("draft_path", path=path[:200])
    return steps


def join_path(steps: tuple[str, ...]) -> str:
    """The path with these steps."""
    return "/".join(steps)


def key_step(key: str) -> str:
    """The step for a key; one that a stranger's file brings along may hold the characters that mean something here."""
    for letter, escape in _ESCAPES:
        key = key.replace(letter, escape)
    return f"~2{key[1:]}" if key.startswith("@") else key or "~3"


def step_key(step: str) -> str:
    """The key that a step stands for."""
    if step == "~3":
        return ""
    for letter, escape in (("@", "~2"), *reversed(_ESCAPES)):
        step = step.replace(escape, letter)
    return step


def position(rows: Any, step: str) -> int | None:
    """Where in a list the row of this step (``@`` and id) lies; ``None`` when it is not there."""
    if not isinstance(rows, list):
        return None
    wanted = step[1:]
    return next((n for n, row in enumerate(rows) if isinstance(row, dict) and row.get(ROW_ID) == wanted), None)


def lookup(document: Any, path: str) -> Any:
    """The value of a field, ``ABSENT`` when it is not stated."""
    return inside(document, split_path(path))


def inside(value: Any, steps: Steps) -> Any:
    """What lies at the end of the steps; ``ABSENT`` when nothing does."""
    for step in steps:
        if step.startswith("@"):
            where = position(value, step)
            if where is None:
                return ABSENT
            value = value[where]
        else:
            key = step_key(step)
            if not isinstance(value, dict) or key not in value:
                return ABSENT
            value = value[key]
    return value


def field_path(document: Any, dotted: str) -> str:
    """The path of the field that an issue names by its place in the file.

    Parameters
    ----------
    document : the document that was checked
    dotted : ``loans.0.annual_rate``, as in :class:`~finance_kit.errors.Where`

    Returns
    -------
    ``loans/@k3f9x2ab/annual_rate``; an entry of a list of plain values gives the path of the list, and what is not
    stated yet keeps its keys
    """
    steps: list[str] = []
    value = document
    for part in dotted.split(".") if dotted else ():
        if isinstance(value, list):
            entry = value[int(part)] if part.isdecimal() and int(part) < len(value) else None
            if not isinstance(entry, dict) or ROW_ID not in entry:
                break
            steps.append(f"@{entry[ROW_ID]}")
            value = entry
        else:
            steps.append(key_step(part))
            value = value.get(part) if isinstance(value, dict) else None
    return join_path(tuple(steps))


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same to a person: 1 and 1.0 do, 1 and true do not, keys may stand in any order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(each, other[key]) for key, each in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return type(one) is type(other) and one == other if isinstance(one, str) else bool(one == other)
