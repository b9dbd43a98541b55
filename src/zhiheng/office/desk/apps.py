"""The desk as Django knows it: templates and static files."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The pages of the staff."""

    name = "zhiheng.office.desk"
    label = "desk"
