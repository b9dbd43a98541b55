from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sources import RULEBOOK, SRC, dotted, listed, modules

from zhiheng.rules.messages import LANGUAGES, placeholders, room_sentences
from zhiheng.rules.rulebook import open_rulebook

ROOMS = sorted(p.stem for p in (RULEBOOK / "messages").glob("*.yaml"))
PACKAGES = sorted(p.name for p in SRC.iterdir() if (p / "__init__.py").is_file())
CODE = re.compile(rf"({'|'.join(sorted({*ROOMS, *PACKAGES}))})\.[a-z]([a-z0-9_]*[a-z0-9])?\Z")
LOCATION = {"file", "sheet", "row", "column", "line"}
SENTENCES = {code: said for room in ROOMS for code, said in room_sentences(room).items()}


def codes_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and value of every string that reads like a code of a message."""
    rules = set(open_rulebook().rule_ids())
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and CODE.match(node.value)
            and node.value not in rules
        ):
            yield node.lineno, node.value


def prefixes_in(tree: ast.AST) -> Iterator[str]:
    """The fixed beginning of every code that is put together: f"judgement.{word}", "judgement.bound_" + word."""
    for node in ast.walk(tree):
        head = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
        value = head.value if isinstance(head, ast.Constant) else None
        if isinstance(value, str) and re.fullmatch(rf"({'|'.join(ROOMS)})\.([a-z0-9_]*_)?", value):
            yield value


def used() -> dict[str, str]:
    return {code: f"{dotted(path)}:{line}" for path, tree in modules().items() for line, code in codes_in(tree)}


def test_every_code_has_a_sentence_in_both_languages() -> None:
    missing = {code: where for code, where in used().items() if code not in SENTENCES}
    assert not missing, listed(missing)


def test_every_sentence_is_used() -> None:
    built = tuple(head for tree in modules().values() for head in prefixes_in(tree))
    codes = used()
    unused = [code for code in SENTENCES if code not in codes and not code.startswith(built or ("\0",))]
    assert not unused, listed(unused)


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_ask_for_the_same_facts(room: str) -> None:
    for code, said in room_sentences(room).items():
        asked = [{name.removesuffix("_en") for name in placeholders(said[language])} for language in LANGUAGES]
        assert asked[0] == asked[1], code


@pytest.mark.parametrize("room", ROOMS)
def test_chinese_sentences_have_full_width_marks(room: str) -> None:
    half = re.compile(r"[\u4e00-\u9fff”}] ?[,;:(]|[,;:)] ?[\u4e00-\u9fff“]")
    wrong = {code: m[0] for code, said in room_sentences(room).items() if (m := half.search(said["zh"].replace("键: 值", "")))}
    assert not wrong


@pytest.mark.parametrize("room", ROOMS)
def test_chinese_is_chinese_and_english_is_english(room: str) -> None:
    for code, said in room_sentences(room).items():
        chinese = {language: len(re.findall(r"[\u4e00-\u9fff]", said[language])) for language in LANGUAGES}
        assert chinese["zh"], code
        assert 4 * chinese["en"] < len(said["en"]), code


def calls(path: Path) -> Iterator[tuple[str, set[str], int]]:
    """Code, facts handed in and line of every raise or finding whose facts stand in the call itself."""
    for node in ast.walk(modules()[path]):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        keywords = {k.arg for k in node.keywords}
        if None in keywords or not isinstance(node.args[0].value, str):
            continue
        if name.endswith("Error"):
            yield node.args[0].value, {k for k in keywords if k}, node.lineno
        elif name in ("Problem", "Question"):
            at = 2 if name == "Problem" else 1
            handed = [
                *node.args[at : at + 1],
                *(k.value for k in node.keywords if k.arg == "facts"),
                ast.Dict(keys=[], values=[]),
            ]
            if isinstance(handed[0], ast.Dict) and all(isinstance(key, ast.Constant) for key in handed[0].keys):
                given = {str(key.value) for key in handed[0].keys if isinstance(key, ast.Constant)}
                yield node.args[0].value, given | LOCATION, node.lineno


def test_every_call_hands_in_the_facts_of_its_sentence() -> None:
    lacking = [
        (f"{dotted(path)}:{line}", code, sorted(placeholders(SENTENCES[code]["zh"]) - facts))
        for path in modules()
        for code, facts, line in calls(path)
        if code in SENTENCES and placeholders(SENTENCES[code]["zh"]) - facts
    ]
    assert not lacking, listed(lacking)
