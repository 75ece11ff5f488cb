"""The drawings that pages may show, by URLs made of what they are."""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Shelf:
    """Drawings put here by `add`, which `twofold.drawings` has looked into."""

    _drawings: dict[str, bytes] = field(default_factory=dict)

    def add(self, data: bytes, kind: str) -> str:
        """Puts a drawing on the shelf and gives the URL under which a page shows it."""
        url = f"drawing:{hashlib.sha256(data).hexdigest()}.{kind}"
        self._drawings[url] = data
        return url

    def __contains__(self, url: str) -> bool:
        return url in self._drawings

    def __getitem__(self, url: str) -> bytes:
        return self._drawings[url]


@lru_cache(maxsize=1)
def shelf() -> Shelf:
    """The one of this program: what is rendered without being laid out needs no more than its URLs."""
    return Shelf()
