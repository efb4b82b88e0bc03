"""Reading country packs and trades from the files that come with Finance Kit, strictly and once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from finance_kit.errors import FinanceKitError, PackError
from finance_kit.packs.model import Activity, CountryPack, PackModel
from finance_kit.plan.validation import validate
from finance_kit.plan.yaml_source import read
from finance_kit.resources import data

__all__ = ["activities", "activity", "countries", "country_pack", "read_activity", "read_country_pack"]

AnyPack = TypeVar("AnyPack", bound=PackModel)


@lru_cache(maxsize=16)
def country_pack(code: str) -> CountryPack:
    """The pack of a country.

    Parameters
    ----------
    code : ``KH``, ``MM``, ``TH`` or ``VN``, in capitals or not

    Raises
    ------
    PackError : there is no such pack, or its file has faults, listed in ``issues``
    """
    return read_country_pack(_packaged("countries", code.lower(), countries()))


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


def _files(kind: str) -> list[Path]:
    return sorted(path for path in data(kind).glob("*.yaml") if path.name[0] not in "._~")


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
