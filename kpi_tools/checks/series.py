"""Rows of figures that look wrong by themselves: the same for two councils, equal to the target, far off, mixed."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from statistics import median

from kpi_tools.checks.slip import Row, Slip, View, aim, code_and_name, listed, measure_name, shown, slip
from kpi_tools.measures import OVERALL
from kpi_tools.names import members, squash

_WORD = re.compile(r"[a-z]{3,}")
_QUARTERLY = re.compile(r"\b(?:quarterly|qtrly|qtly)\b", re.IGNORECASE)
_HALF_YEARLY = re.compile(
    r"\b(?:6|six)[- ]?monthly\b|\bhalf[- ]?yearly\b|\b(?:every|each) (?:6|six) months\b", re.IGNORECASE
)
FEWEST = 3  # different figures that do not agree by chance
FEWEST_ALIKE = 4  # tables of a service that have the same councils
# Reasons for which a figure is not to be had yet, or no more.
_NOT_DUE = re.compile(
    r"annual|year|quarter|qtr|remov|ceas|discontinu|suspend|paus|await|later|available|new\b|due|from|tb[ac]",
    re.IGNORECASE,
)
FEWEST_EQUAL = 4  # periods in which a figure is exactly its target
FEWEST_ALONE = 6  # periods of a measure that no other council has
OWN_GAP, PEER_GAP = 10, 25  # percentage points to the nearest other figure of its own and of its peers
SURE_GAP = 40  # to both, by which a figure stands out without neighbours on both sides in time
TIMES, FEWEST_CASES = 10, 5  # how often the usual count, and how many cases that has at least
DURATIONS = ("days", "working days", "weeks", "months", "hours", "minutes", "seconds")
TIMES_AS_LONG = 5  # as the usual time
CLOSE = Decimal("1.5")  # how many times the lowest of a line's figures the highest is, where they are close


def identical_series(view: View) -> Iterator[Slip]:
    """Councils with the very same figures for a measure, period by period, where they vary."""
    for rows in view.by_table:
        lines: dict[tuple[object, ...], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        own: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if row.value is not None and row.entity != OVERALL:
                own[row.entity].append(row)
        for name, line in own.items():
            lines[tuple((row.start, row.end, row.value) for row in line)][name] += line
        for alike in lines.values():
            names = [name for name in alike if not any(name in members(other) for other in alike)]
            first = alike[names[0]]
            if len(names) > 1 and len({row.value for row in first}) >= FEWEST:
                yield slip(
                    "identical series",
                    f"{code_and_name(first[0])}: {listed(names)} have the very same figures in all {len(first)}"
                    f" periods ({listed((row.printed for row in first), 3)}).",
                    *(shown(alike[name][0]) for name in names),
                )


def identical_measures(view: View) -> Iterator[Slip]:
    """Two measures with the very same figures for a council, where they vary."""
    papers: dict[tuple[str, tuple[object, ...]], list[Sequence[Row]]] = defaultdict(list)
    for line in view.series:
        if len({row.value for row in line}) >= FEWEST:
            about = tuple((row.entity, row.start, row.end, row.value) for row in line)
            papers[line[0].document, about].append(line)
    for alike in papers.values():
        for one, other in combinations(alike, 2):
            if one[0].key != other[0].key and not _may_be_one(one[0], other[0]):
                yield slip(
                    "identical rows",
                    f"{code_and_name(one[0])} and {code_and_name(other[0])} have the very same figures for"
                    f" {one[0].entity} in all {len(one)} periods.",
                    shown(one[0]),
                    shown(other[0]),
                )


def _may_be_one(one: Row, other: Row) -> bool:
    """Whether two measures may be one, told twice: by the same code, or by names that share half their words."""
    words = [set(_WORD.findall(row.name.casefold())) for row in (one, other)]
    alike = len(words[0] & words[1]) * 2 >= min(map(len, words))
    return alike or (bool(one.code) and squash(one.code) == squash(other.code))


def equal_to_target(view: View) -> Iterator[Slip]:
    """A figure that is exactly its target, period after period, and no natural bound such as 100%."""
    for line in view.series:
        aimed = [row for row in line if row.target is not None]
        equal = [row for row in aimed if row.value == row.target]
        others = [row for row in aimed if row.value != row.target]
        if len(equal) < FEWEST_EQUAL or len(others) > 1 or equal[0].target in (0, 100):
            continue
        but = f" (all but {others[0].period}, {others[0].printed})" if others else ""
        yield slip(
            "equal to target",
            f"{code_and_name(line[0])}: the figure is exactly the target, {equal[0].printed}, in {len(equal)} of"
            f" {len(aimed)} periods{but}: the target may have been entered for the result.",
            shown(equal[0]),
            shown((others or equal)[-1]),
        )


def outliers(view: View) -> Iterator[Slip]:
    """A figure far from all others of its council, and from all other councils in its period."""
    peers: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for line in view.series:
        for row in line:
            peers[row.document, row.key, row.start, row.end].append(row)
    for line in view.series:
        far = [row for row in line if len(line) >= FEWEST and _is_far(row, line, peers)]
        if far and len(far) * 2 <= len(line):
            usual = median(row.value for row in line if row not in far)
            beside = [r for row in far for r in peers[row.document, row.key, row.start, row.end] if r not in far]
            yield slip(
                "outlier",
                f"{code_and_name(far[0])}, {far[0].entity}: {listed(f'{r.printed} in {r.period}' for r in far)}:"
                f" far from its other figures (median {usual.normalize():f})"
                f"{' and from the others in that period' if len(beside) > 1 else ''}.",
                *map(shown, far),
                shown(next(row for row in line if row not in far)),
            )


def _is_far(row: Row, line: Sequence[Row], peers: dict[tuple[object, ...], list[Row]]) -> bool:
    own = [other.value for other in line if other is not row]
    beside = [r for r in peers[row.document, row.key, row.start, row.end] if r.entity not in (OVERALL, row.entity)]
    if not beside and row.unit[:1] != "£" and _leaves_others(row, own):
        return True
    if row.unit == "%":
        gaps = [abs(value - row.value) for value in own], [abs(r.value - row.value) for r in beside]
        if not beside:
            return len(line) >= FEWEST_ALONE and min(gaps[0]) >= PEER_GAP and _is_spike(row, line)
        if row.entity == OVERALL:
            return False
        spike = len(line) > FEWEST and min(gaps[0]) >= OWN_GAP and min(gaps[1]) >= PEER_GAP and _is_spike(row, line)
        return spike or min(*gaps[0], *gaps[1]) >= SURE_GAP
    usual = median(own)
    times = TIMES_AS_LONG if row.unit in DURATIONS else TIMES
    return len(line) > FEWEST and row.unit[:1] != "£" and bool(usual >= FEWEST_CASES and row.value >= times * usual)


def _leaves_others(row: Row, own: Sequence[Decimal]) -> bool:
    """Whether a figure is several times all the others of its line, or a small part of them, and these are close."""
    low, high = min(own), max(own)
    many = low >= FEWEST_CASES or row.unit == "%"
    far = row.value >= TIMES_AS_LONG * high or row.value * TIMES_AS_LONG <= low
    return many and len(own) >= FEWEST and 0 < high <= low * CLOSE and far


def _is_spike(row: Row, line: Sequence[Row]) -> bool:
    """Whether a figure stands above both its neighbours in time, or below both; a trend's end does not."""
    by_day = sorted(line, key=lambda other: other.start)
    at = by_day.index(row)
    beside = [other.value - row.value for other in by_day[max(at - 1, 0) : at + 2] if other is not row]
    return len(beside) == 2 and (min(beside) > 0 or max(beside) < 0)


def council_left_out(view: View) -> Iterator[Slip]:
    """A table without the row of one council that all the other tables of its service have."""
    services: dict[tuple[str, str], dict[frozenset[str], list[Sequence[Row]]]] = defaultdict(lambda: defaultdict(list))
    for rows in view.measures:
        parts = frozenset(row.entity for row in rows if row.entity != OVERALL)
        if rows[0].service and len(parts) > 1 and rows[0].document not in view.scanned:
            services[rows[0].document, rows[0].service][parts].append(rows)
    for tables in services.values():
        usual = max(tables, key=lambda parts: len(tables[parts]))
        odd = [(parts, rows) for parts, each in tables.items() if parts != usual for rows in each]
        if len(tables[usual]) < FEWEST_ALIKE or len(odd) != 1 or not odd[0][0] < usual:
            continue
        parts, rows = odd[0]
        without, like = usual - parts, tables[usual][0]
        if len(without) == 1:
            name = next(iter(without))
            yield slip(
                "council left out",
                f"{code_and_name(rows[0])} has no row for {name}, which the other {len(tables[usual])} tables of"
                f" {rows[0].service} have.",
                shown(rows[0]),
                shown(next(row for row in like if row.entity == name)),
            )


def never_measured(view: View) -> Iterator[Slip]:
    """A measure with a target, in a table of several periods, that has a figure in none of them."""
    for rows in view.measures:
        periods = {(row.start, row.end) for row in rows}
        reasons = list(dict.fromkeys(row.reason for row in rows))
        measured = any(row.value is not None for row in rows) or _NOT_DUE.search(" ".join(reasons))
        aimed = [row for row in rows if row.target is not None]
        if aimed and not measured and len(periods) >= FEWEST_EQUAL and len({row.table for row in rows}) == 1:
            yield slip(
                "target without figures",
                f"{code_and_name(rows[0])} has a target of {aim(aimed[0])}, but no figure in any of the"
                f" {len(periods)} periods ({listed(map(repr, reasons))}).",
                shown(rows[0]),
                shown(rows[-1]),
            )


def mixed_kinds(view: View) -> Iterator[Slip]:
    """A row that has 100 beside 0 under a target that counts: one is a percentage, the other a number of cases."""
    for line in view.series:
        aims = {row.target for row in line}
        if len(aims) != 1 or line[0].unit == "%" or None in aims or min(aims) > FEWEST_CASES:
            continue
        zeros = [row for row in line if row.value == 0]
        hundreds = [row for row in line if row.value == 100]
        if len(zeros) > 1 and len(hundreds) > 1 and len(zeros) + len(hundreds) == len(line):
            yield slip(
                "mixed kinds of figure",
                f"{measure_name(line[0])} ({line[0].name}): {hundreds[0].printed} in {hundreds[0].period} beside"
                f" {zeros[0].printed} in {zeros[0].period} under a target of {line[0].target_printed}: one counts"
                f" cases, the other can only be a percentage.",
                shown(hundreds[0]),
                shown(zeros[0]),
            )


def quarterly_in_the_wrong_months(view: View) -> Iterator[Slip]:
    """A measure without figures as it is quarterly, in the months that end quarters, and with one in another month;
    or with figures in two months running."""
    for rows in view.measures:
        monthly = [row for row in rows if row.grain == "month"]
        running = [pair for pair in pairwise(sorted(monthly, key=lambda row: row.end)) if _runs_on(*pair)]
        if running:
            one, two = running[0]
            yield slip(
                "quarterly in the wrong months",
                f"{code_and_name(one)[:160]} is measured every quarter, but has {one.printed} in {one.period} and"
                f" {two.printed} in {two.period}, the month after.",
                shown(one),
                shown(two),
            )
            continue
        without = [row for row in monthly if row.end.month % 3 == 0 and _QUARTERLY.search(row.reason or "")]
        other = [row for row in monthly if row.end.month % 3 and row.value is not None]
        if without and other:
            yield slip(
                "quarterly in the wrong months",
                f"{code_and_name(other[0])[:160]}: {without[0].reason!r} in"
                f" {listed(row.period for row in without)}, which end quarters, but {other[0].printed} in"
                f" {other[0].period}.",
                shown(without[0]),
                shown(other[0]),
            )


def _runs_on(one: Row, two: Row) -> bool:
    """Whether two figures of a row that is called quarterly are of two months running."""
    if one.value is None or two.value is None or (one.entity, one.row) != (two.entity, two.row):
        return False
    quarterly = any(_QUARTERLY.fullmatch(cell.strip()) for cell in one.quote.split(" | "))
    return quarterly and (two.end.year - one.end.year) * 12 + two.end.month - one.end.month == 1


def half_yearly_left_out(view: View) -> Iterator[Slip]:
    """A measure taken every six months that has a figure for one month and none six months later, as if not due."""
    for rows in view.measures:
        monthly = {
            (row.entity, row.end): row for row in rows if row.grain == "month" and _HALF_YEARLY.search(row.quote)
        }
        last = max((end for _, end in monthly), default=None)
        for (name, end), row in monthly.items():
            months = end.year * 12 + end.month + 5
            due = [
                r for (n, e), r in monthly.items() if n == name and e.year * 12 + e.month - 1 == months and e != last
            ]
            if row.value is not None and due and due[0].value is None and not _NOT_DUE.search(due[0].reason or "due"):
                yield slip(
                    "left out of its turn",
                    f"{code_and_name(row)[:160]}: every six months, with {row.printed} in {row.period}, but"
                    f" {due[0].reason!r} in {due[0].period}, six months later.",
                    shown(row),
                    shown(due[0]),
                )
