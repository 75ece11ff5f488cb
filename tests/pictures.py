"""Bitmaps for tests, made by hand so that nothing large lies in the repository."""

import struct
import zlib


def png(width: int, height: int, pixels: bytes | None = None) -> bytes:
    """A grey PNG; `pixels` replaces its unpacked rows, b"" leaves them out."""
    rows = pixels if pixels is not None else (b"\x00" + b"\x99" * width) * height
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
