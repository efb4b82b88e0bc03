"""How often a name or an address may try: tries that failed are counted, those that succeed are not.

Three limits stand over sign-in. One account from one address: ten, so that a typing mistake costs nothing and a
program gets nowhere. One account from anywhere: twenty. One address over all accounts: twenty a minute, so that a class
behind one address signs in at once, mistakes included, and somebody who tries one passphrase on many names is stopped.
Tries beyond a limit are refused before any passphrase is looked at, and never lock anybody else out.

The counts are in the store (:mod:`web.people.counting`), so that a limit holds over all workers together. A try counts
once it was answered: those that are under way at the same moment, at most one for each thread, pass a limit together.
"""

from __future__ import annotations

import hashlib
import ipaddress
from typing import Any, Final

from flask import Response, request
from flask_limiter import Limiter

from finance_kit.store.names import name_key
from web.access import current_person
from web.people import counting

__all__ = [
    "ACCOUNT",
    "ACCOUNT_HERE",
    "ADDRESS",
    "COSTLY",
    "FAILED",
    "REGISTRATIONS",
    "confirming",
    "limiter",
    "sparing",
    "throttled",
]

ACCOUNT_HERE: Final = "10 per 15 minutes"
ACCOUNT: Final = "20 per 15 minutes"
ADDRESS: Final = "20 per minute; 300 per hour"
REGISTRATIONS: Final = "120 per hour"
"""From one address, successful or not: several classes an hour, and no flood."""

COSTLY: Final = "20 per hour"

FAILED: Final = (401, 422)
"""What a view answers when a try failed: not known, or not acceptable."""


def address() -> str:
    """Where a try comes from. A line of IPv6 has 2**64 addresses at the least, which count as one (RFC 6177)."""
    plain = request.remote_addr or "127.0.0.1"
    if ":" not in plain:
        return plain
    try:
        found = ipaddress.IPv6Address(plain.partition("%")[0])
    except ValueError:
        return plain
    if found.ipv4_mapped is not None:  # as servers that listen on both kinds tell an address of IPv4
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((found, 64), strict=False))


limiter: Final = Limiter(key_func=address, strategy="moving-window", headers_enabled=True, storage_uri=counting.ADDRESS)


def throttled(view: Any) -> Any:
    """Hold a view with a field ``name`` to the three limits; only POST counts."""
    for limit, key in ((ACCOUNT_HERE, _account_here), (ACCOUNT, _account), (ADDRESS, address)):
        view = limiter.limit(limit, key_func=key, methods=["POST"], deduct_when=_failed)(view)
    return view


def _failed(response: Response) -> bool:
    return response.status_code in FAILED


def _account() -> str:
    """The account that is tried, as a digest: names stay out of wherever the counts are kept."""
    return hashlib.sha256(name_key(request.form.get("name", "")).encode()).hexdigest()


def _account_here() -> str:
    return f"{_account()} {address()}"


def confirming(view: Any) -> Any:
    """Hold a view where a signed-in person confirms by their passphrase to ten failures in a quarter of an hour."""
    return limiter.limit(ACCOUNT_HERE, key_func=_person, methods=["POST"], deduct_when=_failed)(view)


def sparing(view: Any) -> Any:
    """Hold a view that costs much to :data:`COSTLY` for each person, whatever comes of it."""
    return limiter.limit(COSTLY, key_func=_person, methods=["POST"])(view)


def _person() -> str:
    return str(getattr(current_person(), "id", address()))
