"""Can a person find what `check`, `extract` and `judge` speak of, in papers without lines too?"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from zhiheng.cli.main import main
from zhiheng.cli.places import place_words
from zhiheng.documents.tree import Anchor, Place

COUNTY = Path(__file__).parents[3] / "examples" / "model_county"
ROW = re.compile(r"^\s*(?:T\d+\s.*\s)?(?:行\d+|段\d+|表\d+行\d+列\d+|工作表“[^”]+”行\d+列\d+)\s")


def rows(said: str, head: str) -> list[str]:
    """The rows of the table whose column heads hold the word."""
    lines = said.splitlines()
    start = next(i for i, line in enumerate(lines) if head in line) + 2
    return [line for line in lines[start : lines.index(next(x for x in lines[start:] if not x.strip()), start)] if line.strip()]


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (Place(line=17), "行17", "line 17"),
        (Place(paragraph=12), "段12", "paragraph 12"),
        (Place(table=2, row=3, column=4), "表2行3列4", "table 2, row 3, column 4"),
        (Place(sheet="指标", table=1, row=3, column=4), "工作表“指标”行3列4", "sheet '指标', row 3, column 4"),
        (Place(note=2), "脚注2", "note 2"),
        (Place(), "", ""),
    ],
)
def test_a_place_in_few_words(place: Place, zh: str, en: str) -> None:
    assert (place_words(Anchor(place, 0, 1), "zh"), place_words(Anchor(place, 0, 1), "en")) == (zh, en)
    assert place_words(None, "zh") == ""


@pytest.mark.parametrize("name", ["plan.docx", "plan.html", "plan.txt"])
def test_every_number_not_understood_has_place_and_sentence(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(COUNTY / name)])
    shown = capsys.readouterr().out
    main(["check", str(COUNTY / name), "--json"])
    unread = json.loads(capsys.readouterr().out)["not_understood"]
    found = [" ".join(row.split()) for row in rows(shown, "所在语句")] if unread else []
    assert len(found) == len(unread)
    for row, number in zip(found, unread, strict=True):
        assert ROW.match(row + " "), row
        assert number["text"] in number["sentence"] and number["sentence"] in row


def test_a_plan_that_came_as_data_has_places_without_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "plan.xlsx"
    assert main(["extract", str(COUNTY / "plan.docx"), "--format", "xlsx", "--out", str(form)]) == 0
    main(["check", str(form)])
    said = capsys.readouterr().out
    assert "所在语句" not in said
    if "没读懂的数字" in said:
        assert all(ROW.match(" ".join(row.split()) + " ") for row in rows(said, "位置"))


def test_a_number_in_a_table_is_shown_with_its_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "指标"
    for row in (["指标", "单位", "2028年目标"], ["产品质量合格率", "%", "95以上"], ["某某清单", "—", "见 37 号某某"]):
        sheet.append(row)
    book.save(tmp_path / "plan.xlsx")
    main(["check", str(tmp_path / "plan.xlsx")])
    assert re.search(r"工作表“指标”行3列3 +37 +某某清单｜—｜见 37 号某某", capsys.readouterr().out)
    main(["extract", str(tmp_path / "plan.xlsx")])
    assert "工作表“指标”行2列3" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["plan.docx", "plan.html"])
def test_every_target_and_reported_result_has_a_place(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(COUNTY / name)]) == 0
    assert all(ROW.match(row) for row in rows(capsys.readouterr().out, "位置"))
    assert main(["judge", str(COUNTY / name)]) == 0
    judged = rows(capsys.readouterr().out, "实绩位置")
    assert judged and all(len(re.findall(r"表\d+行\d+列\d+", row)) == 2 for row in judged)


@pytest.mark.parametrize("command", ["check", "extract", "judge"])
@pytest.mark.parametrize("form", ["filled in", "handed out"])
def test_a_figures_form_is_no_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, form: str) -> None:
    workbook = tmp_path / "填报.xlsx"
    if form == "filled in":
        shutil.copy(COUNTY / "figures.xlsx", workbook)
    else:
        assert main(["template", "figures", "--plan", str(COUNTY / "plan.txt"), "--out", str(workbook)]) == 0
    capsys.readouterr()
    assert main([command, str(workbook)]) == 3
    said = capsys.readouterr()
    assert not said.out and "是填报表，不是规划" in said.err and len(said.err.splitlines()) == 1
