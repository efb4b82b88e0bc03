"""Use cases of lender profiles: list, show, check, start one of one's own, and hold a plan against them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from math import inf
from pathlib import Path
from typing import Any, Final

from finance_kit.errors import Issue, OutputError, PackError, Where
from finance_kit.places import refuse_place

__all__ = [
    "FOLDER_VARIABLE",
    "assess_by_country",
    "catalogue",
    "check_file",
    "check_folders",
    "chosen",
    "country",
    "country_text",
    "desk_profile",
    "facts",
    "folders",
    "group",
    "make_place",
    "new_text",
    "notes",
    "page",
    "security",
    "summary",
]

FOLDER_VARIABLE: Final = "FINANCE_KIT_LENDERS"
"""Environment variable that names a folder of lender profiles."""


def folders(named: Iterable[Path] = (), settings: Path | None = None) -> tuple[Path, ...]:
    """Folders of profiles of one's own; a later one comes before an earlier one.

    Parameters
    ----------
    named : as the user names them on this call
    settings : the user's folder for settings of this program; its ``lenders`` counts where it exists
    """
    found = [settings / "lenders"] if settings is not None and (settings / "lenders").is_dir() else []
    variable = os.environ.get(FOLDER_VARIABLE)
    return (*found, *([Path(variable)] if variable else []), *named)


def catalogue(where: Iterable[Path] = (), country: str | None = None) -> Any:
    """The profiles that are at hand; see :class:`finance_kit.readiness.folders.Catalogue`.

    Raises
    ------
    PackError : a file is broken, or a folder is not there
    """
    from finance_kit.readiness import catalogue as read

    return read(tuple(where), country)


# ------------------------------------------------------------------------------------------------------ assessment


def assess_by_country(indicators: Any, where: Iterable[Path], stressed: Any) -> Any:
    """A plan held against the profiles of its own country; each assessment names profile, version and date.

    Parameters
    ----------
    indicators : of the plan
    where : folders of profiles of one's own
    stressed : the plan's stress test

    Returns
    -------
    :class:`finance_kit.readiness.assess.Assessments`

    Raises
    ------
    PackError : a profile of one's own is broken
    """
    from finance_kit.readiness.assess import Assessments

    country = indicators.projection.plan.cluster.country
    return Assessments(indicators, stressed, catalogue(where, country).of_country(country))


def chosen(found: Any, ids: Iterable[str], country: str, *, everyone: bool = False) -> tuple[Any, ...]:
    """The assessments to show in full: those asked for, or else the country's generic ones.

    Raises
    ------
    PackError : there is no such profile, or it is for another country
    """
    profiles = found.profiles
    wanted = list(dict.fromkeys(ids))
    for name in wanted:
        if name not in profiles:
            raise _not_here(name, profiles, country)
    if everyone:
        return tuple(found.every_one)
    generic = [name for name, each in profiles.items() if each.kind == "generic"]
    return tuple(found[name] for name in wanted or generic or profiles)


def _not_here(name: str, known: Iterable[str], country: str) -> PackError:
    """Why a profile cannot be taken: it is another country's, or there is none of this name."""
    listed = ", ".join(known)
    others = {each.id: each for each in catalogue().profiles.values()}
    if name in others:
        elsewhere = others[name].country or "no country"
        return PackError("profile_of_other_country", profile=name, found=elsewhere, country=country, known=listed)
    return PackError("profile_unknown", profile=name, known=listed)


def desk_profile(plan: Any, where: Iterable[Path] = (), ids: Iterable[str] = ()) -> tuple[Any, tuple[Any, ...]]:
    """The lender on whose desk a plan lies, and the named lenders of its country.

    It is the first that is asked for, else the generic profile for the type of lender of the largest loan.

    Raises
    ------
    PackError : there is no such profile, or a profile of one's own is broken
    """
    from finance_kit.readiness.borrowing import loan_of

    country = plan.cluster.country
    profiles = {each.id: each for each in catalogue(where, country).of_country(country)}
    asked = next(iter(ids), None)
    borrows = any(loan.principal > 0.0 for loan in plan.financing.loans)
    kind = "mfi" if borrows and loan_of(plan).lender_type == "mfi" else "bank"
    name = asked or f"{country.lower()}_generic_{kind}"
    if name not in profiles:
        raise _not_here(name, profiles, country)
    return profiles[name], tuple(each for each in profiles.values() if each.kind != "generic")


def summary(assessment: Any) -> dict[str, Any]:
    """A line of the table of profiles: who, which version, outcome, points, first reason."""
    names = ("profile_id", "profile", "kind", "lender_type", "version", "date", "outcome", "score", "possible")
    return {name: getattr(assessment, name) for name in names} | {
        "lineage": list(assessment.lineage),
        "first_reason": assessment.first_reason,
    }


# ------------------------------------------------------------------------------------- members' shares, security


def group(plan: Any, limit: float | None = None) -> dict[str, Any]:
    """A plan's new loans as a loan to its members; see :func:`finance_kit.readiness.burden.group_loan`.

    A burden without any cash to bear it is ``None`` beside ``no_cash``.
    """
    from dataclasses import asdict

    from finance_kit.readiness.burden import group_loan

    found = group_loan(plan) if limit is None else group_loan(plan, limit, "As chosen with --limit")
    page = asdict(found)
    for member in page["members"]:
        member["no_cash"] = member["with_loan"] == inf
        for name, value in member.items():
            member[name] = None if value == inf else value
    return page


def security(indicators: Any, lender: str | None = None, where: Iterable[Path] = ()) -> dict[str, Any]:
    """A plan's security on the desk of one lender, and the guarantee schemes of its country.

    Parameters
    ----------
    indicators : of the plan
    lender : id of a profile; by default the country's generic bank
    where : folders of profiles of one's own

    Raises
    ------
    PackError : there is no such profile
    """
    from dataclasses import asdict

    from finance_kit.packs import country_pack
    from finance_kit.readiness.collateral import security as offered_security
    from finance_kit.readiness.guarantee import guarantee_options
    from finance_kit.readiness.reading import Case

    country = indicators.projection.plan.cluster.country
    profile = catalogue(where, country).named(lender or f"{country.lower()}_generic_bank")
    case = Case(indicators, indicators)
    offered = offered_security(case, profile)
    options = guarantee_options(case, offered, country_pack(country))
    return asdict(offered) | {
        "title": profile.title,
        "date": profile.date,
        "guarantees": [asdict(each) | {"scheme": each.scheme.model_dump(mode="json")} for each in options],
    }


def country(code: str, today: date | None = None) -> dict[str, Any]:
    """A country pack as plain values, with the file that it was read from and what is old in it.

    Raises
    ------
    PackError : there is no such pack, or it has faults
    """
    from finance_kit.packs import country_pack
    from finance_kit.packs.age import pack_age_warnings
    from finance_kit.packs.load import country_file

    pack, file = country_pack(code), country_file(code)
    old = [_said(issue) for issue in pack_age_warnings(pack, today or _today(), file.name)]
    return pack.model_dump(mode="json") | {"file": str(file), "old": old}


def country_text(code: str) -> str:
    """The text of a country pack, to begin one's own from."""
    from finance_kit.packs.load import country_file

    return country_file(code).read_text("utf-8")


# ------------------------------------------------------------------------------------------------------------ files


def page(profile: Any, today: date | None = None) -> dict[str, Any]:
    """A profile as plain values, in the order in which somebody reads it.

    Terms, conditions and criteria each say in words what they are, where that was read, and in ``borrowed_from`` whose
    value it is where the lender publishes none of its own.
    """
    from finance_kit.readiness.age import age_warnings
    from finance_kit.readiness.page import page as written

    return written(profile) | {"old": [_said(issue) for issue in age_warnings(profile, today or _today())]}


def check_file(path: Path, today: date | None = None) -> tuple[Any, tuple[Issue, ...]]:
    """A profile from a file, and everything that is wrong or old in it."""
    from finance_kit.readiness import check_profile
    from finance_kit.readiness.age import age_warnings

    profile, issues = check_profile(path)
    return profile, issues if profile is None else (*issues, *age_warnings(profile, today or _today()))


def check_folders(where: Iterable[Path], country: str | None = None) -> tuple[Issue, ...]:
    """Everything that is wrong in folders of profiles, and a note for each that replaces one that comes along."""
    where = tuple(where)
    if not where:
        return ()
    try:
        found = catalogue(where, country)
    except PackError as error:
        return error.issues or (Issue(error.code, Where(), dict(error.params)),)
    return tuple(
        Issue("profile_replaced", Where("", file), {"profile": name}, "note") for name, file in found.replaced.items()
    )


def notes(where: Iterable[Path], country: str, today: date) -> tuple[str, ...]:
    """What a reader of results should know of the profiles behind them: files of one's own, and old sources.

    Raises
    ------
    PackError : a profile of one's own is broken
    """
    from finance_kit.i18n.catalog import message
    from finance_kit.readiness.age import OLD_AFTER_MONTHS, age_warnings

    found = catalogue(where, country)
    old = [(each.id, len(age_warnings(each, today))) for each in found.of_country(country)]
    aged = {"months": OLD_AFTER_MONTHS}
    ours = [message("lender_replaced", {"profile": name, "file": file}) for name, file in found.replaced.items()]
    return (*ours, *(message("lender_old", {"profile": name, "count": count, **aged}) for name, count in old if count))


def new_text(target: Path, country: str, based_on: str | None, where: Iterable[Path] = ()) -> str:
    """A commented starter for a profile of one's own.

    Parameters
    ----------
    target : the file that it is for; its name makes the id
    country : KH, MM, TH or VN
    based_on : id of the profile that stands for what is left out; by default the country's generic bank

    Raises
    ------
    PackError : there is no such profile
    """
    from finance_kit.i18n.catalog import safe
    from finance_kit.readiness.starter import plain_id, starter_text

    base = catalogue(where).named(based_on or f"{country.lower()}_generic_bank")
    name = plain_id(target.stem)
    file, folder = safe(str(target)), safe(str(target.parent))
    return starter_text(base, f"my_{name}" if name == base.id else name, file, folder, _today().isoformat())


def make_place(file: Path) -> None:
    """Make the folder for a new profile, and stop where the file exists already.

    Raises
    ------
    OutputError : it exists, or the folder cannot be made or written into
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise OutputError("output_failed", path=str(file), reason=failure.strerror or "unknown") from None
    refuse_place(file)


@cache
def facts() -> tuple[dict[str, Any], ...]:
    """The facts that a profile may ask of a plan."""
    from finance_kit.readiness import FACTS

    return tuple(
        {"fact": each.id, "label": each.label, "unit": each.unit, "better": each.better, "words": list(each.choices)}
        for each in FACTS.values()
    )


def _today() -> date:
    return datetime.now().astimezone().date()


def _said(issue: Issue) -> str:
    from finance_kit.i18n.catalog import message

    return message(issue)
