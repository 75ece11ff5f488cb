"""What a deck costs: parts are counted and not searched, so that twice the slides take twice the time."""

import pickle
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from bench import decks, engines
from bench.clock import cost
from bench.courses import write_course
from twofold.slides.naming import add_notes, add_slide, opened


def test_no_name_is_given_twice_when_slides_leave_and_join(tmp_path: Path) -> None:
    """Not even to a part that comes after one has left: python-pptx would write two parts of one name."""
    deck = opened()
    ids = [add_slide(deck, deck.slide_layouts[0])[1] for _ in range(3)]
    listed = deck.slides._sldIdLst
    deck.part.drop_rel(listed[1].rId)
    listed.remove(listed[1])
    ids += [add_slide(deck, deck.slide_layouts[0])[1] for _ in range(2)]
    assert len(set(ids)) == 5
    for slide in deck.slides:
        add_notes(slide).notes_text_frame.text = f"Notes of {slide.slide_id}"
    assert names(deck, tmp_path) == 4
    again = opened(tmp_path / "deck.pptx")
    add_slide(again, again.slide_layouts[0])
    assert names(again, tmp_path) == 5
    assert [slide.notes_slide.notes_text_frame.text for slide in list(again.slides)[:4]] == [
        f"Notes of {number}" for number in ids if number != ids[1]
    ]


def names(deck: object, folder: Path) -> int:
    """How many slides a deck has once it is written; no name is in it twice."""
    deck.save(str(folder / "deck.pptx"))  # type: ignore[attr-defined]
    with zipfile.ZipFile(folder / "deck.pptx") as file:
        assert set(Counter(file.namelist()).values()) == {1}
        return len([name for name in file.namelist() if name.startswith("ppt/slides/slide")])


def test_the_same_picture_is_kept_once(tmp_path: Path) -> None:
    """Also when the deck that holds it was opened again."""
    for name, colour in (("a", 0), ("b", 255)):
        Image.new("L", (4, 4), colour).save(tmp_path / f"{name}.png")
    deck = opened()
    for name in "aab":
        add_slide(deck, deck.slide_layouts[6])[0].slide.shapes.add_picture(str(tmp_path / f"{name}.png"), 0, 0)
    assert names(deck, tmp_path) == 3
    again = opened(tmp_path / "deck.pptx")
    again.slides[2].shapes.add_picture(str(tmp_path / "a.png"), 0, 0)
    assert names(again, tmp_path) == 3
    with zipfile.ZipFile(tmp_path / "deck.pptx") as file:
        assert len([name for name in file.namelist() if name.startswith("ppt/media/")]) == 2


@pytest.mark.slow
def test_a_thousand_slides_cost_little_more_than_their_engine_alone(tmp_path: Path) -> None:
    """Under three times bare python-pptx, and at most six times as much as two hundred slides."""
    seconds, deck = {}, tmp_path / "deck.pptx"
    for slides, chapters in ((200, 25), (1000, 125)):
        write_course(tmp_path / str(slides), chapters)
        command = [sys.executable, decks.__file__, "--write", tmp_path / str(slides), deck]
        seconds[slides] = min(cost(*command).seconds for _ in range(2))
    (tmp_path / "kept").write_bytes(pickle.dumps(engines.contents(deck)))
    bare = cost(sys.executable, engines.__file__, "pptx", tmp_path / "kept", tmp_path / "bare.pptx").seconds
    assert seconds[1000] <= 6 * seconds[200]
    assert seconds[1000] < 3 * bare
