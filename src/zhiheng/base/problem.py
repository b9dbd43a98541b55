"""What is wrong with the data, and where? Collected, never raised one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """`error`: the row or clause is not used. `warning`: used, but a person should look. `question`: the text does not say."""

    ERROR = "error"
    WARNING = "warning"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: `code` names its sentence in the messages catalogue, `facts` fill it.

    `file`, `sheet`, `row` (1-based as a person counts), `column` (letter or header), `line` (1-based) say where.
    """

    code: str
    severity: Severity = Severity.ERROR
    facts: Mapping[str, object] = field(default_factory=dict)
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    line: int | None = None
