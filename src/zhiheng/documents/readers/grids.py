"""Which rows of raw cell values does a workbook hold, hidden sheets included?

For workbooks that we wrote ourselves and a person may have edited (the plan's Excel form): values only, no look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.readers.package import Package


def sheet_names(data: bytes, name: str, limits: Limits) -> tuple[str, ...]:
    """The names of all sheets, in order."""
    return tuple(_opened(data, name, limits).sheet_names)


def grids_of(data: bytes, name: str, limits: Limits) -> Mapping[str, Sequence[Sequence[object]]]:
    """Rows of cell values by sheet, from the first row on."""
    book = _opened(data, name, limits)
    return {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in book.sheet_names}


def _opened(data: bytes, name: str, limits: Limits) -> CalamineWorkbook:
    Package(data, name, limits).refuse_entities()
    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    except CalamineError as fault:
        raise DataError("documents.damaged", file=name, part="xl/workbook.xml") from fault
