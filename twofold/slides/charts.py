"""Charts as native, editable charts: direct labels, no grid, one thin axis, a pattern beside every colour."""

from typing import Any, assert_never

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.parts.chart import ChartPart

from twofold.model import Chart
from twofold.numbers import number, places
from twofold.slides.canvas import Canvas, Stand
from twofold.slides.chartparts import dress, filled, label, letters
from twofold.slides.curves import POINTS, dress_points
from twofold.slides.labels import crowded
from twofold.slides.ranges import dress_range, leave_room, range_data
from twofold.slides.theme import ChartLook
from twofold.slides.xml import Element, clark, colour, emu, make

CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SHORT = 6
"""Categories of so few letters, as years are, stand below upright columns; longer ones beside lying bars."""


def draw_chart(canvas: Canvas, chart: Chart, stand: Stand) -> None:
    """A native chart with its workbook, as large as there is room."""
    setting = canvas.setting
    canvas.problems += crowded(chart, stand.box, setting.ruler, setting.words, lying=_lying(chart), key=_has_key(chart))
    part = ChartPart.new(_type(chart), _data(chart), canvas.part.package)
    _dress(part._element, chart, canvas)
    content = make("c:chart", r_id=canvas.part.relate_to(part, RT.CHART))
    canvas.put_graphic(f"Chart {chart.id}", chart.alt or chart.title, CHART_URI, content, stand.box, stand)


def _lying(chart: Chart) -> bool:
    return chart.kind == "range" or (chart.kind not in POINTS and any(len(row[0]) > SHORT for row in chart.data.rows))


def _has_key(chart: Chart) -> bool:
    return len(chart.data.header) > 2 and chart.kind != "range"


def _type(chart: Chart) -> XL_CHART_TYPE:
    match chart.kind:
        case "line" | "dot" | "dumbbell":
            return XL_CHART_TYPE.LINE_MARKERS
        case "bar":
            return XL_CHART_TYPE.BAR_CLUSTERED if _lying(chart) else XL_CHART_TYPE.COLUMN_CLUSTERED
        case "stacked":
            return XL_CHART_TYPE.BAR_STACKED if _lying(chart) else XL_CHART_TYPE.COLUMN_STACKED
        case "range":
            return XL_CHART_TYPE.BAR_STACKED
        case _:
            assert_never(chart.kind)


def _data(chart: Chart) -> Any:
    if chart.kind == "range":
        return range_data(chart)
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = [row[0] for row in chart.data.rows]
    for column, name in enumerate(chart.data.header[1:], 1):
        data.add_series(name, [number(row[column]) for row in chart.data.rows])
    return data


# ---------------------------------------------------------------- look


def _dress(space: Element, chart: Chart, canvas: Canvas) -> None:
    look = canvas.setting.theme.chart
    _positive_axis_ids(space)
    for plot in space.iter(clark("c:barChart"), clark("c:lineChart")):
        if chart.kind == "range":
            dress_range(plot, chart, look, canvas.setting.words)
        elif chart.kind in POINTS:
            dress_points(plot, chart, look)
        else:
            _dress_bars(plot, chart, look)
        _set_gap(plot, look)
    for axis in space.iter(clark("c:catAx"), clark("c:valAx"), clark("c:dateAx")):
        _dress_axis(axis, look, upside_down=_lying(chart))
    if chart.kind == "range":
        leave_room(space.find(f".//{clark('c:valAx')}"), chart, look)
    _finish(space, look, key=_has_key(chart))


def _dress_bars(plot: Element, chart: Chart, look: ChartLook) -> None:
    stacked = chart.kind == "stacked"  # where the number stands on the pattern
    for count, series in enumerate(plot.findall(clark("c:ser"))):
        number = label("ctr" if stacked else "outEnd", look, digits=places(chart), ground=stacked)
        dress(series, (filled(look.fills[count % len(look.fills)], look),), make("c:dLbls", *number))


def _set_gap(plot: Element, look: ChartLook) -> None:
    """Bars stand close; python-pptx leaves the gap out of some kinds."""
    for old in plot.findall(clark("c:gapWidth")):
        plot.remove(old)
    if plot.tag == clark("c:barChart"):
        after = next(plot.find(clark(tag)) for tag in ("c:overlap", "c:axId") if plot.find(clark(tag)) is not None)
        after.addprevious(make("c:gapWidth", val=look.gap))


def _positive_axis_ids(space: Element) -> None:
    """python-pptx writes negative ids, which the format does not have."""
    for tag in ("c:axId", "c:crossAx"):
        for element in space.iter(clark(tag)):
            element.set("val", str(abs(int(element.get("val")))))


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
    anchor.addprevious(letters(look, look.colour, bold=False))


def _from_zero(axis: Element) -> None:
    scaling = axis.find(clark("c:scaling"))
    if scaling.find(clark("c:min")) is None:
        scaling.append(make("c:min", val=0))


def _finish(space: Element, look: ChartLook, *, key: bool) -> None:
    """No title, for the slide has one; a key only where there are several series."""
    chart = space.find(clark("c:chart"))
    for tag in ("c:title", "c:autoTitleDeleted", "c:legend"):
        for old in chart.findall(clark(tag)):
            chart.remove(old)
    chart.insert(0, make("c:autoTitleDeleted", val=1))
    if key:
        text = letters(look, look.colour, bold=False)
        legend = make("c:legend", make("c:legendPos", val="t"), make("c:overlay", val=0), text)
        chart.find(clark("c:plotArea")).addnext(legend)
    for old in space.findall(clark("c:txPr")):
        space.remove(old)
    chart.addnext(letters(look, look.colour, bold=False))


def _replace(parent: Element, tag: str, new: Element) -> None:
    """Puts `new` where the element of that name stands; without one there is nothing to say it of."""
    old = parent.find(clark(tag))
    if old is not None:
        parent.replace(old, new)
