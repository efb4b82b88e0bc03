"""Checklists and interview against lists made by hand; what was not read in a source is never told as a fact."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.schema import Plan
from finance_kit.readiness import facts, lender_profile
from finance_kit.readiness.asked_documents import country_documents
from finance_kit.readiness.checklist import checklist
from finance_kit.readiness.interview import Answer, interview

SPEC = YAML(typ="safe").load((Path(__file__).parents[1] / "specs" / "checklists.yaml").read_text(encoding="utf-8"))
COUNTRIES = ("KH", "MM", "TH", "VN")


def plan_of(country: str = "TH", currency: str = "THB", **change: Any) -> Plan:
    base = json.loads(json.dumps(SPEC["plan"]))
    base["cluster"]["country"] = country
    base["period"]["currency"] = currency
    base |= change
    return Plan.model_validate(base)


def answers(plan: Plan) -> dict[str, Answer]:
    return {each.id: each for each in interview(plan, facts(evaluate(project(plan))))}


@pytest.mark.parametrize("example", SPEC["examples"], ids=lambda example: example["name"])
def test_a_checklist_is_the_one_made_by_hand(example: dict[str, Any]) -> None:
    found = checklist(plan_of(example["country"], example["currency"]), lender_profile(example["lender"]))
    assert [[item.kind, item.status] for item in found.items] == example["items"]
    assert [item.order for item in found.items] == list(range(1, len(found.items) + 1))
    assert len(found.to_ask) == example["to_ask"]
    assert found.own_list is example["own_list"]


def test_every_country_is_among_the_examples() -> None:
    assert {example["country"] for example in SPEC["examples"]} == set(COUNTRIES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_time_cost_or_office_is_told_without_a_source(country: str) -> None:
    for document in country_documents(country).documents:
        if document.status != "confirmed":
            assert document.office is None
            assert document.days is None
            assert document.cost is None
        else:
            assert document.source is not None


def test_a_title_is_asked_only_where_security_is_offered() -> None:
    kinds = [
        item.kind for item in checklist(plan_of("KH", "KHR", collateral=[]), lender_profile("kh_sme_bank_micro")).items
    ]
    assert "title" not in kinds


def test_a_person_is_not_asked_for_the_papers_of_an_entity() -> None:
    profile = lender_profile("kh_microfinance")
    changed = {**SPEC["plan"]["cluster"], "country": "KH", "legal_form": "household_business"}
    plan = plan_of("KH", "KHR", cluster=changed, documents=[])
    kinds = {item.kind for item in checklist(plan, profile).items}
    assert "registration" not in kinds
    assert "statutes" not in kinds
    assert "identity" in kinds


def test_the_interview_names_what_the_plan_does_not_say() -> None:
    found = answers(plan_of())
    assert found["leaving"].state == "open"
    assert found["leaving"].holes == ("cluster.governance",)
    assert ("From members", "THB 1,200 in cash by the members' list") in found["own_money"].parts
    assert ("Lowest yearly DSCR", "1.64 (2027)") in found["bad_months"].parts  # 7,200 / 4,400
    assert "cluster.leader" in found["who"].holes
    assert {each.five_c for each in found.values()} >= {"Character", "Capacity", "Capital", "Conditions", "Collateral"}


def test_an_answered_question_has_no_hole() -> None:
    cluster = {**SPEC["plan"]["cluster"], "governance": "Who leaves gets the share back after a year."}
    found = answers(plan_of(cluster=cluster))["leaving"]
    assert found.state == "answered"
    assert found.holes == ()
    assert found.parts[0][1] == "Who leaves gets the share back after a year."


def test_the_order_of_members_and_documents_changes_nothing() -> None:
    plan = plan_of()
    turned = plan.model_copy(update={"members": plan.members[::-1], "documents": plan.documents[::-1]})
    for profile in ("th_commercial_micro_sme", "th_state_bank_group"):
        assert checklist(turned, lender_profile(profile)) == checklist(plan, lender_profile(profile))
    assert answers(turned) == answers(plan)
