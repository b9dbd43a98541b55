"""Is a figures workbook that cannot be opened told in the same words as a plan?"""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiheng.base.errors import DataError
from zhiheng.documents.readers import Limits, content_of
from zhiheng.evidence.intake import read_figures


def test_one_file_is_opened_in_one_way(tmp_path: Path) -> None:
    (tmp_path / "large.xlsx").write_bytes(b"x" * 2_000)
    for path, code in ((tmp_path, "is_folder"), (tmp_path / "none.xlsx", "not_found"), (tmp_path / "large.xlsx", "too_large")):
        for opened in (content_of, lambda p, limits: read_figures(p, (), limits=limits)):
            with pytest.raises(DataError, match=rf"documents\.{code}"):
                opened(path, Limits(file_bytes=1_000))


def test_no_more_than_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "just.txt").write_bytes(b"x" * 1_000)
    assert len(content_of(tmp_path / "just.txt", Limits(file_bytes=1_000))) == 1_000
