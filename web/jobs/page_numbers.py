"""Page numbers in the contents of a Word file: LibreOffice counts them, which takes ten times as long as all the rest.

While much work waits, of whatever kind, they are left to Word, which fills them in when it opens the file. Among the
options of a job ``page_numbers`` says so: ``False``, they were left out; ``True``, somebody wants them however many
wait; not there, as usual.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from finance_kit import service_documents

if TYPE_CHECKING:
    from finance_kit.store.jobs import JobView
    from web.jobs.limits import Limits

__all__ = ["OPTION", "hurry", "left_out", "may_be_left_out", "serves", "settled"]

OPTION: Final = "page_numbers"
_KINDS: Final = ("word",)  # a preview shows its pages, and they bear their numbers


def may_be_left_out(kind: str) -> bool:
    """Whether work of this kind is complete without page numbers."""
    return kind in _KINDS


def left_out(options: Mapping[str, Any]) -> bool:
    """Whether they were left out because many were waiting."""
    return options.get(OPTION) is False


def hurry(session: Any, kind: str, limits: Limits, itself: str = "") -> bool:
    """Whether so many others wait now that work of this kind goes without; then all of the line does.

    Otherwise who came early and is served late, when the line is short again, would make everybody wait longer.

    Parameters
    ----------
    kind : of the work
    itself : id of the job, when it stands in line already
    """
    from finance_kit.store import jobs

    if not may_be_left_out(kind) or not service_documents.office_is_here():
        return False
    line = jobs.in_line(session)
    if sum(job.id != itself for job in line) <= limits.crowd:
        return False
    for job in line:
        if may_be_left_out(job.kind) and OPTION not in job.options:
            jobs.choose(session, job, {**job.options, OPTION: False})
    return True


def settled(session: Any, job: JobView, limits: Limits) -> dict[str, Any]:
    """The options of a job that begins now; when its page numbers are left out, the job says so from here on."""
    from finance_kit.store import jobs

    options = dict(job.options)
    if OPTION in options or not hurry(session, job.kind, limits):
        return options
    options[OPTION] = False
    jobs.choose(session, job, options)
    return options


def serves(job: JobView, wanted: Mapping[str, Any], *, hurried: bool) -> bool:
    """Whether a job that is there already gives what is wanted.

    Parameters
    ----------
    job : waits, is in hand or done
    wanted : options
    hurried : much waits, so that a file without page numbers would be made again without them
    """
    made, asked = dict(job.options), dict(wanted)
    numbers, needed = made.pop(OPTION, None), asked.pop(OPTION, None)
    if made != asked:
        return False
    if needed:
        return numbers is True or (numbers is None and job.state == "done")
    return hurried or numbers is not False
