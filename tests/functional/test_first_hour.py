"""Does every command that the two newcomers' pages print work as it stands there?"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from zhiheng.cli.main import main

ROOT = Path(__file__).parents[2]
PAGES = ("first-hour.md", "快速上手.md")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
# Files a newcomer brings along.
OWN = {"本地规划.docx": "plan.docx", "填报表.xlsx": "figures.xlsx"}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory with the example in it, as seen from the project's root."""
    shutil.copytree(ROOT / "examples" / "model_county", tmp_path / "examples" / "model_county")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands(page: str) -> list[list[str]]:
    text = (ROOT / "docs" / "start" / page).read_text("utf-8")
    lines = [line for block in BLOCK.findall(text) for line in block.replace("\\\n", " ").splitlines() if line.strip()]
    return [shlex.split(line) for line in lines]


@pytest.mark.parametrize("page", PAGES)
def test_every_printed_command_works(place: Path, page: str, capsys: pytest.CaptureFixture[str]) -> None:
    ran = 0
    for command in commands(page):
        if command[0] == "make":
            continue
        assert command[0] == "zhiheng", command
        for own, example in OWN.items():
            if own in command and not (place / own).exists():
                shutil.copy(place / "examples" / "model_county" / example, place / own)
        expected = 1 if command[1] == "check" else 0
        assert main(command[1:]) == expected, (command, capsys.readouterr().err)
        ran += 1
    assert ran >= 8
    assert (place / "out" / "example" / "report.docx").exists()
    assert (place / "out" / "errors" / "figures_refused.xlsx").exists()


def test_both_pages_print_the_same_commands() -> None:
    def plain(page: str) -> list[list[str]]:
        return [[part for part in command if not part.endswith((".xlsx", ".docx"))] for command in commands(page)]

    assert plain(PAGES[0]) == plain(PAGES[1])


def test_an_answered_question_is_judged(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """新增 under 口径, 待确认 cleared, as the pages say: the target gets a verdict."""
    example = "examples/model_county"
    assert main(["extract", f"{example}/plan.docx", "--format", "xlsx", "--out", "plan.xlsx"]) == 0
    book = load_workbook("plan.xlsx")
    sheet = book["目标"]
    head = [cell.value for cell in sheet[1]]
    row = next(r for r in sheet.iter_rows(min_row=2) if r[head.index("指标")].value == "制定县级地方标准")
    row[head.index("口径")].value = "新增"
    row[head.index("待确认")].value = None
    book.save("plan.xlsx")
    run = ["run", "--plan", "plan.xlsx", "--figures", f"{example}/figures.xlsx", "--as-of", "2027-02-01", "--out", "out"]
    assert main(run) == 0, capsys.readouterr().err
    verdicts = json.loads(Path("out/verdicts.json").read_text("utf-8"))["verdicts"]
    found = next(v for v in verdicts if v["indicator"] == "制定县级地方标准")
    assert found["verdict"] == "on_track"
