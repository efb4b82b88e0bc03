"""From a plan in the making to its figures, worked out once for each state of a plan and day.

Results are only caches: the key is the content of the document, so that a changed plan is never answered with old
figures, and whatever was dropped is reckoned again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from finance_kit import drafts
from finance_kit.errors import FinanceKitError, Issue, Where
from finance_kit.service import Run
from finance_kit.store.values import canonical, digest

if TYPE_CHECKING:
    from web.access import PlanAccess

__all__ = ["Kept", "Opening", "checked", "opened", "opened_document"]

T = TypeVar("T")
_KEPT: Final = 24
"""States of usual plans that are kept worked out in each process; each takes one to three megabytes."""
_USUAL: Final = 10_000
"""Rows times months of a plan at the large end of what is usual."""


@dataclass(frozen=True)
class Opening:
    """A plan as it stands, with its figures where there can be any.

    Parameters
    ----------
    document : what was opened
    state : names the content of the document and the day
    run : plan, projection, indicators; ``None`` while something is missing that figures need
    issues : everything that is missing or will be asked about, errors first
    """

    document: dict[str, Any]
    state: str
    run: Run | None
    issues: tuple[Issue, ...]

    @property
    def errors(self) -> tuple[Issue, ...]:
        """What stands in the way of figures."""
        return tuple(issue for issue in self.issues if issue.severity == "error")


class Kept(Generic[T]):
    """Results by key, the longest unused dropped first; two threads never work out the same one.

    Parameters
    ----------
    most : weight that is kept altogether; the newest result is kept whatever it weighs
    weigh : says how much memory a result takes, 1 where it is left out
    """

    def __init__(self, most: int, weigh: Callable[[T], float] = lambda _: 1.0) -> None:
        self._most, self._weigh, self._lock = most, weigh, Lock()
        self._found: OrderedDict[Hashable, Future[T]] = OrderedDict()
        self._weights: dict[Hashable, float] = {}

    def get(self, key: Hashable, made: Callable[[], T]) -> T:
        """The result of a key, worked out if it is not there; a failure is handed on and not kept."""
        with self._lock:
            future = self._found.get(key)
            first = future is None
            if future is None:
                future = self._found[key] = Future()
            self._found.move_to_end(key)
        if first:
            try:
                result = made()
                self._take_in(key, self._weigh(result))
                future.set_result(result)
            except BaseException as failure:  # noqa: BLE001 - who waits must be told, whatever it was
                with self._lock:
                    self._found.pop(key, None)
                future.set_exception(failure)
        return future.result()

    def _take_in(self, key: Hashable, weight: float) -> None:
        with self._lock:
            self._weights[key] = weight
            while sum(self._weights.values()) > self._most and len(self._weights) > 1:
                longest_unused = next(each for each in self._found if each in self._weights and each != key)
                del self._found[longest_unused], self._weights[longest_unused]

    def __len__(self) -> int:
        return len(self._found)


def _weight(opening: Opening) -> float:
    """Rows and months of a plan, beside those of a usual one: results of the largest take seventy times the memory."""
    if opening.run is None:
        return 1.0
    rows = sum(len(value) for value in opening.document.values() if isinstance(value, list))
    loans = len(opening.run.plan.financing.loans)
    months: int = opening.run.plan.period.months
    return max(1.0, (rows + loans) * months / _USUAL)


_openings: Final = Kept[Opening](_KEPT, _weight)
_checks: Final = Kept[drafts.Loaded](_KEPT)


def checked(access: PlanAccess) -> drafts.Loaded:
    """A plan as it stands with everything that can be said about it; places of issues name its title."""
    return _checked(access.document, access.plan.sha256)


def _checked(document: dict[str, Any], content: str) -> drafts.Loaded:
    return _checks.get(content, lambda: drafts.loaded(document, str(document.get("title") or "plan")))


def opened(access: PlanAccess, today: date | None = None) -> Opening:
    """The plan that somebody may see, with its figures or what is still missing for them.

    Parameters
    ----------
    access : from :func:`web.access.plan_access`
    today : day of the results, by default this machine's
    """
    return _opened(access.document, access.plan.sha256, today)


def opened_document(document: dict[str, Any], today: date | None = None) -> Opening:
    """The same for a document that is not saved, as in "what if".

    Raises
    ------
    DraftError : ``draft_too_large``
    """
    return _opened(document, digest(canonical(document)), today)


def _opened(document: dict[str, Any], content: str, today: date | None) -> Opening:
    day = (today or datetime.now().astimezone().date()).isoformat()
    state = f"{content}-{day}"
    return _openings.get(state, lambda: _worked_out(document, content, state, day))


def _worked_out(document: dict[str, Any], content: str, state: str, day: str) -> Opening:
    loaded = _checked(document, content)
    order = {"error": 0, "warning": 1, "note": 2}
    issues = tuple(sorted(loaded.issues, key=lambda issue: order[issue.severity]))
    if not loaded.usable:
        return Opening(document, state, None, issues)
    run = Run(loaded, day)
    try:
        _ = run.basis
    except FinanceKitError as failure:  # a plan that passes every check and still cannot be reckoned says why
        return Opening(document, state, None, (Issue(failure.code, Where(), dict(failure.params)), *issues))
    return Opening(document, state, run, issues)
