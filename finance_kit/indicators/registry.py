"""The indicators by name: what each means, its unit, formula, inputs and source (``data/indicators.yaml``)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from finance_kit.engine.catalogue import declarations

__all__ = ["Definition", "Variant", "definitions"]


class Variant(BaseModel):
    """Formula and inputs of an indicator under one of the conventions that a plan may choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    formula: str
    inputs: list[str]


class Definition(BaseModel):
    """One indicator, declared once."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    label: str
    scope: Literal["plan", "year", "month"]
    unit: Literal["money", "ratio", "share", "rate", "month", "years", "quantity"]
    formula: str
    inputs: list[str] = Field(default_factory=list)
    source: str
    reason: str = Field("not_available", description="Reason code shown where the figure does not exist")
    at: Literal["cash_low_month", "last_month"] | None = Field(None, description="The month it is read off")
    policy: str | None = Field(None, description="The plan's policy that chooses among the variants")
    variants: dict[str, Variant] = Field(default_factory=dict, description="By value of the policy")
    better: Literal["higher", "lower", "neither"] = "neither"


@lru_cache(maxsize=1)
def definitions() -> dict[str, Definition]:
    """All indicators by id, in the order in which they are shown."""
    declared = declarations("indicators.yaml")
    measures = (_of_view(measure, view) for view in declared["views"] for measure in declared["measures"])
    entries = [Definition.model_validate(entry) for entry in (*declared["indicators"], *measures)]
    return {entry.id: entry for entry in entries}


def _of_view(measure: dict[str, Any], view: dict[str, Any]) -> dict[str, Any]:
    """A measure of return for one view of whose money it is."""
    kept = {key: measure[key] for key in ("unit", "better", "reason", "source")}
    inputs = view["gross" if measure.get("of_gross") else "flows"]
    return kept | {
        "id": f"{view['id']}_{measure['id']}",
        "label": f"{measure['label']}, {view['label']}",
        "scope": "plan",
        "formula": measure.get("formulas", {}).get(view["id"], measure["formula"]),
        "inputs": [*inputs, "plan: valuation"] if measure.get("discounted") else inputs,
    }
