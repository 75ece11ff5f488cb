"""What a slide says in the layouts' own words: its lesson, its number, the page to turn to."""

from twofold.slides.canvas import Setting
from twofold.slides.planned import Label, PlannedSlide


def labelled(label: Label, setting: Setting) -> str:
    """The words of a label."""
    return " · ".join(_named(name, number, setting) for name, number in label)


def page_mark(setting: Setting, slide: PlannedSlide) -> str:
    """The page of the booklet, or nothing."""
    page = setting.pages.get(slide.anchor)
    return setting.words("booklet-page", n=page) if page else ""


def footer(setting: Setting, slide: PlannedSlide) -> str:
    """The course, and which of its lessons this is."""
    title, lessons = setting.course.settings.running_title, len(setting.course.settings.lessons)
    if not slide.lesson:
        return title
    lesson = setting.words("lesson-of" if lessons else "lesson", n=slide.lesson, total=lessons)
    return f"{title} · {lesson}"


def _named(name: str, number: str, setting: Setting) -> str:
    """“Lesson 2”, where the words say themselves where the number stands; else it follows: “Source 4.1”."""
    words, total = setting.words, len(setting.course.settings.lessons)
    return words(name, n=number, total=total) if "{n}" in words[name] else f"{words[name]} {number}".strip()
