"""English words for a change that does not fit a plan in the making."""

from __future__ import annotations

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    "draft_not_a_plan": "This is no plan: a plan has sections such as products and period.",
    "draft_change": "This change cannot be understood ({path}). Please load the page again.",
    "draft_path": 'No field of a plan is called "{path}". Please load the page again.',
    "draft_row_missing": "The row that was changed is not in the plan any more ({path}). Please load the page again.",
    "draft_row_exists": "The plan has this row already ({path}). Please load the page again.",
    "draft_not_a_section": "A single value stands where a section belongs ({path}). Please clear it first.",
    "draft_not_a_list": "A single value stands where a list belongs ({path}). Please clear it first.",
    "draft_too_large": "The plan would have {mebibytes} MiB; it may have {limit}. Please shorten its texts.",
    "draft_too_many_changes": "{count} changes were sent at once; there may be {limit}. Please send them in parts.",
    "not_plain_value": "{found} is not a text, a number, true or false.",
}
