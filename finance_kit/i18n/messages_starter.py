"""English words for answers to the questions of a profile, and for starting plans."""

from __future__ import annotations

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    "answers_have_faults": "{count} answers are missing or cannot be used. Please answer these questions again.",
    "plan_cannot_grow": "This file cannot be read as a plan, so nothing was added to it. Please mend it first; `check` "
    "lists its {count} faults.",
    "depth_unknown": '"{found}" is no depth of a plan. Please choose one of: {known}.',
    "answer_empty": "An answer is needed. Please write something like {example}.",
    "answer_too_long": "The answer has {count} characters; at most {limit} fit. Please shorten it.",
    "answer_not_a_choice": '"{found}" is none of the choices. Please write one of: {choices}.',
    "answer_not_a_month": '"{found}" is not a month. Please write year and month, such as {example}.',
    "answer_not_a_number": '"{found}" is not certain to be one number. Please write a plain number such as {example}, '
    "with a point for decimals only.",
    "answer_not_a_rate": '"{found}" is not certain to be a rate below 100 %. Please write it with its sign, such as '
    "12 %, or as a fraction, such as 0.12.",
    "answer_too_large": '"{found}" is too large to be right. Please check it.',
    "answer_not_a_count": '"{found}" is not a whole number from 1. Please write one such as {example}.',
    "answer_not_positive": '"{found}" is too small. Please write a number such as {example}.',
    "answer_life_too_long": "{found} years are too long; at most {limit} can be calculated. Please write fewer.",
}
