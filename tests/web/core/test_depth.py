"""How deep JSON lies inside itself: counted in one go, whatever stands in its texts."""

from __future__ import annotations

import tracemalloc

import pytest

from web.depth import DEEPEST, depth


@pytest.mark.parametrize(
    ("content", "deep"),
    [
        (b"", 0),
        (b"7", 0),
        (b"[]", 1),
        (b'{"a": [1, {"b": []}], "c": []}', 4),
        (b'["[[[[", "\\"[[[", "\\\\"]', 1),
        (b'["never closed [[[', 1),
        (b"]]]][", 0),
        (b"[" * 1000, DEEPEST + 1),
    ],
)
def test_brackets_are_counted_and_texts_are_not(content: bytes, deep: int) -> None:
    assert depth(content) == deep


@pytest.mark.parametrize("content", [b"[]" * 500_000, b'"' + b"\\n" * 500_000 + b'"', b'"",' * 300_000])
def test_counting_takes_no_copy_of_what_is_counted(content: bytes) -> None:
    tracemalloc.start()
    try:
        depth(content)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 100_000
