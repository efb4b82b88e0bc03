"""A plan in the making: plain plan data whose rows have names of their own, changed field by field.

A *document* is what a plan file holds (mappings, lists, numbers, texts, true and false), with two differences. Each
mapping that is an entry of a list carries an ``_id``, so that a row keeps its name whatever happens around it. And a
value that could not be read stays as the text that was typed; validation then complains at that field. What is not
stated is absent. A list of plain values (twelve season factors, objectives) is one value.

The path of a field names keys and rows: ``period/months``, ``products/@k3f9x2ab/inputs/@p0q1r2s3/name``.
"""

from finance_kit.drafts.changes import Change, apply
from finance_kit.drafts.check import Loaded, loaded
from finance_kit.drafts.difference import difference
from finance_kit.drafts.document import Document, field_path, lookup, new_document, new_id, plain
from finance_kit.drafts.merge import Conflict, Merged, compare, merge
from finance_kit.drafts.plan_text import plan_text
from finance_kit.drafts.read import read_text

__all__ = [
    "Change",
    "Conflict",
    "Document",
    "Loaded",
    "Merged",
    "apply",
    "compare",
    "difference",
    "field_path",
    "loaded",
    "lookup",
    "merge",
    "new_document",
    "new_id",
    "plain",
    "plan_text",
    "read_text",
]
