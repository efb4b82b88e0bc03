"""Facts, rules and results of an assessment in English, with the labels of the facts and the sentences of a profile.

Nothing else in this package knows a language. The word is readiness. What a person wrote (names, a profile's sentences)
is put in as it stands.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from finance_kit.readiness.reading import Reading, Value

if TYPE_CHECKING:
    from finance_kit.readiness.facts import Fact
    from finance_kit.readiness.results import ConditionResult, CriterionResult

__all__ = ["STATUS", "failed", "found", "limit", "points", "scale", "target", "unknown", "verdict", "weak"]

STATUS: Final = {"published": "published", "convention": "starting value of this product"}
_REASONS: Final = {
    "no_debt": "no debt, so nothing is due",
    "no_loan": "no new loan to secure",
    "no_financing": "nothing to finance",
    "no_equity": "debts and no equity",
    "no_net_cash": "debts and no net cash",
}
_COMPARISONS: Final = {"at_least": "at least ", "at_most": "at most ", "is": "", "is_not": "not "}
_MOST_DECIMALS: Final = 6


def verdict(
    outcome: str, knock_outs: Sequence[ConditionResult], holds: Sequence[ConditionResult], enough: bool, score: str
) -> str:
    """The outcome in one sentence, with every failed hold.

    Parameters
    ----------
    outcome : see :data:`finance_kit.readiness.assess.Outcome`
    knock_outs, holds : as assessed
    enough : whether the points alone would make the plan ready
    score : points and version, in words
    """
    failures = sum(each.met is False for each in knock_outs)
    conditions = "a condition is not met" if failures == 1 else f"{failures} conditions are not met"
    words = {
        "ready": "Ready to apply by this profile",
        "nearly": "Nearly ready by this profile",
        "not_yet": "Not ready yet by this profile",
        "knocked_out": f"Not ready by this profile: {conditions}, and no other strength makes up for that",
        "not_assessed": "Not assessed: the lender publishes no scale",
    }[outcome]
    if outcome == "nearly":
        held = [f"the {each.label} is {each.found}, needed is {each.rule}" for each in holds if each.met is False]
        if held and enough:
            held[0] = f"the points are enough, but {held[0]}"
        if any(each.unknown for each in (*knock_outs, *holds)):
            held.append("not every condition can be checked")
        words += f": {'; '.join(held)}" if held else ""
    return f"{words} ({score})."


def points(score: float, possible: float, not_judged: float) -> str:
    """Points got and possible, and those that wait for facts."""
    # Rounded down, so that no points look like a border that they miss.
    words = f"{_trimmed(math.floor(score * 10.0 + 1e-6) / 10.0, 1)} of {_trimmed(possible, 1)} points"
    return (
        f"{words}, {_trimmed(not_judged, 1)} of them not judged, as the plan does not state the facts"
        if not_judged
        else words
    )


def failed(gate: ConditionResult) -> str:
    """A failed condition: why it matters, what was found, what is needed, what would mend it, where it stands."""
    told = gate.comparison in ("is", "is_not")  # then the profile's own sentence says it
    figures = "" if told else f" Found: {gate.found}; needed: {gate.rule}."
    return f"{gate.why}{figures} {gate.mend} {_stated(gate.inputs)}"


def unknown(gate: ConditionResult) -> str:
    """A condition that cannot be checked: what is asked, and which field would say it."""
    label = gate.label[0].upper() + gate.label[1:]
    return f"Cannot be checked: {label}; needed: {gate.rule}. {_stated(gate.missing, 'Please state')}"


def weak(criterion: CriterionResult) -> str:
    """A weak criterion: points, what was found, what earns all of them, what would mend it, where it stands."""
    got = f"{_trimmed(criterion.points, 1)} of {_trimmed(criterion.possible, 1)} points"
    start = f"{criterion.title}: {got}. Found: {criterion.found}; {criterion.target}."
    if criterion.missing:
        return f"{start} {_stated(criterion.missing, 'Please state')}"
    return f"{start} {criterion.mend} {_stated(criterion.inputs)}"


def found(fact: Fact, reading: Reading, currency: str, against: Value = None) -> str:
    """What was found, in words; precise enough to tell it from the limit that it is held against."""
    if reading.state in ("best", "worst"):
        words = _REASONS[reading.reason]
    elif reading.value is None:
        return "not stated"
    else:
        words = _value(fact, reading.value, currency, against)
        if reading.state == "missing":
            words += " as far as stated"
    return f"{words} ({reading.at})" if reading.at else words


def limit(fact: Fact, comparison: str, value: Value, currency: str) -> str:
    """A condition's limit in words."""
    if value is None:
        return "not published by the lender"
    if fact.unit == "money" and value == 0.0:
        return "nothing missing"
    return f"{_COMPARISONS[comparison]}{_value(fact, value, currency)}"


def scale(fact: Fact, steps: Sequence[tuple[Value, float]]) -> str:
    """A scale in words: what each of its turning points earns."""
    if not steps:
        return "scale not published by the lender"
    return ", ".join(_steps(fact, steps))


def target(fact: Fact, steps: Sequence[tuple[Value, float]]) -> str:
    """What earns the most of a scale, in words."""
    if not steps:
        return "scale not published by the lender"
    words = _steps(fact, steps)
    return words[0] if fact.better == "lower" else words[-1]


def _steps(fact: Fact, steps: Sequence[tuple[Value, float]]) -> list[str]:
    """The turning points of a scale in words, words by their share and numbers from the smallest."""
    if not fact.numeric:
        ordered = sorted(steps, key=lambda step: step[1])
        return [f"{_points(share)} for {_quoted(_value(fact, at))}" for at, share in ordered]
    turning = list(steps)
    while len(turning) > 1 and turning[0][1] == turning[1][1]:
        del turning[0]
    while len(turning) > 1 and turning[-1][1] == turning[-2][1]:
        del turning[-1]
    words = [f"{_points(share)} at {_value(fact, at)}" for at, share in turning]
    if turning[0][0] != 0.0:
        words[0] += " or less"
    words[-1] += "" if turning[-1][0] == 1.0 and fact.unit == "share" else " or more"
    return words


def _quoted(word: str) -> str:
    return f'"{word}"'


def _points(share: float) -> str:
    if share in (0.0, 1.0):
        return "all points" if share else "no points"
    return f"{_trimmed(share * 100.0, 1)} % of them"


def _value(fact: Fact, value: Value, currency: str = "", against: Value = None) -> str:
    """A value with its unit; with more decimals where it would look like the limit that it differs from."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, str):
        return str(value or "").replace("_", " ")
    words = _number(fact, value, currency)
    if isinstance(against, float) and value != against and abs(value - against) > 1e-9:
        decimals = 0
        while words == _number(fact, against, currency, decimals) and decimals < _MOST_DECIMALS:
            decimals += 1
            words = _number(fact, value, currency, decimals)
    return words


def _number(fact: Fact, value: float, currency: str, more: int = 0) -> str:
    """A number with its unit and a true minus sign."""
    return _with_unit(fact, value, currency, more).replace("-", "\u2212")


def _with_unit(fact: Fact, value: float, currency: str, more: int) -> str:
    """A number with its unit: shares in per cent, ratios with two decimals, counts with their noun."""
    if fact.unit == "share":
        return f"{value * 100.0:,.{more}f} %"
    if fact.unit == "ratio":
        return f"{value:,.{2 + more}f} {fact.counted[1]}".strip()
    if fact.unit == "money":
        small = 2 if abs(value) < 1.0 and value else 0
        return " ".join(f"{value:,.{small + more}f} {currency} {fact.counted[1]}".split())
    singular, plural = {"days": ("day", "days"), "years": ("year", "years")}.get(fact.unit, fact.counted)
    number = _trimmed(value, 1 + more)
    return f"{number} {singular if number == '1' else plural}"


def _trimmed(value: float, decimals: int) -> str:
    """A number without needless zeros after the point."""
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _stated(fields: Sequence[str], lead: str = "See") -> str:
    """The fields or figures where a fact stands."""
    return f"{lead} {', '.join(fields)}." if fields else ""
