"""A finished Word file as pictures of its pages, to look at before it is printed or sent.

LibreOffice makes a PDF of it and Poppler's ``pdftoppm`` the pictures. Where either is missing, the answer is
:class:`~finance_kit.errors.Undefined` with a reason; the Word file needs neither.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from finance_kit.documents.office import convert_to_pdf
from finance_kit.errors import Undefined

__all__ = ["MOST_PAGES", "Pages", "page_pictures"]

MOST_PAGES: Final = 120
_DOTS_PER_INCH: Final = 80  # an A4 page is 661 points wide on screen: readable, and about 50 kB
_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Pages:
    """A document as PDF and one picture a page, or the reason why there are none."""

    pdf: Path | Undefined
    pictures: tuple[Path, ...] | Undefined


def page_pictures(docx: Path, folder: Path) -> Pages:
    """The pages of a Word file as a PDF and as PNG pictures.

    Parameters
    ----------
    docx : a file of ours; not changed
    folder : existing folder for ``<name>.pdf`` and ``page-001.png`` …

    Returns
    -------
    Pages, with ``office_not_found``, ``office_timeout``, ``office_failed``, ``pictures_not_found`` or
    ``pictures_failed`` where something is missing
    """
    pdf = convert_to_pdf(docx, folder)
    if isinstance(pdf, Undefined):
        return Pages(pdf, pdf)
    return Pages(pdf, _pictures(pdf, folder))


def _pictures(pdf: Path, folder: Path) -> tuple[Path, ...] | Undefined:
    program = shutil.which("pdftoppm")
    if program is None:
        return Undefined("pictures_not_found")
    shown = ["-png", "-gray", "-r", str(_DOTS_PER_INCH), "-l", str(MOST_PAGES)]
    try:
        done = subprocess.run(  # noqa: S603 - a program found by us, arguments made by us, no shell
            [program, *shown, str(pdf), str(folder / "raw")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return Undefined("pictures_failed")
    made = sorted(folder.glob("raw-*.png"), key=lambda path: int(path.stem.removeprefix("raw-")))
    if done.returncode != 0 or not made:
        return Undefined("pictures_failed")
    # Poppler pads the numbers to the length of the last one.
    return tuple(path.replace(folder / f"page-{number:03}.png") for number, path in enumerate(made, start=1))
