"""What is sampled in the invented county, and for which items? Limits are plausible, not quoted."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """What is tested: passing values lie between `low` and `high`, or are one of `words`; `bad` is a failing one."""

    name: str
    limit: str
    bad: str
    low: float = 0
    high: float = 0
    places: int = 0
    words: tuple[str, ...] = ()

    def passing(self, dice: random.Random) -> str:
        """A value that meets the limit."""
        return dice.choice(self.words) if self.words else f"{dice.uniform(self.low, self.high):.{self.places}f}"


@dataclass(frozen=True)
class Good:
    """A product; `group` is its industry, food category, farm category or kind of drug, `makers` the trades that make it."""

    name: str
    group: str
    specification: str
    makers: tuple[str, ...]
    items: tuple[Item, Item]


_FORMALDEHYDE = Item("甲醛释放量", "≤0.124mg/m³", "0.187", 0.02, 0.11, 3)
_NONE_FOUND = ("未检出",)

INDUSTRIAL = (
    Good("竹地板", "20", "960mm×96mm×15mm", ("竹业",), (_FORMALDEHYDE, Item("含水率", "6.0%～15.0%", "17.4", 7, 13.5, 1))),
    Good(
        "细木工板", "20", "2440mm×1220mm×17mm", ("木业",), (_FORMALDEHYDE, Item("横向静曲强度", "≥15.0MPa", "11.8", 16, 27, 1))
    ),
    Good(
        "竹木书桌",
        "21",
        "1200mm×600mm",
        ("家具",),
        (_FORMALDEHYDE, Item("漆膜附着力", "不低于3级", "5级", words=("1级", "2级"))),
    ),
    Good(
        "蒸压加气混凝土砌块",
        "30",
        "600mm×240mm×200mm",
        ("建材", "砌块"),
        (Item("抗压强度", "≥3.5MPa", "2.9", 3.6, 5.2, 1), Item("干密度", "≤625kg/m³", "668", 560, 620)),
    ),
    Good(
        "给水用聚乙烯管材",
        "29",
        "dn110 SDR17",
        ("管业",),
        (Item("静液压强度", "无破裂、无渗漏", "破裂", words=("无破裂、无渗漏",)), Item("断裂伸长率", "≥350%", "286", 420, 680)),
    ),
    Good(
        "聚氯乙烯绝缘电线",
        "38",
        "1.5mm²",
        ("电缆",),
        (Item("导体电阻", "≤12.1Ω/km", "13.6", 11.4, 12.05, 2), Item("绝缘最薄处厚度", "≥0.53mm", "0.44", 0.55, 0.72, 2)),
    ),
    Good(
        "低压阀门",
        "34",
        "DN50 PN16",
        ("阀门",),
        (
            Item("壳体试验", "无可见渗漏", "渗漏", words=("无可见渗漏",)),
            Item("密封试验", "无可见泄漏", "泄漏", words=("无可见泄漏",)),
        ),
    ),
    Good(
        "笋竹切削机",
        "35",
        "QX-300",
        ("装备",),
        (Item("绝缘电阻", "≥1MΩ", "0.4", 5, 200), Item("防护装置", "应齐全有效", "缺防护罩", words=("齐全有效",))),
    ),
    Good(
        "钢管脚手架扣件",
        "33",
        "GKZ48",
        ("金属制品",),
        (Item("抗滑性能", "位移≤7.00mm", "9.35", 2.1, 6.6, 2), Item("扭转刚度", "位移≤70.0mm", "83.0", 35, 66, 1)),
    ),
)

FOOD = (
    Good(
        "笋干",
        "蔬菜制品",
        "250克/袋",
        ("笋业",),
        (Item("二氧化硫残留量", "≤0.2g/kg", "0.36", 0.01, 0.16, 3), Item("铅（以Pb计）", "≤0.8mg/kg", "1.1", 0.03, 0.5, 2)),
    ),
    Good(
        "绿茶",
        "茶叶及相关制品",
        "100克/盒",
        ("茶业",),
        (Item("铅（以Pb计）", "≤5.0mg/kg", "6.2", 0.2, 2.5, 2), Item("草甘膦", "≤1.0mg/kg", "1.4", words=_NONE_FOUND)),
    ),
    Good(
        "米糕",
        "糕点",
        "散装",
        ("食品",),
        (Item("菌落总数", "≤10000CFU/g", "38000", 100, 6000), Item("脱氢乙酸及其钠盐", "≤0.3g/kg", "0.52", words=_NONE_FOUND)),
    ),
    Good(
        "豆腐干",
        "豆制品",
        "180克/袋",
        ("食品",),
        (
            Item("苯甲酸及其钠盐", "不得使用", "0.14g/kg", words=_NONE_FOUND),
            Item("大肠菌群", "≤100MPN/g", "240", words=("<3", "9")),
        ),
    ),
    Good(
        "自制凉拌菜",
        "餐饮食品",
        "散装",
        ("酒楼",),
        (
            Item("金黄色葡萄球菌", "≤1000CFU/g", "2600", words=("<10",)),
            Item("沙门氏菌", "不得检出/25g", "检出", words=_NONE_FOUND),
        ),
    ),
    Good(
        "菜籽油",
        "食用油、油脂及其制品",
        "5升/桶",
        ("食品",),
        (Item("苯并[a]芘", "≤10μg/kg", "14.2", 0.5, 6.5, 1), Item("酸价（以KOH计）", "≤3mg/g", "3.6", 0.3, 2.4, 1)),
    ),
)

FARM = (
    Good(
        "青菜",
        "蔬菜",
        "",
        ("家庭农场", "蔬菜合作社"),
        (Item("毒死蜱", "≤0.02mg/kg", "0.11", words=_NONE_FOUND), Item("克百威", "≤0.02mg/kg", "0.06", words=_NONE_FOUND)),
    ),
    Good(
        "杨梅",
        "水果",
        "",
        ("家庭农场",),
        (Item("多菌灵", "≤3mg/kg", "4.4", 0.02, 1.6, 2), Item("氧乐果", "≤0.02mg/kg", "0.05", words=_NONE_FOUND)),
    ),
    Good(
        "鲜茶叶",
        "茶叶",
        "",
        ("茶叶合作社",),
        (Item("联苯菊酯", "≤5mg/kg", "6.1", 0.02, 2.1, 2), Item("三氯杀螨醇", "≤0.01mg/kg", "0.04", words=_NONE_FOUND)),
    ),
    Good(
        "香菇",
        "食用菌",
        "",
        ("菌菇合作社",),
        (Item("镉（以Cd计）", "≤0.5mg/kg", "0.71", 0.02, 0.36, 2), Item("二氧化硫", "≤0.05g/kg", "0.09", words=_NONE_FOUND)),
    ),
    Good(
        "猪肉",
        "畜禽产品",
        "",
        ("养殖合作社",),
        (
            Item("磺胺类（总量）", "≤100μg/kg", "168", words=_NONE_FOUND),
            Item("沙丁胺醇", "不得检出", "1.2μg/kg", words=_NONE_FOUND),
        ),
    ),
    Good(
        "草鱼",
        "水产品",
        "",
        ("养殖合作社",),
        (Item("恩诺沙星", "≤100μg/kg", "142", 2, 71, 1), Item("孔雀石绿", "不得检出", "0.9μg/kg", words=_NONE_FOUND)),
    ),
)

DRUG = (
    Good(
        "黄精饮片（示例）",
        "药品",
        "500克/袋",
        (),
        (Item("性状", "应符合规定", "不符合规定", words=("符合规定",)), Item("水分", "≤18.0%", "20.3", 9, 16.5, 1)),
    ),
    Good(
        "维生素C片（示例）",
        "药品",
        "0.1g×100片",
        (),
        (
            Item("溶出度", "应符合规定", "不符合规定", words=("符合规定",)),
            Item("含量测定", "93.0%～107.0%", "90.6", 95, 104, 1),
        ),
    ),
    Good(
        "板蓝根颗粒（示例）",
        "药品",
        "10g×20袋",
        (),
        (Item("粒度", "≤15%", "19", 2, 11), Item("微生物限度", "应符合规定", "不符合规定", words=("符合规定",))),
    ),
)

DEVICES = (
    Good(
        "医用外科口罩（示例）",
        "医疗器械",
        "17.5cm×9.5cm",
        (),
        (Item("细菌过滤效率", "≥95%", "91.7", 96, 99.8, 1), Item("口罩带断裂强力", "≥10N", "7.4", 11, 18, 1)),
    ),
    Good(
        "润肤霜（示例）",
        "化妆品",
        "50g/瓶",
        (),
        (Item("菌落总数", "≤1000CFU/g", "5200", words=("<10",)), Item("汞", "≤1mg/kg", "2.6", words=_NONE_FOUND)),
    ),
)
