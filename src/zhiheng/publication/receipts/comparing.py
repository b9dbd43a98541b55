"""In what does a receipt differ from the one made anew from the records: in the evidence, or in what is said of it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhiheng.base.canonical_json import Json, digest
from zhiheng.base.problem import Problem

_COUNTS = ("seen", "records", "unclear", "undated", "groups_unclear", "due", "met")
_RESULT = ("amount", "numerator", "denominator", "times", "decimals", "rounding", "printed", "absence", "interval", "missing")


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
    for name in _COUNTS:
        if content["counts"][name] != anew["counts"][name]:
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
            facts = {"name": name, "was": _said(content["result"][name]), "now": _said(anew["result"][name])}
            yield Problem("publication.receipt_result_differs", facts=facts)
    if content["counts"]["used"] != content["evidence"]["rows"]["records"]:
        yield _count("used", content["counts"], anew["counts"])
    for name in ("apart", "rules"):
        if content[name] != anew[name]:
            facts = {"name": name, "was": _said(content[name]), "now": _said(anew[name])}
            yield Problem("publication.receipt_result_differs", facts=facts)
    was, now = content["complete"] or {}, anew["complete"] or {}
    if was.get("declared") != now.get("declared"):
        facts = {"name": "complete", "was": _said(was.get("declared")), "now": _said(now.get("declared"))}
        yield Problem("publication.receipt_result_differs", facts=facts)


def _count(name: str, was: Mapping[str, Json], now: Mapping[str, Json]) -> Problem:
    return Problem("publication.receipt_count_differs", facts={"name": name, "was": _said(was[name]), "now": _said(now[name])})


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
