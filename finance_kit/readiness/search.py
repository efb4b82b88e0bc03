"""The smallest change that meets a threshold, found by trying it on the full model.

Months and choices are tried one by one: the first that works is the smallest, whether or not more is always better.
Amounts and shares are bracketed on a grid and narrowed to a ten-thousandth of the change: the smallest crossing that
the grid sees. What is tried are whole changed plans with their rounded amounts, so what is found is what is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from finance_kit.indicators.evaluate import Indicators
from finance_kit.plan.schema import Plan
from finance_kit.readiness.fix_policy import CATALOGUE, PAIRED, Bounds
from finance_kit.readiness.levers import Lever, levers_of
from finance_kit.readiness.trial import Candidate, Trial

__all__ = ["Change", "Step", "best_pair", "single_changes", "smallest"]

Pair = tuple[Lever, float, Lever, float]
"""A lever and how far it goes, and one of the plan that it changed and how far that goes."""
_GRID = 16
_INSIDE = 9
_NARROW = 1e-4
_COARSE = (0.1, 0.25, 0.45, 0.7, 1.0)
_SAME = {("less_loan", "own_for_loan")}
"""Pairs of which one step already contains the other."""


@dataclass(frozen=True, slots=True)
class Step:
    """One lever moved: how far, and as a share of the farthest that it may go; ``target`` as in the lever."""

    lever: str
    value: float
    effort: float
    target: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A changed plan that meets a problem, with the steps that lead to it."""

    steps: tuple[Step, ...]
    plan: Plan

    @property
    def effort(self) -> float:
        """The farther of its steps, as a share of the farthest that its lever may go."""
        return max(step.effort for step in self.steps)


def smallest(
    trial: Trial, make: Callable[[float], Candidate], most: float, step: int, wanted: Sequence[int]
) -> dict[int, float]:
    """For each wanted problem the smallest value that meets it; a problem that no value meets is left out.

    Parameters
    ----------
    trial : what tries candidates
    make : the candidate of a value
    most : the farthest value
    step : of a lever of whole steps; 0 where it moves continuously
    wanted : positions of problems among ``trial.asked``
    """
    if step:
        values = [float(value) for value in range(step, int(most) + 1, step)]
        answers = trial.met([make(value) for value in values], wanted)
        return _first(values, answers, wanted)
    values = [most * (number / _GRID) ** 2 for number in range(1, _GRID + 1)]
    found = _first(values, trial.met([make(value) for value in values], wanted), wanted)
    low = {key: ([0.0, *values])[values.index(value)] for key, value in found.items()}
    while open_ones := [key for key, value in found.items() if value - low[key] > _tolerance(value, most)]:
        brackets = sorted({(low[key], found[key]) for key in open_ones})
        inside = {
            bracket: [bracket[0] + (bracket[1] - bracket[0]) * n / (_INSIDE + 1) for n in range(1, _INSIDE + 1)]
            for bracket in brackets
        }
        tried = [value for bracket in brackets for value in inside[bracket]]
        met = dict(zip(tried, trial.met([make(value) for value in tried], open_ones), strict=True))
        for key in open_ones:
            bracket = (low[key], found[key])
            points = [*inside[bracket], bracket[1]]
            first = next((n for n, value in enumerate(points[:-1]) if met[value][key]), len(points) - 1)
            low[key], found[key] = ([bracket[0], *points])[first], points[first]
    return found


def _tolerance(value: float, most: float) -> float:
    """A ten-thousandth of what is changed, and of what is left where that is less."""
    return _NARROW * max(min(value, most - value), 1e-3 * most)


def _first(values: list[float], answers: list[dict[int, bool]], wanted: Sequence[int]) -> dict[int, float]:
    found: dict[int, float] = {}
    for value, met in zip(values, answers, strict=True):
        for key in wanted:
            if met[key]:
                found.setdefault(key, value)
    return found


def _place(order: Sequence[str], change: Change) -> tuple[int, float]:
    return order.index(change.steps[0].lever), change.effort


def _candidate(lever: Lever, value: float, volume: float = 1.0) -> Candidate:
    return Candidate(lever.make(value), volume * (lever.volume(value) if lever.volume else 1.0))


def _concerned(trial: Trial, lever: str) -> list[int]:
    """Problems for which the catalogue names a lever."""
    return [n for n, problem in enumerate(trial.asked) if lever in CATALOGUE.get(problem.fact, ())]


def single_changes(trial: Trial, levers: Sequence[Lever]) -> dict[int, list[Change]]:
    """By problem, the smallest change of each lever that meets it alone, in the order of the catalogue."""
    found: dict[int, list[Change]] = {number: [] for number in range(len(trial.asked))}
    for lever in levers:
        wanted = _concerned(trial, lever.id)
        if not wanted:
            continue
        values = smallest(trial, partial(_candidate, lever), lever.most, lever.step, wanted)
        for number, value in values.items():
            step = Step(lever.id, value, value / lever.most, lever.target)
            found[number].append(Change((step,), lever.make(value)))
    for number, changes in found.items():
        order = CATALOGUE.get(trial.asked[number].fact, ())
        found[number] = sorted(changes, key=partial(_place, order))
    return found


def best_pair(
    trial: Trial, found: Indicators, bounds: Bounds, levers: Sequence[Lever], wanted: Mapping[int, float]
) -> dict[int, Change]:
    """For each wanted problem the combination of two levers whose farther step is the shortest.

    Both levers are tried at a few distances each; of the best combination, each step is then made the smallest that
    works with the other as it is.

    Parameters
    ----------
    trial : what tries candidates
    found : the plan as it stands
    bounds : how far each lever may go
    levers : of the plan as it stands
    wanted : by problem, the effort of the least single change: a combination that goes farther is of no use
    """
    by_id = {lever.id: lever for lever in levers if lever.id in PAIRED}
    order = [name for name in PAIRED if name in by_id]
    useful = max(wanted.values(), default=0.0)
    coarse: list[Pair] = []
    for name in order[:-1]:
        first = by_id[name]
        later = [other for other in order[order.index(name) + 1 :] if (name, other) not in _SAME]
        later = [other for other in later if _asked_together(trial, name, other, wanted)]
        for value in _distances(first) if later else ():
            rebuilt = {lever.id: lever for lever in levers_of(found, bounds, first.make(value))}
            there = [rebuilt[other] for other in later if other in rebuilt]
            pairs = [(first, value, second, distance) for second in there for distance in _distances(second)]
            coarse += [pair for pair in pairs if _efforts(by_id, pair)[0] <= useful]
    answers = trial.met([_candidate(second, distance) for _, _, second, distance in coarse], list(wanted))
    best: dict[int, Change] = {}
    for number, most in wanted.items():
        allowed = CATALOGUE[trial.asked[number].fact]
        meeting = [
            pair for pair, met in zip(coarse, answers, strict=True)
            if met[number] and pair[0].id in allowed and pair[2].id in allowed and _efforts(by_id, pair)[0] <= most
        ]  # fmt: skip
        if meeting:
            best[number] = _narrowed(trial, found, bounds, by_id, min(meeting, key=partial(_efforts, by_id)), number)
    return best


def _efforts(by_id: Mapping[str, Lever], pair: Pair) -> tuple[float, float]:
    """The farther step of a pair and then the other, as shares of their ranges."""
    both = (pair[1] / pair[0].most, pair[3] / by_id[pair[2].id].most)
    return max(both), min(both)


def _asked_together(trial: Trial, one: str, other: str, wanted: Iterable[int]) -> bool:
    facts = [CATALOGUE.get(trial.asked[number].fact, ()) for number in wanted]
    return any(one in names and other in names for names in facts)


def _distances(lever: Lever) -> list[float]:
    """A few values over the lever's range."""
    if not lever.step:
        return [lever.most * share for share in _COARSE]
    values = lever.whole_values()
    return sorted({values[min(int(len(values) * share), len(values) - 1)] for share in (0.0, *_COARSE)})


def _narrowed(
    trial: Trial, found: Indicators, bounds: Bounds, by_id: dict[str, Lever],
    pair: Pair, number: int,
) -> Change:  # fmt: skip
    """Each step the smallest that works beside the other: the second first, then the first, then the second again."""
    first, value, second, distance = pair

    def beside(one: float) -> Lever | None:
        return next((each for each in levers_of(found, bounds, first.make(one)) if each.id == second.id), None)

    def both(other: float, one: float) -> Candidate:
        lever = beside(one)
        return Candidate(first.make(one)) if lever is None else _candidate(lever, other)

    farthest = second.most if second.step else distance
    for _ in range(2):
        least = smallest(trial, partial(_candidate, second), farthest, second.step, [number])
        distance = farthest = least.get(number, distance)
        value = smallest(trial, partial(both, distance), value, first.step, [number]).get(number, value)
        second = beside(value) or second
    steps = (
        Step(first.id, value, value / first.most, first.target),
        Step(second.id, distance, distance / by_id[second.id].most, second.target),
    )
    return Change(steps, both(distance, value).plan)
