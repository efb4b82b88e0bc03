"""A pack of one's own replaces ours; guarantee schemes and old sources are told as what they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from finance_kit.errors import PackError
from finance_kit.packs.age import is_old, pack_age_warnings
from finance_kit.packs.load import COUNTRY_FOLDER, countries, country_pack, read_country_pack
from finance_kit.packs.model import CountryPack, GuaranteeScheme
from finance_kit.resources import data

KH = data("countries", "kh.yaml").read_text("utf-8")


def test_a_pack_in_a_folder_of_ones_own_replaces_ours_as_soon_as_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(COUNTRY_FOLDER, str(tmp_path))
    assert country_pack("KH").name == "Cambodia"
    own = tmp_path / "kh.yaml"
    own.write_text(KH.replace("name: Cambodia", "name: Course of Cambodia", 1), "utf-8")
    assert country_pack("KH").name == "Course of Cambodia"
    assert country_pack("VN").name == "Viet Nam"


def test_a_pack_under_the_name_of_another_country_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vn.yaml").write_text(KH, "utf-8")
    monkeypatch.setenv(COUNTRY_FOLDER, str(tmp_path))
    with pytest.raises(PackError) as caught:
        country_pack("VN")
    assert caught.value.code == "pack_of_other_country"


def test_a_pack_with_faults_is_refused_and_never_replaced_by_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kh.yaml").write_text(KH.replace("cover_most: 0.8", "cover_most: 0.6"), "utf-8")
    monkeypatch.setenv(COUNTRY_FOLDER, str(tmp_path))
    with pytest.raises(PackError) as caught:
        country_pack("KH")
    assert caught.value.issues


def test_a_pack_without_the_newer_sections_still_reads(tmp_path: Path) -> None:
    older = tmp_path / "kh.yaml"
    older.write_text(KH[: KH.index("# Guarantee schemes")], "utf-8")
    pack = read_country_pack(older)
    assert pack.guarantee_schemes == []
    assert pack.credit_bureau == []


@pytest.mark.parametrize(
    ("confirmed", "today", "old"),
    [
        ("2026-11-24", date(2027, 11, 23), False),
        ("2026-11-24", date(2027, 11, 24), True),
        ("2026-11", date(2027, 10, 31), False),
        ("2026", date(2027, 1, 1), True),
    ],
)
def test_a_value_is_old_after_a_year(confirmed: str, today: date, old: bool) -> None:
    assert is_old(confirmed, today) is old


@pytest.mark.parametrize("code", countries())
def test_old_sources_of_a_pack_warn_once_each(code: str) -> None:
    pack = country_pack(code)
    assert pack_age_warnings(pack, date(2026, 11, 25)) == ()
    warned = [issue.params["title"] for issue in pack_age_warnings(pack, date(2028, 1, 1))]
    read = {each.source.title for each in pack.values() if each.status == "confirmed" and each.source}
    assert sorted(map(str, warned)) == sorted(read)


def schemes(pack: CountryPack) -> dict[str, GuaranteeScheme]:
    return {scheme.id: scheme for scheme in pack.guarantee_schemes}


def test_published_figures_of_the_guarantee_schemes() -> None:
    cgcc = schemes(country_pack("KH"))["kh_cgcc"]  # cgcc.com.kh: 70-80 %; USD 300,000 and 500,000; fee not confirmed
    assert (cgcc.cover_least, cgcc.cover_most, cgcc.fees) == (0.7, 0.8, ())
    assert [(each.currency, each.working_capital, each.investment) for each in cgcc.limits] == [("USD", 300000, 500000)]
    tcg = schemes(country_pack("TH"))["th_tcg"]  # 25-40 % of a portfolio is no cover of one loan; 1.75 % a year
    assert (tcg.cover_least, tcg.cover_most, tcg.fees[0].yearly_shares) == (None, None, (0.0175,))
    fund = schemes(country_pack("VN"))["vn_provincial_fund"]  # Decree 34/2018
    assert (fund.cover_most, fund.own_contribution_least) == (1.0, 0.2)
    assert fund.no_bad_debt
    assert fund.no_tax_debt_over_year
    cgi = schemes(country_pack("MM"))["mm_cgi"]  # cbbank.com.mm
    assert {each.when: each.yearly_shares for each in cgi.fees} == {
        "without_collateral": (0.03, 0.025, 0.02),
        "with_collateral": (0.02, 0.015, 0.01),
    }
