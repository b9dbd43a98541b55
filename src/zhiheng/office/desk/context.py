"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from zhiheng import __version__
from zhiheng.office.settings import DEMO
from zhiheng.office.work.actor import Person
from zhiheng.office.work.permissions import kinds_seen
from zhiheng.office.work.refusing import today

_MENU = (
    ("units", "机构", "organisation"),
    ("people", "人员", "organisation"),
    ("grants", "授权", "grant"),
    ("audit", "审计", "audit"),
)


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The version, whether this is a demonstration with invented data, and the menu of what one may see."""
    person = getattr(request, "user", None)
    seen = kinds_seen(person, today()) if isinstance(person, Person) else frozenset()
    menu = [(route, said) for route, said, kind in _MENU if kind in seen]
    return {"version": __version__, "demo": DEMO, "menu": menu}
