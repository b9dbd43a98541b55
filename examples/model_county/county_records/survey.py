"""Which answers make the satisfaction with public services that the plan prints for 2023?

The mean of all scores of the field, weighted by stratum; who refused has no score. Later years were not surveyed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from county_records.figures import PLACE, chance, day
from county_records.files import RecordFile, Row, Table, named
from county_records.units import SERVICES

PRINTED = Decimal("81.2")
SURVEY = "2023年青岭县公共服务质量满意度调查（示例）"
HEADER = ("调查名称", "答卷编号", "题目", "领域", "评分", "拒答", "调查日期", "地区", "分层", "权重", "受访者电话")
QUESTIONS = (("教育", 79), ("医疗", 77), ("政务", 86), ("公交", 82))
STRATA = (("城区", 400, Decimal("1.2")), ("乡镇", 500, Decimal("0.84")))
_SCORES = (20, 40, 60, 70, 80, 90, 100)
# Well inside what prints as 81.2.
_NEAR = Decimal("0.01")


@dataclass
class Answer:
    """One answer; `score` None: refused."""

    number: int
    stratum: str
    weight: Decimal
    question: str
    field: str
    score: int | None
    on: date


def _answers(dice: random.Random) -> list[Answer]:
    found, number = [], 0
    for stratum, people, weight in STRATA:
        for _ in range(people):
            number += 1
            on = day(dice, date(2023, 9, 4), date(2023, 11, 24))
            for about, usual in QUESTIONS:
                score = None if dice.random() < 0.03 else _near(usual + dice.gauss(0, 13))
                found.append(Answer(number, stratum, weight, f"对本县{about}服务质量的评分", "公共服务质量", score, on))
            score = _near(78 + dice.gauss(0, 14))
            found.append(Answer(number, stratum, weight, "对本县商贸服务质量的评分", "服务质量", score, on))
    _settle(dice, [a for a in found if a.field == "公共服务质量" and a.score is not None])
    return found


def _near(score: float) -> int:
    return min(_SCORES, key=lambda s: abs(s - score))


def _settle(dice: random.Random, counted: list[Answer]) -> None:
    """Change single scores by a step until the weighted mean prints as it should."""
    total = sum((a.weight * (a.score or 0) for a in counted), Decimal(0))
    weights = sum((a.weight for a in counted), Decimal(0))
    while abs(apart := PRINTED - total / weights) > _NEAR:
        one = dice.choice(counted)
        place = _SCORES.index(one.score or 0) + (1 if apart > 0 else -1)
        if 0 <= place < len(_SCORES):
            total += one.weight * (_SCORES[place] - (one.score or 0))
            one.score = _SCORES[place]


def _row(one: Answer) -> Row:
    first = (SURVEY, f"QLMD2023{one.number:05}", one.question, one.field, one.score, one.score is None, one.on)
    return (*first, PLACE, one.stratum, one.weight, f"示例{one.number:06}")


def files() -> list[RecordFile]:
    """The answers of 2023."""
    rows = [_row(one) for one in _answers(chance("survey"))]
    name = named("满意度调查答卷", "csv", "2023")
    return [RecordFile("satisfaction_response", name, SERVICES, (Table("2023", HEADER, rows),))]
