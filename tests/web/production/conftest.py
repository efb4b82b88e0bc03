"""The set-up of docs/production.md on this machine, once for all tests of this folder."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.store.conftest import Server
from tests.web.production.installation import Installation, installation, missing_programs
from tests.web.production.visitor import Visitor

PASSPHRASE = "coconut rope ferry"  # noqa: S105 - of people who exist in tests only


@dataclass(frozen=True)
class Site:
    """The installation, its first administrator signed in, and a plan of theirs."""

    made: Installation
    person: Visitor
    plan: str


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    if missing := missing_programs():
        pytest.skip(f"not installed: {', '.join(missing)}; sudo apt-get install nginx-light openssl")
    places = [Path(tempfile.mkdtemp(prefix=prefix)) for prefix in ("pg-", "kit-")]
    database = Server(places[0])
    try:
        with installation(places[1], database) as made:
            yield _begun(made)
    finally:
        database.stop()
        for place in places:
            shutil.rmtree(place)


def _begun(made: Installation) -> Site:
    told = made.command("first-key")
    key = re.search(r"\w{4}(-\w{4}){5}", told.stdout)
    assert key, told
    person = Visitor(made)
    answer = person.send("/set-up", key=key[0], name="Head Office", passphrase=PASSPHRASE, again=PASSPHRASE)
    assert answer.status == 303, answer.text
    opened = person.send("/samples/kh-pepper-drying")
    assert opened.status == 303, opened.text
    return Site(made, person, opened.headers["Location"].rpartition("/")[2])
