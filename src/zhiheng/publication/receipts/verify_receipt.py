#!/usr/bin/env python3
"""核对质衡的凭证，任何人可用，只需要 Python 3.9 以上，不联网，不改动任何文件。
Is a receipt of Zhiheng sound? For anybody with Python 3.9 or later; no network, nothing is changed.

    python3 -I verify_receipt.py RECEIPT.json [RECEIPT.json …]      (or a folder of receipts)

核对 checks: 摘要 the digest over the content and the file's name; 链条 the chain: the definition and the set of records under
the digests by which the receipt names them; 算术 the arithmetic: counts, exclusions, quotient and rounding, and of a sample design
degrees of freedom and interval.
核对不了 cannot check: 签名 the signature (`zhiheng verify`, or the two commands in docs/how/verify-a-receipt.md), and 记录 the
records themselves, for which the lake is needed (`zhiheng verify RECEIPT --lake DIR`).

退出码 exit code: 0 全部通过 everything holds, 1 有不符 something does not, 2 没有给出文件 no file was named, 3 不是凭证 not a receipt.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import atan, cos, exp, log, pi, sin, sqrt, tan
from pathlib import Path
from statistics import NormalDist
from typing import Any, NoReturn

SCRIPT = Path(__file__)
SCHEMA = "zhiheng/receipt/1"
MOST_BYTES, DEEPEST, LARGEST = 16 << 20, 64, 2**53 - 1
EXACT = re.compile(r"-?[0-9]{1,100}(\.[0-9]{1,50}|/[1-9][0-9]{0,99})?\Z")
NAMED = re.compile(r"[0-9a-f]{64}\Z")
SHARES = ("ratio", "weighted_ratio", "share_of_days", "index")
TIMES = {"%": 100, "‰": 1000}
MOST_STRATA, NEAR = 10_000, 1e-8

Finding = tuple[str, str]  # Chinese, English


class NotAReceiptError(Exception):
    """The file cannot be read as a receipt; the reason in Chinese and English."""


def canonical(value: Any) -> bytes:
    """RFC 8785: keys sorted by UTF-16 units, no blanks, UTF-8. Numbers are whole."""
    return written(value).encode("utf-8")


def written(value: Any) -> str:
    """The canonical text of a value."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(written(name) + ":" + written(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(written(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def digest(value: Any) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(value)).hexdigest()


def read(path: Path) -> dict[str, Any]:
    """What the file holds; keys that come twice, fractions, huge numbers and broken characters are refused."""
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotAReceiptError("文件太大", "the file is too large")
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=once, parse_float=refuse, parse_constant=refuse, parse_int=whole
        )
        canonical(value)
    except NotAReceiptError:
        raise
    except (ValueError, RecursionError) as fault:
        raise NotAReceiptError("不是完整的 JSON", "no complete JSON") from fault
    bounded(value, 1)
    if not isinstance(value, dict) or set(value) != {"content", "digest", "signature"}:
        raise NotAReceiptError(
            "没有 content、digest、signature 三部分", "the parts content, digest and signature are not there"
        )
    if not isinstance(value["content"], dict) or value["content"].get("schema") != SCHEMA:
        raise NotAReceiptError("不是 " + SCHEMA + " 格式", "not of the form " + SCHEMA)
    return value


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping whose keys come once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotAReceiptError("同一个键出现两次", "a key comes twice")
    return found


def refuse(printed: str) -> NoReturn:
    """Fractions would not be read alike by everybody."""
    raise NotAReceiptError("数 " + printed[:40] + " 不是整数", "the number " + printed[:40] + " is not whole")


def whole(printed: str) -> int:
    """A whole number that every program keeps exactly."""
    if len(printed) > 17 or abs(int(printed)) > LARGEST or printed == "-0":
        refuse(printed)
    return int(printed)


def bounded(value: Any, depth: int) -> None:
    """Refuse what is nested deeper than any receipt."""
    if depth > DEEPEST:
        raise NotAReceiptError("层次太深", "nested too deep")
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        bounded(one, depth + 1)


def digests(path: Path, receipt: dict[str, Any]) -> Iterator[Finding]:
    """The digest over the content, and the name of the file where it is a digest."""
    real = digest(receipt["content"])
    if receipt["digest"] != real:
        yield (
            "摘要不符：内容被改过，真实摘要是 " + real,
            "the digest is wrong: the content was changed, its digest is " + real,
        )
    if NAMED.match(path.stem) and path.stem != real:
        yield (
            "文件名是另一张凭证的摘要：凭证被调换或改过",
            "the file is named after another receipt: it was swapped or changed",
        )


def chain(content: dict[str, Any]) -> Iterator[Finding]:
    """The definition and the set of records hold what the receipt names them by."""
    definition, evidence, indicator = content["definition"], content["evidence"], content["indicator"]
    meaning = definition["meaning"]
    if digest(meaning) != definition["digest"]:
        yield ("定义与定义摘要不符", "the definition is not what its digest says")
    if (meaning["indicator"], meaning["unit"]) != (indicator["id"], indicator["unit"]):
        yield ("定义是另一个指标的", "the definition is of another indicator")
    if meaning["file"]["register"] != evidence["register"]:
        yield ("定义用的是另一个台账", "the definition is over another register")
    rows = evidence["rows"]
    if digest({"records": rows["records"], "words": rows["words"], "versions": rows["versions"]}) != rows["digest"]:
        yield ("记录集合与它的摘要不符", "the set of records is not what its digest says")
    files = evidence["files"]
    if files != sorted(set(files)) or not all(NAMED.match(one) for one in files):
        yield ("数据文件摘要的清单不成立", "the list of digests of files does not hold")


def arithmetic(content: dict[str, Any]) -> Iterator[Finding]:
    """Counts add up, the result is their quotient, and it is printed as the rounding rule says."""
    counts, result, measure = content["counts"], content["result"], content["definition"]["meaning"]["file"]["measure"]
    out = sum(natural(row["records"]) for row in counts["left_out"])
    seen, records, used = (natural(counts[name]) for name in ("seen", "records", "used"))
    if records != used + out:
        yield (
            f"计数不符：{records} 条记录 ≠ 计入 {used} + 排除 {out}",
            f"counts do not add up: {records} records are not {used} used and {out} left out",
        )
    if records > seen:
        yield ("属于统计范围的记录比期内全部记录还多", "more records are meant than there are in the period")
    if content["evidence"]["rows"]["records"] != used:
        yield ("记录集合的条数与计入的条数不同", "the set of records has another size than the records that count")
    yield from quotient(measure["kind"], content["indicator"]["unit"], result)
    yield from sampling(measure["kind"], content["definition"]["meaning"]["file"].get("selection"), result, records)
    share = measure["kind"] in SHARES and result["amount"] is not None
    if share and not 0 <= exact(result["numerator"]) <= exact(result["denominator"]):
        yield ("分子不在 0 与分母之间", "the numerator is not between 0 and the denominator")
    if measure["kind"] in ("ratio", "count"):
        of_all = result["denominator"] if measure["kind"] == "ratio" else result["numerator"]
        if of_all is not None and exact(of_all) > used:
            yield ("被统计的对象比计入的记录还多", "more subjects are counted than records")


def quotient(kind: str, unit: str | None, result: dict[str, Any]) -> Iterator[Finding]:
    """Numerator over denominator, in the unit, rounded once."""
    if (result["amount"] is None) != (result["absence"] is not None):
        yield ("结果和“无结果的原因”必须有且只有一个", "there must be a result, or the reason why there is none")
    if result["amount"] is None:
        if result["printed"] is not None:
            yield ("没有结果却印了数", "there is no result, but a number is printed")
        return
    amount, numerator = exact(result["amount"]), exact(result["numerator"])
    denominator = Fraction(1) if result["denominator"] is None else exact(result["denominator"])
    if natural(result["times"]) != (TIMES.get(unit or "", 1) if kind in SHARES else 1):
        yield ("换算倍数与单位不符", "the factor does not fit the unit")
    if denominator == 0 or numerator / denominator * result["times"] != amount:
        yield (
            "算术不符：{} ÷ {} × {} ≠ {}".format(numerator, denominator, result["times"], result["amount"]),
            "the arithmetic is wrong: {} / {} x {} is not {}".format(numerator, denominator, result["times"], result["amount"]),
        )
    shown = printed(amount, natural(result["decimals"]), result["rounding"])
    if shown != result["printed"]:
        yield ("修约不符：应为 " + shown, "the rounding is wrong: it should be " + shown)


def sampling(kind: str, selection: Any, result: dict[str, Any], records: int) -> Iterator[Finding]:
    """The interval of a sample design from the sums over its strata, by Taylor's linearisation of a ratio."""
    sample, interval = result.get("sample"), result["interval"]
    if (sample is not None) != (isinstance(selection, dict) and result["amount"] is not None):
        yield ("抽样设计与定义不符", "there must be a sample design where the definition has one, and only there")
    if sample is None:
        return
    if (sample["absence"] is None) != (interval is not None):
        yield ("区间和“无区间的原因”必须有且只有一个", "there must be an interval, or the reason why there is none")
    if interval is None:
        if sample["strata"] or sample["degrees"] is not None:
            yield ("没有区间却有各层的合计", "there is no interval, but there are sums of strata")
        return
    strata = sample["strata"]
    names = [json.dumps(one["stratum"]) for one in strata]
    units = sum(natural(one["units"]) for one in strata)
    if len(set(names)) != len(names) or not 0 < len(names) <= MOST_STRATA or units > records:
        yield ("分层或抽到的单位数不成立", "the strata or the number of units do not hold")
        return
    for part, whole_of in (("above", "numerator"), ("below", "denominator")):
        if sum((exact(one[part]) for one in strata), Fraction(0)) != exact(result[whole_of]):
            yield ("各层合计不等于总数：" + part, "the strata do not add up: " + part)
    degrees, ratio = units - len(strata), exact(result["numerator"]) / exact(result["denominator"])
    variance = sum((spread(one, ratio) for one in strata), Fraction(0)) / exact(result["denominator"]) ** 2
    share = kind in SHARES
    if natural(sample["degrees"]) != degrees or degrees < 1 or variance <= 0 or (share and not 0 < ratio < 1):
        yield ("自由度或方差不成立", "degrees of freedom or variance do not hold")
        return
    confidence = exact(interval["confidence"])
    if not 0 < confidence < 1 or interval["method"] != ("design_logit" if share else "design_t"):
        yield ("区间的方法不成立", "the method of the interval does not hold")
        return
    low, high = bounds(ratio, variance, degrees, float(confidence), share)
    for said, bound in ((interval["low"], low), (interval["high"], high)):
        real = bound * natural(result["times"])
        if abs(float(exact(said)) - real) > NEAR * max(1.0, abs(real)):
            yield (f"区间不符：{said} 应为 {real:.9f}", f"the interval is wrong: {said} should be {real:.9f}")


def spread(one: dict[str, Any], ratio: Fraction) -> Fraction:
    """(1 - n/N) n/(n-1) (sum of e squared - (sum of e) squared / n) of a stratum, e = above - ratio x below; 0 where all was drawn."""
    drawn, held = natural(one["units"]), one["held"]
    if held is not None and natural(held) <= drawn:
        if held < drawn:
            raise NotAReceiptError("一层抽到的比它所有的还多", "more was drawn from a stratum than it holds")
        return Fraction(0)
    if drawn < 2:
        raise NotAReceiptError("一层只抽到一个单位", "a single unit was drawn from a stratum")
    above, below, aa, ab, bb = (exact(one[k]) for k in ("above", "below", "above_squared", "product", "below_squared"))
    total = above - ratio * below
    left = Fraction(1) if held is None else 1 - Fraction(drawn, held)
    return left * Fraction(drawn, drawn - 1) * (aa - 2 * ratio * ab + ratio * ratio * bb - total * total / drawn)


def bounds(ratio: Fraction, variance: Fraction, degrees: int, confidence: float, share: bool) -> tuple[float, float]:
    """ratio - and + t x standard error; of a share by way of its logit."""
    half = student((1 + confidence) / 2, degrees) * sqrt(variance)
    if not share:
        return float(ratio) - half, float(ratio) + half
    middle, half = log(float(ratio) / float(1 - ratio)), half / float(ratio * (1 - ratio))
    low, high = (1 / (1 + exp(-min(max(one, -700.0), 700.0))) for one in (middle - half, middle + half))
    return low, high


def student(probability: float, degrees: int) -> float:
    """The quantile of Student's distribution by halving (Abramowitz and Stegun 26.7.3 and 26.7.4), or its series (26.7.5)."""
    z = NormalDist().inv_cdf(probability)
    if degrees > 2000:
        terms = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
        return z + sum(term / float(degrees) ** power for power, term in enumerate(terms, 1))
    low, high = atan(z / sqrt(degrees)), pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        square, term = cos(middle) ** 2, 1.0
        total = 1.0 if degrees > 1 else 0.0
        for k in range(2 if degrees % 2 else 1, degrees - 2, 2):
            term *= square * k / (k + 1)
            total += term
        inside = 2 / pi * (middle + sin(middle) * cos(middle) * total) if degrees % 2 else sin(middle) * total
        low, high = (middle, high) if inside < 2 * probability - 1 else (low, middle)
    return tan((low + high) / 2) * sqrt(degrees)


def exact(text: Any) -> Fraction:
    """A number as receipts write it: 97.3 or 292/3."""
    if not isinstance(text, str) or not EXACT.match(text):
        raise NotAReceiptError("有一个数不是凭证的写法", "a number is not written as in receipts")
    return Fraction(text)


def natural(value: Any) -> int:
    """A count."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise NotAReceiptError("有一个计数不是自然数", "a count is no natural number")
    return value


def printed(amount: Fraction, decimals: int, rounding: str) -> str:
    """Rounded once: half to the even digit (GB/T 8170-2008, 3.2), or half away from zero."""
    if decimals > 12 or rounding not in ("half_even", "half_up"):
        raise NotAReceiptError("修约规则不认识", "the rule of rounding is unknown")
    scaled = abs(amount) * 10**decimals
    units = (
        round(scaled) if rounding == "half_even" else (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    )
    digits = str(units).rjust(decimals + 1, "0")
    shown = digits[:-decimals] + "." + digits[-decimals:] if decimals else digits
    return "-" + shown if amount < 0 and units else shown


def check(path: Path) -> int:
    """Say what holds of one file and what does not; its exit code."""
    try:
        receipt = read(path)
        content = receipt["content"]
        findings = [*digests(path, receipt), *chain(content), *arithmetic(content)]
        what = told(content)
    except NotAReceiptError as fault:
        print("{}：不是凭证：{} / not a receipt: {}".format(path.name, *fault.args))
        return 3
    except (KeyError, TypeError, AttributeError, IndexError):
        print(path.name + "：不是凭证：缺少内容 / not a receipt: parts are missing")
        return 3
    except OSError as fault:
        print(f"{path.name}：打不开 / cannot be opened: {fault.strerror}")
        return 3
    print(path.name + "：" + what)
    for chinese, english in findings:
        print("  不符：" + chinese + " / WRONG: " + english)
    if not findings:
        print("  摘要、链条、算术都相符 / digest, chain and arithmetic hold")
    return 1 if findings else 0


def told(content: dict[str, Any]) -> str:
    """What the receipt is of; characters that could play tricks on a terminal are shown as escapes."""
    result, period = content["result"], content["period"]
    value = (
        str(result["absence"]) if result["printed"] is None else str(result["printed"]) + (content["indicator"]["unit"] or "")
    )
    parts = [content["indicator"]["name"], content["place"], str(period["start"]) + "—" + str(period["end"]), value]
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in "，".join(str(part)[:200] for part in parts if part))


def files(names: Sequence[str]) -> Iterator[Path]:
    """The files that are named, or that lie in a folder that is named."""
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from sorted(path.glob("*.json"))
        else:
            yield path


def main(names: Sequence[str]) -> int:
    """Check all; the exit code of the worst."""
    found = list(files(names))
    if not found:
        print(__doc__)
        return 2
    worst = max(check(path) for path in found)
    print(
        "没有核对：签名（需要公钥）和记录本身（需要数据湖）。用 zhiheng verify 核对。\n"
        "Not checked: the signature (it needs the public key) and the records themselves (they need the lake): zhiheng verify."
    )
    return worst


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
