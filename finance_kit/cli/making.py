"""Commands that start plans: new, grow, samples, schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from finance_kit.cli.reading import JSON, print_json

__all__ = ["grow_command", "new_command", "samples_command", "schema_command"]


def _list_trades(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Print the trades and stop."""
    if not wanted or context.resilient_parsing:
        return
    from finance_kit import service

    for name in service.activities():
        click.echo(name)
    context.exit()


@click.command("new", epilog="Example: finance-kit new my-plan.yaml --activity pottery --country TH")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--activity", help="Trade of the starter file; without it, questions are asked at the prompt.")
@click.option("--country", type=click.Choice(["KH", "MM", "TH", "VN"]), default="KH", show_default=True)
@click.option("--depth", type=click.Choice(["profile", "full"]), default="full", show_default=True)
@click.option(
    "--list", is_flag=True, is_eager=True, expose_value=False, callback=_list_trades, help="List the trades and stop."
)
@JSON
def new_command(target: Path, activity: str | None, country: str, depth: str, as_json: bool) -> None:
    """Start a plan in the file TARGET.

    With --activity, a commented starter file of that trade is written: no number is filled in, `check` asks for them.
    Without it, questions at the prompt make a profile that `run` can work out at once.
    """
    from finance_kit import service

    service.refuse_place(target)
    if activity is None and as_json:
        raise click.UsageError("--json answers a program, which cannot be asked questions: name an --activity.")
    if activity is None:
        _ask(target)
    else:
        service.write_new(target, service.starter(activity, country, depth))
    _tell_written(target, as_json)


def _tell_written(target: Path, as_json: bool) -> None:
    """Say what was written and what comes next."""
    if as_json:
        print_json({"written": str(target)})
    else:
        click.echo(f"Written: {target}")
        click.echo(f"Next: finance-kit check {target}")


def _ask(target: Path) -> None:
    """Ask the profile's questions and write it; whoever stops half-way finds the answers so far in the file."""
    from finance_kit import service

    answers: dict[str, str] = {}
    click.echo("Ctrl-C stops and keeps the answers given so far. Every answer can be changed in the file afterwards.")
    try:
        for number, question in enumerate(service.profile_questions(), 1):
            if service.question_applies(question, answers):
                answers[question.id] = _answer(number, question, answers)
    except click.Abort:
        if answers:
            service.write_new(target, service.profile_draft(answers))
            click.echo(
                f"\nWritten so far: {target}\nNext: finance-kit check {target}, which lists what is missing", err=True
            )
        raise
    service.write_new(target, service.profile_text(answers))


def _answer(number: int, question: Any, answers: dict[str, str]) -> str:
    """The answer to one question; one that cannot be is asked again."""
    from finance_kit import service
    from finance_kit.i18n.catalog import message

    click.echo(f"\n{number}. {question.asked(answers)}")
    while True:
        answer: str = click.prompt(f"   for example {question.example}", prompt_suffix="\n   > ", type=str)
        problem = service.answer_problem(question, answer)
        if problem is None:
            return answer
        click.echo(f"   {message(problem)}")


@click.command("grow", epilog="Example: finance-kit grow profile.yaml full-plan.yaml")
@click.argument("profile", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@JSON
def grow_command(profile: Path, target: Path, as_json: bool) -> None:
    """Write a full plan to TARGET that keeps every line of PROFILE and asks for what a lender still needs."""
    from finance_kit import service

    service.grow_profile(profile, target)
    _tell_written(target, as_json)


@click.group("samples", invoke_without_command=True, epilog="Example: finance-kit samples copy th-pottery-kiln")
@JSON
@click.pass_context
def samples_command(context: click.Context, as_json: bool) -> None:
    """List the sample plans that come with Finance Kit. All of them are fictional teaching cases."""
    if context.invoked_subcommand is not None:
        return
    from finance_kit import service

    if as_json:
        print_json(service.sample_names())
    else:
        for name in service.sample_names():
            click.echo(name)


@samples_command.command("copy", epilog="Example: finance-kit samples copy th-pottery-kiln my-plan.yaml")
@click.argument("name")
@click.argument("target", type=click.Path(path_type=Path), default=Path())
@JSON
def samples_copy(name: str, target: Path, as_json: bool) -> None:
    """Copy the sample plan NAME to TARGET (a file or a folder) to work on it."""
    from finance_kit import service

    _tell_written(service.copy_sample(name, target), as_json)


@click.command("schema", epilog="Example: finance-kit schema > plan.schema.json")
@click.option("--json", is_flag=True, expose_value=False, help="As it is without: the schema is JSON.")
def schema_command() -> None:
    """Print the JSON Schema of the plan file, for editors that complete and check as you type."""
    from finance_kit import service

    print_json(service.plan_schema())
