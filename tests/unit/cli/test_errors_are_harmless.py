"""Can a file of unknown hands move the cursor by way of an error's sentence?"""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiheng.cli.main import main


def test_a_key_that_comes_twice_is_told_as_escapes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "receipt.json"
    file.write_text('{"\\u001b[2J": 1, "\\u001b[2J": 2}', encoding="utf-8")
    assert main(["verify", str(file), "--home", str(tmp_path)]) == 3
    told = capsys.readouterr().err
    assert "\x1b" not in told and "\\x1b[2J" in told
