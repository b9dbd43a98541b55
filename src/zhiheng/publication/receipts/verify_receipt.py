#!/usr/bin/env python3
"""核对质衡的凭证，任何人可用，只需要 Python 3.9 以上，不联网，不改动任何文件。
Is a receipt of Zhiheng sound? For anybody with Python 3.9 or later; no network, nothing is changed.

    python3 -I verify_receipt.py RECEIPT.json [RECEIPT.json …]      (or a folder of receipts)

核对 checks: 摘要 the digest over the content and the file's name; 链条 the chain: the definition and the set of records under
the digests by which the receipt names them; 算术 the arithmetic: counts, exclusions, quotient and rounding.
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
from pathlib import Path
from typing import Any, NoReturn

SCRIPT = Path(__file__)
SCHEMA = "zhiheng/receipt/1"
MOST_BYTES, DEEPEST, LARGEST = 16 << 20, 64, 2**53 - 1
EXACT = re.compile(r"-?[0-9]{1,100}(\.[0-9]{1,50}|/[1-9][0-9]{0,99})?\Z")
NAMED = re.compile(r"[0-9a-f]{64}\Z")
SHARES = ("ratio", "weighted_ratio", "share_of_days", "index")
TIMES = {"%": 100, "‰": 1000}

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
