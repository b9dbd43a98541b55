"""People of every role in one bureau, and things of another whose every field holds a canary."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from django.test import Client

from zhiheng.office.ledger.models import (
    Action,
    DraftState,
    Grant,
    Person,
    PlanDraft,
    PlanVersion,
    Post,
    Reach,
    Unit,
    UnitKind,
    UnitName,
)
from zhiheng.office.work import plans
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.permissions import SUBJECTS

BEGIN = date(2024, 1, 1)
CANARY = "金丝雀7Q<i>"
ROLES: dict[str, tuple[tuple[Action, ...], tuple[str, ...], Reach]] = {
    "without": ((), (), Reach.OWN),
    "reader": ((Action.SEE,), tuple(SUBJECTS), Reach.OWN),
    "clerk": ((Action.SEE, Action.ENTER), ("plan", "task", "value", "record"), Reach.OWN),
    "approver": ((Action.SEE, Action.APPROVE, Action.LOCK), ("plan", "task", "value"), Reach.OWN),
    "administrator": ((Action.SEE, Action.EXPORT, Action.ADMINISTER), ("organisation", "grant", "audit"), Reach.BELOW),
    "auditor": ((Action.SEE,), ("audit",), Reach.ALL),
    "chief": (tuple(Action), tuple(SUBJECTS), Reach.ALL),
}


def seeded() -> SimpleNamespace:
    """The people by role, and the key of a thing of the other bureau for each kind of address."""
    unit, other = (Unit.objects.create(kind=UnitKind.DEPARTMENT, place=place) for place in ("990125", "990124"))
    UnitName.objects.create(unit=unit, name="白石县市场监督管理局", start=BEGIN)
    UnitName.objects.create(unit=other, name=CANARY, start=BEGIN)
    people = {role: _person(role, unit, *held) for role, held in ROLES.items()}
    told = {"name": CANARY, "phone": CANARY, "email": "a7q@example.org", "must_change_password": False}
    hidden = Person.objects.create_user("hidden", password="Correct-horse-7", **told)
    post = Post.objects.create(person=hidden, unit=other, title=CANARY, start=BEGIN)
    grant = Grant.objects.create(post=post, action="see", subject="plan", reach="own", start=BEGIN, reason=CANARY)
    actor, text = Actor(people["chief"]), f"{CANARY}质量提升行动方案\n到2027年，制造业产品质量合格率达到96%。（{CANARY}）\n"
    draft = plans.hand_in(actor, other, f"{CANARY}.txt", text.encode(), plans.today())
    plans.compile_draft(str(draft.key), lambda *_: None)
    draft.refresh_from_db()
    assert draft.state == DraftState.REVIEW and CANARY in draft.title, draft.fault
    done = PlanDraft.objects.create(paper=draft.paper, state=DraftState.APPROVED, title=CANARY, record=draft.record)
    version = PlanVersion.objects.create(
        draft=done, unit=other, number=1, title=CANARY, record=draft.record, digest="0" * 64, approved_by=hidden
    )
    keys = {
        "units": str(other.key),
        "people": str(hidden.key),
        "grants": str(grant.key),
        "plans/drafts": str(draft.key),
        "plans/versions": str(version.key),
        "target": draft.record["targets"][0]["id"],
    }
    return SimpleNamespace(people=people, keys=keys, unit=unit, other=other, hidden=hidden, grant=grant)


def client_of(person: Person | None) -> Client:
    """A browser in which somebody signed in, or nobody."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client


def _person(role: str, unit: Unit, actions: tuple[Action, ...], subjects: tuple[str, ...], reach: Reach) -> Person:
    person = Person.objects.create_user(role, password="Correct-horse-7", name=f"{role}甲", must_change_password=False)
    post = Post.objects.create(person=person, unit=unit, title="科员", start=BEGIN)
    for subject in subjects:
        for action in actions:
            Grant.objects.create(post=post, action=action, subject=subject, reach=reach, start=BEGIN, reason="工作")
    return person
