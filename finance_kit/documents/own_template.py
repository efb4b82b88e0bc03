"""A Word template that somebody supplies: looked at and filled by a process of its own that may take only so much.

What comes back is a Word file like the shipped template's, its tags filled with values. Whatever the file does to that
process, the one that asked goes on: it reads no more of the file than the list of its parts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from finance_kit.documents.template_package import check_container
from finance_kit.documents.template_tags import sample_values
from finance_kit.errors import TemplateError

if TYPE_CHECKING:
    from docx.document import Document

__all__ = [
    "RENDERED",
    "RESULT",
    "SHIPPED",
    "SUPPLIED",
    "TASK",
    "Bounds",
    "OwnTemplate",
    "read_template",
    "render_own",
    "try_out",
]

SHIPPED: Final = "docx/bank_plan.docx"
"""The template of the package, to begin from."""
TASK: Final = "task.json"
SUPPLIED: Final = "supplied.docx"
RENDERED: Final = "rendered.docx"
RESULT: Final = "result.json"
_MIB: Final = 1024 * 1024
_MOST_READ: Final = 6 * _MIB
_ROOT: Final = str(Path(__file__).resolve().parents[2])
_PASSED_ON: Final = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A file that somebody supplies, and the name to call it by in messages."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What filling one template may take; the shipped one takes half a second and a tenth of the memory."""

    seconds: float = 30.0
    processor: int = 10
    memory: int = 1024 * _MIB
    file_size: int = 64 * _MIB


_TRIAL: Final = Bounds(seconds=15.0, processor=6)
"""While somebody waits for a page."""


def read_template(path: Path) -> OwnTemplate:
    """The file at a place, as far as a template may be large.

    Raises
    ------
    TemplateError : ``template_missing``
    """
    if not path.is_file():
        raise TemplateError("template_missing", path=str(path))
    with path.open("rb") as stream:
        return OwnTemplate(path.name, stream.read(_MOST_READ))


def try_out(template: OwnTemplate) -> None:
    """Fill a template with sample values, to learn at once what is wrong with it.

    Raises
    ------
    TemplateError : see :func:`render_own`
    """
    _rendered(template, sample_values(), _TRIAL)


def render_own(template: OwnTemplate, tags: Mapping[str, Any], bounds: Bounds | None = None) -> Document:
    """The template with its tags filled, places still to be replaced.

    Parameters
    ----------
    template : the file; it is data, whoever sent it
    tags : texts, and lists of mappings of texts
    bounds : what filling it may take

    Raises
    ------
    TemplateError : what :func:`~finance_kit.documents.template_package.check_package` and
        :func:`~finance_kit.documents.docx_template.render_template` refuse; ``template_too_long``,
        ``template_out_of_memory``
    """
    import io

    import docx

    return docx.Document(io.BytesIO(_rendered(template, tags, bounds or Bounds())))


def _rendered(template: OwnTemplate, tags: Mapping[str, Any], bounds: Bounds) -> bytes:
    check_container(template.content, template.name)
    with tempfile.TemporaryDirectory(prefix="finance-kit-template-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        (folder / SUPPLIED).write_bytes(template.content)
        task = {"tags": dict(tags), "memory": bounds.memory, "processor": bounds.processor, "size": bounds.file_size}
        (folder / TASK).write_text(json.dumps(task), "utf-8")
        code = _run(folder, bounds.seconds)
        if code is None:
            raise TemplateError("template_too_long", path=template.name, seconds=round(bounds.seconds))
        try:
            problem = json.loads((folder / RESULT).read_text("utf-8"))
        except (OSError, ValueError):
            # Ended by the system: on processor time by a signal, on memory in whatever way a library fails.
            ended = "template_too_long" if code < 0 else "template_out_of_memory"
            raise TemplateError(ended, path=template.name, seconds=bounds.processor) from None
        if problem:
            raise TemplateError(problem["code"], **{**problem["params"], "path": template.name})
        return (folder / RENDERED).read_bytes()


def _run(folder: Path, seconds: float) -> int | None:
    """Exit code of the process that fills the template; ``None`` when it had to be ended."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {"PYTHONPATH": _ROOT, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    process = subprocess.Popen(  # noqa: S603 - this Python, a module of ours and a folder of ours
        [sys.executable, "-m", "finance_kit.documents.template_child", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:  # Ctrl-C and a cancelled job as well
        process.kill()
        process.wait()
