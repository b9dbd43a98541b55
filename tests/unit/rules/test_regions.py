from __future__ import annotations

import pytest

from zhiheng.rules.regions import Region, RegionLevel, region, region_by_code, region_in, wider_regions


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("嘉兴市", "330400"),
        ("嘉定区", "310114"),
        ("上海市嘉定区", "310114"),
        ("海盐县", "330424"),
        ("晋城市", "140500"),
        ("浙江省嘉兴市海盐县", "330424"),
        ("浙江省海盐县", "330424"),
        ("浙江", "330000"),
        ("嘉兴", "330400"),
        ("晋城市城区", "140502"),
        ("内蒙古自治区", "150000"),
        ("内蒙古", "150000"),
        ("恩施", "422800"),
        ("仙桃市", "429004"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("北京市朝阳区", "110105"),
        ("长春市朝阳区", "220104"),
        ("虚构市", None),
        ("朝阳区", None),
        ("城区", None),
        ("", None),
        ("市", None),
        ("海盐县嘉兴市", None),
    ],
)
def test_the_place_a_name_means(name: str, code: str | None) -> None:
    found = region(name)
    assert (found.code if found else None) == code


def test_a_wider_place_settles_a_shared_name() -> None:
    beijing = region("北京市")
    assert beijing is not None
    assert region("朝阳区", beijing) == Region("110105", "朝阳区", RegionLevel.COUNTY)
    assert region("海盐县", beijing) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("海盐县质量发展“十四五”规划", "330424"),
        ("上海市嘉定区人民政府办公室", "310114"),
        ("北京市朝阳区人民政府关于印发方案的通知", "110105"),
        ("晋城市人民政府办公室", "140500"),
        ("浙江省人民政府关于嘉兴市的批复", "330400"),
        ("关于在嘉兴市推广上海市经验的通知", "330400"),
        ("嘉兴建设质量强市行动方案", "330400"),
        ("长治市城区管理办法", "140400"),
        ("全市城区道路建设方案", None),
        ("长三角区域合作市场监管方案", None),
        ("新建区域监管中心方案", None),
        ("朝阳区质量提升方案", None),
        ("某地质量提升方案", None),
    ],
)
def test_the_place_a_title_speaks_of(text: str, code: str | None) -> None:
    found = region_in(text)
    assert (found.code if found else None) == code


def test_short_names_of_counties_count_only_within_a_known_place() -> None:
    assert region_in("纲要嘉定行动方案") is None
    assert region_in("纲要嘉定行动方案", region("上海市")) == region("嘉定区")


def test_from_narrow_to_wide() -> None:
    haiyan = region_by_code("330424")
    assert haiyan is not None
    assert [place.name for place in wider_regions(haiyan)] == ["浙江省", "嘉兴市"]
    jiading = region_by_code("310114")
    assert jiading is not None
    assert [place.name for place in wider_regions(jiading)] == ["上海市"]
    assert region_by_code("429000") is None
