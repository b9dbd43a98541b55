"""Work that is done in the background, and when it is asked for again and again."""

from __future__ import annotations

import uuid

from django.db import models

from zhiheng.office.ledger.models.people import Person


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"
    CANCELLED = "cancelled", "已取消"


class Job(models.Model):
    """A request by name, written in the transaction that needs it. A worker holds it by a lease that it renews; a lease that runs out is
    that of a dead worker, and the job is taken up again."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=16, choices=JobState.choices, default=JobState.WAITING)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    most_attempts = models.PositiveSmallIntegerField(default=3)
    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    said = models.CharField("进展", max_length=200, blank=True)
    cancel_asked = models.BooleanField(default=False)
    result = models.JSONField(null=True, blank=True)
    fault = models.TextField(blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs")
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "后台任务"
        indexes = [models.Index(fields=["state", "run_at"])]

    @property
    def open(self) -> bool:
        """Whether it may still change."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def percent(self) -> int:
        """How much of it is done, of a hundred."""
        return min(100, 100 * self.done // self.total) if self.total else 0


class Schedule(models.Model):
    """A job that is asked for every so many minutes."""

    name = models.CharField(max_length=64, unique=True)
    payload = models.JSONField(default=dict)
    every_minutes = models.PositiveIntegerField()
    next_at = models.DateTimeField()
