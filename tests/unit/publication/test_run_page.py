"""report.html: one file, no request, every text escaped; readable, filterable and openable to sentence and source."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hostile import hostile_findings
from lxml import html
from programs import chromium
from sample import AS_OF, JUDGEMENTS, NOTE, PLAN

from zhiheng.judgement.verdict import Verdict
from zhiheng.publication.findings import findings_of
from zhiheng.publication.wording import VERDICT_COLOURS, VERDICT_TINTS
from zhiheng.publication.writers.html import report_page, script_json

FINDINGS = findings_of(PLAN, JUDGEMENTS, as_of=AS_OF, figures_note=NOTE)
SIZES = [(1366, 768), (390, 844)]


@lru_cache(maxsize=1)
def page() -> str:
    return report_page(FINDINGS)


def tree(text: str | None = None) -> Any:
    return html.fromstring(text or page())


def test_every_target_has_a_row_with_its_verdict() -> None:
    rows = tree().xpath("//section[@id='targets']//tbody/tr")
    assert [r.xpath("string(th/text())") for r in rows] == [t.indicator for t in PLAN.targets]
    assert [r.xpath("string(td[contains(@class, 'kind')])") for r in rows] == [t.attribute for t in PLAN.targets]
    said = [r.xpath("string(.//span[@class='pill'])") for r in rows]
    assert said.count("已完成") == 7 and said.count("未完成") == 2 and len(set(said)) == len(Verdict)


def test_why_a_target_cannot_be_judged_stands_on_the_page() -> None:
    said = tree().xpath("//section[@id='attention']/details//li")
    assert len(said) == 5 and any("待确认后评价" in li.text_content() for li in said)


def test_it_asks_for_nothing_outside() -> None:
    own = tree()
    assert own.xpath("//link | //iframe | //img | //script[@src] | //base | //object") == []
    assert [a.get("href") for a in own.xpath("//a[not(starts-with(@href, '#'))]")] == []
    assert not re.search(r"url\(|@import", own.xpath("string(//style)"))


def test_only_its_own_scripts_may_run() -> None:
    own = tree()
    policy = own.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'") and "unsafe-inline'; img" in policy and "unsafe-eval" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", page(), re.DOTALL)
    digests = {f"sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}" for s in scripts}
    assert digests == set(re.findall(r"'(sha256-[^']+)'", policy)) and len(digests) == 2


def test_hostile_texts_stay_texts() -> None:
    text = report_page(hostile_findings())
    own = tree(text)
    assert len(own.xpath("//script")) == 3 and own.xpath("//img | //*[@onfocus] | //*[@onerror]") == []
    data = json.loads(own.xpath("string(//script[@id='data'])"))
    assert data["findings"][0]["indicator"] == "</script><script>window.hacked=1</script>0"
    assert "{{data}}" in own.xpath("string(//section[@id='targets'])")


def test_json_in_a_script_cannot_end_it() -> None:
    hostile = {"a": "</script><!--<script>&\u2028\u2029"}
    text = script_json(hostile)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == hostile


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("verdict", Verdict)
def test_verdicts_can_be_read(verdict: Verdict) -> None:
    colour = VERDICT_COLOURS[verdict]
    assert contrast(colour, VERDICT_TINTS[verdict]) >= 4.5
    assert contrast(colour, "FFFFFF") >= 4.5


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield made
        made.close()


class Watched:
    """A page under watch: what it asked for, what went wrong in it."""

    def __init__(self, browser: Any, path: Path, size: tuple[int, int]) -> None:
        self.page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        self.requests: list[str] = []
        self.faults: list[str] = []
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("pageerror", lambda e: self.faults.append(str(e)))
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("dialog", lambda d: self.faults.append(d.message))
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("html[data-ready=yes]", state="attached")


@pytest.fixture
def watched(browser: Any, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Watched]:
    path = tmp_path / "report.html"
    path.write_text(page(), "utf-8")
    made = Watched(browser, path, getattr(request, "param", SIZES[0]))
    yield made
    made.page.close()


@pytest.mark.browser
@pytest.mark.parametrize("watched", SIZES, indirect=True)
def test_no_request_no_fault_and_no_clipped_text(watched: Watched) -> None:
    assert [r for r in watched.requests if not r.startswith("file:")] == [] and len(watched.requests) == 1
    assert watched.faults == []
    clipped = watched.page.evaluate(
        """[...document.querySelectorAll('td,th,h1,h2,h3,p,li,button,.pill')]
        .filter(e => e.clientWidth && getComputedStyle(e).position !== 'absolute' && !e.closest('thead'))
        .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert clipped == []
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watched.page.evaluate(
        "[...document.querySelectorAll('nav a')].every(a => a.getBoundingClientRect().right <= innerWidth)"
    )
    if watched.page.viewport_size["width"] < 760:
        cells = "[...document.querySelectorAll('#departments td')].filter(e => e.offsetHeight).map(e => e.textContent)"
        assert "—" not in watched.page.evaluate(cells)
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_pictures_are_drawn_and_described(watched: Watched) -> None:
    for chart in ("doughnut", "groups", "line"):
        shown = watched.page.locator(f"#{chart}")
        assert shown.locator("svg path").count() > 3
        assert len(shown.get_attribute("aria-label") or "") > 5
    label = watched.page.locator("#line").get_attribute("aria-label")
    assert label and "2024年94.2%" in label


@pytest.mark.browser
def test_filters_leave_what_fits(watched: Watched) -> None:
    own = watched.page
    rows = own.locator("#targets tbody tr:visible")
    own.select_option("#by-verdict", "missed")
    assert rows.count() == 2 and own.locator("#shown").inner_text() == "显示2项，共28项"
    own.select_option("#by-group", "供给质量")
    assert rows.count() == 1
    own.click("#filters button[type=reset]")
    rows.nth(27).wait_for()  # the form is reset behind the click
    assert rows.count() == 28
    own.fill("#find", "PM2.5")
    assert rows.count() == 1
    own.fill("#find", "没有这个词")
    assert rows.count() == 0 and own.locator("#none").is_visible()
    own.fill("#find", "")
    own.select_option("#by-unit", "县住建局")
    assert rows.count() >= 2
    own.select_option("#by-unit", "")
    own.click(".tile[value=behind]")
    assert rows.count() == 5 and own.locator(".tile[value=behind]").get_attribute("aria-pressed") == "true"


@pytest.mark.browser
@pytest.mark.parametrize("watched", SIZES, indirect=True)
def test_a_figure_opens_its_sentence_and_its_source(watched: Watched) -> None:
    own = watched.page
    own.locator("#targets tr", has_text="消费投诉按时办结率").locator(".figure").first.click()
    assert own.locator("#detail").is_visible()
    assert (
        own.locator("#detail-clause").inner_text()
        == "到2028年，消费投诉按时办结率达到98%以上；有关部门按季度调度，按年度评估。"
    )
    assert own.locator("#detail-clause mark").inner_text() == "98%以上"
    assert own.locator("#detail-clause .clause").inner_text() == "消费投诉按时办结率达到98%以上"
    assert own.locator("#detail-where").inner_text() == "一、总体要求 › （三）发展目标；原文第55行"
    source = own.locator("#detail-values tbody tr").last.locator("td").all_inner_texts()
    assert [s.strip() for s in source] == [
        "2025年",
        "98.47%",
        "9987／10142",
        "青岭县，县市场监管局，示例数据",
        "figures.xlsx",
        "填报",
        "30",
    ]
    assert own.locator("#detail-line svg").count() == 1
    fits = own.evaluate(
        "[...document.querySelectorAll('#detail td, #detail dd, #detail p')].every(e => e.scrollWidth <= e.clientWidth + 1)"
    )
    assert fits


@pytest.mark.browser
def test_it_works_by_keyboard(watched: Watched) -> None:
    own = watched.page
    own.keyboard.press("Tab")
    assert own.evaluate("document.activeElement.textContent") == "跳到目标一览"
    first = own.locator("#targets .figure").first
    first.focus()
    own.keyboard.press("Enter")
    assert own.locator("#detail").is_visible()
    own.keyboard.press("Escape")
    assert not own.locator("#detail").is_visible()
    assert own.evaluate("document.activeElement === document.querySelector('#targets .figure')")


@pytest.mark.browser
def test_every_indicator_can_be_looked_at(watched: Watched) -> None:
    for number in range(len(PLAN.targets)):
        watched.page.select_option("#pick", str(number))
        said = watched.page.locator("#line-words").inner_text()
        assert said.startswith(("20", "没有数据"))
    assert watched.faults == []


@pytest.mark.browser
def test_hostile_texts_do_nothing_in_a_browser(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_bytes(report_page(hostile_findings()).encode("utf-8", "backslashreplace"))
    for size in SIZES:
        made = Watched(browser, path, size)
        own = made.page
        for figure in range(9):
            own.locator(f"#targets [data-at='{figure}'] .figure").first.click()
            own.keyboard.press("Escape")
        own.hover("#doughnut")
        assert own.evaluate("window.hacked") is None
        assert [r for r in made.requests if not r.startswith("file:")] == [] and made.faults == []
        assert own.evaluate("document.documentElement.scrollWidth <= innerWidth")
        own.close()


@pytest.mark.browser
def test_it_prints_every_row(watched: Watched, tmp_path: Path) -> None:
    watched.page.emulate_media(media="print")
    assert watched.page.locator("#targets tbody tr:visible").count() == len(PLAN.targets)
    assert not watched.page.locator("#filters").is_visible()
