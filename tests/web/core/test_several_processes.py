"""``finance-kit serve --shared`` as a class uses it: several processes behind one address."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.rush import Visitor
from finance_kit.store import open_store, users
from tests.web.core.test_serve import _get, _place, _running
from web.crew import Crew
from web.people.passphrases import hashed

PASSPHRASE = "coconut rope ferry"  # noqa: S105 - of accounts that live as long as a test
PATIENCE = 30.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, str]]:
    """Parent process and address of a server that a test may harm."""
    with started(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """The same for tests that leave it as it is."""
    with started(tmp_path_factory.mktemp("server")) as found:
        yield found


@contextmanager
def started(folder: Path) -> Iterator[tuple[int, str]]:
    """Parent process and address of a server with two processes that answer."""
    with open_store(f"sqlite:///{(folder / 'finance-kit.sqlite3').as_posix()}").session() as session:
        for name in ("Dara", "Sophea"):
            users.create(session, name, hashed(PASSPHRASE))
    options = ("--shared", "--host", "127.0.0.1", "--processes", "2")
    with _running(folder, *options) as (process, address, _lines):
        until(lambda: len(members(process.pid)) == 3)
        host, port = _place(address)
        yield process.pid, f"http://{host}:{port}"
        if process.poll() is None:
            process.terminate()
            assert process.wait(10) == 0  # the figure of the yardstick
        until(lambda: free(port))


def until(condition: object) -> None:
    """Wait until something has come about."""
    assert callable(condition)
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def members(parent: int) -> list[int]:
    """Processes that a process has started."""
    return [int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").split()]


def free(port: int) -> bool:
    """Whether another server could listen here."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def test_people_sign_in_save_and_get_their_word_plan_whoever_answers(lasting: tuple[int, str]) -> None:
    _, address = lasting
    for name in ("Dara", "Sophea"):
        visitor = Visitor(address, name, PASSPHRASE)  # each request comes on a connection of its own
        visitor.sign_in()
        visitor.save()
    visitor.word_plan()
    assert visitor.received.startswith(b"PK")


def test_whoever_falls_over_is_replaced_and_the_others_answer_meanwhile(server: tuple[int, str]) -> None:
    parent, address = server
    before = members(parent)
    os.kill(before[0], signal.SIGKILL)
    assert _get(f"{address}/health/ready")[0] == 200
    until(lambda: len(members(parent)) == 3 and before[0] not in members(parent))
    assert _get(f"{address}/health/ready")[0] == 200


def test_without_their_parent_none_stays_behind(server: tuple[int, str]) -> None:
    parent, address = server
    os.kill(parent, signal.SIGKILL)
    port = int(address.rpartition(":")[2])
    until(lambda: free(port))
    with pytest.raises(OSError, match="refused"):
        _get(f"{address}/health/live")


def test_who_falls_over_again_and_again_ends_the_whole(tmp_path: Path) -> None:
    starts = tmp_path / "starts"

    def fall() -> None:
        with starts.open("a", encoding="utf-8") as file:
            file.write("x")
        os._exit(3)

    child = os.fork()
    if not child:
        os._exit(int(Crew([fall], 1.0).run()))  # in a process of its own: it takes over the signals
    assert os.waitpid(child, 0)[1] == 0
    assert 5 < len(starts.read_text(encoding="utf-8")) < 20


def test_a_process_that_hangs_keeps_nobody_waiting_and_takes_its_share_afterwards(lasting: tuple[int, str]) -> None:
    parent, address = lasting
    hangs, answers, works = members(parent)
    before = {member: sockets_of(member) for member in (hangs, answers, works)}
    os.kill(hangs, signal.SIGSTOP)
    try:
        with held(address, 8):  # all of them by the other one
            assert _get(f"{address}/health/ready")[0] == 200
            os.kill(hangs, signal.SIGCONT)
            with held(address, 8):
                taken = {member: sockets_of(member) - count for member, count in before.items()}
    finally:
        os.kill(hangs, signal.SIGCONT)
    assert taken[hangs] >= 6, "who has fewest comes first; left to chance it would be four"
    assert taken[works] == 0, "whoever does the background work answers nobody"
    assert sum(taken.values()) == 16


@contextmanager
def held(address: str, count: int) -> Iterator[None]:
    """Connections that stay open after an answer on each, as those of browsers do."""
    host, _, port = address.removeprefix("http://").partition(":")
    kept: list[socket.socket] = []
    try:
        for _ in range(count):
            kept.append(socket.create_connection((host, int(port)), PATIENCE))
            kept[-1].sendall(f"GET /health/live HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            assert kept[-1].recv(1000).startswith(b"HTTP/1.1 200")
        yield
    finally:
        for each in kept:
            each.close()


def sockets_of(process: int) -> int:
    """How many sockets a process holds."""
    handles = Path(f"/proc/{process}/fd").iterdir()
    return sum(str(each.readlink()).startswith("socket:") for each in handles)
