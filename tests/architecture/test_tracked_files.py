"""Nothing that belongs to one machine or one person is part of the project."""

from __future__ import annotations

import re
from pathlib import Path

# Bracketed letters, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.:/*-])/(?:w[o]rk|r[o]ot|h[o]me/\w+|U[s]ers/\w+)/|f[i]le:///(?!\{)")
INDEX_HOST = re.compile(r"py[p]i\.org|python[h]osted\.org|npm[j]s\.org")
BINARY = {".docx", ".xlsx", ".pdf", ".png", ".jpg", ".ttf", ".otf", ".woff2", ".mo"}


def _places(pattern: re.Pattern[str], files: list[Path], root: Path) -> list[str]:
    found = []
    for path in files:
        if path.suffix in BINARY:
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path.relative_to(root)}:{number}: {line.strip()[:100]}")
    return found


def test_no_file_names_a_path_of_one_machine(tracked_files: list[Path], root: Path) -> None:
    found = _places(MACHINE_PATH, tracked_files, root)
    assert not found, "\n".join(found)


def test_no_file_names_a_package_index(tracked_files: list[Path], root: Path) -> None:
    found = _places(INDEX_HOST, tracked_files, root)
    assert not found, "\n".join(found)


def test_machine_paths_are_told_from_web_addresses_and_programs() -> None:
    folders = ["work", "root", "home/ann"]
    seeded = [*(f"cd '/{folder}/plans'" for folder in folders), "{}:///opt/x".format("file")]
    harmless = ["https://example.org/work/plan", "/usr/bin/env bash", "home/work/list", "root/child/leaf"]
    assert all(MACHINE_PATH.search(text) for text in seeded)
    assert not any(MACHINE_PATH.search(text) for text in harmless)


def test_no_lock_file_of_an_office_program_is_part_of_the_project(tracked_files: list[Path]) -> None:
    assert [path.name for path in tracked_files if path.name.startswith(("~$", ".~lock"))] == []


def test_text_files_end_with_a_line_break_and_use_one_kind(tracked_files: list[Path], root: Path) -> None:
    faults = []
    for path in tracked_files:
        name = path.relative_to(root).as_posix()
        content = path.read_bytes()
        given = path.suffix == ".json" or (name.startswith("tests/") and path.suffix == ".yaml")  # kept as received
        given = given or name.startswith("web/static/vendor/")
        if path.suffix not in BINARY and not given and content and (b"\r" in content or content[-1:] != b"\n"):
            faults.append(name)
    assert faults == []
