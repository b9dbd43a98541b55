from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhiheng.base.errors import RuleError
from zhiheng.rules.rulebook import Layer, Rulebook, open_rulebook

VERSION = "{start: 2020-01-01, value: %s, citation: {doc: A, clause: B}, checked_on: 2024-01-01, confirmed: true}"


def write_rule(root: Path, path: str, value: str) -> None:
    file = root.joinpath(*path.split(".")).with_suffix(".yaml")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"name: 上限\npatience: 9\nversions:\n  - {VERSION % value}\n", encoding="utf-8")


def two_layers(tmp_path: Path) -> Rulebook:
    write_rule(tmp_path / "wide", "a.b", "wide")
    write_rule(tmp_path / "wide", "a.c", "wide")
    write_rule(tmp_path / "low", "a.b", "low")
    return Rulebook((Layer("wide", tmp_path / "wide"), Layer("low", tmp_path / "low")))


def test_the_lower_layer_overrides_the_same_path(tmp_path: Path) -> None:
    book = two_layers(tmp_path)
    day = date(2021, 1, 1)
    assert (book.read("a.b", day).value, book.read("a.b", day).layer) == ("low", "low")
    assert (book.read("a.c", day).value, book.read("a.c", day).layer) == ("wide", "wide")
    assert book.rule_ids() == ("a.b", "a.c")
    assert book.read("a/b", day).rule == "a.b"


def test_a_missing_rule_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        two_layers(tmp_path).read("a.d", date(2021, 1, 1))
    assert caught.value.code == "rules.no_such_rule"
    assert caught.value.exit_code == 4


def test_the_installation_speaks_last(tmp_path: Path) -> None:
    write_rule(tmp_path, "plan.own", "mine")
    book = open_rulebook("330424", tmp_path)
    assert book.read("plan.own", date(2021, 1, 1)).layer == "installation"
    assert book.layers[0].name == "national"


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("name: 名".encode("gb18030"))
    with pytest.raises(RuleError, match=r"rules.not_utf8"):
        Rulebook((Layer("low", tmp_path),)).rule("a")


def test_every_rule_of_the_packaged_book_is_sound() -> None:
    book = open_rulebook()
    assert {book.rule(rule_id).id for rule_id in book.rule_ids()} == set(book.rule_ids())
