"""A presentation into a file: the same bytes for the same slides, and never half a file."""

import io
import os
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pptx.opc.serialized import PackageWriter

from twofold.files import replacing
from twofold.problems import CourseError, Place, Problem

EARLIEST = 315532800
"""1 January 1980 in Unix time: a zip knows no earlier day, and no build date is better than a false one."""
LATEST = 4354819198
"""31 December 2107, a zip's last day."""
DATES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


class _Sink(dict[str, bytes]):
    """Takes from python-pptx what it would write into a zip of its own, for the names of the parts in it."""

    def write(self, name: str, data: bytes) -> None:
        self[name.removeprefix("/")] = data


def packed(deck: Any) -> bytes:
    """The file that `deck` becomes."""
    package, sink = deck.part.package, _Sink()
    writer: Any = PackageWriter("", package._rels, tuple(package.iter_parts()))
    writer._write_content_types_stream(sink)
    writer._write_pkg_rels(sink)
    writer._write_parts(sink)
    return zipped(sink, build_time())


def write(data: bytes, path: Path) -> None:
    """Writes a file to `path`; whoever reads it meanwhile sees the old one or the new one."""
    with replacing(path) as new:
        new.write_bytes(data)


def build_time() -> datetime:
    """SOURCE_DATE_EPOCH, or the earliest day there is. Raises CourseError when it is no number."""
    said = os.environ.get("SOURCE_DATE_EPOCH") or str(EARLIEST)
    try:
        seconds = int(said)
    except ValueError:
        message = f"“{said}” is no number of seconds since 1970"
        raise CourseError([Problem(Place("SOURCE_DATE_EPOCH"), message, "mend or unset it")]) from None
    return datetime.fromtimestamp(min(LATEST, max(EARLIEST, seconds)), UTC)


def settled(data: bytes, time: datetime) -> bytes:
    """The same zip with one date for everything in it, workbooks of charts included, and in one order."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return zipped({name: file.read(name) for name in file.namelist()}, time)


def zipped(parts: Mapping[str, bytes], time: datetime) -> bytes:
    """Parts by their names as a zip: one date for everything in it, the list of types first, then the parts by name."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, time.timetuple()[:6])
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            file.writestr(entry, _settled_part(name, parts[name], time))
    return result.getvalue()


def _settled_part(name: str, data: bytes, time: datetime) -> bytes:
    if name.endswith(".xlsx"):
        return settled(data, time)
    if name == "docProps/core.xml":
        date = time.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return DATES.sub(rb"\g<1>" + date + rb"\g<3>", data)
    return data
