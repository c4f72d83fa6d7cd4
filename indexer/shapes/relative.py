"""Headers that name a period by another: "Current quarter", "Previous", "Same quarter last year"."""

import re

from indexer.shapes.columns import plain
from indexer.shapes.headers import VALUES
from kpi_tools.periods import Period, before, year_before

_GRAIN = r"(?: (?P<grain>month|quarter|year|period))?"
_OF = r"(?:s? (?:value|result|performance|figure|actual|position|score|outturn))?"
_NOW = re.compile(rf"(?:(?:current|latest|this){_GRAIN}{_OF}|{'|'.join(VALUES)})")
_THEN = re.compile(rf"(?:previous|last|prior){_GRAIN}{_OF}")
_A_YEAR_AGO = re.compile(
    r"(?:this|the same|same) (?P<grain>month|quarter|period|time|point) last year|(?:a )?year (?:ago|before|earlier)"
    r"|(?:last|previous|prior) year"
)
_NO_GRAIN = (None, "period", "time", "point")


def moved(header: str, now: Period) -> Period | None:
    """What a header like "Previous quarter" names, seen from the period that is the present one."""
    for pattern, when in ((_NOW, now), (_THEN, before(now, header)), (_A_YEAR_AGO, year_before(now, header))):
        match = pattern.fullmatch(plain(header))
        if match and match["grain"] in (*_NO_GRAIN, now.grain):
            return Period(when.start, when.end, when.label)
    return None
