"""Web pages."""

from __future__ import annotations

import pytest
from sample_papers import PROSE, kinds, page, strings, table

from zhiheng.documents.readers import read_content
from zhiheng.documents.tree import Place
from zhiheng.rules.messages import strict_sentence

FRAMED = f"""
<div class="top-nav"><a href="/">首页</a><a href="/a">政务公开</a></div>
<header><div>青岭县人民政府门户网站</div></header>
<nav><ul><li><a href="/1">新闻</a></li></ul></nav>
<div class="breadcrumb">当前位置: <a href="/">首页</a> &gt; <a href="/x">规划信息</a></div>
<ul><li><a href="/1">领导之窗</a></li><li><a href="/2">机构职能</a></li>
<li><a href="/3">政策解读</a></li><li><a href="/4">依申请公开</a></li></ul>
<div id="content">
 <h1>青岭县质量强县规划</h1>
 <div class="info"><span>发布日期:2027-03-20</span> <span>来源:县市场监管局</span></div>
 <div class="share-box">分享到:<a href="#">微信</a></div>
 <p>一、主要目标</p>
 <p>{PROSE}</p>
 <p style="display: none">隐藏的话。</p><p hidden>隐藏的话。</p><p aria-hidden="true">隐藏的话。</p>
</div>
<div class="related"><a href="/9">图解规划</a></div>
<div class="footer">主办:青岭县人民政府办公室</div>
<footer>版权所有</footer><script>var a = "脚本";</script><style>p {{ color: red }}</style><noscript>请启用脚本</noscript>
"""
KEPT = ["青岭县质量强县规划", "发布日期:2027-03-20 来源:县市场监管局", "一、主要目标", PROSE]


def test_the_frame_of_a_page_is_dropped() -> None:
    document = page(FRAMED)
    assert strings(document) == KEPT
    assert kinds(document) == ["h1", "p", "p", "p"]


def test_a_name_that_only_sounds_like_a_frame_keeps_the_paper() -> None:
    body = "".join(f"<p>{i}.{PROSE}</p>" for i in range(1, 20))
    assert len(strings(page(f'<div class="main-nav"><div id="print">{body}</div></div>'))) == 19
    assert strings(page(f"<article><header><h1>规划</h1></header><p>{PROSE}</p></article>")) == ["规划", PROSE]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("gb2312", "gb18030"), ("GBK", "gbk"), ("utf-8", "utf-8"), ("big5", "big5"), ("nonsense", "utf-8"), ("utf-8", "gb18030")],
)
def test_charsets(charset: str, encoding: str) -> None:
    words = "品質" if encoding == "big5" else "质量镕䶮"[: 3 if encoding == "gbk" else 4]
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    data = f"<html><head>{head}</head><body><p>{words}的一是在不了有和人这中大为上个国我</p></body></html>"
    if encoding == "big5":
        data = data.replace("这", "這").replace("为", "為").replace("个", "個").replace("国", "國")
    assert strings(read_content(data.encode(encoding), "plan.html"))[0].startswith(words)


def test_utf_16_and_a_declaration() -> None:
    data = f"<?xml version='1.0' encoding='utf-16'?><html><body><p>{PROSE}</p></body></html>".encode("utf-16")
    assert strings(read_content(data, "plan.html")) == [PROSE]


def test_blanks_as_a_browser_draws_them() -> None:
    document = page("<p>全市质量\n   强市,\tGDP\n growth 达到95<b>%</b>\n以上</p><p>\u3000\u3000第二段&nbsp;落</p>")
    assert strings(document) == ["全市质量强市, GDP growth 达到95% 以上", "第二段\u00a0落"]
    assert [t.anchor().start for t in document.texts()] == [0, 2]


def test_breaks_make_paragraphs() -> None:
    document = page(f"<div>一、总体要求<br>(一)目标<br/>{PROSE}</div><pre>甲\n乙</pre>")
    assert strings(document) == ["一、总体要求", "(一)目标", PROSE, "甲", "乙"]
    assert [t.anchor().place for t in document.texts()] == [Place(paragraph=i) for i in range(1, 6)]


def test_lists() -> None:
    document = page(
        "<ol start=3><li>推进计量</li><li>推进标准</li></ol><ol type=a><li>甲</li></ol>"
        "<ul><li>品牌<ul><li>商标</li></ul></li></ul>"
    )
    assert strings(document) == ["3.推进计量", "4.推进标准", "a.甲", "品牌", "商标"]
    assert kinds(document) == ["p", "p", "p", "item", "item"]


def test_ruby_raised_marks_and_deletions() -> None:
    document = page(
        "<p><ruby>质<rp>(</rp><rt>zhì</rt><rp>)</rp></ruby>量达到15.7%<sup>4</sup>,27µg/m<sup>3</sup>,<del>93</del><ins>95</ins>分</p>"
    )
    assert strings(document) == ["质量达到15.7%,27µg/m3,95分"]
    [text] = document.texts()
    assert text.anchor(text.string.index("27")).start == len("质量达到15.7%4,")


def test_tables_with_spans() -> None:
    document = page(
        "<table><caption>表1 指标</caption><thead><tr><th rowspan=2>指标</th><th colspan=2>目标</th></tr>"
        "<tr><th>2025年</th><th>2030年</th></tr></thead>"
        "<tbody><tr><td rowspan=9>产品</td><td>94<br>5</td><td><p>96</p><p>8</p></td></tr>"
        "<tr><td>1</td><td>2<sup>①</sup></td></tr></tbody></table>"
    )
    assert strings(document)[0] == "表1 指标"
    assert table(document) == [
        ["指标", "目标", "目标"],
        ["指标", "2025年", "2030年"],
        ["产品", "94\n5", "96\n8"],
        ["产品", "1", "2"],
    ]
    assert [t.anchor().place for t in document.texts()][-1] == Place(table=1, row=4, column=3)


def test_tables_that_only_place_things() -> None:
    inner = "<table><tr><td>指标</td><td>目标</td></tr><tr><td>合格率</td><td>95%</td></tr></table>"
    document = page(
        f"<table><tr><td><table><tr><td>菜单</td><td><p>一、目标</p>"
        f"<p>{PROSE * 8}</p>{inner}</td></tr></table></td></tr></table>"
    )
    assert kinds(document) == ["p", "p", "p", "table"]
    assert table(document) == [["指标", "目标"], ["合格率", "95%"]]


def test_a_table_inside_a_cell_stands_alone() -> None:
    document = page(
        "<table><tr><td>甲</td><td>乙<table><tr><td>1</td><td>2</td></tr></table></td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    )
    assert table(document, 1) == [["甲", "乙"], ["丙", "丁"]]
    assert table(document, 2) == [["1", "2"]]


def test_headings_that_are_paragraphs() -> None:
    document = page(f"<h2>一、目标</h2><h3>(一)水平。{PROSE}</h3>")
    assert kinds(document) == ["h2", "p"]


def test_broken_markup_is_read_all_the_same() -> None:
    assert strings(page(f"<p>一、目标<p>{PROSE}<table><tr><td>甲<td>乙<tr><td>1<td>2")) == [
        "一、目标",
        PROSE,
        "甲 | 乙 / 1 | 2",
    ]
    assert strings(page(f"<form><center><font>{PROSE}\x00</font></center></form>")) == [PROSE]


def test_a_title_that_is_numbered_as_an_item_stays_a_title() -> None:
    document = page(f"<ol start=3><li><h1>主要任务</h1></ol><ol><li><h2>提升产品质量</h2></ol><p>{PROSE}</p><ol><li>抽查</ol>")
    assert (kinds(document), strings(document)) == (["h1", "h2", "p", "p"], ["主要任务", "提升产品质量", PROSE, "1.抽查"])


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
def test_what_is_crossed_out_is_no_text_and_it_is_said(tag: str) -> None:
    document = page(
        f"<p>到2030年达到<{tag}>95%</{tag}><ins>96%</ins>以上</p><table><tr><td><{tag}>旧</{tag}>新<td>2</table><{tag}></{tag}>"
    )
    assert strings(document) == ["到2030年达到96%以上", "新 | 2"]
    assert [(p.code, dict(p.facts)) for p in document.problems] == [("documents.struck_out_words", {"count": "2"})]
    assert "2 处" in strict_sentence("documents.struck_out_words", {"count": "2"})
