"""How does a native chart get into a Word paper? A DrawingML part with its own workbook, so that it can be edited there.

Elements stand in the order of the schema (CT_ChartSpace and below): Word refuses a paper in which they do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Length, Mm
from lxml import etree
from lxml.builder import ElementMaker

from zhiheng.evidence.intake.outgoing import OutgoingBook
from zhiheng.publication.wording import printable

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SPACES = {"c": _C, "a": _A, "r": _R}
_FONT = "仿宋_GB2312"
_TEXT_SIZE = 1050

c = ElementMaker(namespace=_C, nsmap=_SPACES)
a = ElementMaker(namespace=_A, nsmap=_SPACES)
wp = ElementMaker(namespace=_WP, nsmap={"wp": _WP, "a": _A, "c": _C, "r": _R})

Element = Any


class Kind(StrEnum):
    """Forms of charts that the report uses."""

    DOUGHNUT = "doughnut"
    BARS = "bars"
    STACKED = "stacked"


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers by category; `colours` one for all, or one each."""

    name: str
    numbers: tuple[float, ...]
    colours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is to be drawn; `description` is read out to those who do not see it. `number_format` as in Excel."""

    kind: Kind
    title: str
    description: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    width: Length
    height: Length
    number_format: str = "0"
    maximum: float | None = None


def chart_run(document: Any, chart: Chart, number: int) -> Element:
    """The drawing element for a run; the chart and its workbook become parts of the document's package."""
    package = document.part.package
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK_TYPE, _workbook(chart), package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    part._blob = chart_xml(chart, part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE))
    return _inline(chart, number, document.part.relate_to(part, RELATIONSHIP_TYPE.CHART))


def chart_xml(chart: Chart, book: str) -> bytes:
    """The chart part; `book` is the relation to its workbook."""
    external = c.externalData(c.autoUpdate(val="0"))
    external.set(f"{{{_R}}}id", book)
    space = c.chartSpace(
        c.date1904(val="0"),
        c.lang(val="zh-CN"),
        c.roundedCorners(val="0"),
        c.chart(
            c.autoTitleDeleted(val="1"),
            c.plotArea(c.layout(), *_plot(chart)),
            *([_legend(chart)] if len(chart.series) > 1 or chart.kind is Kind.DOUGHNUT else []),
            c.plotVisOnly(val="1"),
            c.dispBlanksAs(val="gap"),
        ),
        c.spPr(a.noFill(), a.ln(a.noFill())),
        _text_properties(_TEXT_SIZE),
        external,
    )
    return bytes(etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True))


def _plot(chart: Chart) -> list[Element]:
    series = [_series(chart, index) for index in range(len(chart.series))]
    if chart.kind is Kind.DOUGHNUT:
        rest = [c.firstSliceAng(val="0"), c.holeSize(val="58")]
        return [c.doughnutChart(c.varyColors(val="1"), *series, *rest)]
    stacked = chart.kind is Kind.STACKED
    bars = c.barChart(
        c.barDir(val="bar"),
        c.grouping(val="stacked" if stacked else "clustered"),
        c.varyColors(val="0"),
        *series,
        c.gapWidth(val="45"),
        *([c.overlap(val="100")] if stacked else []),
        c.axId(val="111"),
        c.axId(val="222"),
    )
    return [bars, _category_axis(), _value_axis(chart)]


def _series(chart: Chart, index: int) -> Element:
    series, column = chart.series[index], chr(ord("B") + index)
    last = len(chart.categories) + 1
    rows = [
        c.idx(val=str(index)),
        c.order(val=str(index)),
        c.tx(c.strRef(c.f(f"Sheet1!${column}$1"), c.strCache(c.ptCount(val="1"), c.pt(c.v(printable(series.name)), idx="0")))),
        c.spPr(*_fill(series.colours[0])),
    ]
    if chart.kind is not Kind.DOUGHNUT:
        rows.append(c.invertIfNegative(val="0"))
    if len(series.colours) > 1:
        rows += [_point(chart.kind, n, colour) for n, colour in enumerate(series.colours)]
    names = c.strCache(
        c.ptCount(val=str(last - 1)), *(c.pt(c.v(printable(n)), idx=str(i)) for i, n in enumerate(chart.categories))
    )
    values = c.numCache(
        c.formatCode(chart.number_format),
        c.ptCount(val=str(last - 1)),
        *(c.pt(c.v(repr(v)), idx=str(i)) for i, v in enumerate(series.numbers)),
    )
    return c.ser(
        *rows,
        _labels(chart, series),
        c.cat(c.strRef(c.f(f"Sheet1!$A$2:$A${last}"), names)),
        c.val(c.numRef(c.f(f"Sheet1!${column}$2:${column}${last}"), values)),
    )


def _point(kind: Kind, number: int, colour: str) -> Element:
    flag = [] if kind is Kind.DOUGHNUT else [c.invertIfNegative(val="0")]
    return c.dPt(c.idx(val=str(number)), *flag, c.bubble3D(val="0"), c.spPr(*_fill(colour)))


def _fill(colour: str) -> list[Element]:
    return [a.solidFill(a.srgbClr(val=colour)), a.ln(a.solidFill(a.srgbClr(val="FFFFFF")), w="9525")]


def _labels(chart: Chart, series: Series) -> Element:
    """Figures at the points; an empty point has none."""
    hidden = [n for n, v in enumerate(series.numbers) if not v and chart.kind is not Kind.BARS]
    light = chart.kind is not Kind.BARS
    return c.dLbls(
        *(c.dLbl(c.idx(val=str(n)), c.delete(val="1")) for n in hidden),
        c.numFmt(formatCode=chart.number_format, sourceLinked="0"),
        c.spPr(a.noFill(), a.ln(a.noFill())),
        _text_properties(_TEXT_SIZE, colour="FFFFFF" if light else "333333", bold=light),
        *([] if chart.kind is Kind.DOUGHNUT else [c.dLblPos(val="ctr" if light else "outEnd")]),
        c.showLegendKey(val="0"),
        c.showVal(val="1"),
        c.showCatName(val="0"),
        c.showSerName(val="0"),
        c.showPercent(val="0"),
        c.showBubbleSize(val="0"),
        *([c.showLeaderLines(val="0")] if chart.kind is Kind.DOUGHNUT else []),
    )


def _category_axis() -> Element:
    return c.catAx(
        c.axId(val="111"),
        c.scaling(c.orientation(val="maxMin")),
        c.delete(val="0"),
        c.axPos(val="l"),
        c.numFmt(formatCode="General", sourceLinked="0"),
        c.majorTickMark(val="none"),
        c.minorTickMark(val="none"),
        c.tickLblPos(val="low"),
        c.spPr(a.ln(a.solidFill(a.srgbClr(val="8C96A0")), w="9525")),
        _text_properties(_TEXT_SIZE),
        c.crossAx(val="222"),
        c.crosses(val="autoZero"),
        c.auto(val="1"),
        c.lblAlgn(val="ctr"),
        c.lblOffset(val="60"),
        c.noMultiLvlLbl(val="0"),
    )


def _value_axis(chart: Chart) -> Element:
    limit = [] if chart.maximum is None else [c.max(val=repr(chart.maximum))]
    least = [c.min(val="0")] if all(v >= 0 for s in chart.series for v in s.numbers) else []
    return c.valAx(
        c.axId(val="222"),
        c.scaling(c.orientation(val="minMax"), *limit, *least),
        c.delete(val="0"),
        c.axPos(val="b"),
        c.majorGridlines(c.spPr(a.ln(a.solidFill(a.srgbClr(val="E3E7EB")), w="6350"))),
        c.numFmt(formatCode=chart.number_format, sourceLinked="0"),
        c.majorTickMark(val="none"),
        c.minorTickMark(val="none"),
        c.tickLblPos(val="nextTo"),
        c.spPr(a.ln(a.noFill())),
        _text_properties(900, colour="555555"),
        c.crossAx(val="111"),
        c.crosses(val="max"),
        c.crossBetween(val="between"),
        *([] if chart.maximum is None else [c.majorUnit(val=repr(chart.maximum / 5))]),
    )


def _legend(chart: Chart) -> Element:
    position = "r" if chart.kind is Kind.DOUGHNUT else "b"
    return c.legend(c.legendPos(val=position), c.overlay(val="0"), _text_properties(_TEXT_SIZE))


def _text_properties(size: int, colour: str = "222222", *, bold: bool = False) -> Element:
    run = a.defRPr(
        a.solidFill(a.srgbClr(val=colour)), a.latin(typeface=_FONT), a.ea(typeface=_FONT), sz=str(size), b="1" if bold else "0"
    )
    return c.txPr(a.bodyPr(), a.lstStyle(), a.p(a.pPr(run), a.endParaRPr(lang="zh-CN")))


def _inline(chart: Chart, number: int, relation: str) -> Element:
    reference = c.chart()
    reference.set(f"{{{_R}}}id", relation)
    return wp.inline(
        wp.extent(cx=str(int(chart.width)), cy=str(int(chart.height))),
        wp.effectExtent(l="0", t="0", r="0", b="0"),
        wp.docPr(id=str(1000 + number), name=printable(chart.title), descr=printable(chart.description)),
        wp.cNvGraphicFramePr(),
        a.graphic(a.graphicData(reference, uri=_C)),
        distT="0",
        distB="0",
        distL="0",
        distR="0",
    )


def _workbook(chart: Chart) -> bytes:
    book = OutgoingBook()
    page = book.sheet("Sheet1")
    for column, series in enumerate(chart.series, 1):
        book.write_text(page, 0, column, series.name)
        for row, number in enumerate(series.numbers, 1):
            page.write_number(row, column, number)
    for row, name in enumerate(chart.categories, 1):
        book.write_text(page, row, 0, name)
    return book.content()


def body_width() -> Length:
    """The width of the type area."""
    return Mm(156)
