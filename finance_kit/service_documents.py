"""Use cases of documents: which there are, and a plan's Word file, its pages and its loan schedules in one folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from finance_kit.documents.template_package import MOST_BYTES as TEMPLATE_BYTES
from finance_kit.errors import CalculationError, Undefined
from finance_kit.places import plain_name
from finance_kit.service import Run

if TYPE_CHECKING:
    from finance_kit.service import Progress

__all__ = [
    "DEPTHS",
    "KITS",
    "TEMPLATE_BYTES",
    "TEMPLATE_TAGS",
    "Depth",
    "Made",
    "document_name",
    "loan_names",
    "office_is_here",
    "pages_of",
    "shipped_template",
    "try_template",
    "write_loan_file",
    "write_word",
]

Depth = Literal["full", "summary"]
KITS: Final = {"bank_plan": "Business plan and loan request"}
"""Document kits that come with the package, with their titles."""
DEPTHS: Final[dict[Depth, str]] = {
    "full": "The whole plan with its annexes",
    "summary": "Request sheet and summary, for a first talk",
}
TEMPLATE_TAGS: Final = {
    "{{ document_kind }}": "What the document is",
    "{{ cluster_name }}": "Name of the cluster",
    "{{ cover_place }}": "District, province, country",
    "{{ cover_text }}": "Title of the plan",
    "{%tr for fact in cover_facts %} {{ fact.label }} {{ fact.value }} {%tr endfor %}": (
        "Rows of a table on the cover: amount, term and so on; the first and last tag in a row of the table each"
    ),
    "{{ cover_note }}": "Note on teaching cases",
    "{{ header_text }}": "Head of the pages: cluster and plan",
    "{{ footer_note }}": "Foot of the pages, beside the page number",
    "{{ date }}": "Day of the plan",
}
"""Tags of a Word template and what stands there."""
_SUMMARY: Final = "executive_summary"
_LOAN_FILES: Final = {"xlsx": "write_xlsx", "csv": "write_csv"}


@dataclass(frozen=True, slots=True)
class Made:
    """Pages of a document: the PDF and a picture a page, each missing with a reason."""

    pdf: Path | None
    pictures: tuple[Path, ...]
    missing: Undefined | None


def document_name(cluster: str, lender: str, day: str, ending: str, *, language: str = "en") -> str:
    """File name of a document: ``cluster_lender_date_language.ending``, plain letters only.

    >>> document_name("HTX dừa Bến Tre", "vn_generic_bank", "2026-11-25", "docx")
    'htx-dua-ben-tre_vn-generic-bank_2026-11-25_en.docx'
    """
    parts = (plain_name(cluster) or "plan", plain_name(lender, 40) or "bank", plain_name(day), plain_name(language))
    return f"{'_'.join(parts)}.{plain_name(ending)}"


def write_word(
    opened: Run,
    folder: Path,
    *,
    lender: str = "bank",
    depth: Depth = "full",
    with_score: bool = False,
    template: tuple[str, bytes] | None = None,
    count_pages: bool = True,
    progress: Progress | None = None,
) -> Path:
    """Write the Word business plan into a folder, under a name of ours; an earlier file of that name is replaced.

    Parameters
    ----------
    opened : the plan; its ``lenders`` choose whose readiness is shown with the score
    folder : an existing folder
    lender : whom the copy is for, as it stands in the file name
    depth : ``summary`` leaves out the sections behind the summary, and the annexes
    with_score : with the readiness, for the cluster's own use; a lender's copy goes without
    template : name and content of a Word file of one's own, in place of the shipped one
    count_pages : for the page numbers of the contents, with LibreOffice where it is; without, Word fills them in when
        it opens the file, and the page says so
    progress : is told in a few words what is being done

    Raises
    ------
    TemplateError : the template does not offer what the plan needs, or may not be used
    OutputError : the file cannot be written
    """
    from finance_kit.documents.docx import write_bank_plan
    from finance_kit.documents.own_template import OwnTemplate

    if progress:
        progress("Reckoning the figures")
    context = opened.context
    if depth == "summary":
        summary = tuple(section for section in context.sections if section.id == _SUMMARY)
        context = replace(context, sections=summary, annexes=())
    target = folder / document_name(opened.plan.cluster.name, lender, opened.date, "docx")
    own = OwnTemplate(*template) if template else None
    return write_bank_plan(
        context, target, with_score=with_score, template=own, count_pages=count_pages, progress=progress
    )


def shipped_template() -> bytes:
    """The Word template that comes with the package, to be restyled in Word."""
    from finance_kit import resources
    from finance_kit.documents.own_template import SHIPPED

    return resources.template(SHIPPED).read_bytes()


def try_template(name: str, content: bytes) -> None:
    """Look at a Word file that somebody would use as a template, and fill it once with sample values.

    Raises
    ------
    TemplateError : what is wrong with it, where, and which tag
    """
    from finance_kit.documents.own_template import OwnTemplate, try_out

    try_out(OwnTemplate(name, content))


def pages_of(docx: Path, folder: Path, progress: Progress | None = None) -> Made:
    """The pages of a Word file of ours as a PDF and as pictures, in a folder."""
    from finance_kit.documents.pages import page_pictures

    if progress:
        progress("Drawing the pages")
    found = page_pictures(docx, folder)
    pdf = None if isinstance(found.pdf, Undefined) else found.pdf
    if isinstance(found.pictures, Undefined):
        return Made(pdf, (), found.pictures)
    return Made(pdf, found.pictures, None)


def office_is_here() -> bool:
    """Whether LibreOffice is on this machine, which draws pages and counts them for the contents."""
    from finance_kit.documents.office import find_office

    return find_office() is not None


def loan_names(opened: Run) -> Sequence[str]:
    """The loans that the plan asks for, in its order; each has a schedule."""
    return [str(loan.name) for loan in _new_loans(opened)]


def write_loan_file(opened: Run, number: int, kind: str, folder: Path) -> Path:
    """Write the schedule of one of the plan's loans, as the plan reckons with it.

    Parameters
    ----------
    opened : the plan
    number : of the loan, from 0, in the order of :func:`loan_names`
    kind : ``xlsx``, a live workbook, or ``csv``
    folder : an existing folder without a file of that name

    Raises
    ------
    CalculationError : there is no such loan, or no such kind of file
    OutputError : the file cannot be written
    """
    from finance_kit import service_loans
    from finance_kit.readiness.published_terms import own_offer

    loans = _new_loans(opened)
    if not 0 <= number < len(loans) or kind not in _LOAN_FILES:
        raise CalculationError("loan_file_unknown", number=number + 1, kind=kind, count=len(loans))
    loan = loans[number]
    name = plain_name(str(loan.name), 30)
    label = f"loan-{number + 1}-{name}" if name else f"loan-{number + 1}"
    target = folder / document_name(opened.plan.cluster.name, label, opened.date, kind)
    write = service_loans.write_xlsx if kind == "xlsx" else service_loans.write_csv
    return write(own_offer(opened.plan, loan), target)


def _new_loans(opened: Run) -> Sequence[Any]:
    """Loans that the plan asks for; what is owed already has no schedule to sign."""
    return [loan for loan in opened.plan.financing.loans if loan.principal > 0]
