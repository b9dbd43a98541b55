"""Does every file's result have a place of its own?"""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiheng.base.errors import UsageError
from zhiheng.cli.main import main
from zhiheng.flow.destinations import destinations
from zhiheng.rules.messages import strict_sentence

PROSE = "青岭县质量强县规划（2024—2028年）\n\n到2028年，全县制造业产品质量合格率达到95%以上。\n"
JSON = ".plan.json"


def named(paths: list[str], out: Path) -> list[str]:
    return [p.name for p in destinations([Path(p) for p in paths], out, JSON)]


def test_different_stems_keep_them(tmp_path: Path) -> None:
    assert named(["a/甲.txt", "b/乙.docx"], tmp_path) == ["甲.plan.json", "乙.plan.json"]


def test_one_stem_in_two_formats_gets_its_whole_name(tmp_path: Path) -> None:
    assert named(["plan.txt", "Plan.docx", "other.txt"], tmp_path) == [
        "plan.txt.plan.json",
        "Plan.docx.plan.json",
        "other.plan.json",
    ]


@pytest.mark.parametrize("paths", [["甲县/规划.docx", "乙县/规划.docx"], ["a.txt", "a.docx", "a.txt.md", "a.txt"]])
def test_what_would_still_overwrite_each_other_is_refused(paths: list[str], tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        named(paths, tmp_path)
    assert refused.value.code == "flow.same_target"
    for language in ("zh", "en"):
        assert paths[0] in strict_sentence(refused.value.code, refused.value.facts, language)


def test_one_file_cannot_hold_the_results_of_several(tmp_path: Path) -> None:
    (tmp_path / "there").touch()
    for out in ("single.json", "there"):
        with pytest.raises(UsageError, match=r"flow\.out_is_file"):
            named(["a.txt", "b.txt"], tmp_path / out)


def test_a_source_is_never_overwritten(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"flow\.target_is_source"):
        destinations([tmp_path / "plan.xlsx"], tmp_path / "plan.xlsx", ".plan.xlsx")


def test_one_file_goes_where_it_is_told_or_into_the_folder(tmp_path: Path) -> None:
    assert destinations([Path("a.txt")], tmp_path, JSON) == [tmp_path / "a.plan.json"]
    assert destinations([Path("a.txt")], tmp_path / "b.json", JSON) == [tmp_path / "b.json"]


def test_the_command_writes_one_file_for_each(tmp_path: Path) -> None:
    for name in ("plan.txt", "plan.md"):
        (tmp_path / name).write_text(PROSE, encoding="utf-8")
    out = tmp_path / "out"
    assert main(["extract", str(tmp_path / "plan.txt"), str(tmp_path / "plan.md"), "--json", "--out", str(out)]) == 0
    assert sorted(p.name for p in out.iterdir()) == ["plan.md.plan.json", "plan.txt.plan.json"]
    several = ["extract", str(tmp_path / "plan.txt"), str(tmp_path / "plan.md"), "--json", "--out", str(tmp_path / "x.json")]
    assert main(several) == 2
    assert not (tmp_path / "x.json").exists()
