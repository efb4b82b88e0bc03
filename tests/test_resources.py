"""What comes with Finance Kit is found by name, and only that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from finance_kit import resources
from finance_kit.errors import FinanceKitError
from finance_kit.i18n.messages_resources import MESSAGES

OUTSIDE = [
    "../pyproject.toml",
    "..",
    "/etc/hostname",
    "",
    ".",
    "docx/../../pyproject.toml",
    "a\0b",
    "C:\\x",
    "x" * 5000,
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_never_leads_out_of_the_folder(name: str) -> None:
    for lookup in (resources.template, resources.sample_plan, resources.data):
        with pytest.raises(FinanceKitError) as caught:
            lookup(name)
        assert caught.value.code == "resource_missing"


def test_a_sample_plan_is_found_with_and_without_its_ending() -> None:
    plans = resources.sample_plans()
    assert plans
    assert plans == sorted(plans)
    for path in plans:
        assert resources.sample_plan(path.stem) == resources.sample_plan(path.name) == path


def test_the_bank_template_is_a_word_file() -> None:
    assert resources.template("docx/bank_plan.docx").read_bytes()[:2] == b"PK"


def test_an_unknown_sample_plan_is_answered_with_those_that_exist() -> None:
    with pytest.raises(FinanceKitError) as caught:
        resources.sample_plan("perpetual-motion")
    message = MESSAGES[caught.value.code].format(**caught.value.params)
    assert "perpetual-motion" in message
    assert resources.sample_plans()[0].stem in message


def test_a_pack_is_found_by_its_parts_and_a_missing_one_says_what_there_is() -> None:
    country = sorted(resources.data("countries").glob("*.yaml"))[0]
    assert resources.data("countries", country.name) == country
    with pytest.raises(FinanceKitError) as caught:
        resources.data("countries", "atlantis.yaml")
    assert country.name in caught.value.params["known"]


def test_an_incomplete_installation_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_HOMES", ())
    with pytest.raises(FinanceKitError) as caught:
        resources.sample_plans()
    assert "sample_plans" in MESSAGES[caught.value.code].format(**caught.value.params)


@pytest.mark.parametrize("path", resources.sample_plans(), ids=lambda path: path.stem)
def test_texts_of_a_sample_run_on_until_their_paragraph_ends(path: Path) -> None:
    texts = list(_texts(YAML(typ="safe", pure=True).load(path)))
    assert len(texts) > 100
    broken = [text for text in texts if re.search(r"[^\n]\n(?!\n|[-*] |\d+\. )", text.strip())]
    assert broken == []


def _texts(value: object) -> Iterator[str]:
    """Every text in what a file holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
