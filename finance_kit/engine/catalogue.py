"""The line catalogue: every line of the statements declared once (``data/lines.yaml``)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from finance_kit.resources import data

__all__ = ["Line", "declarations", "lines"]

Statement = Literal["profit_and_loss", "cash_flow", "balance_sheet", "memo"]


class Line(BaseModel):
    """One line: where it stands, its kind, sign, label, formula in words, inputs and source."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    statement: Statement
    kind: Literal["flow", "balance", "total", "memo"]
    sign: Literal[-1, 0, 1] = Field(description="Effect on the total of its statement; 0 for totals and memo lines")
    unit: Literal["money"] = "money"
    label: str
    formula: str
    inputs: list[str]
    source: str


def declarations(name: str) -> dict[str, list[dict[str, Any]]]:
    """What a file of ``data/`` that comes with the package declares, by its keys."""
    entries: dict[str, list[dict[str, Any]]] = YAML(typ="safe", pure=True).load(data(name).read_text(encoding="utf-8"))
    return entries


@lru_cache(maxsize=1)
def lines() -> dict[str, Line]:
    """All lines by id, in the order of the statements."""
    return {entry["id"]: Line.model_validate(entry) for entry in declarations("lines.yaml")["lines"]}
