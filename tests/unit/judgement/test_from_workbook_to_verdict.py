"""The template handed out, filled in, read, valued and judged."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
from tests.builders import a_commitment, a_plan, a_progress_rule, a_target

from zhiheng.base.quantity import Basis
from zhiheng.evidence.intake import figures_in, figures_template
from zhiheng.indicators.asked import asked_figures
from zhiheng.indicators.reported import reported_values
from zhiheng.judgement.judging import judge
from zhiheng.plans.model import Modality

PLAN = a_plan(
    a_target("100", indicator="投诉按时办结率", id="complaints", base="98"),
    a_target("37", indicator="政府质量奖获奖组织(累计)", id="awards", unit="家", basis=Basis.CUMULATIVE, base="22"),
    a_target("24", indicator="市级以上优质工程奖(新增)", id="works", unit="项", basis=Basis.NEW, base="23"),
    a_target("93", indicator="产品合格率", id="quality", modality=Modality.MAINTAIN),
    a_target("28", "<=", indicator="细颗粒物浓度", id="air", unit="µg/m3", base="27"),
    a_target("0", "zero_events", indicator="重大质量事故", id="accidents", unit="起", basis=Basis.COUNT),
    a_target("12", "decrease_by", indicator="单位产值能耗", id="energy", basis=Basis.REDUCTION),
    commitments=(a_commitment(),),
)
FILLED = {
    "投诉按时办结率": {2023: {"分子": 9996, "分母": 10000}},
    "政府质量奖获奖组织(累计)": {2023: {"数值": 31}},
    "市级以上优质工程奖(新增)": {2021: {"数值": 5}, 2022: {"数值": 4}, 2023: {"数值": 3}},
    "产品合格率": {2021: {"数值": 93.5}, 2022: {"数值": 92.9}, 2023: {"数值": 94}},
    "细颗粒物浓度": {2023: {"数值": 28}},
    "重大质量事故": {year: {"数值": 0, "零报告方式": "已申报"} for year in (2021, 2022, 2023)},
    "单位产值能耗": {2023: {"数值": 7.2}},
}


def filled_in() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(figures_template(asked_figures(PLAN), PLAN.name, PLAN.meta.region_name)))
    sheet = book["填报"]
    header = [c.value for c in sheet[3]]
    for row in sheet.iter_rows(min_row=4):
        cells = dict(zip(header, row, strict=True))
        for name, content in FILLED.get(cells["指标"].value, {}).get(int(cells["时期"].value[:4]), {}).items():
            cells[name].value = content
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_every_target_and_promise_gets_its_verdict():
    intake = figures_in(filled_in(), "figures.xlsx", asked_figures(PLAN), PLAN.meta.region_name)
    assert intake.problems == ()
    found = judge(PLAN, reported_values(intake.figures), date(2024, 3, 1), a_progress_rule())
    assert {j.target_id: (j.verdict.value, j.reason.split(".")[1]) for j in found} == {
        "complaints": ("on_track", "ahead"),
        "awards": ("on_track", "ahead"),
        "works": ("behind", "lag"),
        "quality": ("missed", "not_kept"),
        "air": ("met", "holds_now"),
        "accidents": ("met", "zero_so_far"),
        "energy": ("on_track", "ahead"),
        "c1": ("pending_assignment", "pending_assignment"),
    }
    assert all(j.value is None or j.value.origin.file == "figures.xlsx" for j in found)
