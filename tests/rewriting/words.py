"""Other numbers, places, units and indicators in the same sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from tests.rewriting.labelled import Labelled, Mark

from zhiheng.base.numerals import decimal_string

_NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?")
_CHINESE = re.compile("[一二两三四五六七八九十百]+(?:点[一二三四五六七八九]+)?")
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_HOTLINE = re.compile(r"(?:12[1-9]\d{2}|9[56]\d{3,4}|110|119|120)$")
_YEAR = re.compile(r"(?:19|20)\d\d$")

PLACES = {
    "嘉兴": "石门湾", "浙江": "江陵", "晋城": "云中", "山西": "朔北", "海盐": "白塔", "嘉定": "南翔湾", "临河": "望川", "云泽": "清浦",
    "青岭": "梧桐", "沅溪": "大洋", "白桦": "苍松岭", "岚河": "澜江", "凤溪": "鹿鸣",
}  # fmt: skip
OFFICES = (
    "水利局 民政局 司法局 审计局 统计局 林草局 城市管理局 退役军人局 医保局 供销社 气象局 邮政管理局 档案局 体育局 信访局 政务服务局 投资促进局 "
    "粮食和储备局 乡村振兴局 金融发展局 住房保障中心 机关事务管理局 海洋渔业局 民族宗教局 文物局 外事办 地震局 科协 工商联 残联"
).split()
_OFFICE = re.compile("^[省市县区州](?:直)?(?P<core>[^、,，()（）和及省市县区州]{2,}(?:局|委|办|厅|社|院|会))$")

# What an indicator of a kind ends in, and other things that have such an indicator.
KINDS = (
    (
        re.compile("(?:(?:质量)?(?:监督|监测|例行|抽样|定期|批次|一次)?(?:抽查|抽检|监测|检测|检验|验收)?(?:综合|平均|批次)?合格率)$"),
        "竹木餐具 婴童推车 电动滑板 陶瓷洁具 户外灯具 淡水渔具 节庆灯饰 中药饮片 食用菌菇 校园桌椅 防水卷材 光缆护套",
    ),
    (re.compile("(?:总体)?满意度(?:指数)?$"), "乡村客运服务 社区食堂 公共文化场馆 养老照护 水上巴士 校外托管"),
    (re.compile("(?:按时|按期)?(?:处理和)?办结率$"), "物业投诉 网购纠纷 客运投诉 家政纠纷"),
    (re.compile("(?:覆盖率|普及率|应用率)$"), "电子病历 智慧食安 网络学习 雨污分流管网 数字档案 家庭医生签约"),
    (re.compile("(?:达标率|利用率|处理率|治理率|回收率)$"), "农膜 河湖岸线水质 秸秆 建筑余土 入湖支流水质 餐厨油脂"),
    (re.compile("(?:质量奖|优质工程奖|标准创新贡献奖|杯奖)$"), "临江政府 双桥 青松 星河 绿洲"),
    (re.compile("(?:示范|骨干|领军|标杆|重点|龙头)?企业$"), "竹艺 冷链 慢病用药 纸艺 船舶配套 山泉水"),
    (re.compile("(?:中心|平台|基地|站点?|实验室)$"), "竹材 盆景 河蟹 柔性屏 游艇 古琴"),
    (re.compile("(?:试点|示范)?项目$"), "村镇治水 古桥修缮 智慧停车 园林废弃物"),
    (re.compile("(?:区域)?(?:公用)?品牌$"), "山茶 湖蟹 木梳 石雕"),
)  # fmt: skip
_KEPT = re.compile("^(?:主导|参与|新|每|人均|户均|单位|万|千|其中|制|获|导入|累计|规|拥有|一般|重点)|[“”\"'、和及与0-9]")


def other_numbers(paper: Labelled, random: Random, *, same_length: bool) -> Labelled:
    """Every labelled value with other digits: as many as before, or more or fewer, with and without decimals."""
    changes: dict[tuple[int, int], str] = {}
    marks: list[Mark] = []
    for mark in paper.marks:
        new = mark.row
        places = [] if _glued(paper.text, mark) else list(_numbers(paper.text, mark))
        printed = [decimal_string(_half(paper.text[a:b])) for a, b in places]
        asked = [v for v in (mark.row["value_low"], mark.row["value_high"]) if v]
        keep = same_length or _aligned(paper.text, mark)
        if places and len(places) <= 2 and _equal(printed, list(dict.fromkeys(asked))):
            drawn = [changes.get(p) or _drawn(paper.text[slice(*p)], mark, random, keep) for p in places]
            drawn = _in_order(drawn)
            values = [decimal_string(_half(d)) or "" for d in drawn]
            changes |= dict(zip(places, drawn, strict=True))
            new = new | {key: values[0 if key == "value_low" else -1] for key in ("value_low", "value_high") if mark.row[key]}
            if mark.row["value_low"].startswith("-"):
                continue
        marks.append(replace(mark, row=new))
    paper = replace(paper, marks=tuple(marks))
    return paper.replaced((a, b, new) for (a, b), new in changes.items() if paper.text[a:b] != new)


def _numbers(text: str, mark: Mark) -> Iterator[tuple[int, int]]:
    """The numbers in a span that make its value; digits of its unit (/m3) stand behind a letter."""
    span = text[mark.start : mark.end]
    pattern = _NUMBER if _NUMBER.search(span) else _CHINESE
    body = span.replace("百分之", "□□□")
    for m in pattern.finditer(body):
        if not (m.start() and body[m.start() - 1].isascii() and body[m.start() - 1].isalpha()):
            yield mark.start + m.start(), mark.start + m.end()


def _glued(text: str, mark: Mark) -> bool:
    """Whether nothing parts a cell from the next: which digit is whose is told by the old numbers only."""
    return mark.row["source"] == "table" and not re.match(r"[\s|\"]|$", text[mark.start - 1 : mark.start])


def _aligned(text: str, mark: Mark) -> bool:
    """Whether the value stands in a column made of blanks, which another length would shift."""
    return mark.row["source"] == "table" and text[mark.start - 3 : mark.start] == "   "


def _half(word: str) -> str:
    return word.translate({ord(c): d for c, d in zip("０１２３４５６７８９．，", "0123456789.,", strict=True)})


def _equal(printed: list[str | None], asked: list[str]) -> bool:
    return [float(p) for p in printed if p] == [float(a) for a in asked] and len(printed) == len(asked)


def _drawn(word: str, mark: Mark, random: Random, same_length: bool) -> str:
    value = decimal_string(_half(word)) or "0"
    if float(value) == 0 or mark.row["comparator"] == "zero_events":
        return word
    if _CHINESE.fullmatch(word):
        return word if word in {"百", "一"} or "点" in word else random.choice([c for c in "三四五六七八九" if c != word])
    rate = mark.row["unit"] in {"%", "％", "个百分点"} or (mark.row["unit"] == "" and "." in value)
    for _ in range(200):
        new = _digits(value, random, rate, same_length)
        if not (_HOTLINE.match(new) or _YEAR.match(new) or float(new) == 0):
            break
    if "," in word and "." not in new and len(new) > 3:
        new = f"{int(new):,}"
    return new.translate(_WIDE) if not word.isascii() else new


def _digits(value: str, random: Random, rate: bool, same_length: bool) -> str:
    whole, _, decimals = value.partition(".")
    length, places = len(whole), len(decimals)
    if rate and float(value) >= 100:
        return value if same_length else f"{random.randint(90, 99)}.{random.randint(1, 9)}"
    if not same_length:
        places = random.choice([0, 1, 2]) if decimals or rate else 0
        length = min(2, max(1, length + random.choice([-1, 0, 1]))) if rate else min(5, max(1, length + random.choice([-1, 1])))
    first = random.randint(1, 9)
    digits = str(first) + "".join(str(random.randint(0, 9)) for _ in range(length - 1))
    if length == len(whole) == 1 and whole == "0":
        digits = "0"
    return digits + ("." + "".join(str(random.randint(1, 9)) for _ in range(places)) if places else "")


def _in_order(drawn: list[str]) -> list[str]:
    if len(drawn) == 2 and float(decimal_string(_half(drawn[0])) or 0) > float(decimal_string(_half(drawn[1])) or 0):
        drawn = drawn[::-1]
    return drawn


def other_places(paper: Labelled, random: Random) -> Labelled:
    """The paper of another place."""
    shift = random.choice(["", "东", "新"])
    return paper.reworded({old: shift + new for old, new in PLACES.items() if _whole(paper, old)})


def other_offices(paper: Labelled, random: Random) -> Labelled:
    """Other offices answer for the tasks."""
    units = {u for t in paper.tasks for u in t["responsible_units"].split(";")}
    cores = sorted({m["core"] for u in units if (m := _OFFICE.match(u))})
    free = [o for o in OFFICES if o not in paper.text]
    random.shuffle(free)
    return paper.reworded({c: o for c, o in zip(cores, free, strict=False) if _whole(paper, c)})


def _whole(paper: Labelled, word: str) -> bool:
    """Whether a word stands in the text without breaks inside."""
    return paper.text.count(word) == re.sub(r"\s", "", paper.text).count(word) > 0


def other_indicators(paper: Labelled, random: Random) -> Labelled:
    """Indicators of other things: the same kind of measure, award or body."""
    found: dict[int, tuple[int, int]] = {}
    for i, mark in enumerate(paper.marks):
        if place := _place(paper, mark):
            found[i] = place
    named: dict[tuple[int, int], str] = {}
    for i, place in found.items():
        if place not in named and (new := _renamed(paper.marks[i].row["indicator"], random)):
            named[place] = new
    named = {place: new for place, new in named.items() if _alone(paper, place, found)}
    chosen = _apart(named)
    marks = []
    for i, mark in enumerate(paper.marks):
        place = found.get(i) or next((p for p in chosen if _follows(paper, mark, p)), None)
        new = chosen.get(place) if place else None
        marks.append(replace(mark, row=mark.row | {"indicator": new}) if new else mark)
    return replace(paper, marks=tuple(marks)).replaced((a, b, new) for (a, b), new in chosen.items())


def _place(paper: Labelled, mark: Mark) -> tuple[int, int] | None:
    """Where the indicator of a value is printed: in its clause, or in a cell before it."""
    word = mark.row["indicator"]
    table = mark.row["source"] == "table"
    floor = max(0, mark.start - 300) if table else paper.sentence(mark.start)[0]
    at = paper.text.rfind(word, floor, mark.start)
    if at >= 0 and (table or not re.search("[,，]", paper.text[at + len(word) : mark.start])):
        return at, at + len(word)
    at = -1 if table else paper.text.find(word, mark.end, mark.end + len(word) + 4)
    return (at, at + len(word)) if at >= 0 else None


def _renamed(indicator: str, random: Random) -> str | None:
    body, bracket = re.fullmatch(r"(.*?)((?:[(（][^()（）]*[)）])*)", indicator, re.S).groups()  # type: ignore[union-attr]
    if _KEPT.search(body):
        return None
    for tail, heads in KINDS:
        if m := tail.search(body):
            return random.choice(heads.split()) + m[0] + bracket
    return None


def _alone(paper: Labelled, place: tuple[int, int], found: dict[int, tuple[int, int]]) -> bool:
    """Whether no label in the sentence builds its indicator from parts of these words."""
    start, end = paper.sentence(place[0])
    word = paper.text[slice(*place)]
    for i, mark in enumerate(paper.marks):
        if i not in found and start <= mark.start < end and mark.row["indicator"] != word:
            return False
    inside = [m for m in (*paper.marks, *paper.unscored) if m.start < place[1] and place[0] < m.end]
    return not inside


def _follows(paper: Labelled, mark: Mark, place: tuple[int, int]) -> bool:
    """Whether a value without an indicator of its own takes the one printed at `place`."""
    start, end = paper.sentence(place[0])
    return start <= mark.start < end and mark.row["indicator"] == paper.text[slice(*place)]


def _apart(named: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    chosen: dict[tuple[int, int], str] = {}
    for place in sorted(named, key=lambda p: (p[0], -p[1])):
        if all(place[0] >= b or place[1] <= a for a, b in chosen):
            chosen[place] = named[place]
    return chosen
