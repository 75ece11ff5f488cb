"""Clicks: what appears when, in words that hold in every file; and their repair where a shape or paragraph is gone."""

from collections.abc import Mapping

from lxml import etree

from twofold.slides.lint import BUILDS
from twofold.slides.xml import Element, clark

Places = Mapping[int, int]
"""Where a paragraph has come to stand: new places by old ones, counted from 0."""


def clicks_of(timing: Element, names: Mapping[int, str]) -> list[str]:
    """Effect by effect: how it starts, which it is, on which shape and paragraphs."""
    return [told for node in timing.iter(clark("p:cTn")) if (told := _told(node, names))]


def _told(node: Element, names: Mapping[int, str]) -> str:
    kind = node.get("nodeType", "")
    if not kind.endswith("Effect"):
        return ""
    effect = " ".join(node.get(name, "0") for name in ("presetClass", "presetID"))
    targets = dict.fromkeys(_target(target, names) for target in node.iter(clark("p:spTgt")))
    return f"{kind} {effect}: {', '.join(targets)}"


def _target(target: Element, names: Mapping[int, str]) -> str:
    name = names.get(int(target.get("spid")), "?")
    spans = [f" {span.get('st')}-{span.get('end')}" for span in target.iter(clark("p:pRg"))]
    return name + "".join(spans)


def retarget(timing: Element, ids: Mapping[int, int], moved: Mapping[int, Places]) -> Element | None:
    """Clicks for shapes that now have other ids, `moved` with paragraphs in other places by old id. What is left
    without its shape or paragraphs goes; None where nothing is left."""
    for target in list(timing.iter(clark("p:spTgt"))):
        old = int(target.get("spid"))
        if old not in ids or not _spans_stay(target, moved.get(old)):
            _drop_effect(target)
            continue
        target.set("spid", str(ids[old]))
    for build in list(timing.iter(*BUILDS)):
        old = int(build.get("spid"))
        if old in ids:
            build.set("spid", str(ids[old]))
        else:
            build.getparent().remove(build)
    _tidy(timing)
    return timing if next(timing.iter(clark("p:tgtEl")), None) is not None and _effects(timing) else None


def _effects(timing: Element) -> bool:
    return any(node.get("nodeType", "").endswith("Effect") for node in timing.iter(clark("p:cTn"))) or any(
        timing.iter(clark("p:video"), clark("p:audio"))
    )


def _spans_stay(target: Element, places: Places | None) -> bool:
    """Moves the paragraphs of a target; False where none of them is left. New ones behind the last come with it."""
    if places is None:
        return True
    for span in list(target.iter(clark("p:pRg"))):
        stays = [places[n] for n in range(int(span.get("st")), int(span.get("end")) + 1) if n in places]
        if not stays:
            return False
        known, last = set(places.values()), max(stays)
        follows = min((place for place in known if place > last), default=None)
        total = places.get(-1, last + 1)
        span.set("st", str(min(stays)))
        span.set("end", str((follows if follows is not None else total) - 1))
    return True


def _drop_effect(target: Element) -> None:
    """Takes out the p:par of the effect that has this target."""
    node = target
    while node is not None and node.tag != clark("p:timing"):
        if node.tag == clark("p:par") and (node[0].get("nodeType") or "").endswith("Effect"):
            break
        node = node.getparent()
    if node is not None and node.tag == clark("p:par"):
        node.getparent().remove(node)


def _tidy(timing: Element) -> None:
    """Takes out steps without effects and lists of builds that nothing uses, and counts the time nodes anew."""
    while True:
        empty = [one for one in timing.iter(clark("p:childTnLst")) if not len(one)]
        if not empty:
            break
        for one in empty:
            step = one.getparent().getparent()
            parent = step.getparent()
            if parent is None or step.tag == clark("p:timing"):
                return
            parent.remove(step)
    used = {target.get("spid") for target in timing.iter(clark("p:spTgt"))}
    for builds in list(timing.iter(clark("p:bldLst"))):
        for build in [one for one in builds if one.get("spid") not in used]:
            builds.remove(build)
        if not len(builds):
            timing.remove(builds)
    for number, node in enumerate(timing.iter(clark("p:cTn")), 1):
        node.set("id", str(number))


def sound(root: Element) -> None:
    """Mends the clicks of a slide as other programs leave them: some for paragraphs behind the last of their shape,
    some for shapes that are in no list of builds."""
    _within(root)
    timing = root.find(clark("p:timing"))
    if timing is not None:
        listed(timing)


def listed(timing: Element) -> None:
    """Puts every shape whose paragraphs have clicks into the list of builds, where a program has left it out."""
    clicked = dict.fromkeys(
        target.get("spid") for target in timing.iter(clark("p:spTgt")) for _ in target.iter(clark("p:pRg"))
    )
    known = {build.get("spid") for build in timing.iter(clark("p:bldP"))}
    missing = [shape for shape in clicked if shape not in known]
    if not missing:
        return
    builds = timing.find(clark("p:bldLst"))
    if builds is None:
        builds = etree.SubElement(timing, clark("p:bldLst"))
        timing.find(clark("p:tnLst")).addnext(builds)
    for shape in missing:
        etree.SubElement(builds, clark("p:bldP"), spid=shape, grpId="0", build="p")


def _within(root: Element) -> None:
    """Takes out of a slide the clicks for paragraphs behind the last of their shape."""
    timing = root.find(clark("p:timing"))
    if timing is None:
        return
    counts = {
        shape[0][0].get("id"): len(shape.findall(f"{clark('p:txBody')}/{clark('a:p')}"))
        for shape in root.iter(clark("p:sp"))
    }
    dropped = False
    for target in list(timing.iter(clark("p:spTgt"))):
        for span in list(target.iter(clark("p:pRg"))):
            last = counts.get(target.get("spid"), int(span.get("end")) + 1) - 1
            if int(span.get("st")) > last:
                _drop_effect(target)
                dropped = True
            elif int(span.get("end")) > last:
                span.set("end", str(last))
    if not dropped:
        return
    _tidy(timing)
    if next(timing.iter(clark("p:tgtEl")), None) is None or not _effects(timing):
        root.remove(timing)
