"""Do results leave whole, in the language asked for, and is it told when they do not?"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from zhiheng.cli.main import main

ROOT = Path(__file__).parents[3]
COUNTY = ROOT / "examples" / "model_county"
PROSE = "青岭县质量强县规划（2024—2028年）\n\n到2028年，全县制造业产品质量合格率达到95%以上，成长指数12。\n"
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PROSE, encoding="utf-8")
    return path


def run(*words: str, **how: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "zhiheng.cli.main", *words]
    return subprocess.run(command, stderr=subprocess.PIPE, check=False, **how)  # type: ignore[call-overload, no-any-return]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("kind", ["table", "json"])
def test_a_full_disk_is_an_error_of_the_call(paper: Path, kind: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run("extract", str(paper), "--format", kind, stdout=full)
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert "Traceback" not in said and "Exception ignored" not in said and "标准输出" in said


def test_a_closed_stdout_is_an_error_of_the_call(paper: Path) -> None:
    done = run("extract", str(paper), "--json", preexec_fn=lambda: os.close(1))
    assert done.returncode == 2 and "Traceback" not in done.stderr.decode()


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="names of files are Unicode here")
@pytest.mark.parametrize("kind", ["table", "json"])
def test_a_file_name_that_is_not_unicode_can_be_printed(tmp_path: Path, kind: str) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    Path(os.fsdecode(path)).write_text("到2028年，合格率达到95%以上。", encoding="utf-8")
    done = run("extract", os.fsdecode(path), "--format", kind, stdout=subprocess.PIPE)
    assert done.returncode == 0, done.stderr
    if kind == "json":
        assert json.loads(done.stdout)["name"].endswith(".txt")


def test_an_untouched_template_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = tmp_path / "figures.xlsx"
    assert main(["template", "figures", "--plan", str(COUNTY / "plan.txt"), "--out", str(figures)]) == 0
    arguments = ["run", "--plan", str(COUNTY / "plan.txt"), "--figures", str(figures), "--as-of", "2027-02-01"]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 0
    assert "“figures.xlsx”里没有填任何数据" in capsys.readouterr().err


def test_out_that_is_a_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").touch()
    arguments = ["run", "--plan", str(COUNTY / "plan.txt"), "--figures", str(COUNTY / "figures.xlsx"), "--as-of", "2027-02-01"]
    assert main([*arguments, "--out", str(tmp_path / "empty.txt")]) == 2
    said = capsys.readouterr().err
    assert f"“{tmp_path / 'empty.txt'}”是一个文件" in said and "report.docx" not in said


@pytest.mark.parametrize("command", [["extract"], ["check"], ["judge"]])
def test_heads_and_words_follow_the_language(
    paper: Path, command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main([*command, str(paper)])
    chinese = capsys.readouterr()
    assert HAN.search(chinese.out)
    monkeypatch.setenv("ZHIHENG_LANG", "en")
    main([*command, str(paper)])
    english = capsys.readouterr()
    of_the_paper = "青岭县质量强县规划（2024—2028年）|制造业产品质量合格率|…业产品质量合格率达到95%以上，成长指数12。|成长指数"
    own_words = re.sub(of_the_paper, "", english.out)
    assert not HAN.search(own_words), own_words


def test_the_summary_of_a_run_follows_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHIHENG_LANG", "en")
    arguments = ["run", "--plan", str(COUNTY / "plan.txt"), "--figures", str(COUNTY / "figures.xlsx"), "--as-of", "2027-02-01"]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert "as of 2027-02-01" in first and re.search(r"\d+ met, ", first) and "已完成" not in first
