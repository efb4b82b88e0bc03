"""Everything that can go wrong, as data that an edge (terminal, page) turns into words.

Two kinds. A *problem* is something wrong in what a person gave us: an :class:`Issue`; all are collected and shown
together. An *exception* means that this call cannot continue; all of ours derive from :class:`FinanceKitError`. A
figure that cannot exist is neither: it is :class:`Undefined`, with its reason.

    FinanceKitError
    ├── PlanError           a plan cannot be used; carries its issues
    ├── PackError           a country pack or lender profile cannot be used; carries its issues
    ├── CalculationError
    │   └── ShapeError      arrays that are not on the same axes (a programmer's mistake)
    ├── TemplateError       a Word template does not offer what the document needs
    ├── DraftError          a change does not fit the plan in the making
    ├── StoreError          what was kept cannot be read, written, upgraded or restored
    └── OutputError         a file cannot be written where it was asked for
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

__all__ = [
    "CalculationError",
    "DraftError",
    "FinanceKitError",
    "Issue",
    "OutputError",
    "PackError",
    "PlanError",
    "Severity",
    "ShapeError",
    "StoreError",
    "TemplateError",
    "Undefined",
    "Where",
]

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in what a person gave us.

    ``path`` is the dotted field with list positions from 0 (``loans.0.grace_months``); ``line`` and ``column`` count
    from 1 and are ``None`` where the source has no lines (a form).
    """

    path: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.file or ""]
        if self.line is not None:
            parts += [str(self.line), str(self.column or 1)]
        return ":".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem in a person's input: a stable code, the place, the values a message needs, and how grave it is.

    ``error``: nothing is computed before it is mended. ``warning``: a lender will ask. ``note``: good to know.
    The words belong to the code and live in :mod:`finance_kit.i18n.catalog`.
    """

    code: str
    where: Where = field(default_factory=Where)
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Undefined:
    """A figure that does not exist for this plan, with a reason code (``no_sign_change``, ``no_debt_service`` …)."""

    reason: str
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


class FinanceKitError(Exception):
    """Root of every exception that this package raises on purpose.

    ``code`` and ``params`` let an edge say it in the reader's language; ``str()`` gives an English fallback.
    """

    def __init__(self, code: str, /, issues: Sequence[Issue] = (), **params: Any) -> None:
        self.code = code
        self.params: Mapping[str, Any] = MappingProxyType(params)
        self.issues: tuple[Issue, ...] = tuple(issues)
        details = ", ".join(f"{name}={value!r}" for name, value in params.items())
        super().__init__(f"{code}: {details}" if details else code)


class PlanError(FinanceKitError):
    """A plan cannot be used; ``issues`` says everything that is wrong with it."""


class PackError(FinanceKitError):
    """A country pack, lender profile or starter template cannot be used."""


class CalculationError(FinanceKitError):
    """A calculation cannot be done with these arguments."""


class ShapeError(CalculationError):
    """Arrays are not on the same time and scenario axes."""


class TemplateError(FinanceKitError):
    """A Word template lacks a style or a place that the document needs."""


class OutputError(FinanceKitError):
    """A file cannot be written where it was asked for; nothing was changed there."""


class DraftError(FinanceKitError):
    """A change does not fit the plan in the making; ``params["path"]`` names the field."""


class StoreError(FinanceKitError):
    """What was kept cannot be read, written, upgraded or restored; nothing was overwritten."""
