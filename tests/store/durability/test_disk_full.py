"""R4: on a full disk nothing is said to be saved that is not; people can read; with room again, saving goes on.

In the suite the disk is "full" by a limit on the size of files, which needs no rights. The long form mounts a real
file system of 24 MiB, for which one has to be root.
"""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from finance_kit.store import open_store, plans, users
from finance_kit.store.checking import examine
from tests.store.durability.served import ROUNDS, Browser, Served, rounds

resource: Any = pytest.importorskip("resource") if os.name == "posix" else None


def _words(number: int) -> list[dict[str, Any]]:
    chance = random.Random(number)  # noqa: S311 - noise that cannot be packed
    texts = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=1_900)) for _ in range(12)]
    return [{"op": "set", "path": "notes", "value": texts}]


def _through_a_full_disk(folder: Path, served: Served, fill: Callable[[], None], free: Callable[[], None]) -> None:
    browser = Browser(served)
    plan_id = browser.open_sample()
    status, answer = browser.save(plan_id, 1, _words(0))
    assert status == 200, answer
    revision, refused, saved = answer["revision"], 0, {answer["revision"]: 0}
    fill()
    for number in range(1, rounds(40, 200) + 1):
        status, answer = browser.save(plan_id, revision, _words(number))
        if status == 200:
            revision = answer["revision"]
            saved[revision] = number
        else:
            assert status in (503, 507), answer
            assert answer["error"]["title"]
            assert answer["error"]["hint"]
            refused += 1
    assert refused >= 20, "the disk was never full"
    assert browser.request("GET", f"/plans/{plan_id}/versions")[0] == 200, "plans cannot be read on a full disk"
    assert browser.request("GET", "/")[0] == 200
    free()
    status, answer = browser.save_until_answered(plan_id, revision, _words(9_999))
    assert status == 200, "saving does not go on by itself"
    saved[answer["revision"]] = 9_999
    served.stop()
    store = open_store(f"sqlite:///{folder / 'finance-kit.sqlite3'}")
    assert examine(store).problems == ()
    with store.session() as session:
        person = users.local(session).id
        for number, words in saved.items():
            found = plans.version(session, plan_id, person, number)
            assert found is not None
            assert found.document["notes"] == _words(words)[0]["value"]
    store.close()


def test_with_files_that_cannot_grow_nothing_is_said_to_be_saved_that_is_not(tmp_path: Path) -> None:
    if resource is None or not hasattr(resource, "prlimit"):
        pytest.skip("limits of another process can be changed on Linux only")
    folder = tmp_path / "kit"
    with Served(folder) as served:
        _, hard = resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE)

        def fill() -> None:
            largest = max(path.stat().st_size for path in folder.glob("*.sqlite3*"))
            resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (largest + 100_000, hard))

        def free() -> None:
            resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (hard, hard))

        _through_a_full_disk(folder, served, fill, free)


def mounted(folder: Path) -> None:
    """Mount a file system of 24 MiB, or say why the test cannot be done."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"root is needed to mount a small disk: {done.stderr}"


def _on_a_small_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    mounted(disk)
    try:
        with Served(disk / "kit") as served:
            ballast = disk / "ballast"

            def fill() -> None:
                handle = os.open(ballast, os.O_WRONLY | os.O_CREAT, 0o600)
                written = 0
                try:
                    while True:
                        written += os.write(handle, b"x" * 4096)
                except OSError:
                    os.ftruncate(handle, written - 200_000)
                finally:
                    os.close(handle)

            _through_a_full_disk(disk / "kit", served, fill, ballast.unlink)
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


if os.environ.get(ROUNDS) == "long":  # not even collected otherwise: a skipped test is a failure in CI

    def test_on_a_small_disk_that_is_full_nothing_is_said_to_be_saved_that_is_not(tmp_path: Path) -> None:
        _on_a_small_disk(tmp_path)
