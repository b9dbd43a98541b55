"""Does a reviewed draft become a plan that can be opened down to its sentence, and compared with the next?"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhiheng.office.ledger.models import (
    Action,
    AuditEntry,
    DraftState,
    Grant,
    Person,
    PlanDraft,
    PlanEdit,
    PlanVersion,
    Post,
    Reach,
)
from zhiheng.office.work import plan_exchange, plan_versions, plans
from zhiheng.office.work.actor import Actor

COUNTY = Path(__file__).parents[3] / "examples" / "model_county"
QUESTION = "plans.count_convention_open"


def worker(county: SimpleNamespace, name: str, *actions: Action, unit: Any = None) -> Client:
    person = Person.objects.create_user(name, password="Correct-horse-7", name=name, must_change_password=False)
    post = Post.objects.create(person=person, unit=unit or county.bureau, title="干部", start=county.post.start)
    for action in actions:
        Grant.objects.create(post=post, action=action, subject="plan", reach=Reach.OWN, start=post.start, reason="工作")
    client = Client()
    client.force_login(person)
    return client


def begun(county: SimpleNamespace) -> PlanDraft:
    actor = Actor(Person.objects.get(username="wang"), "127.0.0.1")
    draft = plans.hand_in(actor, county.bureau, "plan.docx", (COUNTY / "plan.docx").read_bytes(), plans.today())
    plans.compile_draft(str(draft.key), lambda *_: None)
    return PlanDraft.objects.get(pk=draft.pk)


@pytest.fixture
def one(county: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    client = worker(county, "wang", *Action)
    draft = begun(county)
    return SimpleNamespace(client=client, county=county, draft=draft, at=f"/plans/drafts/{draft.key}")


def settle(one: SimpleNamespace, at: str | None = None) -> None:
    record = PlanDraft.objects.order_by("-pk")[0].record
    for target in record["targets"]:
        for question in target["questions"]:
            item = f"{target['id']}/{question['code']}"
            data = {"what": "set_aside", "part": "questions", "item": item, "reason": "待定", "revision": 999}
            assert one.client.post(f"{at or one.at}/change", data).status_code == 200


def approve(one: SimpleNamespace, at: str | None = None) -> Any:
    revision = PlanDraft.objects.order_by("-pk")[0].revision
    return one.client.post(f"{at or one.at}/approve", {"revision": revision})


def test_open_questions_come_before_approval(one: SimpleNamespace) -> None:
    answer = approve(one)
    assert answer.status_code == 422 and "还有 1 个待确认的问题" in answer.content.decode()
    assert not PlanVersion.objects.exists()
    settle(one)
    answer = approve(one)
    version = PlanVersion.objects.get()
    assert answer.headers["HX-Redirect"] == f"/plans/versions/{version.key}"
    assert version.number == 1 and version.digest == plan_versions.digest_of(version.record)
    assert PlanDraft.objects.get().state == DraftState.APPROVED
    entry = AuditEntry.objects.filter(action="approve").get()
    assert version.digest in entry.changes
    late = {"what": "accept", "part": "tasks", "item": "K01", "revision": 99}
    assert "不再修改" in one.client.post(f"{one.at}/change", late).content.decode().replace(
        "已不在复核中，不能再修改", "不再修改"
    )
    assert approve(one).status_code == 422 and PlanVersion.objects.count() == 1


def test_a_draft_that_somebody_changed_meanwhile_is_not_approved_unseen(one: SimpleNamespace) -> None:
    settle(one)
    seen = PlanDraft.objects.get().revision
    other = worker(one.county, "zhao", Action.SEE, Action.ENTER)
    assert (
        other.post(f"{one.at}/change", {"what": "drop", "part": "targets", "item": "T012", "revision": seen}).status_code == 200
    )
    assert one.client.post(f"{one.at}/approve", {"revision": seen}).status_code == 409
    assert approve(one).status_code == 204


def test_rights(one: SimpleNamespace) -> None:
    settle(one)
    enterer = worker(one.county, "zhao", Action.SEE, Action.ENTER)
    outsider = worker(one.county, "wai", *Action, unit=one.county.elsewhere)
    for path in ("approve", "form/read", "form/take"):
        assert outsider.post(f"{one.at}/{path}", {"revision": "1"}).status_code == 404
    assert enterer.post(f"{one.at}/approve", {"revision": "1"}).status_code == 403
    for path in ("form", "labels"):
        assert (enterer.get(f"{one.at}/{path}").status_code, outsider.get(f"{one.at}/{path}").status_code) == (403, 404)
    approve(one)
    version = PlanVersion.objects.get()
    where = f"/plans/versions/{version.key}"
    for path in (where, f"{where}/targets/T012", f"{where}/differences/{version.key}"):
        assert enterer.get(path).status_code == 200
        assert outsider.get(path).status_code == 404
    assert version.title not in outsider.get("/plans").content.decode()


def test_a_target_down_to_its_sentence(one: SimpleNamespace) -> None:
    settle(one)
    approve(one)
    version = PlanVersion.objects.get()
    page = one.client.get(f"/plans/versions/{version.key}").content.decode()
    assert "<footer><p>质衡 0" in page
    for target in version.record["targets"]:
        where = f"/plans/versions/{version.key}/targets/{target['id']}"
        assert where in page
        text = one.client.get(where).content.decode()
        assert f"<i>{target['text']}</i>".replace("<9", "&lt;9") in text.replace("&lt;", "<").replace("&gt;", ">")
    assert one.client.get(f"/plans/versions/{version.key}/targets/T999").status_code == 404


def test_the_next_version_shows_what_differs(one: SimpleNamespace) -> None:
    settle(one)
    approve(one)
    again = begun(one.county)
    at = f"/plans/drafts/{again.key}"
    settle(one, at)
    one.client.post(f"{at}/change", {"what": "drop", "part": "targets", "item": "T012", "revision": 99})
    assert approve(one, at).status_code == 204
    old, new = PlanVersion.objects.order_by("pk")
    assert (old.number, new.number) == (1, 2)
    link = f"/plans/versions/{new.key}/differences/{old.key}"
    assert link in one.client.get(f"/plans/versions/{new.key}").content.decode()
    gone = next(t["indicator"] for t in old.record["targets"] if t["id"] == "T012")
    text = one.client.get(link).content.decode()
    assert gone in text and 'class="change"' in text


def workbook(one: SimpleNamespace) -> openpyxl.Workbook:
    data = one.client.get(f"{one.at}/form").content
    return openpyxl.load_workbook(io.BytesIO(data))


def sent(one: SimpleNamespace, book: openpyxl.Workbook, name: str = "表.xlsx") -> Any:
    kept = io.BytesIO()
    book.save(kept)
    return one.client.post(f"{one.at}/form/read", {"form": SimpleUploadedFile(name, kept.getvalue())})


def test_a_workbook_goes_out_and_comes_back(one: SimpleNamespace) -> None:
    book = workbook(one)
    before = PlanDraft.objects.get().record
    assert "内容相同" in sent(one, book).content.decode()
    sheet = book["目标"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    changed, removed = sheet.cell(3, heads["编号"]).value, sheet.cell(4, heads["编号"]).value
    sheet.cell(3, heads["完成年份"]).value = 2027
    sheet.delete_rows(4)
    answer = sent(one, book)
    text = answer.content.decode()
    assert answer.status_code == 200 and f"{changed} 年份" in text and "2027" in text and removed in text
    assert PlanDraft.objects.get().record == before
    token = text.split('name="token" value="')[1].split('"')[0]
    assert one.client.post(f"{one.at}/form/take", {"token": token + "x", "revision": 0}).status_code == 409
    assert one.client.post(f"{one.at}/form/take", {"token": token, "revision": 0}).status_code == 302
    record = PlanDraft.objects.get().record
    ids = {t["id"]: t for t in record["targets"]}
    assert ids[changed]["year"] == 2027 and removed not in ids
    assert "由表格更正 · wang" in one.client.get(one.at).content.decode()
    one.client.post(f"{one.at}/undo", {"revision": 1})
    assert PlanDraft.objects.get().record == before


def test_a_workbook_with_faults_changes_nothing(one: SimpleNamespace) -> None:
    book = workbook(one)
    heads = {cell.value: cell.column for cell in book["目标"][1]}
    book["目标"].cell(3, heads["完成年份"]).value = "后年"
    answer = sent(one, book)
    assert answer.status_code == 400 and "完成年份" in answer.content.decode() and "没有导入" in answer.content.decode()
    other = SimpleUploadedFile("a.xlsx", (COUNTY / "figures.xlsx").read_bytes())
    assert "不是从这里下载的" in one.client.post(f"{one.at}/form/read", {"form": other}).content.decode()
    assert one.client.post(f"{one.at}/form/read", {}).status_code == 400
    assert PlanEdit.objects.count() == 0


def test_labels_say_what_people_decided(one: SimpleNamespace) -> None:
    PlanDraft.objects.update(title="=规划")
    record = PlanDraft.objects.get().record
    record["mentions"][0]["indicator"] = "=cmd|' /C calc'!A0"
    PlanDraft.objects.update(record=record)
    one.client.post(f"{one.at}/change", {"what": "drop", "part": "mentions", "item": "M002", "revision": 0})
    answer = one.client.get(f"{one.at}/labels")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert set(archive.namelist()) == {
            f"plan.{n}" for n in ("targets.csv", "tasks.csv", "outline.csv", "excluded.csv", "meta.json")
        }
        targets = archive.read("plan.targets.csv").decode().splitlines()
        meta = json.loads(archive.read("plan.meta.json"))
    assert targets[0].startswith(
        "id,line,char_start,char_end,indicator,role,comparator,value_low,value_high,unit,year,basis,modality,scope,text"
    )
    assert len(targets) == len(PlanDraft.objects.get().record["mentions"]) + 1
    assert not any(line.startswith("M002,") for line in targets) and "'=cmd|" in targets[1]
    assert meta["title"] == record["meta"]["title"]
    assert AuditEntry.objects.filter(action="export").count() == 1


def test_a_token_is_for_its_draft_alone(one: SimpleNamespace) -> None:
    data = one.client.get(f"{one.at}/form").content
    actor = Actor(Person.objects.get(username="wang"), "")
    token, _, _ = plan_exchange.form_read(actor, one.draft.key, plans.today(), "a.xlsx", data)
    second = begun(one.county)
    assert one.client.post(f"/plans/drafts/{second.key}/form/take", {"token": token, "revision": 0}).status_code == 409


def test_ids_that_would_lead_elsewhere_are_refused(one: SimpleNamespace) -> None:
    record = {**one.draft.record, "targets": [{**one.draft.record["targets"][0], "id": "../x"}]}
    actor = Actor(Person.objects.get(username="wang"), "")
    draft = plans.hand_in(actor, one.county.bureau, "plan.json", json.dumps(record).encode(), plans.today())
    plans.compile_draft(str(draft.key), lambda *_: None)
    draft.refresh_from_db()
    assert draft.state == DraftState.FAILED and "../x" in draft.fault
