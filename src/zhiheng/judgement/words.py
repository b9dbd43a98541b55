"""How are amounts, bounds and reasons written in a sentence?

Rounding for a sentence never hides on which side of a bound an amount is: 99.96 is not written 100.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from zhiheng.base.quantity import decimal_places, present
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.bound import Bound
from zhiheng.plans.model import Comparator, Target
from zhiheng.rules.messages import LANGUAGES, sentence

_FEWEST, _SOON, _MOST = 2, 6, 12


def amount_text(amount: Fraction, bound: Bound | None = None) -> str:
    """An amount in decimals: exact when it ends soon, else to as many places as keep it on its side of the bound."""
    places = decimal_places(amount)
    if places is not None and places <= _SOON:
        return present(amount, places)
    near = (p for p in range(_FEWEST, _MOST) if _same_side(amount, Fraction(present(amount, p)), bound))
    return present(amount, next(near, _MOST))


def _same_side(amount: Fraction, shown: Fraction, bound: Bound | None) -> bool:
    ends = () if bound is None else (e for e in (bound.low, bound.high) if e is not None)
    return all((amount > e) == (shown > e) and (amount < e) == (shown < e) for e in ends)


def with_unit(text: str, unit: str | None) -> str:
    """`97.1%`, `37家`."""
    return f"{text}{unit or ''}"


def value_text(value: IndicatorValue, bound: Bound | None = None) -> str:
    """A value as handed in, or as its counts make it, with its unit."""
    if value.numerator is not None and value.denominator is not None and value.amount is not None:
        shown = with_unit(amount_text(value.amount, bound), value.unit)
        return f"{shown}（{amount_text(value.numerator)}/{amount_text(value.denominator)}）"
    if value.printed is not None:
        return with_unit(value.printed, value.unit)
    return with_unit(amount_text(value.amount, bound), value.unit) if value.amount is not None else "—"


def bound_texts(target: Target, bound: Bound) -> Mapping[str, str]:
    """The bound in words, in each language: `bound`, `bound_en`."""
    comparator, unit = bound.comparator, target.unit or ""
    low, high = target.value_low or target.value_high or "0", target.value_high or target.value_low or "0"
    code = {
        Comparator.AT_LEAST: "at_least",
        Comparator.AT_MOST: "at_most",
        Comparator.ABOVE: "above",
        Comparator.BELOW: "below",
        Comparator.EQUAL: "equal",
        Comparator.INCREASE_BY: "increase",
        Comparator.DECREASE_BY: "decrease",
        Comparator.ZERO_EVENTS: "zero",
        Comparator.RANGE: "range" if bound.low is not None and bound.high is not None else "range_least",
    }[comparator]
    if comparator is Comparator.RANGE and bound.low is None:
        code = "range_most"
    facts = {"low": low, "high": high, "unit": unit}
    return both("bound", f"judgement.bound_{code}", facts)


def both(name: str, code: str, facts: Mapping[str, object]) -> dict[str, str]:
    """A phrase in each language, as facts `name` and `name_en` of the sentence around it."""
    return {name if language == "zh" else f"{name}_{language}": sentence(code, facts, language) for language in LANGUAGES}


def change_texts(name: str, target: Target, amount: str) -> dict[str, str]:
    """An amount of a target that states a change, with its direction; an amount below zero went the other way."""
    grows = (target.comparator_judged is Comparator.INCREASE_BY) != amount.startswith("-")
    return both(name, "judgement.grew" if grows else "judgement.fell", {"amount": amount.removeprefix("-")})


def years_text(years: tuple[int, ...]) -> str:
    """Years in a row."""
    return "、".join(str(year) for year in years)
