"""What do several plans demand of the same indicators, and as which file does that leave?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from zhiheng.flow.knowledge import knowledge
from zhiheng.plans.comparison.aligning import compared
from zhiheng.plans.comparison.model import Comparison
from zhiheng.plans.comparison.serial import comparison_record
from zhiheng.plans.model import Plan
from zhiheng.publication.writers.compare_html import comparison_page
from zhiheng.publication.writers.compare_xlsx import comparison_workbook
from zhiheng.publication.writers.json import record_bytes, utf8

_WRITERS: Mapping[str, Callable[[Comparison, str], bytes]] = {
    "json": lambda comparison, language: record_bytes(comparison_record(comparison, language)),
    "xlsx": lambda comparison, _: comparison_workbook(comparison),
    "html": lambda comparison, _: utf8(comparison_page(comparison)),
}


def compare(plans: Sequence[Plan]) -> Comparison:
    """The plans side by side, by the national catalogue, which speaks for all places alike."""
    return compared(plans, knowledge().catalogue)


def written(comparison: Comparison, kind: str, language: str) -> bytes:
    """The comparison as a file of that kind: json, xlsx or html."""
    return _WRITERS[kind](comparison, language)
