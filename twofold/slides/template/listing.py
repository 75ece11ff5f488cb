"""What a template offers, for the teacher who maps it: each layout, its placeholders, and what takes it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from twofold.command import Speaker
from twofold.slides.template.opening import Template, open_template

UPRIGHT = "words run from top to bottom: never taken"


@dataclass(frozen=True, slots=True)
class Listed:
    """A layout; `places` are “index name (kind)”, `roles` those that take it, with the places they fill."""

    master: str
    layout: str
    type: str
    vertical: bool
    places: tuple[str, ...]
    roles: tuple[str, ...]

    def __str__(self) -> str:
        head = f"“{self.layout}”" + (f", {self.type}" if self.type else "") + f" (master “{self.master}”)"
        taken = UPRIGHT if self.vertical else ", ".join(self.roles) or "nothing takes it"
        return "\n".join([head, *(f"    {place}" for place in self.places), f"  ← {taken}"])


def listing(template: Template) -> Iterator[Listed]:
    """The layouts in the order of the file."""
    for offer in template.offers:
        roles = {role: one for role, one in template.taken.items() if one.offer.number == offer.number}
        yield Listed(
            master=offer.master,
            layout=offer.name,
            type=offer.type,
            vertical=offer.vertical,
            places=tuple(f"{place.index} {place.name} ({place.kind})" for place in offer.places),
            roles=tuple(role if one.meant else f"{role} (for want of a better one)" for role, one in roles.items()),
        )


def list_layouts(path: Path, speaker: Speaker) -> None:
    """Tells the layouts of a template. Raises CourseError where it cannot be read."""
    found = tuple(listing(open_template(path)))
    speaker.result["layouts"] = [asdict(one) for one in found]
    speaker.say("\n".join(map(str, found)))
