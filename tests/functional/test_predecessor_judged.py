"""Is a plan's report on its predecessor judged as it is printed, and turned over by one unit of the last printed digit?"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zhiheng.flow.plan_source import open_plan
from zhiheng.judgement.self_report import judge_reported

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
PAPER = CORPUS / "s4_haiyan_14th.txt"
TABLE = CORPUS / "labels" / "s4_haiyan_14th.judgement.csv"
LOWER_IS_BETTER = "浓度"
STRICT = "大于"
NO_ACCIDENT = "零事故"
NUMBER = re.compile(r"\d+(?:\.\d+)?")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not TABLE.exists(), reason="the shared corpora are not beside the project"),
]


@dataclass(frozen=True)
class Reported:
    """A row of the completed table as labelled."""

    indicator: str
    target: str
    actual: str
    target_line: int
    actual_line: int
    judgement: str

    @property
    def bound(self) -> Decimal:
        return Decimal(_number(self.target))

    def beyond(self) -> str:
        """The actual one unit of its last printed digit on the wrong side of the bound."""
        if NO_ACCIDENT in self.target:
            return "1起"
        unit = Decimal(1).scaleb(-max(_digits(self.actual), _digits(self.target)))
        wrong = self.bound + unit if LOWER_IS_BETTER in self.indicator else self.bound - unit
        return self._with(wrong)

    def on(self) -> str:
        """The actual exactly on the bound, in the digits the actual is printed with."""
        if NO_ACCIDENT in self.target:
            return self.actual
        return self._with(self.bound.quantize(Decimal(1).scaleb(-max(_digits(self.actual), _digits(self.target)))))

    def _with(self, value: Decimal) -> str:
        return NUMBER.sub(f"{value:f}", self.actual, count=1)


def _number(printed: str) -> str:
    found = NUMBER.search(printed)
    assert found, printed
    return found[0]


def _digits(printed: str) -> int:
    return len(_number(printed).partition(".")[2])


def table() -> list[Reported]:
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Reported(
                indicator=r["indicator"],
                target=r["target_text"],
                actual=r["actual_text"],
                target_line=int(r["target_line"]),
                actual_line=int(r["actual_line"]),
                judgement=r["judgement_text"],
            )
            for r in csv.DictReader(file)
        ]


def judged_in_process(path: Path) -> dict[int, Any]:
    return {v.target_line: v for v in judge_reported(open_plan(path)) if v.target_line is not None}


def with_actuals(tmp_path: Path, changed: dict[int, str]) -> Path:
    """The paper with other actual values on the given lines."""
    lines = PAPER.read_text("utf-8").split("\n")
    for line, value in changed.items():
        lines[line - 1] = value
    paper = tmp_path / PAPER.name
    paper.write_text("\n".join(lines), "utf-8")
    return paper


def test_all_rows_are_judged_as_printed():
    command = [sys.executable, "-m", "zhiheng.cli.main", "judge", str(PAPER), "--format", "json"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    verdicts = json.loads(run.stdout)["verdicts"]
    said = [(r.indicator, r.target_line, r.actual_line, {"完成": "met"}[r.judgement]) for r in table()]
    assert [(v["indicator"], v["target_line"], v["actual_line"], v["verdict"]) for v in verdicts] == said
    assert len(said) == 18
    assert all(v["reason"] for v in verdicts)


@pytest.mark.parametrize("row", table(), ids=lambda r: r.indicator)
def test_one_unit_beyond_the_bound_is_missed(row: Reported, tmp_path: Path):
    found = judged_in_process(with_actuals(tmp_path, {row.actual_line: row.beyond()}))
    assert found[row.target_line].verdict == "missed", row.beyond()
    others = {line: v.verdict.value for line, v in found.items() if line != row.target_line}
    assert others == {r.target_line: "met" for r in table() if r != row}


@pytest.mark.parametrize("row", table(), ids=lambda r: r.indicator)
def test_exactly_on_the_bound_is_met_unless_the_bound_is_strict(row: Reported, tmp_path: Path):
    found = judged_in_process(with_actuals(tmp_path, {row.actual_line: row.on()}))
    assert found[row.target_line].verdict == ("missed" if STRICT in row.target else "met"), row.on()


def test_all_actuals_changed_at_once(tmp_path: Path):
    beyond = judged_in_process(with_actuals(tmp_path, {r.actual_line: r.beyond() for r in table()}))
    assert {v.verdict.value for v in beyond.values()} == {"missed"}
    assert len(beyond) == 18
