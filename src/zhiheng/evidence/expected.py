"""Which figures are asked for?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhiheng.base.period import Period
from zhiheng.base.quantity import Basis
from zhiheng.evidence.units import PERCENT, canonical, counts_whole_things


@dataclass(frozen=True, slots=True)
class Expected:
    """One indicator whose figures are asked for, in `unit`, for `years`.

    `scale` is the value the plan prints: it tells 97.1 from 0.971. `change` marks growth or decrease (may be negative
    or over 100 %). `zero_events`: a zero needs to say whether it is declared or proven. `pending`: the target itself is
    handed down by a higher level and may be filled in here. `target` is printed in the template for the person filling in.
    `bases` are all that can be compared with the target, `bases_of_years` those of a figure that covers several years;
    empty: only `basis`. `definition` is the catalogue's indicator, `scope` what the plan says it covers.
    """

    indicator: str
    unit: str | None = None
    basis: Basis | None = None
    years: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()
    scale: Decimal | None = None
    change: bool = False
    zero_events: bool = False
    pending: bool = False
    target: str = ""
    bases: tuple[Basis, ...] = ()
    bases_of_years: tuple[Basis, ...] = ()
    definition: str | None = None
    scope: str | None = None

    def fits(self, basis: Basis, period: Period | None) -> bool:
        """Whether a figure with this basis can be compared with the target."""
        if not self.bases:
            return self.basis in (None, basis) or self.change
        return basis in (self.bases_of_years if period is not None and period.several_years else self.bases)

    @property
    def whole(self) -> bool:
        """Whether the figure counts whole things; `0.08人` per 10,000 devices and `36件` per 10,000 people do not."""
        counted = self.zero_events or self.basis in (Basis.COUNT, Basis.NEW, Basis.CUMULATIVE)
        return counted and counts_whole_things(self.unit) and (self.scale is None or self.scale % 1 == 0)

    @property
    def share(self) -> bool:
        """Whether the figure is a part of a whole and cannot pass 100 %."""
        return canonical(self.unit) == PERCENT and not self.change and (self.scale is None or self.scale <= 100)
