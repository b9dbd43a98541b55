"""Are the papers of the genre fixtures read as a person labelled them? Figures may only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.scoring import Labels, Score, score

from zhiheng.flow.plan_source import open_plan
from zhiheng.plans.serial import plan_record

GENRE = Path(__file__).parents[1] / "fixtures" / "genre"
PAPERS = sorted(p.stem for p in GENRE.glob("*.txt"))
# What each paper reached so far: [f1, strict_f1]. A figure that rose is written down here by hand.
REACHED = json.loads((GENRE / "reached.json").read_text("utf-8"))
LEAST_F1, LEAST_STRICT = 0.97, 0.89


def scored(name: str, *, use_aliases: bool = True) -> Score:
    return score(plan_record(open_plan(GENRE / f"{name}.txt", use_aliases=use_aliases)), Labels.of(GENRE / name))


def test_every_paper_has_a_figure_to_keep():
    assert sorted(REACHED) == PAPERS


@pytest.mark.parametrize("use_aliases", [True, False], ids=["aliases", "no aliases"])
@pytest.mark.parametrize("name", PAPERS)
def test_paper_is_read_as_labelled(name: str, use_aliases: bool):
    found = scored(name, use_aliases=use_aliases)
    f1, strict = REACHED[name]
    assert found.f1 >= max(f1, LEAST_F1), found
    assert found.strict_f1 >= max(strict, LEAST_STRICT), found
    assert (found.task_recall, found.task_precision, found.units_exact) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("name", PAPERS)
def test_labels_stand_where_they_say(name: str):
    lines = (GENRE / f"{name}.txt").read_text("utf-8").split("\n")
    labels = Labels.of(GENRE / name)
    assert labels.targets
    for row in (*labels.targets, *labels.unscored):
        assert lines[int(row["line"]) - 1][int(row["char_start"]) : int(row["char_end"])] == row["text"]
