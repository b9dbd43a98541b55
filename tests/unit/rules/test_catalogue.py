from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiheng.base.errors import RuleError
from zhiheng.rules.catalogue import Catalogue, Direction, MatchReason, catalogue_of, load_catalogue
from zhiheng.rules.rulebook import Layer, Rulebook, open_rulebook
from zhiheng.rules.wording import normal


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def found(catalogue: Catalogue, phrase: str, *, use_aliases: bool = True) -> str | None:
    match = catalogue.align(phrase, use_aliases=use_aliases)
    return match.name if match else None


@pytest.mark.parametrize(
    ("phrase", "name", "reason"),
    [
        ("制造业产品质量合格率", "制造业产品质量合格率", MatchReason.NAME),
        ("制造业产品质量合格率（%）", "制造业产品质量合格率", MatchReason.NAME),
        ("地区生产总值（亿元）", "地区生产总值", MatchReason.NAME),
        ("每万人发明专利拥有量(件)", "每万人发明专利拥有量", MatchReason.NAME),
        ("主导制定“浙江制造”标准(累计)", "主导制定“浙江制造”标准", MatchReason.NAME),
        ("获“品字标”认证(授权)企业(累计)", "“品字标”认证（授权）企业", MatchReason.ALIAS),
        ("细颗粒物（PM₂.₅）浓度", "细颗粒物（PM2.5）浓度", MatchReason.NAME),
        ("PM2.5年均浓度", "细颗粒物（PM2.5）浓度", MatchReason.ALIAS),
        ("市控以上断面Ⅰ—Ⅲ类水质比例", "市控以上断面I-III类水质比例", MatchReason.NAME),
        ("全市空气质量优良天数比率", "环境空气质量优良天数比例", MatchReason.SIMILAR),
        ("地表水劣V类断面比例", "地表水劣Ⅴ类水体比例", MatchReason.ALIAS),
        ("培育国家级专精特新“小巨人”企业数量（家）", "国家级专精特新“小巨人”企业", MatchReason.SIMILAR),
        ("万元地区生产总值能耗", "单位GDP能耗", MatchReason.SIMILAR),
        ("单位地区生产总值能源消耗降低率（%）", "单位GDP能耗下降率", MatchReason.SIMILAR),
        ("氮氧化物排放量较2025年下降", "氮氧化物排放总量下降", MatchReason.ALIAS),
        ("规模以上工业企业", "规上工业企业", MatchReason.ALIAS),
        ("有效注册商标〔件，累计〕", "有效注册商标", MatchReason.NAME),
        ("高新技术企业（累计、家", "高新技术企业", MatchReason.NAME),
        ("地表水国控断面达到或好于Ⅲ类水质的比例", "国控断面水质优良比例", MatchReason.SIMILAR),
    ],
)
def test_wordings_of_one_indicator(catalogue: Catalogue, phrase: str, name: str, reason: MatchReason) -> None:
    match = catalogue.align(phrase)
    assert match is not None
    assert (match.name, match.reason) == (name, reason)
    assert match.score == 100.0 if reason is not MatchReason.SIMILAR else 80.0 <= match.score < 100.0


@pytest.mark.parametrize(
    ("phrase", "other"),
    [
        ("农产品质量安全省级监测合格率", "农产品质量安全例行监测合格率"),
        ("工程一次验收合格率", "一般工程一次验收合格率"),
        ("重点工程一次验收合格率", "一般工程一次验收合格率"),
        ("装配式建筑占新建民用建筑比例", "装配式建筑占新建建筑比例"),
        ("建设工程投诉按时办结率", "建设工程投诉办结率"),
        ("市级产品质量监督抽查合格率", "省级产品质量监督抽查合格率"),
        ("省级绿色发展指数", "绿色发展指数"),
        ("服务业满意率指数", "服务业满意度"),
        ("县级旅游度假区", "国家级旅游度假区"),
        ("PM10浓度下降", "细颗粒物（PM2.5）浓度下降"),
        ("农村调查失业率", "城镇调查失业率"),
        ("小麦产量", "粮食产量"),
        ("合格率", "食品安全抽检合格率"),
        ("三星级以上绿色建筑占新建民用建筑比例", "二星级以上绿色建筑占新建民用建筑比例"),
        ("每千人口注册医师数", "每千人口注册护士数"),
    ],
)
def test_look_alikes_stay_apart(catalogue: Catalogue, phrase: str, other: str) -> None:
    assert catalogue.by_name(other) is not None
    assert found(catalogue, phrase) != other


def test_every_name_and_alias_finds_its_own_entry(catalogue: Catalogue) -> None:
    for entry in catalogue.entries.values():
        for word in (entry.name, *entry.aliases):
            match = catalogue.align(word)
            assert match is not None
            assert match.indicator == entry.id, word
        assert found(catalogue, entry.name, use_aliases=False) == entry.name


def test_no_wording_is_taken_for_another_entry(catalogue: Catalogue) -> None:
    """Leave one out: where an entry is missing, its wordings must stay unmatched rather than go to a look-alike."""
    wrong = []
    for entry in catalogue.entries.values():
        others = catalogue_without(catalogue, entry.id)
        wrong += [(word, found(others, word)) for word in (entry.name, *entry.aliases) if others.align(word)]
    assert wrong == []


def catalogue_without(catalogue: Catalogue, indicator: str) -> Catalogue:
    """The look-alikes and the group of an entry, without it: enough rivals, quickly built."""
    entry = catalogue.entries[indicator]
    rivals = [e for e in catalogue.entries.values() if e.id in entry.apart or e.group == entry.group]
    kept = {e.id for e in rivals} - {indicator}
    trimmed = [e for e in rivals if e.id in kept]
    return catalogue_of([replace(e, apart=e.apart & kept) for e in trimmed], catalogue.wording)


def test_no_two_entries_share_a_wording_up_to_synonyms(catalogue: Catalogue) -> None:
    seen: dict[str, str] = {}
    for entry in catalogue.entries.values():
        for word in (entry.name, *entry.aliases):
            key = catalogue.wording.canonical(normal(word))
            assert seen.setdefault(key, entry.id) == entry.id, word


def test_without_aliases_only_official_names_count(catalogue: Catalogue) -> None:
    assert found(catalogue, "高企") == "高新技术企业"
    assert found(catalogue, "高企", use_aliases=False) is None


def test_a_slip_of_the_pen_is_forgiven_where_it_decides_nothing(catalogue: Catalogue) -> None:
    match = catalogue.align("社会消费品另售总额")
    assert match is not None
    assert (match.name, match.reason) == ("社会消费品零售总额", MatchReason.SIMILAR)
    assert match.score < 90


def test_look_alikes_know_each_other(catalogue: Catalogue) -> None:
    for entry in catalogue.entries.values():
        assert entry.id not in entry.apart
        assert all(entry.id in catalogue.entries[other].apart for other in entry.apart)


@pytest.mark.parametrize(
    ("name", "direction", "unit"),
    [
        ("细颗粒物（PM2.5）浓度", Direction.LOWER, "微克/立方米"),
        ("环境空气质量优良天数比例", Direction.HIGHER, "%"),
        ("单位GDP能耗", Direction.LOWER, "吨标准煤/万元"),
        ("单位GDP能耗下降率", Direction.HIGHER, "%"),
        ("服务业满意度指数", Direction.HIGHER, None),
        ("人口自然增长率", Direction.NONE, "‰"),
    ],
)
def test_direction_and_unit(catalogue: Catalogue, name: str, direction: Direction, unit: str | None) -> None:
    entry = catalogue.by_name(name)
    assert entry is not None
    assert (entry.direction, entry.unit) == (direction, unit)


@given(st.text(max_size=40))
@settings(deadline=None)
def test_any_text_is_answered(phrase: str) -> None:
    match = load_catalogue().align(phrase)
    assert match is None or match.indicator in load_catalogue().entries


def test_a_plan_of_150_phrases_takes_no_time(catalogue: Catalogue) -> None:
    phrases = [word for entry in list(catalogue.entries.values())[:75] for word in (entry.name, "某" + entry.name)]
    for phrase in phrases:
        catalogue.align(phrase)
    start = time.perf_counter()
    for phrase in phrases:
        catalogue.align(phrase)
    assert time.perf_counter() - start < 0.010


ENTRY = """group: 自有指标
english: Own
indicators:
  own: {name: 某自有合格率, english: Own pass rate, unit: 元, direction: higher, confirmed: true%s}
"""


def layered(tmp_path: Path, file: str, text: str) -> Catalogue:
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / file).write_text(text, encoding="utf-8")
    return load_catalogue(Rulebook((*open_rulebook().layers, Layer("installation", tmp_path))))


def test_an_installation_adds_and_replaces_entries(tmp_path: Path) -> None:
    text = ENTRY % "" + "  pm25: {name: 细颗粒物浓度, english: PM2.5, unit: 微克/立方米, direction: lower, confirmed: true}\n"
    catalogue = layered(tmp_path, "air.yaml", text)
    assert found(catalogue, "某自有合格率") == "某自有合格率"
    assert found(catalogue, "细颗粒物浓度") == "细颗粒物浓度"
    assert catalogue.by_name("细颗粒物（PM2.5）浓度") is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (", aliases: [高新技术企业]", "rules.wording_twice"),
        (", apart: [air.nothing]", "rules.apart_unknown"),
        (", flags: {colour: red}", "rules.unknown_key"),
        (", aliases: 高企", "rules.wrong_kind"),
        (", colour: red", "rules.unknown_key"),
    ],
)
def test_a_doubtful_entry_is_refused(tmp_path: Path, more: str, code: str) -> None:
    with pytest.raises(RuleError) as caught:
        layered(tmp_path, "own.yaml", ENTRY % more)
    assert caught.value.code == code


def test_an_unknown_direction_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"rules.unknown_word"):
        layered(tmp_path, "own.yaml", (ENTRY % "").replace("direction: higher", "direction: up"))
