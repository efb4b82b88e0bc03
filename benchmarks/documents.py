"""Speed of the Word plan beside docxtpl rendering the same template alone, and the memory it takes.

:func:`rows` gives (name, ours, yardstick, aim) as ``benchmarks.run`` prints them; ``python -m benchmarks.documents``
prints the peak memory as well.
"""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path
from typing import Any

import docx

from benchmarks.timing import median_seconds
from finance_kit import resources, service
from finance_kit.documents.docx import render_bank_plan
from finance_kit.documents.docx_save import docx_bytes
from finance_kit.report.formats import Formats
from finance_kit.report.model import ReportContext

__all__ = ["peak_megabytes", "rows"]

SAMPLE = Path(__file__).parents[1] / "sample_plans" / "kh-pepper-drying.yaml"


def _context() -> ReportContext:
    context: ReportContext = service.Run(service.check(SAMPLE), "2026-11-24").context
    return context


def _template_with_loops() -> bytes:
    """The shipped template, its body a loop over captions and tables, as somebody at home in docxtpl writes it."""
    document = docx.Document(str(resources.template("docx/bank_plan.docx")))
    for paragraph in document.paragraphs:
        if paragraph.text in ("[[REQUEST]]", "[[CONTENTS]]"):
            paragraph.text = ""
        elif paragraph.text == "[[BODY]]":
            paragraph.text = "{%p for part in parts %}"
    document.add_paragraph("{{ part.title }}", "Caption")
    table = document.add_table(3, 3, "Finance Table")
    table.cell(0, 0).text = "{%tr for row in part.rows %}"
    for column, text in enumerate(("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")):
        table.cell(1, column).text = text
    table.cell(2, 0).text = "{%tr endfor %}"
    document.add_paragraph("{%p endfor %}")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _by_docxtpl(template: bytes, texts: dict[str, Any]) -> bytes:
    """Render a template and write it out, nothing else."""
    from docxtpl import DocxTemplate

    opened = DocxTemplate(io.BytesIO(template))
    opened.render(texts, autoescape=True)
    buffer = io.BytesIO()
    opened.save(buffer)
    return buffer.getvalue()


def _texts(context: ReportContext) -> dict[str, Any]:
    """Values of the template's tags, every table already written out as text."""
    formats = Formats(context.currency)
    parts = [
        {
            "title": table.title,
            "rows": [
                [column.label for column in table.columns],
                *([formats.cell(table, row, at) for at in range(len(row.cells))] for row in table.rows),
            ],
        }
        for table in context.tables()
    ]
    return {
        "document_kind": "Business plan",
        "cluster_name": context.cluster_name,
        "cover_place": context.country,
        "cover_text": context.title,
        "cover_facts": [{"label": "Amount", "value": "1,000"}] * 6,
        "cover_note": "",
        "header_text": context.title,
        "footer_note": context.date,
        "parts": parts,
    }


def rows() -> list[tuple[str, float, float, float]]:
    """(name, ours in seconds, yardstick in seconds, aim as a ratio).

    Ours formats every figure, draws eight charts with their workbooks, lays out columns and sets fonts by script; the
    yardstick only puts the same tables, as ready texts, into the same template.
    """
    context = _context()
    texts = _texts(context)
    looped = _template_with_loops()
    ours = median_seconds(lambda: docx_bytes(render_bank_plan(context)), 9)
    return [
        ("Word plan, beside docxtpl with its tables", ours, median_seconds(lambda: _by_docxtpl(looped, texts), 9), 2.0),
    ]


def peak_megabytes() -> float:
    """Most memory that Python holds while the Word plan is made, 10^6 bytes."""
    context = _context()
    docx_bytes(render_bank_plan(context))
    tracemalloc.start()
    docx_bytes(render_bank_plan(context))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


if __name__ == "__main__":
    for name, ours, yardstick, aim in rows():
        print(f"{name}: {ours * 1e3:.0f} ms, {yardstick * 1e3:.0f} ms, ratio {ours / yardstick:.2f}, aim {aim}")
    print(f"Peak memory: {peak_megabytes():.1f} MB")
