"""`--preview`: the page as a browser shows it."""

import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.courses import SmallCourse
from tests.test_again import ROOT, command
from tests.tools import needs

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CHAPTER = "# First\n\nWords.\n\n::: {.slide title=Claim}\n- a point\n:::\n"
PATIENCE = 60_000  # milliseconds
pytestmark = [pytest.mark.slow, needs(CHROMIUM, "Chromium is not installed")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def preview(small: SmallCourse, tmp_path: Path) -> Iterator[str]:
    """The address of a preview of a small course, whose deck is made already."""
    small.chapter(CHAPTER)
    assert command("make_slides.py", small.folder, "-o", tmp_path / "out").returncode == 0
    line = [sys.executable, str(ROOT / "make_booklet.py"), str(small.folder), "-o", str(tmp_path / "out"), "--preview"]
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ})
    try:
        said = process.stderr.readline()
        yield re.search(r"http://127\.0\.0\.1:\d+/", said)[0]
    finally:
        process.kill()
        process.wait()


def drawn(page: Page, figure: str) -> bool:
    """Whether the picture of a page or slide is there and has something on it."""
    page.locator(f"#{figure}").scroll_into_view_if_needed()
    picture = page.locator(f"#{figure} img")
    expect(picture).to_have_js_property("complete", True, timeout=PATIENCE)
    return int(picture.evaluate("image => image.naturalWidth")) > 100


def test_the_page_follows_the_course(preview: str, browser: Browser, small: SmallCourse) -> None:
    """Spreads and slides, what is wrong with its line, what has changed; nobody reloads it."""
    page = browser.new_page()
    outside: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(preview) else outside.append(request.url))
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(preview)
    expect(page.locator("#status")).to_have_text("Built, nothing to mend", timeout=PATIENCE)
    assert page.locator(".spread").count() == 5  # the cover, 2-3, 4-5, 6-7, the back
    assert page.locator(".deck figure").count() == 3
    assert drawn(page, "page-4") and drawn(page, "slide-3")
    assert "Claim" in page.locator("#slide-3 figcaption").inner_text()
    assert "8 pages = 2 sheets" in page.locator("#told").inner_text()

    small.file("01-first.md", CHAPTER.replace("Words", "Other words"))
    expect(page.locator("#booklet .changed")).to_have_text("changed: 4", timeout=PATIENCE)
    assert page.locator("figure.new").count() == 1
    assert drawn(page, "page-4")

    small.file("01-first.md", CHAPTER + "\n[x](#nowhere)\n")
    expect(page.locator("#status")).to_have_text("Not built: 1 to mend", timeout=PATIENCE)
    assert "01-first.md:9" in page.locator("#problems li.error").inner_text()
    small.file("01-first.md", CHAPTER)
    expect(page.locator("#status")).to_have_text("Built, nothing to mend", timeout=PATIENCE)
    expect(page.locator("#problems")).to_be_hidden()
    assert (outside, wrong) == ([], [])


def test_only_this_computer_is_answered(preview: str) -> None:
    """No other name leads here, no file of the computer, no page that is not there."""
    port = int(preview.rstrip("/").rpartition(":")[2])

    def asked(path: str, host: str = "127.0.0.1") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        return connection.getresponse().status

    assert asked("/") == 200
    assert asked("/", "evil.example") == 403
    assert [asked(path) for path in ("/../pyproject.toml", "/preview/fonts.toml", "/page/x.png")] == [404] * 3
    end = time.monotonic() + PATIENCE / 1000
    while asked("/page/1.png") != 200 and time.monotonic() < end:
        time.sleep(0.5)
    assert (asked("/page/1.png"), asked("/page/99.png"), asked("/slide/0.png")) == (200, 404, 404)
