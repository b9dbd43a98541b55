"""Where does a plan come from: a paper to compile, a plan.json, or the Excel form a person corrected?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from zhiheng.documents.readers import Limits, content_of, read_content
from zhiheng.documents.readers.decoding import decode
from zhiheng.documents.readers.grids import grids_of, sheet_names
from zhiheng.documents.tree import Document
from zhiheng.flow import settings
from zhiheng.flow.knowledge import knowledge
from zhiheng.plans.compiler import compile_plan
from zhiheng.plans.form_reading import is_form, plan_from_form
from zhiheng.plans.model import Plan
from zhiheng.plans.restore import plan_from_json

_ZIP = b"PK\x03\x04"
_BLANKS = b"\xef\xbb\xbf \t\r\n"


def open_plan(path: Path, *, use_aliases: bool = True, limits: Limits | None = None) -> Plan:
    """The plan in a file, whatever kind of file it is; a `DataError` says why there is none.

    A wrong cell of an Excel form is among the plan's problems, and its row is left out. `limits` are those of the
    installation by default.
    """
    limits = limits or settings.limits()
    data, name = content_of(path, limits), path.name
    if data.startswith(_ZIP) and b"xl/workbook" in data and is_form(sheet_names(data, name, limits)):
        plan, problems = plan_from_form(grids_of(data, name, limits), name)
        return replace(plan, problems=(*plan.problems, *problems))
    if data.lstrip(_BLANKS).startswith(b"{"):
        return plan_from_json(decode(data, name), name)
    return compiled(read_content(data, name, limits), use_aliases=use_aliases)


def compiled(document: Document, *, use_aliases: bool = True) -> Plan:
    """The plan that a paper sets out, by the rulebook of the place that the paper itself names.

    The place is known only once the paper is read; where no layer speaks for it alone, that reading stands.
    """
    known = knowledge()
    plan = compile_plan(document, known.catalogue, known.rulebook, use_aliases=use_aliases)
    local = knowledge(plan.meta.region_code)
    if local.layers == known.layers:
        return plan
    return compile_plan(document, local.catalogue, local.rulebook, use_aliases=use_aliases)
