"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from zhiheng import __version__
from zhiheng.office.settings import DEMO


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The version, and whether this is a demonstration with invented data."""
    return {"version": __version__, "demo": DEMO}
