"""Plans on their way from a paper to an approved version."""

from __future__ import annotations

import uuid

from django.db import models

from zhiheng.office.ledger.models.jobs import Job
from zhiheng.office.ledger.models.organisations import Unit
from zhiheng.office.ledger.models.people import Person


class DraftState(models.TextChoices):
    """Where a draft stands."""

    COMPILING = "compiling", "正在读取"
    REVIEW = "review", "待复核"
    FAILED = "failed", "读取失败"
    APPROVED = "approved", "已批准"


class PlanPaper(models.Model):
    """A paper as it was handed in; its bytes lie among the files of the installation under their digest."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="papers", verbose_name="单位")
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("摘要", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="papers", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = "规划文件"


class PlanDraft(models.Model):
    """What was read of a paper, as people correct it. `record` is plan.json as it stands, `lines` the text beside it, `revision` grows with
    every edit, so that the later of two people sees that there is something new."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    paper = models.ForeignKey(PlanPaper, on_delete=models.PROTECT, related_name="drafts", verbose_name="规划文件")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="drafts")
    state = models.CharField("状态", max_length=16, choices=DraftState.choices, default=DraftState.COMPILING)
    title = models.CharField("标题", max_length=200, blank=True)
    record = models.JSONField(null=True, blank=True)
    lines = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)
    fault = models.TextField("读取失败的原因", blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "规划草稿"


class PlanEdit(models.Model):
    """One step of a review: what stood before and what stands now, so that it can be undone. Undoing is a step too: rows are only added,
    and `undone` says that a later one took this one back. `number` is the draft's revision after it."""

    draft = models.ForeignKey(PlanDraft, on_delete=models.PROTECT, related_name="edits")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    part = models.CharField(max_length=32)
    item = models.CharField(max_length=64)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_edits")
    at = models.DateTimeField(auto_now_add=True)
    undone = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="ledger_planedit_one_a_number")]
        ordering = ["number"]


class PlanVersion(models.Model):
    """A plan as it was approved; never changed again."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.OneToOneField(PlanDraft, on_delete=models.PROTECT, related_name="version")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans", verbose_name="单位")
    number = models.PositiveIntegerField("版次")
    title = models.CharField("标题", max_length=200)
    record = models.JSONField()
    digest = models.CharField("摘要", max_length=64)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="approved_plans", verbose_name="批准人")
    approved_at = models.DateTimeField("批准时间", auto_now_add=True)

    class Meta:
        verbose_name = "规划版本"
