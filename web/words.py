"""Numbers, money, dates and the core's sentences in the reader's language: the one place that pages get them from.

Separators and month names come from Babel; browsers have none for Khmer and Burmese. Our own choices, where
Babel's data differ from what lenders here write: riel, kyat and dong without decimals, the sign of the currency in one
fixed place, Western digits everywhere, and in Thai the year of the Buddhist era, which is named.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any, Final

from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

from finance_kit.forms.typed import node_at
from finance_kit.i18n.catalog import message
from finance_kit.i18n.language import ENGLISH, language
from finance_kit.i18n.phrases import say
from finance_kit.money import CURRENCIES
from web.languages import current_language

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["DASH", "FILTERS", "attach", "core", "day", "money", "month", "number", "percent", "sentence"]

DASH: Final = "–"
MINUS: Final = "\u2212"
_DAY_ALONE: Final = len("2026-11-24")
_EXACT: Final = Context(prec=400, rounding=ROUND_HALF_UP)
_BUDDHIST: Final = 543  # years from the Christian to the Buddhist era, since Thailand's new year became 1 January
# Khmer: Babel and ICU disagree on the separators. Ours are those of the banks' papers, as in English.
_SEPARATORS: Final = {"km": (",", "."), "my": (",", "."), "th": (",", "."), "en": (",", ".")}
# Where a date is not written as day, month, year one after another.
_PATTERNS: Final = {("vi", "d MMMM y"): "d MMMM, y", ("vi", "MMMM y"): "MMMM, y"}


def core(text: str) -> str:
    """A text of the core (title, label, help, a finding with its figures) in the reader's language."""
    code = current_language()
    if code == ENGLISH:
        return text
    with language(code):
        return say(text)


def sentence(problem: Any) -> str:
    """A problem or an error of the core in the reader's language, with the form's labels, not keys of the plan file."""
    with language(current_language()):
        return message(problem, label=_label)


def _label(path: str) -> str:
    """The title of a field of the form."""
    node = node_at(path)
    return say(node.title) if node is not None else path


def number(value: Any, most: int = 2, least: int = 0) -> str:
    """A number with ``least`` to ``most`` decimals; a dash where there is none."""
    exact = _decimal(value)
    return DASH if exact is None else _grouped(exact, least, most)


def percent(value: Any, most: int = 1, least: int = 0) -> str:
    """A fraction in per cent: 0.125 as ``12.5 %``; the space does not break."""
    exact = _decimal(value)
    return DASH if exact is None else f"{_grouped(exact * 100, least, most)}\u00a0%"


def money(value: Any, currency: str) -> str:
    """An amount with its currency: ``20,000,000 ៛``, ``−12.50 $``; decimals as the currency is written in practice."""
    exact = _decimal(value)
    if exact is None:
        return DASH
    known = CURRENCIES.get(currency)
    decimals = known.decimals if known else 2
    return f"{_grouped(exact, decimals, decimals)}\u00a0{known.symbol if known else currency}"


def month(value: Any) -> str:
    """``2027-03`` as ``March 2027``."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(f"{value}-01")
        except ValueError:
            return str(value)
    return DASH if value is None else _dated(value, "MMMM y")


def day(value: Any) -> str:
    """A day, as ``24 November 2026``; of a moment the day on this machine's clock, as :func:`clock` gives its time."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if len(value) > _DAY_ALONE else date.fromisoformat(value)
        except ValueError:
            return str(value)
    if isinstance(value, datetime):
        value = value.astimezone().date()
    return DASH if value is None else _dated(value, "d MMMM y")


def clock(value: datetime) -> str:
    """The time of day of a moment on this machine's clock: ``10:32``."""
    return value.astimezone().strftime("%H:%M")


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "clock": clock,
    "core": core,
    "day": day,
    "money": money,
    "month": month,
    "number": number,
    "percent": percent,
    "sentence": sentence,
}


def attach(app: Flask) -> None:
    """Give templates the filters."""
    app.jinja_env.filters.update(FILTERS)


def _dated(value: date, pattern: str) -> str:
    """A date by a pattern of Babel; in Thai with the year of the Buddhist era, which is named."""
    code = current_language()
    if code != "th":
        return str(format_date(value, _PATTERNS.get((code, pattern), pattern), locale=code))
    words = format_date(value, pattern.removesuffix(" y"), locale="th")
    return f"{words} พ.ศ.\u00a0{value.year + _BUDDHIST}"


def _decimal(value: Any) -> Decimal | None:
    """The number exactly as it is written; nothing for what is no number."""
    if value is None or isinstance(value, bool | str):
        return None
    if isinstance(value, Decimal | int):
        exact = Decimal(value)
        return exact if exact.is_finite() else None
    return Decimal(repr(float(value))) if math.isfinite(value) else None


def _grouped(value: Decimal, least: int, most: int) -> str:
    """Digits in groups of three, rounded half up; a number that rounds to nothing has no minus."""
    code = current_language()
    group, point = _SEPARATORS.get(code) or (get_group_symbol(code), get_decimal_symbol(code))
    rounded = value.quantize(Decimal(1).scaleb(-most), context=_EXACT)
    whole, _, fraction = f"{abs(rounded):,f}".partition(".")
    fraction = fraction[:least] + fraction[least:].rstrip("0")
    text = whole.replace(",", group) + (point + fraction if fraction else "")
    return MINUS + text if rounded < 0 else text
