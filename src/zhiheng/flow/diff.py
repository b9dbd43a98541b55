"""What changed between two papers, and as which file does that leave?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from zhiheng.flow.plan_source import open_plan
from zhiheng.plans.differences.between import differences
from zhiheng.plans.differences.change import Differences
from zhiheng.plans.differences.serial import differences_record
from zhiheng.publication.writers.diff_docx import differences_paper
from zhiheng.publication.writers.diff_html import differences_page
from zhiheng.publication.writers.diff_xlsx import differences_workbook
from zhiheng.publication.writers.json import record_bytes, utf8

_WRITERS: Mapping[str, Callable[[Differences, date], bytes]] = {
    "json": lambda found, _: record_bytes(differences_record(found)),
    "xlsx": lambda found, _: differences_workbook(found),
    "docx": differences_paper,
    "html": lambda found, _: utf8(differences_page(found)),
}


def diff(old: Path, new: Path) -> Differences:
    """All changes from one file to the other; a `DataError` names the file that cannot be read."""
    return differences(open_plan(old), open_plan(new))


def written(found: Differences, kind: str, day: date) -> bytes:
    """The differences as a file of that kind: json, xlsx, docx or html."""
    return _WRITERS[kind](found, day)
