"""Who did what, when, from where, and why: entries that are only ever added, each with the digest of the one before."""

from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """One deed. The database itself refuses to change or delete one; the one change it lets through is that of an entry past its time
    of keeping, whose words go while its digests stay."""

    number = models.BigIntegerField("序号", primary_key=True)
    at = models.CharField("时间", max_length=32)
    person = models.CharField("人员", max_length=64)
    name = models.CharField("姓名", max_length=64)
    address = models.CharField("来源地址", max_length=64)
    action = models.CharField("操作", max_length=64, db_index=True)
    subject = models.CharField("对象类型", max_length=64, db_index=True)
    object = models.CharField("对象", max_length=128, db_index=True)
    said = models.TextField("说明")
    changes = models.TextField("变更", default="{}")
    expired = models.BooleanField("已过保存期", default=False)
    content = models.CharField("内容摘要", max_length=64)
    before = models.CharField("上一条摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64, unique=True)

    class Meta:
        verbose_name = "审计记录"
        ordering = ["number"]


class AuditHead(models.Model):
    """The last entry; whoever adds one locks this row first, so that the chain has no fork."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")
