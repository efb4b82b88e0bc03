"""Changes made to an older document, brought into the newest one: nobody's work is lost and nobody's is overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from finance_kit.drafts.changes import Change, apply
from finance_kit.drafts.document import ABSENT, ROW_ID, Document, Steps, inside, join_path, position, same, split_path
from finance_kit.errors import DraftError

__all__ = ["Conflict", "Merged", "compare", "merge"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that two people changed to different things.

    ``path`` is the field, or the row that one of them removed while the other changed it. ``base`` is what both began
    with, ``theirs`` what stands now, ``mine`` what was to be set; ``None`` is a field without a value or a removed row.
    """

    path: str
    base: Any
    theirs: Any
    mine: Any

    def data(self) -> dict[str, Any]:
        """The conflict as JSON holds it."""
        return {"path": self.path, "base": self.base, "theirs": self.theirs, "mine": self.mine}


@dataclass(frozen=True, slots=True)
class Merged:
    """The newest document with all changes that no one contradicts, these changes, and the conflicts."""

    document: Document
    applied: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def merge(base: Document, head: Document, changes: Iterable[Change]) -> Merged:
    """Bring changes that were made to ``base`` into ``head``.

    A change is in conflict when its field says something else in ``head`` than in ``base`` and than the change wants,
    or when its row is gone there. A change that notes what the field held ``before`` is at home in ``head`` when the
    field still holds that. Rows that both added stay both; a row moved by both lies where it was put last.

    Raises
    ------
    DraftError : a change fits neither document
    """
    desk = _Desk(base, head)
    for change in changes:
        desk.take(change)
    return Merged(desk.document, tuple(desk.applied), desk.conflicts())


def compare(head: Document, changes: Iterable[Change]) -> tuple[Conflict, ...]:
    """Changes made to a document that nobody has any more: every field that they want otherwise is a conflict.

    Raises
    ------
    DraftError : a change does not fit the document, ``draft_base_unknown`` for a row that was moved
    """
    mine, found = head, dict[str, Any]()
    for change in changes:
        steps = split_path(change.path)
        if change.op == "move":
            raise DraftError("draft_base_unknown", path=change.path, base="?")
        place = (*steps, f"@{change.value[ROW_ID]}") if change.op == "add" else steps
        gone = _missing_row(head, place)
        if change.op == "remove" and gone is not None:
            continue  # it is not there, as was wanted
        mine = _wanted(mine, change, place)
        at = gone or place
        found[join_path(at)] = _or_none(inside(mine, at))
    told = [(path, _or_none(inside(head, split_path(path))), value) for path, value in found.items()]
    return tuple(Conflict(path, None, theirs, value) for path, theirs, value in told if not same(theirs, value))


def _wanted(document: Document, change: Change, place: Steps) -> Document:
    """The document with a change made to it, and with the rows that it names."""
    missing = _missing_row(document, place)
    while missing is not None and (change.op != "add" or missing != place):
        row = Change("add", join_path(missing[:-1]), {ROW_ID: missing[-1][1:]})
        document = apply(document, [row])
        missing = _missing_row(document, place)
    if change.op == "add" and missing is None:
        change = Change("set", join_path(place), change.value)
    return apply(document, [change])


class _Desk:
    """The newest document on the way to the merged one; ``mine`` is the older one with every change made."""

    def __init__(self, base: Document, head: Document) -> None:
        self.base, self.head = base, head
        self.document, self.mine = head, base
        self.applied: list[Change] = []
        self._mine_at: dict[str, Any] = {}
        self._added: set[str] = set()

    def conflicts(self) -> tuple[Conflict, ...]:
        """Every field in conflict, with what stands there after all changes are through."""
        found = []
        for path, mine in self._mine_at.items():
            steps = split_path(path)
            base, theirs = _or_none(inside(self.base, steps)), _or_none(inside(self.document, steps))
            found.append(Conflict(path, base, theirs, mine))
        return tuple(found)

    def take(self, change: Change) -> None:
        """Make the change, leave it, or note its conflict."""
        steps = split_path(change.path)
        gone = _missing_row(self.document, steps)
        if gone is not None and change.op in ("remove", "move") and gone == steps:
            if _missing_row(self.base, steps) is None or _missing_row(self.mine, steps) is None:
                self._mine(change)
                return  # removed by both, or moved by one and removed by the other: nothing that was typed is lost
            raise DraftError("draft_row_missing", path=change.path)
        if gone is not None:
            self._row_gone(change, gone)
            return
        self._mine(change)
        if change.op in ("set", "remove"):
            if self._said_already(change, steps):
                return
            if self._contradicted(change, steps):
                self._conflict(change.path, None if change.op == "remove" else change.value)
                return
        if change.op == "add" and self._added_already(change, steps):
            return
        self._make(change, steps)

    def _make(self, change: Change, steps: Steps) -> None:
        try:
            self.document = apply(self.document, [change])
        except DraftError as error:
            blocked = str(error.params.get("path", ""))
            if error.code not in ("draft_not_a_section", "draft_not_a_list") or not blocked:
                raise
            if same(inside(self.base, split_path(blocked)), inside(self.document, split_path(blocked))):
                raise  # it did not fit the older document either
            self._conflict(blocked, _or_none(inside(self.mine, split_path(blocked))))
            return
        self.applied.append(change)
        if change.op == "add":
            self._added.add(join_path((*steps, f"@{change.value[ROW_ID]}")))

    def _mine(self, change: Change) -> None:
        """Keep up what the changes make of the older document; a row that only ``head`` has is not in it."""
        try:
            self.mine = apply(self.mine, [change])
        except DraftError as error:
            if error.code not in ("draft_row_missing", "draft_row_exists"):
                raise

    def _row_gone(self, change: Change, gone: Steps) -> None:
        """A change inside a row that ``head`` has no more."""
        if inside(self.base, gone) is ABSENT:
            raise DraftError("draft_row_missing", path=join_path(gone))
        self._mine(change)
        self._conflict(join_path(gone), _or_none(inside(self.mine, gone)))

    def _said_already(self, change: Change, steps: Steps) -> bool:
        """Whether the field says already what the change wants."""
        return change.op == "set" and same(_or_none(inside(self.document, steps)), change.value)

    def _contradicted(self, change: Change, steps: Steps) -> bool:
        """Whether somebody else has said otherwise about the field since ``base``."""
        if any(change.path.startswith(f"{added}/") or change.path == added for added in self._added):
            return False
        theirs = _or_none(inside(self.head, steps))
        if same(theirs, _or_none(inside(self.base, steps))):
            return False
        return change.before is ABSENT or not same(theirs, change.before)

    def _added_already(self, change: Change, steps: Steps) -> bool:
        """Whether ``head`` has a row of this name; another row of the same name is a conflict."""
        path = (*steps, f"@{change.value[ROW_ID]}")
        there = inside(self.document, path)
        if there is ABSENT:
            return False
        if not same(there, change.value):
            self._conflict(join_path(path), change.value)
        return True

    def _conflict(self, path: str, mine: Any) -> None:
        self._mine_at[path] = mine


def _missing_row(document: Document, steps: Steps) -> Steps | None:
    """The path up to the first row that the document does not have."""
    for number, step in enumerate(steps):
        if step.startswith("@") and position(inside(document, steps[:number]), step) is None:
            return steps[: number + 1]
    return None


def _or_none(value: Any) -> Any:
    return None if value is ABSENT else value
