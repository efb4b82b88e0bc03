"""The list of work: SQLite in the data folder, or Redis or PostgreSQL at an address; messages hold an id and no more.

Huey keeps the list and runs the workers. Its messages are JSON here and not pickles: who can write into the list can
then ask for work on a job that exists, and nothing else.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from huey import PostgresHuey, RedisHuey, SqliteHuey
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer

from finance_kit.errors import FinanceKitError

if TYPE_CHECKING:
    from huey import Huey

__all__ = ["JobQueue", "JsonSerializer", "make_huey"]

_NAME: Final = "finance_kit"
_KEPT: Final = ("id", "name", "retries", "args")
_LONGEST_MESSAGE: Final = 4_096


class JsonSerializer(Serializer):  # type: ignore[misc]
    """Messages as JSON: the name of the task and the id of a job."""

    def _serialize(self, data: Any) -> bytes:
        if not isinstance(data, Message):
            return json.dumps(str(data)).encode()  # a result; none is kept
        return json.dumps({name: getattr(data, name) for name in _KEPT}).encode()

    def _deserialize(self, data: bytes) -> Any:
        if len(data) > _LONGEST_MESSAGE:
            message = "a message of the job list is too long"
            raise ValueError(message)
        told = json.loads(bytes(data))
        if not isinstance(told, dict):
            return told
        arguments = tuple(str(each) for each in told["args"])
        return Message(str(told["id"]), str(told["name"]), None, 0, 0, None, arguments, {}, None, None)


def make_huey(url: str | None, folder: Path) -> Huey:
    """The list of work at an address, by default in the data folder.

    Raises
    ------
    FinanceKitError : ``job_settings`` for an address of another kind, ``job_library`` when its library is missing
    """
    common: dict[str, Any] = {"results": False, "serializer": JsonSerializer()}
    if not url:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / "jobs.sqlite3"
        file.touch(mode=0o600)
        return SqliteHuey(_NAME, filename=str(file), strict_fifo=True, timeout=10, **common)
    scheme = urlsplit(url).scheme.partition("+")[0]
    makers = {"redis": ("redis", RedisHuey, "url"), "rediss": ("redis", RedisHuey, "url"),
              "postgresql": ("psycopg", PostgresHuey, "dsn"), "postgres": ("psycopg", PostgresHuey, "dsn")}  # fmt: skip
    if scheme not in makers:
        raise FinanceKitError("job_settings", name="FINANCE_KIT_JOBS_URL", found=scheme or "something else")
    package, maker, argument = makers[scheme]
    _require(package, scheme)
    address = url.replace("postgresql+psycopg://", "postgresql://", 1)
    return maker(_NAME, **{argument: address}, **common)


def _require(package: str, scheme: str) -> None:
    import importlib.util

    if importlib.util.find_spec(package) is None:
        raise FinanceKitError("job_library", scheme=scheme, package=package)


class _Consumer(Consumer):  # type: ignore[misc]
    """Workers beside a web server, which has its own ways to be told to stop."""

    def _set_signal_handlers(self) -> None:
        """Signals belong to the server."""


class JobQueue:
    """The list of work of one application, with workers in this process while ``start`` was called."""

    def __init__(self, huey: Huey, perform: Callable[[str], None]) -> None:
        self.huey = huey
        self._task = huey.task(name="perform", retries=0)(perform)
        self._consumer: _Consumer | None = None
        self._lock = threading.Lock()
        self.stopping = threading.Event()

    def put(self, job_id: str) -> None:
        """Write a job's id at the end of the list."""
        self._task(job_id)

    @property
    def running(self) -> bool:
        """Whether workers run in this process."""
        return self._consumer is not None

    def start(self, workers: int) -> bool:
        """Start workers in this process, once; whether they were started now."""
        with self._lock:
            if self._consumer is not None or workers < 1:
                return False
            self.stopping.clear()
            self._consumer = _Consumer(self.huey, workers=workers, periodic=False, backoff=1.1, max_delay=0.5)
            self._consumer.start()
            return True

    def stop(self, seconds: float = 8.0) -> None:
        """Stop the workers; what they were doing goes back to the list."""
        with self._lock:
            consumer, self._consumer = self._consumer, None
        if consumer is None:
            return
        self.stopping.set()
        consumer.shutdown_timeout = seconds
        consumer.stop(graceful=True)
