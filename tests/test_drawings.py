"""Pictures as both outputs get them."""

import io

import pytest
from PIL import Image

from tests.courses import SmallCourse
from twofold.drawings import picture


def photo(orientation: int) -> bytes:
    """A photograph, wider than high, with a camera's note on how it was held."""
    exif = Image.Exif()
    exif[274] = orientation
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.mark.parametrize(("orientation", "size"), [(1, (40, 20)), (3, (40, 20)), (6, (20, 40)), (8, (20, 40))])
def test_a_photograph_stands_as_the_camera_was_held(
    orientation: int, size: tuple[int, int], small: SmallCourse
) -> None:
    """PowerPoint does not read the note, so the picture itself is turned."""
    small.file("photo.jpg", photo(orientation))
    found = picture(small.folder, "photo.jpg")
    turned = Image.open(io.BytesIO(found.data))
    assert (found.width, found.height) == turned.size == size
    assert turned.getexif().get(274, 1) == 1
