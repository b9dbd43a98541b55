"""Who may do what with what, how far, from when to when, and who granted it why."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from zhiheng.office.ledger.dated import Dated, DatedQuery
from zhiheng.office.ledger.models.organisations import Unit
from zhiheng.office.ledger.models.people import Person, Post


class Action(models.TextChoices):
    """What may be done; seeing and exporting are different rights."""

    SEE = "see", "查看"
    ENTER = "enter", "填报"
    APPROVE = "approve", "审核"
    LOCK = "lock", "锁定"
    EXPORT = "export", "导出"
    PUBLISH = "publish", "发布"
    ADMINISTER = "administer", "管理"


class Reach(models.TextChoices):
    """How far a grant reaches."""

    OWN = "own", "本单位"
    BELOW = "below", "本单位及下属单位"
    UNITS = "units", "指定单位"
    PLACES = "places", "指定地区"
    ALL = "all", "跨部门（全部）"


class Grant(Dated):
    """One right of one person or of one post. `subject` names a kind of thing (`plan`, `organisation`, `register:complaint`)."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="人员"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="职务")
    action = models.CharField("操作", max_length=16, choices=Action.choices)
    subject = models.CharField("对象", max_length=64)
    reach = models.CharField("范围", max_length=16, choices=Reach.choices, default=Reach.OWN)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="granted", verbose_name="授权人")
    reason = models.CharField("授权理由", max_length=200)
    objects = DatedQuery.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "授权"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(person__isnull=False, post__isnull=True) | Q(person__isnull=True, post__isnull=False),
                name="ledger_grant_of_a_person_or_of_a_post",
            ),
        ]


class GrantUnit(models.Model):
    """A unit that a grant for named units reaches."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)


class GrantPlace(models.Model):
    """A place that a grant for named places reaches, with all that lies in it."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="places")
    place = models.CharField("行政区划代码", max_length=12)
