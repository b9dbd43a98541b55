"""Which figures does the model county report for 2024–2026? All invented, and every row says so.

Chosen so that on 1 February 2027 every verdict occurs; `why` names what the row is there to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter

HEADER = ("指标", "地区", "时期", "数值", "分子", "分母", "单位", "口径", "来源", "零报告方式", "类别", "备注")
PLACE = "青岭县"
DAY = datetime(2027, 1, 25, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Row:
    """One row of the workbook; empty fields stay empty cells."""

    indicator: str
    period: str
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    unit: str = ""
    basis: str = ""
    source: str = ""
    proof: str = ""
    kind: str = "填报值"
    note: str = ""

    def cells(self) -> tuple[str, ...]:
        """In the order of the header; the note says that the figure is invented."""
        note = "示例数据" + (f"；{self.note}" if self.note else "")
        counts = (self.value, self.numerator, self.denominator)
        return (self.indicator, PLACE, self.period, *counts, self.unit, self.basis, self.source, self.proof, self.kind, note)


def _years(
    indicator: str, unit: str, basis: str, source: str, *values: str, note: str = "", proof: str = ""
) -> tuple[Row, ...]:
    """One value a year from 2024 on; `proof` says how its zeros are known."""
    return tuple(
        Row(indicator, str(2024 + i), v, unit=unit, basis=basis, source=source, note=note, proof=proof if v == "0" else "")
        for i, v in enumerate(values)
    )


def _ratios(indicator: str, source: str, *counts: tuple[int, int], note: str = "") -> tuple[Row, ...]:
    """Numerator and denominator, one pair a year from 2024 on."""
    return tuple(
        Row(indicator, str(2024 + i), numerator=str(n), denominator=str(d), unit="%", basis="水平", source=source, note=note)
        for i, (n, d) in enumerate(counts)
    )


MARKET, BUILDING, NATURE = "县市场监管局", "县住房和城乡建设局", "市生态环境局青岭分局"
INDUSTRY, FARMING, SAFETY = "县工业和信息化局（国资办）", "县农业农村局", "县应急管理局"

ROWS: tuple[Row, ...] = (
    *_ratios("制造业产品质量合格率", MARKET, (1082, 1150), (1116, 1180), (1140, 1200), note="合格批次/抽查批次"),
    *_years("农产品质量安全例行监测合格率", "%", "水平", FARMING, "99.0", "98.8", "98.7"),
    *_years("食品抽检合格率", "%", "水平", MARKET, "99.2", "99.1", "99.3"),
    *_years("药品抽检合格率", "%", "水平", MARKET, "99.4", "98.7", "99.6", note="2025年低于保持线"),
    Row("质量竞争型产业增加值占规上工业增加值比重", "2023", "30.2", unit="%", basis="水平", source="县统计局", note="基期值"),
    *_years("质量竞争型产业增加值占规上工业增加值比重", "%", "水平", "县统计局", "31.5", "32.8", "33.9"),
    *_years("质量管理数字化示范企业", "家", "数量", INDUSTRY, "17", "24", "31"),
    *_years("县级以上政府质量奖获奖单位（累计）", "家", "累计", MARKET, "16", "19", "21"),
    *_years("省级质量标杆企业", "家", "数量", INDUSTRY, "1", "1", "2"),
    *_ratios("房屋市政工程竣工验收合格率", BUILDING, (312, 312), (2498, 2498), (2599, 2600), note="一个单体整改后复验"),
    *_years("省级优质工程奖（新增）", "项", "新增", BUILDING, "0", "1", "0", proof="已申报"),
    *_years("市级优质工程奖（新增）", "项", "新增", BUILDING, "2", "2", "2"),
    *_years("装配式建筑占新建建筑面积比例", "%", "水平", BUILDING, "22.5", "24.8", "27.1"),
    *_ratios("消费投诉按时办结率", MARKET, (4180, 4390), (4502, 4680), (4821, 4950), note="按时办结件/应办结件"),
    *_ratios("空气质量优良天数比例", NATURE, (318, 366), (318, 365), (321, 365), note="优良天数/有效监测天数"),
    *_years("细颗粒物（PM2.5）年平均浓度", "微克/立方米", "水平", NATURE, "32.1", "31.7", "31.4"),
    *_ratios("地表水达到或好于Ⅲ类断面比例（县控以上）", NATURE, (11, 12), (11, 12), (12, 12), note="达标断面/县控以上断面"),
    *_years("集中式饮用水水源水质达标率", "%", "水平", NATURE, "100", "100", "100"),
    *_years("重点行业挥发性有机物排放量", "%", "下降", NATURE, "2.6", "5.3", "8.1", note="较2023年累计"),
    Row("单位生产总值能耗降低", "2023", "0", unit="%", basis="下降", source="县发展和改革局", note="较2023年累计，基期为零"),
    *_years("绿色工厂创建数", "家", "新增", INDUSTRY, "3", "3", "4", note="当年创建数"),
    *_years("单位生产总值能耗降低", "%", "下降", "县发展和改革局", "2.4", "4.9", "7.4", note="较2023年累计"),
    Row(
        "单位生产总值能耗降低",
        "2028",
        "≥12.5",
        unit="%",
        basis="下降",
        source="县发展和改革局",
        kind="上级下达目标值",
        note="市下达的五年任务",
    ),
    *_years("较大以上质量安全事故", "起", "数量", SAFETY, "0", "0", "0", proof="已申报"),
    *_years("重大食品安全", "起", "数量", MARKET, "0", "0", "0", proof="有台账证明"),
    *_years("万台特种设备死亡人数", "人", "水平", MARKET, "0.11", "0.10", "0.09"),
    *_years("质量技术帮扶", "家次", "水平", MARKET, "132", "125", "128"),
    *_years("质量技术改造投资", "亿元", "新增", INDUSTRY, "3.2", "4.1", "4.4", note="当年完成额"),
    *_years("制定县级地方标准", "项", "", MARKET, "4", "5", "3", note="当年新发布"),
    *_years("市级行业计量服务站", "个", "新增", MARKET, "1", "0", proof="已申报"),
    *_years("检验检测中心", "个", "累计", MARKET, "2", "3", note="含规划期前建成的2个"),
    Row("在用电梯定期检验", "2023", numerator="1262", denominator="1265", unit="%", basis="水平", source=MARKET, note="基期值"),
    *_ratios("在用电梯定期检验", MARKET, (1320, 1320), (1388, 1388), (1451, 1452), note="检验合格台数/应检台数"),
)

# 企业质量人员培训规模 and 公共服务质量满意度 are not reported: no evidence.

TITLE = "青岭县质量强县建设规划指标数据填报表（示例数据）"
ASKED = "本表全部数据均为虚构示例。比率类指标填分子、分母即可，数值由系统计算。"


def workbook(rows: tuple[Row, ...] = ROWS) -> bytes:
    """figures.xlsx; the same rows give the same bytes."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": TITLE, "author": "虚构示例", "created": DAY})
        bold = book.add_format({"bold": True, "bottom": 1, "font_name": "宋体"})
        plain = book.add_format({"font_name": "宋体"})
        shown = [book.add_format({"font_name": "宋体", "num_format": form}) for form in ("0", "0.0", "0.00")]
        sheet = book.add_worksheet("填报")
        sheet.write(0, 0, TITLE, book.add_format({"bold": True, "font_size": 14, "font_name": "宋体"}))
        sheet.write(1, 0, ASKED, plain)
        sheet.write_row(2, 0, HEADER, bold)
        for number, row in enumerate(rows, 3):
            for column, text in enumerate(row.cells()):
                if text and HEADER[column] in ("数值", "分子", "分母") and not text.startswith("≥"):
                    sheet.write_number(number, column, float(text), shown[len(text.partition(".")[2])])
                elif text:
                    sheet.write_string(number, column, text, plain)
        for column, width in enumerate((34, 9, 8, 9, 9, 9, 12, 8, 26, 12, 16, 36)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(3, 1)
    return out.getvalue()
