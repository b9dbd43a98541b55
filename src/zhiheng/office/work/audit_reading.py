"""Which entries of the audit may somebody read? Reading is itself written down."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from zhiheng.office.ledger.models import Action, AuditEntry
from zhiheng.office.work import audit
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.permissions import Scope
from zhiheng.office.work.refusing import refused

A_PAGE = 50


def read(
    actor: Actor,
    scope: Scope,
    person: str = "",
    action: str = "",
    subject: str = "",
    since: date | None = None,
    until: date | None = None,
    before: int | None = None,
) -> tuple[list[AuditEntry], int | None]:
    """A page of entries, the newest first, and the number before which the next page begins. An entry quotes things of any unit, so
    the audit is read whole or not at all: `PermissionDenied`, written down, for whose right does not reach everything."""
    if not scope.everything:
        refused(actor, Action.SEE, "audit", "")
        raise PermissionDenied
    rows = AuditEntry.objects.order_by("-number")
    wanted = {"person__iexact": person, "action": action, "subject": subject}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if since is not None:
        rows = rows.filter(at__gte=_begin(since))
    if until is not None:
        rows = rows.filter(at__lt=_begin(until + timedelta(days=1)))
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = list(rows[: A_PAGE + 1])
    asked = {"person": person, "action": action, "subject": subject, "since": since, "until": until, "before": before}
    audit.record(actor, "read", "audit", "", "查看审计记录", {name: (None, v) for name, v in asked.items() if v})
    return found[:A_PAGE], found[A_PAGE - 1].number if len(found) > A_PAGE else None


def _begin(day: date) -> str:
    """The first moment of a day as entries write it: in UTC."""
    local = datetime.combine(day, time(), timezone.get_default_timezone())
    return local.astimezone(UTC).isoformat(timespec="milliseconds")
