"""What does the grammar hand on before a plan's mentions are numbered and aligned?"""

from __future__ import annotations

from dataclasses import dataclass, field

from zhiheng.documents.tree import Text
from zhiheng.plans.model import Basis, Comparator, Modality, Role, Source


@dataclass(slots=True)
class Draft:
    """A mention in the making: `text[start:end]` is the value expression, the other fields as in `Mention`."""

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
    row: int | None = None
    extra: dict[str, str] = field(default_factory=dict)
