"""Where lender profiles lie: those that come with Finance Kit, and folders of one's own, which come before them.

A file of one's own with the id of a profile that comes along takes its place, and :class:`Catalogue` says so. The file
of a profile that comes along is called as its id, and its id begins with the country.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from finance_kit.errors import Issue, PackError
from finance_kit.plan.yaml_source import Source, read
from finance_kit.readiness.fallback import complete, stated_base
from finance_kit.readiness.profile import LenderProfile
from finance_kit.resources import data

__all__ = [
    "Catalogue",
    "catalogue",
    "check_profile",
    "lender_profile",
    "lender_profiles",
    "read_lender_profile",
]

_LONGEST_CHAIN: Final = 8
_TYPES: Final = ("bank", "state", "guarantee_fund", "mfi")


@dataclass(frozen=True)
class Catalogue:
    """The profiles that are at hand.

    Parameters
    ----------
    profiles : by id, generic ones first, then by country and type
    replaced : ids of profiles that come along and that a file of one's own replaces → that file
    """

    profiles: Mapping[str, LenderProfile]
    replaced: Mapping[str, str] = field(default_factory=dict)

    def of_country(self, country: str) -> tuple[LenderProfile, ...]:
        """Profiles that a plan of this country is held against: its generic ones, then named lenders."""
        return tuple(
            each
            for each in self.profiles.values()
            if each.country == country or (each.country is None and each.kind == "lender")
        )

    def generic(self, country: str) -> tuple[LenderProfile, ...]:
        """The country's generic bank and MFI."""
        return tuple(each for each in self.of_country(country) if each.kind == "generic")

    def named(self, name: str) -> LenderProfile:
        """The profile with this id.

        Raises
        ------
        PackError : ``profile_unknown``, with the ids that there are
        """
        if name not in self.profiles:
            raise PackError("profile_unknown", profile=name, known=", ".join(self.profiles))
        return self.profiles[name]


# ----------------------------------------------------------------------------------------------- one after another


class _Shelf:
    """Files by id; each profile is completed once, and a circle of ``based_on`` is found."""

    def __init__(self, own: Mapping[str, Source] | None = None) -> None:
        self._own: Mapping[str, Source] = own or {}
        self._done: dict[str, LenderProfile] = {}

    def profile(self, name: str) -> LenderProfile:
        """The profile of an id that there is a file for, complete; one that comes along may be based on one's own."""
        if not self._own:
            return lender_profile(name)
        if name not in self._done:
            self._done[name] = self.completed(self._own.get(name) or _shipped(name), (name,))
        return self._done[name]

    def completed(self, source: Source, chain: tuple[str, ...]) -> LenderProfile:
        """A file's profile with all that it is based on; ``chain`` holds the ids on the way to it."""
        profile, issues = complete(source, self._base(source, chain))
        if profile is None:
            raise PackError("profile_broken", issues, profile=Path(source.file).name)
        return profile

    def _base(self, source: Source, chain: tuple[str, ...]) -> LenderProfile | None:
        name = stated_base(source)
        if name is None:
            return None
        issue: Issue | None = None
        if name in chain:
            issue = Issue("based_on_circular", source.where(("based_on",)), {"chain": " → ".join((*chain, name))})
        elif len(chain) >= _LONGEST_CHAIN:
            issue = Issue("based_on_too_long", source.where(("based_on",)), {"limit": _LONGEST_CHAIN})
        elif name not in (known := sorted({*self._own, *_shipped_ids()})):
            nearest = difflib.get_close_matches(name[:60], known, n=1)
            params = {"found": name, "known": tuple(known), "nearest": nearest[0] if nearest else None}
            issue = Issue("based_on_unknown", source.where(("based_on",)), params)
        if issue is not None:
            raise PackError("profile_broken", (*source.issues, issue), profile=Path(source.file).name)
        return (
            self.completed(self._own.get(name) or _shipped(name), (*chain, name)) if self._own else lender_profile(name)
        )


@lru_cache(maxsize=64)
def _shipped(name: str) -> Source:
    """The file of a profile that comes along, called without the place of the installation."""
    return replace(read(data("lenders", f"{name}.yaml")), file=f"lenders/{name}.yaml")


@lru_cache(maxsize=1)
def _shipped_ids() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in data("lenders").glob("*.yaml") if path.name[0] not in "._~"))


@lru_cache(maxsize=64)
def lender_profile(name: str) -> LenderProfile:
    """A profile that comes with the package.

    Raises
    ------
    FinanceKitError : ``resource_missing``, there is no such profile
    PackError : the profile is broken; ``issues`` says where
    """
    return _Shelf().completed(_shipped(name), (name,))


def lender_profiles(country: str | None = None) -> tuple[LenderProfile, ...]:
    """Profiles that come with the package: all, or those of a country."""
    return tuple(catalogue(country=country).profiles.values())


def read_lender_profile(path: Path) -> LenderProfile:
    """A profile from a file of one's own; what it is based on lies beside it or comes along.

    Raises
    ------
    PackError : ``profile_broken``; ``issues`` says what is wrong, and at which line
    """
    source = read(path)
    return _shelf_beside(path, source).completed(source, (_id_of(source) or path.stem,))


def check_profile(path: Path) -> tuple[LenderProfile | None, tuple[Issue, ...]]:
    """A profile from a file, or everything that is wrong with it."""
    try:
        return read_lender_profile(path), ()
    except PackError as error:
        return None, error.issues


def catalogue(folders: Iterable[Path] = (), country: str | None = None) -> Catalogue:
    """The profiles that come along and those of folders of one's own; a later folder comes before an earlier one.

    Parameters
    ----------
    folders : each holds ``*.yaml`` files, one profile each
    country : only profiles of this country; a file of one's own is read in any case, so that its mistakes are found

    Raises
    ------
    PackError : a file is broken, or two in one folder have one id; ``issues`` says where
    """
    own = _own_files(folders)
    shelf = _Shelf(own)
    wanted = [name for name in _shipped_ids() if country is None or name.startswith(f"{country.lower()}_")]
    found = [shelf.profile(name) for name in {**dict.fromkeys(wanted), **own}]
    found = [each for each in found if country is None or each.country in (country, None)]
    found.sort(key=lambda each: (each.country or "", each.kind != "generic", _TYPES.index(each.lender_type), each.id))
    replaced = {name: source.file for name, source in own.items() if name in _shipped_ids()}
    return Catalogue({each.id: each for each in found}, replaced)


def _own_files(folders: Iterable[Path]) -> dict[str, Source]:
    """Files of one's own by the id that they state; a broken one by its name, so that it is not passed over."""
    own: dict[str, Source] = {}
    for folder in folders:
        here: dict[str, Source] = {}
        for path in _files(folder):
            source = read(path)
            name = _id_of(source) or path.stem
            if name in here:
                issue = Issue("profile_id_twice", source.where(("id",)), {"profile": name, "other": here[name].file})
                raise PackError("profile_broken", (issue,), profile=path.name)
            here[name] = source
        own.update(here)
    return own


def _files(folder: Path) -> list[Path]:
    """Profile files of a folder.

    Raises
    ------
    PackError : ``lender_folder_missing``
    """
    if not folder.is_dir():
        raise PackError("lender_folder_missing", folder=str(folder))
    return sorted(path for path in folder.glob("*.yaml") if path.is_file() and path.name[0] not in "._~")


def _id_of(source: Source) -> str | None:
    found = source.data.get("id") if isinstance(source.data, dict) else None
    return found if isinstance(found, str) else None


def _shelf_beside(path: Path, source: Source) -> _Shelf:
    """What a file may be based on: its neighbours that say which profile they are, and what comes along."""
    beside: dict[str, Source] = {}
    if stated_base(source) is not None and path.parent.is_dir():
        for other in _files(path.parent):
            if other.resolve() != path.resolve():
                neighbour = read(other)
                name = _id_of(neighbour)
                if name is not None:
                    beside[name] = neighbour
    return _Shelf(beside)
