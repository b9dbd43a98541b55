"""Do people, rights and the audit change by their pages, as far as somebody's own right reaches and no further?"""

from __future__ import annotations

import io
import re
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.test import Client
from tests.office_roles import client_of, seeded

from zhiheng.office.ledger.models import AuditEntry, Grant, GroupMember, Person, Post, Unit, UnitName
from zhiheng.office.work import audit

DAY = "2026-06-01"
EVIL = "<script>alert(1)</script>=1+1"


@pytest.fixture
def world(db: None) -> SimpleNamespace:
    return seeded()


@pytest.fixture
def chief(world: SimpleNamespace) -> Client:
    return client_of(world.people["chief"])


@pytest.fixture
def administrator(world: SimpleNamespace) -> Client:
    return client_of(world.people["administrator"])


def revision(page: str) -> str:
    found = re.search(r'name="revision" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def granting(holder: object, **more: object) -> dict[str, Any]:
    return {"holder": holder, "action": "see", "subject": "plan", "reach": "own", "start": DAY, "reason": "工作", **more}


def test_a_unit_is_renamed_and_the_tree_of_each_day_knows(world: SimpleNamespace, chief: Client) -> None:
    page = f"/units/{world.unit.key}"
    sent = {"name": "新名称局", "start": DAY, "reason": "机构改革", "revision": revision(chief.get(page).content.decode())}
    assert chief.post(page, sent).status_code == 302
    assert "白石县市场监督管理局" in chief.get("/units?day=2026-05-31").content.decode()
    now = chief.get(f"/units?day={DAY}").content.decode()
    assert "新名称局" in now and "白石县市场监督管理局" not in now
    entry = AuditEntry.objects.get(action="change", subject="organisation")
    assert (entry.said, entry.person) == ("机构改革", "chief") and "白石县" in entry.changes and "新名称局" in entry.changes
    assert audit.verified()[1] is None


def test_the_later_of_two_sees_what_is_different(world: SimpleNamespace, chief: Client) -> None:
    page, grant = f"/units/{world.unit.key}", f"/grants/{world.grant.key}"
    seen = revision(chief.get(page).content.decode())
    chief.post(page, {"name": "先改的名称", "start": DAY, "reason": "一", "revision": seen})
    later = chief.post(page, {"name": "后改的名称", "start": DAY, "reason": "二", "revision": seen})
    assert later.status_code == 400 and "别人已经改过：名称现为“先改的名称”" in later.content.decode()
    assert not UnitName.objects.filter(name="后改的名称").exists()
    assert revision(later.content.decode()) != seen
    seen = revision(chief.get(grant).content.decode())
    assert chief.post(grant, {"end": DAY, "reason": "一", "revision": seen}).status_code == 302
    later = chief.post(grant, {"end": "2027-01-01", "reason": "二", "revision": seen})
    assert later.status_code == 400 and "终止日期现为2026-06-01" in later.content.decode()
    assert str(Grant.objects.get(pk=world.grant.pk).end) == DAY


def test_members_of_a_group_by_day(world: SimpleNamespace, chief: Client) -> None:
    group = Unit.objects.create(kind="group", place="990125")
    UnitName.objects.create(unit=group, name="质量强县领导小组", start="2024-01-01")
    GroupMember.objects.create(group=group, unit=world.unit, role="office", start="2024-01-01", end="2025-12-31")
    assert "（办公室）" in chief.get("/units?day=2025-12-31").content.decode()
    assert "（办公室）" not in chief.get("/units?day=2026-01-01").content.decode()


def test_somebody_new_must_change_the_password_that_is_shown_once(world: SimpleNamespace, administrator: Client) -> None:
    sent = {"username": "xin", "name": "新来", "unit": str(world.unit.key), "title": "科员", "start": DAY}
    page = administrator.post("/people/new", {**sent, "is_active": "", "must_change_password": "", "subject": "x"})
    found = re.search(r'class="once">([^<]+)<', page.content.decode())
    assert found
    person = Person.objects.get(username="xin")
    assert person.check_password(found[1]) and person.must_change_password and person.is_active and person.subject is None
    assert found[1] not in administrator.get(f"/people/{person.key}").content.decode()
    assert not any(found[1] in entry.changes + entry.said for entry in AuditEntry.objects.all())
    assert client_of(person).get("/").headers["Location"] == "/password"
    taken = administrator.post("/people/new", {**sent, "username": "XIN"})
    assert taken.status_code == 400 and "已有人使用" in taken.content.decode()


def test_switched_off_and_reset_with_a_reason(world: SimpleNamespace, administrator: Client) -> None:
    clerk = world.people["clerk"]
    browser = client_of(clerk)
    assert administrator.post(f"/people/{clerk.key}/off", {}).status_code == 400
    assert administrator.post(f"/people/{clerk.key}/off", {"reason": "调离"}).status_code == 302
    assert browser.get("/").status_code == 302
    assert administrator.post(f"/people/{clerk.key}/on", {"reason": "调回"}).status_code == 302
    Person.objects.filter(pk=clerk.pk).update(one_time_secret="JBSWY3DPEHPK3PXP")
    assert 'class="once"' in administrator.post(f"/people/{clerk.key}/reset", {"reason": "忘记"}).content.decode()
    assert Person.objects.get(pk=clerk.pk).one_time_secret == ""
    said = AuditEntry.objects.filter(object=str(clerk.key)).values_list("said", flat=True)
    assert {"调离", "调回", "重置密码：忘记"} <= set(said)


def test_nobody_takes_over_who_may_do_more(world: SimpleNamespace, administrator: Client) -> None:
    for role in ("chief", "administrator"):
        person = world.people[role]
        answer = administrator.post(f"/people/{person.key}/reset", {"reason": "忘记"})
        assert answer.status_code == 400 and 'class="once"' not in answer.content.decode()
        assert Person.objects.get(pk=person.pk).check_password("Correct-horse-7")


def test_nobody_grants_to_herself_or_further_than_her_own(world: SimpleNamespace, administrator: Client) -> None:
    clerk, own = (Post.objects.get(person=world.people[role]) for role in ("clerk", "administrator"))
    before = Grant.objects.count()
    for wrong in (
        granting(f"post:{own.pk}"),
        granting(f"person:{world.people['administrator'].key}"),
        granting(f"post:{clerk.pk}", reach="all"),
        granting(f"post:{clerk.pk}", reach="places", places="990125"),
        granting(f"post:{clerk.pk}", reach="units", units=[str(world.other.key)]),
        granting(f"person:{world.hidden.key}"),
        granting(f"post:{clerk.pk}", end="2026-05-01"),
        granting(f"post:{clerk.pk}", reason=""),
        granting(f"post:{clerk.pk}", subject="everything"),
    ):
        assert administrator.post("/grants/new", wrong).status_code == 400, wrong
    assert Grant.objects.count() == before
    right = granting(f"post:{clerk.pk}", reach="units", units=[str(world.unit.key)], granted_by=world.hidden.pk)
    assert administrator.post("/grants/new", right).status_code == 302
    made = Grant.objects.latest("pk")
    assert made.granted_by == world.people["administrator"] and made.units.get().unit == world.unit


def test_the_matrix_and_its_workbook(world: SimpleNamespace, chief: Client) -> None:
    Person.objects.filter(pk=world.people["clerk"].pk).update(name='=HYPERLINK("x")')
    page = chief.get(f"/grants/matrix?day={DAY}").content.decode()
    assert "查看规划" in page and "跨部门（全部）" in page
    book = openpyxl.load_workbook(io.BytesIO(chief.get(f"/grants/matrix.xlsx?day={DAY}").content))
    rows = list(book.active.iter_rows())
    by_name = {row[1].value: row for row in rows}
    assert (by_name["clerk"][0].value, by_name["clerk"][0].data_type) == ('=HYPERLINK("x")', "s")
    head = [cell.value for cell in rows[0]]
    assert by_name["clerk"][head.index("填报规划")].value == "本单位" and by_name["clerk"][head.index("导出规划")].value in (
        None,
        "",
    )
    assert AuditEntry.objects.filter(action="export", person="chief").count() == 1
    assert client_of(world.people["reader"]).get("/grants/matrix.xlsx").status_code == 403


def test_why_in_words(world: SimpleNamespace, chief: Client) -> None:
    ask = {"person": str(world.people["reader"].key), "subject": "plan", "unit": str(world.unit.key), "day": DAY}
    assert "范围：本单位" in chief.get("/grants/why", {**ask, "action": "see"}).content.decode()
    assert "没有任何授权" in chief.get("/grants/why", {**ask, "action": "approve"}).content.decode()
    assert client_of(world.people["reader"]).get("/grants/why", {**ask, "person": str(world.hidden.key)}).status_code == 400


def test_the_audit_is_filtered_and_reading_it_written_down(world: SimpleNamespace, chief: Client) -> None:
    client_of(world.people["clerk"]).get("/units")
    client_of(world.hidden).get("/units")
    page = chief.get("/audit", {"person": "clerk", "action": "refused"}).content.decode()
    assert "没有权限查看机构和人员" in page and ">hidden<" not in page
    assert AuditEntry.objects.filter(action="read", subject="audit", person="chief").count() == 1
    assert "没有符合条件" in chief.get("/audit", {"until": "2020-01-01"}).content.decode()
    assert chief.get("/audit", {"since": "gestern"}).status_code == 400
    assert client_of(world.people["administrator"]).get("/audit").status_code == 403


def test_the_audit_turns_its_pages(world: SimpleNamespace, chief: Client) -> None:
    for number in range(60):
        audit.record(audit.Actor(world.hidden), "probe", "plan", number, f"第{number}条")
    first = chief.get("/audit", {"action": "probe"}).content.decode()
    following = re.search(r'href="\?([^"]*before=\d+)"', first)
    assert following and "第59条" in first and "第9条" not in first
    assert "第9条" in chief.get(f"/audit?{following[1].replace('&amp;', '&')}").content.decode()


def test_script_in_every_field_is_text(world: SimpleNamespace, chief: Client) -> None:
    Person.objects.filter(pk=world.hidden.pk).update(name=EVIL)
    Post.objects.filter(person=world.hidden).update(title=EVIL)
    UnitName.objects.update(name=EVIL)
    Grant.objects.update(reason=EVIL)
    audit.record(audit.Actor(world.hidden, EVIL), EVIL, EVIL, EVIL, EVIL, {EVIL: (EVIL, EVIL)})
    keys = world.keys
    paths = ["/units", "/people", "/grants", "/grants/matrix", "/grants/why", "/grants/new", "/people/new", "/audit"]
    for path in [*paths, f"/units/{keys['units']}", f"/people/{keys['people']}", f"/grants/{keys['grants']}"]:
        page = chief.get(path).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;" in page, path


def test_forms_need_their_token(world: SimpleNamespace) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.people["chief"])
    for path in ("/people/new", "/units/new", "/grants/new", f"/people/{world.hidden.key}/off", f"/grants/{world.grant.key}"):
        assert strict.post(path, {"reason": "x"}).status_code == 403


def test_the_menu_shows_what_one_may(world: SimpleNamespace) -> None:
    menus = {role: client_of(world.people[role]).get("/").content.decode() for role in ("clerk", "auditor", "chief")}
    assert 'href="/audit"' in menus["auditor"] and 'href="/units"' not in menus["auditor"]
    assert 'href="/units"' not in menus["clerk"] and 'href="/grants"' in menus["chief"]


@pytest.mark.parametrize("path", ["/units", "/people", "/grants", "/grants/matrix"])
def test_as_many_questions_for_many_rows(
    world: SimpleNamespace, chief: Client, path: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        unit = Unit.objects.create(kind="department", place="990125")
        UnitName.objects.create(unit=unit, name=f"第{number}局", start="2024-01-01")
        person = Person.objects.create_user(f"p{number}", password="x", name=f"第{number}人")
        post = Post.objects.create(person=person, unit=unit, title="科员", start="2024-01-01")
        Grant.objects.create(post=post, action="see", subject="plan", reach="own", start="2024-01-01", reason="工作")
    with django_assert_max_num_queries(25):
        assert chief.get(path).status_code == 200
