"""Does the Excel form speak Chinese where a person reads, and give the record its own codes back?"""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.flow.plan_source import open_plan
from zhiheng.plans import convention, coverage, form_words
from zhiheng.plans.form import form_sheets
from zhiheng.plans.form_cells import CellFault
from zhiheng.plans.model import CommitmentClass
from zhiheng.plans.quantities import exclusions
from zhiheng.rules.catalogue import Direction, MatchReason

COUNTY = Path(__file__).parents[3] / "examples" / "model_county"
# Columns for the program alone: codes of questions and problems, facts, the catalogue's own names of indicators.
FOR_THE_PROGRAM = {"待确认代码", "代码", "事实", "目录指标"}
ENGLISH = re.compile(r"\b[a-z_]{4,}", re.ASCII)
CODECS = {
    "reason": (form_words.REASON, [*form_words.REASONS, *form_words.REASONS.values()]),
    "why judged": (form_words.WHY_JUDGED, [*form_words.JUDGED_BY, *form_words.JUDGED_BY.values(), "；", " "]),
    "direction": (form_words.DIRECTION, [*form_words.DIRECTIONS, *form_words.DIRECTIONS.values()]),
    "match": (form_words.MATCH, [*form_words.MATCHES, *form_words.MATCHES.values()]),
}


def words_of(module: Any) -> set[str]:
    """Words in English that a module gives as reasons: heads of its tables of patterns, what its functions return or take."""
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Tuple(elts=[ast.Constant(value=str() as word), ast.Call() | ast.JoinedStr() | ast.Constant(), *_]):
                found.add(word)
            case ast.Return(value=ast.Constant(value=str() as word)) | ast.IfExp(body=ast.Constant(value=str() as word)):
                found.add(word)
            case ast.Call(func=ast.Name(id="take"), args=[*_, ast.Constant(value=str() as word)]):
                found.add(word)
    return {word for word in found if re.fullmatch("[a-z -]{4,}", word)}


def test_every_reason_of_the_account_has_a_word() -> None:
    given_reasons = words_of(coverage) | words_of(exclusions)
    assert len(given_reasons) > 25
    assert not given_reasons - form_words.REASONS.keys()


def test_every_way_of_judging_has_a_word() -> None:
    rules = set(re.findall(r'"(rule:[a-z_/]+)"?', inspect.getsource(convention)))
    assert {f"by={r}" if "ending" in r else r for r in rules} <= form_words.JUDGED_BY.keys()
    assert {f"direction={d.value}" for d in Direction} <= form_words.JUDGED_BY.keys()
    assert {d.value for d in Direction} == form_words.DIRECTIONS.keys()
    assert {r.value for r in MatchReason} == form_words.MATCHES.keys()


@pytest.mark.parametrize("name", CODECS)
def test_no_two_codes_have_one_word(name: str) -> None:
    codec, pieces = CODECS[name]
    shown = [codec.write(piece) for piece in dict.fromkeys(pieces)]
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("name", CODECS)
@given(data=st.data())
def test_any_text_comes_back(name: str, data: st.DataObject) -> None:
    codec, pieces = CODECS[name]
    value = "".join(data.draw(st.lists(st.sampled_from([*pieces, '"', "甲", "a"]), min_size=1, max_size=4)))
    assert codec.read(codec.write(value)) == value


def test_the_reason_of_a_judged_number_is_a_sentence() -> None:
    said = form_words.WHY_JUDGED.write("rule:plan/bare_number direction=higher by=catalogue")
    assert said == "规则：没有界限词的数；越高越好；方向出自指标目录"


TEXT = st.text(alphabet='质量，。〔〕；=：[{\n"a1 ', max_size=12)
SENTENCES = st.lists(
    st.fixed_dictionaries(
        {"text": TEXT, "verb": TEXT, "commitment_class": st.sampled_from([c.value for c in CommitmentClass])}
    ),
    min_size=1,
    max_size=3,
)
EXTRA = st.dictionaries(
    st.sampled_from([*form_words.PARTICULARS, "其他", "通知标题"]) | TEXT,
    TEXT
    | st.integers()
    | st.dictionaries(st.sampled_from([*form_words.PARTICULARS, "标题"]), st.integers(0, 999))
    | st.booleans(),
    min_size=1,
    max_size=4,
)


@given(SENTENCES)
def test_any_sentences_come_back(value: list[dict[str, Any]]) -> None:
    assert form_words.COMMITTED.read(form_words.COMMITTED.write(value)) == value


@given(EXTRA)
def test_any_particulars_come_back(value: dict[str, Any]) -> None:
    assert form_words.BESIDE.read(form_words.BESIDE.write(value)) == value


def test_what_a_person_reads_is_no_json() -> None:
    sentence = {"text": "全面推行首席质量官制度", "verb": "推行", "commitment_class": "full"}
    assert form_words.COMMITTED.write([sentence, sentence]) == "\n".join(["全面推行首席质量官制度〔推行，全面推行〕"] * 2)
    extra = {"notice_title": "某某通知", "long_term_year": 2035, "lines": {"title": 3, "period_end": 5}}
    assert form_words.BESIDE.write(extra) == "通知标题：某某通知\n远景年份：2035\n所在行：规划名称=3；截止年份=5"


@pytest.mark.parametrize("cell", ["全面推行某某制度", "某某〔推行〕", "某某〔推行，坚决〕"])
def test_a_sentence_without_its_class_is_told(cell: str) -> None:
    with pytest.raises(CellFault, match="每行一句"):
        form_words.COMMITTED.read(cell)


@pytest.mark.parametrize("cell", ["某某通知", "所在行：规划名称=甲"])
def test_particulars_of_another_form_are_told(cell: str) -> None:
    with pytest.raises(CellFault):
        form_words.BESIDE.read(cell)


@pytest.mark.parametrize("name", ["plan.txt", "plan.docx", "plan.html"])
def test_the_form_of_the_example_has_no_english_words(name: str) -> None:
    found = []
    for sheet in form_sheets(open_plan(COUNTY / name)):
        for row in sheet.rows:
            for head, cell in zip(sheet.header, row, strict=False):
                words = ENGLISH.findall(str(cell or "").replace("plan.", "").removesuffix("docx").removesuffix("html"))
                if head not in FOR_THE_PROGRAM and words:
                    found.append((sheet.name, head, cell))
    assert not found, found[:5]
