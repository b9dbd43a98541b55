"""What holds for every page: headers that keep foreign content out, and that nobody looks in without signing in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve

from zhiheng.office.work.plans import largest

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Routes for whom nobody has to be known, and those left to somebody who has to change the password first.
OPEN = frozenset({"login", "health", "oidc_begin", "oidc_end"})
_BEFORE_PASSWORD = OPEN | {"logout", "password"}

Answer = Callable[[HttpRequest], HttpResponse]


# What a form carries beside its file.
_BESIDE = 1024 * 1024


def not_too_large(answer: Answer) -> Answer:
    """A body that is larger than any paper is refused before it is read."""

    def answered(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > largest() + _BESIDE:
            said = f"上传的内容超过 {largest() // 1024 // 1024} MB。请压缩图片或拆分文件后再上传。"
            return render(request, "desk/fault.html", {"title": "文件太大", "said": said}, status=413)
        return answer(request)

    return answered


def security_headers(answer: Answer) -> Answer:
    """Nothing from other hosts, no page of ours inside another, nothing kept by the browser of a shared machine."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answered


def signed_in(answer: Answer) -> Answer:
    """Only open routes without signing in; a new password first where one is due."""

    def answered(request: HttpRequest) -> HttpResponse:
        name = resolve(request.path_info).url_name or ""
        person = request.user
        if not person.is_authenticated and name not in OPEN:
            return redirect(f"/login?next={request.path_info}" if request.method == "GET" else "/login")
        if person.is_authenticated and person.must_change_password and name not in _BEFORE_PASSWORD:
            return redirect("password")
        return answer(request)

    return answered
