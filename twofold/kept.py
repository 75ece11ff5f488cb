"""What a program that builds again and again, as with `--watch`, keeps of one build for the next."""

from typing import TypeVar

Name = TypeVar("Name")
Made = TypeVar("Made")


class Kept(dict[Name, Made]):
    """What was made last, by a name, until it is forgotten (see `watching.forget`). It saves time and nothing else:
    what it holds is only given again where it would come out the same."""

    def cache_clear(self) -> None:
        """Forgets it, as what `lru_cache` keeps is forgotten."""
        self.clear()
