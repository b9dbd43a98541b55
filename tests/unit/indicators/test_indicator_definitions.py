"""Is a definition of an indicator read strictly, and does its digest change with its meaning?"""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiheng.base.errors import RuleError
from zhiheng.evidence.registers.expressions import TEXT, expression
from zhiheng.evidence.registers.loading import lists_of, load_register
from zhiheng.indicators.definition import Holding, IndicatorDefinition, MeasureKind, Window
from zhiheng.indicators.loading import definition_ids, load_definition
from zhiheng.rules.messages import sentence
from zhiheng.rules.rulebook import open_rulebook

SOUND = """\
about: {zh: "合格率", en: "pass rate"}
register: sampling.food
population: "programme = 'supervision'"
exclude:
  - {id: unjudged, when: "sample_outcome is null", zh: "未作判定", en: "not judged"}
subject: [programme, level, sample_number]
holds_of: latest
order: sampled_on
measure: {kind: ratio, numerator: "sample_outcome = 'pass'"}
window: period
event: reported_on
apart: [programme, level]
grain: month
decimals: 1
citation: {doc: "文件", clause: "第一条"}
confirmed: false
"""
NATIONAL = Path(__file__).parents[3] / "src/zhiheng/rulebook/national/indicators"
ID = "food_and_drugs.food_sampling_pass"
FILE = "installation/indicators/food_and_drugs/food_sampling_pass.yaml"
ZERO = "safety.food_accidents"


def defined(folder: Path, text: str, indicator: str = ID) -> IndicatorDefinition:
    file = folder / "indicators" / f"{indicator.replace('.', '/')}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return load_definition(open_rulebook(None, folder), indicator)


def test_a_definition_says_what_is_counted(tmp_path: Path) -> None:
    one = defined(tmp_path, SOUND)
    assert (one.indicator.unit, one.register.id, one.layer) == ("%", "sampling.food", "installation")
    assert (one.measure.kind, one.window, one.holds_of, one.order) == (
        MeasureKind.RATIO, Window.PERIOD, Holding.LATEST, "sampled_on",
    )  # fmt: skip
    assert one.distinct
    assert one.event == "reported_on"


@pytest.mark.parametrize("indicator", definition_ids(open_rulebook()))
def test_the_nations_definitions_are_sound(indicator: str) -> None:
    one = load_definition(open_rulebook(), indicator)
    assert one.about_zh.endswith("。")
    assert one.about_en.endswith(".")


FAULTS = [
    ("register: sampling.food", "register: sampling.fod", "indicators.no_such_register", 2),
    ("programme = 'supervision'", "program = 'supervision'", "evidence.expression_unknown_field", 3),
    ("programme = 'supervision'", "programme = 'supervison'", "evidence.expression_unknown_code", 3),
    ("programme = 'supervision'", "level in ('county', 'conty')", "evidence.expression_unknown_code", 3),
    ("programme = 'supervision'", "at_least(programme, 'supervision')", "evidence.expression_not_ranked", 3),
    ("programme = 'supervision'", "at_least(level, 'conty')", "evidence.expression_unknown_code", 3),
    ("programme = 'supervision'", "product like 'a_b'", "evidence.expression_pattern", 3),
    ("programme = 'supervision'", "sampled_on like '2%'", "evidence.expression_wrong_kind", 3),
    ("programme = 'supervision'", "sampled_on", "evidence.expression_not_a_truth", 3),
    ("programme = 'supervision'", "(select 1) = 1", "evidence.expression_not_allowed", 3),
    ("programme = 'supervision'", "read_text('f') = 'x'", "evidence.expression_not_allowed", 3),
    ("sample_outcome is null", "sample_result is null", "evidence.expression_unknown_field", 5),
    (", zh: \"未作判定\"", "", "rules.missing_key", 5),
    ("level, sample_number]", "level, sample]", "evidence.unknown_field", 6),
    ("holds_of: latest\n", "", "rules.missing_key", 1),
    ("holds_of: latest", "holds_of: newest", "rules.unknown_word", 7),
    ("holds_of: latest", "holds_of: all", "indicators.key_does_not_fit", 8),
    ("order: sampled_on\n", "", "rules.missing_key", 7),
    ("order: sampled_on", "order: reported_on", "indicators.field_not_required", 8),
    ("order: sampled_on", "order: product", "indicators.field_of_other_kind", 8),
    ("kind: ratio", "kind: mean", "rules.unknown_key", 9),
    ("kind: ratio, numerator: \"sample_outcome = 'pass'\"", "kind: mean, of: product", "indicators.field_of_other_kind", 9),
    ("kind: ratio, numerator: \"sample_outcome = 'pass'\"", "kind: share_of_days, numerator: \"level = 'county'\"", "indicators.no_subject_in_kind", 6),
    ("window: period", "window: in_force", "indicators.key_does_not_fit", 11),
    ("window: period\nevent: reported_on", "window: in_force", "rules.missing_key", 10),
    ("window: period", "in_force: {from: sampled_on}", "indicators.key_does_not_fit", 10),
    ("event: reported_on", "event: product", "indicators.field_of_other_kind", 11),
    ("apart: [programme, level]", "apart: [sampled_at]", "evidence.unknown_field", 12),
    ("grain: month", "grain: week", "rules.unknown_word", 13),
    ("decimals: 1", "decimals: 13", "evidence.too_many_decimals", 14),
    ("decimals: 1", "decimals: \"1\"", "rules.wrong_kind", 14),
    (", clause: \"第一条\"", "", "rules.missing_key", 15),
    ("confirmed: false", "rounding: up\nconfirmed: false", "rules.unknown_word", 16),
    ("confirmed: false", "weight: 1\nconfirmed: false", "rules.unknown_key", 16),
]  # fmt: skip


@pytest.mark.parametrize(("sound", "unsound", "code", "line"), FAULTS)
def test_an_unsound_definition_of_an_indicator_names_file_and_line(
    tmp_path: Path, sound: str, unsound: str, code: str, line: int
) -> None:
    assert SOUND.count(sound) == 1
    with pytest.raises(RuleError) as fault:
        defined(tmp_path, SOUND.replace(sound, unsound))
    assert (fault.value.code, fault.value.facts["file"], fault.value.facts["line"]) == (code, FILE, line)
    for language in ("zh", "en"):
        assert FILE in sentence(code, fault.value.facts, language)


def test_personal_fields_cannot_be_asked_of(tmp_path: Path) -> None:
    text = (NATIONAL / "complaints/consumer_on_time.yaml").read_text("utf-8")
    with pytest.raises(RuleError) as fault:
        defined(tmp_path, text.replace("kind = 'complaint'", "phone = '1'"), "complaints.consumer_on_time")
    assert (fault.value.code, fault.value.facts["name"]) == ("evidence.expression_unknown_field", "phone")


def test_kinds_that_must_be_declared_complete_are_codes(tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "src/zhiheng/rulebook/national/indicators/safety/food_accidents.yaml").read_text(
        "utf-8"
    )
    with pytest.raises(RuleError) as fault:
        defined(tmp_path, text.replace("kinds: [food]", "kinds: [foods]"), ZERO)
    assert fault.value.code == "rules.unknown_word"


def test_an_indicator_outside_the_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as fault:
        defined(tmp_path, SOUND, "food_and_drugs.nothing")
    assert fault.value.code == "indicators.not_in_catalogue"
    with pytest.raises(RuleError) as fault:
        load_definition(open_rulebook(), "food_and_drugs.nothing")
    assert fault.value.code == "indicators.no_such_definition"


def test_the_digest_is_of_the_meaning_not_of_the_writing(tmp_path: Path) -> None:
    first = defined(tmp_path / "a", SOUND)
    spaced = defined(tmp_path / "b", "# a remark\n" + SOUND.replace("decimals: 1", "decimals:   1"))
    other = defined(tmp_path / "c", SOUND.replace("decimals: 1", "decimals: 2"))
    assert first.digest == spaced.digest != other.digest


def test_the_digest_changes_with_the_rank_of_codes(tmp_path: Path) -> None:
    """省级以上 is other codes when the list of levels is another."""
    text = SOUND.replace("programme = 'supervision'", "at_least(level, 'municipal')")
    first = defined(tmp_path / "a", text)
    codes = tmp_path / "b" / "codes"
    codes.mkdir(parents=True)
    (codes / "authority_level.yaml").write_text(
        'name: 级别\nranked: highest_first\ncodes:\n  - {code: "provincial", name: "省"}\n  - {code: "municipal", name: "市"}\n',
        "utf-8",
    )
    assert first.digest != defined(tmp_path / "b", text).digest
    assert first.population is not None
    assert "'national', 'provincial', 'municipal'" in first.population.sql
    assert "'county'" not in first.population.sql


def test_at_least_asks_for_a_code_and_those_above(tmp_path: Path) -> None:
    register = load_register(open_rulebook(), "incident")
    found = expression("at_least(grade, 'larger')", {"grade": TEXT}, "f", 1, lists_of(register.fields))
    assert found.sql == "\"grade\" IN ('extraordinary', 'major', 'larger')"
