"""Clicks into p:timing: each makes its paragraphs or its shape appear, without motion."""

from collections.abc import Iterator, Sequence
from itertools import count

from twofold.slides.canvas import Click
from twofold.slides.xml import Element, make


def timing(clicks: Sequence[Click]) -> Element | None:
    """The timing of a slide, or None where nothing waits."""
    if not clicks:
        return None
    ids = count(3)
    steps = [_step(click, ids) for click in clicks]
    sequence = make(
        "p:seq",
        make("p:cTn", make("p:childTnLst", *steps), id=2, dur="indefinite", nodeType="mainSeq"),
        make("p:prevCondLst", _on("onPrev")),
        make("p:nextCondLst", _on("onNext")),
        concurrent=True,
        nextAc="seek",
    )
    root = make("p:cTn", make("p:childTnLst", sequence), id=1, dur="indefinite", restart="never", nodeType="tmRoot")
    built = list(_built(clicks))
    return make("p:timing", make("p:tnLst", make("p:par", root)), make("p:bldLst", *built) if built else None)


def _step(click: Click, ids: Iterator[int]) -> Element:
    """One click: three nested time nodes, as PowerPoint itself writes them."""
    outer, inner, effect_id, act = (next(ids) for _ in range(4))
    effect = make(
        "p:cTn",
        _from("0"),
        make("p:childTnLst", _appear(click, act)),
        id=effect_id,
        presetID=1,
        presetClass="entr",
        presetSubtype=0,
        fill="hold",
        grpId=0 if click.text else None,
        nodeType="clickEffect",
    )
    within = make("p:cTn", _from("0"), make("p:childTnLst", make("p:par", effect)), id=inner, fill="hold")
    waiting = make("p:cTn", _from("indefinite"), make("p:childTnLst", make("p:par", within)), id=outer, fill="hold")
    return make("p:par", waiting)


def _appear(click: Click, time_node: int) -> Element:
    span = make("p:txEl", make("p:pRg", st=click.first, end=click.last)) if click.first >= 0 else None
    behaviour = make(
        "p:cBhvr",
        make("p:cTn", _from("0"), id=time_node, dur=1, fill="hold"),
        make("p:tgtEl", make("p:spTgt", span, spid=click.shape)),
        make("p:attrNameLst", _name("style.visibility")),
    )
    return make("p:set", behaviour, make("p:to", make("p:strVal", val="visible")))


def _built(clicks: Sequence[Click]) -> Iterator[Element]:
    """Each shape whose text is built, once."""
    for shape, by_paragraph in dict.fromkeys((click.shape, click.first >= 0) for click in clicks if click.text):
        yield make("p:bldP", spid=shape, grpId=0, build="p" if by_paragraph else None)


def _from(delay: str) -> Element:
    return make("p:stCondLst", make("p:cond", delay=delay))


def _on(event: str) -> Element:
    return make("p:cond", make("p:tgtEl", make("p:sldTgt")), evt=event, delay=0)


def _name(text: str) -> Element:
    element = make("p:attrName")
    element.text = text
    return element
