"""What stands on the right of a review, and in which order? What was not understood and what is open come first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhiheng.base.quantity import Basis
from zhiheng.office.desk.review_paper import number_item
from zhiheng.office.work.paper_lines import sentence_at
from zhiheng.plans.labels import label
from zhiheng.plans.model import CommitmentClass, CommitmentKind, Comparator, Modality, Role, Standing
from zhiheng.plans.restore import target_of
from zhiheng.publication.quoting import quoted
from zhiheng.publication.wording import target_words, why_judged_words
from zhiheng.rules.messages import sentence

Record = Mapping[str, Any]
Decisions = Mapping[tuple[str, str], str]
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question."""

    value: str
    word: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide. `spans` are the items of the marks that lead here; `decided` says what a person decided."""

    part: str
    id: str
    title: str
    value: str = ""
    notes: tuple[str, ...] = ()
    quote: tuple[str, str, str, str, str] = ("", "", "", "", "")
    spans: str = ""
    sources: tuple[Item, ...] = ()
    choices: tuple[Choice, ...] = ()
    code: str = ""
    decided: str = ""
    deeds: frozenset[str] = frozenset()

    @property
    def anchor(self) -> str:
        """Its name within the page."""
        return f"i-{self.part}-{self.id}"


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one kind, under their title."""

    name: str
    title: str
    hint: str
    items: tuple[Item, ...] = field(default=())

    @property
    def left(self) -> int:
        """How many nobody has decided yet."""
        return sum(not item.decided for item in self.items)


_ANSWERS: Mapping[str, tuple[Choice, ...]] = {
    "plans.direction_open": (
        Choice(">=", "越高越好：不低于"),
        Choice("<=", "越低越好：不高于"),
        Choice("==", "就是这个数"),
    ),
    "plans.count_convention_open": (
        Choice("cumulative", "累计（历年合计）"),
        Choice("new", "规划期内新增"),
        Choice("count", "期末总数"),
    ),
}
_ASKED = {
    "plans.direction_open": "“{indicator}”写的是“{value}{unit}”，没有写“以上”或“以下”。数值是高好还是低好？",
    "plans.count_convention_open": "“{indicator}”的“{value}{unit}”是累计数、期末总数，还是规划期内新增数？",
}
_SEEN = (Choice("confirmed", "已经明确"),)


def sections(record: Record, decisions: Decisions, lines: Sequence[Record] = ()) -> list[Section]:
    """All sections, the most pressing first; those without items too, so that their number shows."""
    mentions = {m["id"]: m for m in record["mentions"]}
    used = {m for t in record["targets"] for m in (*t["mentions"], *t["actuals"])}
    own = [t for t in record["targets"] if t["own"]]
    others = [t for t in record["targets"] if not t["own"]]
    rest = [m for m in record["mentions"] if m["id"] not in used]
    numbers = [(i, n) for i, n in enumerate(record["coverage"]["numbers"])
               if n["standing"] == Standing.NOT_UNDERSTOOD or ("numbers", str(i)) in decisions]  # fmt: skip
    return [
        Section("numbers", "没有读懂的数字", "是指标就补录，不是就排除。", tuple(number(i, n, lines, decisions) for i, n in numbers)),
        Section("questions", "待确认的问题", "原文没有写明的口径，由人来定。", tuple(_questions(own, decisions))),
        Section("targets", "本规划的目标", "", tuple(target(t, mentions, decisions) for t in own)),
        Section("commitments", "没有数值的承诺", "", tuple(commitment(c, decisions) for c in record["commitments"])),
        Section("tasks", "任务", "", tuple(task(t, decisions) for t in record["tasks"])),
        Section("others", "上一规划的目标", "原文回顾的目标，不作本规划的承诺。",
                tuple(target(t, mentions, decisions) for t in others)),
        Section("mentions", "其他数据", "没有归入任何目标的数。", tuple(mention(m, decisions) for m in rest)),
    ]  # fmt: skip


def number(index: int, row: Record, lines: Sequence[Record], decisions: Decisions) -> Item:
    """A number that the compiler made nothing of."""
    before, text, after = sentence_at(lines, row)
    return Item("numbers", str(index), row["text"], quote=(before[-_AROUND:], "", text, "", after[:_AROUND]), spans=number_item(index), decided=decisions.get(("numbers", str(index)), ""),
                deeds=frozenset({"exclude", "edit"}))  # fmt: skip


def target(row: Record, mentions: Mapping[str, Record], decisions: Decisions) -> Item:
    """A target with the places where it stands."""
    whole = target_of(row)
    notes = [f"{row['year']}年" if row["year"] else "未写明年份", label(Basis(row["basis"]))]
    if row["modality"] != Modality.FIRM:
        notes.append(label(Modality(row["modality"])))
    notes += [n for n in (row["attribute"], row["scope"]) if n]
    if row["baseline"]:
        start = row["baseline"]
        notes.append(f"基期 {start['value']}{row['unit'] or ''}" + (f"（{start['year']}年）" if start["year"] else ""))
    if row["path"]:
        notes.append("年度 " + "，".join(f"{year}={value}" for year, value in sorted(row["path"].items())))
    if row["comparator_judged"] != row["comparator_printed"]:
        notes.append(f"判定：{why_judged_words(row['judged_by'])}")
    if row["catalogue"]:
        notes.append(f"目录：{row['catalogue']['name']}")
    found = [mentions[m] for m in dict.fromkeys((*row["mentions"], *row["actuals"])) if m in mentions]
    spans = " ".join(f"mentions-{m['id']}" for m in found)
    return Item("targets", row["id"], row["indicator"], target_words(whole), tuple(notes),
                quoted(row["context"], row["text"], row["indicator"]), spans,
                tuple(mention(m, decisions) for m in found), decided=decisions.get(("targets", row["id"]), ""),
                deeds=frozenset({"accept", "edit", "drop", "merge"} | ({"split"} if len(row["mentions"]) > 1 else set())))  # fmt: skip


def mention(row: Record, decisions: Decisions) -> Item:
    """One place where a quantity stands."""
    notes = [label(Role(row["role"])), *([f"{row['year']}年"] if row["year"] else []), label(Basis(row["basis"]))]
    low, high, how = row["value_low"], row["value_high"], label(Comparator(row["comparator"]))
    amount = low or high or ""
    value = f"{low}—{high}" if low and high and low != high else f"{how} {amount}" if how != "等于" else amount
    deeds = {"accept", "edit", "drop"} | ({"promote"} if row["role"] != "target" else set())
    return Item("mentions", row["id"], row["indicator"], f"{value}{row['unit'] or ''}", tuple(notes),
                quoted(row["context"], row["text"], row["indicator"]), f"mentions-{row['id']}",
                decided=decisions.get(("mentions", row["id"]), ""), deeds=frozenset(deeds))  # fmt: skip


def commitment(row: Record, decisions: Decisions) -> Item:
    """A promise without a number."""
    notes = [label(CommitmentKind(row["kind"])), *([f"{row['year']}年"] if row["year"] else [])]
    return Item("commitments", row["id"], row["indicator"], row["text"], tuple(notes),
                quoted(row["context"], row["text"], row["indicator"]), f"commitments-{row['id']}",
                decided=decisions.get(("commitments", row["id"]), ""), deeds=frozenset({"accept", "edit", "drop"}))  # fmt: skip


def task(row: Record, decisions: Decisions) -> Item:
    """A piece of work with the units that answer for it."""
    notes = [label(CommitmentClass(row["commitment_class"]))]
    for word, key in (("牵头", "lead_units"), ("配合", "supporting_units"), ("责任", "responsible_units")):
        if row[key] and (key != "responsible_units" or not row["lead_units"]):
            notes.append(f"{word}：{'、'.join(row[key])}")
    if not row["responsible_units"] and not row["inherited_units"]:
        notes.append("没有写明责任单位")
    title = f"{row['number'] or ''}{row['title']}"
    return Item("tasks", row["id"], title, "", tuple(notes), ("", "", "", "", row["text"][:160]), f"tasks-{row['id']}",
                decided=decisions.get(("tasks", row["id"]), ""), deeds=frozenset({"accept", "edit", "drop"}))  # fmt: skip


def answers(code: str) -> tuple[Choice, ...]:
    """What may be answered to a question."""
    return _ANSWERS.get(code, _SEEN)


def _questions(targets: Iterable[Record], decisions: Decisions) -> Iterable[Item]:
    for row in targets:
        for question in row["questions"]:
            code, facts = question["code"], question["facts"]
            asked = _ASKED[code].format(**facts) if code in _ASKED and facts.keys() >= _ASKABLE else sentence(code, facts)
            spans = " ".join(f"mentions-{m}" for m in row["mentions"])
            id = f"{row['id']}/{code}"
            yield Item("questions", id, asked, quote=quoted(row["context"], row["text"], row["indicator"]), spans=spans,
                       choices=answers(code), code=code, decided=decisions.get(("questions", id), ""),
                       deeds=frozenset({"answer", "set_aside"}))  # fmt: skip


_ASKABLE = frozenset({"indicator", "value", "unit"})
