"""From the uploaded paper to a target's sentence, as a newcomer does it: in Chromium, by keyboard, on a screen and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from zhiheng.office.jobs import compile_plan
from zhiheng.office.ledger.models import Action, Grant, Job, Person, Post, Reach, UnitKind
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.organisations import found_unit
from zhiheng.office.work.plans import COMPILE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLAN = Path(__file__).parents[2] / "examples" / "model_county" / "plan.docx"
WORD = "Correct-horse-7"
CUT = """[...document.querySelectorAll('button, h1, h2, h3, .value, .state')].filter(
  e => e.offsetParent && getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML)"""
CALM = "n => document.querySelector('.tally b').textContent == n && !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
SIZES = ((1366, 768), (390, 844))


class Context:
    def progress(self, done: int, total: int, said: str) -> None:
        assert done <= total and said


@pytest.fixture(scope="module", autouse=True)
def emptied() -> Iterator[None]:
    """After a test with real transactions SQLite empties its tables row by row, which the audit refuses: its triggers stand aside."""

    def flush(operations: Any, statements: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select name, sql from sqlite_master where type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"drop trigger {name}")
        plain(operations, statements)
        with connection.cursor() as cursor:
            for _, made in triggers:
                cursor.execute(made)

    plain = type(connection.ops).execute_sql_flush
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            patch.setattr(type(connection.ops), "execute_sql_flush", flush)
        yield


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    # Playwright's loop runs in this thread; the tables are asked between its steps.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        connections.close_all()  # those of playwright's loop, which nobody else would find
        opened.close()


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    begin = date(2024, 1, 1)
    bureau = found_unit(Actor(), "青岭县市场监督管理局", UnitKind.DEPARTMENT, "990124", begin)
    person = Person.objects.create_user("lin", password=WORD, name="林青", must_change_password=False)
    post = Post.objects.create(person=person, unit=bureau, title="质量科科长", start=begin)
    for action in Action:
        Grant.objects.create(post=post, action=action, subject="plan", reach=Reach.OWN, start=begin, reason="工作")
    return person


def whole(page: Any) -> None:
    """Nothing wider than the screen, nothing cut off."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(CUT) == []


def test_a_plan_from_upload_to_a_targets_sentence(live_server: Any, browser: Any, person: Person) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    faults: list[str] = []
    hosts: set[str] = set()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(f"{live_server.url}/login")
    page.fill("[name=username]", "lin")
    page.fill("[name=password]", WORD)
    page.click("section button")
    page.click("nav >> text=规划")
    page.click("text=上传规划文件")
    page.set_input_files("[type=file]", PLAN)
    page.click("text=上传并读取")
    page.wait_for_selector("progress")
    compile_plan.run(Context(), Job.objects.get(name=COMPILE).payload)
    page.wait_for_selector(".item.current")  # the page saw by itself that the reading is done
    whole(page)

    def left() -> int:
        return int(page.inner_text(".tally b"))

    def pressed(key: str, wanted: int) -> None:
        page.keyboard.press(key)
        page.wait_for_function(CALM, arg=str(wanted))
        page.wait_for_timeout(50)  # what was swapped in settles in 20 ms

    all_of_them = left()
    assert page.locator(".item.current").get_attribute("data-part") == "numbers"
    assert page.locator("mark.lit").count() == 1
    numbers = page.locator(".item.numbers").count()
    for done in range(1, numbers + 1):
        pressed("x", all_of_them - done)
    assert page.locator(".item.current").get_attribute("data-part") == "questions"
    page.keyboard.press("1")
    page.wait_for_selector(".item.questions", state="detached")
    after = left()
    pressed("n", after)
    pressed("a", after - 1)
    pressed("u", after)
    pressed("r", after - 1)

    page.click("mark[data-items*='mentions-M059'] >> nth=0")
    current = page.locator(".item.current")
    assert "mentions-M059" in (current.get_attribute("data-spans") or "")
    name = current.locator("h3").inner_text()
    page.keyboard.press("e")
    page.wait_for_selector(".slot [name=indicator]")
    page.keyboard.press("Escape")
    page.wait_for_selector(".slot [name=indicator]", state="detached")
    page.keyboard.press("/")
    page.keyboard.type(name.split()[0])
    page.keyboard.press("Enter")
    assert name.split()[0] in page.locator(".item.current").inner_text()

    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#approve")
    page.wait_for_url("**/plans/versions/*")
    whole(page)
    page.click("tbody a >> nth=0")
    page.wait_for_url("**/targets/*")
    assert page.inner_text(".sentence i")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for path in ("/plans", "/plans/hand-in", page.url.removeprefix(live_server.url), "/plans/drafts/" + str(_draft())):
            page.goto(live_server.url + path)
            whole(page)
    assert faults == [] and hosts == {live_server.url.split("/")[2]}


def _draft() -> Any:
    from zhiheng.office.ledger.models import PlanDraft

    return PlanDraft.objects.get().key
