"""A small document, and documents and changes as Hypothesis makes them."""

from __future__ import annotations

from typing import Any

import pytest

from finance_kit.drafts import Document


@pytest.fixture
def document() -> Document:
    rows: list[dict[str, Any]] = [
        {"_id": "rice0001", "name": "Rice", "price": 12.5, "inputs": [{"_id": "seed0001", "name": "Seed"}]},
        {"_id": "fish0002", "name": "Fish", "price": 40},
    ]
    return {"title": "Rice mill", "period": {"start": "2027-01", "months": 36}, "products": rows}
