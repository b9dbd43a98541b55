"""Is every option explained, and every wrong call refused, in the language asked for?"""

from __future__ import annotations

import argparse
import re

import pytest

from zhiheng.cli.asking import Asking
from zhiheng.cli.main import COMMANDS, main, parser

HAN = re.compile("[\u4e00-\u9fff]")
# Words of a call itself: names of commands, of options and their values, of files.
OF_THE_CALL = re.compile(
    r"zhiheng|--?[a-z-]+|\{[a-z,]+\}|\b(?:[A-Z]{3,}(?:_[A-Z]+)*|table|json|xlsx|docx|pdf|ofd|html|txt|md|csv|tsv|jsonl|parquet|docx|doc|wps|et|rtf|odt|ods|plan\.json|figures|register|status|verify|compact|erase|list|check|docs|JSON|ZHIHENG_HOME|ZHIHENG_ENGINE|duckdb|spark|tsv)\b"
)
ENGLISH = re.compile("[A-Za-z]{2,}")
WRONG = {
    "": "命令",
    "run": "--plan、--out",
    "run --plan": "--plan 后面要写一个值",
    "run --plan a --figures b --out c --as-of tomorrow": "“tomorrow”不是日期",
    "extract": "FILE",
    "extract a.txt --format pdf": "table、json、xlsx",
    "extract a.txt --other": "不认识：--other",
    "extract a.txt --json=3": "--json 后面不用写值",
    "run --f x": "--figures、--format",
    "report": "、".join(COMMANDS),
    "template papers --plan a": "figures",
}


def commands(whole: Asking) -> dict[str, argparse.ArgumentParser]:
    chosen = next(a for a in whole._actions if isinstance(a, argparse._SubParsersAction))
    return {"": whole, **chosen.choices}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_option_has_a_sentence_in_its_language(language: str) -> None:
    for name, command in commands(parser(language)).items():
        for action in command._actions:
            said = action.help or (action.metavar if isinstance(action, argparse._SubParsersAction) else "")
            assert said, (name, action.dest)
            assert bool(HAN.search(str(said))) is (language == "zh"), (name, action.dest, said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_help_has_one_language(language: str) -> None:
    for name, command in commands(parser(language)).items():
        page = command.format_help()
        if language == "en":
            assert not HAN.search(page), (name, page)
        else:
            left = ENGLISH.findall(OF_THE_CALL.sub("", page))
            left = [word for word in left if word not in COMMANDS]
            assert not left, (name, left)
            assert not re.search("[\u4e00-\u9fff]:", page), page


@pytest.mark.parametrize("call", WRONG)
def test_a_wrong_call_is_refused_in_chinese(
    call: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ZHIHENG_LANG", raising=False)
    with pytest.raises(SystemExit) as left:
        main(call.split())
    said = capsys.readouterr().err
    assert left.value.code == 2
    assert (
        said.startswith("用法：zhiheng") and WRONG[call] in said.splitlines()[-1] and said.splitlines()[-1].startswith("错误：")
    )
    assert not re.search("required|argument|invalid|choose|usage|expected|ambiguous", said), said


@pytest.mark.parametrize("call", WRONG)
def test_a_wrong_call_is_refused_in_english(
    call: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHIHENG_LANG", "en")
    with pytest.raises(SystemExit) as left:
        main(call.split())
    said = capsys.readouterr().err
    assert left.value.code == 2 and "error: " in said and not HAN.search(said), said


def test_what_argparse_says_otherwise_is_still_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser("zh").error("something new\nin two lines")
    assert "something new" in capsys.readouterr().err
