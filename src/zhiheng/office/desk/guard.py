"""What every page about people, rights and the audit asks first: may who asks do this at all?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhiheng.office.desk.views.sessions import actor_of
from zhiheng.office.work.permissions import Action
from zhiheng.office.work.refusing import scope_or_refused

View = Callable[..., HttpResponse]


def needs(action: Action, subject: str) -> Callable[[View], View]:
    """The view gets the actor and how far she may do it; who may not at all is refused (403), and that is written down."""

    def decorated(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, **more: Any) -> HttpResponse:
            actor = actor_of(request)
            return view(request, actor, scope_or_refused(actor, action, subject, request.path[:128]), **more)

        return answered

    return decorated
