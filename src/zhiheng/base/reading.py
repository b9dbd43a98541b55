"""What did the rulebook say on that day?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction

from zhiheng.base.errors import RuleError

RuleValue = str | int | bool | date | None | Mapping[str, "RuleValue"] | Sequence["RuleValue"]


class RuleStanding(StrEnum):
    """Whether a rule says anything on a day; judgement must match on it."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Citation:
    """The clause a version of a rule rests on."""

    doc: str
    clause: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule on the day `as_of`.

    In force: `value` is set, from `start` to `end` (both days included; `end` None when no later version is known).
    Not yet: `start` is the first day it will be in force. Repealed: `start` is the day it stopped, `citation` what
    repealed it. `confirmed` False: the number was never read in its source. `unverified`: nobody has checked it for
    longer than the rule's own patience. `layer` says which rulebook spoke.
    """

    rule: str
    name: str
    as_of: date
    standing: RuleStanding
    start: date
    end: date | None
    value: RuleValue
    unit: str | None
    citation: Citation
    confirmed: bool
    checked_on: date | None
    unverified: bool
    layer: str

    @property
    def label(self) -> str:
        """How a paper names the rule and its version: `plan.progress@2000-01-01`."""
        return f"{self.rule}@{self.start.isoformat()}"

    def item(self, *keys: str) -> RuleValue:
        """The value, or what stands under `keys` in it; an error when the rule is not in force or has no such part."""
        if self.standing is not RuleStanding.IN_FORCE:
            facts = {"rule": self.rule, "as_of": self.as_of, "standing": self.standing.value, "day": self.start}
            raise RuleError("base.rule_not_in_force", **facts)
        value = self.value
        for key in keys:
            if not isinstance(value, Mapping) or key not in value:
                raise RuleError("base.rule_has_no_part", rule=self.label, part=".".join(keys))
            value = value[key]
        return value

    def number(self, *keys: str) -> Fraction:
        """The exact number at `keys`."""
        value = self.item(*keys)
        try:
            if isinstance(value, str | int) and not isinstance(value, bool):
                return Fraction(Decimal(value))
        except (InvalidOperation, ValueError, OverflowError):
            pass
        raise RuleError("base.rule_not_a_number", rule=self.label, part=".".join(keys), found=str(value))

    def word(self, *keys: str) -> str:
        """The text at `keys`."""
        value = self.item(*keys)
        if not isinstance(value, str):
            raise RuleError("base.rule_not_a_word", rule=self.label, part=".".join(keys), found=str(value))
        return value
