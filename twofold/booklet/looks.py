"""How each page of a PDF looks, as a hash: two pages with the same hash print the same.

What is drawn counts, and what a page calls to be drawn: pictures, fonts, shades. The names under which it calls them do
not, since they are given anew with every file; neither do tags, links and all else that never reaches paper."""

import hashlib
import re
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

CALL = re.compile(rb"/(\S+)\s+((?:[-+.\d]+\s+)?)(gs|Do|sh|Tf|cs|CS|scn|SCN)\b")
KINDS = {b"gs": "ExtGState", b"Do": "XObject", b"sh": "Shading", b"Tf": "Font", b"scn": "Pattern", b"cs": "ColorSpace"}
TAGS = re.compile(rb"/\w+\s*(?:<<[^>]*>>\s*BDC|BMC)\b|\bEMC\b")
UNSEEN = {"/Length", "/Parent", "/StructParent", "/StructParents", "/Resources", "/Name", "/Alt"}


def page_looks(data: bytes) -> tuple[str, ...]:
    """A hash of how each page of a PDF looks, the same for a part printed alone and for its pages in the booklet."""
    with pikepdf.open(BytesIO(data)) as pdf:
        eye = _Eye()
        return tuple(eye.page(page) for page in pdf.pages)


class _Eye:
    """Looks at things of one file, at each that many pages share only once."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], bytes] = {}
        self._called: dict[tuple[tuple[int, int], str, str], bytes] = {}

    def page(self, page: pikepdf.Page) -> str:
        drawn = b"".join(part.read_bytes() + b"\n" for part in _contents(page))
        box = " ".join(f"{float(length):.3f}" for length in page.mediabox)
        return _hash(box.encode(), self._content(drawn, page.obj.get(Name.Resources, Dictionary()))).decode()[:24]

    def _content(self, drawn: bytes, resources: Object) -> bytes:
        """What is drawn, with a hash of each thing that is called in place of its name."""

        def called(match: re.Match[bytes]) -> bytes:
            name, numbers, operator = match.groups()
            return b"/%s %s%s" % (self._call(resources, name.decode("latin-1"), operator), numbers, operator)

        return CALL.sub(called, b" ".join(TAGS.sub(b"", drawn).split()))

    def _call(self, resources: Object, name: str, operator: bytes) -> bytes:
        kind = KINDS.get(operator) or KINDS[operator.lower()]
        key = (resources.objgen, kind, name)
        if not resources.is_indirect or key not in self._called:
            thing = resources.get(f"/{kind}", Dictionary()).get(f"/{name}")
            found = name.encode() if thing is None else self._font(thing) if kind == "Font" else self._look(thing)
            self._called[key] = found
        return self._called[key]

    def _font(self, font: Object) -> bytes:
        """A font is known by its name, without the letters that stand for the part of it that a file has."""
        return str(font.get(Name.BaseFont, "")).rpartition("+")[2].strip("/").encode()

    def _look(self, thing: Object) -> bytes:
        if not isinstance(thing, Object):
            return _hash(repr(thing).encode())
        if not thing.is_indirect:
            return self._made_of(thing)
        if thing.objgen not in self._seen:
            self._seen[thing.objgen] = b""  # where it calls itself
            self._seen[thing.objgen] = self._made_of(thing)
        return self._seen[thing.objgen]

    def _made_of(self, thing: Object) -> bytes:
        match thing:
            case Stream():
                own = thing.get(Name.Resources)
                body = thing.read_raw_bytes() if own is None else self._content(thing.read_bytes(), own)
                return _hash(self._entries(thing), body)
            case Dictionary():
                return self._entries(thing)
            case Array():
                return _hash(*(self._look(part) for part in thing))
            case _:
                return _hash(thing.unparse())

    def _entries(self, thing: Object) -> bytes:
        names = sorted(name for name in thing.keys() if name not in UNSEEN)  # noqa: SIM118 (an Object iterates otherwise)
        return _hash(*(name.encode() + b" " + self._look(thing[name]) for name in names))


def _contents(page: pikepdf.Page) -> list[Object]:
    contents = page.obj.get(Name.Contents, Array())
    return [contents] if isinstance(contents, Stream) else [*contents.as_list()]


def _hash(*parts: bytes) -> bytes:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(b"%d " % len(part))
        whole.update(part)
    return whole.hexdigest().encode()
