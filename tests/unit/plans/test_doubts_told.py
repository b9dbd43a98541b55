"""Has every doubt a kind, a sentence in both languages, and a place in the published schema?"""

from __future__ import annotations

import jsonschema
import pytest
from doubting import with_mentions
from papers import a_document

from builders import a_mention, an_anchor
from zhiheng.base.problem import Severity
from zhiheng.plans.consistency.doubt import Doubt, Kind, Passage
from zhiheng.plans.consistency.impossible import Bounds
from zhiheng.plans.consistency.serial import CHECK_RECORD, doubt_record
from zhiheng.plans.consistency.settling import doubts
from zhiheng.plans.model import Source
from zhiheng.rules.messages import room_sentences, sentence

CODES = sorted(room_sentences("consistency"))
BOUNDS = Bounds(("合格率",), (), {})
NAMES = """
indicator year one other value top day base base_year part whole shares sum total parts said there years each later then words what
deadline last first unit near tasks titles meant times number title before before_title
"""
FACTS = dict.fromkeys(NAMES.split(), "甲")


def a_doubt(code: str) -> Doubt:
    return Doubt(code, Severity.WARNING, FACTS, (Passage(an_anchor(3), "此处"), Passage(None, "彼处")))


@pytest.mark.parametrize("code", CODES)
def test_every_doubt_is_told_in_both_languages(code: str) -> None:
    doubt = a_doubt(code)
    assert doubt.kind in Kind
    for language in ("zh", "en"):
        said = sentence(code, doubt.facts, language)
        assert said != code and "{" not in said
    assert sentence(f"cli.doubts_{doubt.kind}", {"count": 2}, "zh").endswith("（2）")
    assert sentence(f"cli.doubts_{doubt.kind}", {"count": 2}, "en").endswith("(2)")


@pytest.mark.parametrize("code", CODES)
def test_the_record_of_a_doubt_keeps_the_schema(code: str) -> None:
    schema = CHECK_RECORD["properties"]["doubts"]["items"]
    record = doubt_record(a_doubt(code), "说明")
    jsonschema.validate(record, schema)
    assert [p["line"] for p in record["places"]] == [3, None]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record | {"kind": "another"}, schema)


def test_the_gravest_come_first() -> None:
    floor = a_mention("95", "==", line=1, context="表中", indicator="示范企业", unit="家")
    figure = a_mention("93", line=2, context="文中", indicator="示范企业", unit="家", source=Source.PROSE)
    found = doubts(with_mentions(floor, figure, a_mention("105", line=3, context="第三")), None, BOUNDS)
    assert [d.severity for d in found] == [Severity.WARNING, Severity.QUESTION]


def test_one_slip_is_told_once() -> None:
    right, slip = a_mention("95", line=1, context="表中"), a_mention("195", line=2, context="文中", source=Source.PROSE)
    assert [d.code for d in doubts(with_mentions(right, slip), None, BOUNDS)] == ["consistency.share_over_whole"]


def test_without_the_paper_only_the_plan_is_looked_at() -> None:
    paper = a_document("提升锟斤拷质量。", "2024年2月30日")
    assert len(doubts(with_mentions(), paper, BOUNDS)) == 2
    assert doubts(with_mentions(), None, BOUNDS) == ()
