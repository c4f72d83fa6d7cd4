"""The notes and minutes in a pack, paragraph by paragraph, each with the day of the meeting that it tells of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.paper import Line, Pack, Page
from kpi_tools.due import find_days

_DAY = (
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z][a-z]+,?\s+\d{4}|[A-Z][a-z]+\s+\d{1,2}(?:st|nd|rd|th)?,\s+\d{4})\b"
)
_MEETING = re.compile(rf"{_DAY}|\b\d{{1,2}}[/.]\d{{1,2}}[/.](?:20)?\d\d\b")
# What an agenda says of the minutes of an earlier meeting, which stand elsewhere.
_ON_AGENDA = re.compile(
    r"\b(?:last|previous) meeting\b|^\W*(?:to|the)\b.*\b(?:notes|minutes)\b|\bpages? \d+|\bplease note\b", re.IGNORECASE
)
_PAGED = re.compile(r"\bpages? \d+", re.IGNORECASE)
# A heading that says whose minutes follow: the paper's own meeting is another.
_MINUTES = re.compile(
    rf"^\W*(?:\d+\.?\s+)?(?:draft\s+|unconfirmed\s+)?(?:minutes|notes|record)\b[^.]{{0,100}}?\b(?:on|of|held|:|–|-)\W"
    rf"[^.]{{0,24}}?(?P<day>{_DAY})(?:[^.]{{0,40}}?\d{{1,2}}[.:]?\d{{0,2}}\s?[ap]\.?m\.?)?[^.]{{0,40}}$",
    re.IGNORECASE,
)
_HEADED = re.compile(r"\b(notes|minutes|record)\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"\b(?:meeting|proceedings)\b[^.]{0,40}\b(?:closed|ended|concluded|finished|adjourned|terminated)\b"
    r".{0,12}\b\d{1,2}[.:]\d\d",
    re.IGNORECASE,
)
HEAD = 8  # lines at a page's head that may say whose minutes begin there
# What only minutes have below the day of a meeting: who was there.
THERE = re.compile(
    r"^\W*(?:(?:(?:members|councillors|those) )?(?:present|in attendance|attendance|attendees))\b\W*", re.IGNORECASE
)
POINT = re.compile(
    r"^\s*(?:[–•▪●·*\uf0a7\uf0b7-]|\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]{1,4})[.)]|\d+\.\d+(?:\.\d+)*|\d{2,4}/\d{1,4}[.:]?)\s"
)
# What begins a paragraph of its own, whatever its lines' distance.
_BEGINS = re.compile(
    r"^(?:ACTIONS?|Actions?|RESOLVED|Resolved|AGREED|Agreed|DECISIONS?|Decisions?|Apologies|Present|Attendees|Absent|Officers|Substitutes?|Staff|Guests|Regrets|MOTION|[A-Z]\d{4}-\d+"
    r"|In attendance|Also (?:present|in attendance)|(?:Members|Those) present)\b"
)
_GAP = 1.6  # times a line's height: a wider one parts two paragraphs
_WHEN = re.compile(
    r"\b(?:by|at|in|before|for) (?:the )?(?:end of )?(?:next|following|\w+ember|january|february|march|april|may|june"
    r"|july|august|october)\b(?: \d{4})?(?: (?:meeting|committee|panel|report|quarter|year))?"
    r"|\bto (?:the|its|their) (?:next|following|\w+ember|january|february|march|april|may|june|july|august|october)"
    r" (?:meeting|committee|panel|board)",
    re.IGNORECASE,
)
_TOOK_PLACE = re.compile(r"(?<!\bbe )\b(?:held|dated|met|took place|taken place)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Point:
    """One paragraph: its lines and all of their text, where it begins, the day of the meeting, "" in no minutes."""

    page: Page
    line: Line
    meeting: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def meetings(pack: Pack) -> Iterator[tuple[Page, str]]:
    """Each page with the day of the meeting whose notes it is part of; "" for any other page."""
    meeting, item = "", ""
    for page in pack.pages:
        goes_on = page.item == item and bool(item or not (pack.items and _entitled(page)))
        meeting, item = _meeting(page) or (meeting if goes_on else ""), page.item
        yield page, meeting
        if _CLOSED.search(page.text):
            meeting = ""  # what follows is another paper


def _entitled(page: Page) -> bool:
    """Whether a page begins with a title, as another paper would; a numbered heading is one of the minutes."""
    return any(line.bold and not POINT.match(line.text) for line in page.lines[:1])


def _meeting(page: Page) -> str:
    """The day of the meeting whose notes a page begins; "" elsewhere."""
    heads = (line.text for line in page.lines if not _PAGED.search(line.text))
    if named := next((m for text in heads if (m := _MINUTES.search(text))), None):
        return named["day"]
    head = [line.text for line in page.lines[:HEAD]]
    headed = any(_HEADED.search(text) and not _ON_AGENDA.search(text) and len(text.split()) < 20 for text in head)
    there = next((at for at, text in enumerate(head) if THERE.match(text)), 0)
    if not (headed or there):
        return ""
    found = _MEETING.search(" ".join(head if headed else head[:there]))
    return found[0] if found else ""


def points(pack: Pack) -> Iterator[Point]:
    """The paragraphs of all pages; one may go on overleaf."""
    last: Point | None = None
    foot = 0.0
    for page, meeting in meetings(pack):
        for line in page.lines:
            begins = last is None or last.meeting != meeting or POINT.match(line.text) or _BEGINS.match(line.text)
            apart = line.box[1] - foot > (_GAP - 1) * (line.box[3] - line.box[1]) if line.box[1] >= foot else False
            turned = line.box[1] < foot and bool(last and last.text.endswith((".", ":", ";")))
            goes_on = line.text[:1].islower() or not (apart or turned)
            if last and not begins and last.line.bold == line.bold and goes_on:
                last = Point(last.page, last.line, meeting, (*last.lines, line.text.strip()))
            else:
                if last:
                    yield last
                last = Point(page, line, meeting, (line.text.strip(),))
            foot = line.box[3]
    if last:
        yield last


def when(text: str) -> str:
    """When a sentence wants something, in its own words; "" where it does not say."""
    led = re.compile(r"\b(?:by|before|on|for|at|due:?)\s*(?:the )?(?:end of )?$")
    days = [day for day in find_days(text) if (at := led.search(text[: day.start])) and not _past(text[: at.start()])]
    if days:
        return text[days[0].start : days[0].end]
    return next((at[0] for at in _WHEN.finditer(text) if not _past(text[: at.start()])), "")


def _past(before: str) -> bool:
    """Whether what stands before "on 4 July" tells of something that was on that day."""
    return bool(_TOOK_PLACE.search(before))
