"""Which column of a figures workbook holds what, by whatever name its header has?"""

from __future__ import annotations

from enum import StrEnum

from zhiheng.base.quantity import BASIS_WORDS, Basis
from zhiheng.documents.fold import fold
from zhiheng.evidence.figures import Proof


class Column(StrEnum):
    """The columns of the figures workbook in the order of the template; the value is the printed header."""

    INDICATOR = "指标"
    PLACE = "地区"
    PERIOD = "时期"
    VALUE = "数值"
    NUMERATOR = "分子"
    DENOMINATOR = "分母"
    UNIT = "单位"
    BASIS = "口径"
    SOURCE = "来源"
    PROOF = "零报告方式"
    KIND = "类别"
    NOTE = "备注"
    ERROR = "错误"


_ALIASES = {
    Column.INDICATOR: "指标名称 主要指标 监测指标 指标项 indicator name",
    Column.PLACE: "区域 行政区 行政区划 所属地区 地方 县市区 place region area",
    Column.PERIOD: "时间 年份 年度 统计期 报告期 期间 所属时期 数据时期 period year date time",
    Column.VALUE: "值 填报值 实际值 完成值 指标值 数据 实绩 完成情况 value amount actual",
    Column.NUMERATOR: "分子数 合格数 numerator",
    Column.DENOMINATOR: "分母数 总数 denominator",
    Column.UNIT: "计量单位 unit",
    Column.BASIS: "统计口径 口径说明 basis",
    Column.SOURCE: "数据来源 来源部门 填报单位 填报部门 source",
    Column.PROOF: "零报告 零值依据 零的依据 proof",
    Column.KIND: "数据类别 数值类别 kind type",
    Column.NOTE: "说明 注 note remark remarks comment",
    Column.ERROR: "错误说明 错误原因 error errors",
}
_PROOF_WORDS = {Proof.DECLARED: "已申报 申报 零申报 declared", Proof.PROVEN: "有台账证明 台账证明 已证明 proven"}
_ASSIGNED_WORDS = "上级下达目标值 下达目标值 上级下达 下达值 目标值 assigned"
_REPORTED_WORDS = "填报值 实际值 观测值 reported"


def plain_word(text: str) -> str:
    """A header or choice without blanks, brackets' contents and marks, so that `数值（必填）*` is `数值`."""
    word = "".join(fold(text).split()).strip("*:：").lower()
    head = word.split("(")[0] or word
    return head.strip("*:：_")


def _table(first: dict[Column, str]) -> dict[str, Column]:
    named = {plain_word(column.value): column for column in Column}
    return named | {plain_word(alias): column for column, aliases in first.items() for alias in aliases.split()}


_COLUMNS = _table(_ALIASES)
_BASES = {plain_word(word): basis for basis, words in BASIS_WORDS.items() for word in words}
_PROOFS = {plain_word(word): proof for proof, words in _PROOF_WORDS.items() for word in words.split()}
_KINDS = {plain_word(w): True for w in _ASSIGNED_WORDS.split()} | {plain_word(w): False for w in _REPORTED_WORDS.split()}

PROOF_LABELS = {proof: words.split()[0] for proof, words in _PROOF_WORDS.items()}
ASSIGNED_LABEL, REPORTED_LABEL = _ASSIGNED_WORDS.split(maxsplit=1)[0], _REPORTED_WORDS.split(maxsplit=1)[0]


def column_of(header: str) -> Column | None:
    """The column a header names, or None when it is none of ours (序号, 责任部门)."""
    return _COLUMNS.get(plain_word(header))


def basis_of(text: str) -> Basis | None:
    """The basis a word names."""
    return _BASES.get(plain_word(text))


def proof_of(text: str) -> Proof | None:
    """The proof of a zero a word names."""
    return _PROOFS.get(plain_word(text))


def assigned_of(text: str) -> bool | None:
    """Whether a word says that the row hands down a target."""
    return _KINDS.get(plain_word(text))
