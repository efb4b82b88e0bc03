"""What to say when a file that comes with Finance Kit is not there."""

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    "resource_missing": 'There is no {kind} called "{name}". Choose one of: {known}.',
    "resource_folder_missing": (
        'The folder "{name}" that comes with Finance Kit was not found: the installation is incomplete. '
        "Install Finance Kit again, or run it from a full copy of its source."
    ),
}
