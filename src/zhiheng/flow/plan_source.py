"""Where does a plan come from: a paper to compile, a plan.json, or the Excel form a person corrected?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from zhiheng.base.errors import DataError
from zhiheng.documents.readers import DEFAULT_LIMITS, Limits, read_content
from zhiheng.documents.readers.decoding import decode
from zhiheng.documents.readers.grids import grids_of, sheet_names
from zhiheng.flow.knowledge import knowledge
from zhiheng.plans.compiler import compile_plan
from zhiheng.plans.form_reading import is_form, plan_from_form
from zhiheng.plans.model import Plan
from zhiheng.plans.restore import plan_from_json

_ZIP = b"PK\x03\x04"
_BLANKS = b"\xef\xbb\xbf \t\r\n"


def open_plan(path: Path, *, use_aliases: bool = True, limits: Limits = DEFAULT_LIMITS) -> Plan:
    """The plan in a file, whatever kind of file it is; a `DataError` says why there is none.

    A wrong cell of an Excel form is among the plan's problems, and its row is left out.
    """
    data, name = _content(path, limits), path.name
    if len(data) <= limits.file_bytes:
        if data.startswith(_ZIP) and b"xl/workbook" in data and is_form(sheet_names(data, name, limits)):
            plan, problems = plan_from_form(grids_of(data, name, limits), name)
            return replace(plan, problems=(*plan.problems, *problems))
        if data.lstrip(_BLANKS).startswith(b"{"):
            return plan_from_json(decode(data, name), name)
    known = knowledge()
    return compile_plan(read_content(data, name, limits), known.catalogue, known.rulebook, use_aliases=use_aliases)


def _content(path: Path, limits: Limits) -> bytes:
    """The bytes of the file, of an over-large one just enough to refuse it."""
    try:
        with path.open("rb") as file:
            return file.read(limits.file_bytes + 1)
    except FileNotFoundError as fault:
        raise DataError("documents.not_found", file=str(path)) from fault
    except OSError as fault:
        raise DataError("documents.not_readable", file=str(path), reason=fault.strerror or type(fault).__name__) from fault
