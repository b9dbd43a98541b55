"""The ledger as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The only tables of the office."""

    name = "zhiheng.office.ledger"
    label = "ledger"
