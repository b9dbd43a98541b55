"""What holds from a day (included) through a day (included; none: until further notice)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q


def holding(on: date, prefix: str = "") -> Q:
    """The condition that something holds on a day; `prefix` leads to it from another model (`posts__`)."""
    started = Q(**{f"{prefix}start__lte": on})
    return started & (Q(**{f"{prefix}end__isnull": True}) | Q(**{f"{prefix}end__gte": on}))


class DatedQuery(models.QuerySet[Any]):
    """Rows by the day on which they hold."""

    def on(self, day: date) -> DatedQuery:
        """Those that hold on the day."""
        return self.filter(holding(day))


class Dated(models.Model):
    """A row that holds for a time; a change ends one row and begins another."""

    start = models.DateField("起始日期")
    end = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=models.F("start")), name="%(app_label)s_%(class)s_days_in_order"
            )
        ]
