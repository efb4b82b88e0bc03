"""Numbers of a plan beside a figure or a mend: each under the title of its field, by the field's unit."""

from __future__ import annotations

import re
from typing import Any, Final

from flask_babel import gettext

from finance_kit.forms.schema_form import Field
from finance_kit.forms.typed import node_at
from finance_kit.money import CURRENCIES
from web.plans.shown import choice_word
from web.results.links import Place, title_of
from web.results.shown import shown, with_unit
from web.words import DASH, day, month, number, percent

__all__ = ["stated_words", "value_words"]

_MONTH: Final = re.compile(r"\d{4}-\d{2}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_PACK: Final = "country pack"


def stated_words(place_of: Place, stated: Any, currency: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A part of the plan that a figure rests on, in the words of the form: its name, and its numbers with their titles.

    Parameters
    ----------
    place_of : where the part is filled in
    stated : as an explained figure lists it; its numbers are written ``price 12.5, volume_per_year 400``
    currency : of the plan; a part that states its own has its amounts in that one
    """
    keys = [key for key in stated.where.split(".") if not key.isdecimal()]
    name = place_of.words if stated.name in keys else stated.name
    pieces = [piece.partition(" ") for piece in stated.numbers.split(", ")] if stated.numbers else []
    own = next((value for key, _, value in pieces if key == "currency" and keys[:1] != ["exchange_rates"]), currency)
    lines = []
    for key, _, value in pieces:
        node = node_at("/".join([*keys, key])) if key.isidentifier() else None
        if node is not None:
            lines.append((title_of([*keys, key]), value_words([*keys, key], _read(value), own)))
        else:
            lines.append(("", _pack_words(stated.where, f"{key} {value}".strip())))
    return name, tuple(lines)


def value_words(keys: list[str], value: Any, currency: str) -> str:
    """A value of the plan as a reader sees it: money with its currency, shares in per cent, months by their names.

    Parameters
    ----------
    keys : of its field, without the numbers of rows
    value : as the document holds it
    currency : of an amount
    """
    if value is None:
        return DASH
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if isinstance(value, dict):
        return ", ".join(
            f"{title_of([*keys, key])}: {value_words([*keys, key], each, currency)}"
            for key, each in value.items()
            if key != "_id"
        )
    if isinstance(value, list):
        rows = any(isinstance(each, dict) for each in value)
        return ("; " if rows else ", ").join(value_words(keys, each, currency) for each in value)
    node = node_at("/".join(keys))
    field = node if isinstance(node, Field) else None
    if isinstance(value, str):
        return _text(field, value)
    return _number(field, value, currency)


def _text(field: Field | None, value: str) -> str:
    if field is not None and field.kind == "choice" and value in field.choices:
        return choice_word(field, value)
    if _DAY.fullmatch(value):
        return day(value)
    return month(value) if _MONTH.fullmatch(value) else shown(value, "text")


def _number(field: Field | None, value: float, currency: str) -> str:
    unit = field.unit.kind if field is not None and field.unit is not None else ""
    if unit == "share" or (field is not None and field.kind == "growth"):
        return percent(value, 2)
    if unit == "money":
        known = CURRENCIES.get(currency)
        least = known.decimals if known else 2
        return f"{number(value, max(least, 4), least)}\u00a0{known.symbol if known else currency}"
    if unit in ("months", "days"):
        return with_unit(value, unit, currency)
    return str(value) if unit == "year" else number(value, 6)


def _read(text: str) -> Any:
    """A number, or the numbers of a season, as they were before they were written; any other text as it stands."""
    try:
        numbers = [float(part.replace(",", "")) for part in text.split(" ")]
    except ValueError:
        return text
    return numbers[0] if len(numbers) == 1 else numbers


def _pack_words(where: str, text: str) -> str:
    """A number that stands under no field: a rate of the country's pack."""
    rate, _, limit = (_read(part) for part in text.partition(" up to "))
    if not where.startswith(_PACK) or not isinstance(rate, float):
        return text
    if not isinstance(limit, float):
        return percent(rate, 2)
    return str(gettext("%(rate)s up to %(limit)s", rate=percent(rate, 2), limit=number(limit)))
