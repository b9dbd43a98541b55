"""Does a plan say the same in every format it comes in? Targets, commitments and tasks are compared; places apart."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from agreement import differences
from printing import as_page, as_word, from_browser, from_office
from zhiheng.flow.plan_source import open_plan
from zhiheng.plans.model import Plan

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "examples" / "model_county"
PAPERS = ROOT / "tests" / "fixtures" / "papers"
CORPUS = ROOT.parent / "shared" / "corpus"
TEXTS = sorted(CORPUS.glob("*.txt"))
SHORTEST = min(TEXTS, key=lambda path: path.stat().st_size, default=None)


@cache
def county() -> Plan:
    return open_plan(COUNTY / "plan.docx")


@pytest.mark.parametrize(
    "paper",
    [
        COUNTY / "plan.txt",
        COUNTY / "plan.html",
        COUNTY / "plan.ofd",
        PAPERS / "county_libreoffice.docx",
        PAPERS / "county_libreoffice.pdf",
        PAPERS / "county_chromium.pdf",
    ],
    ids=lambda path: path.name,
)
def test_the_county_in_every_format(paper: Path) -> None:
    assert differences(county(), open_plan(paper)) == []


@pytest.mark.office
def test_the_county_printed_now_by_office(tmp_path: Path) -> None:
    assert differences(county(), open_plan(from_office(COUNTY / "plan.docx", tmp_path))) == []


@pytest.mark.browser
def test_the_county_printed_now_by_a_browser(tmp_path: Path) -> None:
    assert differences(county(), open_plan(from_browser(COUNTY / "plan.html", tmp_path))) == []


@pytest.mark.shared
@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_a_real_plan_as_a_word_paper(text: Path, tmp_path: Path) -> None:
    paper = tmp_path / "plan.docx"
    paper.write_bytes(as_word(text.read_text(encoding="utf-8")))
    assert differences(open_plan(text), open_plan(paper)) == []


def printed(text: Path, folder: Path) -> list[list[str]]:
    """What differs in the text as LibreOffice and as a browser print it."""
    plan = open_plan(text)
    content = text.read_text(encoding="utf-8")
    paper, page = folder / "plan.docx", folder / "plan.html"
    paper.write_bytes(as_word(content))
    page.write_text(as_page(content), encoding="utf-8")
    return [differences(plan, open_plan(p)) for p in (from_office(paper, folder), from_browser(page, folder))]


@pytest.mark.shared
@pytest.mark.office
@pytest.mark.browser
def test_a_real_plan_printed(tmp_path: Path) -> None:
    assert SHORTEST is not None
    assert printed(SHORTEST, tmp_path) == [[], []]


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.office
@pytest.mark.browser
@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_every_real_plan_printed(text: Path, tmp_path: Path) -> None:
    assert printed(text, tmp_path) == [[], []]
