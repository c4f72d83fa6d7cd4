"""What comes in at the door, whoever asks: a text that can be read, of a length that can be looked into, on a day that
calendars know; and question objects, each a line of JSON."""

import json
import unicodedata
from datetime import date

from corpus.errors import RequestError

MOST_ASKED = 2000  # characters: the work grows with their square, and others wait for it
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
EXPECTED = 'expected {{"question", "today", "thread"}} as JSON in UTF-8, got: {line}'
_STAND_FOR = {"Cc": " ", "Cs": " ", "Cf": ""}  # kinds of signs that nobody sees, as copied from pages and web sites


def legible(text: str) -> str:
    """`text` without the signs that nobody sees: control characters, halves of a character, marks of no width."""
    return "".join(s if s.isprintable() or s.isspace() else _STAND_FOR.get(unicodedata.category(s), s) for s in text)


def asking_day(text: str) -> date:
    """The day of an ISO date. Raises ValueError where it is none, or so far off that no year can be counted from it."""
    day = date.fromisoformat(text)
    if not FIRST <= day <= LAST:
        raise ValueError(text)
    return day


def question_object(line: str, number: int, today: date) -> tuple[str, date, str]:
    """Question, asking day and thread out of a line of JSON; the last two may be left out. Raises RequestError."""
    try:
        line.encode("utf-8")
        asked = json.loads(line)
        question, day, thread = asked["question"], asked.get("today"), asked.get("thread")
        if not isinstance(question, str):
            raise TypeError(question)
        return question, asking_day(day) if day else today, str(thread or "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        shown = line.strip()[:80].encode("utf-8", "replace").decode()
        raise RequestError(f"Line {number}: {EXPECTED.format(line=shown)}") from None
