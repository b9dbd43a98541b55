"""How is what stands behind a computed value told on a page: definition, counts, register, files, receipt, the first records?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhiheng.base.quantity import exact
from zhiheng.base.reading import Citation
from zhiheng.evidence.lake.positions import office_minute
from zhiheng.indicators.behind import Behind
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.value import IndicatorValue
from zhiheng.publication.computed_values import remarks
from zhiheng.publication.masking import masked
from zhiheng.publication.wording import source_words
from zhiheng.rules.messages import sentence

DIGITS = 16
_FILES = 8


def evidence_facts(value: IndicatorValue, behind: Behind | None) -> Iterator[tuple[str, str]]:
    """Names and texts, from the definition to the receipt; nothing of a value that records did not make."""
    found = value.records
    if found is None:
        return
    definition, standing = found.definition, found.evidence
    yield "口径", f"{definition.about_zh}{_cited(definition.citation, confirmed=definition.confirmed)}"
    yield "计数", counts_words(found)
    if said := remarks(found, "zh"):
        yield "说明", said
    for reading in found.rules:
        yield "规则", f"{reading.name}{_cited(reading.citation, confirmed=reading.confirmed)}"
    yield "台账", f"{definition.register.name}，第{standing.position}版，入库日志摘要{(standing.log_digest or '')[:DIGITS]}"
    if behind is not None and behind.files:
        yield "来源文件", files_words(behind)
    if value.typed is not None:
        yield "填报", source_words(value).partition("；")[2]
    yield "口径摘要", definition.digest[:DIGITS]
    if value.receipt is not None:
        yield "凭证", f"{value.receipt}.json"
        yield "重新核对", "zhiheng verify 凭证：由记录重新计算；zhiheng explain 凭证 --records：逐条列出记录"


def evidence_rows(behind: Behind) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the records, those that count without holding first; fields that are not for everybody are masked."""
    heads = ["作用", *(field.name for field in behind.fields), "文件", "工作表和行"]
    rows = [
        [
            sentence(
                f"publication.part_{one.part.value}", {"reason": behind.reason_words(one.reason, "zh") if one.reason else ""}
            ),
            *(masked(field, one.values[field.id], "zh") for field in behind.fields),
            behind.file_name(one),
            f"{one.sheet} {one.row}".strip(),
        ]
        for one in behind.records
    ]
    return heads, rows


def counts_words(found: ComputedValue) -> str:
    """How many records were looked at, meant and counted, and what they make."""
    counts = found.counts
    said = f"该地区该时期记录{counts.seen}条，属于统计范围{counts.records}条，计入{counts.used}条"
    if found.numerator is not None and found.denominator is not None:
        said += f"；分子{_short(exact(found.numerator))}，分母{_short(exact(found.denominator))}"
    return said


def files_words(behind: Behind) -> str:
    """The files that the records came in with, when, from whom, and how many rows of each count."""
    told = [
        f"{file.name or file.digest[:DIGITS]}（{_taken(file.at, file.by)}计入{file.rows}条）" for file in behind.files[:_FILES]
    ]
    more = len(behind.files) - len(told)
    return "；".join([*told, *([f"另有{more}个文件"] if more else [])])


def left_out_reasons(found: ComputedValue) -> str:
    """Why records of the population do not count, and how many for each reason."""
    own: Sequence[str] = [
        f"{one.zh or sentence(f'indicators.reason_{one.reason}', {})}{one.records}条" for one in found.counts.left_out
    ]
    return "；".join(own) or "无"


def _taken(at: str, by: str) -> str:
    return "，".join(filter(None, (by, office_minute(at) if at else ""))) + ("，" if at or by else "")


def _cited(citation: Citation, *, confirmed: bool) -> str:
    where = "，".join(filter(None, (citation.doc, citation.clause)))
    said = "；".join(filter(None, (f"依据：{where}" if where else "", "" if confirmed else "口径待确认")))
    return f"（{said}）" if said else ""


def _short(number: str) -> str:
    """An exact number; a long fraction of whole numbers is told by its first digits."""
    over, _, under = number.partition("/")
    return number if not under or len(number) <= DIGITS else f"约{int(over) / int(under):.6g}"
