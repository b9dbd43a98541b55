"""How far may somebody do something, and what is written down when the answer is: not at all?"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from zhiheng.office.ledger.models import Action, Unit
from zhiheng.office.work import audit
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.permissions import SUBJECTS, Scope, scope_of

__all__ = ["Action", "Unit"]


def today() -> date:
    """The day on which a request is decided."""
    return timezone.localdate()


def scope_or_refused(actor: Actor, action: Action, subject: str, of: object = "") -> Scope:
    """How far somebody may do it today; `PermissionDenied`, written down, where that is nothing."""
    scope = scope_of(actor.person, action, subject, today())
    if scope.nothing:
        refused(actor, action, subject, of)
        raise PermissionDenied
    return scope


def covered_or_refused(actor: Actor, action: Action, subject: str, units: list[Unit], of: object) -> None:
    """`Http404` for a thing of units that one may not see, `PermissionDenied` for what one may only see; either is written down."""
    for asked in dict.fromkeys((Action.SEE, action)):
        if not reaches(scope_of(actor.person, asked, subject, today()), units):
            refused(actor, asked, subject, of)
            raise Http404 if asked is Action.SEE else PermissionDenied


def reaches(scope: Scope, units: list[Unit]) -> bool:
    """Whether a thing lies in the scope: to see it one of its units is enough; what has no unit belongs to those who see everything."""
    return scope.everything or any(scope.covers(unit) for unit in units)


def refused(actor: Actor, action: Action, subject: str, of: object) -> None:
    """Write down that somebody was refused."""
    audit.record(actor, "refused", subject, of, f"没有权限{action.label}{SUBJECTS.get(subject, subject)}")
