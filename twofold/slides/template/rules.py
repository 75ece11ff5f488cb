"""layouts/slides/templates.toml into typed values: which layouts templates have, and how our roles stand on them."""

import tomllib
from functools import lru_cache

import msgspec

from twofold.slides.theme import read_theme
from twofold.words import LAYOUTS

USUAL = ("head", "mark", "source", "footer", "number")
"""What stands about the content of a slide."""
RULES = LAYOUTS / "slides" / "templates.toml"


class Sort(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sort of layout that templates have; `places` are those of a slide on it."""

    types: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[str, ...]
    instead: tuple[str, ...] = ()
    plain: bool = False
    optional: bool = False


class Stands(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a role stands on one of the sorts of layouts that it is `like`."""

    like: tuple[str, ...] = ("content",)
    gather: dict[str, tuple[str, ...]] = {}
    credit: tuple[str, ...] = ()
    headed: bool = False


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file; sizes are points."""

    least: float
    legible: float
    gap: float
    smaller: tuple[float, ...]
    accents: tuple[str, ...]
    strong: tuple[str, ...]
    emphasised: tuple[str, ...]
    layouts: dict[str, Sort]
    roles: dict[str, Stands]


def stands(role: str) -> Stands:
    """How a role stands on a template: as the file says, else like plain content with all that it has in the body."""
    known = rules().roles.get(role)
    shown = tuple(name for name in read_theme().layouts[role].places if name not in (*USUAL, "title"))
    return known or Stands(gather={"body": shown} if shown else {})


@lru_cache(maxsize=1)
def rules() -> Rules:
    """What the file says."""
    return msgspec.convert(tomllib.loads(RULES.read_text(encoding="utf-8")), Rules)
