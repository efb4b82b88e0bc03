"""What the programming interface takes and gives, as models: they check what comes in and write the description."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "ChangeIn",
    "ChangesIn",
    "ConflictOut",
    "ErrorOut",
    "ExportIn",
    "FiguresOut",
    "FixesIn",
    "JobOut",
    "LenderQuery",
    "LendersOut",
    "NoQuery",
    "PlanIn",
    "PlanListOut",
    "PlanOut",
    "ReadinessOut",
    "ReadinessQuery",
    "SavedOut",
]

Country = Literal["KH", "MM", "TH", "VN"]
Severity = Literal["error", "warning", "note"]
_ID = r"^[a-z0-9_]+$"


class _In(BaseModel):
    """What is sent: nothing unknown, and nothing that is only nearly of the right kind."""

    model_config = ConfigDict(extra="forbid", strict=True)


class _Query(BaseModel):
    """What stands behind the question mark: texts, so that ``1`` and ``true`` may stand for yes."""

    model_config = ConfigDict(extra="forbid")


class _Out(BaseModel):
    """What is answered."""

    model_config = ConfigDict(extra="forbid")


# ---------------------------------------------------------------------------------------------------------- problems


class ProblemOut(_Out):
    """One thing that is wrong: a stable code, a sentence for people, and the field."""

    code: str
    sentence: str
    path: str = Field("", description="Field, with list positions from 0: loans.0.grace_months")
    severity: Severity = "error"


class ErrorBody(_Out):
    """Why a request was not done."""

    status: int
    code: str = ""
    title: str
    hint: str = ""
    number: str = Field("", description="Number for a report, where something went wrong on our side")
    problems: list[ProblemOut] = Field(default_factory=list)


class ErrorOut(_Out):
    """The one shape of every refusal."""

    error: ErrorBody


# ------------------------------------------------------------------------------------------------------------- plans


class NoQuery(_Query):
    """Nothing may stand behind the question mark."""


class PlanIn(_In):
    """A new plan, as a plan file holds it; it may still have problems that are mended later."""

    plan: dict[str, Any] = Field(description="The plan as in a plan file; see `finance-kit schema`")


class PlanLineOut(_Out):
    """A plan in a list."""

    id: str
    title: str
    revision: int
    role: str
    changed_at: str
    owner: str = ""


class PlanListOut(_Out):
    """The plans that this person may see."""

    plans: list[PlanLineOut]


class PlanOut(_Out):
    """A plan with everything that can be said about it.

    In ``document`` each row of a list carries an ``_id``, by which changes name it: ``loans/@k3f9x2ab/annual_rate``.
    """

    id: str
    title: str
    revision: int
    seen: str = Field(description="Mark of this version, to be named beside its number when it is changed")
    role: str
    document: dict[str, Any]
    usable: bool = Field(description="Whether it can be calculated")
    problems: list[ProblemOut]


class ChangeIn(_In):
    """One change: set a field (value null clears it), add, remove or move a row."""

    op: Literal["set", "add", "remove", "move"]
    path: str = Field(min_length=1, max_length=2_000, description="products/@k3f9x2ab/price")
    value: Any = None
    before: Any = None
    after: str | None = Field(None, max_length=8, description="Id of the row behind which a row is put")


class ChangesIn(_In):
    """Changes that belong together, and the version they were made from."""

    base: int = Field(ge=0, le=2**53, description="Version that the changes were made from")
    batch: str = Field(
        min_length=1,
        max_length=64,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="Random; sent again, nothing is done twice",
    )
    seen: str = Field(
        "", max_length=16, description="The mark that this version was read with; numbers come again, marks do not"
    )
    changes: list[ChangeIn] = Field(min_length=1, max_length=2_000)


class SavedOut(_Out):
    """Changes are saved; ``merged`` are those that others made since."""

    revision: int
    seen: str
    saved_at: str
    merged: list[dict[str, Any]]


class ConflictOut(_Out):
    """Somebody else changed the same fields; the other changes are saved."""

    error: ErrorBody
    revision: int
    seen: str
    conflicts: list[dict[str, Any]]
    merged: list[dict[str, Any]]


# ----------------------------------------------------------------------------------------------- figures and lenders


class FiguresOut(_Out):
    """Every figure of a plan, as the command `finance-kit run --json` gives them."""

    plan_id: str
    revision: int
    figures: dict[str, Any]


class ReadinessQuery(_Query):
    """Whose view of the plan is wanted; left out, the country's generic bank and generic MFI."""

    lender: str | None = Field(None, max_length=80, pattern=_ID, description="Id of a lender profile")
    everyone: bool = Field(False, description="All lenders of the country")


class ReadinessOut(_Out):
    """The plan held against lenders' published criteria. It says how ready a plan is, never what a lender decides."""

    plan_id: str
    revision: int
    readiness: dict[str, Any]


class LenderQuery(_Query):
    """Lenders of one country."""

    country: Country


class LenderOut(_Out):
    """A lender profile."""

    id: str
    title: str
    kind: str


class LendersOut(_Out):
    """Lender profiles of a country."""

    country: Country
    lenders: list[LenderOut]


# -------------------------------------------------------------------------------------------------------------- jobs


class ExportIn(_In):
    """A document to be made."""

    kind: Literal["word", "preview"] = Field("word", description="preview: with the pages as pictures and as PDF")
    kit: Literal["bank_plan"] = "bank_plan"
    lender: str | None = Field(None, max_length=80, pattern=_ID)
    depth: Literal["full", "summary"] = "full"
    score: bool = Field(False, description="With the readiness, for the cluster's own use")
    page_numbers: bool = Field(
        False,
        description="Count the pages of a Word file however many documents wait; otherwise it may be left to Word",
    )


class FixesIn(_In):
    """Changes to look for that would make a plan ready for a lender."""

    lender: str | None = Field(None, max_length=80, pattern=_ID)


class FileOut(_Out):
    """A finished file."""

    name: str
    media_type: str
    size: int
    sha256: str


class JobOut(_Out):
    """Work in the background, its present step, and its files once it is done."""

    id: str
    kind: str
    state: Literal["waiting", "working", "done", "failed", "cancelled"]
    plan_id: str
    revision: int
    step: str
    problem: ProblemOut | None
    page_numbers_left_out: bool = Field(
        description="Much work was waiting: Word fills in the page numbers of the contents when it opens the file"
    )
    files: list[FileOut]
