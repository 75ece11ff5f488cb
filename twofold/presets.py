"""What a user's printer needs, remembered from one build to the next: how it flips, how it lays down, its paper."""

import json
import os
import sys
from argparse import Namespace
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from twofold.command import Speaker
from twofold.files import replacing
from twofold.problems import CourseError, Place, Problem
from twofold.sheets import FLIPS, HEAVIEST, LIGHTEST, TRAYS, Flip, Tray, Wishes, imposition


@dataclass(frozen=True, slots=True)
class Preset:
    """What `Wishes` says of a printer and its paper, and of no booklet."""

    flip: Flip | None = None
    tray: Tray | None = None
    weight: float | None = None

    def fill(self, wishes: Wishes, *, folded: bool) -> Wishes:
        """Wishes with what was remembered where nothing was asked. Pages printed flat are flipped like a book's."""
        return replace(
            wishes,
            flip=wishes.flip or (self.flip if folded else None),
            weight=wishes.weight or (self.weight if folded and wishes.creep is None else None),
            tray=wishes.tray or self.tray,
        )

    def __str__(self) -> str:
        told = {"--flip": self.flip, "--manual-duplex": self.tray, "--paper-weight": self.weight}
        return " ".join(f"{option} {value}" for option, value in told.items() if value) or "nothing special"


def preset_file() -> Path:
    """Where this user's programs keep their settings."""
    if home := os.environ.get("XDG_CONFIG_HOME"):
        return Path(home) / "twofold" / "printer.json"
    if sys.platform == "win32" and (roaming := os.environ.get("APPDATA")):
        return Path(roaming) / "twofold" / "printer.json"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "twofold" / "printer.json"
    return Path.home() / ".config" / "twofold" / "printer.json"


def read_preset() -> Preset | None:
    """What was remembered; None if nothing was, or nothing special. Raises CourseError where it is not understood."""
    try:
        preset = _understood(json.loads(preset_file().read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = "what is remembered of the printer here is not understood"
        hint = "make_booklet.py --forget drops it, --remember keeps what is asked for instead"
        raise CourseError([Problem(Place(str(preset_file())), message, hint)]) from error
    return preset if preset != Preset() else None


def _understood(kept: Any) -> Preset:
    weight = kept["weight"] and float(kept["weight"])
    if weight and not LIGHTEST <= weight <= HEAVIEST:
        raise ValueError("no such paper")
    return Preset(_known(kept["flip"], FLIPS), _known(kept["tray"], TRAYS), weight)


def _known(name: Any, names: tuple[Any, ...]) -> Any:
    return None if name is None else names[names.index(name)]


def wishes(size: str, arguments: Namespace, speaker: Speaker) -> Wishes:
    """What is asked of the printing, with what was remembered of the printer."""
    asked = Wishes(
        arguments.paper,
        arguments.flip,
        arguments.signature,
        arguments.creep,
        arguments.paper_weight,
        arguments.manual_duplex,
        arguments.trim_marks,
        arguments.bleed,
    )
    if not arguments.preset:
        return asked
    speaker.say(f"As remembered for this printer, in {preset_file()}: {arguments.preset}")
    kept: Wishes = arguments.preset.fill(
        asked, folded=not imposition(size, Wishes(asked.paper, trim_marks=asked.trim_marks)).flat
    )
    return kept


def forget(speaker: Speaker) -> None:
    """Drops what was remembered, and says what it was. Raises OSError where the file cannot be deleted."""
    try:
        told = str(read_preset() or "nothing was remembered of a printer")
    except CourseError:
        told = "what was not understood"
    preset_file().unlink(missing_ok=True)
    speaker.say(f"Forgotten: {told}")


def remember(arguments: Namespace, speaker: Speaker) -> None:
    """Keeps for this user what was asked of the printer. Raises OSError where that cannot be written."""
    preset, path = Preset(arguments.flip, arguments.manual_duplex, arguments.paper_weight), preset_file()
    with replacing(path) as new:
        new.write_text(json.dumps(asdict(preset), indent=1), encoding="utf-8")
    speaker.say(f"Remembered for this printer, in {path}: {preset}")
