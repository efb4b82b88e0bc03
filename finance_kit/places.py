"""Places and names of files of ours: whether it can be written there, told before any work is done; plain names."""

from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path
from typing import Final

from finance_kit.errors import OutputError

__all__ = ["document_place", "plain_name", "refuse_place"]

_NO_BASE: Final = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode does not take apart into a base letter and a mark; the first is Vietnamese."""


def plain_name(text: str, longest: int = 60) -> str:
    """A text as part of a file name that every system takes: small Latin letters, digits and single hyphens.

    Accents and tone marks fall away and their letters stay; what has no Latin letters gives an empty name.

    >>> plain_name("Hợp tác xã dừa Bến Tre"), plain_name("Đà Nẵng"), plain_name("../../etc/passwd"), plain_name("ម្រេច")
    ('hop-tac-xa-dua-ben-tre', 'da-nang', 'etc-passwd', '')
    """
    apart = unicodedata.normalize("NFKD", text.lower().translate(_NO_BASE)).lower()
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    spaced = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in letters)
    return "-".join(part for part in spaced.split("-") if part)[:longest].strip("-")


def refuse_place(target: Path) -> None:
    """Stop before questions are asked for a file that exists already or could not be written.

    Raises
    ------
    OutputError : it exists, its folder does not or is closed to us, or the name cannot be
    """
    try:
        exists, folder = target.exists() or target.is_symlink(), target.parent
        has_folder = folder.is_dir()
    except OSError as failure:
        raise OutputError("output_failed", path=str(target), reason=failure.strerror or "unknown") from None
    if exists:
        raise OutputError("output_exists", path=str(target))
    if not has_folder:
        raise OutputError("output_folder_missing", path=str(target))
    if not os.access(folder, os.W_OK):
        raise OutputError("output_not_writable", path=str(target), reason=os.strerror(errno.EACCES))


def document_place(output: str, suffix: str) -> Path:
    """Where an export goes: a file whose name ends as its kind does, or a folder, which is made if it is not there.

    Parameters
    ----------
    output : as typed; a ``/`` at its end, or no ending at all, means a folder
    suffix : ending of this kind of document, such as ``.docx``

    Raises
    ------
    OutputError : the name ends as another kind of file does, or the folder cannot be made
    """
    path = Path(output)
    meant_as_folder = output.endswith(("/", "\\"))
    try:
        if path.suffix.lower() == suffix and not meant_as_folder:
            return path
        if path.exists() and not path.is_dir():
            raise OutputError("output_not_a_folder", path=output, suffix=suffix)
        if path.suffix and not meant_as_folder and not path.is_dir():
            raise OutputError("output_wrong_ending", path=output, suffix=suffix)
        path.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise OutputError("output_failed", path=output, reason=failure.strerror or "unknown") from None
    return path
