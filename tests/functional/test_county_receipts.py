"""Does every figure of the model county get a receipt that verifies, for us and for anybody?"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from county_lake import PLACE, YEARS, make_lake

from zhiheng.cli.main import main
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.payload import count_of_others
from zhiheng.evidence.lake.table import opened
from zhiheng.flow.lake import kept_registers
from zhiheng.flow.registers import registers

# How docs/how/verify-a-receipt.md takes a receipt apart.
APART = (
    "import json, sys; import verify_receipt as v; r = json.load(open(sys.argv[1], encoding='utf-8')); "
    "open('content', 'wb').write(v.canonical(r['content'])); open('signature', 'wb').write(bytes.fromhex(r['signature']['value']))"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    found = make_lake(tmp_path_factory.mktemp("county_receipts"))
    years = [word for year in YEARS for word in ("--period", str(year))]
    assert main(["compute", *years, "--place", PLACE, "--receipts", "--home", str(found)]) == 0
    yield found


def files(home: Path) -> list[str]:
    return sorted(str(file) for file in (home / "receipts").glob("*.json"))


def test_every_receipt_is_equal(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(files(home)) == 66
    capsys.readouterr()
    assert main(["verify", *files(home), "--lake", str(home / "lake"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["receipts"]
    assert {one["outcome"] for one in found} == {"equal"}
    assert not [note for one in found for note in one["notes"]]


def test_anybody_can_check_them_all(home: Path) -> None:
    script = [sys.executable, "-I", "-S", "verify_receipt.py", "."]
    done = subprocess.run(script, cwd=home / "receipts", capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("摘要、链条、算术都相符") == 66


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here")
def test_openssl_knows_the_signature(home: Path, tmp_path: Path) -> None:
    for name in ("verify_receipt.py", "public_key.pem"):
        shutil.copy(home / "receipts" / name, tmp_path)
    subprocess.run([sys.executable, "-c", APART, files(home)[0]], cwd=tmp_path, check=True)
    call = "openssl pkeyutl -verify -pubin -inkey public_key.pem -rawin -in content -sigfile signature".split()
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, check=False, text=True)
    assert "Verified Successfully" in done.stdout, done.stdout + done.stderr
    (tmp_path / "content").write_bytes((tmp_path / "content").read_bytes().replace(b"2", b"3"))
    assert subprocess.run(call, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_digests_of_records_of_every_register_are_those_of_their_content(home: Path) -> None:
    for register in registers(kept_registers(Home(home)), home):
        table = opened(Home(home), register.id)
        assert table is not None
        with duckdb.connect() as connection:
            assert connection.execute(count_of_others(Home(home), register, table.version())).fetchall() == [(0,)]
