"""Where pages and the programming interface ask for background work, look after it, cancel it and fetch its files."""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from flask import current_app

from finance_kit import __version__
from finance_kit.errors import FinanceKitError, StoreError
from web.jobs.limits import Limits
from web.jobs.queue import JobQueue, make_huey
from web.jobs.work import Worker
from web.words import sentence

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["JobBusyError", "attach", "busy_words", "cancel", "desk", "find", "of_plan", "problem_words", "submit"]

_LOG: Final = logging.getLogger("web.jobs")
_NAME: Final = "finance_kit_jobs"
_OPEN: Final = ("waiting", "working")
_KEEP_PICTURES: Final = timedelta(days=7)


class JobBusyError(FinanceKitError):
    """The line of work is full; nothing was added."""


def busy_words(busy: JobBusyError) -> str:
    """Why nothing was added, in words."""
    return sentence(busy)


def problem_words(problem: Mapping[str, Any]) -> str:
    """Why a job failed, in words."""
    return sentence(FinanceKitError(str(problem.get("code") or "job_failed"), **(problem.get("params") or {})))


class Desk:
    """The work of one application: its list, its limits, and its workers once they are needed."""

    def __init__(self, app: Flask, limits: Limits) -> None:
        config = app.extensions["finance_kit_config"]
        holder = app.extensions["finance_kit_store"]
        self.limits = limits
        self._config, self.holder = config, holder
        self._queue: JobQueue | None = None
        self._opening = threading.Lock()
        self._left = threading.Event()

    @property
    def queue(self) -> JobQueue:
        """The list of work, opened when it is first needed."""
        with self._opening:
            if self._queue is None:
                config = self._config
                huey = make_huey(config.jobs_url, config.data_folder)
                worker = Worker(self.holder.open, config.data_folder / "scratch", self.limits, self._stopping)
                self._queue = JobQueue(huey, worker.perform)
            return self._queue

    def _stopping(self) -> bool:
        return self._queue is not None and self._queue.stopping.is_set()

    def start(self) -> None:
        """Start the workers of this process where it is to have any, and put in line again what a stop left waiting."""
        if self.queue.start(self._config.job_workers):
            atexit.register(self.stop)
            self.watch()

    def stop(self) -> None:
        """Stop the workers; a job in hand is put back in line, where workers of other processes find it."""
        self._left.set()
        if self._queue is not None and self._queue.running:
            self._queue.stop()
            with suppress(StoreError):  # a database that is away keeps nobody from stopping; the next start lines up
                self._line_up()

    def watch(self) -> None:
        """Put in line, now and from time to time, what waits although the line is empty: its message was lost."""
        self._left = left = threading.Event()

        def look() -> None:
            while True:
                try:
                    if self.queue.huey.pending_count() == 0:
                        self._line_up()
                except Exception as failure:  # noqa: BLE001 - whatever is away now may be there next time
                    _LOG.warning("what waits cannot be put in line: %s", type(failure).__name__)
                if left.wait(self.limits.again):
                    return

        threading.Thread(target=look, name="jobs-in-line", daemon=True).start()

    def _line_up(self) -> None:
        """Put in line what waits; it is taken once only, however often it stands there."""
        from finance_kit.store import jobs

        with self.holder.open().session() as session:
            waiting = jobs.in_line(session)
        for job in waiting:
            self.queue.put(job.id)


def attach(app: Flask, limits: Limits | None = None) -> None:
    """Give the application its desk; workers start with the first job, or with :meth:`Desk.start`."""
    app.extensions[_NAME] = Desk(app, limits or Limits())


def desk() -> Desk:
    """The desk of the application that answers now."""
    found: Desk = current_app.extensions[_NAME]
    return found


def submit(user_id: str, plan_id: str, revision: int, kind: str, options: Mapping[str, Any]) -> Any:
    """A job for this work: a new one, or the one that does or did exactly the same today.

    Parameters
    ----------
    user_id, plan_id, revision : who asks, for which version of which plan
    kind : see :data:`web.jobs.kinds.KINDS`
    options : choices, as JSON can hold them

    Raises
    ------
    JobBusyError : ``job_busy``, too many wait already; ``job_busy_own``, too many of this person's do;
        ``job_queue_unreachable``
    """
    from finance_kit.store import jobs
    from web.jobs import page_numbers

    counter, now = desk(), datetime.now(UTC)
    chosen = {**options, "made_with": __version__}
    if not page_numbers.may_be_left_out(kind):
        chosen.pop(page_numbers.OPTION, None)
    with counter.holder.open().session() as session:
        _end_lost(session, counter.limits, now)
        hurried = page_numbers.hurry(session, kind, counter.limits)
        for job in jobs.of(session, plan_id, (kind,)):
            there = job.revision == revision and job.state in (*_OPEN, "done")
            if there and page_numbers.serves(job, chosen, hurried=hurried):
                return job
        waiting = jobs.waiting(session)
        if waiting >= counter.limits.waiting:
            raise JobBusyError("job_busy", waiting=waiting)
        if jobs.waiting(session, user_id) >= counter.limits.own:
            raise JobBusyError("job_busy_own", limit=counter.limits.own)
        jobs.drop_files(session, now - _KEEP_PICTURES, "page-%")
        job = jobs.create(session, kind, user_id, plan_id, revision, chosen, now)
        if page_numbers.hurry(session, kind, counter.limits, job.id):  # nobody else writes now; more may have come
            job = jobs.get(session, job.id) or job
    _put(counter, job.id)
    return job


def _put(counter: Desk, job_id: str) -> None:
    """Put a job in line; when the line cannot be reached the job has failed, in words."""
    from finance_kit.store import jobs

    try:
        counter.queue.put(job_id)
        counter.start()
    except Exception as failure:
        with counter.holder.open().session() as session:
            problem = {"code": "job_queue_unreachable", "params": {}}
            jobs.move(session, job_id, ("waiting",), "failed", datetime.now(UTC), problem=problem)
        raise JobBusyError("job_queue_unreachable") from failure


def find(plan_id: str, job_id: str) -> Any:
    """The job with this id of this plan, or ``None``; a job whose worker is gone is found as failed."""
    from finance_kit.store import jobs

    counter = desk()
    with counter.holder.open().session() as session:
        _end_lost(session, counter.limits, datetime.now(UTC))
        job = jobs.get(session, job_id)
    if job is None or job.plan_id != plan_id:
        return None
    if job.state == "waiting":
        counter.start()  # after a restart of the server nobody may have asked for work yet
    return job


def of_plan(plan_id: str, kinds: Collection[str]) -> list[Any]:
    """The latest jobs of a plan that are of these kinds, the newest first."""
    from finance_kit.store import jobs

    with desk().holder.open().session() as session:
        return list(jobs.of(session, plan_id, kinds))


def cancel(plan_id: str, job_id: str) -> bool:
    """Cancel a job that is not over; whether it was cancelled by this."""
    from finance_kit.store import jobs

    if find(plan_id, job_id) is None:
        return False
    with desk().holder.open().session() as session:
        return bool(jobs.move(session, job_id, _OPEN, "cancelled", datetime.now(UTC)))


def _end_lost(session: Any, limits: Limits, now: datetime) -> None:
    """Jobs whose worker has not been heard of are over: their server was killed."""
    from finance_kit.store import jobs

    problem = {"code": "job_interrupted", "params": {}}
    for job_id in jobs.stale(session, now - timedelta(seconds=limits.stale)):
        jobs.move(session, job_id, ("working",), "failed", now, problem=problem)
