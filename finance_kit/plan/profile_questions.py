"""The dozen-odd questions of a profile, what a sound answer is, and the plan file that the answers make."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from finance_kit.errors import CalculationError, Issue, PlanError, Where
from finance_kit.plan.found import plain_number
from finance_kit.plan.yaml_characters import FORBIDDEN, forbidden_code
from finance_kit.timeline import Month

__all__ = ["CURRENCY_OF", "PROFILE_QUESTIONS", "Question", "answer_problem", "profile_from_answers"]

CURRENCY_OF: Final[Mapping[str, str]] = MappingProxyType({"KH": "KHR", "MM": "MMK", "TH": "THB", "VN": "VND"})
"""Currency that a new plan is written in, by country; whoever reckons in another one changes it in the file."""

_LONGEST_ANSWER = 100
_LARGEST = 1e12


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the profile.

    ``kind`` says what an answer is: ``text``; ``choice`` one of ``choices``; ``count`` a whole number from 1;
    ``positive`` a number above 0; ``amount`` a number from 0; ``month`` as 2027-03. ``unit`` says in what.
    """

    id: str
    text: str
    kind: Literal["text", "choice", "count", "positive", "amount", "month"]
    example: str
    unit: str | None = None
    choices: tuple[str, ...] = ()


PROFILE_QUESTIONS: Final[tuple[Question, ...]] = (
    Question("name", "What is the name of the cluster?", "text", "Pepper growers of Kampong Trach"),
    Question("country", "In which country? (KH, MM, TH or VN)", "choice", "KH", choices=tuple(CURRENCY_OF)),
    Question("province", "In which province?", "text", "Kampot"),
    Question("members", "How many members has it?", "count", "24", "members"),
    Question("product", "What is the main product or service?", "text", "Dried black pepper"),
    Question("unit", "In which unit is it sold?", "text", "kg"),
    Question("price", "At what price is one unit sold?", "positive", "24000", "money of the country, for one unit"),
    Question("volume", "How many units are sold in a usual month?", "positive", "900", "units a month"),
    Question(
        "input_cost", "What do the inputs for one unit cost? (0 if none)", "amount", "14000", "money, for one unit"
    ),
    Question(
        "monthly_costs",
        "What does a month cost beside inputs: rent, energy, transport, pay?",
        "amount",
        "2500000",
        "money a month",
    ),
    Question("investment", "What is to be bought?", "text", "Solar dryer"),
    Question("investment_cost", "What does it cost?", "positive", "40000000", "money"),
    Question("life_years", "For how many years will it last?", "count", "10", "years"),
    Question("own_money", "How much of it do the members pay in cash? (0 if nothing)", "amount", "16000000", "money"),
    Question("start", "In which month does the plan begin?", "month", "2027-03", "year and month"),
)
"""The questions in their order; every one of them is needed."""


def answer_problem(question: Question, answer: str) -> Issue | None:
    """Why an answer cannot be used; ``None`` when it can."""
    text = answer.strip()
    found = FORBIDDEN.search(text)
    if found is not None:
        return _issue(forbidden_code(found[0]), question, codepoint=f"U+{ord(found[0]):04X}")
    if not text:
        return _issue("answer_empty", question, example=question.example)
    if len(text) > _LONGEST_ANSWER:
        return _issue("answer_too_long", question, count=len(text), limit=_LONGEST_ANSWER)
    if question.kind == "choice" and text.upper() not in question.choices:
        return _issue("answer_not_a_choice", question, found=text, choices=", ".join(question.choices))
    if question.kind == "month":
        try:
            Month.parse(_latin(text))
        except CalculationError:
            return _issue("answer_not_a_month", question, found=text, example=question.example)
    if question.kind in ("count", "positive", "amount"):
        return _number_problem(question, text)
    return None


def profile_from_answers(answers: Mapping[str, str]) -> str:
    """A profile as a plan file that can be worked out at once.

    Parameters
    ----------
    answers : question id -> what was typed; numbers may have thousands separators and digits of any script

    Returns
    -------
    YAML text; texts are quoted, so that nothing in them is read as YAML

    Raises
    ------
    PlanError : ``answers_have_faults``, with every answer that is missing or cannot be used
    """
    found = [answer_problem(question, answers.get(question.id, "")) for question in PROFILE_QUESTIONS]
    issues = [issue for issue in found if issue is not None]
    if issues:
        raise PlanError("answers_have_faults", issues, count=len(issues))
    typed = {question.id: _value(question, answers[question.id]) for question in PROFILE_QUESTIONS}
    country = typed["country"]
    own = ""
    if float(typed["own_money"]) > 0:
        own = f"\nfinancing:\n  contributions:\n    - month: 1\n      amount: {typed['own_money']}\n"
    return _PROFILE.format(
        **typed, currency=CURRENCY_OF[country], life_months=int(float(typed["life_years"])) * 12, own=own
    )


_PROFILE: Final = """\
# A profile: about a dozen answers for a first view of one year. `check` says what is missing or hard to believe, and
# `grow` turns this file into a full plan without typing anything twice. All amounts are in {currency}.
schema_version: 1
depth: profile
title: {name}
period:
  start: "{start}"
  months: 12
  currency: {currency}
cluster:
  name: {name}
  product: {product}
  country: {country}
  province: {province}
  number_of_members: {members}
products:
  - name: {product}
    unit: {unit}
    price: {price}
    volume_per_month: {volume}
    input_cost_per_unit: {input_cost}
fixed_costs:
  - name: Costs of a month beside inputs
    amount: {monthly_costs}
assets:
  - name: {investment}
    unit_cost: {investment_cost}
    life_months: {life_months}  # the answer in years, times 12
{own}"""


def _issue(code: str, question: Question, **params: object) -> Issue:
    return Issue(code, Where(question.id), {"question": question.text, **params})


def _latin(text: str) -> str:
    """The text with digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def _number(text: str) -> float | None:
    """The number that is certainly meant. ``1.200`` is not certain: here it may stand for 1200 or for 1.2."""
    whole, dot, fraction = _latin(text).strip().partition(".")
    if dot and len(fraction) == 3 and len(whole) <= 3 and whole.strip("0"):
        return None
    plain = plain_number(text)
    return None if plain is None or "%" in text else float(plain)


def _number_problem(question: Question, text: str) -> Issue | None:
    number = _number(text)
    if number is None:
        return _issue("answer_not_a_number", question, found=text, example=question.example)
    if number > _LARGEST:
        return _issue("answer_too_large", question, found=text)
    if question.kind == "count" and (number < 1 or not number.is_integer()):
        return _issue("answer_not_a_count", question, found=text, example=question.example)
    if question.id == "life_years" and number > 50:
        return _issue("answer_life_too_long", question, found=text, limit=50)
    if question.id == "members" and number > 1_000_000:
        return _issue("answer_too_large", question, found=text)
    if number < 0 or (question.kind == "positive" and number == 0):
        return _issue("answer_not_positive", question, found=text, example=question.example)
    return None


def _value(question: Question, answer: str) -> str:
    """An answer as it stands in the file."""
    text = answer.strip()
    if question.kind == "text":
        return json.dumps(text, ensure_ascii=False)
    if question.kind == "choice":
        return text.upper()
    if question.kind == "month":
        return _latin(text)
    number = _number(text) or 0.0
    return f"{number:.0f}" if number.is_integer() else f"{number:.12g}"
