"""Which bytes and characters a plan file may consist of.

Zero-width space, non-joiner and joiner (U+200B to U+200D) separate words and shape letters in Khmer, Burmese and Thai:
they stay. Characters that steer a terminal, turn the direction of text or hide in it are refused by name and place.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import Final

from finance_kit.errors import Issue, Where

__all__ = ["BYTE_ORDER_MARK", "FORBIDDEN", "decode", "forbidden_code", "refused_characters"]

BYTE_ORDER_MARK: Final = "\ufeff"

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u115f\u1160\u180e\u2060-\u2065\u206a-\u206f\u3164\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_BROKEN = "\ud800-\udfff\ufffe\uffff"
FORBIDDEN: Final = re.compile(f"[{_CONTROLS}{_DIRECTION}{_INVISIBLE}{_BROKEN}]")
"""Any character that a plan may not hold; line ends are brought to ``\\n`` before it is asked."""

_KINDS: Final = (
    (re.compile(f"[{_CONTROLS}]"), "control_character"),
    (re.compile(f"[{_DIRECTION}]"), "direction_control"),
    (re.compile(f"[{_INVISIBLE}]"), "invisible_character"),
)
_SIGNATURES: Final = ((b"PK\x03\x04", "ZIP"), (b"%PDF", "PDF"), (b"\xd0\xcf\x11\xe0", "OLE"))
_MARKS: Final = (  # UTF-32 first: its mark begins as that of UTF-16 does
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(data: bytes, file: str) -> str | Issue:
    """The text of a file, without a byte order mark, or the reason why it is not UTF-8 text."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return Issue("file_of_another_program", Where(file=file), {"kind": kind})
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _utf16_without_mark(data)
    if encoding:
        return Issue("wrong_encoding", Where(file=file), {"encoding": encoding})
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        text_up_to, byte = _first_bad_byte(data.removeprefix(codecs.BOM_UTF8))
    lines = text_up_to.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    where = Where("", file, len(lines), len(lines[-1]) + 1)
    return Issue("not_utf8", where, {"byte": f"0x{byte:02X}"})


def refused_characters(text: str, file: str, most: int) -> tuple[str, list[Issue], int]:
    """Find the characters that a plan may not hold.

    Parameters
    ----------
    text : lines that end in a line feed alone
    file : name for the place of an issue
    most : how many to describe

    Returns
    -------
    the text with a stand-in as wide as each of them (so that places stay right), the first issues, the count of all
    """
    cleaned, count = FORBIDDEN.subn("\ufffd", text)
    issues: list[Issue] = []
    for found in islice(FORBIDDEN.finditer(text), most) if count else ():
        start = found.start()
        where = Where("", file, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
        issues.append(Issue(forbidden_code(found[0]), where, {"codepoint": f"U+{ord(found[0]):04X}"}))
    return cleaned, issues, count


def forbidden_code(character: str) -> str:
    """The issue code that belongs to a character which :data:`FORBIDDEN` matches."""
    return next((code for pattern, code in _KINDS if pattern.match(character)), "broken_character")


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows itself by a NUL in nearly every other byte of Latin text."""
    sample = data[:400]
    most = max(sample[0::2].count(0), sample[1::2].count(0))
    return "UTF-16" if len(sample) >= 4 and most > 0.4 * (len(sample) / 2) and b"\0" * 4 not in sample else None


def _first_bad_byte(data: bytes) -> tuple[str, int]:
    """The text before the first byte that is not UTF-8, and that byte."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data[: error.start].decode("utf-8"), data[error.start]
    return data.decode("utf-8"), 0
