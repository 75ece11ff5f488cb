"""Markdown chapters into a printable booklet and a lecture deck."""

import sys
from types import TracebackType

STOPPED = "Stopped; the files that were there are as they were."


def _stop(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Ctrl-C while the modules of a command are still loaded is no fault of theirs."""
    if issubclass(kind, KeyboardInterrupt):
        print(STOPPED, file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _stop
