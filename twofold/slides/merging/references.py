"""What relationships lead to, by names that hold in every file; and parts moved from one package into another."""

import hashlib
import posixpath
from collections.abc import Iterator
from typing import Any

from pptx.opc.package import Part, _Relationship
from pptx.opc.packuri import PackURI
from pptx.parts.slide import SlidePart

from twofold.slides.package import build_time, settled

OWN_NAME = "own-"
MEDIA = "/ppt/media/"


class Library:
    """Names parts by their content, slides by their key, addresses by themselves, and remembers what had the name.

    Parts of `package` are its own; any other is moved into it when it is used, under a name made of its content, so
    that the same deck always comes out of it."""

    def __init__(self, package: Any) -> None:
        self.package = package
        self.keys: dict[int, str] = {}
        self.moved: dict[int, Any] = {}
        self._named: dict[str, tuple[str, Any]] = {}
        self._digests: dict[int, str] = {}
        self._own: dict[str, Any] = {}
        self._kept: list[Any] = []

    def name(self, part: Any, relation: str) -> str:
        """`url:` with an address, `slide:` with a key or `part:` with a digest."""
        found = part.rels.get(relation)
        if found is None:
            return f"lost:{relation}"
        if found.is_external:
            name = f"url:{found.target_ref}"
            self._named[name] = (found.reltype, found.target_ref)
            return name
        target = found.target_part
        if isinstance(target, SlidePart):
            name = f"slide:{self.keys.get(id(target), target.partname)}"
        else:
            name = f"part:{self.digest(target)}"
        if name not in self._named or target.package is self.package:
            self._named[name] = (found.reltype, target)
        return name

    def use(self, part: Any, name: str) -> str | None:
        """A relationship of `part`, which is in our package, to what has that name."""
        if name not in self._named:
            return None
        kind, target = self._named[name]
        if isinstance(target, str):
            return str(part.relate_to(target, kind, is_external=True))
        ours = self.move(target)
        return None if ours is None else str(part.relate_to(ours, kind))

    def move(self, part: Any) -> Any:
        """The part in our package: itself, a picture of ours with the same content, or a copy with all that it needs;
        None for a slide that is not in the result."""
        if part.package is self.package:
            return part
        if id(part) in self.moved:
            return self.moved[id(part)]
        if isinstance(part, SlidePart):
            return None
        digest = self.digest(part)
        known = self._ours().get(digest) if part.partname.startswith(MEDIA) else None
        self.moved[id(part)] = known or self._copy(part, digest)
        self._kept.append(part)
        return self.moved[id(part)]

    def digest(self, part: Any) -> str:
        """The digest of a part and of all that it leads to."""
        if id(part) not in self._digests:
            self._digests[id(part)] = hashlib.sha256(part.partname.encode()).hexdigest()  # should it lead to itself
            content = hashlib.sha256(part.content_type.encode() + b"\0" + _content(part))
            for relation in sorted(part.rels.values(), key=lambda one: one.rId):
                content.update(f"\0{relation.rId}\0{relation.reltype}\0".encode())
                if relation.is_external:
                    content.update(relation.target_ref.encode())
                elif not isinstance(relation.target_part, SlidePart):
                    content.update(self.digest(relation.target_part).encode())
            self._digests[id(part)] = content.hexdigest()[:32]
            self._kept.append(part)
        return self._digests[id(part)]

    def rename(self, part: Any) -> None:
        """Gives a copied part that was changed the name that its content has now."""
        for one in (*(relation.target_part for relation in part.rels.values() if not relation.is_external), part):
            if OWN_NAME in one.partname:
                self._digests.pop(id(one), None)
                one.partname = _own_name(one, self.digest(one))

    def _copy(self, part: Any, digest: str) -> Any:
        copy = type(part).load(_own_name(part, digest), part.content_type, self.package, part.blob)
        self.moved[id(part)] = copy
        self.relate(copy, part.rels.values())
        return copy

    def relate(self, part: Any, relations: Any) -> None:
        """Gives a part of ours the relationships of a copied one, under their old names."""
        for one in relations:
            target = one.target_ref if one.is_external else self.move(one.target_part)
            if target is not None:
                part.rels._rels[one.rId] = _Relationship(
                    part.partname.baseURI, one.rId, one.reltype, "External" if one.is_external else "Internal", target
                )

    def _ours(self) -> dict[str, Any]:
        """Pictures of ours by digest."""
        if not self._own:
            media = (part for part in self.package.iter_parts() if part.partname.startswith(MEDIA))
            self._own = {self.digest(part): part for part in media}
        return self._own


def _own_name(part: Any, digest: str) -> PackURI:
    folder, extension = posixpath.split(part.partname)[0], posixpath.splitext(part.partname)[1]
    return PackURI(f"{folder}/{OWN_NAME}{digest[:16]}{extension}")


def _content(part: Any) -> bytes:
    """The bytes of a part as they will be written."""
    blob: bytes = part.blob
    return settled(blob, build_time()) if part.partname.endswith(".xlsx") else blob


def slide_parts(presentation: Any) -> Iterator[SlidePart]:
    """The parts of a deck's slides in order."""
    for listed in presentation.slides._sldIdLst:
        yield presentation.part.related_part(listed.rId)


def new_part(kind: type[Part], name: str, content_type: str, package: Any, blob: bytes) -> Any:
    """A part that holds `blob`."""
    return kind.load(PackURI(name), content_type, package, blob)
