"""The kinds of background work, and which function does each; a message of the queue never names a function."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

__all__ = ["DOCUMENTS", "KINDS", "MadeFile", "Task", "work_of"]

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "word": "web.jobs.making:make_word",
        "preview": "web.jobs.making:make_preview",
        "fixes": "web.jobs.making:make_fixes",
    }
)
"""Kind of work -> module and function that does it, in the child process."""

DOCUMENTS: Final = ("word", "preview")
"""Kinds whose files are documents of the plan, to be had by whoever may see it."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that work has made in its folder: a plain name, and what it is."""

    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work as the child process sees it: a plan, the choices, a folder to write into.

    ``template`` is the name and content of a Word file that somebody supplied; it is data, and not looked at yet.
    """

    document: dict[str, Any]
    title: str
    options: Mapping[str, Any]
    folder: Path
    tell: Callable[[str], None]
    template: tuple[str, bytes] | None = None


def work_of(kind: str) -> Callable[[Task], list[MadeFile]]:
    """The function that does a kind of work.

    Raises
    ------
    KeyError : there is no such kind
    """
    module, _, name = KINDS[kind].partition(":")
    found: Callable[[Task], list[MadeFile]] = getattr(importlib.import_module(module), name)
    return found
