"""How one slide follows another: quietly, and without a cut where the second continues the first."""

from twofold.slides.planned import PlannedSlide
from twofold.slides.xml import Element, make


def transition(slide: PlannedSlide, before: PlannedSlide | None) -> Element:
    """A fade; between slides that present the same passage a morph, which an older PowerPoint shows as a fade."""
    fade = make("p:transition", make("p:fade"), spd="fast")
    if not before or not slide.anchor or slide.anchor != before.anchor:
        return fade
    morph = make("p:transition", make("p159:morph", option="byObject"), spd="slow")
    return make(
        "mc:AlternateContent",
        make("mc:Choice", morph, Requires="p159"),
        make("mc:Fallback", fade),
    )
