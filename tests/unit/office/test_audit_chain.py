"""Does the audit name the first broken entry, and does the database refuse to break one?"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from zhiheng.office.ledger.models import AuditEntry, AuditHead
from zhiheng.office.work import audit
from zhiheng.office.work.actor import Actor

ACTOR = Actor(None, "127.0.0.1")


@pytest.fixture
def five(db: None) -> list[AuditEntry]:
    """Five entries; the table without its guards, as whoever owns the database can have it."""
    made = [audit.record(ACTOR, "change", "plan", number, "改标题", {"title": ("甲", "乙")}) for number in range(5)]
    with connection.cursor() as cursor:
        table = " on ledger_auditentry" if connection.vendor == "postgresql" else ""
        for name in ("ledger_audit_no_delete", "ledger_audit_no_change"):
            cursor.execute(f"drop trigger {name}{table}")
    return made


def code(*anchors: audit.Anchor) -> str | None:
    fault = audit.verified(anchors)[1]
    return None if fault is None else fault.code


@pytest.mark.django_db
def test_the_database_refuses() -> None:
    audit.record(ACTOR, "change", "plan", 1, "改标题")
    for statement in (
        "delete from ledger_auditentry",
        "update ledger_auditentry set said = 'x'",
        "update ledger_auditentry set digest = 'x'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert audit.verified() == (1, None)


def test_a_sound_chain(five: list[AuditEntry]) -> None:
    assert audit.verified((audit.anchor(),)) == (5, None)
    assert [entry.number for entry in five] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("field", ["at", "person", "said", "changes", "object"])
def test_an_altered_entry_is_named(five: list[AuditEntry], field: str) -> None:
    AuditEntry.objects.filter(number=3).update(**{field: "别的"})
    number, fault = audit.verified()
    assert (number, fault and fault.code, fault and fault.facts["number"]) == (2, "office.audit_altered", 3)


def test_an_entry_forged_with_its_own_digests_breaks_the_next(five: list[AuditEntry]) -> None:
    entry = AuditEntry.objects.get(number=3)
    entry.said = "别的"
    entry.content = audit._content_digest(entry)
    entry.digest = audit._chained(entry)
    entry.save()
    number, fault = audit.verified()
    assert (number, fault and fault.code, fault and fault.facts["number"]) == (3, "office.audit_chain_broken", 4)


def test_missing_in_the_middle_and_cut_off(five: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(number=2).delete()
    assert code() == "office.audit_missing"
    AuditEntry.objects.filter(number__gt=1).delete()
    assert code() == "office.audit_cut_off"


def test_all_written_anew_shows_against_the_anchor(five: list[AuditEntry]) -> None:
    anchored = audit.anchor()
    AuditEntry.objects.all().delete()
    AuditHead.objects.all().delete()
    assert code(anchored) == "office.audit_cut_off"
    for number in range(6):
        audit.record(ACTOR, "change", "plan", number, "改标题")
    assert code() is None
    assert code(anchored) == "office.audit_not_the_anchored"


@pytest.mark.django_db
def test_what_is_past_its_time_loses_its_words_and_not_its_place() -> None:
    for number in range(3):
        audit.record(Actor(None, "10.0.0.1"), "see", "record", number, "查看投诉")
    assert audit.expire("9999") == 3
    assert audit.verified() == (3, None)
    assert {entry.address for entry in AuditEntry.objects.all()} == {""}


@pytest.mark.django_db
def test_an_entry_falls_with_its_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record(ACTOR, "change", "plan", 1, "改标题")
        raise RuntimeError
    assert audit.verified() == (0, None)
    assert not AuditEntry.objects.exists()
