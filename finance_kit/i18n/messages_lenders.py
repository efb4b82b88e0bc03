"""English words for what can be wrong with lender profiles: terms, what they are based on, the folders they lie in."""

from __future__ import annotations

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    "term_without_limit": "The term {term} has neither a least nor a most. Please write one of them; where the lender "
    "keeps it to itself, write not_published in the place of the whole term.",
    "term_limits_crossed": "The least of {term} ({least}) is above the most ({most}). Please change one of them.",
    "margin_missing": 'The rate is a margin over {reference}. Please add "margin", such as 0.03 for 3 %.',
    "term_empty": "Nothing is written after this term. Please write its lines, or {word} where the lender keeps it to "
    "itself, or delete the line.",
    "no_term_for_fact": "by_terms stands for a number in the lender's terms, and there is none for {fact}. It can be "
    "used for: {known}. Please write the limit itself.",
    "unknown_source": 'There is no source called "{found}" under sources. Please add it there; those that there are: '
    "{known}.",
    "unknown_source+nearest": 'There is no source called "{found}" under sources. Did you mean "{nearest}"?',
    "based_on_circular": "Profiles are based on each other in a circle: {chain}. Please base one of them on a generic "
    "profile, such as kh_generic_bank.",
    "based_on_too_long": "More than {limit} profiles are based on each other. Please base this one on a generic "
    "profile.",
    "based_on_unknown": 'There is no profile "{found}" to be based on. Please choose one of: {known}.',
    "based_on_unknown+nearest": 'There is no profile "{found}" to be based on. Did you mean "{nearest}"?',
    "profile_unknown": 'There is no lender profile "{profile}". Please choose one of: {known}.',
    "plan_asks_for_no_loan": "The plan asks for no loan, so there is nothing to compare offers with. Please add one "
    "under financing.loans.",
    "plan_loan_unknown": 'The plan has no loan called "{loan}". Please choose one of: {known}.',
    "profile_of_other_country": 'The lender profile "{profile}" is for {found}, and the plan is in {country}. Please '
    "choose one of: {known}.",
    "profile_id_twice": 'The id "{profile}" is used by {other} as well. Please give each profile an id of its own.',
    "lender_folder_missing": "There is no folder {folder} of lender profiles. Please check its name.",
    "profile_replaced": "This file is used in place of the profile {profile} that comes with Finance Kit.",
    "lender_replaced": "{profile}: your file {file} is used in place of the profile that comes with Finance Kit.",
    "lender_old": "{profile}: {count} of its sources were last confirmed more than {months} months ago, or on no "
    "stated day. See finance-kit lenders show {profile}",
    "source_old": '"{title}" was last confirmed on {found}, {months} months ago or longer. Please look whether it '
    "still holds, and change the day.",
    "source_never_confirmed": '"{title}" is called published, and no day says when somebody last saw it. Please add '
    "last_confirmed.",
}
