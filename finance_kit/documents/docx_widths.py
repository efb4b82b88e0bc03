"""How wide a text is on paper, near enough to lay out columns, and the column widths of a table.

Widths are those of Arial and its metric twins, in tenths of a per cent of the type size; letters that are not in the
list count as wide ones. Word and LibreOffice have the last word, so a little room is left everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

__all__ = ["CELL_PADDING_CM", "column_widths_cm", "fitted_text", "lines_of", "text_width_cm"]

_POINTS_PER_CM: Final = 28.3465
_NARROW: Final = dict.fromkeys("ijl'|", 222) | dict.fromkeys(" .,:;!/\\It[]f\u00a0", 278) | dict.fromkeys("()r-`", 333)
_USUAL: Final = dict.fromkeys("0123456789abdeghnopqu?L_", 556) | dict.fromkeys("ckvsxyzJ", 500)
_WIDE: Final = dict.fromkeys("ABEKPSVXYT&F", 667) | dict.fromkeys("CDHNRUw", 722) | dict.fromkeys("GOQ", 778)
_SIGNS: Final = {"W": 944, "%": 889, "−": 584, "–": 556, "·": 333, "m": 833, "M": 833}
_JOINED: Final = dict.fromkeys("\u200b\u200c\u200d", 0)
_WIDTHS: Final = _NARROW | _USUAL | _WIDE | _SIGNS | _JOINED
_OTHER: Final = 700
_BOLD: Final = 1.11
_BLANKS: Final = re.compile(r"[ \n\t]")
CELL_PADDING_CM: Final = 0.3


def text_width_cm(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a text on one line, centimetres, in a type size in points."""
    return _units(text) / 1000 * size / _POINTS_PER_CM * (_BOLD if bold else 1.0)


@lru_cache(maxsize=8192)  # the same figures and words come back in many cells
def _units(text: str) -> int:
    """Width in thousandths of the type size; letters that join others have none."""
    return sum([_WIDTHS.get(letter, _OTHER) for letter in text])


def lines_of(text: str, size: float, width_cm: float) -> int:
    """Lines that a text takes in a column, estimated on the safe side."""
    return sum(1 + int(text_width_cm(line, size) * 1.05 / width_cm) for line in text.split("\n"))


def fitted_text(text: str, size: float, width_cm: float) -> str:
    """The text on one line, its end replaced by an ellipsis where it is too long."""
    line = " ".join(text.split())
    if text_width_cm(line, size) <= width_cm:
        return line
    while line and text_width_cm(f"{line}…", size) > width_cm:
        line = line[:-1]
    return f"{line.rstrip(' ·,–')}…"


def _longest_word(text: str, size: float, *, bold: bool) -> float:
    return max([text_width_cm(word, size, bold=bold) for word in _BLANKS.split(text)])


def column_widths_cm(
    header: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool], *, size: float, width_cm: float
) -> tuple[list[float], bool]:
    """Widths of a table's columns so that no number breaks over two lines and texts share the rest.

    Parameters
    ----------
    header, rows : texts, one for each column (an empty text where a cell belongs to the one before it)
    numbers : whether a column holds numbers, by column
    size : type size, points
    width_cm : to be filled

    Returns
    -------
    (widths, fits) : centimetres, adding up to ``width_cm``; whether every number and every word has its room
    """
    least, wanted = [], []
    for at, number in enumerate(numbers):
        texts = [header[at], *(row[at] for row in rows)]
        word = max([_longest_word(text, size, bold=True) for text in texts])
        whole = max([text_width_cm(text, size, bold=True) for text in texts])
        if not number:
            word = max(min(word, 3.5), min(whole, 1.2), _longest_word(header[at], size, bold=True))
        least.append(word + CELL_PADDING_CM)
        wanted.append(least[-1] if number else max(word, min(whole, 8.5)) + CELL_PADDING_CM)
    common = max((width for width, number in zip(least, numbers, strict=True) if number), default=0.0)
    alike = [common if number else width for width, number in zip(least, numbers, strict=True)]
    stretched = [max(width, most) for width, most in zip(alike, wanted, strict=True)]
    # Figures stand in equal columns where there is room; beside several columns of text only what these leave is room.
    if sum(alike) <= width_cm and (list(numbers).count(False) <= 1 or sum(stretched) <= width_cm):
        least, wanted = alike, stretched
    total, full = sum(least), sum(wanted)
    if total >= width_cm:
        return [width * width_cm / total for width in least], total <= width_cm * 1.001
    if full >= width_cm:
        share = (width_cm - total) / (full - total)
        return [low + share * (high - low) for low, high in zip(least, wanted, strict=True)], True
    return _spread(wanted, numbers, width_cm - full), True


def _spread(widths: Sequence[float], numbers: Sequence[bool], rest: float) -> list[float]:
    """Give away what is left: some to the numbers, the remainder to the first text column."""
    if all(numbers) or not any(numbers):
        return [width + rest / len(widths) for width in widths]
    most = sum(width for width, number in zip(widths, numbers, strict=True) if number) * 0.6
    to_numbers = min(rest, most) / sum(numbers)
    found = [width + (to_numbers if number else 0.0) for width, number in zip(widths, numbers, strict=True)]
    found[list(numbers).index(False)] += max(0.0, rest - most)
    return found
