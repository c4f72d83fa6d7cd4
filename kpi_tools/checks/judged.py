"""Whether a figure met its target, where the paper's words tell which way is better and its comparator does not."""

import re
from functools import cache
from typing import Any

from kpi_tools.figures import Figure
from kpi_tools.measures import Target, judge
from kpi_tools.vocabulary import words_in

_TIMES = ("seconds", "minutes", "hours", "days", "working days", "weeks", "months")


@cache
def words(group: str, name: str) -> re.Pattern[str]:
    """A pattern for one list of the vocabulary; "fell|" is a whole word, which "Fellgate" does not begin with."""
    told = (re.escape(word).replace(r"\|", r"\b") for word in words_in("checks")[group][name])
    return re.compile(rf"\b(?:{'|'.join(told)})", re.IGNORECASE)


def polarity(row: Any) -> str:
    """Which way is better: as the paper says, else as the words of the name do; "" where they do not."""
    if row.polarity:
        said: str = row.polarity
        return said
    up, down = words("polarity", "higher").search(row.name), words("polarity", "lower").search(row.name)
    if row.unit in _TIMES:
        return "lower" if down else ""
    return "higher" if up and not down else "lower" if down and not up and row.unit != "%" else ""


def judged(row: Any) -> Any:
    """The row of a frame, `met` said where it is sure without a comparator too."""
    way = {"higher": ">=", "lower": "<="}.get(polarity(row), "")
    if row.met is not None or row.value is None or row.target is None or row.comparator or not way:
        return row
    aim = Target(None, "", way, Figure(row.target, row.unit, ""), None, None, None, "")  # type: ignore[arg-type]
    return row._replace(met=judge(row.value, aim))
