"""Background work: a list of jobs, workers in this process or elsewhere, each job done by a child process.

Children read this as well, and need no pages, no list and no store: the desk is loaded by whoever asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from web.jobs.desk import JobBusyError, attach, busy_words, cancel, find, of_plan, problem_words, submit

__all__ = ["JobBusyError", "attach", "busy_words", "cancel", "find", "of_plan", "problem_words", "submit"]


def __getattr__(name: str) -> Any:
    """What belongs to the desk, when it is first asked for."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from web.jobs import desk

    return getattr(desk, name)
