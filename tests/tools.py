"""Tools beside Python that some tests need: where one is missing a test is skipped, except in CI, which has all."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SYSTEM_PYTHON = "/usr/bin/python3"
"""The Python that knows UNO on Debian; the tests' own may be another."""


def needs(found: object, reason: str) -> pytest.MarkDecorator:
    """Skips a test whose tool was not found; with CI_REQUIRES_TOOLS set it runs, and fails."""
    return pytest.mark.skipif(not found and not os.environ.get("CI_REQUIRES_TOOLS"), reason=reason)


def knows_uno() -> bool:
    """Whether LibreOffice can be asked questions."""
    if not shutil.which("soffice") or not Path(SYSTEM_PYTHON).exists():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0
