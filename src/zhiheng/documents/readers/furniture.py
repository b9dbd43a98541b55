"""Which lines belong to the web page or the printed sheet, not to the paper?

Menus, share buttons and site footers are dropped from the head and the foot of a page only, and only when the whole line is
furniture. Lines that say something about the paper (发布日期, 索引号, 文号 …) stay: the plan's particulars are read from them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from zhiheng.documents.readers.marks import HAN, META, ORNAMENT, PROSE
from zhiheng.documents.readers.strips import Strip
from zhiheng.documents.tree import Block

HEAD, FOOT = 15, 15
_BUTTON = re.compile(
    r"[【\[(]?(?:网站)?(?:首页|打印(?:本[页文])?|关闭(?:窗口|本页)?|返回(?:顶部|首页|列表|上页)?|收藏(?:本[站页])?|我要纠错|无障碍(?:浏览)?"
    r"|长者(?:模式|助手)|繁體?体?(?:中文|版)?|简体(?:中文|版)?|english|登录|注册|用户中心|网站地图|联系我们|rss|微信|微博|qq空间|朋友圈|复制链接|下载"
    r"|(?:一键)?分享(?:到|至)?(?::.*)?|字[体号](?:大小)?(?::.*)?|[大中小]|扫一扫.*|用微信扫.*|保护视力色.*|视力保护色.*"
    r"|(?:浏览|阅读|访问|点击)(?:次数|量|数|率)?:?\s*[\d,]*(?:次)?|当前位置.*|您?(?:现在|当前)?所?在?的?位置:.*|(?:今天是)?\d{4}年\d{1,2}月\d{1,2}日\s*星期.*)[】\])]?$",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    rf"(?:^|.*[\s:])首页(?:\s*[>»›/→]+\s*[^>»›/→]{{1,20}})+$|[>»›]\s*[{HAN}][^>»›]{{0,20}}(?:[>»›][^>»›]{{1,20}})*$|[{HAN}]{{2,12}}(?:\s*[>»›]\s*[{HAN}“”\w]{{2,30}}){{2,}}$"
)
_FOOTER = re.compile(
    r"[【\[(]?(?:.{0,20}(?:上|下)一?[篇条页]:|相关(?:稿件|链接|文章|阅读|信息|解读|文档|附件|新闻)|(?:政策|规划|文件|图文|专家|一图)?解读[:]|责任编辑|编\s*辑:|作者:|审核:"
    r"|附件下载|主办(?:单位)?:|承办(?:单位)?:|版权(?:所有|声明)|copyright|©|技术支持|网站标识码|网站支持|信息来源:$|来源:$|建议使用)|.*(?:icp备|公网安备|版权所有)",
    re.IGNORECASE,
)
_RELATED = re.compile(r"相关(?:稿件|链接|文章|阅读|信息|解读|新闻)[:]?$")
_PAGE = re.compile(
    r"[-—–―─·•~]{1,2}\s*\d{1,3}\s*[-—–―─·•~]{1,2}$|第\s*\d{1,3}\s*页(?:[\s,/]*共\s*\d{1,3}\s*页)?$|page\s*\d{1,3}(?:\s*of\s*\d{1,3})?$",
    re.I,
)
_PAGE_OF = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})$")
_CONTENTS = re.compile(r".{2,60}(?:[.…·]\s?){4,}\s*\d{1,3}$|目\s*[录次]$")
_RULE = re.compile(r"(?:[-=_*─━~#]\s?){3,}$")
_TOKENS = re.compile(r"\s{2,}|\s*[|丨]\s*|\s(?=[【\[])|(?<=[】\]])\s?")


def without_furniture(parts: Sequence[Strip | Block]) -> list[Strip | Block]:
    """What is left when page numbers, rules, lines of contents and the furniture of a web page are dropped."""
    lines = ["" if not isinstance(part, Strip) else part.folded for part in parts]
    dropped = {i for i, line in enumerate(lines) if 0 < len(line) < 80 and _on_every_sheet(line)} | _page_of(lines)
    kept = [i for i in range(len(parts)) if i not in dropped]
    dropped |= {kept[i] for i in page_furniture([lines[i] for i in kept])}
    found: list[Strip | Block] = []
    gap = 0
    for i, part in enumerate(parts):
        if not isinstance(part, Strip):
            found.append(part)
        elif i in dropped:
            gap += part.gap
        else:
            found.append(part._replace(gap=part.gap + gap) if gap else part)
            gap = 0
    return found


def page_furniture(lines: list[str]) -> set[int]:
    """Which of the folded lines at the head and the foot belong to the web page."""
    return {i for i, line in enumerate(lines[:HEAD]) if _is_furniture(line)} | _foot(lines)


def _on_every_sheet(folded: str) -> bool:
    last = folded[-1]
    if last.isdigit() or last in "-—–―─·•~页":
        return bool(_PAGE.match(folded) or _CONTENTS.match(folded) or _RULE.match(folded))
    return bool(last in "=_*━#录次" and (_RULE.match(folded) or _CONTENTS.match(folded)))


def _page_of(lines: list[str]) -> set[int]:
    """Lines such as 3/12, when the same total comes back or a sentence runs over them: a cell may hold a fraction."""
    found = {i: m for i, line in enumerate(lines) if 0 < len(line) < 9 and (m := _PAGE_OF.match(line))}
    totals = Counter(m[2] for m in found.values() if int(m[1]) <= int(m[2]))
    return {i for i, m in found.items() if int(m[1]) <= int(m[2]) and (totals[m[2]] > 1 or (i and PROSE.search(lines[i - 1])))}


def _is_furniture(folded: str) -> bool:
    line = ORNAMENT.sub("", folded, count=1) if ORNAMENT.match(folded) else folded
    if not line or len(line) > 100 or "。" in line or META.match(line):
        return False
    if _TRAIL.match(line):
        return True
    tokens = [t for t in _TOKENS.split(line) if t]
    return all(_BUTTON.match(t) for t in tokens)


def _foot(lines: list[str]) -> set[int]:
    dropped: set[int] = set()
    for i in range(max(0, len(lines) - FOOT), len(lines)):
        line = ORNAMENT.sub("", lines[i], count=1) if ORNAMENT.match(lines[i]) else lines[i]
        if not line:
            continue
        if _RELATED.match(line) and all("。" not in after for after in lines[i:]):
            return dropped | set(range(i, len(lines)))
        if len(line) < 160 and "。" not in line and (_FOOTER.match(line) or _is_furniture(line)):
            dropped.add(i)
    return dropped
