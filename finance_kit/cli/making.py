"""Commands that start plans: new, grow, samples, schema."""

from __future__ import annotations

from pathlib import Path

import click

from finance_kit.cli.reading import JSON, print_json

__all__ = ["grow_command", "new_command", "samples_command", "schema_command"]


@click.command("new", epilog="Example: finance-kit new my-plan.yaml --activity pottery --country TH")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--activity", help="Trade of the starter file; without it, questions are asked at the prompt.")
@click.option("--country", type=click.Choice(["KH", "MM", "TH", "VN"]), default="KH", show_default=True)
@click.option("--depth", type=click.Choice(["profile", "full"]), default="full", show_default=True)
@click.option("--list", "list_only", is_flag=True, is_eager=False, help="List the trades and stop.")
def new_command(target: Path, activity: str | None, country: str, depth: str, list_only: bool) -> None:
    """Start a plan in the file TARGET.

    With --activity, a commented starter file of that trade is written: no number is filled in, `check` asks for them.
    Without it, about a dozen questions at the prompt make a profile that `run` can work out at once.
    """
    from finance_kit import service

    if list_only:
        for name in service.activities():
            click.echo(name)
        return
    service.refuse_existing(target)
    text = service.starter(activity, country, depth) if activity else _asked()
    service.write_new(target, text)
    click.echo(f"Written: {target}")
    click.echo(f"Next: finance-kit check {target}")


def _asked() -> str:
    """Ask the profile's questions one after the other; an answer that cannot be is asked again."""
    from finance_kit import service
    from finance_kit.i18n.catalog import message

    answers: dict[str, str] = {}
    questions = service.profile_questions()
    for number, question in enumerate(questions, 1):
        click.echo(f"\n{number} of {len(questions)}. {question.text}")
        while True:
            answer = click.prompt(f"   for example {question.example}", prompt_suffix="\n   > ", type=str)
            problem = service.answer_problem(question, answer)
            if problem is None:
                answers[question.id] = answer
                break
            click.echo(f"   {message(problem)}")
    return service.profile_text(answers)


@click.command("grow", epilog="Example: finance-kit grow profile.yaml full-plan.yaml")
@click.argument("profile", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
def grow_command(profile: Path, target: Path) -> None:
    """Write a full plan to TARGET that keeps every line of PROFILE and asks for what a lender still needs."""
    from finance_kit import service

    service.grow_profile(profile, target)
    click.echo(f"Written: {target}")
    click.echo(f"Next: finance-kit check {target}")


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
def samples_copy(name: str, target: Path) -> None:
    """Copy the sample plan NAME to TARGET (a file or a folder) to work on it."""
    from finance_kit import service

    click.echo(f"Written: {service.copy_sample(name, target)}")


@click.command("schema", epilog="Example: finance-kit schema > plan.schema.json")
def schema_command() -> None:
    """Print the JSON Schema of the plan file, for editors that complete and check as you type."""
    from finance_kit import service

    print_json(service.plan_schema())
