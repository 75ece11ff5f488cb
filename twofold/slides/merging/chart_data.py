"""Charts as tables: what they show, their title, and all the rest as one digest."""

import hashlib
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData

from twofold.slides.merging.looks import unspaced
from twofold.slides.merging.model import Chart
from twofold.slides.xml import Element, clark, make, worded

CACHES = ("c:strCache", "c:numCache", "c:strLit", "c:numLit")
VALUES, CATEGORIES, NAME = "c:val", "c:cat", "c:tx"


def read_chart(space: Element) -> Chart:
    """The model of a chart: an empty cell is a gap."""
    series = list(space.iter(clark("c:ser")))
    columns = [_points(one.find(clark(VALUES))) for one in series]
    categories = _points(series[0].find(clark(CATEGORIES))) if series else {}
    count = max((1 + max(column, default=-1) for column in (categories, *columns)), default=0)
    names = ["".join(_points(one.find(clark(NAME))).values()) for one in series]
    rows = [[categories.get(n, ""), *(_number(column.get(n, "")) for column in columns)] for n in range(count)]
    return Chart([["", *names], *rows], title_of(space), _digest(space))


def title_of(space: Element) -> str:
    """The words of the chart's own title."""
    title = space.find(f"{clark('c:chart')}/{clark('c:title')}")
    return "" if title is None else "".join(text.text or "" for text in title.iter(clark("a:t")))


def set_data(part: Any, data: list[list[str]]) -> None:
    """Gives a chart these data, in what it draws and in its workbook; its look stays."""
    new: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    new.categories = [row[0] for row in data[1:]]
    for number, name in enumerate(data[0][1:], 1):
        new.add_series(name, [float(row[number]) if row[number] else None for row in data[1:]])
    part.chart.replace_data(new)


def set_title(space: Element, title: str) -> None:
    """Gives a chart a title, or takes it away."""
    chart = space.find(clark("c:chart"))
    for tag in ("c:title", "c:autoTitleDeleted"):
        for old in chart.findall(clark(tag)):
            chart.remove(old)
    chart.insert(0, make("c:autoTitleDeleted", val=int(not title)))
    if title:
        words = make("a:p", make("a:r", worded("a:t", title)))
        rich = make("c:rich", make("a:bodyPr"), make("a:lstStyle"), words)
        chart.insert(0, make("c:title", make("c:tx", rich), make("c:overlay", val=0)))


def _points(element: Element | None) -> dict[int, str]:
    if element is None:
        return {}
    cache = next((one for tag in CACHES for one in element.iter(clark(tag))), None)
    if cache is None:
        return dict(enumerate(value.text or "" for value in element.iter(clark("c:v"))))
    return {int(point.get("idx")): point.findtext(clark("c:v")) or "" for point in cache.iter(clark("c:pt"))}


def _number(text: str) -> str:
    """The same number is the same text, however a program writes it; what is none is a gap."""
    try:
        return repr(round(float(text), 9)).removesuffix(".0")
    except ValueError:
        return ""


def _digest(space: Element) -> str:
    """All but the data, the title and the workbook."""
    rest = unspaced(space)
    for tag in ("c:strCache", "c:numCache", "c:title", "c:autoTitleDeleted", "c:externalData", "c:f"):
        for old in list(rest.iter(clark(tag))):
            old.getparent().remove(old)
    etree.cleanup_namespaces(rest)
    return hashlib.sha256(etree.tostring(rest, method="c14n")).hexdigest()[:16]
