"""Many people at once on one laptop: answer times and memory of the server, beside the figures that are promised.

``python -m benchmarks.load`` (a part of ``make bench``). Locust, a public load tool, plays the people beside the
server on the same two cores. The promised figures are rows L1 to L3 of the project's yardstick of reliability: 40
people with p95 below 0.2 s (reading), 0.3 s (a save, a page) and 3 s (documents); 120 people below 1 s; no errors;
below 512 MiB.
"""

from __future__ import annotations

import csv
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

__all__ = ["main"]

ROOT = Path(__file__).parents[1]
PASSPHRASE = "coconut rope ferry"  # noqa: S105 - of accounts that live as long as this measurement
AIMS_L1 = {"results": 0.2, "save": 0.3, "step": 0.3, "plan.yaml": 3.0, "schedule.xlsx": 3.0}
AIM_L2 = 1.0


def _accounts(folder: Path, count: int) -> None:
    """Accounts of people who have registered before."""
    from finance_kit.store import open_store, users
    from web.people.passphrases import hashed

    kept = hashed(PASSPHRASE)
    with open_store(f"sqlite:///{(folder / 'finance-kit.sqlite3').as_posix()}").session() as session:
        for number in range(count):
            users.create(session, f"Leader {number}", kept)


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, int]]:
    """Address and process of a server for several people."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "finance_kit", "serve", "--shared", "--host", "127.0.0.1", "--no-browser"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--data", str(folder)], cwd=ROOT, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/health/ready", timeout=1)  # noqa: S310 - our own server
                break
            except OSError:
                time.sleep(0.1)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(20)


def _memory(process: int) -> float:
    """Memory that a server and all its processes hold now, MiB; what they share is counted once."""
    total = 0.0
    waiting = [process]
    while waiting:
        one = waiting.pop()
        try:
            for begun in Path(f"/proc/{one}/task").glob("*/children"):  # by whichever of its threads
                waiting += map(int, begun.read_text(encoding="utf-8").split())
            told = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="utf-8")
        except OSError:
            continue  # has ended meanwhile
        total += int(next(line for line in told.splitlines() if line.startswith("Pss:")).split()[1]) / 1024
    return total


def _crowd(address: str, people: int, seconds: int, folder: Path) -> dict[str, dict[str, str]]:
    """Let people work for a while, counted from when all of them are in; locust's row of figures by what they did."""
    table = folder / f"load-{people}"
    command = [sys.executable, "-m", "locust", "--headless", "--only-summary", "-f", str(ROOT / "benchmarks/people.py")]
    subprocess.run(
        [
            *command,
            "--host",
            address,
            "-u",
            str(people),
            "-r",
            "4",
            "--reset-stats",
            "-t",
            f"{seconds + people // 4}s",
            "--csv",
            str(table),
        ],
        env=os.environ | {"FINANCE_KIT_LOAD_PASSPHRASE": PASSPHRASE},
        capture_output=True,
        check=False,  # it ends with 1 when an answer was an error, and the table says which
    )
    with Path(f"{table}_stats.csv").open(encoding="utf-8") as rows:
        return {row["Name"]: row for row in csv.DictReader(rows)}


def _line(what: str, seconds: float, aim: float) -> None:
    print(f"{what:<58}{seconds:>9.3f}{aim:>9.3f}{seconds / aim:>8.2f}  {'yes' if seconds <= aim else 'NO'}", flush=True)


def _told(people: int, rows: dict[str, dict[str, str]], aims: dict[str, float]) -> None:
    for name, aim in aims.items():
        if name in rows:
            _line(f"{people} people, {name}, p95 of {rows[name]['Request Count']}", float(rows[name]["95%"]) / 1e3, aim)
    whole = rows["Aggregated"]
    print(f"{people} people: {float(whole['Requests/s']):.0f} requests a second, {whole['Failure Count']} errors")


def _at_once(address: str, people: int) -> None:
    """Everybody signs in, saves and takes a Word plan, at the same moment."""
    from benchmarks.rush import Visitor

    visitors = [Visitor(address, f"Leader {number}", PASSPHRASE) for number in range(people)]
    with ThreadPoolExecutor(people) as pool:
        for what, aim in (("sign_in", 5.0), ("save", 15.0), ("word_plan", 15.0)):
            took = sorted(pool.map(lambda visitor, what=what: getattr(visitor, what)(), visitors))
            _line(f"{people} at once, {what.replace('_', ' ')}, p95", took[int(0.95 * (len(took) - 1))], aim)


def main(seconds: int = 60) -> None:
    """Measure and print the table."""
    print(f"{'what':<58}{'seconds':>9}{'aim':>9}{'ratio':>8}  met")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _accounts(folder, 120)
        with _server(folder) as (address, process):
            _told(40, _crowd(address, 40, seconds, folder), AIMS_L1)
            print(f"memory of the server: {_memory(process):.0f} MiB (aim 512)")
            rows = _crowd(address, 120, max(seconds // 2, 20), folder)
            _told(120, rows, dict.fromkeys(("results", "save", "step"), AIM_L2))
            _at_once(address, 30)
            print(f"memory of the server: {_memory(process):.0f} MiB (aim 512)")


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:2]))
