"""Which page answers which address?"""

from __future__ import annotations

from django.urls import path

from zhiheng.office.desk.views import faults, sessions, start

urlpatterns = [
    path("", start.start, name="start"),
    path("login", sessions.sign_in, name="login"),
    path("logout", sessions.sign_out, name="logout"),
    path("password", sessions.password, name="password"),
    path("healthz", sessions.health, name="health"),
]
handler403, handler404, handler500 = faults.forbidden, faults.not_found, faults.broken
