"""Commands that read a plan: check, run, explain."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from finance_kit.cli.codes import FAILED, NOT_READY

if TYPE_CHECKING:
    from finance_kit.errors import Issue

__all__ = ["JSON", "PLAN", "check_command", "explain_command", "issue_as_json", "print_json", "run_command"]

PLAN = click.argument("plan", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")


def print_json(value: Any) -> None:
    """JSON as other programs expect it: UTF-8, no NaN."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=str))


def issue_as_json(issue: Issue) -> dict[str, Any]:
    """An issue with its sentence."""
    from finance_kit.i18n.catalog import message

    where = issue.where
    return {
        "code": issue.code,
        "severity": issue.severity,
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "path": where.path,
        "message": message(issue.code, dict(issue.params)),
        "params": {name: str(value) for name, value in issue.params.items()},
    }


@click.command("check", epilog="Example: finance-kit check my-plan.yaml")
@PLAN
@JSON
def check_command(plan: Path, as_json: bool) -> None:
    """List everything in PLAN that is missing or implausible.

    Each line names file, line, column and field, what was found and what is needed. Leaves with 1 when there is
    something that must be mended before figures can be reckoned.
    """
    from finance_kit import service
    from finance_kit.i18n.catalog import render

    loaded = service.check(plan)
    errors = loaded.errors
    if as_json:
        print_json({"ok": not errors, "issues": [issue_as_json(issue) for issue in loaded.issues]})
    else:
        headings = {
            "error": "Must be mended before figures can be reckoned",
            "warning": "A lender will ask",
            "note": "Good to know",
        }
        for severity, heading in headings.items():
            found = [issue for issue in loaded.issues if issue.severity == severity]
            if found:
                click.echo(f"{heading} ({len(found)})")
                for issue in found:
                    click.echo(f"  {render(issue)}")
        if not loaded.issues:
            click.echo(f"{plan.name}: nothing is missing.")
        elif not errors:
            click.echo(f"{plan.name}: the figures can be reckoned.")
    if errors:
        sys.exit(FAILED)


@click.command("run", epilog="Example: finance-kit run my-plan.yaml")
@PLAN
@JSON
@click.option("--gate", is_flag=True, help="Leave with 3 when no lender profile finds the plan ready.")
@click.option("--months", is_flag=True, help="Also show the monthly cash flow of the first year.")
def run_command(plan: Path, as_json: bool, gate: bool, months: bool) -> None:
    """Show the key figures of PLAN, its yearly statements, readiness, and what is weak."""
    from finance_kit import service

    opened = service.run(plan)
    if as_json:
        print_json(service.as_json(opened))
    else:
        from finance_kit.cli.screens import show_run

        show_run(opened, months=months)
    if gate and not service.is_ready(opened):
        sys.exit(NOT_READY)


def _list_figures(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Print the names of all figures and stop."""
    if not wanted or context.resilient_parsing:
        return
    from finance_kit import service

    labels = service.figure_labels()
    width = max(map(len, labels))
    for name, label in labels.items():
        click.echo(f"{name:{width}}  {label}")
    context.exit()


@click.command("explain", epilog="Example: finance-kit explain my-plan.yaml dscr 2027")
@PLAN
@click.argument("figure")
@click.argument("period", required=False)
@click.option("--depth", type=click.IntRange(0, 6), default=1, show_default=True, help="Levels of inputs to show.")
@click.option(
    "--list", is_flag=True, is_eager=True, expose_value=False, callback=_list_figures, help="List all figures and stop."
)
@JSON
def explain_command(plan: Path, figure: str, period: str | None, depth: int, as_json: bool) -> None:
    """Show how FIGURE of PERIOD comes about: formula, inputs, and where each number was stated.

    FIGURE is the name of a line or an indicator (revenue, cash, dscr, project_npv …). PERIOD is a year (2027, or
    2027/28), a month (2027-03), or left out for figures of the whole plan.
    """
    from finance_kit import service

    opened = service.run(plan)
    explanation = service.explain_figure(opened, figure, period, depth)
    if as_json:
        print_json(explanation.to_json())
    else:
        from finance_kit.cli.screens import show_explanation

        show_explanation(opened, explanation)
