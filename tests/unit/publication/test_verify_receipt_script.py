"""Does anybody with nothing but Python learn whether a receipt's digest, chain and arithmetic hold?

The script runs as it is handed out: copied into a folder, in an isolated Python that sees nothing installed.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.publication.receipt_content import a_content, a_receipt, plain_digest

from zhiheng.publication.receipts import verify_receipt

SCRIPT = Path(verify_receipt.__file__)


def run(folder: Path, *names: str) -> tuple[int, str]:
    script = folder / "verify_receipt.py"
    script.write_bytes(SCRIPT.read_bytes())
    command = [sys.executable, "-I", "-S", script.name, *names]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, encoding="utf-8")
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def written(folder: Path, receipt: Any, name: str = "") -> str:
    name = name or f"{receipt['digest']}.json"
    (folder / name).write_text(json.dumps(receipt, ensure_ascii=False, indent=1), encoding="utf-8")
    return name


def test_it_uses_the_standard_library_only() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    found = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    found |= {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    assert {str(name).split(".")[0] for name in found} <= set(sys.stdlib_module_names)


def test_a_sound_receipt_holds_and_what_is_not_checked_is_said(tmp_path: Path) -> None:
    code, said = run(tmp_path, written(tmp_path, a_receipt()))
    assert code == 0
    assert "抽检合格率，330400，2026-01-01—2026-12-31，97.3%" in said
    assert "摘要、链条、算术都相符" in said
    assert "没有核对：签名" in said and "the records themselves" in said


def test_a_folder_is_checked_whole(tmp_path: Path) -> None:
    written(tmp_path, a_receipt())
    written(tmp_path, a_receipt(a_content(printed="97.4")))
    code, said = run(tmp_path, ".")
    assert code == 1
    assert said.count("97.3%") == 1 and "应为 97.3" in said


def changed(*path: str, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        inner = content
        for name in path[:-1]:
            inner = inner[name]
        inner[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (changed("result", "numerator", to="293"), "算术不符"),
        (changed("result", "amount", to="98"), "算术不符"),
        (changed("result", "denominator", to="0"), "算术不符"),
        (changed("result", "times", to=1000), "换算倍数与单位不符"),
        (changed("result", "printed", to="97.33"), "修约不符：应为 97.3"),
        (changed("result", "amount", to=None), "有且只有一个"),
        (changed("counts", "used", to=301), "计数不符"),
        (changed("counts", "seen", to=301), "属于统计范围"),
        (changed("counts", "left_out", to=[]), "计数不符"),
        (changed("evidence", "rows", "records", to=299), "记录集合与它的摘要不符"),
        (changed("evidence", "register", to="complaint"), "另一个台账"),
        (changed("evidence", "files", to=["../x"]), "清单不成立"),
        (changed("definition", "meaning", "conditions", to=[]), "定义与定义摘要不符"),
        (changed("indicator", "id", to="food.pass"), "另一个指标"),
    ],
)
def test_what_does_not_hold_is_named_though_the_digest_was_made_anew(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], words: str
) -> None:
    content = a_content()
    change(content)
    code, said = run(tmp_path, written(tmp_path, a_receipt(content)))
    assert code == 1
    assert words in said


def test_a_changed_content_and_a_swapped_file_are_told(tmp_path: Path) -> None:
    receipt, other = a_receipt(), a_receipt(a_content(printed="97.4"))
    kept = receipt["digest"]
    receipt["content"]["place"] = "330100"
    code, said = run(tmp_path, written(tmp_path, receipt))
    assert code == 1 and "摘要不符" in said and plain_digest(receipt["content"]) in said
    code, said = run(tmp_path, written(tmp_path, other, f"{kept}.json"))
    assert code == 1 and "被调换" in said


@pytest.mark.parametrize(
    ("amount", "numerator", "decimals", "rounding", "printed"),
    [
        # GB/T 8170-2008, 3.2.3 and 3.2.4: 1.050 -> 1.0, 0.35 -> 0.4; the negative side is the same, 3.2.5: -0.365 -> -0.36.
        ("1.05", "1.05", 1, "half_even", "1.0"),
        ("0.35", "0.35", 1, "half_even", "0.4"),
        ("-0.365", "-0.365", 2, "half_even", "-0.36"),
        ("12.1498", "12.1498", 0, "half_even", "12"),
        ("1.05", "1.05", 1, "half_up", "1.1"),
        ("-0.04", "-0.04", 1, "half_up", "0.0"),
    ],
)
def test_rounding(tmp_path: Path, amount: str, numerator: str, decimals: int, rounding: str, printed: str) -> None:
    content = a_content(
        amount=amount, numerator=numerator, denominator=None, times=1, decimals=decimals, rounding=rounding, printed=printed
    )
    meaning = content["definition"]["meaning"]
    meaning["file"]["measure"] = {"kind": "sum", "of": "value"}
    content["definition"]["digest"] = plain_digest(meaning)
    code, said = run(tmp_path, written(tmp_path, a_receipt(content)))
    assert code == 0, said


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是完整的 JSON"),
        (b"{}", "三部分"),
        (b"[" * 100_000, "JSON"),
        (b"\xff\xfe", "不是完整的 JSON"),
        (b" " * (16 << 20) + b"{}", "太大"),
        (b'{"content": {"schema": "zhiheng/receipt/1"}, "digest": "", "signature": {}}', "缺少内容"),
        (b'{"content": {"schema": "other"}, "digest": "", "signature": {}}', "zhiheng/receipt/1"),
        (b'{"content": {"a": 1.5}, "digest": "", "signature": {}}', "不是整数"),
        (b'{"content": {"a": "\\ud800"}, "digest": "", "signature": {}}', "JSON"),
        (b'{"digest": "", "digest": ""}', "两次"),
        (b'{"content": ' + b"9" * 5000 + b"}", "不是整数"),
    ],
)
def test_what_is_no_receipt_is_said_to_be_none(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "x.json").write_bytes(data)
    code, said = run(tmp_path, "x.json")
    assert code == 3
    assert words in said


def test_numbers_of_another_writing_are_no_receipt(tmp_path: Path) -> None:
    for odd in ("1e9", "1/0", " 1", "1_0", "９", "9" * 300, 5, None):
        code, _ = run(tmp_path, written(tmp_path, a_receipt(a_content(numerator=odd))))
        assert code == 3, odd


def test_a_name_cannot_play_tricks_on_the_terminal(tmp_path: Path) -> None:
    content = a_content()
    content["indicator"]["name"] = "合格率\x1b[2J\u202e"
    _, said = run(tmp_path, written(tmp_path, a_receipt(content)))
    assert "\x1b" not in said and "\u202e" not in said


def test_without_a_file_it_says_how_it_is_called(tmp_path: Path) -> None:
    code, said = run(tmp_path)
    assert code == 2 and "verify_receipt.py RECEIPT.json" in said
    code, said = run(tmp_path, "nowhere.json")
    assert code == 3 and "打不开" in said
