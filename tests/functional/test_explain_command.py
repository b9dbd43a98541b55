"""`zhiheng explain`: does a person read from the receipt what stands behind the value, and nothing that is not for everybody?"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhiheng.cli.main import main
from zhiheng.publication.receipts.signing import sign

PLAN = Path(__file__).parents[2] / "examples" / "model_county" / "plan.docx"
FARM = "抽检计划,组织级别,抽样编号,抽样日期,抽样地区,产品名称,检验项目,项目判定,样品判定\n"
FARM_ROWS = [("S1", "合格", "合格"), ("S2", "合格", "不合格"), ("S2", "不合格", "不合格"), ("S3", "合格", "未判定")]
COMPLAINTS = "登记编号,类型,收到日期,受理日期,发生地,投诉人姓名,联系电话,法定期限,办结日期,办理结果\n"
COMPLAINT_ROWS = "2026-001,投诉,2026-03-01 09:00,2026-03-02 09:00,330400,甲某某,000-0001,2026-05-01,2026-04-01 09:00,调解成功\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("explain")
    home = folder / "home"
    farm, complaints = folder / "抽检.csv", folder / "投诉.csv"
    lines = [
        f"例行监测,县级,{number},2026-03-0{n},330400,青菜,农药{n},{item},{sample}\n"
        for n, (number, item, sample) in enumerate(FARM_ROWS, 1)
    ]
    farm.write_text(FARM + "".join(lines), encoding="utf-8")
    complaints.write_text(COMPLAINTS + COMPLAINT_ROWS, encoding="utf-8")
    where = ["--by", "某某局", "--as-of", "2027-01-01", "--home", str(home), "--out", str(folder)]
    assert main(["import", "sampling.farm", str(farm), *where]) == 0
    assert main(["import", "complaint", str(complaints), *where]) == 0
    for name in ("food_and_drugs.farm_routine_pass", "complaints.consumer_on_time"):
        main(["compute", name, "--period", "2026", "--place", "330400", "--receipts", "--home", str(home)])
    yield home


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("ZHIHENG_HOME", raising=False)
    shutil.copytree(made, tmp_path / "home")
    return tmp_path / "home"


def receipt(home: Path, name: str) -> Path:
    found = [f for f in (home / "receipts").glob("*.json") if name in f.read_text(encoding="utf-8")]
    (one,) = found
    return one


def told(capsys: pytest.CaptureFixture[str], *call: str | Path, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["explain", *map(str, call)]) == code
    return capsys.readouterr().out


def test_every_link_of_the_chain_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, receipt(home, "farm_routine_pass"), "--plan", PLAN)
    for words in (
        "规划语句：青岭县质量强县建设规划（2024—2028年），表",
        "指标：农产品质量安全例行监测合格率",
        "2026年，50.0%",
        "定义：按样品计数",
        "统计范围：programme = 'routine'",
        "修约：四舍六入五成双（GB/T 8170—2008，3.2），保留 1 位小数",
        "台账：农产品质量安全监测结果（sampling.farm）第 1 版",
        "计数：该地区该时期 4 条，属于统计范围 4 条，计入 3 条",
        "不计入：样品未作判定：1 条",
        "分开统计：组织级别：县",
        "算术：1 ÷ 2 × 100 = 50，修约为 50.0%",
        "数据文件：抽检.csv，某某局",
        "计入 3 条；文件摘要",
        "签名：本单位密钥",
        "核对：一致：",
    ):
        assert words in said, said


def test_records_behind_numerator_and_denominator(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, receipt(home, "farm_routine_pass"), "--records")
    rows = [line for line in said.splitlines() if "抽检.csv" in line and not line.startswith("数据文件")]
    assert [row.split("抽检.csv")[0].strip() for row in rows] == [
        "计入，符合",
        "计入，不符合",
        "计入，不符合",
        "不计入：样品未作判定",
    ]
    # The number of a sample is internal, its outcome is not.
    assert "S2" not in said and "（内部）" in said and "不合格" in said
    shown = told(capsys, receipt(home, "farm_routine_pass"), "--records", "--internal")
    assert "S2" in shown and "（内部）" not in shown


def test_a_person_is_never_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = receipt(home, "consumer_on_time")
    for call in (["--records"], ["--records", "--internal"], ["--records", "--internal", "--json"]):
        said = told(capsys, file, *call)
        assert "甲某某" not in said and "000-0001" not in said


def test_as_data_and_in_english(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIHENG_LANG", "en")
    said = json.loads(told(capsys, receipt(home, "farm_routine_pass"), "--records", "--json"))
    assert said["outcome"] == "equal"
    assert [one["row"] for one in said["records"]] == [2, 3, 4, 5]
    assert said["records"][0]["part"] == "counts, holds"
    assert "arithmetic: 1 / 2 × 100 = 50, rounded to 50.0 %" in said["chain"]


def test_without_the_lake_the_receipt_still_speaks(home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    said = told(capsys, receipt(home, "farm_routine_pass"), "--records", "--lake", empty, code=12)
    assert "算术：1 ÷ 2 × 100 = 50" in said and "核对：记录已不在：" in said and "数据文件：抽检.csv" not in said


def test_of_a_foreign_receipt_no_record_is_shown(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A forged receipt must not make us list records of its choice."""
    file = receipt(home, "farm_routine_pass")
    content = json.loads(file.read_text(encoding="utf-8"))["content"]
    content["indicator"]["name"] = "合格率\x1b[31m"
    forged = home / "receipts" / f"{hashlib.sha256(b'').hexdigest()}.json"
    forged.write_bytes(sign(content, Ed25519PrivateKey.generate()))
    said = told(capsys, forged, "--records", code=13)
    assert "签名：不是本单位的，以上内容不可信" in said
    assert "抽检.csv" not in said and "\x1b" not in said


def test_a_plan_without_the_indicator_says_so(home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("某县质量强县建设规划\n一、目标\n到2028年，全县森林覆盖率达到60%以上。\n", encoding="utf-8")
    said = told(capsys, receipt(home, "farm_routine_pass"), "--plan", plan)
    assert "没有这个指标的目标" in said
