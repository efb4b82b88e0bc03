"""Rules of the whole suite: no network, nothing left out in silence, the same examples each time."""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Generator
from typing import Any, Final

import pytest
from hypothesis import settings

# Skips that may stand although CI=true: test id -> reason. Empty, and meant to stay so: a test that cannot run in CI
# proves nothing there.
ALLOWED_SKIPS: Final[dict[str, str]] = {}

# ``ci`` gives the same examples on every machine; ``HYPOTHESIS_PROFILE=long`` looks further, before a release.
settings.register_profile("ci", derandomize=True, max_examples=60, deadline=None, database=None, print_blob=True)
settings.register_profile("long", max_examples=2_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


# ------------------------------------------------------------------------------------------------------- no network


class NetworkBlockedError(RuntimeError):
    """A test tried to leave this machine."""


def _is_this_machine(host: object) -> bool:
    """Whether a socket address stays on the loopback interface."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse_other_machines(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: names are not looked up and sockets not connected beyond loopback, whichever library asks."""
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a Unix socket's address is a path
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if not _is_this_machine(host):
        message = f"tests do not use the network: {event} {host}"
        raise NetworkBlockedError(message)


def pytest_configure() -> None:
    """Block the network in this process, and send what child processes try to a port where nobody listens."""
    sys.addaudithook(_refuse_other_machines)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        os.environ[name] = "http://127.0.0.1:9"


# ------------------------------------------------------------------------------------------------- what is slow, first

SLOW: Final = ("tests/web/journeys/", "tests/store/durability/", "tests/web/production/", "tests/web/browser/")
"""Files with few long tests: begun last, they would keep one core busy while the other has nothing left to do."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is slow; for the rest the order stays."""
    items.sort(key=lambda item: not item.nodeid.startswith(SLOW))


# ---------------------------------------------------------------------------------------- a skip that hides work fails

_left_out: dict[str, str] = {}


def _is_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def _note_if_left_out(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Remember a test or module that was skipped or expected to fail."""
    if report.skipped and report.nodeid not in ALLOWED_SKIPS:
        reason = getattr(report, "wasxfail", None) or report.longrepr
        _left_out[report.nodeid] = str(reason[-1] if isinstance(reason, tuple) else reason)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _note_if_left_out(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    _note_if_left_out(report)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None]:
    if _is_ci() and _left_out and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _is_ci() and _left_out:
        terminalreporter.section("left out, which fails where CI=true")
        for test, reason in sorted(_left_out.items()):
            terminalreporter.line(f"{test}: {reason}")


# ------------------------------------------------------------------------------------------------------ for all tests


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice is not found, for tests in which nobody looks at the pages: it takes longer than all the rest."""
    monkeypatch.setenv("PATH", "/nowhere")
