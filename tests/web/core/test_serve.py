"""``finance-kit serve`` as people start and stop it, in a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from web.network import is_loopback, qr_code
from web.serve import TUNING

PATIENCE = 60
ROOT = Path(__file__).parents[3]


def _command(*options: str) -> list[str]:
    return [sys.executable, "-m", "finance_kit", "serve", "--no-browser", *options]


def _environment(folder: Path, **settings: str) -> dict[str, str]:
    ours = {"FINANCE_KIT_DATA": str(folder), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **ours, **settings}


@contextmanager
def _running(folder: Path, *options: str, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """A running server, the address it printed, and the lines up to the one that says how to stop it."""
    with subprocess.Popen(
        _command("--port", "0", *options),
        cwd=folder,
        env=_environment(folder, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout
            lines: list[str] = []
            for line in process.stdout:
                lines.append(line.rstrip("\n"))
                if "Ctrl-C" in line:
                    break
            (address,) = [found[1] for line in lines if (found := re.search(r"ready: (http://\S+)", line))]
            yield process, address, lines
        finally:
            process.kill()


def _get(address: str, **headers: str) -> tuple[int, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    request = urllib.request.Request(address, headers=named)  # noqa: S310 - an address of our own server
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def _place(address: str) -> tuple[str, int]:
    found = re.match(r"http://([^:/]+):(\d+)/", address)
    assert found
    return found[1], int(found[2])


def test_one_person_gets_an_address_with_a_key_on_this_machine_only(tmp_path: Path) -> None:
    with _running(tmp_path) as (process, address, lines):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/start\?key=[\w-]{32,}", address)
        assert any(str(tmp_path) in line for line in lines)
        assert not any("WARNING" in line for line in lines)
        host, port = _place(address)
        assert json.loads(_get(f"http://{host}:{port}/health/live")[1]) == {"status": "ok"}
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=10)  # the figure of the yardstick: ends within ten seconds
        assert process.returncode == 0
        assert "saved" in out


def test_silent_and_half_sent_connections_keep_nobody_else_out(tmp_path: Path) -> None:
    with _running(tmp_path) as (process, address, _lines), ExitStack() as open_ones:
        place = _place(address)
        for number in range(280):
            connection = open_ones.enter_context(socket.create_connection(place, timeout=PATIENCE))
            if number < 30:
                connection.sendall(b"POST /language HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf")
        assert _get(f"http://{place[0]}:{place[1]}/health/live")[0] == 200
        process.terminate()
        assert process.wait(timeout=10) == 0


def test_a_name_with_two_addresses_is_served(tmp_path: Path) -> None:
    with _running(tmp_path, "--host", "localhost") as (_process, address, _lines):
        host, port = _place(address)
        assert host == "localhost"
        assert _get(f"http://127.0.0.1:{port}/health/live")[0] == 200


def test_a_header_of_400_kilobytes_is_refused_and_the_server_goes_on(tmp_path: Path) -> None:
    with _running(tmp_path) as (_process, address, _lines):
        place = _place(address)
        with socket.create_connection(place, timeout=PATIENCE) as connection:
            connection.sendall(b"GET /help/ HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * 400_000 + b"\r\n\r\n")
            assert b" 431 " in connection.recv(100)
        assert _get(f"http://{place[0]}:{place[1]}/health/live")[0] == 200


def test_a_class_is_warned_that_nothing_is_encrypted(tmp_path: Path) -> None:
    with _running(tmp_path, "--shared", "--host", "127.0.0.1") as (_process, address, lines):
        assert "/start?key=" not in address, "with accounts nobody gets in by the key of one person"
        assert any("WARNING: the connection is not encrypted" in line for line in lines)


def test_a_proxy_of_ones_own_says_how_browsers_come(tmp_path: Path) -> None:
    forwarded = {"X_Forwarded_Proto": "https", "X_Forwarded_For": "192.0.2.9", "X_Forwarded_Host": "plans.example.org"}
    settings = {"FINANCE_KIT_SHARED": "1", "FINANCE_KIT_TLS": "1", "FINANCE_KIT_HOSTS": "plans.example.org"}
    with _running(tmp_path, "--host", "127.0.0.1", FINANCE_KIT_PROXIES="1", **settings) as (_process, address, lines):
        assert not any("WARNING" in line for line in lines)
        status, page = _get(f"{address}help/", **forwarded)
        assert status == 200
        assert "not encrypted" not in page
        plain = _get(f"{address}help/", **(forwarded | {"X_Forwarded_Proto": "http"}))[1]
        assert "not encrypted" in plain


def test_without_a_proxy_nobody_can_pretend_to_be_one(tmp_path: Path) -> None:
    with _running(tmp_path, "--shared", "--host", "127.0.0.1") as (_process, address, _lines):
        assert _get(f"{address}help/", Host="evil.example", X_Forwarded_Host="localhost")[0] == 400
        assert _get(f"{address}help/", X_Forwarded_Host="evil.example")[0] == 200


def test_without_accounts_it_does_not_listen_to_the_network(tmp_path: Path) -> None:
    command = _command("--host", "0.0.0.0", "--port", "0")  # noqa: S104 - it is refused
    done = subprocess.run(
        command, env=_environment(tmp_path), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "--shared" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_told_in_words(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = _command("--port", str(taken.getsockname()[1]))
        done = subprocess.run(
            command, env=_environment(tmp_path), cwd=tmp_path, capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.9.9.9"])
def test_loopback_is_known(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])  # noqa: S104 - only compared
def test_anything_else_is_the_network(host: str) -> None:
    assert not is_loopback(host)


def test_a_telephone_can_read_the_address() -> None:
    drawn = qr_code("http://192.168.1.5:8765/")
    assert len({len(line) for line in drawn.splitlines() if line}) <= 2
    assert len(drawn.splitlines()) >= 13


def test_limits_let_a_class_in_and_silence_out() -> None:
    assert TUNING["connection_limit"] >= 40 * 6
    assert TUNING["channel_timeout"] <= 30
    assert TUNING["ident"] is None
