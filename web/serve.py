"""Running the site on one machine: waitress, addresses to open, several processes for a class, and a tidy end.

A class of forty browsers with six connections each needs 240 at once, more than waitress takes by default; its default
time for a silent connection would let a few of them keep everybody else out.
"""

from __future__ import annotations

import ctypes
import dataclasses
import gc
import importlib
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from finance_kit.errors import FinanceKitError
from web import create_app, logs, storage, upkeep
from web.balance import Shares, share_evenly
from web.config import LOOPBACK, WebConfig, from_environment
from web.crew import Crew, cores, may_fork
from web.network import is_loopback, lan_address, qr_code
from web.people.first import first_key
from web.start_key import start_key

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["TUNING", "serve"]

TUNING: Final[dict[str, Any]] = {
    "threads": 8,
    "connection_limit": 500,
    "channel_timeout": 30,
    "asyncore_use_poll": True,  # select() stops at 1,024 open files
    "backlog": 1024,
    "ident": None,  # no server name in answers
}
_SHARED_BY_ALL: Final = ("finance_kit.service_lenders", "finance_kit.service_results", "finance_kit.report.context",
    "finance_kit.report.desk", "finance_kit.readiness", "finance_kit.store", "finance_kit.forms.typed",
    "xlsxwriter")  # fmt: skip
_ARENA_MAX: Final = -8  # M_ARENA_MAX of malloc.h
_NEXT_TRY: Final = 5.0  # seconds
_LONGEST_END: Final = 8.0  # seconds for answers that are being made when we are told to stop


def serve(
    environment: Mapping[str, str],
    *,
    host: str | None,
    port: int,
    browser: bool,
    say: Callable[[str], None],
    processes: int | None = None,
) -> None:
    """Serve until told to stop by Ctrl-C, SIGTERM or SIGHUP.

    Parameters
    ----------
    environment : see :func:`web.config.from_environment`
    host : address to listen on; by default this machine only, or every address when several people share it
    port : 0 takes a free one
    browser : open the first page
    say : told each line for the person at the terminal
    processes : that answer; by default one for a person alone, one for each core (at most four) where several people
        share it. Systems other than Linux have one

    Raises
    ------
    FinanceKitError : a setting is wrong, or the port is taken
    """
    config = from_environment(environment)
    bind = host or ("0.0.0.0" if config.shared else "127.0.0.1")  # noqa: S104 - only when asked to share
    if not config.shared and not is_loopback(bind):
        raise FinanceKitError("serve_alone_on_network", host=bind)
    lan = lan_address() if not is_loopback(bind) else None
    config = dataclasses.replace(config, hosts=_names(config.hosts, bind, lan))
    logs.to_stream()
    sockets = _listen(bind, port)
    port = sockets[0].getsockname()[1]
    app = create_app(config)
    count = (processes or cores()) if config.shared and may_fork() else 1
    local = f"http://{_browsable(bind)}:{port}"
    address = f"{local}/start?key={config.start_key}" if config.start_key else f"{local}/"
    start_key(app).tell_changes_to(lambda key: say(f"Signed out. To work again, open {local}/start?key={key}"))
    key = first_key(app) if config.shared else None
    if key is not None:
        address = f"{local}/set-up?key={key}"
        say("There is no administrator yet: the address below makes the account, once. Keep it to yourself.")
    for line in _greeting(config, address, lan, port):
        say(line)
    if browser:
        webbrowser.open(address)
    if count == 1:
        upkeep.start(app)
        _answer(app, sockets)
    elif not _crew(app, sockets, count).run():
        raise FinanceKitError("serve_fell_over")
    say("Stopped. Everything that was shown as saved is saved.")


def _crew(app: Flask, sockets: list[socket.socket], count: int) -> Crew:
    """Processes that answer, and one for background work and the day's round."""
    config: WebConfig = app.extensions["finance_kit_config"]
    storage.close(app)  # an open database is not to be carried into another process
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads within one sum would only get in each other's way
    for name in _SHARED_BY_ALL:  # read once here, in memory once for all
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(
        20_000, 20, 50
    )  # results that are kept are large: looking through them for waste is seldom worth it
    _few_arenas()

    shares = Shares(count)

    def answer(place: int) -> None:
        _answer(create_app(dataclasses.replace(config, job_workers=0)), sockets, (shares, place))

    def work() -> None:
        for each in sockets:
            each.close()
        app = create_app(config)
        ended = threading.Event()
        signal.signal(signal.SIGTERM, lambda _number, _frame: ended.set())
        upkeep.start(app)
        desk = app.extensions["finance_kit_jobs"]
        while not _begun(desk) and not ended.wait(_NEXT_TRY):
            pass
        ended.wait()
        desk.stop()

    return Crew([*(partial(answer, place) for place in range(count)), work], _LONGEST_END + 1)


def _few_arenas() -> None:
    """Let threads share two areas of memory: with one for each, what was used once stays taken several times over."""
    with suppress(OSError, AttributeError):  # only the GNU library knows this setting
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


def _begun(desk: Any) -> bool:
    """Whether background work began; the list of work or the database may be away at this moment."""
    try:
        desk.start()
    except Exception as problem:  # noqa: BLE001 - each of them has errors of its own
        logs.failure(problem)
        return False
    return True


def _browsable(bind: str) -> str:
    """The host to open on this machine for an address to listen on; "every address" is none that one can open."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104 - looked up, not listened on
    return f"[{host}]" if ":" in host else host


def _names(hosts: tuple[str, ...], bind: str, lan: str | None) -> tuple[str, ...]:
    """The names a browser may use: those configured, loopback, where we listen, and this machine's own."""
    more = {*hosts, *LOOPBACK, _browsable(bind)}
    if not is_loopback(bind):
        machine = socket.gethostname().lower()
        more |= {machine, f"{machine.partition('.')[0]}.local", *([lan] if lan else [])}
    return tuple(sorted(more))


def _listen(bind: str, port: int) -> list[socket.socket]:
    """Sockets that listen; a name such as localhost may stand for two addresses, which then have one port."""
    sockets: list[socket.socket] = []
    try:
        for family, kind, protocol, _name, place in _places(bind, port):
            listener = socket.socket(family, kind, protocol)
            sockets.append(listener)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            if os.name == "posix":  # elsewhere this would let two servers have one port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            chosen = port or (sockets[0].getsockname()[1] if len(sockets) > 1 else 0)
            listener.bind((place[0], chosen, *place[2:]))
            listener.listen(TUNING["backlog"])
            listener.setblocking(False)
    except OSError as problem:
        for each in sockets:
            each.close()
        reason = problem.strerror or str(problem)
        raise FinanceKitError("serve_port_taken", host=bind, port=port, reason=reason) from None
    return sockets


def _places(bind: str, port: int) -> list[Any]:
    """The addresses that a host stands for, each once."""
    flags = socket.AI_PASSIVE | socket.AI_ADDRCONFIG if not is_loopback(bind) else socket.AI_PASSIVE
    found = socket.getaddrinfo(bind.strip("[]"), port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=flags)
    return list(dict.fromkeys(found))


def _greeting(config: WebConfig, address: str, lan: str | None, port: int) -> list[str]:
    """What the person at the terminal reads."""
    lines = ["", f"Finance Kit is ready: {address}", f"Plans are kept in {config.data_folder}"]
    if config.shared and lan:
        there = f"http://{lan}:{port}/"
        lines += ["", f"Others in this network open {there}", qr_code(there).rstrip("\n")]
    if config.shared and not config.tls:
        lines += [
            "",
            "WARNING: the connection is not encrypted. Whoever is in the same network can read along.",
            "Fit for exercises in a class. For real plans put a proxy with TLS in front: see docs/production.md.",
        ]
    return [*lines, "", "Stop it with Ctrl-C.", ""]


def _answer(app: Flask, sockets: list[socket.socket], share: tuple[Shares, int] | None = None) -> None:
    """Answer requests until a signal comes; then finish the answers that are being made, within a limit.

    Of several processes each takes its share of the connections.
    """
    from waitress.server import create_server

    proxies = app.extensions["finance_kit_config"].proxies
    channels: dict[int, Any] = {}
    # waitress drops forwarding headers unless a proxy of our own sets them; the application counts proxies.
    server = create_server(app, channels, sockets=sockets, clear_untrusted_proxy_headers=proxies == 0, **TUNING)
    if share is not None:
        share_evenly(channels, *share)
    guard = threading.Timer(_LONGEST_END, _leave_now)
    guard.daemon = True

    def stop(_number: int, _frame: object) -> None:
        if not guard.is_alive():
            guard.start()
            raise SystemExit  # waitress ends its loop on it and waits for its threads

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Windows knows no SIGHUP
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)
    server.run()
    server.close()
    guard.cancel()


def _leave_now() -> None:
    """Leave although an answer is still being made: what was acknowledged is on the disk already."""
    sys.stderr.flush()
    os._exit(0)
