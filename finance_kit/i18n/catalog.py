"""A code and its parameters as a sentence in the current language (:mod:`finance_kit.i18n.language`).

Each area keeps its sentences in a module ``messages_<area>.py`` of this package, as ``MESSAGES``: code -> template of
``str.format``. Three things are special. A template under ``code+name`` is used instead of the one under ``code`` when
the parameter ``name`` has a value (``unknown_field+nearest`` offers the nearest field). One under ``code@form`` is used
for who fills in a form: it names labels of fields, not keys of the plan file. The parameter ``kinds`` holds
codes, which are replaced by their own sentences. The English template is the key of its translation.

What comes from a person is shown on one line and without characters that steer a terminal.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import string
from collections.abc import Callable, Mapping, Sequence
from functools import cache, reduce
from types import MappingProxyType
from typing import Any, Final

from finance_kit import i18n
from finance_kit.errors import FinanceKitError, Issue, Undefined
from finance_kit.i18n.language import localised, translate

__all__ = ["message", "messages", "render", "safe"]

Label = Callable[[str], str]
_PREFIX: Final = "messages_"
_IN_FORM: Final = "@form"
_LABEL: Final = "label_"
_LONGEST_VALUE: Final = 400
_LONGEST_PATH: Final = 160
_JOINERS: Final = "\u200b\u200c\u200d"  # separate words and shape letters in Khmer, Burmese and Thai
_ESCAPE_SEQUENCE: Final = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])|\x9b[0-?]*[ -/]*[@-~]"
)


@cache
def messages() -> Mapping[str, str]:
    """Every template by its code, from all ``messages_*`` modules; a test keeps codes from being defined twice."""
    merged: dict[str, str] = {}
    for module in sorted(pkgutil.iter_modules(i18n.__path__), key=lambda found: found.name):
        if module.name.startswith(_PREFIX):
            merged |= importlib.import_module(f"{i18n.__name__}.{module.name}").MESSAGES
    return MappingProxyType(merged)


def message(
    subject: Issue | Undefined | FinanceKitError | str,
    params: Mapping[str, Any] = MappingProxyType({}),
    label: Label | None = None,
) -> str:
    """The sentence of a problem, of the reason for an undefined figure, of an exception, or of a bare code.

    Parameters
    ----------
    subject : carries its code and parameters; a string is a code
    params : parameters for a bare code
    label : gives a field's title by its path, ``products/price``; handed in where the reader fills in a form

    Returns
    -------
    one line; for a code without a template, a readable form of the code and its parameters
    """
    if isinstance(subject, str):
        code = subject
    else:
        code = subject.reason if isinstance(subject, Undefined) else subject.code
        params = subject.params
    template = _template(code, params, in_form=label is not None)
    if template is None:
        details = ", ".join(f"{safe(name)} {_shown(name, value)}" for name, value in params.items())
        words = safe(code).replace("_", " ").capitalize()
        return f"{words} ({details})." if details else f"{words}."
    return _Formatter(label).vformat(translate(template), (), params)


def render(issue: Issue) -> str:
    """A problem with its place: ``plan.yaml:42:13: loans.0.grace_months: sentence``."""
    place = safe(str(issue.where))
    path = safe(issue.where.path)
    if len(path) > _LONGEST_PATH:
        path = f"{path[: _LONGEST_PATH - 1]}…"
    return ": ".join(part for part in (place, path, message(issue)) if part)


def safe(text: str) -> str:
    r"""A text from a person on one line, without escape sequences and invisible controls.

    >>> safe("price\x1b[31m\nof \u202erice")
    'price of rice'
    """
    plain = _ESCAPE_SEQUENCE.sub("", text)
    spaced = "".join(" " if letter in "\n\r\t\u2028\u2029" else letter for letter in plain)
    return "".join(letter for letter in spaced if letter.isprintable() or letter in _JOINERS)


def _template(code: str, params: Mapping[str, Any], *, in_form: bool) -> str | None:
    """The template of a code, in the variant for the first parameter that has a value and a variant."""
    known = messages()
    if in_form and (found := known.get(f"{_variant(code, params)}{_IN_FORM}")) is not None:
        return found
    return known.get(_variant(code, params))


def _variant(code: str, params: Mapping[str, Any]) -> str:
    known = messages()
    for name, value in params.items():
        if f"{code}+{name}" in known and value not in (None, "", (), []):
            return f"{code}+{name}"
    return code


def _shown(name: str, value: Any) -> str:
    """A parameter in words: whole numbers without a fraction, lists with commas."""
    if name == "kinds" and isinstance(value, tuple):
        said = [message(str(kind)) for kind in value]
        return reduce(lambda first, last: message("either_or", {"first": first, "last": last}), said) if said else ""
    if isinstance(value, bool) or value is None:
        text = {True: "true", False: "false", None: translate("nothing")}[value]
    elif isinstance(value, float):
        text = localised(f"{value:.0f}" if value.is_integer() and abs(value) < 1e18 else f"{value:.10g}")
    elif isinstance(value, Sequence | set | frozenset) and not isinstance(value, str):
        text = ", ".join(_shown("", item) for item in (sorted(value) if isinstance(value, set | frozenset) else value))
    else:
        text = safe(str(value))
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"


class _Formatter(string.Formatter):
    """``str.format`` that shows values safely and a missing one as an ellipsis."""

    def __init__(self, label: Label | None = None) -> None:
        self._label = label

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        """Templates name parameters and labels of fields, nothing inside them."""
        if self._label is not None and field_name.startswith(_LABEL):
            return (field_name, self._label(field_name.removeprefix(_LABEL).replace("__", "/"))), field_name
        return (field_name, kwargs.get(field_name, "…")), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        """A number by its format if the template gives one, everything else as :func:`_shown`."""
        name, content = value
        if format_spec and isinstance(content, int | float):
            return localised(format(content, format_spec))
        return _shown(name, content)

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """Conversions such as ``!r`` mean nothing to a reader."""
        return value
