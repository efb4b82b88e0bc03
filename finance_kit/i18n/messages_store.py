"""English words for trouble with what is kept: the database, its copies, and who may change what."""

from __future__ import annotations

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    "store_full": "The disk is full. Nothing was saved just now; plans can still be read. Please free some space.",
    "store_busy": "The plans are in use by others at this moment. Nothing was saved just now; please try again.",
    "store_unreachable": "The plans cannot be reached at this moment. Nothing was saved just now; please try again.",
    "store_unreachable+file": "{file} cannot be opened. Please check that its folder is there, that you may write to "
    "it and that no disk is missing. Nothing was changed.",
    "store_damaged": "What was kept is damaged. Nothing was overwritten; please restore the newest copy: "
    "finance-kit store restore",
    "store_damaged+file": "{file} is damaged. It stays as it is and nothing was overwritten. Please keep a copy of it, "
    "then bring the newest copy back: finance-kit store restore",
    "store_newer": "The plans were kept by a newer Finance Kit (form {found}; this one knows {known}). "
    "Please install the newer one. Nothing was changed.",
    "store_not_ours": "This database holds tables of another program ({tables}). Please name an empty one.",
    "store_address": "This is no address of a database that can be used. Write sqlite:///path/of/a/file.sqlite3 or "
    "postgresql://user@host/name.",
    "store_driver_missing": "The part for PostgreSQL is not installed. Please install {extra}.",
    "store_setting": "The database did not accept a setting that keeps plans safe: {setting} is {found}, needed is "
    "{needed}. Nothing was changed.",
    "store_not_a_file": "This is only for plans kept in a file. Please use the tools of the database server (pg_dump).",
    "store_file_missing": "{file} is not there. Please check the name.",
    "store_copy_damaged": "{file} is no good copy of plans: {reason}. Nothing was changed.",
    "store_gone": "{file} is not there, but copies of it are in {folder}. Please bring one back: finance-kit store "
    "restore. To begin anew, move that folder away first.",
    "version_damaged": "Version {number} of plan {plan} is not what was written. Please bring a copy back: finance-kit "
    "store restore",
    "store_copy_exists": "{file} is there already. Please name a file that is not; copies are never overwritten.",
    "store_in_use": "{file} is in use. Please stop the server first, then restore again. Nothing was changed.",
    "plan_not_found": "This plan is not there, or it is not yours to change.",
    "plan_too_many": "You have {limit} plans, those in the bin too. Nothing more was kept; please delete some first.",
    "plan_changed": "The plan was changed meanwhile: it is at version {found}, you saw version {seen}. "
    "Please look at it first. Nothing was changed just now.",
    "version_not_found": "The plan has no version {number}.",
    "template_too_many": "You keep {limit} Word templates already. Remove one that you do not need any more, then send "
    "this one again.",
    "organisation_not_found": "This organisation is not there, or you do not belong to it.",
    "share_not_found": "This share is not there, or its time is over.",
    "share_role_unknown": '"{found}" is not what a plan can be shared as. Choose one of: {known}.',
    "share_expiry_needed": "A link needs an end that lies ahead.",
    "user_name_taken": 'The name "{name}" is taken. Please choose another one.',
    "user_name_unusable": "A name needs between 1 and 120 letters or digits on one line.",
    "user_role_unknown": '"{found}" is not a role. Choose one of: {known}.',
    "token_scope_unknown": '"{found}" is not what a token can be for. Choose one of: {known}.',
    "draft_base_unknown": "The plan has no version {base}. Please load the page again; what you typed is kept.",
    "draft_batch_reused": "Other changes were sent under the same name before, so these were not saved. "
    "Please load the page again; what you typed is kept.",
    "draft_batch": "The changes came without a name of their own. Please load the page again; what you typed is kept.",
}
