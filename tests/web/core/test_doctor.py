"""``finance-kit doctor`` sees what endangers plans, and says what to do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from finance_kit.store import copies, open_store
from tests.web.apps import configuration
from web import assets, doctor

ROOT = Path(__file__).parents[3]
posix = pytest.mark.skipif(os.name != "posix", reason="file modes of POSIX")


@pytest.fixture(autouse=True)
def in_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address, without asking this machine for its own."""
    monkeypatch.setattr(doctor, "lan_address", lambda: "192.168.1.5")


def _findings(folder: Path, now: float | None = None, **changes: Any) -> dict[str, doctor.Finding]:
    folder.chmod(0o700)
    return {finding.name: finding for finding in doctor.examine(configuration(folder, **changes), now)}


def test_a_fresh_installation_endangers_nothing(tmp_path: Path) -> None:
    found = _findings(tmp_path)
    assert [finding for finding in found.values() if finding.state == "bad"] == []
    assert {"folder of plans", "database", "file modes", "encryption", "fonts and scripts", "backup"} <= set(found)
    assert found["encryption"].state == "good"
    assert found["backup"].state == "look", "there is no copy yet"


def test_every_protection_of_the_store_is_told(tmp_path: Path) -> None:
    told = " ".join(finding.words for finding in _findings(tmp_path).values())
    for protection in ("synchronous", "foreign_keys", "journal_mode"):
        assert protection in told


@posix
def test_files_that_others_can_open_are_named(tmp_path: Path) -> None:
    _findings(tmp_path)
    (tmp_path / "plans.sqlite3").chmod(0o644)
    finding = _findings(tmp_path)["file modes"]
    assert finding.state == "bad"
    assert "plans.sqlite3" in finding.words
    assert "chmod" in finding.words


def test_a_class_without_encryption_is_worth_a_look(tmp_path: Path) -> None:
    assert _findings(tmp_path, shared=True, start_key=None)["encryption"].state == "look"
    assert _findings(tmp_path, shared=True, start_key=None, tls=True)["encryption"].state == "good"


def test_behind_a_proxy_its_name_and_its_headers_are_looked_at(tmp_path: Path) -> None:
    behind = {"shared": True, "start_key": None, "tls": True}
    alone = _findings(tmp_path, **behind)
    assert (alone["name of the site"].state, alone["proxy"].state) == ("look", "look")
    known = _findings(tmp_path, hosts=("plans.example.org",), proxies=1, **behind)
    assert (known["name of the site"].state, known["proxy"].state) == ("good", "good")
    assert "plans.example.org" in known["name of the site"].words


def test_an_old_copy_is_told(tmp_path: Path) -> None:
    store = open_store(configuration(tmp_path).database_url)
    assert store.file is not None
    copy = copies.backup(store.file)
    made = copy.stat().st_mtime
    assert _findings(tmp_path, now=made + 3_600)["backup"].state == "good"
    old = _findings(tmp_path, now=made + 9 * 86_400)["backup"]
    assert old.state == "look"
    assert "9 days" in old.words


def test_a_changed_font_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = tmp_path / "static"
    shutil.copytree(assets.FOLDER, changed)
    font = next(changed.rglob("*.woff2"))
    font.write_bytes(font.read_bytes() + b"x")
    monkeypatch.setattr(doctor, "FOLDER", changed)
    finding = _findings(tmp_path)["fonts and scripts"]
    assert finding.state == "bad"
    assert font.name in finding.words


def test_a_damaged_database_is_seen_and_left(tmp_path: Path) -> None:
    (tmp_path / "plans.sqlite3").write_bytes(b"no database" * 1_000)
    assert _findings(tmp_path)["database"].state == "bad"
    assert (tmp_path / "plans.sqlite3").read_bytes() == b"no database" * 1_000


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    config = configuration(tmp_path, data_folder=tmp_path / "file")
    (tmp_path / "file").write_text("x")
    found = {finding.name: finding for finding in doctor.examine(config)}
    assert found["folder of plans"].state == "bad"


def _run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "finance_kit", "doctor", "--data", str(folder), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


@posix
def test_the_command_ends_with_one_when_something_is_bad(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    done = _run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "good  database" in done.stdout
    (tmp_path / "secret.key").chmod(0o644)
    done = _run(tmp_path, "--json")
    assert done.returncode == 1
    assert [finding["name"] for finding in json.loads(done.stdout) if finding["state"] == "bad"] == ["file modes"]
