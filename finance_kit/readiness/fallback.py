"""What a profile is based on fills in what its own file leaves out, visibly.

A file with ``based_on`` states only what its lender publishes. Terms are taken over one by one, loan-to-value kind by
kind, conditions by their fact, criteria by their id; a field that the file states replaces that of the base, and
``not_published`` keeps it. The merged form is validated as a whole, and every problem is shown where it stands in the
file of one's own.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from finance_kit.errors import Issue, Where
from finance_kit.plan.validation import validate
from finance_kit.plan.yaml_composer import KeyPath
from finance_kit.plan.yaml_source import Source
from finance_kit.readiness.profile import LenderProfile, ProfileForm
from finance_kit.readiness.sources import NOT_PUBLISHED

__all__ = ["complete", "stated_base"]

_INHERITED: Final = ("ready_at", "nearly_at", "documents")
_LISTS: Final = {"knock_outs": ("fact", "value"), "holds": ("fact", "value"), "criteria": ("id", "scale")}
"""Lists that are merged: what an entry is known by, and the field that a lender may keep to itself."""


@dataclass(frozen=True)
class _Merged(Source):
    """A merged form whose places are those of the file of one's own.

    ``moved`` maps the place of an entry in the merged form to its place in the file.
    """

    own: Source = field(default_factory=lambda: Source(""))
    moved: Mapping[KeyPath, KeyPath] = field(default_factory=dict)

    def where(self, path: KeyPath, *, key: bool = False) -> Where:
        """The place in the file; what is taken over stands at ``based_on``."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.moved:
                return self.own.where((*self.moved[path[:length]], *path[length:]), key=key)
        stated = isinstance(self.own.data, dict) and path and path[0] in self.own.data
        return self.own.where(path if stated or not path else ("based_on",), key=key and bool(stated))


def stated_base(source: Source) -> str | None:
    """What a file says it is based on, or nothing."""
    found = source.data.get("based_on") if isinstance(source.data, dict) else None
    return found if isinstance(found, str) else None


def complete(source: Source, base: LenderProfile | None) -> tuple[LenderProfile | None, tuple[Issue, ...]]:
    """A profile from its file and from what it is based on.

    Parameters
    ----------
    source : the file
    base : the profile that ``based_on`` names, complete itself; ``None`` where it names none

    Returns
    -------
    the profile, or ``None``; and everything that is wrong with the file
    """
    if not isinstance(source.data, dict):
        _, faults = validate(ProfileForm, source)
        return None, (*source.issues, *faults)
    data, faults, written_out = _with_sources(source)
    fallbacks: dict[str, str] = {}
    moved: dict[KeyPath, KeyPath] = {}
    if base is not None:
        data = _over(base, data, fallbacks, moved)
    issues = (*source.issues, *faults)
    merged = _Merged(source.file, data, issues=issues, text=source.text, own=source, moved=moved)
    form, found = validate(ProfileForm, merged)
    found = _once(found, written_out)
    if form is None:
        return None, (*issues, *found)
    profile = LenderProfile(
        **{name: getattr(form, name) for name in ProfileForm.model_fields},
        lineage=() if base is None else (base.named, *base.lineage),
        base_kind=None if base is None else base.kind,
        fallbacks=fallbacks if form.kind == "lender" else {},
        file=source.file,
    )
    return (profile if not issues else None), issues


# --------------------------------------------------------------------------------------------------- named sources


def _with_sources(source: Source) -> tuple[dict[str, Any], tuple[Issue, ...], set[str]]:
    """The data with each ``source: name`` written out from ``sources``; unknown names; the places written out."""
    known = source.data.get("sources")
    names = known if isinstance(known, dict) else {}
    issues: list[Issue] = []
    places: set[str] = set()

    def written(value: Any, path: KeyPath) -> Any:
        if isinstance(value, list):
            return [written(item, (*path, at)) for at, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        return {
            key: named(item, (*path, key)) if key == "source" else written(item, (*path, key))
            for key, item in value.items()
        }

    def named(value: Any, path: KeyPath) -> Any:
        if not isinstance(value, str):
            return value
        if value in names:
            places.add(".".join(map(str, path)))
            return names[value]
        nearest = difflib.get_close_matches(value[:60], list(names), n=1)
        params = {"found": value, "known": tuple(names), "nearest": nearest[0] if nearest else None}
        issues.append(Issue("unknown_source", source.where(path), params))
        return value

    data = {key: value if key == "sources" else written(value, (key,)) for key, value in source.data.items()}
    return data, tuple(issues), places


def _once(found: tuple[Issue, ...], written_out: set[str]) -> tuple[Issue, ...]:
    """Problems without those that a named source has once more at each place where it is used."""
    if not any(issue.where.path.startswith("sources.") for issue in found):
        return found
    return tuple(issue for issue in found if not any(issue.where.path.startswith(f"{place}.") for place in written_out))


# --------------------------------------------------------------------------------------------------------- merging


def _over(
    base: LenderProfile, own: dict[str, Any], fallbacks: dict[str, str], moved: dict[KeyPath, KeyPath]
) -> dict[str, Any]:
    """A file's data over its base; notes what is taken over and where entries went."""
    taken = base.model_dump(mode="json", include={*_INHERITED, *_LISTS, "terms"}, exclude_unset=True)
    for criterion in taken["criteria"]:
        criterion["scale"] = criterion["scale"] or NOT_PUBLISHED
    data = dict(own)
    for name in _INHERITED:
        if name not in data:
            data[name] = taken[name]
            if name == "documents":
                fallbacks[name] = base.named
    for name in _LISTS:
        data[name] = _list_over(name, taken.get(name, []), data.get(name, []), base.named, fallbacks, moved)
    data["terms"] = _terms_over(taken.get("terms", {}), data.get("terms", {}), base.named, fallbacks)
    return data


def _terms_over(base: dict[str, Any], own: Any, named: str, fallbacks: dict[str, str]) -> Any:
    if not isinstance(own, dict):
        return own
    data = dict(own)
    for name, term in base.items():
        if term is None:
            continue
        stated = data.get(name, NOT_PUBLISHED)
        if stated == NOT_PUBLISHED:
            data[name] = term
            fallbacks[f"terms.{name}"] = named
        elif name == "loan_to_value" and isinstance(stated, dict) and isinstance(stated.get("shares"), dict):
            data[name] = {**stated, "shares": dict(_shares_over(term["shares"], stated, named, fallbacks))}
    return data


def _shares_over(
    base: dict[str, Any], stated: dict[str, Any], named: str, fallbacks: dict[str, str]
) -> Iterator[tuple[str, Any]]:
    """Shares by kind of security: the lender's, and the base's for kinds that it takes at a share of its own secret."""
    own = stated["shares"]
    for kind, share in own.items():
        secret = share == NOT_PUBLISHED and base.get(kind) is not None
        if secret:
            fallbacks[f"terms.loan_to_value.{kind}"] = named
        yield kind, base[kind] if secret else share
    if stated.get("only_these") is True:
        return
    for kind, share in base.items():
        if kind not in own:
            fallbacks[f"terms.loan_to_value.{kind}"] = named
            yield kind, NOT_PUBLISHED if share is None else share


def _list_over(
    name: str,
    base: list[dict[str, Any]],
    own: Any,
    named: str,
    fallbacks: dict[str, str],
    moved: dict[KeyPath, KeyPath],
) -> Any:
    """Entries of the base with those of the file over them, in the base's order; new ones at the end."""
    if not isinstance(own, list):
        return own
    known_by, secret = _LISTS[name]
    left = list(enumerate(own))
    merged: list[Any] = []
    for entry in base:
        mine = [(at, each) for at, each in left if isinstance(each, dict) and each.get(known_by) == entry[known_by]]
        left = [pair for pair in left if pair not in mine]
        if not any(_is_own(each, secret) for _, each in mine):
            fallbacks[f"{name}.{entry[known_by]}"] = named
        for at, each in mine:
            moved[name, len(merged)] = (name, at)
            merged.append(_entry_over(entry, each, secret))
        if not mine:
            merged.append(entry)
    for at, each in left:
        moved[name, len(merged)] = (name, at)
        merged.append(each)
    return merged


def _is_own(own: dict[str, Any], secret: str) -> bool:
    """Whether an entry of the file is what its lender publishes: a value or a source, and no secret in its place."""
    return own.get(secret) != NOT_PUBLISHED and ("source" in own or secret in own)


def _entry_over(base: dict[str, Any], own: dict[str, Any], secret: str) -> dict[str, Any]:
    """One rule: the fields of the file, and the base's for the rest.

    A secret keeps the base's value with its source. A value of one's own needs a source of its own.
    """
    kept = {secret, "source"} if own.get(secret) == NOT_PUBLISHED else set()
    taken = {key: value for key, value in base.items() if key != "source" or secret not in own or kept}
    return {**taken, **{key: value for key, value in own.items() if key not in kept}}
