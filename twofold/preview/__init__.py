"""What a build has made, on a page of this computer that follows every edit: a `Show` knows it, `serve` shows it."""

from twofold.preview.server import serve
from twofold.preview.show import Show, show_of

__all__ = ["Show", "serve", "show_of"]
