"""A booklet to be kept for good: PDF/A-3u (ISO 19005-3), with the files that it was made from."""

from collections.abc import Mapping
from importlib.metadata import distribution
from io import BytesIO
from mimetypes import MimeTypes
from pathlib import Path

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf

from twofold.booklet.saving import as_bytes

LONG_AGO = "D:19800101000000Z"  # of the files in it: the same pages are the same bytes
PRINTED = 4  # the flag of what stands on paper too, asked of every link (6.3.2)
ANYTHING = "application/octet-stream"
KINDS = MimeTypes()  # those that Python knows itself, the same on every machine
KINDS.add_type("text/markdown", ".md")


def archived(booklet: bytes, sources: Mapping[str, bytes]) -> bytes:
    """A bound booklet as PDF/A-3u. `sources` are the files that it was made from, by their names."""
    with pikepdf.open(BytesIO(booklet)) as pdf:
        _declare(pdf)
        _mean_colours(pdf, _colours())
        for page in pdf.pages:
            for link in page.get(Name.Annots, ()):
                link.F = PRINTED
        _attach(pdf, sources)
        return as_bytes(pdf)


def _declare(pdf: Pdf) -> None:
    """Says what it is (6.6.4)."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        del said["pdfuaid:part"]  # the standard for archives does not know it
        said["pdfaid:part"], said["pdfaid:conformance"] = "3", "U"


def _colours() -> bytes:
    """The ICC profile of sRGB, which comes with WeasyPrint; it is not loaded for it."""
    return Path(str(distribution("weasyprint").locate_file("weasyprint/pdf/sRGB2014.icc"))).read_bytes()


def _mean_colours(pdf: Pdf, profile: bytes) -> None:
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        Info="sRGB",
        DestOutputProfile=pdf.make_stream(profile, N=3),
    )
    pdf.Root.OutputIntents = Array([intent])


def _attach(pdf: Pdf, files: Mapping[str, bytes]) -> None:
    """Puts files into it, each as a source of the whole (6.8)."""
    pdf.Root.AF = Array()
    for name, data in files.items():
        kind = KINDS.guess_type(name)[0] or ANYTHING
        dates = {"creation_date": LONG_AGO, "mod_date": LONG_AGO}
        file = AttachedFileSpec(pdf, data, description="", filename=name, mime_type=kind, **dates)
        file.relationship = Name.Source
        pdf.attachments[name] = file
        pdf.Root.AF.append(pdf.attachments[name].obj)
