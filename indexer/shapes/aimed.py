"""Targets that a name or a title ends with, without a verb: "Calls answered in 20 seconds – 90%", "(target 3 days)"."""

import re
from datetime import date

from kpi_tools.figures import Figure, read_bound
from kpi_tools.periods import read_period

_WORD = r"(?:(?:annual|current|local|performance) )?(?:target|goal|standard)(?: level)?"
_NAMED = re.compile(
    rf"\s*[-–—:,;(\[]\s*{_WORD}\s*(?:is|of|[:=–-])?\s*(?P<aim>[^()\[\]]*\d[^()\[\]]*?)\s*[)\]]?\s*\.?$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:\s+[–—-]\s*|:\s+)(?P<aim>(?:(?:at least|[<>≤≥]=?)\s*)?\d{1,3}(?:\.\d+)?\s?(?:%|per ?cent))\s*\.?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:through|until|up to)\s+(?:the end of\s+)?(\w+\s+\d{4})\b", re.IGNORECASE)


def aim_in(text: str) -> tuple[str, tuple[str, Figure] | None]:
    """A name without the target at its end, and that target's comparator and figure; None where it has none."""
    for pattern in (_NAMED, _BARE):
        found = pattern.search(text)
        bound = read_bound(found["aim"]) if found else None
        if found and bound and re.search(r"[^\W\d]{3}", text[: found.start()]):
            return text[: found.start()].rstrip(" -–—:,;("), bound
    return text, None


def until(text: str) -> date | None:
    """The last day of "through September 2025"; None where no end is set."""
    found = _UNTIL.search(text)
    period = read_period(found[1]) if found else None
    return period.end if period else None
