"""The few questions of a profile, what a sound answer is, and the plan file that the answers make."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from finance_kit.errors import CalculationError, Issue, PlanError, Where
from finance_kit.plan.found import plain_number
from finance_kit.plan.yaml_characters import FORBIDDEN, forbidden_code
from finance_kit.timeline import Month

__all__ = [
    "CURRENCY_OF",
    "PROFILE_QUESTIONS",
    "Question",
    "answer_problem",
    "applies",
    "draft_from_answers",
    "profile_from_answers",
]

CURRENCY_OF: Final[Mapping[str, str]] = MappingProxyType({"KH": "KHR", "MM": "MMK", "TH": "THB", "VN": "VND"})
"""Currency that a new plan is written in, by country; whoever reckons in another one changes it in the file."""

_LONGEST_ANSWER = 100
_LARGEST = 1e12


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the profile.

    ``kind`` says what an answer is: ``text``; ``choice`` one of ``choices``; ``count`` a whole number from 1;
    ``positive`` a number above 0; ``amount`` a number from 0; ``rate`` a fraction or per cent; ``month`` as 2027-03.
    ``only_after`` names the question whose answer must be above 0 for this one to be asked.
    """

    id: str
    text: str
    kind: Literal["text", "choice", "count", "positive", "amount", "rate", "month"]
    example: str
    choices: tuple[str, ...] = ()
    only_after: str | None = None

    def asked(self, answers: Mapping[str, str]) -> str:
        """The question in words, with the currency and the unit that earlier answers mean."""
        country = answers.get("country", "").strip().upper()
        words = {"currency": CURRENCY_OF.get(country, "money of the country"), "unit": "unit"}
        unit = answers.get("unit", "").strip()
        return self.text.format_map(words | ({"unit": unit} if unit else {}))


PROFILE_QUESTIONS: Final[tuple[Question, ...]] = (
    Question("name", "What is the name of the cluster?", "text", "Pepper growers of Kampong Trach"),
    Question("country", "In which country? (KH, MM, TH or VN)", "choice", "KH", choices=tuple(CURRENCY_OF)),
    Question("province", "In which province?", "text", "Kampot"),
    Question("members", "How many members has it?", "count", "24"),
    Question("product", "What is the main product or service?", "text", "Dried black pepper"),
    Question("unit", "In which unit is it sold?", "text", "kg"),
    Question("price", "At what price is one {unit} sold, in {currency}?", "positive", "24000"),
    Question("volume", "How many {unit} are sold in a usual month?", "positive", "900"),
    Question("input_cost", "What do the inputs for one {unit} cost, in {currency}? (0 if none)", "amount", "14000"),
    Question(
        "monthly_costs",
        "What does a month cost beside inputs, in {currency}: rent, energy, transport, pay together?",
        "amount",
        "2500000",
    ),
    Question("investment", "What is to be bought?", "text", "Solar dryer"),
    Question("investment_cost", "What does it cost, in {currency}?", "positive", "40000000"),
    Question("life_years", "For how many years will it last?", "count", "10"),
    Question(
        "own_money", "How much of it do the members pay in cash, in {currency}? (0 if nothing)", "amount", "16000000"
    ),
    Question("loan", "How much is to be borrowed, in {currency}? (0 if nothing)", "amount", "24000000"),
    Question("loan_rate", "At what interest a year?", "rate", "12 %", only_after="loan"),
    Question("loan_months", "In how many equal monthly instalments is it repaid?", "count", "36", only_after="loan"),
    Question("start", "In which month does the plan begin?", "month", "2027-03"),
)
"""The questions in their order; all are needed, those about a loan only where there is one."""


def applies(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether a question is to be asked after these answers."""
    if question.only_after is None:
        return True
    number = _number(answers.get(question.only_after, ""))
    return number is not None and number > 0


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
    if question.kind == "rate" and _rate(text) is None:
        return _issue("answer_not_a_rate", question, found=text)
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
    asked = [question for question in PROFILE_QUESTIONS if applies(question, answers)]
    found = [answer_problem(question, answers.get(question.id, "")) for question in asked]
    issues = [issue for issue in found if issue is not None]
    if issues:
        raise PlanError("answers_have_faults", issues, count=len(issues))
    return draft_from_answers(answers)


def draft_from_answers(answers: Mapping[str, str]) -> str:
    """A profile as far as its questions are answered: the plan file asks for the others in comments.

    Parameters
    ----------
    answers : question id -> what was typed, each without a problem; some may be missing
    """
    typed = {q.id: _value(q, answers[q.id]) for q in PROFILE_QUESTIONS if q.id in answers and applies(q, answers)}
    if "country" in typed:
        typed["currency"] = CURRENCY_OF[typed["country"]]
    if "life_years" in typed:
        typed["life_months"] = str(int(float(typed["life_years"])) * 12)
    sections = list(_SECTIONS)
    paid = [part for name, part in _FINANCING if float(typed.get(name, "0")) > 0]
    if paid:
        sections.append("financing:\n" + "".join(paid))
    return _HEAD.format(currency=typed.get("currency", "the plan's currency")) + "".join(
        _filled(section, typed) for section in sections
    )


_HEAD: Final = """\
# A profile: a few answers for a first view of one year. `check` says what is missing or hard to believe, and `grow`
# turns this file into a full plan without typing anything twice. All amounts are in {currency}.
"""
_SECTIONS: Final = (
    "schema_version: 1\ndepth: profile\n",
    "title: {name}\n",
    """\
period:
  start: "{start}"
  months: 12
  currency: {currency}
""",
    """\
cluster:
  name: {name}
  product: {product}
  country: {country}
  province: {province}
  number_of_members: {members}
""",
    """\
products:
  - name: {product}
    unit: {unit}
    price: {price}
    volume_per_month: {volume}
    input_cost_per_unit: {input_cost}
""",
    """\
fixed_costs:
  - name: Costs of a month beside inputs
    amount: {monthly_costs}
""",
    """\
assets:
  - name: {investment}
    unit_cost: {investment_cost}
    life_months: {life_months}  # the answer in years, times 12
""",
)
_FINANCING: Final = (
    ("own_money", "  contributions:\n    - month: 1\n      amount: {own_money}\n"),
    (
        "loan",
        """\
  loans:
    - name: Loan for the investment
      principal: {loan}
      annual_rate: {loan_rate}
      instalments: {loan_months}
      repayment: annuity  # equal instalments
""",
    ),
)
_FIELD: Final = re.compile(r"\{(\w+)\}")


def _filled(section: str, typed: Mapping[str, str]) -> str:
    """A section with its answers. A line that waits for one is a comment, and so is a list that has no name yet."""
    lines = section.splitlines()
    waits = [any(field not in typed for field in _FIELD.findall(line)) for line in lines]
    nameless = len(lines) > 1 and lines[1].startswith("  - ") and waits[1]
    filled = []
    for line, waiting in zip(lines, waits, strict=True):
        text = line.format_map(typed) if not waiting else _FIELD.sub("...", line)
        indent = "" if nameless else text[: len(text) - len(text.lstrip())]
        filled.append(f"{indent}# {text[len(indent) :]}\n" if nameless or waiting else f"{text}\n")
    return "".join(filled)


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


def _rate(text: str) -> float | None:
    """A yearly rate as a fraction: ``12 %`` or ``0.12``; ``12`` alone could be either, and is neither."""
    plain = plain_number(text)
    rate = None if plain is None else float(plain)
    return rate if rate is not None and 0.0 <= rate < 1.0 else None


def _number_problem(question: Question, text: str) -> Issue | None:
    number = _number(text)
    if number is None:
        return _issue("answer_not_a_number", question, found=text, example=question.example)
    if question.kind == "count" and (number < 1 or not number.is_integer()):
        return _issue("answer_not_a_count", question, found=text, example=question.example)
    if question.id == "life_years" and number > 50:
        return _issue("answer_life_too_long", question, found=text, limit=50)
    if number > {"members": 1_000_000, "loan_months": 240}.get(question.id, _LARGEST):
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
    number = (_rate(text) if question.kind == "rate" else _number(text)) or 0.0
    return f"{number:.0f}" if number.is_integer() else f"{number:.12g}"
