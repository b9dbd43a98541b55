"""Of which indicators were figures handed in and refused?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from zhiheng.evidence.expected import Expected
from zhiheng.evidence.intake.columns import Column
from zhiheng.evidence.intake.names import Names
from zhiheng.evidence.intake.reading import Intake


def refused_rows(intake: Intake, expected: Iterable[Expected]) -> Mapping[str, int]:
    """Indicator that is asked for → how many of its rows are handed back; rows of unknown indicators are not counted."""
    names, counts = Names.of(expected), Counter[str]()
    for given in intake.sheets:
        column = given.header.columns.get(Column.INDICATOR)
        for row in given.refused if column else ():
            found = names.find(given.sheet.shown(row, column or 0).text)
            counts.update({one.indicator for one in found})
    return counts
