"""Makes the booklet of a course: out/booklet.pdf for students and out/teacher.pdf with the answers."""

import argparse
import sys

from twofold.command import HERE, Speaker, common_arguments, run

FILES = {"student": "booklet.pdf", "teacher": "teacher.pdf"}


def parse_arguments() -> argparse.Namespace:
    sizes = sorted(path.stem for path in (HERE / "layouts" / "booklet" / "sizes").glob("*.css"))
    parser = common_arguments("Make the booklet of a course.")
    parser.add_argument("--edition", choices=[*FILES, "both"], default="both", help="which edition to make (both)")
    parser.add_argument("--size", choices=sizes, help="the page size (the course's own)")
    return parser.parse_args()


def build(arguments: argparse.Namespace, speaker: Speaker) -> None:
    from twofold.booklet import lay_out
    from twofold.builds.state import PageMap, fingerprint, read_page_map, write_page_map
    from twofold.opening import open_course
    from twofold.slides.plan import plan, slide_numbers

    opened = open_course(arguments.chapters)
    speaker.report(opened.warnings)
    size = arguments.size or opened.course.settings.booklet.size
    numbers = slide_numbers(plan(opened.course))
    editions = list(FILES) if arguments.edition == "both" else [arguments.edition]
    kept = read_page_map(arguments.out)
    pages = kept.pages if kept else {}
    booklets = {}
    for edition in editions:
        booklet = lay_out(
            opened.course,
            opened.folder,
            opened.words,
            edition=edition,
            size=size,
            slide_numbers=numbers,
            expected=pages,  # most still hold, which saves laying out the contents twice
        )
        speaker.report(booklet.problems)
        booklets[edition], pages = booklet, booklet.pages
    for edition, booklet in booklets.items():
        path = arguments.out / FILES[edition]
        speaker.report(booklet.write(path))
        speaker.say(f"{path}: {booklet.page_count} pages")
        speaker.result[edition] = {"file": str(path), "pages": booklet.page_count}
    write_page_map(arguments.out, PageMap(fingerprint(arguments.chapters), size, booklets[editions[0]].pages))


if __name__ == "__main__":
    sys.exit(run(build, parse_arguments()))
