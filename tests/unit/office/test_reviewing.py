"""Can a draft be reviewed step by step, taken back, and by two people at once?"""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from zhiheng.office.ledger.models import Action, AuditEntry, Grant, Person, PlanDraft, PlanEdit, Post, Reach
from zhiheng.office.work import plans
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.plan_changes import applied, difference
from zhiheng.plans.restore import plan_from_json

COUNTY = Path(__file__).parents[3] / "examples" / "model_county"


def member(county: SimpleNamespace, name: str, *actions: Action, unit: Any = None) -> Client:
    person = Person.objects.create_user(name, password="Correct-horse-7", name=name, must_change_password=False)
    post = Post.objects.create(person=person, unit=unit or county.bureau, title="干部", start=county.post.start)
    for action in actions:
        Grant.objects.create(post=post, action=action, subject="plan", reach=Reach.OWN, start=post.start, reason="工作")
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def one(county: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A draft under review, with who may change it."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    client = member(county, "wang", Action.SEE, Action.ENTER)
    actor = Actor(Person.objects.get(username="wang"), "127.0.0.1")
    data = (COUNTY / "plan.docx").read_bytes()
    draft = plans.hand_in(actor, county.bureau, "plan.docx", data, plans.today())
    plans.compile_draft(str(draft.key), lambda *_: None)
    return SimpleNamespace(client=client, key=draft.key, county=county, at=f"/plans/drafts/{draft.key}")


def draft(one: SimpleNamespace) -> PlanDraft:
    found: PlanDraft = PlanDraft.objects.get(key=one.key)
    return found


def row(one: SimpleNamespace, part: str, id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in draft(one).record[part] if r["id"] == id)
    return found


def post(one: SimpleNamespace, what: str, part: str, item: str, client: Client | None = None, **more: Any) -> Any:
    data = {"what": what, "part": part, "item": item, "revision": draft(one).revision, **more}
    answer = (client or one.client).post(f"{one.at}/change", data)
    record = draft(one).record
    plan_from_json(json.dumps(record))  # whatever was done, the contract holds
    return answer


def target_fields(target: dict[str, Any], **changes: Any) -> dict[str, Any]:
    names = "indicator comparator_judged value_low value_high unit year basis modality period_start".split()
    base = target["baseline"] or {}
    shown = {n: target[n] for n in names} | {"baseline_value": base.get("value"), "baseline_year": base.get("year")}
    path = "；".join(f"{y}={v}" for y, v in target["path"].items())
    own = {"own": "on"} if target["own"] else {}
    return {k: v for k, v in {**shown, "path": path, **own, **changes}.items() if v is not None}


def test_accepting_is_marked_and_needs_nothing_else(one: SimpleNamespace) -> None:
    before = draft(one).record
    answer = post(one, "accept", "targets", "T012")
    text = answer.content.decode()
    assert answer.status_code == 200 and "已确认 · wang" in text and text.count("<article") == 1
    assert draft(one).record == before and draft(one).revision == 1
    assert "已确认 · wang" in one.client.get(one.at).content.decode()
    assert AuditEntry.objects.filter(action="change", said="复核规划：已确认 T012").exists()


def test_a_correction_reaches_the_mentions_that_said_the_same(one: SimpleNamespace) -> None:
    old = row(one, "targets", "T012")
    assert old["mentions"]
    fields = target_fields(old, value_low="96.5", value_high="", comparator_judged=">=", unit="%", year=2027)
    assert post(one, "correct", "targets", "T012", **fields).status_code == 200
    new = row(one, "targets", "T012")
    assert (new["value_low"], new["year"], new["comparator_judged"]) == ("96.5", 2027, ">=")
    assert all(row(one, "mentions", m)["value_low"] == "96.5" for m in new["mentions"] if old["value_low"] != "96.5")
    entry = AuditEntry.objects.filter(action="change").last()
    assert entry is not None and "数值下限" in entry.changes and "96.5" in entry.changes


def test_what_does_not_fit_is_told_on_the_form(one: SimpleNamespace) -> None:
    old = row(one, "targets", "T012")
    answer = post(one, "correct", "targets", "T012", **target_fields(old, value_low="九十", path="x"))
    assert answer.status_code == 422 and "只填数字" in answer.content.decode() and "看不懂这条路径" in answer.content.decode()
    crossed = target_fields(old, comparator_judged="range", value_low="9", value_high="3")
    assert "大于上限" in post(one, "correct", "targets", "T012", **crossed).content.decode()
    nothing = target_fields(old, value_low="", value_high="")
    assert "缺少数值" in post(one, "correct", "targets", "T012", **nothing).content.decode()
    assert row(one, "targets", "T012") == old and draft(one).revision == 0


@pytest.mark.parametrize(
    ("how", "low", "high", "wanted"),
    [(">=", "97", "95.5", ("97", "97")), ("==", "97", "95.5", ("97", "97")), ("==", "95.5", "97", ("97", "97")),
     ("<=", "95.5", "94", ("94", "94")), ("range", "94", "97", ("94", "97"))],
)  # fmt: skip
def test_bounds_agree_where_there_is_one_value(
    one: SimpleNamespace, how: str, low: str, high: str, wanted: tuple[str, str]
) -> None:
    record = draft(one).record
    next(t for t in record["targets"] if t["id"] == "T012").update(value_low="95.5", value_high="95.5")
    PlanDraft.objects.update(record=record)
    fields = target_fields(row(one, "targets", "T012"), comparator_judged=how, value_low=low, value_high=high)
    assert post(one, "correct", "targets", "T012", **fields).status_code == 200
    new = row(one, "targets", "T012")
    assert (new["value_low"], new["value_high"]) == wanted


def test_two_values_where_there_is_one_are_asked_back(one: SimpleNamespace) -> None:
    fields = target_fields(row(one, "targets", "T012"), comparator_judged="==", value_low="1", value_high="2")
    assert "只有一个数值" in post(one, "correct", "targets", "T012", **fields).content.decode()


def test_a_question_is_answered_or_set_aside(one: SimpleNamespace) -> None:
    (open_one,) = [t for t in draft(one).record["targets"] if t["own"] and t["questions"]]
    item = f"{open_one['id']}/plans.count_convention_open"
    assert post(one, "set_aside", "questions", item, reason=" ").status_code == 422
    assert "已搁置 · wang：等省里口径" in post(one, "set_aside", "questions", item, reason="等省里口径").content.decode()
    assert row(one, "targets", open_one["id"])["questions"]
    assert post(one, "answer", "questions", item, answer="cumulative").status_code == 200
    answered = row(one, "targets", open_one["id"])
    assert answered["questions"] == [] and answered["basis"] == "cumulative"
    assert post(one, "answer", "questions", item, answer="cumulative").status_code == 422


def test_numbers_not_understood_are_excluded_or_added(one: SimpleNamespace) -> None:
    numbers = draft(one).record["coverage"]["numbers"]
    first, second = [i for i, n in enumerate(numbers) if n["standing"] == "not_understood"][:2]
    assert post(one, "exclude", "numbers", str(first)).status_code == 200
    added = {"indicator": "县控断面", "role": "target", "comparator": "==", "value_low": "12", "unit": "个", "basis": "count"}
    assert post(one, "add", "numbers", str(second), **added).status_code == 200
    coverage = draft(one).record["coverage"]
    assert [coverage["numbers"][i]["standing"] for i in (first, second)] == ["excluded", "mention"]
    assert coverage["total"] == coverage["mention"] + coverage["excluded"] + coverage["not_understood"]
    mention, target = draft(one).record["mentions"][-1], draft(one).record["targets"][-1]
    assert mention["indicator"] == target["indicator"] == "县控断面" and target["mentions"] == [mention["id"]]
    assert mention["context"]
    assert post(one, "exclude", "numbers", str(first)).status_code == 422
    assert post(one, "exclude", "numbers", "9" * 9).status_code == 404


def test_dropping_splitting_merging_and_promoting(one: SimpleNamespace) -> None:
    wide = next(t for t in draft(one).record["targets"] if len(t["mentions"]) > 1)
    post(one, "split", "targets", wide["id"], mentions=wide["mentions"][1:])
    targets = [t["id"] for t in draft(one).record["targets"]]
    new = targets[targets.index(wide["id"]) + 1]
    assert row(one, "targets", new)["mentions"] == wide["mentions"][1:]
    assert post(one, "split", "targets", new, mentions=["M999"]).status_code == 422
    post(one, "merge", "targets", new, into=wide["id"])
    assert set(row(one, "targets", wide["id"])["mentions"]) == set(wide["mentions"])
    assert new not in [t["id"] for t in draft(one).record["targets"]]
    assert post(one, "merge", "targets", wide["id"], into=wide["id"]).status_code == 422
    post(one, "drop", "targets", wide["id"])
    assert {row(one, "mentions", m)["role"] for m in wide["mentions"]} == {"background"}
    post(one, "promote", "mentions", wide["mentions"][0])
    assert draft(one).record["targets"][-1]["mentions"] == wide["mentions"][:1]
    post(one, "drop", "mentions", wide["mentions"][0])
    assert draft(one).record["targets"][-1]["mentions"] == []
    assert post(one, "drop", "tasks", "K99").status_code == 422


def test_all_that_was_done_can_be_undone_and_done_again(one: SimpleNamespace) -> None:
    stood = [draft(one).record]
    wide = next(t for t in stood[0]["targets"] if len(t["mentions"]) > 1)
    deeds: list[tuple[str, str, str, dict[str, Any]]] = [
        ("split", "targets", wide["id"], {"mentions": wide["mentions"][1:]}),
        ("drop", "targets", "T003", {}),
        ("accept", "tasks", "K01", {}),
        ("drop", "mentions", stood[0]["mentions"][4]["id"], {}),
        ("correct", "tasks", "K02", {"title": "新题", "lead_units": "甲局；乙、丙园区管委会"}),
        ("correct", "commitments", "C01", {"indicator": "省政府质量奖", "kind": "trend", "modality": "firm", "year": "2027"}),
    ]
    for what, part, item, more in deeds:
        assert post(one, what, part, item, **more).status_code == 200
        stood.append(draft(one).record)
    assert row(one, "tasks", "K02")["lead_units"] == ["甲局", "乙、丙园区管委会"]
    for expected in reversed(stood[:-1]):
        assert one.client.post(f"{one.at}/undo", {"revision": draft(one).revision}).status_code == 200
        assert draft(one).record == expected
    assert one.client.post(f"{one.at}/undo", {"revision": draft(one).revision}).status_code == 422
    for expected in stood[1:]:
        assert one.client.post(f"{one.at}/redo", {"revision": draft(one).revision}).status_code == 200
        assert draft(one).record == expected
    one.client.post(f"{one.at}/undo", {"revision": draft(one).revision})
    post(one, "accept", "tasks", "K03")
    assert one.client.post(f"{one.at}/redo", {"revision": draft(one).revision}).status_code == 422
    assert PlanEdit.objects.count() == draft(one).revision == 20


def test_a_patch_leads_there_and_back(one: SimpleNamespace) -> None:
    from zhiheng.plans import corrections

    old = draft(one).record
    new = corrections.dropped(corrections.dropped(old, "targets", "T001"), "mentions", "M050")
    before, after = difference(old, new)
    assert applied(old, after) == new and applied(new, before) == old
    assert difference(old, old) == ({}, {})


def test_the_later_of_two_sees_the_difference(one: SimpleNamespace) -> None:
    other = member(one.county, "zhao", Action.SEE, Action.ENTER)
    old = row(one, "targets", "T012")
    stale = draft(one).revision
    mine = target_fields(old, comparator_judged=">=", value_low="97")
    post(one, "correct", "targets", "T012", client=other, **target_fields(old, comparator_judged=">=", value_low="96.6"))
    answer = one.client.post(
        f"{one.at}/change", {"what": "correct", "part": "targets", "item": "T012", "revision": stale, **mine}
    )
    text = answer.content.decode()
    assert answer.status_code == 409 and "zhao" in text and "<ins>96.6</ins>" in text and 'value="97"' in text
    assert row(one, "targets", "T012")["value_low"] == "96.6"
    # another thing is no conflict, and whoever saw the difference may go on
    accept = {"what": "accept", "part": "tasks", "item": "K01", "revision": stale}
    assert one.client.post(f"{one.at}/change", accept).status_code == 200
    assert post(one, "correct", "targets", "T012", **mine).status_code == 200
    assert other.post(f"{one.at}/undo", {"revision": 1}).status_code == 409


def test_only_who_may_enter_changes_anything(one: SimpleNamespace) -> None:
    reader = member(one.county, "du", Action.SEE)
    stranger = member(one.county, "wai", *Action, unit=one.county.elsewhere)
    page = reader.get(one.at).content.decode()
    assert "hx-post" not in page
    for path, data in (
        ("change", {"what": "accept", "part": "tasks", "item": "K01", "revision": "0"}),
        ("undo", {}),
        ("redo", {}),
    ):
        assert reader.post(f"{one.at}/{path}", data).status_code == 403
        assert stranger.post(f"{one.at}/{path}", data).status_code == 404
    ask = "?what=correct&part=targets&item=T012"
    assert (reader.get(f"{one.at}/edit{ask}").status_code, stranger.get(f"{one.at}/edit{ask}").status_code) == (403, 404)
    assert PlanEdit.objects.count() == 0 and AuditEntry.objects.filter(action="refused").count() == 8


@pytest.mark.parametrize(
    ("what", "part", "item"),
    [("correct", "targets", "T012"), ("correct", "mentions", "M001"), ("correct", "commitments", "C01"), ("correct", "tasks", "K01"),
     ("merge", "targets", "T012"), ("split", "targets", "T012"), ("add", "targets", "")],
)  # fmt: skip
def test_each_form_opens(one: SimpleNamespace, what: str, part: str, item: str) -> None:
    answer = one.client.get(f"{one.at}/edit", {"what": what, "part": part, "item": item})
    assert answer.status_code == 200 and f'name="what" value="{what}"' in answer.content.decode()


def test_nobody_posts_what_no_page_of_ours_posts(one: SimpleNamespace) -> None:
    for data in ({}, {"what": "accept", "part": "meta", "item": "meta", "revision": "0"}, {"what": "accept", "part": "tasks", "item": "K01"},
                 {"what": "form", "part": "tasks", "item": "K01", "revision": "0"}, {"what": "accept", "part": "tasks", "item": "x" * 99, "revision": "0"}):  # fmt: skip
        assert one.client.post(f"{one.at}/change", data).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Person.objects.get(username="wang"))
    assert (
        strict.post(f"{one.at}/change", {"what": "accept", "part": "tasks", "item": "K01", "revision": "0"}).status_code == 403
    )
    assert PlanEdit.objects.count() == 0


def test_what_people_type_stays_text(one: SimpleNamespace) -> None:
    evil = "<img src=x onerror=alert(1)>"
    answer = post(
        one, "correct", "targets", "T012", **target_fields(row(one, "targets", "T012"), indicator=evil, unit=evil[:40])
    )
    assert answer.status_code == 200 and evil not in answer.content.decode() and "&lt;img" in answer.content.decode()
