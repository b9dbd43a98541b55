"""Which mention comes of each form in which a plan states a quantity? One case a form; the sentences are our own."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from zhiheng.documents.readers import read_text
from zhiheng.flow.knowledge import knowledge
from zhiheng.plans.compiler import compile_plan
from zhiheng.plans.model import Mention, Plan

FORMS = Path(__file__).parent / "forms.txt"


class Form(NamedTuple):
    """A form of the genre, a sentence in it, and its mentions in the order printed."""

    name: str
    known_defect: bool
    past: bool
    sentence: str
    mentions: tuple[str, ...]


def forms() -> list[Form]:
    blocks = re.split(r"^# form", FORMS.read_text("utf-8"), flags=re.M)[1:]
    found = []
    for block in blocks:
        name, sentence, *rows = (line for line in block.split("\n") if line.strip())
        mentions = tuple(_tidy(r) for r in rows)
        found.append(Form(name.lstrip("! "), name[0] == "!", sentence[0] == "<", sentence[2:], mentions))
    return found


def _tidy(row: str) -> str:
    return " | ".join(cell.strip() for cell in row.split("|"))


@lru_cache
def compiled(sentence: str, past: bool) -> Plan:
    heading = "一、“十四五”发展成效" if past else "一、发展目标"
    lines = ("青岭县质量发展规划（2026—2030年）", heading, sentence, "二、重点任务", "夯实基础。")
    known = knowledge()
    return compile_plan(read_text("\n".join(lines), "paper.txt"), known.catalogue, known.rulebook)


def row(m: Mention) -> str:
    cells = (
        m.indicator, m.comparator.value, m.value_low, m.value_high, m.unit, m.year, m.basis.value, m.role.value,
        m.modality.value if m.modality else None, m.text,
    )  # fmt: skip
    return " | ".join("" if c is None else str(c) for c in cells)


def cases() -> list[Any]:
    falls_short = pytest.mark.xfail(strict=True, reason="the compiler is known to fall short of this form")
    return [pytest.param(f, id=f.name, marks=falls_short if f.known_defect else ()) for f in forms()]


@pytest.mark.parametrize("form", cases())
def test_form(form: Form):
    assert tuple(row(m) for m in compiled(form.sentence, form.past).mentions) == form.mentions


def test_there_are_forms_enough_and_each_only_once():
    names = [f.name for f in forms()]
    assert len(names) >= 120
    assert len(names) == len(set(names))


def test_spans_stand_in_the_sentence():
    for form in forms():
        for m in compiled(form.sentence, form.past).mentions:
            assert form.sentence[m.anchor.start : m.anchor.end] == m.text
            assert m.anchor.place.line == 3
