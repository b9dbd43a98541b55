"""Does the model county's plan say the same in the formats that LibreOffice has to open?"""

from __future__ import annotations

from pathlib import Path

import pytest

from agreement import differences
from zhiheng.flow.plan_source import open_plan

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "examples" / "model_county" / "plan.docx"


@pytest.mark.office
@pytest.mark.parametrize("extension", ["doc", "odt"])
def test_the_plan_is_that_of_the_word_paper(extension: str) -> None:
    paper = ROOT / "tests" / "fixtures" / "papers" / f"county_libreoffice.{extension}"
    assert differences(open_plan(COUNTY), open_plan(paper)) == []
