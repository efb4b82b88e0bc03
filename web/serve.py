"""Running the site on one machine: waitress, addresses to open, and a tidy end.

A class of forty browsers with six connections each needs 240 at once, more than waitress takes by default; its default
time for a silent connection would let a few of them keep everybody else out.
"""

from __future__ import annotations

import dataclasses
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from finance_kit.errors import FinanceKitError
from web import create_app, logs, upkeep
from web.config import LOOPBACK, WebConfig, from_environment
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
    "ident": None,  # no server name in answers
}
_LONGEST_END: Final = 8.0  # seconds for answers that are being made when we are told to stop


def serve(
    environment: Mapping[str, str], *, host: str | None, port: int, browser: bool, say: Callable[[str], None]
) -> None:
    """Serve until told to stop by Ctrl-C, SIGTERM or SIGHUP.

    Parameters
    ----------
    environment : see :func:`web.config.from_environment`
    host : address to listen on; by default this machine only, or every address when several people share it
    port : 0 takes a free one
    browser : open the first page
    say : told each line for the person at the terminal

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
    app = create_app(config)
    server = _listen(app, bind, port, proxies=config.proxies)
    # A name such as localhost may stand for two addresses; then there are two sockets.
    port = server.effective_listen[0][1] if hasattr(server, "effective_listen") else server.effective_port
    local = f"http://{_browsable(bind)}:{port}"
    address = f"{local}/start?key={config.start_key}" if config.start_key else f"{local}/"
    start_key(app).tell_changes_to(lambda key: say(f"Signed out. To work again, open {local}/start?key={key}"))
    key = first_key(app) if config.shared else None
    if key is not None:
        address = f"{local}/set-up?key={key}"
        say("There is no administrator yet: the address below makes the account, once. Keep it to yourself.")
    for line in _greeting(config, address, lan, port):
        say(line)
    upkeep.start(app)
    if browser:
        webbrowser.open(address)
    _run(server)
    say("Stopped. Everything that was shown as saved is saved.")


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


def _listen(app: Flask, bind: str, port: int, *, proxies: int) -> Any:
    from waitress.server import create_server

    try:
        # waitress drops forwarding headers unless a proxy of our own sets them; the application counts proxies.
        return create_server(app, host=bind, port=port, clear_untrusted_proxy_headers=proxies == 0, **TUNING)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise FinanceKitError("serve_port_taken", host=bind, port=port, reason=reason) from None


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


def _run(server: Any) -> None:
    """Answer requests until a signal comes; then finish the answers that are being made, within a limit."""
    guard = threading.Timer(_LONGEST_END, _leave_now)
    guard.daemon = True

    def stop(_number: int, _frame: object) -> None:
        if not guard.is_alive():
            guard.start()
            raise SystemExit  # waitress ends its loop on it and waits for its threads

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Windows knows no SIGHUP
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, stop)
    server.run()
    server.close()
    guard.cancel()


def _leave_now() -> None:
    """Leave although an answer is still being made: what was acknowledged is on the disk already."""
    sys.stderr.flush()
    os._exit(0)
