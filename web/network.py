"""Under which addresses this machine can be reached, and how to show one to a telephone."""

from __future__ import annotations

import io
import ipaddress
import socket
from typing import Final

__all__ = ["is_loopback", "lan_address", "qr_code"]

_ELSEWHERE: Final = ("192.0.2.1", 9)  # kept for documentation by RFC 5737: no packet is sent to it


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def lan_address() -> str | None:
    """The address of this machine in its network, or nothing when it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)  # only asks the system which way it would go
            found = str(probe.getsockname()[0])
        except OSError:
            return None
    return None if is_loopback(found) or found == "0.0.0.0" else found  # noqa: S104 - compared, not listened on


def qr_code(address: str) -> str:
    """An address as a pattern for a telephone's camera, drawn in a terminal."""
    import segno

    drawn = io.StringIO()
    segno.make(address, error="l").terminal(out=drawn, compact=True)
    return drawn.getvalue()
