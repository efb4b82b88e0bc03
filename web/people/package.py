"""A person's own data as one zip file."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any, Final

from finance_kit import drafts

__all__ = ["packed"]

_READ_ME: Final = """Finance Kit: everything that is kept about you here.

plans/NN/plan.yaml      the plan as it stands; "Open a file" on the first page, or the command line, reads it again
plans/NN/versions.json  its versions, oldest first, with what stood in each
plans/NN/people.json    who may see it, and what others did with it
account.json            name, role, devices, tokens (never their secrets), organisations, what others share with you
"""
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)  # the same data give the same file, whenever they are taken out


def packed(everything: dict[str, Any]) -> bytes:
    """The file.

    Parameters
    ----------
    everything : see :func:`finance_kit.store.personal_data.collect`
    """
    files = {"READ ME.txt": _READ_ME, "account.json": _json(everything["account"])}
    for number, plan in enumerate(everything["plans"], start=1):
        folder = f"plans/{number:02d}"  # a number and not the title: what somebody typed is never a path
        files[f"{folder}/plan.yaml"] = drafts.plan_text(plan["document"])
        files[f"{folder}/versions.json"] = _json(plan["versions"])
        files[f"{folder}/people.json"] = _json(plan["people"])
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _OLDEST), text, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n"
