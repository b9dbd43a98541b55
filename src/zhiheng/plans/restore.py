"""Which plan do these records describe? The way back from `plans.serial`; nothing is believed before the schema holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NoReturn

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.exceptions import best_match

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem, Severity
from zhiheng.base.quantity import Basis
from zhiheng.documents.tree import Anchor, Box, Place
from zhiheng.plans.contract import EXTRACT
from zhiheng.plans.model import (
    Alignment,
    Baseline,
    Commitment,
    CommitmentClass,
    CommitmentKind,
    Comparator,
    Coverage,
    Definition,
    Heading,
    Mention,
    Meta,
    Modality,
    NumberSeen,
    Plan,
    Question,
    Role,
    Source,
    Standing,
    Target,
    TargetKind,
    Task,
    TaskSentence,
)
from zhiheng.plans.serial import SCHEMA_NAME

Record = Mapping[str, Any]


def plan_from_json(text: str, file: str = "plan.json") -> Plan:
    """The plan that `plan_json` wrote; a DataError says which entry is not as the contract has it."""
    try:
        data = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as fault:
        line = fault.lineno if isinstance(fault, json.JSONDecodeError) else None
        raise DataError("plan_form.not_json", file=file, line=line or 1) from fault
    if not isinstance(data, dict) or data.get("schema") != SCHEMA_NAME:
        raise DataError("plan_form.not_a_plan", file=file, schema=SCHEMA_NAME)
    _check(data, file)
    return plan_of(data)


def plan_of(record: Record) -> Plan:
    """The plan of a record that keeps the contract."""
    return Plan(
        name=record["name"],
        meta=meta_of(record["meta"]),
        outline=tuple(heading_of(r) for r in record["outline"]),
        mentions=tuple(mention_of(r) for r in record["mentions"]),
        targets=tuple(target_of(r) for r in record["targets"]),
        commitments=tuple(commitment_of(r) for r in record["commitments"]),
        tasks=tuple(task_of(r) for r in record["tasks"]),
        definitions=tuple(definition_of(r) for r in record["definitions"]),
        coverage=Coverage(tuple(number_of(r) for r in record["coverage"]["numbers"])),
        problems=tuple(problem_of(r) for r in record["problems"]),
    )


def meta_of(record: Record) -> Meta:
    """What the paper says about itself."""
    years = {key: _whole(record[key]) for key in ("period_start", "period_end")}
    return Meta(**{**record, **years})


def heading_of(record: Record) -> Heading:
    """An entry of the outline."""
    return Heading(int(record["level"]), record["number"], record["title"], anchor_of(record))


def mention_of(record: Record) -> Mention:
    """A place where a quantity stands."""
    return Mention(
        id=record["id"],
        indicator=record["indicator"],
        role=Role(record["role"]),
        comparator=Comparator(record["comparator"]),
        value_low=record["value_low"],
        value_high=record["value_high"],
        unit=record["unit"],
        year=_whole(record["year"]),
        basis=Basis(record["basis"]),
        modality=Modality(record["modality"]) if record["modality"] else None,
        scope=record["scope"],
        source=Source(record["source"]),
        text=record["text"],
        anchor=anchor_of(record),
        context=record["context"],
        period=record["period"],
        attribute=record["attribute"],
        marks=tuple(record["marks"]),
        group=record["group"],
        catalogue=_alignment_of(record["catalogue"]),
    )


def target_of(record: Record) -> Target:
    """What the plan commits to."""
    start = record["baseline"]
    return Target(
        id=record["id"],
        indicator=record["indicator"],
        kind=TargetKind(record["kind"]),
        comparator_printed=Comparator(record["comparator_printed"]),
        comparator_judged=Comparator(record["comparator_judged"]),
        judged_by=record["judged_by"],
        value_low=record["value_low"],
        value_high=record["value_high"],
        unit=record["unit"],
        year=_whole(record["year"]),
        period_start=_whole(record["period_start"]),
        basis=Basis(record["basis"]),
        modality=Modality(record["modality"]),
        direction=record["direction"],
        baseline=Baseline(start["value"], _whole(start["year"]), start["floor"]) if start else None,
        scope=record["scope"],
        attribute=record["attribute"],
        group=record["group"],
        own=record["own"],
        path={int(year): value for year, value in record["path"].items()},
        mentions=tuple(record["mentions"]),
        actuals=tuple(record["actuals"]),
        text=record["text"],
        context=record["context"],
        anchor=anchor_of(record) if record["char_start"] is not None else None,
        catalogue=_alignment_of(record["catalogue"]),
        questions=tuple(Question(q["code"], q["facts"]) for q in record["questions"]),
    )


def commitment_of(record: Record) -> Commitment:
    """A promise without a number."""
    return Commitment(
        id=record["id"],
        kind=CommitmentKind(record["kind"]),
        indicator=record["indicator"],
        text=record["text"],
        context=record["context"],
        year=_whole(record["year"]),
        modality=Modality(record["modality"]),
        anchor=anchor_of(record),
    )


def task_of(record: Record) -> Task:
    """A piece of work with the units that answer for it."""
    return Task(
        id=record["id"],
        number=record["number"],
        title=record["title"],
        parent_title=record["parent_title"],
        chapter=record["chapter"],
        responsible_units=tuple(record["responsible_units"]),
        lead_units=tuple(record["lead_units"]),
        supporting_units=tuple(record["supporting_units"]),
        inherited_units=tuple(record["inherited_units"]),
        open_units=tuple(record["open_units"]),
        anchor=anchor_of(record),
        text=record["text"],
        sentences=tuple(
            TaskSentence(s["text"], s["verb"], CommitmentClass(s["commitment_class"])) for s in record["sentences"]
        ),
        commitment_class=CommitmentClass(record["commitment_class"]),
    )


def definition_of(record: Record) -> Definition:
    """A term the paper explains."""
    return Definition(record["term"], record["text"], anchor_of(record))


def number_of(record: Record) -> NumberSeen:
    """One number the independent scanner saw."""
    return NumberSeen(record["text"], Standing(record["standing"]), record["reason"], anchor_of(record))


def problem_of(record: Record) -> Problem:
    """A finding."""
    return Problem(
        code=record["code"],
        severity=Severity(record["severity"]),
        facts=record["facts"],
        file=record["file"],
        sheet=record["sheet"],
        row=_whole(record["row"]),
        column=record["column"],
        line=_whole(record["line"]),
    )


def anchor_of(record: Record) -> Anchor:
    """The span and the place it stands in."""
    numbers = {key: _whole(record[key]) for key in ("line", "paragraph", "table", "row", "column", "note", "page")}
    box = Box(*map(float, record["box"])) if record["box"] else None
    place = Place(sheet=record["sheet"], boxes=None, **numbers)
    return Anchor(place, int(record["char_start"]), int(record["char_end"]), box)


def _alignment_of(record: Record | None) -> Alignment | None:
    if record is None:
        return None
    return Alignment(record["indicator"], record["name"], float(record["score"]), record["reason"])


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(EXTRACT)


def _check(data: Record, file: str) -> None:
    fault: ValidationError | None = best_match(_validator().iter_errors(data))
    if fault is not None:
        found = fault.instance if not isinstance(fault.instance, (dict, list)) else fault.message
        raise DataError("plan_form.broken_entry", file=file, where=_path(fault.absolute_path), found=str(found)[:80])


def _path(parts: Sequence[str | int]) -> str:
    path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts)
    return path.lstrip(".") or "."
