"""Who signs in? Names and passwords, locked for a while after repeated failures."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from zhiheng.office.ledger.models import Person
from zhiheng.office.work import audit
from zhiheng.office.work.actor import Actor

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
_KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")


class Backend(BaseBackend):
    """Signs people in by name and password, each try written down."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Person | None:
        """The person, or None: unknown, wrong password, switched off and locked look the same from outside."""
        if not username or password is None:
            return None
        address = request.META.get("REMOTE_ADDR", "") if request is not None else ""
        person = Person.objects.filter(username__iexact=username).first()
        if person is None:
            Person().set_password(password)  # as long as for a name that is known
            audit.record(Actor(None, address), "login_failed", "person", username[:64], "登录失败：没有这个登录名")
            return None
        if person.locked_until is not None and person.locked_until > timezone.now():
            person.check_password(password)
            audit.record(Actor(person, address), "login_failed", "person", person.key, "登录失败：账号锁定中")
            return None
        if not person.check_password(password) or not person.is_active:
            self._failed(person, address)
            return None
        Person.objects.filter(pk=person.pk).update(failed_logins=0, locked_until=None)
        return person

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session, as long as she is not switched off."""
        return Person.objects.filter(pk=user_id, is_active=True).first()

    def _failed(self, person: Person, address: str) -> None:
        Person.objects.filter(pk=person.pk).update(failed_logins=F("failed_logins") + 1)
        person.refresh_from_db()
        said = "登录失败：密码不对或账号停用"
        if person.failed_logins >= MOST_FAILURES:
            until = timezone.now() + LOCKED_FOR
            Person.objects.filter(pk=person.pk).update(locked_until=until, failed_logins=0)
            said = f"连续{MOST_FAILURES}次登录失败，锁定{LOCKED_FOR.seconds // 60}分钟"
        audit.record(Actor(person, address), "login_failed", "person", person.key, said)


class ThreeKindsOfCharacters:
    """A password has at least three of: small letters, capitals, digits, others."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """`ValidationError` when it has fewer."""
        if sum(bool(re.search(kind, password)) for kind in _KINDS) < 3:
            raise ValidationError(self.get_help_text(), code="password_too_simple")

    def get_help_text(self) -> str:
        """What is asked of a password."""
        return "密码须包含大写字母、小写字母、数字、其他字符中的至少三种。"
