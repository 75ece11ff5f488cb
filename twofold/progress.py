"""How far long work has come: stages log it, a command shows it."""

import logging
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

SHARE = "share"
BAR = 24
"""Letters that a bar is long."""
PAUSE = 10.0
"""Seconds between two lines where there is no terminal for a bar."""


def log_progress(logger: logging.Logger, words: str, done: int, total: int) -> None:
    """Logs that `done` of `total` steps are behind; `words` say what is done next."""
    logger.info(words, extra={SHARE: done / max(1, total)})


def put(words: object, stream: TextIO, end: str = "\n") -> None:
    """Prints words at once. Where nobody reads them any more, as behind `| head -1`, the work goes on in silence."""
    try:
        print(words, file=stream, end=end, flush=True)
    except BrokenPipeError:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())


@dataclass(slots=True)
class Bar:
    """A bar that grows in its place in a terminal; elsewhere a plain line now and then."""

    _shown: bool = False
    _last: float = field(default_factory=time.monotonic)

    def show(self, words: str, share: float) -> None:
        """Shows that a share of the work, from 0 to 1, is done; when all is, the bar goes."""
        if sys.stdout.isatty():
            full = round(share * BAR)
            put(f"\r\033[K{'█' * full}{'·' * (BAR - full)} {words}", sys.stdout, end="")
            self._shown = True
            if share >= 1:
                self.clear()
        elif time.monotonic() - self._last > PAUSE:
            put(f"{words} ({share:.0%} done)", sys.stdout)
            self._last = time.monotonic()

    def clear(self) -> None:
        """Makes room for a line."""
        if self._shown:
            put("\r\033[K", sys.stdout, end="")
            self._shown = False
