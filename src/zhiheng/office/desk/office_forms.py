"""Forms about units, people and rights: only the fields named here are read, whatever is sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from zhiheng.office.work.directory import Person, Post, Unit
from zhiheng.office.work.granting import SUBJECTS, Action, Reach
from zhiheng.office.work.organisations import UnitKind

_USERNAME = RegexValidator(r"\A[A-Za-z0-9_.-]{2,64}\Z", "登录名用2至64个字母、数字、下划线、点或短横。")
_PLACE = RegexValidator(r"\A[0-9]{6,12}\Z", "行政区划代码是6至12位数字。")
_PLACES = RegexValidator(r"\A[0-9]{2,12}([ ,，、]+[0-9]{2,12})*\Z", "写行政区划代码，多个之间用逗号隔开。")


def day_field(label: str, *, required: bool = True) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(label=label, required=required, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class Day(forms.Form):
    """A day to look at."""

    day = day_field("日期", required=False)


class _Choosing(forms.Form):
    """A form with things to choose from, by their keys."""

    def offer(self, field: str, things: Iterable[Any], empty: str = "") -> None:
        """Fill the choices of a field."""
        chosen = self.fields[field]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - as declared below
        chosen.choices = [*([("", empty)] if empty else []), *((str(key), said) for key, said in things)]


class NewUnit(_Choosing):
    """A new unit and what it belongs to."""

    name = forms.CharField(label="名称", max_length=100)
    kind = forms.ChoiceField(label="类型", choices=UnitKind.choices)
    place = forms.CharField(label="行政区划代码", max_length=12, validators=[_PLACE])
    parent = forms.ChoiceField(label="上级单位", required=False)
    start = day_field("起始日期")

    def __init__(self, units: list[Unit], everything: bool, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer("parent", ((u.key, str(u)) for u in units), "（没有上级）" if everything else "请选择")
        self.fields["parent"].required = not everything


class ChangeUnit(_Choosing):
    """Another name or superior."""

    name = forms.CharField(label="名称", max_length=100)
    parent = forms.ChoiceField(label="上级单位", required=False)
    start = day_field("从哪天起")
    reason = forms.CharField(label="理由", max_length=200)
    revision = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, units: list[Unit], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer("parent", ((u.key, str(u)) for u in units), "（不变）")


class NewPerson(_Choosing):
    """Somebody new, with a post."""

    username = forms.CharField(label="登录名", max_length=64, validators=[_USERNAME])
    name = forms.CharField(label="姓名", max_length=64)
    unit = forms.ChoiceField(label="单位")
    title = forms.CharField(label="职务", max_length=64)
    start = day_field("起始日期")

    def __init__(self, units: list[Unit], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer("unit", ((u.key, str(u)) for u in units))


class NewPost(_Choosing):
    """Another post of somebody."""

    unit = forms.ChoiceField(label="单位")
    title = forms.CharField(label="职务", max_length=64)
    start = day_field("起始日期")

    def __init__(self, units: list[Unit], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer("unit", ((u.key, str(u)) for u in units))


class Reason(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label="理由", max_length=200)


class NewGrant(_Choosing):
    """A right to a person or to a post."""

    holder = forms.ChoiceField(label="授予")
    action = forms.ChoiceField(label="操作", choices=Action.choices)
    subject = forms.ChoiceField(label="对象", choices=list(SUBJECTS.items()))
    reach = forms.ChoiceField(label="范围", choices=Reach.choices)
    units = forms.MultipleChoiceField(label="指定单位", required=False, help_text="范围是“指定单位”时选。")
    places = forms.CharField(
        label="指定地区", required=False, max_length=200, validators=[_PLACES], help_text="范围是“指定地区”时写行政区划代码。"
    )
    start = day_field("起始日期")
    end = day_field("终止日期（不写为长期）", required=False)
    reason = forms.CharField(label="理由", max_length=200)

    def __init__(self, posts: list[Post], people: list[Person], units: list[Unit], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        by_post = [(f"post:{post.pk}", f"职务：{post}（{post.person.name}）") for post in posts]
        self.offer("holder", [*by_post, *((f"person:{p.key}", f"本人：{p.name}（{p.username}）") for p in people)])
        self.offer("units", ((u.key, str(u)) for u in units))

    def clean(self) -> dict[str, Any]:
        """Named units and places exactly where the reach asks for them."""
        got: dict[str, Any] = super().clean() or {}
        reach = got.get("reach")
        for field, of, said in (("units", Reach.UNITS, "请选单位。"), ("places", Reach.PLACES, "请写地区。")):
            if reach == of and not got.get(field):
                self.add_error(field, said)
            elif reach != of and got.get(field):
                self.add_error(field, "所选的范围不用填这一项。")
        return got


class EndGrant(forms.Form):
    """The last day of a right."""

    end = day_field("最后一天")
    reason = forms.CharField(label="理由", max_length=200)
    revision = forms.CharField(max_length=64, widget=forms.HiddenInput)


class Why(_Choosing):
    """Who may do what with the things of which unit?"""

    person = forms.ChoiceField(label="谁")
    action = forms.ChoiceField(label="能否", choices=Action.choices)
    subject = forms.ChoiceField(label="什么", choices=list(SUBJECTS.items()))
    unit = forms.ChoiceField(label="哪个单位的")
    day = day_field("哪一天")

    def __init__(self, people: list[Person], units: list[Unit], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer("person", ((p.key, f"{p.name}（{p.username}）") for p in people))
        self.offer("unit", ((u.key, str(u)) for u in units))


class Filters(forms.Form):
    """Which entries of the audit."""

    person = forms.CharField(label="登录名", max_length=64, required=False)
    action = forms.CharField(label="操作", max_length=64, required=False)
    subject = forms.CharField(label="对象", max_length=64, required=False)
    since = day_field("从", required=False)
    until = day_field("到", required=False)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


def day_asked(data: Any, today: date) -> tuple[Day, date]:
    """The form and the day that is asked for, or today."""
    form = Day(data if "day" in data else {"day": today})
    return form, (form.cleaned_data["day"] if form.is_valid() else None) or today
