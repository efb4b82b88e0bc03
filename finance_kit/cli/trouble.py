"""How trouble is told: in words on standard error, or with ``--json`` as JSON where the answer would have stood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import click

from finance_kit.cli.codes import FAILED, WRONG_USE

__all__ = ["tell"]

_NOT_THERE: Final = frozenset({
    "lender_folder_missing", "loan_figure_unknown", "loan_file_unknown", "loan_instalment_unknown", "loan_row_unknown",
    "month_needed_for_figure", "offer_none_given", "pack_missing", "period_needed", "period_unknown",
    "plan_loan_unknown", "profile_of_other_country", "profile_unknown", "resource_missing", "template_missing",
    "unknown_figure", "unknown_fix", "unknown_view", "year_needed",
})  # fmt: skip
"""Codes of what was asked for by a name or number that there is not: wrong usage, where a file is right."""


def tell(failure: Exception, arguments: Sequence[str]) -> int:
    """Say what went wrong and give the exit code; what is not ours is raised again.

    Parameters
    ----------
    failure : what ended the command
    arguments : what it was called with; ``--json`` among them asks for an object with ``ok`` (false), ``code``,
        ``message``, and ``file``, ``line``, ``column`` and ``path`` of the first problem (null where there is none),
        and ``issues`` as ``check`` lists them
    """
    if "--json" in arguments:
        return _in_json(failure)
    if isinstance(failure, click.ClickException):
        failure.show()
        return WRONG_USE
    code, words, issues = _parts(failure)
    if issues:
        from finance_kit.i18n.catalog import render

        for issue in issues:
            click.echo(render(issue), err=True)
    click.echo(words, err=True)
    return _exit_code(failure, code)


def _in_json(failure: Exception) -> int:
    from finance_kit.cli.reading import issue_as_json, print_json

    code, words, found = _parts(failure)
    issues = [issue_as_json(issue) for issue in found]
    first = next((issue for issue in issues if issue["severity"] == "error"), {})
    place = {name: first.get(name) or None for name in ("file", "line", "column", "path")}
    if isinstance(failure, OSError) and failure.filename is not None:
        place["file"] = str(failure.filename)
    print_json({"ok": False, "code": code, "message": words, **place, "issues": issues})
    return _exit_code(failure, code)


def _parts(failure: Exception) -> tuple[str, str, tuple[Any, ...]]:
    """Code, sentence and problems of a failure; what is not ours is raised again."""
    from finance_kit.errors import FinanceKitError, PlanError
    from finance_kit.i18n.catalog import message

    if isinstance(failure, click.Abort):
        return "stopped", "Stopped.", ()
    if isinstance(failure, click.ClickException):
        return "wrong_usage", failure.format_message(), ()
    if isinstance(failure, OSError):
        path = str(failure.filename) if failure.filename is not None else None
        params = {"reason": failure.strerror or str(failure), "path": path}
        return "system_refused", message("system_refused", params), ()
    if not isinstance(failure, FinanceKitError):
        raise failure
    if isinstance(failure, PlanError):
        errors = sum(issue.severity == "error" for issue in failure.issues)
        return failure.code, f"{errors} to mend before anything can be reckoned.", failure.issues
    return failure.code, message(failure.code, dict(failure.params)), failure.issues


def _exit_code(failure: Exception, code: str) -> int:
    from finance_kit.errors import FinanceKitError, OutputError

    if not isinstance(failure, FinanceKitError) or isinstance(failure, OutputError):
        return WRONG_USE
    return WRONG_USE if code in _NOT_THERE and not failure.issues else FAILED
