"""Do the papers of the model county say the same in every form, and is every form of the genre where FORMS.md says?"""

from __future__ import annotations

import csv
import importlib
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree, html

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "examples" / "model_county"
CORPUS = ROOT.parent / "shared" / "corpus"
MODULES = ("answers", "build", "checklist", "faulty", "plantext", "reported", "source", "webplan", "wordplan")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OUTLINE_NUMBER = re.compile(r"^([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d\.(?=[\u4e00-\u9fff]))")


@pytest.fixture(scope="module")
def build() -> Iterator[ModuleType]:
    """The module that writes the county's files."""
    sys.path.insert(0, str(COUNTY))
    yield importlib.import_module("build")
    sys.path.remove(str(COUNTY))
    for name in MODULES:
        sys.modules.pop(name, None)


def plan_lines() -> list[str]:
    return (COUNTY / "plan.txt").read_text("utf-8").split("\n")


def labels(name: str) -> list[dict[str, str]]:
    with (COUNTY / "labels" / f"plan.{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_files_on_disk_are_what_the_source_says(build: ModuleType) -> None:
    for name, content in build.files().items():
        stored = (COUNTY / name).read_bytes()
        if name.endswith((".docx", ".xlsx")):
            with zipfile.ZipFile(io.BytesIO(content)) as fresh, zipfile.ZipFile(io.BytesIO(stored)) as old:
                assert {n: fresh.read(n) for n in fresh.namelist()} == {n: old.read(n) for n in old.namelist()}, name
        else:
            assert stored == content, f"{name} differs: run examples/model_county/build.py"


def test_the_plan_says_that_it_is_invented() -> None:
    lines = plan_lines()
    assert any("本规划及全部数据均为虚构示例" in line for line in lines)
    assert 6000 <= sum(len(line) for line in lines) <= 8000


def paper_text(strings: Iterator[str] | list[str]) -> str:
    """All characters in a row, without blanks, table bars and the raised digit."""
    return re.sub(r"[\s|]", "", "".join(strings)).replace("¹", "1")


def test_web_page_says_what_the_text_says() -> None:
    page = html.fromstring((COUNTY / "plan.html").read_bytes())
    assert paper_text(page.find(".//main").itertext()) == paper_text(plan_lines())


def test_word_file_says_what_the_text_says() -> None:
    lines = plan_lines()
    notes = [line for line in lines if line[:1] in "①②" and line]
    body = [OUTLINE_NUMBER.sub("", line) for line in lines if line not in notes]
    with zipfile.ZipFile(COUNTY / "plan.docx") as word:
        document = etree.fromstring(word.read("word/document.xml"))
        footnotes = etree.fromstring(word.read("word/footnotes.xml"))
    said = (node.text or "" for node in document.iter(f"{W}t"))
    assert paper_text(said) == re.sub("[①②]", "", paper_text(body))
    assert paper_text(node.text or "" for node in footnotes.iter(f"{W}t")) == re.sub("[①②]", "", paper_text(notes))


def test_word_file_has_what_papers_of_an_office_have() -> None:
    with zipfile.ZipFile(COUNTY / "plan.docx") as word:
        document = word.read("word/document.xml").decode()
    for needed in ("<w:ins ", "<w:del ", "<w:vMerge", "<w:numPr>", "<w:footnoteReference ", 'w:val="Heading1"'):
        assert needed in document, needed


@pytest.mark.parametrize("name", ["targets", "unscored"])
def test_answers_stand_where_they_say(name: str) -> None:
    lines = plan_lines()
    for row in labels(name):
        assert lines[int(row["line"]) - 1][int(row["char_start"]) : int(row["char_end"])] == row["text"], row


def test_answers_show_every_comparator_basis_role_and_modality() -> None:
    rows = labels("targets")
    assert {r["comparator"] for r in rows} == {
        ">=", "<=", ">", "<", "==", "range", "increase_by", "decrease_by", "zero_events"
    }  # fmt: skip
    assert {r["basis"] for r in rows} == {"level", "count", "cumulative", "new", "average", "reduction"}
    assert {r["role"] for r in rows} == {"target", "baseline", "actual", "background"}
    assert {r["modality"] for r in rows} == {"firm", "strive", "maintain", ""}


def test_every_form_stands_on_the_line_that_the_checklist_names() -> None:
    lines = plan_lines()
    rows = re.findall(r"^\| (.+?) \| (\d+) \| (.+) \|$", (COUNTY / "FORMS.md").read_text("utf-8"), re.M)
    assert len(rows) > 80
    for form, line, words in rows:
        assert words.replace(" ⇥ ", "\t").replace("¦", "|") in lines[int(line) - 1], form


# Names of indicators and awards are common property of all plans.
COMMON_NAMES = (
    "主要农产品质量安全监测合格率",
    "农产品质量安全例行监测合格率",
    "制造业产品质量合格率",
    "县级以上政府质量奖",
    "地表水达到或好于",
    "集中式饮用水水源",
    "消费投诉按时办结率",
    "空气质量优良天数比例",
    "装配式建筑占新建建筑",
    "重大质量安全事故",
)


@pytest.mark.shared
def test_no_sentence_of_a_published_plan_is_in_it() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not beside the project")
    published = {
        run[i : i + 8]
        for path in CORPUS.glob("*.txt")
        for run in re.findall(r"[\u4e00-\u9fff]{8,}", path.read_text("utf-8"))
        for i in range(len(run) - 7)
    }
    text = "\n".join(plan_lines())
    for name in COMMON_NAMES:
        text = text.replace(name, "\n")
    runs = {r[i : i + 8] for r in re.findall(r"[\u4e00-\u9fff]{8,}", text) for i in range(len(r) - 7)}
    assert not runs & published
