"""Use case of opening a file that somebody sends: what it is by its content, and the plan in it with its problems.

A plan file is text under the limits of the command line. Everything else is refused by what it is, without being
opened: no archive is unpacked, no document, picture or program is looked into.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from finance_kit import drafts
from finance_kit.errors import Issue, Where
from finance_kit.i18n.catalog import safe
from finance_kit.plan.yaml_characters import decode
from finance_kit.plan.yaml_source import MOST_BYTES

__all__ = ["MOST_BYTES", "Received", "receive", "shown_name"]

_FIRST: Final = 1_000_000  # bytes in which the kind of an archive is looked for
_SIGNATURES: Final = (
    (b"%PDF", "upload_pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "upload_old_office"),
    (b"\x89PNG", "upload_picture"),
    (b"\xff\xd8\xff", "upload_picture"),
    (b"GIF8", "upload_picture"),
    (b"MZ", "upload_program"),
    (b"\x7fELF", "upload_program"),
    (b"#!", "upload_program"),
    (b"\x1f\x8b", "upload_compressed"),
    (b"BZh", "upload_compressed"),
    (b"\xfd7zXZ", "upload_compressed"),
    (b"7z\xbc\xaf", "upload_compressed"),
    (b"\x28\xb5\x2f\xfd", "upload_compressed"),
    (b"Rar!", "upload_archive"),
)
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OFFICE: Final = ((b"word/", "upload_word"), (b"xl/", "upload_workbook"))
_LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it was received: its document, ``None`` where it is no plan file, and every issue with its place."""

    name: str
    document: dict[str, Any] | None
    issues: tuple[Issue, ...]
    kind: str = "yaml"


def shown_name(name: str) -> str:
    r"""The name of a sent file as it may be shown: no folders, one line, not long; it never becomes a path.

    >>> shown_name("C:\\plans\\../pepper\x1b[31m.yaml"), shown_name("")
    ('pepper.yaml', 'plan')
    """
    last = " ".join(PurePath(safe(name).replace("\\", "/")).name.split())
    return last[-_LONGEST_NAME:].strip() or "plan"


def receive(content: bytes, name: str) -> Received:
    """A plan file that somebody sends.

    Parameters
    ----------
    content : its bytes
    name : as the browser gave it; shown in the place of each issue

    Raises
    ------
    PackError : the country's pack that comes with Finance Kit cannot be read
    """
    shown = shown_name(name)
    refused = _refused(content)
    if refused is not None:
        code, params = refused
        return Received(shown, None, (Issue(code, Where("", shown), params),))
    text = decode(content, shown)
    if b"\x00" in content and (isinstance(text, str) or text.code == "not_utf8"):
        return Received(shown, None, (Issue("upload_not_text", Where("", shown)),))
    if isinstance(text, Issue):
        return Received(shown, None, (text,))
    document, issues = drafts.read_text(text, shown)
    return Received(shown, document, issues, "json" if text.lstrip().startswith(("{", "[")) else "yaml")


def _refused(content: bytes) -> tuple[str, dict[str, Any]] | None:
    """Why a file is no plan file, by its size and its first bytes."""
    if len(content) > MOST_BYTES:
        return "upload_too_large", {"mebibytes": round(len(content) / 1024**2, 1), "limit": MOST_BYTES // 1024**2}
    if content.startswith(_ZIP):
        inside = content[:_FIRST] + content[-_FIRST:]  # the names of its members stand plainly in it
        return next((code for mark, code in _OFFICE if mark in inside), "upload_archive"), {}
    for signature, code in _SIGNATURES:
        if content.startswith(signature):
            return code, {}
    beginning = content.lstrip()[:200].lower()
    if beginning.startswith((b"<?xml", b"<!doctype", b"<html", b"<svg")):
        return "upload_markup", {}
    return None
