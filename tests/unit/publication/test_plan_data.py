"""The `extract` contract: exact both ways, kept by its published schema, and nothing else is believed."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from plan_strategies import plans
from sample import AS_OF, JUDGEMENTS, NOTE, PLAN, VALUES

from zhiheng.base.errors import DataError
from zhiheng.plans.model import Plan
from zhiheng.plans.restore import plan_from_json
from zhiheng.plans.serial import plan_json
from zhiheng.publication.contract import SCHEMAS
from zhiheng.publication.writers.json import values_bytes, verdicts_bytes

LABEL_KEYS = (
    "id,line,char_start,char_end,indicator,role,comparator,value_low,value_high,unit,year,basis,modality,scope,text,source"
)
META_KEYS = "title issuing_body document_number index_no adopted_date published_date period_start period_end region_name extra"


def published(name: str) -> Any:
    return json.loads(files("zhiheng").joinpath("publication", "assets", name).read_text("utf-8"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_published_schemas_are_those_of_the_code(name: str) -> None:
    schema = published(name)
    Draft202012Validator.check_schema(schema)
    assert schema == SCHEMAS[name], "run scripts/schemas.py"


def test_papers_keep_their_schemas() -> None:
    texts = {
        "extract.schema.json": plan_json(PLAN),
        "values.schema.json": values_bytes(PLAN, VALUES, as_of=AS_OF, figures_note=NOTE),
        "verdicts.schema.json": verdicts_bytes(PLAN, JUDGEMENTS, as_of=AS_OF),
    }
    for name, text in texts.items():
        faults = list(Draft202012Validator(published(name)).iter_errors(json.loads(text)))
        assert faults == [], name


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans())
def test_any_plan_comes_back_the_same_and_keeps_the_schema(plan: Plan) -> None:
    text = plan_json(plan)
    Draft202012Validator(SCHEMAS["extract.schema.json"]).validate(json.loads(text))
    assert plan_from_json(text) == plan


def test_mentions_have_the_keys_of_the_label_files_first() -> None:
    data = json.loads(plan_json(PLAN))
    assert list(data["mentions"][0])[:16] == LABEL_KEYS.split(",")
    assert set(META_KEYS.split()) | {"region_code"} == set(data["meta"])
    assert data["mentions"][0]["value_low"] == "95.5"
    assert data["mentions"][0]["value_high"] is None


def test_coverage_counts_add_up() -> None:
    seen = json.loads(plan_json(PLAN))["coverage"]
    assert seen["mention"] + seen["excluded"] + seen["not_understood"] == seen["total"] == len(seen["numbers"])


def test_empty_plan_round_trips() -> None:
    empty = replace(PLAN, mentions=(), targets=(), tasks=(), problems=())
    assert plan_from_json(plan_json(empty)) == empty


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "plan_form.not_json"),
        ("[" * 100_000, "plan_form.not_json"),
        ("[]", "plan_form.not_a_plan"),
        ('{"schema": "other"}', "plan_form.not_a_plan"),
        ('{"schema": NaN}', "plan_form.not_json"),
        ('{"schema": "zhiheng/extract/1"}', "plan_form.broken_entry"),
    ],
)
def test_other_json_is_refused(text: str, code: str) -> None:
    with pytest.raises(DataError) as refused:
        plan_from_json(text)
    assert refused.value.code == code


def test_a_broken_entry_is_named() -> None:
    data = json.loads(plan_json(PLAN))
    data["mentions"][3]["value_low"] = 97.1
    with pytest.raises(DataError) as refused:
        plan_from_json(json.dumps(data), "mine.json")
    assert refused.value.facts == {"file": "mine.json", "where": "mentions[3].value_low", "found": "97.1"}


def test_verdicts_say_line_and_reason() -> None:
    data = json.loads(verdicts_bytes(PLAN, JUDGEMENTS, as_of=AS_OF))
    first = data["verdicts"][0]
    assert (first["indicator"], first["target_line"], first["verdict"]) == ("制造业产品质量合格率", 41, "on_track")
    assert first["reason"].startswith("已完成") and first["reason_code"] == "judgement.on_track"
    assert sum(data["counts"].values()) == len(data["verdicts"]) == 28


def test_amounts_are_exact() -> None:
    data = json.loads(values_bytes(PLAN, VALUES, as_of=AS_OF))
    ratio = next(v for v in data["values"] if v["numerator"] == "9312")
    assert ratio["amount"] == "46560/481"
    assert next(v for v in data["values"] if v["printed"] == "94.2")["amount"] == "94.2"
