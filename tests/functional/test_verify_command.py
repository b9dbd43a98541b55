"""`zhiheng verify` against honest receipts and against whoever tampers with receipts or records: each has its own sentence."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhiheng.base.canonical_json import canonical
from zhiheng.base.period import Period
from zhiheng.cli.main import main
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Row, Source
from zhiheng.evidence.lake.home import Home
from zhiheng.flow.indicators import definitions
from zhiheng.flow.issue import issued
from zhiheng.indicators.asking import Asked
from zhiheng.indicators.computing import compute
from zhiheng.publication.receipts.keys import signing_key
from zhiheng.publication.receipts.signing import sign

REGISTER = "sampling.farm"
HEAD = "抽检计划,组织级别,抽样编号,抽样日期,抽样地区,产品名称,检验项目,项目判定,样品判定\n"
EQUAL, DIFFERENT, CHANGED, GONE, FOREIGN = 0, 10, 11, 12, 13
INDICATOR = "food_and_drugs.farm_routine_pass"


def rows(*outcomes: str, first: int = 1) -> str:
    lines = [
        f"例行监测,县级,A{n:03},2026-03-{n:02},330400,青菜,农药残留,{word},{word}\n" for n, word in enumerate(outcomes, first)
    ]
    return HEAD + "".join(lines)


def taken(home: Path, folder: Path, content: str, register: str = REGISTER) -> None:
    file = folder / f"{hashlib.sha256(content.encode()).hexdigest()[:8]}.csv"
    file.write_text(content, encoding="utf-8")
    assert main(["import", register, str(file), "--by", "农业农村局", "--as-of", "2027-01-01", "--home", str(home)]) == 0


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation with receipts of 2026 and of March: nine of ten samples passed."""
    folder = tmp_path_factory.mktemp("receipts")
    home = folder / "home"
    taken(home, folder, rows(*["合格"] * 9, "不合格"))
    for period in ("2026", "2026-03"):
        assert main(["compute", INDICATOR, "--period", period, "--receipts", "--home", str(home)]) == 0
    yield home


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to tamper with."""
    monkeypatch.delenv("ZHIHENG_HOME", raising=False)
    shutil.copytree(made, tmp_path / "home")
    return tmp_path / "home"


def receipts(home: Path) -> list[Path]:
    return sorted((home / "receipts").glob("*.json"))


def said(capsys: pytest.CaptureFixture[str], code: int, *call: str | Path) -> str:
    capsys.readouterr()
    found = main(["verify", *map(str, call)])
    told = capsys.readouterr()
    assert found == code, told.out + told.err
    return told.out


def resigned(file: Path, key: Any, change: Callable[[dict[str, Any]], None]) -> Path:
    """The receipt with a changed content, its digest made anew and signed by the key."""
    content = json.loads(file.read_text(encoding="utf-8"))["content"]
    change(content)
    data = sign(content, key)
    target = file.with_name(f"{json.loads(data)['digest']}.json")
    target.write_bytes(data)
    return target


def better(content: dict[str, Any]) -> None:
    """Ten of ten, arithmetic and all."""
    content["result"] |= {"amount": "100", "printed": "100.0", "numerator": "10"}


def lake_files(home: Path) -> list[Path]:
    return sorted(home.glob(f"lake/{REGISTER}/_year=*/*/*.parquet"))


def rewritten(home: Path, sql: str) -> Path:
    """The register's only data file with other rows, under the same name; `sql` selects from `kept`."""
    (file,) = lake_files(home)
    fresh = file.with_suffix(".new")
    with duckdb.connect() as connection:
        connection.execute(f"create table kept as from read_parquet('{file}', hive_partitioning = false)")
        connection.execute(f"copy ({sql}) to '{fresh}' (format parquet)")
    fresh.replace(file)
    return file


def thorough(home: Path, sql: str) -> None:
    """The same by somebody who knows the lake: file named by its digest, log and journal made to fit."""
    file = rewritten(home, sql)
    name = hashlib.sha256(file.read_bytes()).hexdigest()
    log = home / "lake" / REGISTER / "_delta_log"
    (entry,) = [one for one in log.glob("*.json") if file.stem in one.read_text()]
    text = entry.read_text().replace(file.stem, name)
    text = re.sub(r'"size":\d+', f'"size":{file.stat().st_size}', text)
    entry.write_text(text)
    file.rename(file.with_name(f"{name}.parquet"))
    (home / "imports.sqlite").unlink()


def test_honest_receipts_are_equal(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = receipts(home)
    for file in (one, other):
        told = said(capsys, EQUAL, file)
        assert told.startswith("一致：") and "90" in told and len(told.splitlines()) == 1
    assert said(capsys, EQUAL, one, other, "--lake", home / "lake").count("一致：") == 2
    assert said(capsys, EQUAL, one, "--lake", home).startswith("一致：")
    assert said(capsys, EQUAL, one, "--home", home).startswith("一致：")


def test_it_never_reads_values_json(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "values.json").write_text('{"values": [{"amount": "1"}]}')
    (home / "receipts" / "values.json").write_text("[]")
    file = next(one for one in receipts(home) if one.stem != "values")
    assert said(capsys, EQUAL, file).startswith("一致：")


def test_a_receipt_is_the_same_whenever_it_is_made(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {file.name: file.read_bytes() for file in receipts(home)}
    for period in ("2026", "2026-03"):
        assert main(["compute", INDICATOR, "--period", period, "--receipts", "--home", str(home)]) == 0
    assert {file.name: file.read_bytes() for file in receipts(home)} == before
    listed = (home / "receipts" / "list.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(listed) == 3 and all(name in "".join(listed) for name in before)


def test_english(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIHENG_LANG", "en")
    file = receipts(home)[0]
    assert said(capsys, EQUAL, file).startswith("equal: ")
    shutil.rmtree(home / "lake" / REGISTER)
    assert said(capsys, GONE, file).startswith("evidence no longer present: ")


PASSED = "case when _key like '%A010%' then 'pass' else sample_outcome end as sample_outcome"
DELETED = "from kept where _key not like '%A003%'"
ADDED = f"from kept union all select * replace ('X' as _key, 'A9' as sample_number, unhex('{'ab' * 16}') as _digest) "
ADDED += "from kept where _key like '%A003%'"
ALTERED = f"select * replace ({PASSED}) from kept"
ALTERED_TWICE = (
    f"select * replace ({PASSED}, case when _key like '%A010%' then unhex('{'ab' * 16}') else _digest end as _digest) "
)
ALTERED_TWICE += "from kept"


@pytest.mark.parametrize("way", [rewritten, thorough])
@pytest.mark.parametrize(
    ("sql", "words"),
    [(DELETED, "少了 1 条"), (ADDED, "多了 1 条"), (ALTERED, "1 条记录的内容与它自己的摘要不符"), (ALTERED_TWICE, "内容变了")],
    ids=["deleted", "added", "altered", "altered with its digest"],
)
def test_one_record_tampered_with(
    home: Path, capsys: pytest.CaptureFixture[str], way: Callable[[Path, str], Any], sql: str, words: str
) -> None:
    way(home, sql)
    for receipt in receipts(home):
        told = said(capsys, CHANGED, receipt)
        assert told.startswith("记录已变动：")
        assert words in told
        assert (".parquet" in told) is (way is rewritten)
        assert ("不是凭证所记的那一条" in told) is (way is thorough)
    if sql in (ALTERED, ALTERED_TWICE):
        assert "精确值：凭证写 90，由记录重新计算得 100" in told


def test_records_that_came_by_imports_leave_the_receipt_true(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(home, tmp_path, rows("合格", first=10))  # a correction of the failed one
    taken(home, tmp_path, rows("不合格", "不合格", first=11))
    capsys.readouterr()
    assert main(["verify", str(receipts(home)[0])]) == EQUAL
    told = capsys.readouterr()
    assert told.out.startswith("一致：")
    assert "此后又有导入" in told.err and "83.3" in told.err
    assert main(["lake", "compact", "--prune", "--home", str(home)]) == 0
    assert said(capsys, EQUAL, receipts(home)[0]).startswith("一致：")


def test_a_lake_filled_anew_from_the_same_records_is_told(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "again"
    taken(again, tmp_path, rows(*["合格"] * 9, "不合格"))
    capsys.readouterr()
    assert main(["verify", str(receipts(home)[0]), "--home", str(home), "--lake", str(again)]) == EQUAL
    assert "可能是重新导入的" in capsys.readouterr().err
    fewer = tmp_path / "fewer"
    taken(fewer, tmp_path, rows(*["合格"] * 9))
    told = said(capsys, CHANGED, receipts(home)[0], "--home", home, "--lake", fewer / "lake")
    assert "少了 1 条" in told


def test_records_taken_in_while_it_is_computed_are_no_part_of_it(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Slow(DuckDBEngine):
        """Answers only after somebody else's import."""

        def rows(self, query: Any, source: Source) -> list[Row]:
            taken(home, tmp_path, rows("不合格", first=20))
            return super().rows(query, source)

    (definition,) = definitions([INDICATOR], home)
    asked = Asked((Period.year(2026),))
    (value,) = compute(Slow(), Source(Home(home), definition.register), [definition], asked)
    (receipt,) = issued(Home(home), [value])
    assert value.printed == "90.0"
    assert said(capsys, EQUAL, receipt).startswith("一致：")


def test_evidence_that_is_gone(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = receipts(home)[0]
    empty = tmp_path / "empty"
    empty.mkdir()
    told = said(capsys, GONE, file, "--lake", empty)
    assert told.startswith("记录已不在：") and f"没有台账“{REGISTER}”" in told
    behind = tmp_path / "behind" / "lake" / REGISTER / "_delta_log"
    behind.mkdir(parents=True)
    shutil.copy(home / "lake" / REGISTER / "_delta_log" / f"{0:020}.json", behind)
    assert "只到第 0 版" in said(capsys, GONE, file, "--home", home, "--lake", tmp_path / "behind")
    lake_files(home)[0].unlink()
    assert lake_files(home) == []
    assert "parquet" in said(capsys, GONE, file)
    shutil.rmtree(home / "lake" / REGISTER)
    assert f"没有台账“{REGISTER}”" in said(capsys, GONE, file)


def test_a_forged_result_under_another_key(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forged = resigned(receipts(home)[0], Ed25519PrivateKey.generate(), better)
    told = said(capsys, FOREIGN, forged)
    assert told.startswith("签名不是本单位的：") and "本单位的密钥是" in told
    # To everybody without the key it looks sound: that is what the signature is for.
    script = [sys.executable, "-I", str(home / "receipts" / "verify_receipt.py"), str(forged)]
    done = subprocess.run(script, capture_output=True, check=False)
    assert done.returncode == 0 and "签名".encode() in done.stdout


def test_a_forged_result_under_our_own_key(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forged = resigned(receipts(home)[0], signing_key(Home(home)), better)
    told = said(capsys, DIFFERENT, forged)
    assert told.startswith("不一致：")
    assert "精确值：凭证写 100，由记录重新计算得 90" in told and "少了" not in told


def fewer_records(content: dict[str, Any]) -> None:
    content["counts"]["records"] += 1
    content["counts"]["left_out"] = [{"reason": "unjudged", "zh": "", "en": "", "records": 1}]


def other_rows(content: dict[str, Any]) -> None:
    kept = content["evidence"]["rows"]
    kept["words"] = ["1", *kept["words"][1:]]
    named = {name: kept[name] for name in ("records", "words", "versions")}
    kept["digest"] = hashlib.sha256(canonical(named)).hexdigest()


def other_definition(content: dict[str, Any]) -> None:
    content["definition"]["meaning"]["conditions"] = []


def other_definition_with_digest(content: dict[str, Any]) -> None:
    meaning = content["definition"]["meaning"]
    meaning["file"]["decimals"] = 3
    content["definition"]["digest"] = hashlib.sha256(canonical(meaning)).hexdigest()


def lost_code(content: dict[str, Any]) -> None:
    meaning = content["definition"]["meaning"]
    meaning["conditions"][0] = meaning["conditions"][0] + " "
    content["definition"]["digest"] = hashlib.sha256(canonical(meaning)).hexdigest()


def hostile_definition(content: dict[str, Any]) -> None:
    meaning = content["definition"]["meaning"]
    meaning["file"]["population"] = "programme in (select content from read_text('/etc/passwd'))"
    content["definition"]["digest"] = hashlib.sha256(canonical(meaning)).hexdigest()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (fewer_records, "因“unjudged”不计入的记录"),
        (other_rows, "内容变了"),
        (other_definition, "定义与它的摘要不符"),
        (other_definition_with_digest, "小数位数"),
        (lost_code, "不能照原样使用"),
        (hostile_definition, "不能照原样使用"),
    ],
)
def test_what_was_signed_but_is_not_so(
    home: Path, capsys: pytest.CaptureFixture[str], change: Callable[[dict[str, Any]], None], words: str
) -> None:
    forged = resigned(receipts(home)[0], signing_key(Home(home)), change)
    told = said(capsys, DIFFERENT, forged)
    assert words in told


def test_an_older_definition_is_verified_by_the_one_the_receipt_carries(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = Path(__file__).parents[2] / "src/zhiheng/rulebook/national/indicators" / f"{INDICATOR.replace('.', '/')}.yaml"
    target = home / "rulebook" / "indicators" / source.parent.name / source.name
    target.parent.mkdir(parents=True)
    text = source.read_text(encoding="utf-8")
    target.write_text(re.sub(r"decimals: \d", "decimals: 4", text), encoding="utf-8")
    assert main(["verify", str(receipts(home)[0])]) == EQUAL
    assert "现行定义已经改变" in capsys.readouterr().err


def test_swapped_receipts(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = receipts(home)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    for file in (one, other):
        told = said(capsys, DIFFERENT, file)
        assert told.startswith("不一致：") and "被调换" in told
    # Content of one under the signature of the other.
    mixed = json.loads(first) | {"signature": json.loads(second)["signature"]}
    one.write_text(json.dumps(mixed))
    assert "签名取自别的凭证" in said(capsys, FOREIGN, one)


def test_a_content_altered_after_signing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = receipts(home)[0]
    receipt = json.loads(file.read_text())
    better(receipt["content"])
    file.write_text(json.dumps(receipt))
    assert "内容在签名之后改过" in said(capsys, FOREIGN, file)
    receipt = json.loads(receipts(home)[1].read_text())
    receipt["digest"] = "0" * 64
    file.write_text(json.dumps(receipt))
    assert "不是它内容的摘要" in said(capsys, DIFFERENT, file)


def test_blanks_in_the_file_do_not_matter(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = receipts(home)[0]
    file.write_text(json.dumps(json.loads(file.read_text()), indent=4, ensure_ascii=True))
    assert said(capsys, EQUAL, file).startswith("一致：")


def test_keys_are_those_of_the_installation(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = receipts(home)[0]
    public = home / "receipts" / "public_key.pem"
    shutil.rmtree(home / "keys")
    assert "没有本单位的公钥" in said(capsys, FOREIGN, file)
    assert said(capsys, EQUAL, file, "--key", public).startswith("一致：")
    other = tmp_path / "other"
    signing_key(Home(other))
    # Whoever hands over a folder with receipts, lake and keys is not us.
    signing_key(Home(home))
    assert "本单位的密钥是" in said(capsys, FOREIGN, file, "--home", other)


def nest(content: dict[str, Any]) -> None:
    content["evidence"]["register"] = "../../etc"
    content["definition"]["meaning"]["file"]["register"] = "../../etc"


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (nest, "definition.meaning.file.register"),
        (lambda c: c["evidence"].update(files=["../x.parquet"]), "evidence.files.0"),
        (lambda c: c["evidence"].update(position=-1), "evidence.position"),
        (lambda c: c.update(place="33; drop"), "place"),
        (lambda c: c["period"].update(end="2026-02-31"), "period.end"),
        (lambda c: c["result"].update(amount="1e9"), "result.amount"),
        (lambda c: c.update(more=1), "content"),
        (lambda c: c.pop("rules"), "content"),
    ],
)
def test_what_is_no_sound_receipt_is_refused_though_we_signed_it(
    home: Path, capsys: pytest.CaptureFixture[str], change: Callable[[dict[str, Any]], None], part: str
) -> None:
    forged = resigned(receipts(home)[0], signing_key(Home(home)), change)
    capsys.readouterr()
    assert main(["verify", str(forged)]) == 3
    assert f"“{part}”" in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 100_000, b"\x00" * 100, b'{"content": 1.5}', b"9" * 1_000_000])
def test_what_is_no_receipt_at_all_is_refused(home: Path, capsys: pytest.CaptureFixture[str], data: bytes) -> None:
    file = home / "receipts" / "x.json"
    file.write_bytes(data)
    assert main(["verify", str(file)]) == 3
    assert "内部出错" not in capsys.readouterr().err


def test_as_data(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = json.loads(said(capsys, EQUAL, receipts(home)[0], "--json"))["receipts"]
    assert (found["outcome"], found["exit_code"], found["reasons"]) == ("equal", 0, [])


def test_usage(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path / "nowhere.json")]) == 2
    assert main(["verify", str(receipts(home)[0]), "--lake", str(tmp_path / "nowhere")]) == 2
    alone = tmp_path / "alone.json"
    alone.write_bytes(receipts(home)[0].read_bytes())
    assert main(["verify", str(alone)]) == 2
    assert main(["compute", INDICATOR, "--period", "2026", "--then", "2026-01-01", "--receipts", "--home", str(home)]) == 2
