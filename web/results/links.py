"""Addresses of the form's pages: where a field is filled in, from the way an issue or a rule names it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import current_app, url_for

from finance_kit import drafts
from web.frame import plan_address
from web.words import core

__all__ = ["Place", "field_address", "field_words", "place", "places"]

_ENDPOINT = "plans.field"


class Place:
    """A field of the plan as a link: its words and its address."""

    __slots__ = ("address", "words")

    def __init__(self, words: str, address: str) -> None:
        self.words, self.address = words, address


def place(plan_id: str, document: dict[str, Any], dotted: str) -> Place:
    """A field as a link.

    Parameters
    ----------
    plan_id, document : of the plan
    dotted : as issues and rules name fields: ``loans.0.annual_rate``, ``members.household_net_cash``
    """
    return Place(field_words(document, dotted), field_address(plan_id, document, dotted))


def places(plan_id: str, document: dict[str, Any], fields: Iterable[str]) -> tuple[Place, ...]:
    """Several fields as links, each once."""
    found: dict[str, Place] = {}
    for field in fields:
        each = place(plan_id, document, field)
        found.setdefault(each.words, each)
    return tuple(found.values())


def field_address(plan_id: str, document: dict[str, Any], dotted: str) -> str:
    """The page of the form on which a field stands, at that field; the plan's first page for what is no field."""
    path = drafts.field_path(document, dotted)
    if path and _ENDPOINT in current_app.view_functions:
        return url_for(_ENDPOINT, plan_id=plan_id, path=path)
    return plan_address(plan_id)


def field_words(document: Any, dotted: str) -> str:
    """A field in words: the name of its row, if it has one, and its own."""
    names, value = [], document
    keys = dotted.split(".") if dotted else []
    for key in keys:
        if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
            name = next((value[part] for part in ("name", "role") if isinstance(value, dict) and value.get(part)), None)
            names.append(str(name) if name is not None else f"{int(key) + 1}")
        else:
            value = value.get(key) if isinstance(value, dict) else None
    words = [key.replace("_", " ") for key in keys if not key.isdecimal()]
    if not words:
        return ""
    own = core(words[-1][:1].upper() + words[-1][1:])
    return " · ".join([*names, own])
