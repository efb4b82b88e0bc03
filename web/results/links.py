"""Fields and figures as links: in the words of the form, with where they are filled in or explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from finance_kit.forms.typed import node_at
from finance_kit.service import figure_labels
from web.plans.addresses import field_address
from web.words import core

__all__ = ["Place", "field_words", "place", "places", "title_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """A field of the plan as a link: its words and its address."""

    words: str
    address: str


def place(plan_id: str, document: dict[str, Any], dotted: str) -> Place:
    """A field as a link.

    Parameters
    ----------
    plan_id, document : of the plan
    dotted : as issues and rules name fields: ``loans.0.annual_rate``, ``members.household_net_cash``; a rule may rest
        on a figure as well, ``min_dscr``, which opens as one
    """
    if dotted in figure_labels():
        return Place(core(figure_labels()[dotted]), url_for("results.figure", plan_id=plan_id, name=dotted))
    return Place(field_words(document, dotted), field_address(plan_id, document, dotted))


def places(plan_id: str, document: dict[str, Any], fields: Iterable[str]) -> tuple[Place, ...]:
    """Several fields as links, each once."""
    found: dict[str, Place] = {}
    for field in fields:
        each = place(plan_id, document, field)
        found.setdefault(each.words, each)
    return tuple(found.values())


def field_words(document: Any, dotted: str) -> str:
    """A field in words: the names of its rows, where they have one, and its own title."""
    names, value = [], document
    keys = dotted.split(".") if dotted else []
    for key in keys:
        if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
            name = next((value[part] for part in ("name", "role") if isinstance(value, dict) and value.get(part)), None)
            names.append(str(name)[:80] if name is not None else f"{int(key) + 1}")
        else:
            value = value.get(key) if isinstance(value, dict) else None
    if not keys:
        return ""
    return " · ".join([*names, title_of([key for key in keys if not key.isdecimal()])])


def title_of(keys: list[str]) -> str:
    """The title of the nearest part that the form has; a key that nobody knows as it stands."""
    steps: list[str] = []
    node = None
    for key in keys:
        deeper = node_at("/".join([*steps, key]))
        if deeper is None:
            break
        steps, node = [*steps, key], deeper
    return core(node.title) if node is not None else keys[-1][:80]
