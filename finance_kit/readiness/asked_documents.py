"""Documents that lenders of a country ask for, as data: what was read is asked, what is only recalled is a question."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from finance_kit.errors import PackError
from finance_kit.packs.model import Day, Identifier, PackModel, Provenance
from finance_kit.plan.base import Name, Text, as_tuple
from finance_kit.plan.cluster import LegalForm
from finance_kit.plan.financing import DocumentKind
from finance_kit.plan.validation import validate
from finance_kit.plan.yaml_source import read
from finance_kit.resources import data

__all__ = ["ORDER", "CountryDocument", "CountryDocuments", "Maker", "country_documents", "read_country_documents"]

Kind = DocumentKind | Literal["bureau"]
LenderType = Literal["bank", "state", "mfi", "guarantee_fund"]
Maker = Literal["cluster", "member", "office", "bank", "seller", "buyer", "insurer", "bureau"]

ORDER: Final[tuple[Kind, ...]] = (
    "statutes", "member_list", "registration", "identity", "tax", "permit", "accounts", "bank_statements", "bureau",
    "title", "quotation", "contract", "insurance", "other", "borrowing_minutes",
)  # fmt: skip
"""In which order they are got: rules and members before the registration, that before tax and permits; the minutes
last, when sum and lender are known. This is arithmetic of what one paper needs of another, not an office's rule."""


class CountryDocument(Provenance):
    """A document that lenders of a country ask for.

    ``forms`` and ``lender_types`` are empty where all are meant; ``needs`` is ``security`` where it is asked only with
    security. ``office``, ``days`` and ``cost`` are left out where no source was read.
    """

    id: Identifier
    kind: Kind
    title: Text
    text: Text
    forms: Annotated[tuple[LegalForm, ...], BeforeValidator(as_tuple)] = ()
    lender_types: Annotated[
        tuple[Literal["bank", "state", "mfi", "guarantee_fund"], ...], BeforeValidator(as_tuple)
    ] = ()
    needs: Literal["security"] | None = None
    made_by: Maker
    office: Name | None = None
    days: Annotated[int, Field(ge=0, le=1_000)] | None = None
    cost: Text | None = None


class CountryDocuments(PackModel):
    """All of a country."""

    checklist_version: Literal[1]
    country: Literal["KH", "MM", "TH", "VN"]
    version_date: Day
    documents: list[CountryDocument]


@lru_cache(maxsize=16)
def country_documents(code: str) -> CountryDocuments:
    """The documents of a country, by its code.

    Raises
    ------
    FinanceKitError : there is no such country
    PackError : the file has faults
    """
    return read_country_documents(data("checklists", f"{code.lower()}.yaml"))


def read_country_documents(path: Path) -> CountryDocuments:
    """The documents of a country from a file.

    Raises
    ------
    PackError : the file has faults, listed in ``issues``
    """
    source = read(path)
    found, problems = validate(CountryDocuments, source)
    issues = (*source.issues, *problems)
    if found is None or any(issue.severity == "error" for issue in issues):
        raise PackError("pack_has_faults", issues, file=path.name, faults=len(issues))
    return found
