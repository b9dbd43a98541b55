"""What does the grammar hand on before a plan's mentions are numbered and aligned?"""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng.base.quantity import Basis
from zhiheng.documents.tree import Text
from zhiheng.plans.model import Comparator, Modality, Role, Source


@dataclass(slots=True)
class Draft:
    """A mention in the making: `text[start:end]` is the value expression, the other fields as in `Mention`.

    `row` is shared by the mentions of one row of a table, or of one 由X提高到Y; `counted` says how the text counts things:
    `stock` (达到, 总数), `made` (建成, 培育), or nothing.
    """

    text: Text
    start: int
    end: int
    indicator: str
    comparator: Comparator
    low: str | None
    high: str | None
    unit: str | None
    source: Source
    role: Role = Role.TARGET
    year: int | None = None
    basis: Basis = Basis.COUNT
    modality: Modality | None = None
    scope: str | None = None
    context: str = ""
    period: str | None = None
    attribute: str | None = None
    marks: tuple[str, ...] = ()
    group: str | None = None
    row: tuple[object, ...] | None = None
    counted: str | None = None
