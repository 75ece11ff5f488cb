"""Small courses for tests, told in a few words."""

from pathlib import Path

from twofold.opening import OpenedCourse, open_course

PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><title>A box</title>
<rect x="10" y="10" width="100" height="40" fill="none" stroke="#161412" stroke-width="2"/></svg>
"""
SOURCES = """[
{"id": "applebaum", "type": "book", "title": "Gulag: A History",
 "author": [{"family": "Applebaum", "given": "Anne"}], "issued": {"date-parts": [[2003]]}},
{"id": "formozov", "type": "article-journal", "title": "Kites over the zone", "container-title": "Novyi mir",
 "author": [{"family": "Formozov", "given": "N. A."}], "issued": {"date-parts": [[2012]]}}
]
"""
SETTINGS = 'title = "A small course"\nlanguage = "en-GB"\n'
DATA = "Source,Killed\nReport,46\nSurvivors,700\n"
LEDGER = """question,source,claim,verdict
deaths,Report,46 killed,contested
deaths,Survivors,500 to 700 killed or wounded,contested
"""


class SmallCourse:
    """A folder that is a course: chapters are added as text, a picture, sources and data lie ready."""

    def __init__(self, folder: Path, settings: str = SETTINGS) -> None:
        self.folder = folder
        for name, text in (
            ("course.toml", settings),
            ("sources.json", SOURCES),
            ("ledger.csv", LEDGER),
            ("figures/box.svg", PICTURE),
            ("data/deaths.csv", DATA),
        ):
            self.file(name, text)

    def file(self, name: str, content: str | bytes) -> "SmallCourse":
        """Writes a file of the course."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def chapter(self, text: str, name: str = "first") -> "SmallCourse":
        """Adds a chapter behind those that are there."""
        number = len(list(self.folder.glob("*.md"))) + 1
        return self.file(f"{number:02}-{name}.md", text)

    def open(self) -> OpenedCourse:
        """The course, read, checked and numbered."""
        return open_course(self.folder)
