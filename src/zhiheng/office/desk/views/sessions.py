"""Signing in and out, and a new password."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhiheng.office.work import audit
from zhiheng.office.work.actor import Actor, Person


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, and from where."""
    person = request.user if isinstance(request.user, Person) else None
    return Actor(person, request.META.get("REMOTE_ADDR", ""))


class SignIn(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label="登录名", max_length=64, widget=forms.TextInput({"autofocus": True, "autocomplete": "username"})
    )
    password = forms.CharField(
        label="密码", max_length=200, strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page to sign in."""
    form = SignIn(request.POST or None)
    if form.is_valid():
        person = authenticate(request, **form.cleaned_data)
        if person is not None:
            login(request, person)  # a new session, whatever the old one was
            audit.record(actor_of(request), "login", "person", person.key, "登录")
            wanted = request.POST.get("next", "")
            ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
            return redirect(wanted if ours else "start")
        form.add_error(None, "登录名或密码不对，或账号已停用、锁定。连续5次失败会锁定15分钟。")
    status = 401 if form.errors else 200
    return render(request, "desk/login.html", {"form": form, "next": request.GET.get("next", "")}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, Person):
        audit.record(actor_of(request), "logout", "person", request.user.key, "退出登录")
    logout(request)
    return redirect("login")


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """A new password; all other sessions of the person end."""
    person = request.user
    if not isinstance(person, Person):
        return redirect("login")
    form = SetPasswordForm(person, request.POST or None)
    if form.is_valid():
        with transaction.atomic():
            person.must_change_password, person.password_changed_at = False, timezone.now()
            form.save()
            audit.record(actor_of(request), "password", "person", person.key, "修改密码")
        update_session_auth_hash(request, person)
        return redirect("start")
    return render(request, "desk/password.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether pages can be served: the ledger answers."""
    audit.anchor()
    return JsonResponse({"ready": True})
