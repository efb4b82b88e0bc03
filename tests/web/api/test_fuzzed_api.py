"""Right and wrong requests made from the description: no server error, and every answer as described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from tests.web.api.tokens import bearer, plan_of_sample
from web.jobs.limits import Limits

OPERATIONS = (
    "GET /api/v1/lenders",
    "GET /api/v1/plans",
    "POST /api/v1/plans",
    "GET /api/v1/plans/{plan_id}",
    "DELETE /api/v1/plans/{plan_id}",
    "POST /api/v1/plans/{plan_id}/changes",
    "GET /api/v1/plans/{plan_id}/figures",
    "GET /api/v1/plans/{plan_id}/assessments",
    "POST /api/v1/plans/{plan_id}/exports",
    "POST /api/v1/plans/{plan_id}/fixes",
    "GET /api/v1/plans/{plan_id}/jobs/{job_id}",
    "POST /api/v1/plans/{plan_id}/jobs/{job_id}/cancel",
    "GET /api/v1/plans/{plan_id}/jobs/{job_id}/files/{name}",
)
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
BOUNDED = settings(derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
HEAVY = ("figures", "assessments", "exports", "fixes")  # each of these works a plan out


def operations(app: Flask) -> dict[str, Any]:
    found = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    known: list[Any] = [each.ok() for each in found.get_all_operations() if isinstance(each, Ok)]
    return {operation.label: operation for operation in known}


def test_every_operation_is_fuzzed(app: Flask) -> None:
    assert sorted(operations(app)) == sorted(OPERATIONS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_as_described(app: Flask, label: str, mode: GenerationMode) -> None:
    operation = operations(app)[label]
    if mode == GenerationMode.NEGATIVE and not operation.body and not list(operation.iter_parameters()):
        pytest.fail(f"{label} takes nothing that could be wrong")
    headers, plan_id = bearer(app) | {"Accept-Encoding": "identity"}, plan_of_sample(app)
    app.extensions["finance_kit_jobs"].limits = Limits(waiting=0)  # what work makes is tested elsewhere

    most = 6 if label.endswith(HEAVY) else 15

    @settings(
        max_examples=most, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def answered(case: Any) -> None:
        asked = case.path_parameters or {}
        if "plan_id" in asked and len(str(asked["plan_id"])) % 4:  # most of them for a plan that is there
            asked["plan_id"] = plan_id
        case.call_and_validate(headers=headers, checks=CHECKS)

    answered()
