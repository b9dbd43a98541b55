"""Who did what? Entries are added in the transaction of the deed, chained by digests, and verified against an anchor.

The digest of an entry is over its number, the digest before it and the digest of its content, so that an entry past its time of
keeping can lose its words without breaking the chain.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhiheng.base.canonical_json import digest
from zhiheng.base.problem import Problem
from zhiheng.office.ledger.models import AuditEntry, AuditHead
from zhiheng.office.work.actor import Actor

_HEAD = 1
_CONTENT = ("at", "person", "name", "address", "action", "subject", "object", "said", "changes")
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Anchor:
    """Number and digest of the last entry at some time; kept elsewhere, it shows when newer entries were cut off or all written anew."""

    number: int
    digest: str
    at: str


def record(
    actor: Actor, action: str, subject: str, of: object, said: str, changes: Mapping[str, tuple[Any, Any]] | None = None
) -> AuditEntry:
    """Add an entry: `changes` are old and new by field. It stands or falls with the transaction it is added in."""
    with transaction.atomic():
        head, _ = AuditHead.objects.select_for_update().get_or_create(id=_HEAD)
        told = {name: {"old": _plain(old), "new": _plain(new)} for name, (old, new) in (changes or {}).items()}
        entry = AuditEntry(
            number=head.number + 1,
            at=timezone.now().isoformat(timespec="milliseconds"),
            person=actor.username,
            name=actor.person.name if actor.person else "",
            address=actor.address,
            action=action,
            subject=subject,
            object=str(of),
            said=said,
            changes=json.dumps(told, ensure_ascii=False, sort_keys=True),
            before=head.digest,
        )
        entry.content = _content_digest(entry)
        entry.digest = _chained(entry)
        entry.save(force_insert=True)
        AuditHead.objects.filter(id=_HEAD).update(number=entry.number, digest=entry.digest)
    return entry


def anchor() -> Anchor:
    """The end of the chain now."""
    head = AuditHead.objects.filter(id=_HEAD).first()
    return Anchor(head.number if head else 0, head.digest if head else "", timezone.now().isoformat(timespec="seconds"))


def verified(anchors: tuple[Anchor, ...] = ()) -> tuple[int, Problem | None]:
    """How many entries are sound from the first on, and the first fault: an entry altered, missing or added, newer ones cut off."""
    wanted = {one.number: one.digest for one in anchors if one.number}
    before, number = "", 0
    for entry in AuditEntry.objects.order_by("number").iterator(_AT_ONCE):
        fault = _fault(entry, number + 1, before, wanted)
        if fault is not None:
            return number, fault
        before, number = entry.digest, entry.number
    head = AuditHead.objects.filter(id=_HEAD).first()
    last = max([head.number if head else 0, *wanted], default=0)
    if number < last:
        return number, Problem("office.audit_cut_off", facts={"number": number, "last": last})
    if head is not None and (number, before) != (head.number, head.digest):
        return number, Problem("office.audit_head_differs", facts={"number": number, "head": head.number})
    return number, None


def expire(before: str) -> int:
    """Take the words from entries older than the time (ISO 8601); their digests stay. How many were taken."""
    gone = AuditEntry.objects.filter(at__lt=before, expired=False)
    blank = dict.fromkeys(("at", "person", "name", "address", "action", "subject", "object", "said", "changes"), "")
    return gone.update(expired=True, **blank)


def changed(instance: Any, new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Old and new of the fields that a change would alter."""
    return {name: (getattr(instance, name), value) for name, value in new.items() if getattr(instance, name) != value}


def entries(**conditions: Any) -> Iterator[AuditEntry]:
    """Entries that fit, the newest first."""
    return AuditEntry.objects.filter(**conditions).order_by("-number").iterator(_AT_ONCE)


def _fault(entry: AuditEntry, number: int, before: str, wanted: Mapping[int, str]) -> Problem | None:
    facts = {"number": entry.number, "at": entry.at}
    if entry.number != number:
        return Problem("office.audit_missing", facts={"number": number, "found": entry.number})
    if entry.before != before or entry.digest != _chained(entry):
        return Problem("office.audit_chain_broken", facts=facts)
    if not entry.expired and entry.content != _content_digest(entry):
        return Problem("office.audit_altered", facts=facts)
    if entry.number in wanted and wanted[entry.number] != entry.digest:
        return Problem("office.audit_not_the_anchored", facts=facts)
    return None


def _content_digest(entry: AuditEntry) -> str:
    return digest({name: getattr(entry, name) for name in _CONTENT})


def _chained(entry: AuditEntry) -> str:
    return digest({"number": entry.number, "before": entry.before, "content": entry.content})


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else str(value)
