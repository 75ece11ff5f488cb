"""What a process costs."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

COMPILED = Path(tempfile.gettempdir()) / "twofold-bench-compiled"
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(COMPILED)}
"""Python keeps what it has compiled, as it does where nobody forbids it, for the next process."""


class Cost(NamedTuple):
    """Seconds of the processor, and the most MiB that were in memory at a time."""

    seconds: float
    memory: float


def cost(*command: object) -> Cost:
    """What a command costs as a process of its own. Ends the program where the command fails."""
    line = [*map(str, command)]
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(line)} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
