"""One piece of work in a process of its own: it ends with whole files or with a sentence, and the server lives on."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from finance_kit import drafts, resources
from finance_kit.i18n.catalog import message
from web.jobs.children import environment
from web.jobs.forked import FORK_SERVER, ForkServer
from web.jobs.limits import Limits
from web.jobs.supervise import Ended, run_child

OPTIONS = {"kit": "bank_plan", "lender": "kh_generic_bank", "depth": "summary", "score": False, "day": "2026-11-25"}


def task(kind: str = "word", **options: Any) -> dict[str, Any]:
    document, _ = drafts.read_text(resources.sample_plan("kh-pepper-drying").read_text("utf-8"), "plan.yaml")
    assert document is not None
    return {"kind": kind, "document": document, "title": "Pepper", "options": OPTIONS | options}


def done(
    folder: Path, work: dict[str, Any], limits: Limits | None = None, go_on: Callable[[str], bool] | None = None
) -> Ended:
    FORK_SERVER.until_warm(lambda: True)  # as a worker does
    return run_child(work, folder, limits or Limits(), go_on or (lambda _step: True))


def held(folder: Path) -> Path:
    """A pipe that nobody reads, where the child writes at last: until it is gone, work begins and does not end."""
    pipe = folder / "result.json.part"
    os.mkfifo(pipe)
    return pipe


def children_of(folder: Path) -> list[int]:
    """Processes that work in this folder or have it on their command line, LibreOffice among them."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            here = (entry / "cwd").readlink().is_relative_to(folder)
            if here or str(folder) in (entry / "cmdline").read_text("utf-8", "replace"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def started_by(process: int) -> set[int]:
    """The processes that a process has started, whichever of its threads did."""
    told = (each.read_text("ascii") for each in Path(f"/proc/{process}/task").glob("*/children"))
    return {int(number) for words in told for number in words.split()}


@pytest.fixture(params=["forked", "fresh"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How children come about: forked from a warm process, or started afresh, as on systems that cannot fork well."""
    if request.param == "fresh":
        monkeypatch.setattr("web.jobs.forked.may_fork", lambda: False)
    return str(request.param)


def gone(folder: Path) -> bool:
    """Whether all of them end within a moment."""
    for _ in range(100):
        if not children_of(folder):
            return True
        time.sleep(0.1)
    return False


def code_of(ended: Ended) -> str:
    assert ended.files == ()
    assert ended.problem is not None
    words = message(ended.problem["code"], ended.problem["params"])
    assert "saved" in words or "plan" in words.lower()
    return str(ended.problem["code"])


@dataclasses.dataclass(frozen=True)
class Seen:
    """A process as the system tells of it."""

    number: int
    session: int
    command: str
    environment: str
    limits: str


def looked_at(folder: Path) -> list[Seen]:
    """The processes that work in this folder."""
    found = []
    for number in children_of(folder):
        told = Path(f"/proc/{number}")
        try:
            command, environment = ((told / name).read_text("utf-8", "replace") for name in ("cmdline", "environ"))
            limits = " ".join((told / "limits").read_text("ascii").split())
            found.append(Seen(number, os.getsid(number), command, environment, limits))
        except OSError:
            continue
    return found


def test_a_word_file_is_made_whole_told_step_by_step_and_held_apart(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:hush-hush@db/plans")
    monkeypatch.setenv("FINANCE_KIT_SECRET_KEY", "hush-hush")
    steps: list[str] = []
    seen: set[Seen] = set()

    def listen(step: str) -> bool:
        steps.append(step)
        if step == "Counting the pages":  # LibreOffice shows what it was handed on
            seen.update(looked_at(tmp_path))
        return True

    ended = done(tmp_path, task(), dataclasses.replace(Limits(), processor=77, file_size=55 * 1024**2), listen)
    assert ended.problem is None, ended
    (file,) = ended.files
    assert file.name == "mrech-phnom-thmey-agricultural-cooperative_kh-generic-bank_2026-11-25_en.docx"
    document = docx.Document(BytesIO(file.content))
    headings = [each.text for each in document.paragraphs if each.style and each.style.name.startswith("Heading 1")]
    assert headings[0] == "Loan request"
    assert headings[1:] == ["1. Executive summary", "Declaration and signatures", "How this plan was made"]
    assert gone(tmp_path)

    sessions = {each.session for each in seen}
    assert sessions <= {each.number for each in seen}, "their own, the child's and LibreOffice's"
    assert sessions.isdisjoint({os.getsid(0), FORK_SERVER.process})
    assert f"TMPDIR={tmp_path / 'tmp'}" in {words for each in seen for words in each.environment.split("\0")}
    assert not any("hush-hush" in each.environment for each in seen)
    memory, size = Limits().memory, 55 * 1024**2
    bounds = ("Max cpu time 77 77", f"Max file size {size} {size}", f"Max address space {memory} {memory}")
    assert all(words in each.limits for each in seen for words in bounds)
    assert any("web.jobs.child" in each.command for each in seen) == (way == "fresh")


def test_work_that_takes_too_long_is_ended_with_everything_it_started(tmp_path: Path) -> None:
    held(tmp_path)
    assert code_of(done(tmp_path, task(), Limits(seconds=1.0))) == "job_too_long"
    assert gone(tmp_path)


@pytest.mark.usefixtures("way")
def test_work_without_enough_memory_ends_in_words(tmp_path: Path) -> None:
    ended = done(tmp_path, task(depth="full"), Limits(memory=160 * 1024**2))
    assert code_of(ended) in ("job_out_of_memory", "job_ended", "job_failed")


@pytest.mark.parametrize("office", [False, True])
def test_killed_work_leaves_nothing_and_a_second_one_succeeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, office: bool
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    held(first)

    def kill(step: str) -> bool:
        if step == "Counting the pages" or (step and not office):
            for number in children_of(first):
                try:
                    os.kill(number, signal.SIGKILL)
                except ProcessLookupError:
                    continue
        return True

    if not office:
        monkeypatch.setenv("PATH", "/nowhere")
    assert code_of(done(first, task(), go_on=kill)) == "job_ended"
    monkeypatch.setenv("PATH", "/nowhere")
    assert done(second, task()).problem is None


def test_what_is_not_wanted_any_more_is_stopped(tmp_path: Path) -> None:
    held(tmp_path)
    ended = done(tmp_path, task(), go_on=lambda step: step != "Counting the pages")
    assert ended.stopped
    assert ended.files == ()
    assert gone(tmp_path)


@pytest.mark.usefixtures("no_office")
def test_work_goes_on_when_the_warm_process_is_killed_and_there_is_a_new_one_afterwards(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipe = held(tmp_path)
    killed: list[int] = []

    def kill(step: str) -> bool:
        if step and not killed and FORK_SERVER.process:
            killed.append(FORK_SERVER.process)
            os.kill(killed[0], signal.SIGKILL)
            pipe.unlink()
        return True

    ended = done(tmp_path, task(), go_on=kill)
    assert len(killed) == 1
    assert [each.name.rpartition(".")[2] for each in ended.files] == ["docx"]
    assert gone(tmp_path)
    assert [each.getMessage() for each in caplog.records] == [
        "the warm process was lost: a fresh one does the work again"
    ]
    FORK_SERVER.until_warm(lambda: False)
    assert FORK_SERVER.process not in (None, *killed)


@pytest.mark.usefixtures("no_office")
def test_work_is_done_although_the_warm_process_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    FORK_SERVER.until_warm(lambda: True)
    monkeypatch.setattr("web.jobs.forked._PATIENCE", 0.2)
    hung = FORK_SERVER.process
    assert hung is not None
    os.kill(hung, signal.SIGSTOP)
    ended = run_child(task(), tmp_path, Limits(), lambda _step: True)
    assert [each.name.rpartition(".")[2] for each in ended.files] == ["docx"]
    assert FORK_SERVER.process is None
    assert not Path(f"/proc/{hung}/cmdline").exists()
    assert [each.levelname for each in caplog.records] == ["WARNING"]


@pytest.mark.parametrize("asked", ["warmed", "closed"])
def test_a_warm_process_that_hangs_while_it_warms_keeps_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, asked: str
) -> None:
    server = ForkServer()
    server.until_warm(lambda: False)
    hung = server.process
    assert hung is not None
    os.kill(hung, signal.SIGSTOP)
    assert server.until_warm(lambda: False) is False, "whoever is told to stop does not wait"
    if asked == "warmed":
        monkeypatch.setattr("web.jobs.forked._WARM_WITHIN", 0.1)
        assert server.until_warm(lambda: True)
        assert server.process is None
    assert server.fork(tmp_path) is None
    server.close()
    for _ in range(100):
        if not Path(f"/proc/{hung}/cmdline").exists():
            break
        time.sleep(0.1)
    assert not Path(f"/proc/{hung}/cmdline").exists()
    assert len(caplog.records) == (asked == "warmed")


def test_the_warm_process_knows_no_secret_and_goes_when_nobody_asks_it_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FINANCE_KIT_SECRET_KEY", "hush-hush")
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    served = f"serve(socket.socket(fileno={theirs.fileno()}), idle=0.5, warm_up=lambda: None)"
    script = f"import socket; from web.jobs.forkserver import serve; {served}"
    with ours, theirs:
        command = [sys.executable, "-c", script]
        server = subprocess.Popen(command, env=environment(), cwd="/", pass_fds=(theirs.fileno(),))
        theirs.close()
        assert ours.recv(16) == b"warm"
        assert "hush-hush" not in Path(f"/proc/{server.pid}/environ").read_text("utf-8", "replace")
        assert ours.recv(16) == b"", "closed"
        assert server.wait() == 0


def test_a_child_ends_when_whoever_started_it_is_gone(tmp_path: Path, way: str) -> None:
    script = (
        "import web.jobs.forked; web.jobs.forked.may_fork = lambda: " + str(way == "forked") + ";"
        " import json, sys; told = json.load(sys.stdin); from pathlib import Path;"
        " from web.jobs.supervise import run_child; from web.jobs.limits import Limits;"
        " web.jobs.forked.FORK_SERVER.until_warm(lambda: True);"
        " run_child(told['task'], Path(told['folder']), Limits(), lambda step: True)"
    )  # the folder does not stand on its command line, by which its children are told apart
    root = str(Path(__file__).parents[3])
    environment = os.environ | {"PYTHONPATH": root}
    server = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, env=environment, cwd=root)
    assert server.stdin is not None
    server.stdin.write(json.dumps({"task": task(), "folder": str(tmp_path)}).encode())
    server.stdin.close()
    for _ in range(300):
        if children_of(tmp_path):
            break
        time.sleep(0.1)
    assert children_of(tmp_path)
    started = started_by(server.pid)
    server.kill()
    server.wait()
    assert gone(tmp_path)
    for _ in range(100):
        if not any(Path(f"/proc/{number}/cmdline").exists() for number in started):
            break
        time.sleep(0.1)
    assert len(started) == 1
    assert not any(Path(f"/proc/{number}/cmdline").exists() for number in started)
    assert not (tmp_path / "result.json").exists()


@pytest.mark.usefixtures("no_office")
def test_a_result_that_is_too_large_is_not_kept(tmp_path: Path) -> None:
    assert code_of(done(tmp_path, task(), Limits(kept=1_000))) == "job_result_too_large"


def test_a_plan_with_errors_is_told_and_not_made(tmp_path: Path) -> None:
    work = task()
    del work["document"]["period"]
    ended = done(tmp_path, work)
    assert ended.problem is not None
    assert ended.problem["code"] == "plan_has_errors"


def test_without_libreoffice_the_word_file_is_made_and_the_pages_are_told_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "bin"
    nowhere.mkdir()
    monkeypatch.setenv("PATH", str(nowhere))
    folder = tmp_path / "work"
    folder.mkdir()
    ended = done(folder, task("preview"))
    assert [each.name.rpartition(".")[2] for each in ended.files] == ["docx", "json"]
    assert "LibreOffice" in json.loads(ended.files[1].content)["message"]


def test_fixes_are_searched_for_the_lender_that_was_named(tmp_path: Path) -> None:
    ended = done(tmp_path, task("fixes"))
    (file,) = ended.files
    assert file.name == "fixes.json"
    assert json.loads(file.content)["profile_id"] == "kh_generic_bank"
