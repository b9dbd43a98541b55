"""The tables of the ledger."""

from __future__ import annotations

from zhiheng.office.ledger.models.audit import AuditEntry, AuditHead
from zhiheng.office.ledger.models.grants import Action, Grant, GrantPlace, GrantUnit, Reach
from zhiheng.office.ledger.models.jobs import Job, JobState, Schedule
from zhiheng.office.ledger.models.organisations import GroupMember, GroupRole, Unit, UnitKind, UnitName, UnitTie
from zhiheng.office.ledger.models.people import Person, Post
from zhiheng.office.ledger.models.plans import DraftState, PlanDraft, PlanEdit, PlanPaper, PlanVersion

__all__ = [
    "Action",
    "AuditEntry",
    "AuditHead",
    "DraftState",
    "Grant",
    "GrantPlace",
    "GrantUnit",
    "GroupMember",
    "GroupRole",
    "Job",
    "JobState",
    "Person",
    "PlanDraft",
    "PlanEdit",
    "PlanPaper",
    "PlanVersion",
    "Post",
    "Reach",
    "Schedule",
    "Unit",
    "UnitKind",
    "UnitName",
    "UnitTie",
]
