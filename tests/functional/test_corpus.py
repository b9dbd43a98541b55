"""Does the command line read the published plans as people labelled them, whatever the encoding of the file?"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from tests.scoring import Labels, score

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus"
SCORER = SHARED / "tools" / "score_extraction.py"
LABELLED = ("s1_jiaxing_13th", "s2_jincheng_2023", "s4_haiyan_14th")
META = (
    "title", "issuing_body", "document_number", "index_no", "adopted_date", "published_date", "period_start", "period_end",
    "region_name",
)  # fmt: skip
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16", "utf-16-be")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SCORER.exists(), reason="the shared corpora are not beside the project"),
]


def zhiheng(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zhiheng.cli.main", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True)


@lru_cache
def extracted(name: str, *flags: str) -> str:
    return zhiheng("extract", CORPUS / f"{name}.txt", "--format", "json", *flags).stdout


def labels_of(name: str, kind: str) -> Path:
    return CORPUS / "labels" / f"{name}.{kind}"


@pytest.mark.parametrize("flags", [(), ("--no-aliases",)], ids=["aliases", "no aliases"])
@pytest.mark.parametrize("name", LABELLED)
def test_plan_is_read_as_labelled(name: str, flags: tuple[str, ...], tmp_path: Path):
    plan = tmp_path / "plan.json"
    plan.write_text(extracted(name, *flags), "utf-8")
    files = (
        labels_of(name, "targets.csv"),
        "--tasks",
        labels_of(name, "tasks.csv"),
        "--excluded",
        labels_of(name, "excluded.csv"),
    )
    command = [sys.executable, str(SCORER), str(plan), *map(str, files), "--json", "--show"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    figures = json.loads(run.stdout)
    assert figures["f1"] >= 0.97, run.stderr
    assert figures["strict_f1"] >= 0.93, run.stderr
    assert figures["task_recall"] >= 0.97
    assert figures["task_precision"] >= 0.97
    assert figures["units_exact"] == 1
    ours = score(json.loads(plan.read_text("utf-8")), Labels.of(CORPUS / "labels" / name))
    assert (ours.f1, ours.strict_f1, ours.labels) == pytest.approx((figures["f1"], figures["strict_f1"], figures["labels"]))


def test_fragment_without_figures_yields_none():
    plan = json.loads(extracted("s0_jiaxing_14th_fragment"))
    assert plan["mentions"] == []
    assert plan["targets"] == []


@pytest.mark.parametrize("name", LABELLED)
def test_meta_says_what_the_paper_says(name: str):
    said = json.loads(labels_of(name, "meta.json").read_text("utf-8"))
    read = json.loads(extracted(name))["meta"]
    assert {key: read[key] for key in META} == {key: said[key] for key in META}


@pytest.mark.parametrize("name", LABELLED)
def test_outline_is_the_paper_s_own(name: str):
    with labels_of(name, "outline.csv").open(encoding="utf-8", newline="") as file:
        said = [(int(r["line"]), int(r["level"]), r["number"], r["title"]) for r in csv.DictReader(file)]
    read = json.loads(extracted(name))["outline"]
    assert [(h["line"], h["level"], h["number"], h["title"]) for h in read] == said


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", LABELLED)
def test_encoding_of_the_file_changes_nothing(name: str, encoding: str, tmp_path: Path):
    text = (CORPUS / f"{name}.txt").read_text("utf-8")
    paper = tmp_path / f"{name}.txt"
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    paper.write_bytes((mark + text).encode(encoding))
    read: dict[str, Any] = json.loads(zhiheng("extract", paper, "--format", "json").stdout)
    assert read == json.loads(extracted(name))
