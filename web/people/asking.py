"""Forms of this area: reading their fields, and showing them again with what is wrong."""

from __future__ import annotations

from typing import Any, Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from finance_kit.store.names import name_faults, tidy
from web.people.passphrases import faults as passphrase_faults
from web.people.wording import FAULTS

__all__ = ["Faults", "ask", "days", "label_of", "new_passphrase", "person_name", "refuse"]

Faults = dict[str, str]
"""Field -> code of what is wrong with it."""

_KEPT: Final = ("name", "label", "role", "next")
_DAYS: Final = (1, 7, 30, 90, 365)


def ask(template: str, **values: Any) -> str:
    """A form, empty or with what was typed before."""
    typed = dict.fromkeys(_KEPT, "") | values.pop("typed", {})
    return render_template(template, **{"faults": {}, "wordings": FAULTS, "typed": typed} | values)


def refuse(template: str, faults: Faults, status: int = 422, **values: Any) -> ResponseReturnValue:
    """The form again with every fault at its field; passphrases and codes are not shown again."""
    typed = {name: request.form.get(name, "")[:200] for name in _KEPT}
    return ask(template, faults=faults, typed=typed, **values), status


def person_name(faults: Faults, field: str = "name") -> str:
    """A name from the form."""
    given = request.form.get(field, "")
    if wrong := name_faults(given):
        faults[field] = wrong[0]
    return tidy(given)


def label_of(faults: Faults) -> str:
    """What something is for, from the form, in the words of who makes it."""
    label = tidy(request.form.get("label", ""))[:80]
    if not label:
        faults["label"] = "label_missing"
    elif "name_characters" in name_faults(label):
        faults["label"] = "name_characters"
    return label


def new_passphrase(faults: Faults, name: str) -> str:
    """A new passphrase from the form, typed twice so that nobody is locked out by a slip."""
    given = request.form.get("passphrase", "")
    if wrong := passphrase_faults(given, name):
        faults["passphrase"] = wrong[0]
    elif given != request.form.get("again", ""):
        faults["again"] = "passphrase_differs"
    return given


def days(faults: Faults, most: int = 365) -> int:
    """For how many days something works, from the form."""
    given = request.form.get("days", "")
    if given in {str(known) for known in _DAYS if known <= most}:
        return int(given)
    faults["days"] = "expiry_unknown"
    return 0
