"""What do papers say of plans side by side? Words of cells, of what keeps figures apart, and of places."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from zhiheng.base.quantity import decimal_places
from zhiheng.judgement.words import with_unit
from zhiheng.plans.comparison.model import Ambition, Comparison, Demand, Line, Resemblance
from zhiheng.plans.model import Plan
from zhiheng.publication.wording import percent_words, readable, target_words
from zhiheng.rules.look_alikes import Obstacle
from zhiheng.rules.messages import sentence


def plan_words(plan: Plan) -> str:
    """What a column is called: the place, else the title, else the file."""
    return plan.meta.region_name or plan.meta.title or plan.name


def columns(comparison: Comparison) -> list[str]:
    """What the columns are called; two plans of one place by their terms, or by their files."""
    names = [plan_words(p) for p in comparison.plans]
    terms = [f"{n}（{_term(p)}）" if names.count(n) > 1 else n for n, p in zip(names, comparison.plans, strict=True)]
    return [f"{t}（{p.name}）" if terms.count(t) > 1 else t for t, p in zip(terms, comparison.plans, strict=True)]


def _term(plan: Plan) -> str:
    start, end = plan.meta.period_start, plan.meta.period_end
    return "—".join(str(year) for year in (start, end) if year) or plan.name


def goal_words(cell: Demand) -> str:
    """The target with its year: ≥95%（2025年）."""
    year = f"（{cell.target.year}年）" if cell.target.year else ""
    return f"{target_words(cell.target)}{year}"


def base_words(cell: Demand) -> str:
    """Where it starts from: 93.6%（2023年）; empty when not told."""
    base = cell.target.baseline
    if base is None:
        return ""
    year = f"（{base.year}年）" if base.year else ""
    return f"{'≥' if base.floor else ''}{with_unit(base.value, cell.target.unit)}{year}"


def ambition_words(found: Ambition, unit: str | None, language: str = "zh") -> str:
    """+0.4个百分点, +3家; a word where none can be told."""
    if found.yearly is None:
        return sentence(f"publication.gap_{found.gap.value}", {}, language) if found.gap else "—"
    points = "个百分点" if unit == "%" else unit
    said = with_unit(_signed(found.yearly), points)
    if found.relative is not None:
        sign = "+" if found.relative > 0 else ""
        said += f"（{sign}{percent_words(found.relative)}）"
    return said


def _signed(amount: Fraction) -> str:
    places = decimal_places(amount)
    about = "" if places is not None and places <= 2 else "约"
    return f"{about}{'+' if amount > 0 else ''}{readable(amount)}"


def obstacle_words(obstacle: Obstacle, language: str = "zh") -> str:
    """In what two figures differ."""
    return sentence(f"publication.obstacle_{obstacle.value}", {}, language)


def cell_remarks(cell: Demand, language: str = "zh") -> list[str]:
    """What keeps the figure from being put beside the first one, then what asks for care."""
    ordered = sorted(cell.obstacles, key=lambda o: not o.prevents)
    return [obstacle_words(o, language) for o in ordered]


def reason_words(found: Resemblance, line: Line, language: str = "zh") -> str:
    """Why a look-alike must not be merged."""
    said = found.chinese if language == "zh" else found.english
    if said:
        return said
    return sentence(f"publication.resembles_{'known' if line.known else 'unknown'}", {}, language)


def caution_words(comparison: Comparison, language: str = "zh") -> Iterator[str]:
    """What to keep in mind of the places."""
    names = columns(comparison)
    for c in comparison.cautions:
        yield sentence(f"publication.caution_{c.obstacle.value}", {"one": names[c.one], "other": names[c.other]}, language)


def resembling(comparison: Comparison) -> Iterator[tuple[Line, Resemblance]]:
    """Every two look-alikes once, in the order of the lines."""
    seen: set[frozenset[str]] = set()
    for line in comparison.lines:
        for found in line.resembles:
            pair = frozenset((line.key, found.key))
            if pair not in seen:
                seen.add(pair)
                yield line, found


def by_area(lines: tuple[Line, ...], unknown: str = "目录以外的指标") -> dict[str, list[Line]]:
    """Lines under the names of their areas, those outside the catalogue last."""
    found: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: not line.known):
        found.setdefault(line.area or unknown, []).append(line)
    return found
