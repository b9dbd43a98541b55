"""Which enterprises, laboratories and authorities does the invented county have?

Their names end in （示例） and their credit codes lie in region 990124, which no real place has; the check digits are right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from county_records.figures import PLACE, chance, day
from county_records.files import RecordFile, sheet

MARKET, BUILDING, NATURE = "青岭县市场监督管理局", "青岭县住房和城乡建设局", "临河市生态环境局青岭分局"
INDUSTRY, FARMING, SAFETY = "青岭县工业和信息化局", "青岭县农业农村局", "青岭县应急管理局"
SERVICES = "青岭县政务服务和数据局"
LABORATORY = "青岭县综合检验检测中心（示例）"

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BRANDS = (
    *(
        "云岫",
        "竹影",
        "望川",
        "青禾",
        "松涧",
        "石泉",
        "枫林",
        "听泉",
        "晓峰",
        "溪山",
        "拾翠",
        "半岭",
        "白鹭",
        "横塘",
        "锦屏",
        "鸣谷",
    ),
    *("栖霞", "雁坪", "梅坞", "金钟"),
)
# Trade in the name, division of GB/T 4754.
TRADES = (
    *(("竹业", "20"), ("木业", "20"), ("家具", "21"), ("建材", "30"), ("砌块", "30"), ("管业", "29"), ("电缆", "38")),
    *(("阀门", "34"), ("装备", "35"), ("金属制品", "33"), ("食品", "14"), ("笋业", "13"), ("茶业", "15")),
)
SHOPS = ("超市", "便民店", "酒楼", "农贸经营部")
FARMS = ("家庭农场", "蔬菜合作社", "养殖合作社", "菌菇合作社", "茶叶合作社")
PHARMACIES = ("大药房", "诊所", "连锁药店")
BUILDERS = ("建设", "市政工程", "建筑安装")


@dataclass(frozen=True)
class Unit:
    """An invented unit; `kind` is the trade in its name."""

    name: str
    code: str
    kind: str
    industry: str
    founded: date


def _credit_code(number: int) -> str:
    body = f"91990124MA{number:06}"
    organisation = body[8:]
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = (11 - sum((ord(c) - 55 if c > "9" else int(c)) * w for c, w in zip(organisation, weights, strict=True)) % 11) % 11
    seventeen = body + ("X" if rest == 10 else str(rest))
    total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(seventeen))
    return seventeen + _ALPHABET[(31 - total % 31) % 31]


def _units() -> Iterator[Unit]:
    dice = chance("units")
    number = 0
    kinds = (
        *((trade, industry, "有限公司") for trade, industry in TRADES),
        *((shop, "52", "") for shop in SHOPS[:2]),
        (SHOPS[2], "62", ""),
        (SHOPS[3], "52", ""),
        *((farm, "01", "") for farm in FARMS),
        *((pharmacy, "52", "") for pharmacy in PHARMACIES),
        *((builder, "47", "有限公司") for builder in BUILDERS),
    )
    for kind, industry, form in kinds:
        for brand in _BRANDS[: 20 if form else 12]:
            number += 1
            founded = day(dice, date(2001, 1, 8), date(2017, 12, 20))
            yield Unit(f"青岭{brand}{kind}{form}（示例）", _credit_code(number), kind, industry, founded)


UNITS: tuple[Unit, ...] = tuple(_units())
MAKERS: tuple[Unit, ...] = tuple(u for u in UNITS if u.kind in dict(TRADES))


def of_kinds(*kinds: str) -> tuple[Unit, ...]:
    """The units of these trades."""
    return tuple(u for u in UNITS if u.kind in kinds)


HEADER = (
    *("统一社会信用代码", "企业名称", "行业代码", "所在地区", "成立日期", "规模以上", "高新技术企业", "法定代表人", "联系电话"),
)


def files() -> list[RecordFile]:
    """The list of enterprises."""
    dice = chance("enterprise")
    surnames = "赵钱孙李周吴郑王冯陈"
    rows = []
    for number, unit in enumerate(UNITS, 1):
        maker = unit in MAKERS
        truths = (maker and dice.random() < 0.35, maker and dice.random() < 0.12)
        person = (f"{dice.choice(surnames)}某（示例）", f"示例{number:06}")
        rows.append((unit.code, unit.name, unit.industry, PLACE, unit.founded, *truths, *person))
    return [sheet("enterprise", "企业名录", MARKET, HEADER, rows)]
