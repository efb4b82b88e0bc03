"""Reading country packs and trades from the files that come with Finance Kit, strictly and once."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, TypeVar

from finance_kit.errors import FinanceKitError, PackError
from finance_kit.packs.model import Activity, CountryPack, PackModel
from finance_kit.plan.validation import validate
from finance_kit.plan.yaml_source import read
from finance_kit.resources import data

__all__ = [
    "COUNTRY_FOLDER",
    "activities",
    "activity",
    "countries",
    "country_file",
    "country_pack",
    "read_activity",
    "read_country_pack",
]

COUNTRY_FOLDER: Final = "FINANCE_KIT_COUNTRIES"
"""Environment variable that names a folder of packs of one's own: ``kh.yaml`` in it replaces that of Cambodia."""

AnyPack = TypeVar("AnyPack", bound=PackModel)


def country_pack(code: str) -> CountryPack:
    """The pack of a country: one of one's own, where the folder of ``FINANCE_KIT_COUNTRIES`` has it, or ours.

    Parameters
    ----------
    code : ``KH``, ``MM``, ``TH`` or ``VN``, in capitals or not

    Raises
    ------
    PackError : there is no such pack, its file has faults, listed in ``issues``, or it is of another country
    """
    path = country_file(code)
    pack = _country_pack(path, path.stat().st_mtime_ns)
    if pack.country != code.upper():
        raise PackError("pack_of_other_country", file=path.name, found=pack.country, country=code.upper())
    return pack


def country_file(code: str) -> Path:
    """The file that a country's pack is read from.

    Raises
    ------
    PackError : there is no such pack
    """
    folder = os.environ.get(COUNTRY_FOLDER)
    own = Path(folder) / f"{code.lower()}.yaml" if folder and code.upper() in countries() else None
    return own if own is not None and own.is_file() else _packaged("countries", code.lower(), countries())


@lru_cache(maxsize=16)
def _country_pack(path: Path, _changed: int) -> CountryPack:
    """A pack, read once for each state of its file."""
    return read_country_pack(path)


@lru_cache(maxsize=32)
def activity(activity_id: str) -> Activity:
    """The structure of a plan in this trade, such as ``pottery``.

    Raises
    ------
    PackError : there is no such trade, or its file has faults, listed in ``issues``
    """
    return read_activity(_packaged("activities", activity_id, activities()))


def countries() -> tuple[str, ...]:
    """Codes of the countries that have a pack, in capitals."""
    return tuple(path.stem.upper() for path in _files("countries"))


def activities() -> tuple[str, ...]:
    """Ids of the trades that have a starter."""
    return tuple(path.stem for path in _files("activities"))


def read_country_pack(path: Path) -> CountryPack:
    """A country pack from a file of one's own.

    Raises
    ------
    PackError : the file has faults, listed in ``issues``
    """
    return _read(path, CountryPack)


def read_activity(path: Path) -> Activity:
    """A trade's structure from a file of one's own.

    Raises
    ------
    PackError : the file has faults, listed in ``issues``
    """
    return _read(path, Activity)


@cache
def _files(kind: str) -> tuple[Path, ...]:
    """Files that come with Finance Kit: they stay as they are."""
    return tuple(sorted(path for path in data(kind).glob("*.yaml") if path.name[0] not in "._~"))


def _packaged(kind: str, name: str, known: tuple[str, ...]) -> Path:
    try:
        return data(kind, f"{name}.yaml")
    except FinanceKitError:
        raise PackError("pack_missing", kind=kind, name=name, known=", ".join(known)) from None


def _read(path: Path, model: type[AnyPack]) -> AnyPack:
    """A file as a model, every fault of it in one exception."""
    source = read(path)
    pack, problems = validate(model, source)
    issues = (*source.issues, *problems)
    if pack is None or any(issue.severity == "error" for issue in issues):
        raise PackError("pack_has_faults", issues, file=path.name, faults=len(issues))
    return pack
