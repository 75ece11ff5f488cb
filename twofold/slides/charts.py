"""Charts as native, editable charts: direct labels, no grid, one thin axis, a pattern beside every colour."""

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.parts.chart import ChartPart

from twofold.model import Chart
from twofold.slides.canvas import Canvas, Click
from twofold.slides.masters import placeholder
from twofold.slides.theme import Box, ChartLook, Fill, Slot, Spot, Stroke
from twofold.slides.xml import Element, clark, colour, emu, frame, make

CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SHORT = 6
"""Categories of so few letters, as years are, stand below upright columns; longer ones beside lying bars."""


def draw_chart(canvas: Canvas, chart: Chart, box: Box, spot: Spot | None, appears: bool) -> None:
    """A native chart with its workbook, as large as `box`."""
    part = ChartPart.new(_type(chart), _data(chart), canvas.part.package)
    _dress(part._element, chart, canvas)
    shape = canvas.new_id()
    names = make(
        "p:nvGraphicFramePr",
        make("p:cNvPr", id=shape, name=f"Chart {chart.id}".strip(), descr=chart.alt or chart.title),
        make("p:cNvGraphicFramePr", make("a:graphicFrameLocks", noGrp=True)),
        make("p:nvPr", placeholder(spot) if spot else None),
    )
    inside = make("c:chart", r_id=canvas.part.relate_to(part, RT.CHART))
    at = frame("p:xfrm", box.x, box.y, box.width, box.height)
    graphic = make("a:graphic", make("a:graphicData", inside, uri=CHART_URI))
    canvas.tree.append(make("p:graphicFrame", names, at, graphic))
    if appears:
        canvas.clicks.append(Click(shape, text=False))


def _lying(chart: Chart) -> bool:
    return chart.kind != "line" and any(len(row[0]) > SHORT for row in chart.data.rows)


def _type(chart: Chart) -> XL_CHART_TYPE:
    match chart.kind:
        case "line":
            return XL_CHART_TYPE.LINE_MARKERS
        case "bar":
            return XL_CHART_TYPE.BAR_CLUSTERED if _lying(chart) else XL_CHART_TYPE.COLUMN_CLUSTERED
        case "stacked":
            return XL_CHART_TYPE.BAR_STACKED if _lying(chart) else XL_CHART_TYPE.COLUMN_STACKED


def _data(chart: Chart) -> Any:
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = [row[0] for row in chart.data.rows]
    for number, name in enumerate(chart.data.header[1:], 1):
        data.add_series(name, [_number(row[number]) for row in chart.data.rows])
    return data


def _number(cell: str) -> float | None:
    """A number of the CSV, which the course has checked; an empty cell is a gap."""
    return float(cell) if cell.strip() else None


# ---------------------------------------------------------------- look


def _dress(space: Element, chart: Chart, canvas: Canvas) -> None:
    look = canvas.setting.theme.chart
    _positive_axis_ids(space)
    many = len(chart.data.header) > 2
    for plot in space.iter(clark("c:barChart"), clark("c:lineChart")):
        for number, series in enumerate(plot.findall(clark("c:ser"))):
            _dress_series(series, chart, look, number, many)
        _replace(plot, "c:gapWidth", make("c:gapWidth", val=look.gap))
    for axis in space.iter(clark("c:catAx"), clark("c:valAx"), clark("c:dateAx")):
        _dress_axis(axis, look, upside_down=_lying(chart))
    _finish(space, look, many)


def _positive_axis_ids(space: Element) -> None:
    """python-pptx writes negative ids, which the format does not have."""
    for tag in ("c:axId", "c:crossAx"):
        for element in space.iter(clark(tag)):
            element.set("val", str(abs(int(element.get("val")))))


def _dress_series(series: Element, chart: Chart, look: ChartLook, number: int, many: bool) -> None:
    for tag in ("c:spPr", "c:marker", "c:dLbls"):
        for old in series.findall(clark(tag)):
            series.remove(old)
    if chart.kind == "line":
        stroke = look.lines[number % len(look.lines)]
        dressed = [make("c:spPr", make("a:ln", colour(stroke.colour), w=emu(2.4), cap="rnd")), _marker(stroke)]
    else:
        dressed = [make("c:spPr", _filled(look.fills[number % len(look.fills)]))]
    anchor = series.find(clark("c:tx"))
    for element in reversed(dressed):
        anchor.addnext(element)
    before = next(child for tag in ("c:cat", "c:val") if (child := series.find(clark(tag))) is not None)
    before.addprevious(_labels(chart, look))


def _filled(fill: Fill) -> Element:
    if not fill.pattern:
        return colour(fill.colour)
    front, back = make("a:fgClr", make("a:schemeClr", val=fill.colour)), make("a:bgClr", make("a:schemeClr", val="bg1"))
    return make("a:pattFill", front, back, prst=fill.pattern)


def _marker(stroke: Stroke) -> Element:
    return make("c:marker", make("c:symbol", val=stroke.marker), make("c:size", val=9),
                make("c:spPr", colour(stroke.colour), make("a:ln", make("a:noFill"))))


def _labels(chart: Chart, look: ChartLook) -> Element:
    """The value beside its mark, bold."""
    position = {"bar": "outEnd", "line": "t", "stacked": "ctr"}[chart.kind]
    shows = {"LegendKey": 0, "Val": 1, "CatName": 0, "SerName": 0, "Percent": 0, "BubbleSize": 0}
    slot: Slot = "lt1" if chart.kind == "stacked" else look.colour
    return make(
        "c:dLbls",
        make("c:numFmt", formatCode="#,##0.##;-#,##0.##" if _broken(chart) else "#,##0", sourceLinked=0),
        make("c:spPr", make("a:noFill"), make("a:ln", make("a:noFill"))),
        _text(look, slot, bold=True),
        make("c:dLblPos", val=position),
        *(make(f"c:show{name}", val=value) for name, value in shows.items()),
    )


def _broken(chart: Chart) -> bool:
    return any("." in cell for row in chart.data.rows for cell in row[1:])


def _text(look: ChartLook, slot: Slot, *, bold: bool) -> Element:
    letters = make("a:defRPr", colour(slot), make("a:latin", typeface="+mn-lt"), sz=round(look.size * 100), b=bold)
    paragraph = make("a:p", make("a:pPr", letters), make("a:endParaRPr"))
    return make("c:txPr", make("a:bodyPr"), make("a:lstStyle"), paragraph)


def _dress_axis(axis: Element, look: ChartLook, *, upside_down: bool) -> None:
    """The categories keep one thin line; the values, which stand at their marks, need no axis."""
    values = axis.tag == clark("c:valAx")
    for grid in axis.findall(clark("c:majorGridlines")):
        axis.remove(grid)
    _replace(axis, "c:delete", make("c:delete", val=int(values)))
    for tag in ("c:majorTickMark", "c:minorTickMark"):
        _replace(axis, tag, make(tag, val="none"))
    if values:
        _from_zero(axis)
        return
    if upside_down:  # a lying chart counts its categories from the bottom, a reader from the top
        _replace(axis.find(clark("c:scaling")), "c:orientation", make("c:orientation", val="maxMin"))
    for tag in ("c:spPr", "c:txPr"):
        for old in axis.findall(clark(tag)):
            axis.remove(old)
    anchor = axis.find(clark("c:crossAx"))
    anchor.addprevious(make("c:spPr", make("a:ln", colour(look.axis), w=emu(1.1))))
    anchor.addprevious(_text(look, look.colour, bold=False))


def _from_zero(axis: Element) -> None:
    scaling = axis.find(clark("c:scaling"))
    if scaling.find(clark("c:min")) is None:
        scaling.append(make("c:min", val=0))


def _finish(space: Element, look: ChartLook, many: bool) -> None:
    """No title, for the slide has one; a key only where there are several series."""
    chart = space.find(clark("c:chart"))
    for tag in ("c:title", "c:autoTitleDeleted", "c:legend"):
        for old in chart.findall(clark(tag)):
            chart.remove(old)
    chart.insert(0, make("c:autoTitleDeleted", val=1))
    if many:
        text = _text(look, look.colour, bold=False)
        key = make("c:legend", make("c:legendPos", val="t"), make("c:overlay", val=0), text)
        chart.find(clark("c:plotArea")).addnext(key)
    for old in space.findall(clark("c:txPr")):
        space.remove(old)
    chart.addnext(_text(look, look.colour, bold=False))


def _replace(parent: Element, tag: str, new: Element) -> None:
    """Puts `new` where the element of that name stands; without one there is nothing to say it of."""
    old = parent.find(clark(tag))
    if old is not None:
        parent.replace(old, new)
