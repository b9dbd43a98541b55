"""Organisations as a dated tree: units with their names, what they belong to, and who sits in a leading group."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models

from zhiheng.office.ledger.dated import Dated, DatedQuery


class UnitKind(models.TextChoices):
    """What a unit is."""

    GOVERNMENT = "government", "政府"
    DEPARTMENT = "department", "部门"
    TOWN = "town", "乡镇街道"
    GROUP = "group", "领导小组"
    BODY = "body", "技术机构"
    ENTERPRISE = "enterprise", "企业"


class GroupRole(models.TextChoices):
    """In which role a unit sits in a leading group (D49)."""

    HEAD = "head", "组长单位"
    DEPUTY = "deputy", "副组长单位"
    OFFICE = "office", "办公室"
    MEMBER = "member", "成员单位"


class Unit(models.Model):
    """An organisation of a place (code of GB/T 2260). What it is called and belongs to is dated."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("类型", max_length=16, choices=UnitKind.choices)
    place = models.CharField("行政区划代码", max_length=12, db_index=True)

    class Meta:
        verbose_name = "单位"

    def __str__(self) -> str:
        return self.name_on(date.max)

    def name_on(self, day: date) -> str:
        """Its main name on the day, else the last it had."""
        names = sorted(self.names.all(), key=lambda name: (name.main, name.start))
        held = [n for n in names if n.start <= day and (n.end is None or n.end >= day)]
        return (held or names)[-1].name if names else str(self.key)


class UnitName(Dated):
    """A name of a unit; one of several at the same time (一个机构两块牌子) is the main one."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names", verbose_name="单位")
    name = models.CharField("名称", max_length=100, db_index=True)
    main = models.BooleanField("主名称", default=True)
    objects = DatedQuery.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "单位名称"

    def __str__(self) -> str:
        return self.name


class UnitTie(Dated):
    """What a unit belongs to."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="ties", verbose_name="单位")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="children_ties", verbose_name="上级单位")
    objects = DatedQuery.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "隶属关系"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(unit=models.F("parent")), name="ledger_unittie_not_its_own_parent"),
        ]


class GroupMember(Dated):
    """A unit that sits in a leading group."""

    group = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="members", verbose_name="领导小组")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships", verbose_name="成员单位")
    role = models.CharField("角色", max_length=16, choices=GroupRole.choices, default=GroupRole.MEMBER)
    objects = DatedQuery.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "领导小组成员"
