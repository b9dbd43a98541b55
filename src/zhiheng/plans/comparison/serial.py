"""How is a comparison of plans written down as data? The `compare` contract: record and schema."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from zhiheng.base.quantity import Basis, exact
from zhiheng.plans.comparison.model import Ambition, Comparison, Demand, Gap, Line, Resemblance
from zhiheng.plans.contract import DECIMAL, NUMBER, TEXT, Schema, absent_or, closed, rows, word
from zhiheng.plans.differences.serial import PLACE
from zhiheng.plans.model import Comparator, Modality
from zhiheng.plans.serial import place_record
from zhiheng.rules.look_alikes import Obstacle

COMPARE_SCHEMA = "zhiheng/compare/1"
_EXACT: Schema = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+|/[0-9]+)?$"}
_POSITION: Schema = {"type": "integer", "minimum": 0}
_CELL = closed(
    {
        "plan": _POSITION,
        "target_id": TEXT,
        "indicator": TEXT,
        "own": {"type": "boolean"},
        "comparator": word(Comparator),
        "value_low": absent_or(DECIMAL),
        "value_high": absent_or(DECIMAL),
        "unit": absent_or(TEXT),
        "year": absent_or(NUMBER),
        "basis": word(Basis),
        "modality": word(Modality),
        "scope": absent_or(TEXT),
        "attribute": absent_or(TEXT),
        "baseline": absent_or(DECIMAL),
        "baseline_year": absent_or(NUMBER),
        "yearly": absent_or(_EXACT),
        "relative": absent_or(_EXACT),
        "years": absent_or(NUMBER),
        "gap": absent_or(word(Gap)),
        "comparable": {"type": "boolean"},
        "obstacles": rows(word(Obstacle)),
        "text": TEXT,
        "context": TEXT,
        **PLACE,
    },
    "What one plan demands. `yearly` is exact, in the target's unit; null with the `gap` that says why.",
)

COMPARE_RECORD = closed(
    {
        "schema": {"const": COMPARE_SCHEMA},
        "plans": rows(
            closed(
                {
                    "name": TEXT,
                    "title": absent_or(TEXT),
                    "region_name": absent_or(TEXT),
                    "region_code": absent_or(TEXT),
                    "period_start": absent_or(NUMBER),
                    "period_end": absent_or(NUMBER),
                },
                "A plan, in the order given.",
            )
        ),
        "cautions": rows(
            closed({"one": _POSITION, "other": _POSITION, "obstacle": word(Obstacle)}, "Two plans, by position from 0.")
        ),
        "lines": rows(
            closed(
                {
                    "key": TEXT,
                    "name": TEXT,
                    "area": TEXT,
                    "in_catalogue": {"type": "boolean"},
                    "cells": rows(_CELL),
                    "resembles": rows(
                        closed(
                            {"key": TEXT, "name": TEXT, "differ": word(Obstacle), "why": TEXT},
                            "A line that looks like this one and must not be merged with it.",
                        )
                    ),
                },
                "One indicator; `cells` of the plans that set it, the first is the one others are held against.",
            )
        ),
    },
    "What `zhiheng compare --format json` prints.",
)


def comparison_record(comparison: Comparison, language: str = "zh") -> dict[str, Any]:
    """The comparison as data."""
    keys = ("title", "region_name", "region_code", "period_start", "period_end")
    return {
        "schema": COMPARE_SCHEMA,
        "plans": [{"name": p.name, **{key: getattr(p.meta, key) for key in keys}} for p in comparison.plans],
        "cautions": [{"one": c.one, "other": c.other, "obstacle": c.obstacle.value} for c in comparison.cautions],
        "lines": [_line_record(line, language) for line in comparison.lines],
    }


def _line_record(line: Line, language: str) -> dict[str, Any]:
    return {
        "key": line.key,
        "name": line.name,
        "area": line.area,
        "in_catalogue": line.known,
        "cells": [_cell_record(i, cell) for i, cell in enumerate(line.cells) if cell is not None],
        "resembles": [_resemblance_record(r, language) for r in line.resembles],
    }


def _resemblance_record(found: Resemblance, language: str) -> dict[str, Any]:
    why = found.chinese if language == "zh" else found.english
    return {"key": found.key, "name": found.name, "differ": found.differ.value, "why": why}


def _cell_record(number: int, cell: Demand) -> dict[str, Any]:
    target, base = cell.target, cell.target.baseline
    return {
        "plan": number,
        "target_id": target.id,
        "indicator": target.indicator,
        "own": target.own,
        "comparator": target.comparator_judged.value,
        "value_low": target.value_low,
        "value_high": target.value_high,
        "unit": target.unit,
        "year": target.year,
        "basis": target.basis.value,
        "modality": target.modality.value,
        "scope": target.scope,
        "attribute": target.attribute,
        "baseline": base.value if base else None,
        "baseline_year": base.year if base else None,
        **_ambition_record(cell.ambition),
        "comparable": cell.comparable,
        "obstacles": [o.value for o in cell.obstacles],
        "text": target.text,
        "context": target.context,
        **place_record(target.anchor),
    }


def _ambition_record(found: Ambition) -> dict[str, Any]:
    return {
        "yearly": _exact(found.yearly),
        "relative": _exact(found.relative),
        "years": found.years,
        "gap": found.gap.value if found.gap else None,
    }


def _exact(amount: Fraction | None) -> str | None:
    return None if amount is None else exact(amount)
