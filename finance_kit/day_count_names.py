"""The day counts by name: which there are, what each one means, what other people call it.

Of the two dates of a period one counts, so that periods which follow each other add up (not always where months have 30
days: 31 January to 28 February to 31 March). Which of the two it is matters only for the day on which the length of the
year changes, and each convention says it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal, get_args

from finance_kit.errors import CalculationError

__all__ = ["ALIASES", "MEANING", "DayCount", "day_count_named"]

DayCount = Literal[
    "30/360",
    "30E/360",
    "30E/360 ISDA",
    "30E+/360",
    "30U/360",
    "actual/360",
    "actual/364",
    "actual/365",
    "actual/365.25",
    "actual/365 leap",
    "actual/actual ISDA",
    "actual/actual AFB",
    "actual/actual ICMA",
    "actual/actual Excel",
    "no leap/360",
    "no leap/365",
]

_ISDA: Final = "2006 ISDA Definitions, section 4.16"

MEANING: Final = MappingProxyType(
    {
        "30/360": (
            "A month has 30 days. The 31st becomes the 30th, as a last day only after a 30th or 31st (bond basis). "
            f"{_ISDA}(f)."
        ),
        "30E/360": f"A month has 30 days. The 31st always becomes the 30th (Eurobond basis). {_ISDA}(g).",
        "30E/360 ISDA": (
            "A month has 30 days. The last day of any month becomes the 30th, except the last day of February when it "
            f"is the end of the contract (German basis). {_ISDA}(h)."
        ),
        "30E+/360": (
            "A month has 30 days. The 31st becomes the 30th as a first day, the 1st of the next month as a last day. "
            "pyxirr, day count conventions."
        ),
        "30U/360": (
            "A month has 30 days. As 30/360, and the last day of February becomes the 30th as a first day, as a last "
            "day only when the first is one too (US, NASD). YEARFRAC basis 0; QuantLib, Thirty360::USA."
        ),
        "actual/360": f"Calendar days over 360. {_ISDA}(e).",
        "actual/364": "Calendar days over 364, which is 52 weeks. pyxirr, day count conventions.",
        "actual/365": f"Calendar days over 365, in leap years too (fixed). {_ISDA}(d).",
        "actual/365.25": "Calendar days over 365.25. Directive 2008/48/EC, Annex I, remark (c) allows this year.",
        "actual/365 leap": (
            "Calendar days over 365, or over 366 when a 29 February lies after the first date and not after the last. "
            "ICMA Rule 251, Actual/365L for yearly payments, called Actual/365A as well."
        ),
        "actual/actual ISDA": (
            "Split at 1 January: days in leap years over 366, others over 365; the first date counts, the last does "
            f"not. {_ISDA}(b)."
        ),
        "actual/actual AFB": (
            "Whole years counted backwards from the last date (from 28 February to 29 February of a leap year); the "
            "rest over 366 when it holds a 29 February, its first date included, else over 365. Association Française "
            "des Banques; ISDA memorandum of November 1998; QuantLib, ActualActual::AFB."
        ),
        "actual/actual ICMA": (
            "Days over the days of the regular interest period in which they lie, times its share of a year. ICMA Rule "
            "251; ISDA memorandum of November 1998. Needs the regular period."
        ),
        "actual/actual Excel": (
            "Calendar days over the average year: up to one year apart 366 if both dates are in one leap year or a 29 "
            "February lies between, else 365; further apart the mean length of all calendar years touched. YEARFRAC "
            "basis 1, as analysed by D. Wheeler, 'YEARFRAC Incompatibilities', 2008."
        ),
        "no leap/360": "Calendar days without any 29 February, over 360. pyxirr, day count conventions.",
        "no leap/365": "Calendar days without any 29 February, over 365. pyxirr, day count conventions.",
    }
)

# Other names, compared without case, spaces, hyphens and underscores.
ALIASES: Final = MappingProxyType(
    {
        "30/360 ISDA": "30/360",
        "bond basis": "30/360",
        "30/360 European": "30E/360",
        "30/360 ISMA": "30E/360",
        "Eurobond basis": "30E/360",
        "30/360 German": "30E/360 ISDA",
        "30E/360 German": "30E/360 ISDA",
        "30/360 US": "30U/360",
        "30US/360": "30U/360",
        "30/360 SIA": "30U/360",
        "NASD 30/360": "30U/360",
        "ACT/360": "actual/360",
        "French": "actual/360",
        "ACT/364": "actual/364",
        "ACT/365": "actual/365",
        "ACT/365F": "actual/365",
        "ACT/365 fixed": "actual/365",
        "actual/365F": "actual/365",
        "actual/365 fixed": "actual/365",
        "English": "actual/365",
        "ACT/365.25": "actual/365.25",
        "ACT/365L": "actual/365 leap",
        "ACT/365A": "actual/365 leap",
        "ACT/365 leap": "actual/365 leap",
        "actual/365L": "actual/365 leap",
        "actual/365A": "actual/365 leap",
        "ACT/ACT": "actual/actual ISDA",
        "ACT/ACT ISDA": "actual/actual ISDA",
        "actual/actual": "actual/actual ISDA",
        "ACT/ACT AFB": "actual/actual AFB",
        "ACT/ACT Euro": "actual/actual AFB",
        "ACT/ACT ICMA": "actual/actual ICMA",
        "ACT/ACT ISMA": "actual/actual ICMA",
        "actual/actual ISMA": "actual/actual ICMA",
        "actual/actual bond": "actual/actual ICMA",
        "Excel ACT/ACT": "actual/actual Excel",
        "ACT/ACT Excel": "actual/actual Excel",
        "Excel actual/actual": "actual/actual Excel",
        "NL/360": "no leap/360",
        "NL/365": "no leap/365",
        "ACT/365 no leap": "no leap/365",
        "actual/365 no leap year": "no leap/365",
    }
)


def _folded(name: str) -> str:
    """A name without what people write differently."""
    return "".join(letter for letter in name.casefold() if letter not in " -_\t")


_NAMED: Final[dict[str, DayCount]] = {name: name for name in get_args(DayCount)}
_NAMED.update({_folded(name): name for name in get_args(DayCount)})
_NAMED.update({_folded(alias): _NAMED[name] for alias, name in ALIASES.items()})


def day_count_named(name: str) -> DayCount:
    """The convention that people mean by a name such as ``ACT/365F``, ``30/360 ISDA`` or ``Bond basis``.

    Parameters
    ----------
    name : a `DayCount` or one of `ALIASES`; case, spaces and hyphens do not matter

    Returns
    -------
    the name used here

    Raises
    ------
    CalculationError : ``unknown_day_count``

    Examples
    --------
    >>> day_count_named("ACT/365F")
    'actual/365'
    """
    words = str(name)  # what is no text is refused like an unknown name
    found = _NAMED.get(words) or _NAMED.get(_folded(words))
    if found is None:
        raise CalculationError("unknown_day_count", found=words[:40], known=", ".join(get_args(DayCount)))
    return found
