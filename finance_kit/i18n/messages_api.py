"""English words for what a program sends through the programming interface."""

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    "json_expected": "The body is not of the kind application/json.",
    "json_too_large": "The body is larger than {limit} MiB.",
    "json_unreadable": "The body is not JSON in UTF-8. Numbers are plain: no NaN, no Infinity, at most 400 digits.",
    "json_not_an_object": "The body is not a JSON object. Send one, in curly brackets.",
    "json_too_deep": "More than {limit} brackets lie inside each other in the body.",
    "json_key_twice": "The key {path} stands twice in one object. Keep one of them.",
    "json_does_not_fit": "The request does not fit the description. See the problems, field by field.",
    "json_field_missing": "{path} is missing.",
    "json_field_unknown": "{path} is not known here. Leave it out, or correct its spelling.",
    "json_field_wrong": "{path} does not have the form that the description asks for.",
    "json_not_whole": "{path} is not a whole number.",
    "json_not_text": "{path} is not a text.",
    "json_not_yes_or_no": "{path} is neither true nor false.",
    "json_not_a_list": "{path} is not a list.",
    "json_not_an_object_here": "{path} is not an object.",
    "json_not_a_choice": "{path} is none of the choices: {expected}.",
    "json_too_long": "{path} is too long; at most {max_length}.",
    "json_too_short": "{path} is too short; at least {min_length}.",
    "json_out_of_range": "{path} is a number outside the range that the description gives.",
    "token_for_reading": "This token is for reading only. Make one that may write, on the page of your account.",
    "plan_not_usable": "The plan has problems that must be mended before anything is calculated.",
    "plan_no_country": "The plan names no country yet, so there are no lenders to choose from.",
    "lender_not_of_country": "There is no such lender in the plan's country.",
    "plan_changed_by_others": "Somebody else changed the same fields. The other changes are saved.",
}
