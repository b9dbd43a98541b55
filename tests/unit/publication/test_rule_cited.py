"""Papers say by which rule a progress word was given, on which clause it rests, and whether anyone confirmed it."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from lxml import etree
from tests.builders import a_plan, a_progress_rule, a_target, a_value

from zhiheng.judgement.judging import judge
from zhiheng.publication.findings import findings_of
from zhiheng.publication.page import finding_record
from zhiheng.publication.writers.docx import report_paper

AS_OF = date(2024, 3, 1)
SAID = "按“时序进度”规则（尚未核定、久未复核），依据：监测办法，第三条"


def test_the_rule_is_cited_once_in_the_report_and_beside_each_word_on_the_page() -> None:
    plan = a_plan(a_target("95", base="90"), a_target("96", base="90", id="t2", indicator="食品抽检合格率"))
    values = [a_value("93", 2023), a_value("94", 2023, indicator="食品抽检合格率")]
    rule = a_progress_rule(confirmed=False, unverified=True)
    findings = findings_of(plan, judge(plan, values, AS_OF, rule), as_of=AS_OF)
    assert [dict(map(tuple, finding_record(f)["facts"]))["进度评语"] for f in findings.own] == [SAID, SAID]
    with zipfile.ZipFile(io.BytesIO(report_paper(findings))) as packed:
        text = "".join(etree.fromstring(packed.read("word/document.xml")).itertext())
    assert text.count(SAID) == 1
