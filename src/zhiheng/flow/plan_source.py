"""Where does a plan come from: a paper to compile, a plan.json, or the Excel form a person corrected?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from zhiheng.base.errors import DataError
from zhiheng.documents.readers import Limits, content_of, read_content
from zhiheng.documents.readers.decoding import decode
from zhiheng.documents.readers.grids import grids_of, sheet_names
from zhiheng.documents.tree import Document, Format, Table
from zhiheng.evidence.intake.columns import Column, column_of
from zhiheng.flow import settings
from zhiheng.flow.knowledge import knowledge
from zhiheng.plans.compiler import compile_plan
from zhiheng.plans.form_reading import is_form, plan_from_form
from zhiheng.plans.model import Plan
from zhiheng.plans.restore import plan_from_json

_ZIP = b"PK\x03\x04"
_RICH_TEXT = b"{\\rtf"
_BLANKS = b"\xef\xbb\xbf \t\r\n"
# Heads that only the workbook of figures has together; a title and a hint stand above them.
_ASKED = frozenset({Column.INDICATOR, Column.PERIOD, Column.VALUE})
_ONLY_ASKED = frozenset({Column.NUMERATOR, Column.DENOMINATOR, Column.PROOF, Column.KIND})
_HEAD_ROWS = 10
_SHEETS = (Format.XLSX, Format.OLD_EXCEL, Format.OPEN_SHEETS)


@dataclass(frozen=True, slots=True)
class Opened:
    """A plan and the paper it was compiled from; a plan that came as plan.json or Excel form has none."""

    plan: Plan
    paper: Document | None = None


def open_plan(path: Path, *, use_aliases: bool = True, limits: Limits | None = None, home: Path | None = None) -> Plan:
    """The plan in a file, whatever kind of file it is; a `DataError` says why there is none."""
    return open_paper(path, use_aliases=use_aliases, limits=limits, home=home).plan


def open_paper(
    path: Path, *, name: str = "", use_aliases: bool = True, limits: Limits | None = None, home: Path | None = None
) -> Opened:
    """The plan in a file with the paper it stands in; `name` is what the person calls the file, where it is kept under another.

    A wrong cell of an Excel form is among the plan's problems, and its row is left out. `limits` are those of the
    installation by default, which is that of `home` or of the environment.
    """
    limits = limits or settings.limits()
    data, name = content_of(path, limits), name or path.name
    if data.startswith(_ZIP) and b"xl/workbook" in data and is_form(sheet_names(data, name, limits)):
        plan, problems = plan_from_form(grids_of(data, name, limits), name)
        return Opened(replace(plan, problems=(*plan.problems, *problems)))
    if data.lstrip(_BLANKS).startswith(b"{") and not data.startswith(_RICH_TEXT):
        return Opened(plan_from_json(decode(data, name), name))
    paper = read_content(data, name, limits)
    if paper.format in _SHEETS and any(_asks_for_figures(b) for b in paper.blocks if isinstance(b, Table)):
        raise DataError("flow.figures_not_plan", file=name)
    return Opened(compiled(paper, use_aliases=use_aliases, home=home), paper)


def _asks_for_figures(table: Table) -> bool:
    """Whether a sheet has the heads of the workbook that is handed out for figures."""
    return any(_heads_figures(text.string for text in row) for row in table.grid()[:_HEAD_ROWS])


def _heads_figures(cells: Iterable[str]) -> bool:
    heads = {column_of(cell) for cell in cells}
    return heads >= _ASKED and len(heads & _ONLY_ASKED) > 1


def compiled(document: Document, *, use_aliases: bool = True, home: Path | None = None) -> Plan:
    """The plan that a paper sets out, by the rulebook of the place that the paper itself names.

    The place is known only once the paper is read; where no layer speaks for it alone, that reading stands.
    """
    known = knowledge(home=home)
    plan = compile_plan(document, known.catalogue, known.rulebook, use_aliases=use_aliases)
    local = knowledge(plan.meta.region_code, home)
    if local.layers == known.layers:
        return plan
    return compile_plan(document, local.catalogue, local.rulebook, use_aliases=use_aliases)
