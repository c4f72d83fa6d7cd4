"""Targets that a name or a title ends with, without a verb: "Calls answered in 20 seconds – 90%", "(target 3 days)"."""

import re

from kpi_tools.figures import Figure, read_bound

_WORD = r"(?:(?:annual|current|local|performance) )?(?:target|goal|standard)(?: level)?"
_NAMED = re.compile(
    rf"\s*[-–—:,;(\[]\s*{_WORD}\s*(?:is|of|[:=–-])?\s*(?P<aim>[^()\[\]]*\d[^()\[\]]*?)\s*[)\]]?\s*\.?$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:\s+[–—-]\s*|:\s+)(?P<aim>(?:(?:at least|[<>≤≥]=?)\s*)?\d{1,3}(?:\.\d+)?\s?(?:%|per ?cent))\s*\.?$",
    re.IGNORECASE,
)


def aim_in(text: str) -> tuple[str, tuple[str, Figure] | None]:
    """A name without the target at its end, and that target's comparator and figure; None where it has none."""
    for pattern in (_NAMED, _BARE):
        found = pattern.search(text)
        bound = read_bound(found["aim"]) if found else None
        if found and bound and re.search(r"[^\W\d]{3}", text[: found.start()]):
            return text[: found.start()].rstrip(" -–—:,;("), bound
    return text, None
