"""From a plan file to a plan: reading, validation and checks in one call, every problem with its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finance_kit.errors import Issue, PlanError
from finance_kit.plan.checks import check
from finance_kit.plan.plain_source import source_of
from finance_kit.plan.schema import Plan
from finance_kit.plan.validation import validate
from finance_kit.plan.yaml_source import Source, parse, read

__all__ = ["Loaded", "load", "load_data", "load_text", "read_plan"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan file after everything that can be said about it.

    ``plan`` is ``None`` when the file could not be read or does not fit the schema. With a plan there may still be
    errors among the ``issues``; then it must not be calculated.
    """

    plan: Plan | None
    source: Source
    issues: tuple[Issue, ...]

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that stand in the way of a calculation."""
        return tuple(issue for issue in self.issues if issue.severity == "error")

    @property
    def usable(self) -> bool:
        """Whether the plan can be calculated."""
        return self.plan is not None and not self.errors


def load(path: Path) -> Loaded:
    """A plan file with all its problems; it never raises for what the file holds.

    Parameters
    ----------
    path : a YAML or JSON file

    Raises
    ------
    PackError : the country's pack that comes with Finance Kit cannot be read
    """
    return _loaded(read(path))


def load_text(text: str, file: str) -> Loaded:
    """The same for a text that is at hand; ``file`` is the name to show in the place of each issue.

    Raises
    ------
    PackError : the country's pack that comes with Finance Kit cannot be read
    """
    return _loaded(parse(text, file))


def load_data(data: Any, name: str) -> Loaded:
    """The same for plain data that never stood in a file; issues have paths and no lines.

    Parameters
    ----------
    data : dict, list, str, int, float, bool or None, as JSON gives them
    name : to show in the place of each issue

    Raises
    ------
    PackError : the country's pack that comes with Finance Kit cannot be read
    """
    return _loaded(source_of(data, name))


def read_plan(path: Path) -> Plan:
    """A plan that can be calculated.

    Raises
    ------
    PlanError : ``plan_has_errors``, with every issue of the file, warnings and notes included
    """
    loaded = load(path)
    if loaded.plan is None or not loaded.usable:
        raise PlanError("plan_has_errors", loaded.issues, file=loaded.source.file, count=len(loaded.errors))
    return loaded.plan


def _loaded(source: Source) -> Loaded:
    plan, problems = validate(Plan, source)
    issues = (*source.issues, *problems)
    # What does not fit the schema would only lead to misleading words about the rest.
    return Loaded(plan, source, issues if plan is None else (*issues, *check(plan, source)))
