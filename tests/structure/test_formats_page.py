"""Does the page on formats name each one that is read?"""

from __future__ import annotations

from pathlib import Path

from zhiheng.documents.tree import Format

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "formats.md"


def test_every_format_has_a_row() -> None:
    rows = [line.split("|")[2].strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert [kind.name for kind in Format if f"`{kind.name}`" not in rows] == []
