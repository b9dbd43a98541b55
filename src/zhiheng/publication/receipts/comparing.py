"""In what does a receipt differ from the one made anew from the records: in the evidence, or in what is said of it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhiheng.base.canonical_json import Json, digest
from zhiheng.base.problem import Problem

# Parts of a receipt in words: Chinese, English.
_WORDS: Mapping[str, tuple[str, str]] = {
    "seen": ("该地区该时期的记录", "records of place and period"),
    "records": ("属于统计范围的记录", "records that are meant"),
    "used": ("计入的记录", "records that count"),
    "unclear": ("不知是否属于统计范围的记录", "records of which it cannot be told whether they are meant"),
    "undated": ("没有日期的记录", "records without a day"),
    "groups_unclear": ("缺少判断所需的数的组", "groups of which it cannot be told whether they hold"),
    "due": ("应有记录的时段", "spans in which a record is due"),
    "met": ("已有记录的时段", "spans that have one"),
    "amount": ("精确值", "exact value"),
    "numerator": ("分子", "numerator"),
    "denominator": ("分母", "denominator"),
    "times": ("换算倍数", "factor"),
    "decimals": ("小数位数", "decimals"),
    "rounding": ("修约规则", "rule of rounding"),
    "printed": ("结果", "result"),
    "absence": ("无数值的原因", "reason why there is no value"),
    "interval": ("区间", "interval"),
    "sample": ("抽样设计", "sample design"),
    "missing": ("缺少的部分", "missing parts"),
    "apart": ("分开统计的类别", "what is kept apart"),
    "rules": ("依据的规则", "rules"),
    "complete": ("是否声明完整", "declared complete"),
}
_COUNTS = ("seen", "records", "unclear", "undated", "groups_unclear", "due", "met")
_RESULT = (
    *("printed", "amount", "numerator", "denominator", "times", "decimals", "rounding", "absence", "interval", "sample"),
    "missing",
)


def chain_differences(content: Json) -> Iterator[Problem]:
    """Where the parts of one receipt do not belong together."""
    definition, evidence, indicator = content["definition"], content["evidence"], content["indicator"]
    meaning, rows = definition["meaning"], evidence["rows"]
    if digest(meaning) != definition["digest"]:
        yield Problem("publication.receipt_definition_digest")
    if (meaning["indicator"], meaning["unit"]) != (indicator["id"], indicator["unit"]):
        yield Problem("publication.receipt_other_indicator", facts={"one": indicator["id"], "other": meaning["indicator"]})
    if meaning["file"]["register"] != evidence["register"]:
        facts = {"one": evidence["register"], "other": meaning["file"]["register"]}
        yield Problem("publication.receipt_other_register", facts=facts)
    if digest({name: rows[name] for name in ("records", "words", "versions")}) != rows["digest"]:
        yield Problem("publication.receipt_rows_digest")


def evidence_differences(content: Json, anew: Json) -> Iterator[Problem]:
    """Records that went, came or are others, as far as counts and digests tell."""
    was, now = content["evidence"]["rows"], anew["evidence"]["rows"]
    facts = {"was": was["records"], "now": now["records"], "count": abs(was["records"] - now["records"])}
    if now["records"] < was["records"]:
        yield Problem("publication.receipt_rows_fewer", facts=facts)
    elif now["records"] > was["records"]:
        yield Problem("publication.receipt_rows_more", facts=facts)
    elif now["digest"] != was["digest"]:
        yield Problem("publication.receipt_rows_altered", facts=facts)
    # Records that went or came say so of all counts they are in.
    told = ("seen", "records") if now["records"] != was["records"] else ()
    for name in _COUNTS:
        if content["counts"][name] != anew["counts"][name] and name not in told:
            yield _count(name, content["counts"], anew["counts"])
    out = [{row["reason"]: row["records"] for row in one["counts"]["left_out"]} for one in (content, anew)]
    for reason in sorted({*out[0], *out[1]}):
        if out[0].get(reason, 0) != out[1].get(reason, 0):
            facts = {"reason": reason, "was": out[0].get(reason, 0), "now": out[1].get(reason, 0)}
            yield Problem("publication.receipt_left_out_differs", facts=facts)


def result_differences(content: Json, anew: Json) -> Iterator[Problem]:
    """What the receipt says of the same records that they do not give."""
    for name in _RESULT:
        if content["result"][name] != anew["result"][name]:
            yield _result(name, content["result"][name], anew["result"][name])
    if content["counts"]["used"] != content["evidence"]["rows"]["records"]:
        yield _count("used", content["counts"], anew["counts"])
    for name in ("apart", "rules"):
        if content[name] != anew[name]:
            yield _result(name, content[name], anew[name])
    was, now = ((one["complete"] or {}).get("declared") for one in (content, anew))
    if was != now:
        yield _result("complete", was, now)


def _result(name: str, was: Json, now: Json) -> Problem:
    return Problem("publication.receipt_result_differs", facts=_facts(name, was, now))


def _count(name: str, was: Mapping[str, Json], now: Mapping[str, Json]) -> Problem:
    return Problem("publication.receipt_count_differs", facts=_facts(name, was[name], now[name]))


def _facts(name: str, was: Json, now: Json) -> Mapping[str, object]:
    chinese, english = _WORDS[name]
    return {"name": chinese, "name_en": english, "was": _said(was), "now": _said(now)}


def _said(part: Json) -> str:
    match part:
        case None:
            return "—"
        case list():
            return ", ".join(_said(one) for one in part) or "—"
        case {"rule": str(rule), "start": str(start)}:
            return f"{rule}@{start}"
        case dict():
            return "; ".join(f"{name}={_said(value)}" for name, value in sorted(part.items()))
        case _:
            return str(part)
