"""What does a number count over, and how is one written out exactly?"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction


class Basis(StrEnum):
    """What the number counts over: a state, a number of things, all history, the period only, a mean, a fall."""

    LEVEL = "level"
    COUNT = "count"
    CUMULATIVE = "cumulative"
    NEW = "new"
    AVERAGE = "average"
    REDUCTION = "reduction"

    @property
    def is_a_state(self) -> bool:
        """What is there at a time, not what came or went in it."""
        return self in (Basis.LEVEL, Basis.COUNT)


# What people call them; the first word is written, all are read.
BASIS_WORDS: Mapping[Basis, tuple[str, ...]] = {
    Basis.LEVEL: ("时点值", "水平", "水平值", "期末值", "当期值", "现状值", "level"),
    Basis.COUNT: ("数量", "总数", "个数", "count"),
    Basis.CUMULATIVE: ("累计", "历年累计", "累计数", "累计值", "cumulative"),
    Basis.NEW: ("新增", "期内新增", "新增数", "当期新增", "new"),
    Basis.AVERAGE: ("平均", "期内平均", "平均数", "均值", "average"),
    Basis.REDUCTION: ("下降", "降幅", "下降幅度", "削减", "reduction"),
}
BASIS_LABELS: Mapping[Basis, str] = {basis: words[0] for basis, words in BASIS_WORDS.items()}


def present(amount: Fraction, decimals: int) -> str:
    """The amount rounded half up to `decimals` places (GB/T 8170 is left to its own rule); for showing only, never to judge."""
    whole, rest = divmod(abs(amount.numerator) * 10**decimals, amount.denominator)
    digits = f"{whole + (2 * rest >= amount.denominator):0{decimals + 1}d}"
    shown = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{shown}" if amount < 0 and digits.strip("0") else shown


def exact(amount: Fraction) -> str:
    """The amount without any loss: a decimal where one ends, else p/q."""
    places = decimal_places(amount)
    return present(amount, places) if places is not None else f"{amount.numerator}/{amount.denominator}"


def decimal_places(amount: Fraction) -> int | None:
    """How many decimals write the amount exactly; None when no number of them does."""
    rest, places = amount.denominator, {2: 0, 5: 0}
    for prime in places:
        while rest % prime == 0:
            rest //= prime
            places[prime] += 1
    return max(places.values()) if rest == 1 else None
