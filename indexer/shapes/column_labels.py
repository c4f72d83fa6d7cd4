"""What a column's header says of its figures: their period, whose they are, what of the measure, and in which unit."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from corpus.paper import Table
from indexer.shapes.columns import plain
from indexer.shapes.grid import SOME_DAY, spread
from indexer.shapes.headers import AREAS, ASIDE, SERVICES, TARGETS, VALUES, over_names
from indexer.shapes.whens import dated, period_over, total_of
from kpi_tools.figures import UNITS, find_unit, named_unit, read_figure
from kpi_tools.names import entity, is_comparator, squash
from kpi_tools.periods import Period, find_periods, read_period, year_before

# A header that says a unit, and nothing of which that is: "%", "per 1,000 population", "working days".
_UNIT_ALONE = re.compile(
    rf"(?:in )?(?:%|per ?cent(?:age)?|£[\w\d ]*|{'|'.join(UNITS.values())}|per [\d ]+(?: (?:population|people|residents"
    r"|households|homes))?)"
)
_TOTAL_BEFORE = re.compile(r"same period (?:last|previous) year|previous ytd|ytd last year")
_RUNNING = re.compile(r"(?:latest |current |rolling )?(?:12|twelve) months(?: to date)?|12 months rolling")
_TWELVE = re.compile(
    r"\b(?:12|twelve) months (?:to|ending|ended)\s(?:the end of )?(?:\d{1,2}(?:st|nd|rd|th)? )?"
    r"(?P<end>[A-Z][a-z]+ \d{4})\b"
)
_RUNNING_BEFORE = re.compile(r"(?:previous|prior|preceding) (?:12|twelve) months|(?:12|twelve) months before")
# Headers that say a period by another: without that other nothing is known.
RELATIVE = re.compile(
    r"\b(?:last|previous|prior|this|current|latest|before|baseline|forecast|projected|planned|year|quarter|month|ytd|target)\b"
)


@dataclass(frozen=True, slots=True)
class Column:
    """What a header says: the period, whose figure, what of the measure, its unit; None and "" for what it does
    not say."""

    period: Period | None = None
    whose: str = ""
    what: str = ""
    unit: str = ""
    ago: bool = False  # of the year before that of its row


def columns_of(table: Table, kind: str, used: Mapping[int, str], near: date | None, council: str) -> dict[int, Column]:
    """Over rows of measures or places: periods, with whose figure or what of the measure; or these in one period."""
    parts = {column: split(text, near) for column, text in used.items()}
    whole = dated({c: used[c] for c, (period, rest) in parts.items() if period and not rest}, near)
    found = {c: Column(period) for c, period in whole.items()}
    for column, (period, rest) in parts.items():
        if period and rest and (near is None or period.end <= near):
            found[column] = _said(rest, period, council)
    found |= _totals(used, whole)
    if found:
        return found if len(found) > 1 or len(used) == 1 else {}
    now = period_over(table, near) or _running_over(table, near)
    if now is None:
        return {}
    running = _running(used, now)
    if running:
        return running
    if any(RELATIVE.search(plain(text)) for text in used.values()):
        return {}
    said = {column: _said(text, now, council) for column, text in used.items()}
    others = all(says.whose for says in said.values())
    return said if others or are_parts(said.values()) or kind in (*AREAS, *SERVICES) or over_names(kind) else {}


def are_parts(columns: Iterable[Column]) -> bool:
    """Whether the columns are of what is measured in several units: counts and their per cent are no places."""
    units = [find_unit(says.what) for says in columns if says.what]
    return len(set(units)) > 1


def compared(used: Mapping[int, str], near: date | None) -> dict[int, Column]:
    """Columns of others' figures in a period, beside a council's own: "England 2022/23"."""
    parts = {column: split(text, near) for column, text in used.items()}
    found = {c: _said(rest, period, "") for c, (period, rest) in parts.items() if period and rest}
    return {
        c: says for c, says in found.items() if says.period and says.whose and (not near or says.period.end <= near)
    }


def _said(rest: str, period: Period, council: str) -> Column:
    """What is left of a header beside its period: a council, those that it is compared with, or a part of a measure."""
    words = plain(rest)
    if (unit := named_unit(rest)) and _UNIT_ALONE.fullmatch(words):
        return Column(period, "", "", unit)
    if words in VALUES or words in ("year", "financial year", "full year"):
        return Column(period)
    known = entity(rest) or (council if council and squash(rest) == squash(council) else "")
    if known or is_comparator(rest):
        return Column(period, known or " ".join(rest.split()))
    return Column(period, "", " ".join(rest.split()))


def split(text: str, near: date | None) -> tuple[Period | None, str]:
    """The one period at a header's beginning or end, and the rest of it; (None, the text) where there is none."""
    text = " ".join(text.split())
    if period := read_period(text, near=near):
        return period, ""
    hits = [hit for hit in find_periods(text, near or SOME_DAY) if read_period(hit[0].label)]
    if len(hits) == 1:
        period, start, end = hits[0]
        rest = (text[:start] + " " + text[end:]).strip(" -–:,()")
        at_edge = start == 0 or not text[end:].strip(" -–:,()")
        no_words = read_figure(rest) or read_period(rest, near=SOME_DAY)
        if at_edge and not no_words and not {*plain(rest).split()} & {*TARGETS, "to", "from", "since"}:
            return period, rest
    return None, text


def _totals(used: Mapping[int, str], whole: Mapping[int, Period]) -> dict[int, Column]:
    """Columns "Total" and "Same period last year" beside months or quarters of one year without a gap."""
    periods = list(whole.values())
    found = {c: Column(span) for c, text in used.items() if (span := total_of(text, periods))}
    for column, text in used.items():
        beside = total_of("ytd", periods) if "ytd" in plain(text) else total_of("total", periods)
        span = next((says.period for says in found.values()), None) or beside
        if span and _TOTAL_BEFORE.fullmatch(plain(text)):
            found[column] = Column(year_before(span, text))
    return found


def _running_over(table: Table, near: date | None) -> Period | None:
    """Twelve months that the title or the line above the table tells: "12 months to September 2024"."""
    for text in (table.lead, *reversed(table.headings[-2:])):
        if found := _TWELVE.search(text):
            period = read_period(f"12 months to {found['end']}")
            return period if period and (near is None or period.end <= near) else None
    return None


def _running(used: Mapping[int, str], now: Period) -> dict[int, Column]:
    """Columns "12 months to date" and "Previous 12 months", where the twelve months are told above."""
    if now.grain != "year":
        return {}
    found = {}
    for column, text in used.items():
        if _RUNNING.fullmatch(plain(text)):
            found[column] = Column(Period(now.start, now.end, text))
        elif _RUNNING_BEFORE.fullmatch(plain(text)):
            found[column] = Column(year_before(now, text))
    return found if len(found) > 1 else {}


def unnamed(table: Table, head: int, known: Container[int | None]) -> Iterator[str]:
    """What to tell of the columns with figures that are none of those `known`, and say nothing of the others."""
    for column, text in enumerate(spread(table, head)):
        figures = [read_figure(each) for each in table.column(column, head)]
        if column not in known and not ASIDE.fullmatch(plain(text)) and 2 * sum(map(bool, figures)) > len(figures):
            yield f"the column “{text[:40]}” names no period"
