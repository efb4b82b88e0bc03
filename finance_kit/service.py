"""Use cases: what a person can ask of Finance Kit, for the command line and the web alike."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from finance_kit import resources
from finance_kit.errors import Issue, OutputError, PlanError
from finance_kit.places import document_place, plain_name, refuse_place
from finance_kit.plan.load import Loaded, load

__all__ = [
    "Run",
    "activities",
    "answer_problem",
    "as_json",
    "check",
    "copy_sample",
    "copy_template",
    "default_name",
    "document_place",
    "explain_figure",
    "export_docx",
    "figure_labels",
    "fingerprint",
    "formats",
    "grow_profile",
    "is_ready",
    "plan_schema",
    "profile_draft",
    "profile_questions",
    "profile_text",
    "question_applies",
    "refuse_place",
    "run",
    "sample_names",
    "starter",
    "trade_titles",
    "write_new",
]

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Run:
    """A plan that was opened and worked out; the heavy parts are made when first asked for.

    ``folders`` hold lender profiles of one's own. ``lenders`` are the ids of profiles to show in full, ``all_lenders``
    asks for every one of the country; else its generic bank and MFI are shown.
    """

    loaded: Loaded
    date: str
    folders: tuple[Path, ...] = ()
    lenders: tuple[str, ...] = ()
    all_lenders: bool = False

    @property
    def plan(self) -> Any:
        """The plan."""
        return self.loaded.plan

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """What a lender will ask about."""
        return tuple(issue for issue in self.loaded.issues if issue.severity != "error")

    @cached_property
    def basis(self) -> Any:
        """Projection and indicators."""
        from finance_kit.engine.projection import project
        from finance_kit.indicators.evaluate import evaluate
        from finance_kit.report.basis import Basis

        projection = project(self.plan)
        return Basis(self.plan, projection, evaluate(projection), self.date)

    @cached_property
    def _assessments(self) -> Any:
        from finance_kit.service_lenders import assess_by_country

        return assess_by_country(self.basis.indicators, self.folders, self.basis.stressed)

    @property
    def every_lender(self) -> Any:
        """Assessment by every profile of the plan's own country."""
        return self._assessments.every_one

    def by_lender(self, profile_id: str) -> Any:
        """Assessment by one profile of the plan's own country; KeyError where it is none of them."""
        return self._assessments[profile_id]

    @cached_property
    def lender_notes(self) -> tuple[str, ...]:
        """Profiles of one's own that replace one, and profiles with old sources, on the day of the run."""
        from finance_kit.service_lenders import notes

        return notes(self.folders, self.plan.cluster.country, date.fromisoformat(self.date))

    @cached_property
    def readiness(self) -> Any:
        """The assessments to show in full: those asked for, or the country's generic bank and generic MFI."""
        from finance_kit.service_lenders import chosen

        country = self.plan.cluster.country
        return chosen(self._assessments, self.lenders, country, everyone=self.all_lenders)

    @cached_property
    def context(self) -> Any:
        """The report context."""
        from finance_kit.report.context import build
        from finance_kit.report.desk import lay_out
        from finance_kit.service_lenders import desk_profile

        desk = lay_out(self.basis, *desk_profile(self.plan, self.folders, self.lenders))
        return build(self.basis, self.readiness, fingerprint(self.plan), desk)

    @cached_property
    def fixes(self) -> dict[str, Any]:
        """What would mend the plan for the lender on whose desk it lies, as plain values."""
        from finance_kit.readiness.fix_report import as_data
        from finance_kit.readiness.fixes import find_fixes
        from finance_kit.service_lenders import desk_profile

        profile, others = desk_profile(self.plan, self.folders, self.lenders)
        return as_data(find_fixes(self.plan, profile, others=others))


def fingerprint(plan: Any) -> str:
    """First twelve hexadecimal digits of the SHA-256 of the plan in canonical JSON: the same plan, the same print."""
    text = json.dumps(plan.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def check(path: Path) -> Loaded:
    """Everything that is missing or implausible in a plan file."""
    return load(path)


def run(
    path: Path,
    today: date | None = None,
    *,
    folders: tuple[Path, ...] = (),
    lenders: tuple[str, ...] = (),
    all_lenders: bool = False,
) -> Run:
    """Open a plan and make ready to work it out; see :class:`Run` for the lenders.

    Raises
    ------
    PlanError : the plan has errors; ``issues`` holds them all, warnings included
    """
    loaded = load(path)
    if not loaded.usable:
        raise PlanError("plan_has_errors", loaded.issues, file=path.name, count=len(loaded.errors))
    day = today or datetime.now().astimezone().date()
    return Run(loaded, day.isoformat(), folders, lenders, all_lenders)


def formats(opened: Run) -> Any:
    """How figures of this plan are written; see :class:`finance_kit.report.formats.Formats`."""
    from finance_kit.report.formats import Formats

    return Formats(opened.plan.period.currency)


def as_json(opened: Run) -> dict[str, Any]:
    """Everything that ``run`` knows: the report context, a line per lender, lines by month, indicators with reasons."""
    from finance_kit.report.figures import all_figures
    from finance_kit.service_lenders import summary

    lenders = [summary(assessment) for assessment in opened.every_lender]
    told = {"lenders": lenders, "lender_notes": list(opened.lender_notes)}
    return {"context": opened.context.to_json(), **told, **all_figures(opened.basis)}


def is_ready(opened: Run) -> bool:
    """Whether any of the profiles that are shown in full finds the plan ready to apply."""
    return any(assessment.outcome == "ready" for assessment in opened.readiness)


def figure_labels() -> dict[str, str]:
    """Name and label of every figure that can be explained: statement lines, then indicators."""
    from finance_kit.engine.catalogue import lines
    from finance_kit.indicators.registry import definitions

    return {name: entry.label for entries in (lines(), definitions()) for name, entry in entries.items()}


def explain_figure(opened: Run, name: str, period: str | None, depth: int = 1) -> Any:
    """A figure's formula, inputs and sources; see :func:`finance_kit.report.explain.explain`."""
    from finance_kit.report.explain import explain

    return explain(opened.basis.indicators, name, period, opened.loaded.source.where, depth=depth)


def export_docx(
    opened: Run,
    target: Path,
    *,
    with_score: bool = False,
    overwrite: bool = False,
    template: Path | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the Word business plan; the file appears only when it is complete.

    An earlier export is replaced as long as nobody has worked on it; ``overwrite`` replaces whatever is there.
    ``template`` is a Word file of one's own in place of the shipped one; it is data, looked at and bounded.

    Raises
    ------
    TemplateError : the template cannot be used, with the place and the tag
    OutputError : the place cannot be written, is the plan itself, or holds a file of another origin or worked on
    """
    from finance_kit.documents.docx import write_bank_plan
    from finance_kit.documents.docx_untouched import is_untouched_export
    from finance_kit.documents.own_template import read_template

    try:
        target = target / default_name(opened) if target.is_dir() else target
        is_the_plan = target.exists() and target.samefile(opened.loaded.source.file)
    except OSError as failure:
        raise OutputError("output_failed", path=str(target), reason=failure.strerror or "unknown") from None
    if is_the_plan:
        raise OutputError("output_is_the_plan", path=str(target))
    if target.is_file() and not overwrite and not is_untouched_export(target):
        raise OutputError("output_worked_on", path=str(target))
    own = read_template(template) if template else None
    if progress:
        progress("Reckoning the figures")
    context = opened.context
    if with_score:
        if progress:
            progress("Looking for what would mend it")
        context = replace(context, fixes=(opened.fixes,))
    return write_bank_plan(context, target, with_score=with_score, template=own, progress=progress)


def copy_template(target: Path) -> Path:
    """Copy the shipped Word template to be restyled in Word; an existing file is never overwritten.

    Raises
    ------
    OutputError : the target exists or cannot be written
    """
    from finance_kit.documents.own_template import SHIPPED

    source = resources.template(SHIPPED)
    return write_new(target / source.name if target.is_dir() else target, source.read_bytes())


def default_name(opened: Run) -> str:
    """File name of an exported plan: cluster, lender type, date, language; plain letters only."""
    return f"{plain_name(opened.plan.cluster.name) or 'plan'}_bank_{opened.date}_en.docx"


def plan_schema() -> dict[str, Any]:
    """JSON Schema of the plan file."""
    from finance_kit.plan.schema import json_schema

    return json_schema()


def sample_names() -> list[str]:
    """Names of the sample plans that come with the package."""
    return [path.stem for path in resources.sample_plans()]


def copy_sample(name: str, target: Path) -> Path:
    """Copy a sample plan to be worked on; an existing file is never overwritten.

    Raises
    ------
    OutputError : the target exists or cannot be written
    """
    source = resources.sample_plan(name)
    target = target / source.name if target.is_dir() else target
    return write_new(target, source.read_text(encoding="utf-8"))


def write_new(target: Path, content: str | bytes) -> Path:
    """Write a file that does not exist yet, whole or not at all.

    Raises
    ------
    OutputError : it exists or cannot be written
    """
    from finance_kit.documents.docx_save import write_file

    refuse_place(target)
    try:
        target.open("x").close()  # takes the name, so that nobody's file of the same name is replaced below
    except OSError as failure:
        raise OutputError("output_failed", path=str(target), reason=failure.strerror or "unknown") from None
    try:
        return write_file(target, content.encode() if isinstance(content, str) else content)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def activities() -> list[str]:
    """Trades that a starter file can be written for."""
    from finance_kit.packs.load import activities as trades

    return list(trades())


def trade_titles() -> dict[str, str]:
    """Id and English title of every trade that a starter file can be written for."""
    from finance_kit.packs.load import activity

    return {name: activity(name).title for name in activities()}


def starter(activity: str, country: str, depth: str) -> str:
    """A commented starter file of a trade, without a single invented number.

    Raises
    ------
    PackError : there is no such trade
    """
    from finance_kit.plan.starter import starter_text

    return starter_text(activity, country, depth)


def profile_questions() -> tuple[Any, ...]:
    """The questions that make a profile, in order."""
    from finance_kit.plan.profile_questions import PROFILE_QUESTIONS

    return PROFILE_QUESTIONS


def answer_problem(question: Any, answer: str) -> Issue | None:
    """What is wrong with an answer, or nothing."""
    from finance_kit.plan.profile_questions import answer_problem as problem

    return problem(question, answer)


def question_applies(question: Any, answers: dict[str, str]) -> bool:
    """Whether a question is to be asked after these answers."""
    from finance_kit.plan.profile_questions import applies

    return applies(question, answers)


def profile_draft(answers: dict[str, str]) -> str:
    """The beginning of a profile from the answers so far, as a plan file that asks for the others."""
    from finance_kit.plan.profile_questions import draft_from_answers

    return draft_from_answers(answers)


def profile_text(answers: dict[str, str]) -> str:
    """The profile that the answers make, as a plan file."""
    from finance_kit.plan.profile_questions import profile_from_answers

    return profile_from_answers(answers)


def grow_profile(profile: Path, target: Path) -> Path:
    """Write a full plan that keeps every line of a profile and asks for what is missing.

    Raises
    ------
    OutputError : the target exists
    PlanError : the profile cannot be read
    """
    from finance_kit.plan.starter import grow

    refuse_place(target)
    loaded = load(profile)
    if loaded.plan is None:
        raise PlanError("plan_has_errors", loaded.issues, file=profile.name, count=len(loaded.errors))
    return write_new(target, grow(loaded.source.text))
