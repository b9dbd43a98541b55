"""The tables people read in docs/reference/verdicts.md are run row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.builders import a_plan, a_progress_rule, a_target, a_value

from zhiheng.base.quantity import Basis
from zhiheng.evidence.figures import Proof
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.judging import judge
from zhiheng.judgement.verdict import Verdict
from zhiheng.plans.model import Baseline, Meta, Modality, Question, Target
from zhiheng.rules.messages import strict_sentence

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "verdicts.md"
ROW = re.compile(r"^\| (\d{4}-\d\d-\d\d) \|")


def rows() -> Iterator[tuple[str, list[str]]]:
    target = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("`target:"):
            target = line.strip("`").removeprefix("target:").strip()
        elif ROW.match(line):
            yield target, [cell.strip() for cell in line.strip("|").split("|")]


def the_target(said: str) -> Target:
    head, *rest = [part.strip() for part in said.split(",")]
    comparator, *numbers = head.split()
    given: dict[str, Any] = {"unit": None}
    if numbers and not re.match(r"^[\d.]+$", numbers[-1]):
        given["unit"] = numbers.pop()
    for part in rest:
        word, *more = part.split()
        if word == "base":
            given["baseline"] = Baseline(more[0], 2020, floor="floor" in more)
        elif word == "path":
            given.setdefault("path", {})[int(more[0])] = more[1]
        elif word == "maintain":
            given["modality"] = Modality.MAINTAIN
        elif word == "each":
            given["scope"] = "每年"
        elif word == "scope":
            given["scope"] = more[0]
        elif word == "named":
            given["indicator"] = f"政府质量奖获奖组织({more[0]})"
        elif word == "marked":
            given["text"] = "<96%>"
        elif word == "question":
            given["questions"] = (Question("judgement.bound_zero"),)
        elif part == "no year":
            given["year"] = None
        else:
            given["basis"] = Basis(word)
    if comparator == "open":
        return a_target(None, "==", value_low=None, value_high=None, **given)
    if comparator == "zero_events":
        return a_target("0", comparator, basis=Basis.COUNT, **given)
    return a_target(numbers[0], comparator, **(given | ({"value_high": numbers[1]} if len(numbers) > 1 else {})))


def the_value(said: str, target: Target) -> IndicatorValue:
    period, rest = said.split(":")
    amount, *words = rest.split()
    given: dict[str, Any] = {"unit": target.unit, "indicator": target.indicator}
    while words:
        word = words.pop(0)
        if word in ("declared", "proven"):
            given["proof"] = Proof(word)
        elif word == "scope":
            given["scope"] = words.pop(0)
        elif word == "at":
            given["place"] = words.pop(0)
        elif word == "assigned":
            given |= {"assigned": True, "bound": words.pop(0)}
        elif word == "‰":
            given["unit"] = word
        else:
            given["basis"] = Basis(word)
    if given.get("basis") is Basis.LEVEL:
        given["unit"] = "吨"
    return a_value(None if amount == "none" else amount, period, **given)


@pytest.mark.parametrize(("target", "row"), list(rows()), ids=lambda x: x if isinstance(x, str) else " ".join(x))
def test_row(target, row):
    day, figures, verdict, progress, reason = row
    asked = the_target(target)
    values = [the_value(f, asked) for f in figures.split(";") if f.strip()]
    end = None if asked.year is None else 2025
    plan = a_plan(asked, meta=Meta(region_name="青岭县", period_start=2021, period_end=end))
    (found,) = judge(plan, values, date.fromisoformat(day), a_progress_rule())
    state = found.progress.state.value if found.progress else ""
    assert (found.verdict.value, state, found.reason.removeprefix("judgement.")) == (verdict, progress, reason)
    for language in ("zh", "en"):
        assert "{" not in strict_sentence(found.reason, found.reason_facts, language)
    assert found.sentence == strict_sentence(found.reason, found.reason_facts)
    assert found.indicator in found.sentence


def test_the_page_names_every_verdict():
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"| `{v.value}` |" in text for v in Verdict)
    assert len(list(rows())) > 100
