"""People, and the posts they hold in units."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from zhiheng.office.ledger.dated import Dated, DatedQuery
from zhiheng.office.ledger.models.organisations import Unit


class PersonManager(BaseUserManager["Person"]):
    """Looks people up by the name they sign in with."""

    def create_user(self, username: str, password: str, **more: Any) -> Person:
        """A person with a password that is kept as a digest only."""
        person = Person(username=username, **more)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """By the name, in any case."""
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. Rights come from grants alone; there is no superuser."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField("登录名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=64)
    phone = models.CharField("电话", max_length=32, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须修改密码", default=True)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    failed_logins = models.PositiveSmallIntegerField("连续登录失败次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)
    one_time_secret = models.CharField("动态口令密钥", max_length=200, blank=True)
    one_time_used = models.BigIntegerField("已用的动态口令时段", default=0)
    subject = models.CharField("单点登录标识", max_length=255, unique=True, null=True, blank=True)
    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name


class Post(Dated):
    """A post that somebody holds in a unit; a deputy has what the post grants while it lasts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts", verbose_name="人员")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", verbose_name="单位")
    title = models.CharField("职务", max_length=64)
    deputy_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="deputies", verbose_name="代理的职务"
    )
    objects = DatedQuery.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "任职"

    def __str__(self) -> str:
        return f"{self.unit} {self.title}"
