"""The lender that the page of documents begins with is the one on whose desk the plan lies."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.documents.papers import document_of, plan_of


def _begins_with(client: FlaskClient, address: str) -> str:
    found = re.search(r'<option value="([a-z_]+)" selected>', client.get(address).get_data(as_text=True))
    assert found
    return found[1]


@pytest.mark.parametrize(("kind", "lender"), [("mfi", "th_generic_mfi"), ("bank", "th_generic_bank")])
def test_the_type_of_the_largest_loan_names_the_lender(app: Flask, client: FlaskClient, kind: str, lender: str) -> None:
    document = document_of("th-pottery-kiln")
    document["financing"]["loans"][0]["lender_type"] = kind
    assert _begins_with(client, f"/plans/{plan_of(app, document)}/documents") == lender


def test_another_choice_stays(app: Flask, client: FlaskClient) -> None:
    document = document_of("th-pottery-kiln")
    document["financing"]["loans"][0]["lender_type"] = "mfi"
    address = f"/plans/{plan_of(app, document)}/documents?lender=th_generic_bank"
    assert _begins_with(client, address) == "th_generic_bank"
