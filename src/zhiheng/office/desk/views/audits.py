"""The audit, for who may read it."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhiheng.office.desk.guard import needs
from zhiheng.office.desk.office_forms import Filters
from zhiheng.office.work import audit_reading
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.permissions import Action, Scope


@require_safe
@needs(Action.SEE, "audit")
def index(request: HttpRequest, actor: Actor, scope: Scope) -> HttpResponse:
    """Entries by person, action, kind and days, the newest first."""
    form = Filters(request.GET)
    if not form.is_valid():
        return render(request, "desk/office/audit.html", {"form": form}, status=400)
    asked = form.cleaned_data
    found, following = audit_reading.read(actor, scope, **asked)
    entries = [(entry, json.loads(entry.changes or "{}").items()) for entry in found]
    kept = urlencode({name: value for name, value in asked.items() if value and name != "before"})
    told = {"form": form, "entries": entries, "following": following, "kept": kept}
    return render(request, "desk/office/audit.html", told)
