"""What a worker does with the id of a job: take it, have it done in a child process, keep the result or the reason."""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from finance_kit.errors import StoreError
from web.jobs.child import TEMPLATE
from web.jobs.forked import FORK_SERVER
from web.jobs.limits import Limits
from web.jobs.supervise import Ended, run_child

__all__ = ["Worker"]

_LOG: Final = logging.getLogger("web.jobs")
_BEAT_SECONDS: Final = 1.0
_TRIES: Final = 5
_SWEEP_AFTER: Final = 60.0


class _GivenUpError(Exception):
    """The job was cancelled while its result was being kept."""


class Worker:
    """Does jobs one after the other; it is told a store and where to put its scratch folders."""

    def __init__(self, store: Callable[[], Any], folder: Path, limits: Limits, stopping: Callable[[], bool]) -> None:
        self._store, self._folder, self._limits, self._stopping = store, folder, limits, stopping

    def perform(self, job_id: str) -> None:
        """Do a job, if it still waits; whatever happens, its end is written down."""
        from finance_kit.store import jobs

        with self._store().session() as session:
            if not jobs.move(session, job_id, ("waiting",), "working", _now()):
                return  # cancelled, or done by another worker
            job = jobs.get(session, job_id)
        if job is None:
            return
        ended = self._done(job)
        if ended.cause:
            _LOG.warning("job %s (%s) failed: %s", job_id, job.kind, ended.cause)
        self._keep(job, ended)

    def _done(self, job: Any) -> Ended:
        """The work itself, in a scratch folder that is gone afterwards."""
        from finance_kit.store import plans, word_templates
        from web.jobs import page_numbers

        watch = self._watch(job.id)
        if not FORK_SERVER.until_warm(lambda: watch("")):
            return Ended(stopped=True)
        wanted = str(job.options.get("template") or "")
        with self._store().session() as session:
            document = plans.document_at(session, job.plan_id, job.revision)
            template = word_templates.get(session, job.user_id, wanted) if wanted else None
            supplied = word_templates.content(session, job.user_id, wanted) if wanted else None
            options = page_numbers.settled(session, job, self._limits)
        if document is None:
            return Ended(problem={"code": "job_plan_gone", "params": {}})
        if wanted and (template is None or supplied is None):
            return Ended(problem={"code": "template_gone", "params": {}})
        task = {"kind": job.kind, "document": document, "title": str(document.get("title") or ""),
                "options": options, "template": template.name if template else ""}  # fmt: skip
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sweep()
        try:
            with tempfile.TemporaryDirectory(prefix="job-", dir=self._folder, ignore_cleanup_errors=True) as scratch:
                if supplied is not None:
                    (Path(scratch) / TEMPLATE).write_bytes(supplied)
                return run_child(task, Path(scratch), self._limits, watch)
        except OSError as failure:
            return Ended(problem={"code": "job_failed", "params": {}}, cause=f"scratch folder: {failure.strerror}")

    def _sweep(self) -> None:
        """Remove scratch folders that a killed server left behind: a plan lies in each."""
        oldest = time.time() - self._limits.seconds - _SWEEP_AFTER
        for left in self._folder.glob("job-*"):
            with suppress(OSError):  # another worker may be sweeping as well
                if left.stat().st_mtime < oldest:
                    shutil.rmtree(left)

    def _watch(self, job_id: str) -> Callable[[str], bool]:
        """A function that writes the step down once a second, and says whether anybody still wants the job."""
        from finance_kit.store import jobs

        told_at, told = 0.0, ""

        def go_on(step: str) -> bool:
            nonlocal told_at, told
            if self._stopping():
                return False
            if time.monotonic() - told_at < _BEAT_SECONDS and step == told:
                return True
            told_at, told = time.monotonic(), step
            try:
                with self._store().session() as session:
                    return bool(jobs.beat(session, job_id, _now(), step) == "working")
            except StoreError:  # a database that is away for a moment is no reason to throw work away
                return True

        return go_on

    def _keep(self, job: Any, ended: Ended) -> None:
        """Write the end down; files and state in one transaction, so that there is never half a result."""
        for attempt in range(_TRIES):
            try:
                self._write(job, ended)
            except StoreError as failure:
                _LOG.warning("job %s: its end cannot be written: %s", job.id, failure.code)
                time.sleep(0.2 * 2**attempt)
            else:
                return

    def _write(self, job: Any, ended: Ended) -> None:
        from finance_kit.store import exports, jobs

        now = _now()
        with suppress(_GivenUpError), self._store().session() as session:
            if ended.stopped:  # cancelled, which stands already, or the server stops: then it waits for the next start
                jobs.move(session, job.id, ("working",), "waiting", now)
            elif ended.problem is not None:
                jobs.move(session, job.id, ("working",), "failed", now, problem=ended.problem)
            else:
                for each in ended.files:
                    jobs.keep_file(session, job.id, each.name, each.media_type, each.content)
                if not jobs.move(session, job.id, ("working",), "done", now):
                    raise _GivenUpError
                self._record(session, exports, job, ended, now)

    @staticmethod
    def _record(session: Any, exports: Any, job: Any, ended: Ended, now: datetime) -> None:
        """Which document was made from which version, to be found again when a lender asks about a figure."""
        import hashlib

        for each in ended.files:
            if each.name.endswith(".docx"):
                digest = hashlib.sha256(each.content).hexdigest()
                lender = str(job.options.get("lender") or "")
                exports.record(
                    session, job.user_id, job.plan_id, job.revision, job.kind, lender, each.name, digest, now
                )


def _now() -> datetime:
    return datetime.now(UTC)
