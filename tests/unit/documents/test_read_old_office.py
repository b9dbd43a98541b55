"""Are papers of old office programs converted within walls, and is every way in which that fails told?"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from zipfile import ZIP_STORED, ZipFile

import pytest
from sample_papers import p, packed, refused, strings, table, word

from zhiheng.base.errors import DataError
from zhiheng.documents.readers import Limits, office_program, read, read_content
from zhiheng.documents.readers.compound import is_locked
from zhiheng.documents.tree import Format
from zhiheng.rules.messages import strict_sentence

PAPERS = Path(__file__).parents[2] / "fixtures" / "papers"
OLD = (PAPERS / "county_libreoffice.doc").read_bytes()
RICH = rb"{\rtf1\ansi\ansicpg936 Quality {\v hidden }plan 2027: 95%\par}"
IDENTIFIER = b"\xec\xa5"  # with which the main stream of a Word paper begins


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test leaves the temporary folder as it found it."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield
    assert not list(place.iterdir())


def program(folder: Path, script: str) -> str:
    """A stand-in for LibreOffice: the paper is its last argument, `--outdir` the one before the last but one."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def locked() -> bytes:
    data = bytearray(OLD)
    data[OLD.index(IDENTIFIER) + 11] |= 1
    return bytes(data)


def fails(data: bytes, name: str, limits: Limits) -> DataError:
    with pytest.raises(DataError) as caught:
        read_content(data, name, limits)
    for language in ("zh", "en"):
        assert name in strict_sentence(caught.value.code, caught.value.facts, language)
    return caught.value


@pytest.mark.parametrize(("name", "data"), [("plan.doc", OLD), ("plan.wps", OLD), ("plan.rtf", RICH), ("plan.doc", RICH)])
def test_without_the_program_the_person_is_told_what_helps(name: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhiheng.documents.readers.old_office.office_program", lambda limits: None)
    error = refused(data, name)
    assert error.code == "documents.no_converter"
    said = strict_sentence(error.code, error.facts)
    assert "安装 LibreOffice" in said and "另存为 .docx" in said


def test_a_program_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    office = program(tmp_path, f"sleep 60 & echo $! > {pid}; wait")
    error = fails(OLD, "plan.doc", Limits(office=office, convert_seconds=2))
    assert error.code == "documents.conversion_too_slow"
    child = Path("/proc") / pid.read_text("utf-8").strip()
    for _ in range(50):  # a busy machine takes its time to bury it
        if not child.exists() or "Z" in (child / "stat").read_text("utf-8").split()[2]:
            return
        time.sleep(0.1)
    pytest.fail("what the program started still runs")


def test_a_program_that_breaks_off(tmp_path: Path) -> None:
    error = fails(OLD, "plan.doc", Limits(office=program(tmp_path, "kill -SEGV $$")))
    assert error.code == "documents.conversion_broke_off"


def test_a_program_that_makes_nothing(tmp_path: Path) -> None:
    office = program(tmp_path, "exit 0")
    assert fails(OLD, "plan.doc", Limits(office=office)).code == "documents.not_converted"
    assert fails(locked(), "plan.doc", Limits(office=office)).code == "documents.encrypted"


def test_a_program_that_makes_too_much(tmp_path: Path) -> None:
    office = program(tmp_path, "mkdir out; head -c 2000000 /dev/zero > out/paper.docx")
    limits = Limits(office=office, file_bytes=1_000_000)
    assert fails(OLD, "plan.doc", limits).code == "documents.converted_too_large"


def test_a_program_that_is_none(tmp_path: Path) -> None:
    broken = tmp_path / "soffice"
    broken.write_bytes(b"\x7fELF")
    broken.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office_program, "_walls", lambda limits: ())
        assert fails(OLD, "plan.doc", Limits(office=str(broken))).code == "documents.converter_does_not_start"


def test_what_is_made_is_a_paper_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(b"PK\x03\x04 cut off")
    office = program(tmp_path, f"mkdir out; cp {tmp_path}/made.docx out/paper.docx")
    assert fails(OLD, "plan.doc", Limits(office=office)).code == "documents.damaged"


def test_objects_that_nobody_read_are_told(tmp_path: Path) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(word(p("质量")))
    with ZipFile(made, "a", ZIP_STORED) as archive:
        archive.writestr("word/embeddings/oleObject1.bin", "x")
    office = program(tmp_path, f"mkdir out; cp {made} out/paper.docx")
    read_paper = read_content(OLD, "plan.doc", Limits(office=office))
    assert [(problem.code, problem.facts["objects"]) for problem in read_paper.problems] == [("documents.converted", 1)]
    assert "1 个对象" in strict_sentence("documents.converted", read_paper.problems[0].facts)


def test_the_program_sees_neither_the_name_nor_the_home_of_the_person(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    office = program(tmp_path, f'echo "$@" > {seen}; env >> {seen}; ls profile/user >> {seen}')
    fails(OLD, "机密规划.doc", Limits(office=office))
    said = seen.read_text("utf-8")
    assert "机密" not in said and f"HOME={os.environ.get('HOME')}\n" not in said
    assert "registrymodifications.xcu" in said and "paper.doc" in said


def test_locks() -> None:
    assert not is_locked(OLD)
    assert is_locked(locked())
    assert not is_locked(OLD[:700])
    assert not is_locked(b"")
    assert not is_locked((PAPERS / "indicators_xlwt.xls").read_bytes())


def test_a_locked_workbook() -> None:
    data = bytearray((PAPERS / "indicators_xlwt.xls").read_bytes())
    second = 512 + 4 + int.from_bytes(data[514:516], "little")
    data[second : second + 2] = b"\x2f\x00"
    assert is_locked(bytes(data))


@pytest.mark.parametrize("extension", [".doc", ".wps", ".xls", ".et"])
def test_pages_saved_under_the_name_of_an_office_paper_are_read(extension: str) -> None:
    page = "<html><body><table><tr><td>指标</td><td>目标</td></tr><tr><td>合格率</td><td>95%</td></tr></table></body></html>"
    assert read_content(page.encode(), f"plan{extension}").format is Format.HTML


def test_new_papers_under_the_names_of_another_program_are_read() -> None:
    assert read_content(word(p("质量")), "plan.wps").format is Format.DOCX
    assert refused(packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "plan.wps").code == "documents.wrong_extension"


@pytest.mark.office
def test_rich_text_without_what_is_hidden() -> None:
    paper = read_content(RICH, "plan.rtf")
    assert (paper.format, strings(paper)) == (Format.RICH_TEXT, ["Quality plan 2027: 95%"])
    assert (paper.name, paper.problems) == ("plan.rtf", ())


@pytest.mark.office
def test_a_workbook_of_another_producer() -> None:
    paper = read(PAPERS / "indicators_xlwt.xls")
    assert paper.format is Format.OLD_EXCEL
    assert table(paper)[1][:4] == ["类别", "序号", "指标", "单位"]


@pytest.mark.office
def test_damage_and_locks_are_told_apart() -> None:
    assert refused(locked(), "plan.doc").code == "documents.encrypted"
    assert refused(OLD[:2_000] + OLD[-30_000:], "plan.doc").code in {
        "documents.not_converted",
        "documents.conversion_broke_off",
    }


class _Asked(BaseHTTPRequestHandler):
    paths: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.paths.append(self.path)

    do_HEAD = do_OPTIONS = do_GET  # noqa: N815 - names that the server calls

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.mark.office
@pytest.mark.parametrize("walls", [True, False])
def test_nothing_that_a_paper_links_is_fetched(walls: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not walls:
        monkeypatch.setattr(office_program, "_without_network", lambda: ())
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    _Asked.paths.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Asked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        fields = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{url}/a.png" \\d}}{{\fldrslt x}}}}'
        fields += rf'{{\field{{\*\fldinst INCLUDETEXT "{secret}"}}{{\fldrslt y}}}}'
        paper = read_content(rb"{\rtf1\ansi Plan " + fields.encode() + rb"\par}", "plan.rtf")
        server.shutdown()
    assert not _Asked.paths
    assert "SECRET" not in "".join(strings(paper))


@pytest.mark.office
def test_one_table_in_three_kinds_of_workbook() -> None:
    tables = [strings(read(PAPERS / f"indicators_{name}")) for name in ("xlwt.xls", "libreoffice.xlsx", "libreoffice.ods")]
    assert tables[0] == tables[1] == tables[2]
