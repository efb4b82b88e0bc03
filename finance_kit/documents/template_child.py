"""The process that looks at one supplied template and fills it: bounded, without secrets, with nothing else to do.

It reads ``task.json`` and ``supplied.docx`` in the folder it is given, and writes ``rendered.docx``, then
``result.json`` with the problem, if there is one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from finance_kit.documents.own_template import RENDERED, RESULT, SUPPLIED, TASK
from finance_kit.process_limits import bound_this_process

__all__ = ["main"]

_MOST_FILLED: Final = 16 * 1024 * 1024


def main(folder: Path) -> int:
    """Fill the template that lies in a folder; the exit code is 0 when ``result.json`` says how it went."""
    task = json.loads((folder / TASK).read_text("utf-8"))
    bound_this_process(int(task["memory"]), int(task["processor"]), int(task["size"]))
    problem = _problem(folder, task["tags"])
    unfinished = folder / f"{RESULT}.part"
    unfinished.write_text(json.dumps(problem), "utf-8")
    unfinished.replace(folder / RESULT)
    return 0


def _problem(folder: Path, tags: dict[str, Any]) -> dict[str, Any]:
    """Look at it and fill it; what went wrong, empty when nothing did."""
    from finance_kit.documents.docx_save import docx_bytes
    from finance_kit.documents.docx_template import render_template
    from finance_kit.documents.template_package import check_package
    from finance_kit.errors import TemplateError

    supplied = folder / SUPPLIED
    try:
        check_package(supplied.read_bytes())
        filled = docx_bytes(render_template(supplied, tags))
        # Once more: tags may have taken out what stood between pieces that were harmless by themselves.
        check_package(filled, _MOST_FILLED)
        (folder / RENDERED).write_bytes(filled)
    except TemplateError as failure:
        return {"code": failure.code, "params": dict(failure.params)}
    except MemoryError:
        return {"code": "template_out_of_memory", "params": {}}
    except Exception as failure:  # noqa: BLE001 - a file that a library stumbles over is told to whoever sent it
        return {"code": "template_unreadable", "params": {"reason": type(failure).__name__}}
    return {}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
