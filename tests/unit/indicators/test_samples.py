"""Does a sample design reach the receipt, so that anybody can compute the interval again, and is what makes none refused?"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.specs.lake import lay
from tests.specs.register import rulebook_with
from tests.unit.publication.receipt_content import a_receipt

from zhiheng.base.canonical_json import digest
from zhiheng.base.errors import RuleError
from zhiheng.base.period import Period
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Source
from zhiheng.evidence.lake.home import Home
from zhiheng.indicators.asking import Asked
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.computing import compute
from zhiheng.indicators.loading import load_definition
from zhiheng.indicators.receipt import Receipt
from zhiheng.publication.computed_values import computed_record, remarks
from zhiheng.publication.receipts import verify_receipt
from zhiheng.publication.receipts.words import chain

SHARE = """\
selection: {kind: random, strata: [programme], population: pieces}
measure: {kind: weighted_ratio, numerator: "good", weight: weight}
"""
MEAN = "selection: {kind: random, unit: [unit]}\nmeasure: {kind: mean, of: amount}\n"
WORDS = ("zh", "en")


def value_of(folder: Path, indicator: str, body: str, *, villages: int = 3) -> ComputedValue:
    """The value over four towns and some villages, drawn in unequal shares."""
    rows = [
        {
            "key": f"{number:02}",
            "place": "330402",
            "day": date(2026, 1, 5),
            "programme": "town" if number < 4 else "village",
            "unit": f"u{number // 2}",
            "weight": Decimal("2.5") if number < 4 else Decimal(10),
            "pieces": 10 if number < 4 else 30,
            "amount": Decimal(number * number),
            "good": number in (0, 1, 3, 4),
        }
        for number in range(4 + villages)
    ]
    definition = load_definition(rulebook_with(folder / "rulebook", indicator, body), f"spec.{indicator}")
    lay(Home(folder), definition.register, rows, "2026-02-01")
    (found,) = compute(DuckDBEngine(), Source(Home(folder), definition.register), [definition], Asked((Period.year(2026),)))
    return found


def checked(folder: Path, content: Any) -> str:
    """What the program for anybody prints of a receipt of that content."""
    path = folder / "receipt.json"
    path.write_text(json.dumps(a_receipt(content) | {"digest": digest(content)}, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(verify_receipt.SCRIPT), str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert (done.returncode == 0) == ("WRONG" not in done.stdout)
    return done.stdout


def test_the_receipt_tells_the_strata_and_anybody_computes_the_interval_again(tmp_path: Path) -> None:
    value = value_of(tmp_path, "share", SHARE)
    content: Any = json.loads(json.dumps(Receipt(value).content))
    # The specs' register shows its fields to nobody, so strata are numbered.
    town, village = content["result"]["sample"]["strata"]
    assert town == {
        **{"stratum": ["1"], "units": 4, "held": 10, "above": "7.5", "below": "10"},
        **{"above_squared": "18.75", "product": "18.75", "below_squared": "25"},
    }
    assert (village["units"], village["held"], content["result"]["sample"]["degrees"]) == (3, 30, 5)
    assert "WRONG" not in checked(tmp_path, content)
    for part, other in (("above", "8"), ("product", "18"), ("held", 11), ("units", 5)):
        forged = json.loads(json.dumps(content))
        forged["result"]["sample"]["strata"][0][part] = other
        assert "WRONG" in checked(tmp_path, forged)
    forged = json.loads(json.dumps(content))
    forged["result"]["interval"]["low"] = "6.842683000"
    assert "should be 5.8426" in checked(tmp_path, forged)
    forged["result"] |= {"interval": None, "sample": None}
    assert "there must be a sample design" in checked(tmp_path, forged)


def test_a_mean_goes_by_student_and_shows_its_interval_outward(tmp_path: Path) -> None:
    """0, 1 / 4, 9 / 16, 25 / 36: four units; se 5.11, t(3) 3.182, by hand with R: 13 ± 18.1."""
    value = value_of(tmp_path, "mean", MEAN)
    assert value.interval is not None
    assert (value.printed, value.interval.method) == ("13.0", "design_t")
    assert "WRONG" not in checked(tmp_path, json.loads(json.dumps(Receipt(value).content)))
    low, high = f"{value.interval.low:.9f}", f"{value.interval.high:.9f}"
    shown = remarks(value, "en").rpartition("interval ")[2].split(" to ")
    assert Decimal(shown[0]) <= Decimal(low) < Decimal(shown[0]) + Decimal("0.1")
    assert Decimal(shown[1]) - Decimal("0.1") < Decimal(high) <= Decimal(shown[1])


@pytest.mark.parametrize("language", WORDS)
def test_why_there_is_no_interval_is_told(tmp_path: Path, language: str) -> None:
    value = value_of(tmp_path, "share", SHARE, villages=1)
    assert (value.printed, value.interval) == ("87.5", None)
    assert computed_record(value)["no_interval"] == "lone_unit"
    reason = {"zh": "有的层只抽到一个单位", "en": "a single unit was drawn"}[language]
    assert reason in remarks(value, language)
    content: Any = json.loads(json.dumps(Receipt(value, "2026-02-01T08:00:00+08:00").content))
    assert any(reason in line for line in chain(content, language))
    assert content["result"]["sample"] == {"absence": "lone_unit", "degrees": None, "strata": []}
    assert "WRONG" not in checked(tmp_path, content)


@pytest.mark.parametrize(
    ("indicator", "body", "code"),
    [
        ("number", "selection: {kind: random}\nmeasure: {kind: count}", "indicators.no_design_in_kind"),
        ("share", 'selection: {kind: random, strata: [unit]}\nmeasure: {kind: ratio, numerator: "good"}', "indicators.strata_without_weight"),
        (
            "share",
            'subject: [unit]\nholds_of: all\nselection: {kind: random}\nmeasure: {kind: ratio, numerator: "good"}',
            "indicators.key_does_not_fit",
        ),
        ("share", 'selection: random\nmeasure: {kind: ratio, numerator: "good"}', "rules.unknown_word"),
        ("mean", "selection: {kind: random, population: amount}\nmeasure: {kind: mean, of: amount}", "indicators.field_of_other_kind"),
        ("mean", "selection: {kind: random, unit: [nobody]}\nmeasure: {kind: mean, of: amount}", "evidence.unknown_field"),
    ],
)  # fmt: skip
def test_a_design_that_tells_no_interval_is_refused(tmp_path: Path, indicator: str, body: str, code: str) -> None:
    with pytest.raises(RuleError) as fault:
        load_definition(rulebook_with(tmp_path, indicator, body), f"spec.{indicator}")
    assert fault.value.code == code
    assert fault.value.facts["line"]
