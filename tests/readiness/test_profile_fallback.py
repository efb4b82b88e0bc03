"""What a profile of one's own may say, what stands for the rest, and how a broken or hostile one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance_kit.engine.projection import project
from finance_kit.errors import Issue, PackError
from finance_kit.i18n.catalog import message
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.load import read_plan
from finance_kit.readiness import (
    Assessment,
    LenderProfile,
    assess_all,
    catalogue,
    check_profile,
    lender_profile,
    read_lender_profile,
)
from finance_kit.readiness.starter import plain_id, starter_text

SAMPLES = sorted((Path(__file__).parents[2] / "sample_plans").glob("*.yaml"))

MINE = """\
schema_version: 1
id: my_bank
title: My bank
lender_type: bank
country: KH
based_on: kh_generic_bank
version: "1.0"
date: "2026-11-25"
note: A bank in the district town.
sources:
  leaflet: {title: Leaflet, date: "2026-10", last_confirmed: "2026-11-20", confidence: high, status: published}
terms:
  amount:
    limits: [{currency: USD, min: 1000, max: 40000}]
    source: leaflet
  rate: {min: 0.1, max: 0.12, source: leaflet}
  tenor: not_published
  loan_to_value:
    shares: {house: 0.65, vehicle: not_published}
    source: leaflet
knock_outs:
  - {fact: min_dscr, value: 1.2, source: leaflet}
  - {fact: days_late, value: not_published}
criteria:
  - {id: own, scale: [{at: 0, share: 0}, {at: 0.3, share: 1}], source: leaflet}
  - {id: security, weight: 18}
  - {id: years, weight: 5}
"""


def written(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def first_found(path: Path) -> list[Issue]:
    profile, issues = check_profile(path)
    assert profile is None
    return list(issues)


# ----------------------------------------------------------------------------------------------------------- fallback


def test_what_a_file_states_replaces_the_generic_value_and_the_rest_is_named(tmp_path: Path) -> None:
    profile = read_lender_profile(written(tmp_path, MINE))
    base = lender_profile("kh_generic_bank")
    assert profile.lineage == ("kh_generic_bank 1.0", "generic_bank 1.2")

    rules = {rule.fact: rule for rule in profile.knock_outs}
    assert [rule.fact for rule in profile.knock_outs] == [rule.fact for rule in base.knock_outs]
    assert (rules["min_dscr"].value, rules["min_dscr"].source.title) == (1.2, "Leaflet")
    assert rules["min_dscr"].why == next(rule.why for rule in base.knock_outs if rule.fact == "min_dscr")
    assert rules["days_late"] == next(rule for rule in base.knock_outs if rule.fact == "days_late")
    assert "knock_outs.min_dscr" not in profile.fallbacks
    assert profile.fallbacks["knock_outs.days_late"] == "kh_generic_bank 1.0"

    criteria = {rule.id: rule for rule in profile.criteria}
    assert [step.at for step in criteria["own"].scale] == [0.0, 0.3]
    assert "criteria.own" not in profile.fallbacks
    assert (criteria["security"].weight, criteria["years"].weight) == (18.0, 5.0)
    assert profile.fallbacks["criteria.security"] == "kh_generic_bank 1.0"  # a weight of one's own is not a scale

    assert profile.terms.tenor is None
    shares = profile.terms.loan_to_value.shares if profile.terms.loan_to_value else {}
    assert (shares["house"], shares["vehicle"], shares["titled_land_rural"]) == (0.65, 0.6, 0.6)
    assert profile.fallbacks["terms.loan_to_value.vehicle"] == "kh_generic_bank 1.0"
    assert "terms.loan_to_value.house" not in profile.fallbacks
    assert "tenor" in profile.not_published


def test_with_only_these_other_kinds_of_security_count_nothing(tmp_path: Path) -> None:
    text = MINE.replace("vehicle: not_published}", "vehicle: not_published}\n    only_these: true")
    term = read_lender_profile(written(tmp_path, text)).terms.loan_to_value
    assert term is not None
    assert term.shares == {"house": 0.65, "vehicle": 0.6}


def test_a_profile_that_publishes_nothing_neither_crashes_nor_scores(tmp_path: Path) -> None:
    source = "{title: Nobody says, date: '2026', confidence: low, status: convention}"
    facts = "min_dscr: at_least, days_late: at_most, bad_debt: is, legal_form: is_not, keeps_books: at_least"
    rules = "\n".join(
        f"  - {{fact: {fact}, rule: {rule}, value: not_published, why: W., mend: M., source: {source}}}"
        for fact, rule in (pair.split(": ") for pair in facts.split(", "))
    )
    terms = "\n".join(f"  {name}: not_published" for name in type(lender_profile("kh_ardb").terms).model_fields)
    text = f"""\
schema_version: 1
id: silent
title: Silent
lender_type: bank
country: KH
version: "1.0"
date: "2026-11-25"
note: It says nothing.
terms:
{terms}
ready_at: 70
nearly_at: 55
documents: {{kinds: [], source: {source}}}
knock_outs:
{rules}
holds:
{rules}
criteria:
  - {{id: a, title: A, block: repayment, weight: 60, fact: min_dscr, scale: not_published, mend: M., source: {source}}}
  - {{id: b, title: B, block: security, weight: 40, fact: collateral_after_haircut, scale: not_published, mend: M.,
     source: {source}}}
"""
    profile = read_lender_profile(written(tmp_path, text))
    for path in SAMPLES:
        (found,) = assess_all(evaluate(project(read_plan(path))), profiles=[profile])
        assert (found.outcome, found.score, found.possible) == ("not_assessed", 0.0, 0.0)
        assert all(each.met is None and not each.unknown for each in (*found.knock_outs, *found.holds))
        assert len(found.not_published) == len(type(profile.terms).model_fields)
        assert "publishes no scale" in found.verdict


def test_a_starter_can_be_used_as_it_stands_and_is_the_generic_profile(tmp_path: Path) -> None:
    base = lender_profile("mm_generic_mfi")
    text = starter_text(base, plain_id("My MFI"), "my mfi.yaml", ".", "2026-11-25")
    profile = read_lender_profile(written(tmp_path, text))
    assert (profile.id, profile.kind, profile.country, profile.lender_type) == ("my_mfi", "lender", "MM", "mfi")
    assert profile.criteria == base.criteria
    assert profile.knock_outs == base.knock_outs
    found = _both(profile, base)
    assert found[0].score == found[1].score
    assert found[0].outcome == found[1].outcome
    assert len(found[0].fallbacks) == len((*found[1].knock_outs, *found[1].holds, *found[1].criteria))


def _both(*profiles: LenderProfile) -> tuple[Assessment, ...]:
    return assess_all(evaluate(project(read_plan(SAMPLES[0]))), profiles=profiles)


def test_the_examples_in_a_starter_are_right(tmp_path: Path) -> None:
    """Every commented example, taken in, makes a profile that can be used."""
    text = starter_text(lender_profile("kh_generic_bank"), "mine", "mine.yaml", ".", "2026-11-25")
    lines = text.splitlines()
    example = ("  # amount:", "  #   limits", "  #   per", "  #   source", "  #   shares", "  #   only_these")
    taken, dropped = [], ("knock_outs: []", "criteria: []", "also_asked: []")
    seen: set[str] = set()
    for line in lines:
        plain = line.replace("# ", "", 1) if line.lstrip().startswith("# ") else line
        name = plain.split(":")[0].strip()
        known = (
            *type(lender_profile("kh_ardb").terms).model_fields,
            "knock_outs",
            "criteria",
            "also_asked",
            "- {fact",
            "- {id",
            "- {text",
        )
        is_example = line.startswith(example) or (
            line.lstrip().startswith("# ") and name in known and plain.strip() != name
        )
        if (
            is_example
            and name in seen
            and name not in ("limits", "per", "source", "shares", "only_these")
            and not name.startswith("-")
        ):
            continue  # a second way to write the same term
        if is_example:
            seen.add(name)
            taken.append(plain)
        elif not line.lstrip().startswith("#") and not line.endswith(": not_published") and line not in dropped:
            taken.append(line)
    profile = read_lender_profile(written(tmp_path, "\n".join(taken) + "\n"))
    assert profile.not_published == ("most without security",)
    assert len(profile.also_asked) == 1
    assert {"min_dscr", "days_late", "years_in_business"} <= {rule.fact for rule in profile.knock_outs}


# ------------------------------------------------------------------------------------------------------------ folders


def test_a_file_of_ones_own_replaces_a_profile_and_the_catalogue_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, MINE.replace("id: my_bank", "id: kh_ardb"))
    found = catalogue([tmp_path], "KH")
    assert found.replaced == {"kh_ardb": str(path)}
    assert found.named("kh_ardb").title == "My bank"
    assert catalogue(country="KH").named("kh_ardb").title != "My bank"


def test_a_generic_profile_of_ones_own_stands_behind_the_named_lenders(tmp_path: Path) -> None:
    text = MINE.replace("id: my_bank", "id: kh_generic_bank\nkind: generic").replace(
        "based_on: kh_generic_bank", "based_on: generic_bank"
    )
    written(tmp_path, text.replace('version: "1.0"', 'version: "9.0"'))
    found = catalogue([tmp_path], "KH")
    assert found.named("kh_ardb").lineage == ("kh_generic_bank 9.0", "generic_bank 1.2")
    assert next(rule.value for rule in found.named("kh_ardb").knock_outs if rule.fact == "min_dscr") == 1.2


def test_a_later_folder_comes_before_an_earlier_one(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, title in ((first, "First"), (second, "Second")):
        folder.mkdir()
        written(folder, MINE.replace("title: My bank", f"title: {title}"))
    assert catalogue([first, second]).named("my_bank").title == "Second"
    assert catalogue([second, first]).named("my_bank").title == "First"


def test_two_files_of_one_id_in_a_folder_are_refused(tmp_path: Path) -> None:
    written(tmp_path, MINE, "a.yaml")
    written(tmp_path, MINE, "b.yaml")
    with pytest.raises(PackError) as caught:
        catalogue([tmp_path])
    assert [issue.code for issue in caught.value.issues] == ["profile_id_twice"]
    assert str(caught.value.issues[0].where).endswith("b.yaml:2:5")


def test_a_profile_of_another_country_or_of_none(tmp_path: Path) -> None:
    written(tmp_path, MINE.replace("country: KH\n", ""))
    assert "my_bank" in {profile.id for profile in catalogue([tmp_path], "KH").of_country("KH")}
    assert "my_bank" in {profile.id for profile in catalogue([tmp_path], "TH").of_country("TH")}
    written(tmp_path, MINE)
    assert "my_bank" not in {profile.id for profile in catalogue([tmp_path], "TH").of_country("TH")}


def test_a_folder_that_is_not_there_is_told() -> None:
    with pytest.raises(PackError) as caught:
        catalogue([Path("no-such-folder")])
    assert "no-such-folder" in message(caught.value)


# ---------------------------------------------------------------------------------------------- broken and hostile

# What is changed in the file, into what, the problem, words of its message, and the line and column where it stands.
FAULTS = [
    ("kh_generic_bank", "kh_generik_bank", "based_on_unknown", 'Did you mean "kh_generic_bank"', "6:11"),
    ("based_on: kh_generic_bank", "based_on: my_bank", "based_on_circular", "my_bank → my_bank", "6:11"),
    ("value: 1.2, source: leaflet", "value: 1.2, source: leaflt", "unknown_source", 'Did you mean "leaflet"', "22:42"),
    ("value: 1.2, source: leaflet", "value: 1.2", "missing_field", '"source"', "22:5"),
    ("fact: min_dscr, value: 1.2", "fact: min_dsrc, value: 1.2", "unknown_fact", 'Did you mean "min_dscr"', "22:12"),
    ("value: 1.2,", "value: by_terms,", "no_term_for_fact", "tenor_months", "22:29"),
    ("value: 1.2,", "value: high,", "fact_is_a_number", "is a number", "22:29"),
    ("value: 1.2,", "value: __import__('os').system('true'),", "fact_is_a_number", "is a number", "22:29"),
    ("weight: 18", "weight: 19", "weights_not_100", "sum to 101", "24:1"),
    ("{id: years, weight: 5}", "{id: years, weight: -5}", "too_small", "more than 0", "27:25"),
    ("{at: 0.3, share: 1}]", "{at: 0.3, share: 2}]", "too_large", "1 or less", "25:59"),
    ("min: 1000, max: 40000", "min: 50000, max: 40000", "term_limits_crossed", "above the most", "14:14"),
    ("min: 1000, max: 40000", "first_loan_max: 4", "term_without_limit", "neither a least nor a most", "14:14"),
    ("min: 1000, max: 40000", 'min: "1,000"', "not_a_number", "did you mean 1000", "14:35"),
    ("currency: USD", "currency: usd", "not_a_choice", 'Did you mean USD', "14:25"),
    ("rate: {min: 0.1, max: 0.12", "rate: {min: 10, max: 12", "too_large", "0.12 is 12 %", "16:15"),
    ("rate: {min: 0.1, max: 0.12", "rate: {reference: MRR", "margin_missing", "0.03 for 3 %", "16:9"),
    ("tenor: not_published", "tenor:", "term_empty", "not_published", "17:"),
    ("tenor: not_published", "tenor: secret", "not_a_section", "lines with a name", "17:10"),
    ("house: 0.65", "hous: 0.65", "not_a_choice", 'Did you mean house', "19:20"),
    ("house: 0.65", "house: 65", "too_large", "1 or less", "19:21"),
    ("lender_type: bank", "lender_type: shark", "not_a_choice", "guarantee_fund", "4:14"),
    ('last_confirmed: "2026-11-20"', 'last_confirmed: "2026-13-20"', "date_not_in_calendar", "2026-13-20", "11:"),
    ("confidence: high", "confidence: sure", "not_a_choice", "high, medium, low", "11:"),
    ("note: A bank", "limit: 5\nnote: A bank", "unknown_field", "limit", "9:1"),
    ("note: A bank", "fallbacks: {}\nnote: A bank", "unknown_field", "fallbacks", "9:1"),
    ("terms:\n", "terms: &all\n", "yaml_anchor", "anchor", "12:"),
    ("note: A bank in the district town.", "note: !!python/object/apply:os.getpid []", "yaml_tag", "tag", "9:"),
    ("knock_outs:\n", "holds: now\nknock_outs:\n", "not_a_list", "needs a list", "21:8"),
    ("version: \"1.0\"", "version: 1.0", "not_text", 'write "1.0"', "7:10"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "code", "words", "place"), FAULTS, ids=[f"{fault[2]}: {fault[1][:30]!r}" for fault in FAULTS]
)
def test_a_mistake_is_found_at_its_place_with_what_to_write(
    old: str, new: str, code: str, words: str, place: str, tmp_path: Path
) -> None:
    path = written(tmp_path, MINE.replace(old, new, 1))
    found = [issue for issue in first_found(path) if issue.code == code]
    assert found, [(issue.code, str(issue.where), message(issue)) for issue in first_found(path)]
    assert words in message(found[0])
    assert f"mine.yaml:{place}" in str(found[0].where)


def test_a_mistake_in_a_named_source_is_told_once(tmp_path: Path) -> None:
    found = first_found(written(tmp_path, MINE.replace("confidence: high, ", "")))
    assert [(issue.code, issue.where.path) for issue in found] == [("missing_field", "sources.leaflet.confidence")]


def test_profiles_that_are_based_on_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    one = written(tmp_path, MINE.replace("based_on: kh_generic_bank", "based_on: my_second"), "one.yaml")
    second = MINE.replace("id: my_bank", "id: my_second").replace("based_on: kh_generic_bank", "based_on: my_third")
    written(tmp_path, second, "two.yaml")
    third = MINE.replace("id: my_bank", "id: my_third").replace("based_on: kh_generic_bank", "based_on: my_bank")
    written(tmp_path, third, "three.yaml")
    (issue,) = first_found(one)
    assert issue.code == "based_on_circular"
    assert issue.params["chain"] == "my_bank → my_second → my_third → my_bank"
    with pytest.raises(PackError):
        catalogue([tmp_path])


def test_a_chain_without_end_is_refused(tmp_path: Path) -> None:
    for number in range(12):
        text = MINE.replace("id: my_bank", f"id: link_{number}").replace("kh_generic_bank", f"link_{number + 1}")
        written(tmp_path, text, f"{number}.yaml")
    assert [issue.code for issue in first_found(tmp_path / "0.yaml")] == ["based_on_too_long"]


@pytest.mark.parametrize(
    "text", ["", "5", "[]", "- a\n- b", "just words", "knock_outs: 5\ncriteria: {}", "\x00", "a: [1"]
)
def test_a_file_that_is_no_profile_is_refused_in_words(text: str, tmp_path: Path) -> None:
    assert all(message(issue) for issue in first_found(written(tmp_path, text)))
