"""Does a paper that is handed in become a draft, for those only whom it concerns?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhiheng.office.jobs import compile_plan
from zhiheng.office.ledger.models import Action, AuditEntry, DraftState, Grant, Job, Person, PlanDraft, PlanPaper, Post, Reach
from zhiheng.office.work import files
from zhiheng.office.work.plans import COMPILE

COUNTY = Path(__file__).parents[3] / "examples" / "model_county"


class Context:
    def __init__(self) -> None:
        self.said: list[str] = []

    def progress(self, done: int, total: int, said: str) -> None:
        assert 0 <= done <= total
        self.said.append(said)


def grant(county: SimpleNamespace, *actions: Action) -> None:
    for action in actions:
        Grant.objects.create(
            post=county.post, action=action, subject="plan", reach=Reach.OWN, start=county.post.start, reason="工作"
        )


def stranger(county: SimpleNamespace) -> Client:
    person = Person.objects.create_user("mo", password="Correct-horse-7", name="莫白", must_change_password=False)
    post = Post.objects.create(person=person, unit=county.elsewhere, title="科长", start=county.post.start)
    for action in Action:
        Grant.objects.create(post=post, action=action, subject="plan", reach=Reach.OWN, start=post.start, reason="工作")
    client = Client()
    client.force_login(person)
    return client


def run_all() -> Context:
    context = Context()
    for job in Job.objects.filter(name=COMPILE):
        compile_plan.run(context, job.payload)
    return context


@pytest.fixture
def desk(county: SimpleNamespace) -> Client:
    Person.objects.update(must_change_password=False)
    grant(county, Action.SEE, Action.ENTER)
    client = Client()
    client.force_login(county.person)
    return client


def upload(client: Client, county: SimpleNamespace, data: bytes, name: str = "plan.docx", unit: Any = None) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post("/plans/hand-in", {"unit": str((unit or county.bureau).key), "paper": file})


def test_from_upload_to_review(desk: Client, county: SimpleNamespace) -> None:
    data = (COUNTY / "plan.docx").read_bytes()
    answer = upload(desk, county, data, "规划.docx")
    draft = PlanDraft.objects.get()
    where = answer.headers["Location"]
    assert where == f"/plans/drafts/{draft.key}"
    assert files.content(draft.paper.digest) == data
    assert "排队等待读取" in desk.get(where).content.decode()
    assert draft.job is not None and draft.job.asked_by == county.person
    context = run_all()
    assert context.said[-1] == "读取完成"
    assert desk.get(f"{where}/progress").headers["HX-Refresh"] == "true"
    page = desk.get(where).content.decode()
    assert "青岭县质量强县建设规划" in page
    assert page.index("没有读懂的数字") < page.index("待确认的问题") < page.index("本规划的目标")
    assert 'data-items="mentions-M001"' in page
    assert list(AuditEntry.objects.filter(subject="plan").values_list("action", flat=True)) == ["upload", "compile"]
    listed = desk.get("/plans").content.decode()
    assert "待复核" in listed and str(draft.key) in listed


def test_every_mark_stands_on_its_number(desk: Client, county: SimpleNamespace) -> None:
    upload(desk, county, (COUNTY / "plan.docx").read_bytes())
    run_all()
    from lxml import html

    page = html.fromstring(desk.get(f"/plans/drafts/{PlanDraft.objects.get().key}").content.decode())
    record = PlanDraft.objects.get().record
    for mention in record["mentions"]:
        marks = [m for m in page.xpath("//mark") if f"mentions-{mention['id']}" in m.get("data-items").split()]
        assert "".join(m.text_content() for m in marks) == mention["text"]


def test_compiling_twice_changes_nothing(desk: Client, county: SimpleNamespace) -> None:
    upload(desk, county, (COUNTY / "plan.txt").read_bytes(), "plan.txt")
    run_all()
    before = PlanDraft.objects.get().changed_at
    run_all()
    assert PlanDraft.objects.get().changed_at == before
    assert compile_plan.run(Context(), {"draft": "00000000-0000-0000-0000-000000000000"}) == {"skipped": True}


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 99, "plan.docx", "图片"),
        (b"%PDF-1.4 ...", "plan.docx", "PDF"),
        (b"   \n", "plan.txt", "空"),
        (b"PK\x03\x04 broken", "plan.docx", "损坏"),
    ],
)
def test_the_content_tells_the_kind(desk: Client, county: SimpleNamespace, data: bytes, name: str, said: str) -> None:
    answer = upload(desk, county, data, name)
    assert answer.status_code == 400 and said in answer.content.decode()
    assert not PlanPaper.objects.exists() and not Job.objects.exists()


def test_what_cannot_be_read_is_said_in_words_and_can_be_tried_again(desk: Client, county: SimpleNamespace) -> None:
    where = upload(desk, county, b"%PDF-1.4\n%%EOF", "plan.pdf").headers["Location"]
    run_all()
    draft = PlanDraft.objects.get()
    assert draft.state == DraftState.FAILED and draft.fault
    page = desk.get(where).content.decode()
    assert "没有读成" in page and draft.fault in page
    assert desk.post(f"{where}/again").status_code == 302
    assert PlanDraft.objects.get().state == DraftState.COMPILING and Job.objects.count() == 2


def test_what_a_dead_job_leaves_is_not_waited_for(desk: Client, county: SimpleNamespace) -> None:
    where = upload(desk, county, b"one\n", "plan.txt").headers["Location"]
    Job.objects.update(state="failed")
    assert "程序在读取时出错" in desk.get(where).content.decode()


def test_nobody_else_sees_it(desk: Client, county: SimpleNamespace) -> None:
    where = upload(desk, county, (COUNTY / "plan.txt").read_bytes(), "plan.txt").headers["Location"]
    run_all()
    other = stranger(county)
    for path in (where, f"{where}/progress", f"{where}/original"):
        assert other.get(path).status_code == 404
    assert other.post(f"{where}/again").status_code == 404
    assert "plan.txt" not in other.get("/plans").content.decode()
    assert AuditEntry.objects.filter(action="refused").count() == 4
    assert desk.get(f"{where}/original").status_code == 403
    assert upload(other, county, b"x", "x.txt").status_code == 400  # a unit that is not theirs is none of the choices
    assert PlanPaper.objects.count() == 1


def test_who_may_only_see_cannot_hand_in(county: SimpleNamespace) -> None:
    Person.objects.update(must_change_password=False)
    grant(county, Action.SEE)
    client = Client()
    client.force_login(county.person)
    assert client.get("/plans/hand-in").status_code == 403
    assert upload(client, county, b"x").status_code == 403
    assert "上传规划文件" not in client.get("/plans").content.decode()


def test_the_original_is_saved_and_never_shown(desk: Client, county: SimpleNamespace) -> None:
    grant(county, Action.EXPORT)
    data = b"<html><body><script>alert(1)</script><p>\xe8\xb4\xa8\xe9\x87\x8f</p></body></html>"
    where = upload(desk, county, data, "../../etc/<b>\r\nx.html").headers["Location"]
    answer = desk.get(f"{where}/original")
    assert answer.content == data and answer.headers["Content-Type"] == "application/octet-stream"
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment;") and "/" not in said and "\n" not in said and "<" not in said
    assert AuditEntry.objects.filter(action="export").count() == 1


def test_hostile_text_stays_text(desk: Client, county: SimpleNamespace) -> None:
    evil = '一、主要目标\n到2025年，<img src=x onerror=alert(1)>产品质量合格率达到98%以上。\n"><script>alert(2)</script>抽检合格率达到97%。\n'
    where = upload(desk, county, evil.encode(), "a<script>.txt").headers["Location"]
    run_all()
    page = desk.get(where).content.decode()
    assert "<img src=x" not in page and "<script>alert" not in page and "a<script>" not in page
    assert "&lt;img src=x" in page


def test_a_body_larger_than_any_paper_is_refused_unread(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhiheng.office.desk import middleware

    monkeypatch.setattr(middleware, "largest", lambda: 1000)
    monkeypatch.setattr(middleware, "_BESIDE", 1000)
    answer = desk.post("/plans/hand-in", {"paper": SimpleUploadedFile("a.txt", b"x" * 5000)})
    assert answer.status_code == 413 and "文件太大" in answer.content.decode()


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    yield


def test_files_lie_once_and_are_never_overwritten(tmp_path: Path) -> None:
    one = files.kept(b"paper")
    path = files.path_of(one)
    before = path.stat().st_mtime_ns
    assert files.kept(b"paper") == one and path.stat().st_mtime_ns == before
    assert path.stat().st_mode & 0o777 == 0o400 and [p.name for p in path.parent.iterdir()] == [one]
    for wrong in ("../../etc/passwd", "", "A" * 64, one[:-1], f"{one}\n"):
        with pytest.raises(ValueError):
            files.path_of(wrong)
    path.chmod(0o600)
    path.write_bytes(b"other")
    with pytest.raises(ValueError):
        files.content(one)


def test_the_list_asks_as_often_for_many_plans_as_for_one(desk: Client, county: SimpleNamespace) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(2):
        upload(desk, county, b"one\n", "plan.txt")
        with CaptureQueriesContext(
            connection,
        ) as found:
            desk.get("/plans")
        counts.append(len(found))
        for _ in range(5):
            upload(desk, county, b"one\n", "plan.txt")
    assert counts[0] == counts[1]
