"""Times of two units or more: "3m 20s", "1 hr 5 mins", "03:41"."""

import re
from decimal import Decimal

from kpi_tools.pattern import Pattern

# Minutes and seconds as clocks show them, where a heading says so, or with hours, which nothing else looks like.
_CLOCK = Pattern(r"(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d)")
# "3m 20s", "1 hr 5 mins": the letters alone would be other things, so there are two parts or more.
_TIMES = {"hours": "h(?:(?:ou)?rs?)?", "minutes": "m(?:in(?:ute)?s?)?", "seconds": "s(?:ec(?:ond)?s?)?"}
_LASTED = Pattern(
    r"(?:and\s|,\s)?".join(rf"(?:(?P<{unit}>\d+)\s?(?:{forms})\b[\s,]*)?" for unit, forms in _TIMES.items()),
    re.IGNORECASE,
)


def read_time(printed: str, unit: str) -> tuple[Decimal, str] | None:
    """A time's value and unit; None for any other text. `unit` is that of the heading."""
    return _clock(printed, unit) or _lasted(printed)


def _clock(printed: str, unit: str) -> tuple[Decimal, str] | None:
    """ "03:41" in seconds, where they are meant: minutes and seconds look like hours and minutes."""
    found = _CLOCK.fullmatch(printed)
    if not found or unit not in (("seconds", "") if found["hours"] else ("seconds",)):
        return None
    hours, minutes, seconds = (Decimal(found[part] or 0) for part in ("hours", "minutes", "seconds"))
    return hours * 3600 + minutes * 60 + seconds, "seconds"


def _lasted(printed: str) -> tuple[Decimal, str] | None:
    """ "3m 20s" in seconds, "1 hr 5 mins" in minutes: in the last of two units or more that follow each other."""
    found = _LASTED.fullmatch(printed)
    said = [unit for unit in _TIMES if found and found[unit]]
    follow = len(said) > 1 and " ".join(said) in " ".join(_TIMES)
    if not found or not follow or any(int(found[unit]) > 59 for unit in said[1:]):
        return None
    value = sum(int(found[unit]) * 60 ** (len(said) - at) for at, unit in enumerate(said, 1))
    return Decimal(value), said[-1]
