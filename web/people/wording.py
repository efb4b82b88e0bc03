"""Sentences of this area that are chosen by a code: what is wrong with a field, what a role may do, what happened."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import lazy_gettext

from web.people.passphrases import LONGEST, SHORTEST

__all__ = ["ACTIONS", "FAULTS", "ORGANISATION_ROLES", "ROLES", "SCOPES", "SHORT_ROLES"]

FAULTS: Final[dict[str, Any]] = {
    "passphrase_short": lazy_gettext(
        "The passphrase is too short. Take at least %(least)s characters; three or four words make a good one.",
        least=SHORTEST,
    ),
    "passphrase_long": lazy_gettext("The passphrase is longer than %(most)s characters.", most=LONGEST),
    "passphrase_is_name": lazy_gettext("The passphrase is little more than your name. Take other words."),
    "passphrase_is_product": lazy_gettext("The passphrase is little more than the name of this program."),
    "passphrase_common": lazy_gettext("This passphrase is among the first that a stranger would try. Take another."),
    "passphrase_differs": lazy_gettext("The two passphrases are not the same. Type it again in both fields."),
    "passphrase_wrong": lazy_gettext("This is not your passphrase."),
    "name_short": lazy_gettext("The name is too short. It needs at least 2 letters."),
    "name_long": lazy_gettext("The name is longer than 80 characters."),
    "name_characters": lazy_gettext("The name holds characters that cannot be seen. Type it again by hand."),
    "name_taken": lazy_gettext("This name is taken. Add the name of your village or cluster."),
    "sign_in_wrong": lazy_gettext("The name or the passphrase is not right."),
    "code_wrong": lazy_gettext("The name or the code is not right, or the code was used already or is too old."),
    "invitation_wrong": lazy_gettext("This invitation was used already, is too old or was taken back."),
    "first_key_wrong": lazy_gettext("This is not the key that the window of “finance-kit serve” shows."),
    "person_unknown": lazy_gettext("Nobody here has this name. Check the spelling, or send a link instead."),
    "person_is_owner": lazy_gettext("This plan is yours already."),
    "manager_is_self": lazy_gettext("This is you. To step down, make somebody else the manager, then leave."),
    "role_unknown": lazy_gettext("Choose what the person may do."),
    "label_missing": lazy_gettext("Give it a name, so that you know later what it is for."),
    "expiry_unknown": lazy_gettext("Choose how long it works."),
    "confirm_missing": lazy_gettext("Tick the box to confirm."),
}
"""What is wrong with a form, by code."""

ROLES: Final[dict[str, Any]] = {
    "owner": lazy_gettext("owner: everything, sharing and deleting too"),
    "editor": lazy_gettext("editor: reads and changes the plan"),
    "viewer": lazy_gettext("viewer: reads the plan, changes nothing"),
    "adviser": lazy_gettext("adviser: reads the plan and comments, changes nothing"),
}
SHORT_ROLES: Final[dict[str, Any]] = {"viewer": lazy_gettext("may read"), "editor": lazy_gettext("may read and change")}
ORGANISATION_ROLES: Final[dict[str, Any]] = {
    "member": lazy_gettext("member: may show plans of their own to the advisers"),
    "adviser": lazy_gettext("adviser: reads and comments the plans that members put here"),
    "trainer": lazy_gettext("trainer: an adviser in a class"),
    "manager": lazy_gettext("manager: an adviser who also takes people in and out"),
}
SCOPES: Final[dict[str, Any]] = {
    "read": lazy_gettext("read plans and results"),
    "write": lazy_gettext("read and change plans"),
}
ACTIONS: Final[dict[str, Any]] = {
    "viewed": lazy_gettext("opened the plan"),
    "changed": lazy_gettext("changed the plan"),
    "document.asked": lazy_gettext("had a document made"),
    "document.downloaded": lazy_gettext("downloaded a document"),
    "plan.downloaded": lazy_gettext("downloaded the plan"),
    "plan.opened_from_file": lazy_gettext("made the plan from a file"),
    "template.added": lazy_gettext("sent in a Word template"),
    "template.removed": lazy_gettext("removed a Word template"),
    "shared": lazy_gettext("gave somebody access"),
    "unshared": lazy_gettext("took somebody's access away"),
    "left": lazy_gettext("gave up their access"),
    "link_made": lazy_gettext("made a link"),
    "link_ended": lazy_gettext("took a link back"),
    "link_used": lazy_gettext("got access by a link"),
    "organisation_shown": lazy_gettext("showed the plan to an organisation"),
    "organisation_hidden": lazy_gettext("took the plan out of an organisation"),
}
