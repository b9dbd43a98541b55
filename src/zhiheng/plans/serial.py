"""How is a plan written down as data? The `extract` contract: records with fixed keys, absent = null, and their JSON.

`plans.restore` reads it back, `plans.contract` is its schema. A record is a flat JSON object wherever a table row can hold it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from zhiheng.base.period import Period
from zhiheng.base.problem import Problem
from zhiheng.documents.tree import Anchor
from zhiheng.plans.model import (
    Alignment,
    Commitment,
    Coverage,
    Definition,
    Heading,
    Mention,
    Meta,
    NumberSeen,
    Plan,
    Standing,
    Target,
    Task,
)

SCHEMA_NAME = "zhiheng/extract/1"

Record = dict[str, Any]


def plan_json(plan: Plan) -> str:
    """The plan as the JSON text that `extract` prints and `plan.json` holds."""
    return json.dumps(plan_record(plan), ensure_ascii=False, indent=1) + "\n"


def plan_record(plan: Plan) -> Record:
    """The plan as one JSON object."""
    return {
        "schema": SCHEMA_NAME,
        "name": plan.name,
        "meta": meta_record(plan.meta),
        "outline": [heading_record(h) for h in plan.outline],
        "mentions": [mention_record(m) for m in plan.mentions],
        "targets": [target_record(t) for t in plan.targets],
        "commitments": [commitment_record(c) for c in plan.commitments],
        "tasks": [task_record(t) for t in plan.tasks],
        "definitions": [definition_record(d) for d in plan.definitions],
        "coverage": coverage_record(plan.coverage),
        "problems": [problem_record(p) for p in plan.problems],
    }


def meta_record(meta: Meta) -> Record:
    """What the paper says about itself."""
    return {
        "title": meta.title,
        "issuing_body": meta.issuing_body,
        "document_number": meta.document_number,
        "index_no": meta.index_no,
        "adopted_date": meta.adopted_date,
        "published_date": meta.published_date,
        "period_start": meta.period_start,
        "period_end": meta.period_end,
        "region_name": meta.region_name,
        "region_code": meta.region_code,
        "extra": plain(meta.extra),
    }


def heading_record(heading: Heading) -> Record:
    """An entry of the outline."""
    return {
        **_span(heading.anchor),
        "level": heading.level,
        "number": heading.number,
        "title": heading.title,
        **_elsewhere(heading.anchor),
    }


def mention_record(mention: Mention) -> Record:
    """A place where a quantity stands, as printed."""
    return {
        "id": mention.id,
        **_span(mention.anchor),
        "indicator": mention.indicator,
        "role": mention.role.value,
        "comparator": mention.comparator.value,
        "value_low": mention.value_low,
        "value_high": mention.value_high,
        "unit": mention.unit,
        "year": mention.year,
        "basis": mention.basis.value,
        "modality": mention.modality.value if mention.modality else None,
        "scope": mention.scope,
        "text": mention.text,
        "source": mention.source.value,
        "period": mention.period,
        "attribute": mention.attribute,
        "marks": list(mention.marks),
        "group": mention.group,
        "context": mention.context,
        "catalogue": _alignment(mention.catalogue),
        **_elsewhere(mention.anchor),
    }


def target_record(target: Target) -> Record:
    """What the plan commits to."""
    baseline = target.baseline
    return {
        "id": target.id,
        **_span(target.anchor),
        "indicator": target.indicator,
        "kind": target.kind.value,
        "comparator_printed": target.comparator_printed.value,
        "comparator_judged": target.comparator_judged.value,
        "judged_by": target.judged_by,
        "value_low": target.value_low,
        "value_high": target.value_high,
        "unit": target.unit,
        "year": target.year,
        "period_start": target.period_start,
        "basis": target.basis.value,
        "modality": target.modality.value,
        "direction": target.direction,
        "baseline": {"value": baseline.value, "year": baseline.year, "floor": baseline.floor} if baseline else None,
        "scope": target.scope,
        "attribute": target.attribute,
        "group": target.group,
        "own": target.own,
        "path": {str(year): value for year, value in target.path.items()},
        "mentions": list(target.mentions),
        "actuals": list(target.actuals),
        "text": target.text,
        "context": target.context,
        "catalogue": _alignment(target.catalogue),
        "questions": [{"code": q.code, "facts": plain(q.facts)} for q in target.questions],
        **_elsewhere(target.anchor),
    }


def commitment_record(commitment: Commitment) -> Record:
    """A promise without a number."""
    return {
        "id": commitment.id,
        **_span(commitment.anchor),
        "kind": commitment.kind.value,
        "indicator": commitment.indicator,
        "text": commitment.text,
        "context": commitment.context,
        "year": commitment.year,
        "modality": commitment.modality.value,
        **_elsewhere(commitment.anchor),
    }


def task_record(task: Task) -> Record:
    """A piece of work with the units that answer for it."""
    return {
        "id": task.id,
        **_span(task.anchor),
        "number": task.number,
        "title": task.title,
        "parent_title": task.parent_title,
        "chapter": task.chapter,
        "responsible_units": list(task.responsible_units),
        "lead_units": list(task.lead_units),
        "supporting_units": list(task.supporting_units),
        "inherited_units": list(task.inherited_units),
        "open_units": list(task.open_units),
        "text": task.text,
        "commitment_class": task.commitment_class.value,
        "sentences": [{"text": s.text, "verb": s.verb, "commitment_class": s.commitment_class.value} for s in task.sentences],
        **_elsewhere(task.anchor),
    }


def definition_record(definition: Definition) -> Record:
    """A term the paper explains."""
    return {
        **_span(definition.anchor),
        "term": definition.term,
        "text": definition.text,
        **_elsewhere(definition.anchor),
    }


def coverage_record(coverage: Coverage) -> Record:
    """Every number of the paper with what became of it, and the counts, which add up."""
    return {
        "total": coverage.total,
        "mention": coverage.count(Standing.MENTION),
        "excluded": coverage.count(Standing.EXCLUDED),
        "not_understood": coverage.count(Standing.NOT_UNDERSTOOD),
        "numbers": [number_record(n) for n in coverage.numbers],
    }


def number_record(number: NumberSeen) -> Record:
    """One number the independent scanner saw."""
    return {
        **_span(number.anchor),
        "text": number.text,
        "standing": number.standing.value,
        "reason": number.reason,
        **_elsewhere(number.anchor),
    }


def problem_record(problem: Problem) -> Record:
    """A finding; the sentence of `code` is in the messages catalogue."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "facts": plain(problem.facts),
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "line": problem.line,
    }


def place_record(anchor: Anchor | None) -> Record:
    """Where something stands in the paper."""
    return {**_span(anchor), **_elsewhere(anchor)}


def plain(value: object) -> Any:
    """A fact as JSON can hold it; exact numbers, days and other words become text."""
    if isinstance(value, Period):
        return value.label
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if value is None or type(value) in (str, bool, int):
        return value
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(v) for v in value]
    return str(value)


def _span(anchor: Anchor | None) -> Record:
    if anchor is None:
        return {"line": None, "char_start": None, "char_end": None}
    return {"line": anchor.place.line, "char_start": anchor.start, "char_end": anchor.end}


def _elsewhere(anchor: Anchor | None) -> Record:
    """Where it stands in a paper that has no lines."""
    keys = ("paragraph", "table", "row", "column", "sheet", "note", "page")
    box = anchor.box if anchor else None
    edges = [round(edge, 1) for edge in (box.left, box.top, box.right, box.bottom)] if box else None
    return {**{key: getattr(anchor.place, key) if anchor else None for key in keys}, "box": edges}


def _alignment(alignment: Alignment | None) -> Record | None:
    if alignment is None:
        return None
    return {
        "indicator": alignment.indicator,
        "name": alignment.name,
        "score": alignment.score,
        "reason": alignment.reason,
    }
