"""What is told about a plan, its versions and the saving of changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from finance_kit.drafts import Change, Conflict

__all__ = ["SEEN", "ConflictView", "Conflicted", "PlanLine", "PlanView", "Saved", "VersionLine"]

SEEN: Final = 16
"""Digits of a version's SHA-256 that whoever changes it names beside its number: numbers come again, sums do not."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as one person may use it: ``role`` is ``owner``, ``editor``, ``adviser`` or ``viewer``.

    ``sha256`` is that of the document: plans of one sum say the same.
    """

    id: str
    title: str
    document: dict[str, Any]
    revision: int
    role: str
    owner_id: str
    owner_name: str
    organisation_id: str | None
    country: str | None
    changed_at: datetime
    binned_at: datetime | None
    sha256: str

    @property
    def seen(self) -> str:
        """What tells this version from another one of its number; whoever changes the plan names both."""
        return self.sha256[:SEEN]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list."""

    id: str
    title: str
    revision: int
    role: str
    changed_at: datetime
    owner_name: str
    country: str | None
    organisation_id: str | None = None
    binned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in a list: its number, how it came about, by whom (``None`` for who left), when, and which fields."""

    number: int
    kind: str
    by: str | None
    at: datetime
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A conflict, and who changed the field last, when; ``by`` is ``None`` for who left."""

    conflict: Conflict
    by: str | None
    at: datetime | None

    def data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {**self.conflict.data(), "by": self.by, "at": _text(self.at)}


@dataclass(frozen=True, slots=True)
class Saved:
    """Everything was saved once the transaction is committed.

    ``revision`` is the newest version then, ``seen`` its mark; ``merged`` what others changed since the version that
    the changes were made to; ``again`` says that the batch had been saved before and nothing was done now.
    """

    revision: int
    saved_at: datetime
    merged: tuple[Change, ...] = ()
    again: bool = False
    seen: str = ""

    def data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "revision": self.revision,
            "seen": self.seen,
            "saved_at": _text(self.saved_at),
            "merged": [change.data() for change in self.merged],
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> Saved:
        """From what :meth:`data` gave."""
        merged = tuple(Change(**change) for change in data["merged"])
        return cls(data["revision"], datetime.fromisoformat(data["saved_at"]), merged, seen=data.get("seen", ""))

    def repeated(self) -> Saved:
        """The same answer to a batch that came again."""
        return replace(self, again=True)


@dataclass(frozen=True, slots=True)
class Conflicted:
    """Some fields were changed by others meanwhile; these were left, everything else was saved."""

    revision: int
    saved_at: datetime
    conflicts: tuple[ConflictView, ...]
    merged: tuple[Change, ...] = ()
    again: bool = False
    seen: str = ""

    def data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "revision": self.revision,
            "seen": self.seen,
            "saved_at": _text(self.saved_at),
            "conflicts": [conflict.data() for conflict in self.conflicts],
            "merged": [change.data() for change in self.merged],
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> Conflicted:
        """From what :meth:`data` gave."""
        conflicts = tuple(
            ConflictView(
                Conflict(each["path"], each["base"], each["theirs"], each["mine"]),
                each["by"],
                datetime.fromisoformat(each["at"]) if each["at"] else None,
            )
            for each in data["conflicts"]
        )
        merged = tuple(Change(**change) for change in data["merged"])
        return cls(
            data["revision"], datetime.fromisoformat(data["saved_at"]), conflicts, merged, seen=data.get("seen", "")
        )

    def repeated(self) -> Conflicted:
        """The same answer to a batch that came again."""
        return replace(self, again=True)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
