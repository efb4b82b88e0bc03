"""Plans: the schema of the plan file, reading it, checking it, and starting a new one.

The schema alone is enough for a calculation, so reading and checking are imported when they are first asked for. A file
is read with :func:`finance_kit.plan.load.load`, which has the name of its module and is imported from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from finance_kit.plan.checks import check
    from finance_kit.plan.load import Loaded, load_text, read_plan
    from finance_kit.plan.scenarios import BASE, ScenarioSet
    from finance_kit.plan.schema import SCHEMA_VERSION, Plan, json_schema
    from finance_kit.plan.starter import PROFILE_QUESTIONS, Question, grow, profile_from_answers, starter_text

__all__ = [
    "BASE",
    "PROFILE_QUESTIONS",
    "SCHEMA_VERSION",
    "Loaded",
    "Plan",
    "Question",
    "ScenarioSet",
    "check",
    "grow",
    "json_schema",
    "load_text",
    "profile_from_answers",
    "read_plan",
    "starter_text",
]

_HOME = {
    "BASE": "scenarios",
    "PROFILE_QUESTIONS": "starter",
    "SCHEMA_VERSION": "schema",
    "Loaded": "load",
    "Plan": "schema",
    "Question": "starter",
    "ScenarioSet": "scenarios",
    "check": "checks",
    "grow": "starter",
    "json_schema": "schema",
    "load_text": "load",
    "profile_from_answers": "starter",
    "read_plan": "load",
    "starter_text": "starter",
}


def __getattr__(name: str) -> Any:
    """The public names of this package, imported when they are first asked for."""
    from importlib import import_module

    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
