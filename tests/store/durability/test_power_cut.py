"""R3: after a power cut the disk holds what was synced and perhaps nothing else. What was acknowledged must be in that.

A writer process runs under ``strace``, which writes down each write, truncation, sync and acknowledgement in order.
From this log the disk is made as it would be at any moment: of each file only what was synced before, and files only
whose names were synced with their folder. No root, no special file system.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from finance_kit.store import open_store, plans
from finance_kit.store.checking import examine
from tests.store.durability.served import ROOT, rounds

WRITER = """
import sys, os
from finance_kit.drafts import Change
from finance_kit.store import engine, open_store, plans, users
engine.PRAGMAS["synchronous"] = (sys.argv[2], {"OFF": 0, "NORMAL": 1, "FULL": 2}[sys.argv[2]])
store = open_store("sqlite:///" + sys.argv[1])
with store.session() as session:
    person = users.local(session).id
    plan = plans.create(session, person, {"title": "Mill 1"}).id
os.write(1, f"ACK {person} {plan} 1\\n".encode())
for number in range(1, int(sys.argv[3])):
    with store.session() as session:
        change = Change("set", "title", f"Mill {number + 1}")
        more = Change("set", "notes", [os.urandom(3_000).hex()])
        plans.save(session, plan, person, number, f"b{number}", [change, more])
    os.write(1, f"ACK {person} {plan} {number + 1}\\n".encode())
"""
CALL = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?(?P<name>\w+)\((?P<rest>.*)\) += (?P<result>-?\d+)")
HANDLE = re.compile(r"^(?P<fd>\d+)<(?P<path>[^>]*)>")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


class Disk:
    """What the machine believes to be in its files, and what would be left of it."""

    def __init__(self) -> None:
        self.now: dict[str, bytearray] = {}
        self.synced: dict[str, bytes] = {}
        self.named: set[str] = set()

    def write(self, path: str, offset: int, data: bytes) -> None:
        content = self.now.setdefault(path, bytearray())
        content.extend(b"\0" * (offset + len(data) - len(content)))
        content[offset : offset + len(data)] = data

    def sync(self, path: str) -> None:
        if path in self.now:
            self.synced[path] = bytes(self.now[path])
        else:  # a folder: the names in it
            self.named |= {each for each in self.now if str(Path(each).parent) == path}
            self.named -= {each for each in self.named if str(Path(each).parent) == path and each not in self.now}

    def left(self, folder: Path, original: Path) -> None:
        """Write what would be left into a folder."""
        for path in self.named:
            target = folder / Path(path).relative_to(original)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(self.synced.get(path, b""))


def _events(log: Path, original: Path) -> Iterator[tuple[Disk, str]]:
    """The disk after each call, and the acknowledgement if the call was one."""
    disk = Disk()
    for line in log.read_text("ascii", "replace").splitlines():
        call = CALL.match(line)
        if call is None or int(call["result"]) < 0:
            continue
        name, rest = call["name"], call["rest"]
        handle = HANDLE.match(rest)
        path = "" if handle is None else _plain(handle["path"])
        said = ""
        if name in ("openat", "open") and "O_CREAT" in rest:
            created = _plain(re.findall(r"<([^>]*)>\s*$", line)[-1])
            if created.startswith(str(original)) and not created.endswith("-shm"):
                disk.now.setdefault(created, bytearray())
                if "O_TRUNC" in rest:
                    disk.now[created] = bytearray()
        elif name in ("pwrite64", "write") and handle is not None and handle["fd"] == "1":
            said = _data(rest).decode("ascii")
        elif name == "pwrite64" and path in disk.now:
            disk.write(path, int(rest.rpartition(",")[2]), _data(rest)[: int(call["result"])])
        elif name == "write" and path in disk.now:
            raise AssertionError("SQLite writes at places: " + line[:100])
        elif name == "ftruncate" and path in disk.now:
            del disk.now[path][int(rest.rpartition(",")[2]) :]
        elif name in ("fsync", "fdatasync"):
            disk.sync(path)
        elif name in ("unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat"):
            gone = _plain(TEXT.findall(rest)[0][0]) if TEXT.findall(rest) else ""
            assert name.startswith("unlink") or str(original) not in gone, "names are moved: " + line[:100]
            disk.now.pop(gone, None)
        yield disk, said


def _plain(text: str) -> str:
    return bytes(int(each, 16) for each in re.findall(r"\\x([0-9a-f]{2})", text)).decode() if "\\x" in text else text


def _data(rest: str) -> bytes:
    found = TEXT.search(rest)
    assert found is not None
    assert not found[2], "strace has cut a write short"
    return bytes.fromhex(found[1].replace("\\x", ""))


def _log_of(tmp_path: Path, synchronous: str, saves: int) -> tuple[Path, Path]:
    """The log of a writer process, and the folder it wrote into."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed. On Debian and Ubuntu: sudo apt-get install strace")
    log, folder = tmp_path / "strace.log", tmp_path / "original"
    folder.mkdir(mode=0o700)
    calls = "openat,open,pwrite64,write,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2,link,linkat"
    command = [strace, "-f", "-y", "-xx", "-s", "1000000", "--seccomp-bpf", "-e", f"trace={calls}", "-o", str(log)]
    command += [sys.executable, "-c", WRITER, str(folder / "plans.sqlite3"), synchronous, str(saves)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    return log, folder


def _lost(tmp_path: Path, log: Path, original: Path, every: int) -> list[str]:
    """What was acknowledged and is not on the disk, for a power cut at each of many moments."""
    lost: list[str] = []
    acknowledged = ""
    cuts = 0
    for number, (disk, said) in enumerate(_events(log, original)):
        if said.startswith("ACK"):
            acknowledged = said
        if not acknowledged or not (said or number % every == 0):
            continue
        cuts += 1
        left = tmp_path / f"cut-{number}"
        left.mkdir(mode=0o700)
        disk.left(left, original)
        lost += _missing(left / "plans.sqlite3", acknowledged, number)
        shutil.rmtree(left)
    assert cuts >= 20, "too few power cuts to say anything"
    return lost


def _missing(file: Path, acknowledged: str, number: int) -> list[str]:
    if not file.exists():
        return [f"cut {number}: the database is not there"]
    store = open_store(f"sqlite:///{file}")  # by itself, without any repair
    try:
        problems = examine(store).problems
        assert problems == (), f"cut {number}: {problems}"
        _, person, plan_id, revision = acknowledged.split()
        with store.session() as session:
            plan = plans.get(session, plan_id, person)
        if plan is None or plan.revision < int(revision):
            return [f"cut {number}: version {revision} was acknowledged"]
        assert plan.document["title"] == f"Mill {plan.revision}"
        return []
    finally:
        store.close()


def test_what_was_acknowledged_survives_a_power_cut_at_any_moment(tmp_path: Path) -> None:
    log, original = _log_of(tmp_path, "FULL", rounds(20, 80))
    assert _lost(tmp_path, log, original, every=rounds(5, 4)) == []


def test_the_power_cut_would_be_seen_to_lose_what_was_not_synced(tmp_path: Path) -> None:
    log, original = _log_of(tmp_path, "NORMAL", 20)
    assert len(_lost(tmp_path, log, original, every=1_000)) >= 10
