"""A PDF as the bytes of a file, the same ones for the same pages."""

from io import BytesIO

from pikepdf import ObjectStreamMode, Pdf


def as_bytes(pdf: Pdf, mode: ObjectStreamMode = ObjectStreamMode.generate) -> bytes:
    """A PDF as it is now, by way of the memory: pikepdf 10.17 ends the whole program where it meets a full disk."""
    made = BytesIO()
    pdf.save(made, min_version="1.7", object_stream_mode=mode, deterministic_id=True)
    return made.getvalue()
