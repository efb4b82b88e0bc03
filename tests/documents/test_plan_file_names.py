"""Names of exported files are made by us: base letters of Vietnamese stay, nothing becomes a path."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_kit import resources, service
from finance_kit.places import plain_name
from finance_kit.service_documents import document_name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Bến Tre", "ben-tre"),
        ("Hợp tác xã Nông nghiệp Đồng Tháp", "hop-tac-xa-nong-nghiep-dong-thap"),
        ("Đà Lạt – Lâm Đồng", "da-lat-lam-dong"),
        ("ﬁne Coffee №5", "fine-coffee-no5"),
        ("សហគមន៍ម្រេច", ""),
        ("../..\\CON:|?*\x00", "con"),
        ("  ", ""),
    ],
)
def test_accents_fall_and_letters_stay(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_an_export_from_the_command_line_has_the_same_letters() -> None:
    opened = service.run(resources.sample_plan("vn-coconut-export"))
    name = service.default_name(opened)
    assert name.startswith("hop-tac-xa-dua-con-phuoc-con-phuoc-coconut-cooperative_bank_")
    assert name.endswith("_en.docx")


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_name_gives_a_name_that_every_system_takes(cluster: str, lender: str) -> None:
    name = document_name(cluster, lender, "2026-11-25", "docx")
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*_[a-z0-9][a-z0-9-]*_2026-11-25_en\.docx", name)
    assert len(name) <= 120
