"""What an installation can choose, and what it must not get wrong."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from finance_kit.errors import FinanceKitError
from web.config import LOOPBACK, data_folder, from_environment, secret_key


def test_without_settings_there_is_one_person_on_this_machine_only(tmp_path: Path) -> None:
    config = from_environment({"FINANCE_KIT_DATA": str(tmp_path)})
    assert (config.shared, config.tls, config.proxies, config.hosts) == (False, False, 0, LOOPBACK)
    assert config.start_key is not None
    assert len(config.start_key) >= 32
    assert config.database_url == f"sqlite:///{(tmp_path / 'finance-kit.sqlite3').as_posix()}"


def test_each_start_has_another_key_and_the_same_signature(tmp_path: Path) -> None:
    first, second = (from_environment({"FINANCE_KIT_DATA": str(tmp_path)}) for _ in range(2))
    assert first.start_key != second.start_key
    assert first.secret_key == second.secret_key


def test_settings_are_taken_over(tmp_path: Path) -> None:
    config = from_environment(
        {
            "FINANCE_KIT_DATA": str(tmp_path),
            "FINANCE_KIT_SHARED": "yes",
            "FINANCE_KIT_TLS": "1",
            "FINANCE_KIT_PROXIES": "2",
            "FINANCE_KIT_HOSTS": "Plans.example.org, other.example.org",
            "DATABASE_URL": "postgresql+psycopg:///plans",
        }
    )
    assert (config.shared, config.tls, config.proxies) == (True, True, 2)
    assert config.hosts == ("plans.example.org", "other.example.org")
    assert config.database_url == "postgresql+psycopg:///plans"
    assert config.start_key is None, "with accounts nobody gets in by a key"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FINANCE_KIT_SHARED", "perhaps"),
        ("FINANCE_KIT_TLS", "2"),
        ("FINANCE_KIT_PROXIES", "-1"),
        ("FINANCE_KIT_PROXIES", "99"),
    ],
)
def test_a_value_that_cannot_be_meant_stops_the_start(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(FinanceKitError) as problem:
        from_environment({"FINANCE_KIT_DATA": str(tmp_path), name: value})
    assert problem.value.code == "setting_wrong"
    assert problem.value.params["name"] == name


@pytest.mark.skipif(os.name != "posix", reason="file modes of POSIX")
def test_the_secret_key_is_closed_to_others(tmp_path: Path) -> None:
    file = tmp_path / "new" / "secret.key"
    assert len(secret_key(file)) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_file_that_holds_no_key_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    file.write_text("abc")
    with pytest.raises(FinanceKitError) as problem:
        secret_key(file)
    assert problem.value.code == "secret_key_short"
    assert file.read_text() == "abc"


def test_secrets_do_not_stand_in_what_is_printed(tmp_path: Path) -> None:
    config = from_environment({"FINANCE_KIT_DATA": str(tmp_path), "DATABASE_URL": "postgresql://u:pw@h/d"})
    assert config.secret_key not in repr(config)
    assert str(config.start_key) not in repr(config)
    assert "pw" not in repr(config)


def test_data_lie_where_the_system_keeps_such_things() -> None:
    assert data_folder({"FINANCE_KIT_DATA": "/srv/plans"}) == Path("/srv/plans")
    assert data_folder({"XDG_DATA_HOME": "/srv/xdg"}) == Path("/srv/xdg/finance-kit")
