"""What a paper counts of its own results ("8 of 9 targets were met"), in a summary or in a sentence, against them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kpi_tools.checks.claims import Text, each_sentence, hedged, texts
from kpi_tools.checks.often import NUMBER, number_of
from kpi_tools.checks.slip import (
    Row,
    Slip,
    View,
    aim,
    listed,
    measure_name,
    same_service,
    services_in,
    shown,
    slip,
)
from kpi_tools.measures import OVERALL
from kpi_tools.periods import find_periods

_COUNT = (
    rf"\b(?P<some>{NUMBER}|all) (?:out )?of (?:(?:the|its|our|their|these) )?(?P<all>{NUMBER})\s"
    r"(?:[\w'’-]+\s){0,3}?(?:%s)\b"
)
_NOUNS = "indicators?|measures?|targets?|k?pis?|standards?|service levels?|slas?"
_INDICATORS = re.compile(_COUNT % _NOUNS, re.IGNORECASE)
_OF_ALL = re.compile(
    rf"\bof (?:(?:the|our|these) )?(?P<all>{NUMBER})\s(?:[\w'’-]+\s){{0,3}}?(?:{_NOUNS})"
    rf"(?: (?:below|above|listed|shown|reported|in [^,.;]{{2,30}}))?,? (?P<some>{NUMBER}|all) (?=[a-z])",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    rf"\b(?P<all>{NUMBER}) (?:[\w-]+\s){{0,2}}?(?:indicators|measures|targets|k?pis|standards)\b", re.IGNORECASE
)
_LEAD = re.compile(rf"\bof the (?P<all>{NUMBER}) (?:[\w-]+\s){{0,2}}?(?:{_NOUNS})\s?:?", re.IGNORECASE)
_IN_QUARTER = re.compile(
    rf"\b(?P<some>{NUMBER}) (?:[\w-]+\s){{0,2}}?(?:{_NOUNS}) (?:was|were) (?:not (?:delivered|met|achieved|hit)|missed)"
    r" in (?:quarter|q)\s?(?P<quarter>[1-4])\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:grand |overall )?totals?\b|all services\b|overall\b", re.IGNORECASE)
MOST_LINES = 6  # of a list of misses under its lead
_BELOW = re.compile(r"\b(?:following|below)\b[^.]{0,20}\btable\b|\btable\s(?:\w+\s)?below\b", re.IGNORECASE)
_MET = re.compile(r"\b(?:met|hit|achieved|exceeded|reached|delivered|on target|on or above target)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:missed|(?:not|n[o']t|failed to) (?:be )?(?:meet|met|hit|achieved?|reach(?:ed)?|delivered)"
    r"|(?:below|off|under) target)\b",
    re.IGNORECASE,
)


def hits_against_table(view: View) -> Iterator[Slip]:
    """A summary of targets hit (9 targets, 8 hit) against the misses that the tables of its service have."""
    for tally in view.tallies:
        if tally.value is None or tally.target is None:
            continue
        rows = [
            row
            for row in _of_all(view.rows[tally.document])
            if _same_time(row, tally) and (not tally.service or same_service(row.service, tally.service))
        ]
        failed, judged = [row for row in rows if row.met is False], [row for row in rows if row.met is not None]
        claimed = tally.target - tally.value
        if len(failed) > claimed >= 0 or (len(judged) == len(rows) == tally.target and len(failed) != claimed):
            yield slip(
                "hits against table",
                f"{tally.service or 'All services'}: the summary has {tally.value} of {tally.target} targets hit in"
                f" {rows[0].period}, but {_told(failed)}.",
                shown(tally),
                *map(shown, failed or rows),
            )


def indicators_told_of(view: View) -> Iterator[Slip]:
    """A sentence that says how many indicators there are over a summary whose lines never make so many."""
    for text, sentence in each_sentence(view):
        said, below = _HOW_MANY.search(sentence), _BELOW.search(sentence)
        lines = _summary_under(view, text) if said and below else []
        periods: dict[tuple[date, date], list[Row]] = {}
        for line in lines:
            periods.setdefault((line.start, line.end), []).append(line)
        sums = {rows[0].period: sum(row.target for row in rows) for rows in periods.values()}
        numbers = {number_of(one) for one in re.findall(rf"\b{NUMBER}\b", sentence, re.IGNORECASE)}
        if said and sums and not numbers & {int(total) for total in sums.values()}:
            made = listed(f"{total} in {period}" for period, total in sums.items())
            yield slip(
                "count against table",
                f"The text speaks of {said[0]!r}, but the targets of the summary's {len(periods[min(periods)])}"
                f" lines make {made}.",
                (text.at, sentence),
                *map(shown, lines),
            )


def _summary_under(view: View, text: Text) -> Sequence[Row]:
    """The lines of the first summary of targets hit on a paragraph's page or the next, each with its target."""
    near = [row for row in view.tallies if row.document == text.at.document and 0 <= row.page - text.at.page <= 1]
    first = min(((row.page, row.table) for row in near), default=None)
    lines = [row for row in near if (row.page, row.table) == first and row.service]
    lines = [row for row in lines if not _TOTAL.match(row.service)]
    return lines if all(row.target is not None for row in lines) else []


def misses_by_quarter(view: View) -> Iterator[Slip]:
    """ "Of the 19 indicators in 2016/17: five were missed in quarter 3, one in quarter 4", and the table has others."""
    every = texts(view)
    for at, text in enumerate(every):
        lead = _LEAD.search(text.text)
        told = _told_by_quarter(every[at : at + MOST_LINES]) if lead else {}
        document = text.at.document
        years = [
            p for p, _, _ in find_periods(text.text, view.dates.get(document) or date.today()) if p.grain == "year"
        ]
        rows = _of_all(_table_of(view.rows.get(document, ()), number_of(lead["all"]))) if lead else []
        if not told or len(years) != 1 or not rows:
            continue
        failed: dict[int, list[Row]] = {}
        for row in rows:
            if years[0].start <= row.start and row.end <= years[0].end and row.met is False:
                failed.setdefault((row.end.month - 4) % 12 // 3 + 1, []).append(row)
        for quarter in sorted({*failed, *told}):
            mine, (said, number) = failed.get(quarter, []), told.get(quarter, (text, 0))
            if len({row.key for row in mine}) != number:
                when = f" in {listed(row.period for row in mine)}" if mine else ""
                yield slip(
                    "count against table",
                    f"The text tells of {number or 'none'} missed in quarter {quarter} of {years[0].label};"
                    f" {_told(mine)}{when}.",
                    (said.at, said.text),
                    *map(shown, mine or rows[:1]),
                )


def _told_by_quarter(lines: Sequence[Text]) -> dict[int, tuple[Text, int]]:
    """How many were missed by quarter, as the lines under a lead say, up to the first that says nothing of it."""
    told: dict[int, tuple[Text, int]] = {}
    for number, line in enumerate(lines):
        said = list(_IN_QUARTER.finditer(line.text))
        for found in said:
            told.setdefault(int(found["quarter"]), (line, number_of(found["some"])))
        if number and not said:
            break
    return told


def _table_of(rows: Sequence[Row], count: int) -> Sequence[Row]:
    """The rows of the one table that has as many measures."""
    tables: dict[int, set[str]] = {}
    for row in rows:
        tables.setdefault(row.table, set()).add(row.key)
    found = [table for table, keys in tables.items() if len(keys) == count]
    return [row for row in rows if row.table == found[0]] if len(found) == 1 else []


def counts_in_sentences(view: View) -> Iterator[Slip]:
    """ "Seven of the nine indicators met their targets", and the tables have another number of misses."""
    for text, sentence in each_sentence(view):
        found = _INDICATORS.search(sentence) or _OF_ALL.search(sentence)
        misses = _misses(found, sentence) if found else None
        if found is None or misses is None or hedged(sentence) or hedged(sentence, "about"):
            continue
        every = number_of(found["all"])
        rows = view.rows.get(text.at.document, ())
        named = services_in(sentence, text.passage.heading, rows)
        rows = [row for row in _of_all(rows) if row.met is not None and (not named or row.service in named)]
        spans = find_periods(sentence, view.dates.get(text.at.document) or date.today())
        rows = [row for row in rows if len(spans) == 1 and _is_in(row, spans[0][0])] if spans else _latest(rows)
        failed = [row for row in rows if not row.met]
        if len(rows) == every and len({row.key for row in rows}) == every and len(failed) != misses:
            yield slip(
                "count against table",
                f"The text says {found[0]!r}, {misses or 'none'} missed; in {listed(row.period for row in rows)}"
                f" {_told(failed)}.",
                (text.at, sentence),
                *map(shown, failed or rows),
            )


def _same_time(row: Row, tally: Row) -> bool:
    """Whether a figure is of a summary's time: "Sept" beside quarters is the quarter that ends in it."""
    short = {row.grain, tally.grain} == {"month", "quarter"}
    return bool(row.end == tally.end and (short or row.start == tally.start))


def _told(failed: Sequence[Row]) -> str:
    said = listed(f"{measure_name(row)} ({row.printed} against {aim(row)})" for row in failed)
    return f"{said} missed" if failed else "the tables have no miss"


def _of_all(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows that stand for a measure as a whole: its overalls, or those of its only entity."""
    entities: dict[str, set[str]] = {}
    for row in rows:
        entities.setdefault(row.key, set()).add(row.entity)
    return [row for row in rows if row.entity == OVERALL or len(entities[row.key]) == 1]


def _latest(rows: Sequence[Row]) -> Sequence[Row]:
    last = max((row.end for row in rows), default=None)
    return [row for row in rows if row.end == last]


def _is_in(row: Row, period: object) -> bool:
    return (row.start, row.end) == (getattr(period, "start", None), getattr(period, "end", None))


def _misses(found: re.Match[str], sentence: str) -> int | None:
    """How many missed, by a count and the verb around it; None where the verb leaves it open."""
    before, after = sentence[max(found.start() - 30, 0) : found.start()], sentence[found.end() : found.end() + 60]
    around = f"{re.split('[;:,.]', before)[-1]} # {re.split('[;.]', after, maxsplit=1)[0]}"
    not_met = bool(_NOT.search(around))
    met = bool(_MET.search(_NOT.sub(" ", around)))
    if met == not_met:
        return None
    every = number_of(found["all"])
    some = every if found["some"].lower() == "all" else number_of(found["some"])
    return (some if not_met else every - some) if some <= every else None
