"""A profile grows into the beginning of a full plan: what is typed stays, and questions stand where answers belong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from finance_kit.errors import PlanError
from finance_kit.plan.starter_more import MORE
from finance_kit.plan.starter_sections import ORDER, SECTIONS
from finance_kit.plan.starter_trade import tax_section
from finance_kit.plan.yaml_source import Source, parse

__all__ = ["grow"]

Path = tuple[str | int, ...]


def grow(text: str) -> str:
    """A profile as the beginning of a full plan: every typed line stays, and what is missing is asked for in comments.

    Parameters
    ----------
    text : a plan file in YAML

    Returns
    -------
    the same text with ``depth: full``; below what a section or an entry says already, a comment for each thing that it
    may say beside; and at the end a commented template of each section that is missing. A file in JSON or in one pair
    of brackets only changes its depth

    Raises
    ------
    PlanError : the text cannot be read; with its issues
    """
    source = parse(text, "plan")
    if not isinstance(source.data, dict) or any(issue.severity == "error" for issue in source.issues):
        raise PlanError("plan_cannot_grow", source.issues, count=len(source.issues))
    grown = _with_depth_full(text, source)
    if source.text.lstrip("\ufeff \t\r\n").startswith("{"):
        return grown
    ends = "\r\n" if "\r\n" in text else "\n"
    grown = _with_questions(grown, source, ends)
    templates = {**SECTIONS, "tax": tax_section(None)}
    missing = [templates[name] for name in ORDER if name not in source.data]
    if not missing:
        return grown
    added = "\n".join([_GROWN, *missing])
    return grown.rstrip("\r\n") + ends * 2 + added.replace("\n", ends)


_GROWN: Final = """\
# ----------------------------------------------------------------------------------------------------------------
# What a full plan has beside the profile. Take out "# " at the beginning of the lines that you use, and write your
# own words and numbers where three dots stand. `check` says what is still missing. A full plan looks ahead at least
# 36 months: change period: months above.
"""


def _with_depth_full(text: str, source: Source) -> str:
    """The text with its depth changed, and nothing else."""
    if source.data.get("depth") != "profile":
        return text
    line, column = source.positions[("depth",)]
    lines = text.splitlines(keepends=True)
    start = lines[line - 1].index("profile", max(column - 2, 0))
    lines[line - 1] = lines[line - 1][:start] + "full" + lines[line - 1][start + len("profile") :]
    return "".join(lines)


def _with_questions(text: str, source: Source, ends: str) -> str:
    """The text with comments below its sections and entries; as it was where that would change what it says."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += ends
    for path, part, questions in reversed(_asked(source)):
        at, indent = _end(path, part, source, lines)
        lines[at:at] = [f"{indent}# {question}{ends}" for question in questions]
    asking = "".join(lines)
    return asking if parse(asking, "plan").data == parse(text, "plan").data else text


def _asked(source: Source) -> list[tuple[Path, dict[str, Any], list[str]]]:
    """Each section and entry in the order of the file, with the questions that it does not answer yet."""
    found = []
    for pattern, questions in MORE.items():
        for path, part in _parts(source.data, pattern):
            unanswered = [each for each in questions if each.partition(":")[0] not in part]
            if unanswered and _has_lines_of_its_own(path, part, source):
                found.append((path, part, unanswered))
    return sorted(found, key=lambda each: source.positions[each[0]])


def _parts(data: Any, pattern: tuple[str, ...], path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The sections (mappings) that a pattern with ``*`` for any position of a list stands for."""
    if not pattern:
        if isinstance(data, dict) and data:
            yield path, data
    elif pattern[0] == "*" and isinstance(data, list):
        for position, item in enumerate(data):
            yield from _parts(item, pattern[1:], (*path, position))
    elif isinstance(data, dict) and pattern[0] in data:
        yield from _parts(data[pattern[0]], pattern[1:], (*path, pattern[0]))


def _has_lines_of_its_own(path: Path, part: dict[str, Any], source: Source) -> bool:
    """Whether a mapping is written as lines, not in brackets: a bracket is a place of its own."""
    first_key = source.key_positions[*path, next(iter(part))]
    return source.positions[path] in (first_key, source.key_positions.get(path))


def _end(path: Path, part: dict[str, Any], source: Source, lines: list[str]) -> tuple[int, str]:
    """Where the lines of a mapping end (its comments included, blank lines below it not), and how far they are in."""
    start, column = source.key_positions[*path, next(iter(part))]
    outside = [
        line
        for places in (source.key_positions, source.positions)
        for other, (line, _) in places.items()
        if line > start and other[: len(path)] != path
    ]
    at = min(outside, default=len(lines) + 1) - 1
    while at > start and _is_beside(lines[at - 1], column):
        at -= 1
    return at, " " * (column - 1)


def _is_beside(line: str, column: int) -> bool:
    """Whether a line above the next section is blank, or a comment that is further out than a mapping's own."""
    rest = line.lstrip(" ")
    return not rest.strip() or (rest.startswith("#") and len(line) - len(rest) < column - 1)
