"""Which fields has a correction, and what do they make of it? Values as the record of a plan holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from zhiheng.base.quantity import Basis
from zhiheng.plans.form_cells import PATH, CellFault
from zhiheng.plans.labels import SPELLINGS
from zhiheng.plans.model import CommitmentKind, Comparator, Modality, Role

_NUMBER = RegexValidator(r"^-?[0-9]{1,30}(\.[0-9]{1,9})?\Z", "只填数字，单位填在“单位”里。")
_FIRST, _LAST = 1900, 2200


def _choices(of: Any, *, none: bool = False) -> list[tuple[str, str]]:
    named = [(word.value, spelled[0]) for word, spelled in SPELLINGS[of].items()]
    return [("", "—"), *named] if none else named


def _text(name: str, most: int = 200, *, needed: bool = False) -> forms.CharField:
    return forms.CharField(label=name, max_length=most, required=needed)


def _number(name: str) -> forms.CharField:
    return forms.CharField(
        label=name, max_length=40, required=False, validators=[_NUMBER], widget=forms.TextInput({"inputmode": "decimal"})
    )


def _year(name: str) -> forms.IntegerField:
    return forms.IntegerField(label=name, min_value=_FIRST, max_value=_LAST, required=False)


class Correction(forms.Form):
    """A form that knows how to come from a record and how to become one."""

    template_name = "desk/plans/fields.html"

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **more})

    @classmethod
    def shown(cls, row: Mapping[str, Any]) -> Correction:
        """The form filled with what the record holds."""
        return cls(initial=dict(row))

    def changes(self) -> dict[str, Any]:
        """The fields of the record; what was left empty is absent."""
        return {name: None if value == "" else value for name, value in self.cleaned_data.items()}


class TargetForm(Correction):
    """What a target says."""

    indicator = _text("指标", needed=True)
    comparator_judged = forms.ChoiceField(label="判定方式", choices=_choices(Comparator))
    value_low = _number("数值下限")
    value_high = _number("数值上限")
    unit = _text("单位", 40)
    year = _year("完成年份")
    basis = forms.ChoiceField(label="口径", choices=_choices(Basis))
    modality = forms.ChoiceField(label="约束力", choices=_choices(Modality))
    baseline_value = _number("基期值")
    baseline_year = _year("基期年份")
    period_start = _year("起算年份")
    path = forms.CharField(label="年度路径（如 2025=96；2026=97）", max_length=400, required=False)
    own = forms.BooleanField(label="本规划的目标", required=False)

    @classmethod
    def shown(cls, row: Mapping[str, Any]) -> Correction:
        """The form with the base and the path as people write them."""
        start = row.get("baseline") or {}
        beside = {"baseline_value": start.get("value"), "baseline_year": start.get("year")}
        path = "；".join(f"{year}={value}" for year, value in sorted(row.get("path", {}).items()))
        return cls(initial={**row, **beside, "path": path})

    def clean_path(self) -> dict[str, str]:
        """The values by year."""
        try:
            found: dict[str, str] = PATH.read(self.cleaned_data["path"]) if self.cleaned_data["path"] else {}
        except CellFault as fault:
            raise forms.ValidationError(f"看不懂这条路径，{fault.expected}。") from fault
        return found

    def changes(self) -> dict[str, Any]:
        """The fields of the record, the base in one."""
        found = super().changes()
        value, year = found.pop("baseline_value"), found.pop("baseline_year")
        found["baseline"] = {"value": value, "year": year, "floor": False} if value is not None else None
        return found


class MentionForm(Correction):
    """What a place of the paper says."""

    indicator = _text("指标", needed=True)
    role = forms.ChoiceField(label="角色", choices=_choices(Role))
    comparator = forms.ChoiceField(label="原文方式", choices=_choices(Comparator))
    value_low = _number("数值下限")
    value_high = _number("数值上限")
    unit = _text("单位", 40)
    year = _year("年份")
    basis = forms.ChoiceField(label="口径", choices=_choices(Basis))


class CommitmentForm(Correction):
    """What a promise without a number says."""

    indicator = _text("指标", needed=True)
    kind = forms.ChoiceField(label="种类", choices=_choices(CommitmentKind))
    year = _year("完成年份")
    modality = forms.ChoiceField(label="约束力", choices=_choices(Modality))


class TaskForm(Correction):
    """What a task says, and who answers for it."""

    title = _text("任务", 300, needed=True)
    lead_units = _text("牵头单位（用；分开）", 600)
    supporting_units = _text("配合单位（用；分开）", 600)
    responsible_units = _text("责任单位（用；分开）", 900)

    @classmethod
    def shown(cls, row: Mapping[str, Any]) -> Correction:
        """The form with units as people write them."""
        units = ("lead_units", "supporting_units", "responsible_units")
        return cls(initial={"title": row["title"], **{name: "；".join(row[name]) for name in units}})

    def changes(self) -> dict[str, Any]:
        """The fields of the record, each unit by itself."""
        found: dict[str, Any] = {"title": self.cleaned_data["title"]}
        for name in ("lead_units", "supporting_units", "responsible_units"):
            found[name] = [unit.strip() for unit in self.cleaned_data[name].replace(";", "；").split("；") if unit.strip()]
        return found


FORMS: Mapping[str, type[Correction]] = {
    "targets": TargetForm,
    "mentions": MentionForm,
    "commitments": CommitmentForm,
    "tasks": TaskForm,
    "numbers": MentionForm,
}
