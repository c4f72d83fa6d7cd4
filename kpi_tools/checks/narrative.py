"""What a sentence of the text says of one measure, against its figures."""

import re
from collections.abc import Iterator

from kpi_tools.checks.claims import (
    Claim,
    agrees,
    claims,
    hedged,
    is_rough,
    same_unit,
)
from kpi_tools.checks.judged import words
from kpi_tools.checks.naming import NUMERAL
from kpi_tools.checks.often import over_time
from kpi_tools.checks.slip import Slip, View, aim, code_and_name, listed, shown, slip, step
from kpi_tools.figures import Figure, read_figure
from kpi_tools.periods import Period

_SAID_AIM = re.compile(
    r"(?<!previous )(?<!old )(?<!new )(?<!stretch )(?<!national )\btarget"
    r" (?:for [^.;,]{2,80}? )?(?:of|is|was|set at|at)"
    r" (?:(?:at least|above|over|below|under|no more than|more than|less than) )?"
    r"(?P<level>\d[\d,]*(?:\.\d+)?\s?(?:%|(?:working )?days|hours|minutes)?)(?!\s?(?:and|to|or|in)\b)(?![\d/-])",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\baverag(?:ed|es|e of|ing)\b|\b(?:average|mean)\b.{0,60}\b(?:is|was|of|at)\b", re.IGNORECASE)
_BY = re.compile(rf"\bby (?:{NUMERAL.pattern})(?! (?-i:[A-Z]))|\bpoints?\b", re.IGNORECASE)  # how much it changed
_EDGES = ((min, "start"), (max, "end"))
FEWEST_AVERAGED = 3  # figures of which an average is told
_QUARTER = re.compile(r"\b(?:quarter|q)\s?(?P<number>[1-4])\b", re.IGNORECASE)


def value_against_table(view: View) -> Iterator[Slip]:
    """A figure of the text that differs from the table's, for the same measure, entity and period."""
    for claim in claims(view):
        for number, period in _pairs(claim):
            row = claim.figure(claim.entities[0], period)
            if row is not None and agrees(number, row) is False:
                yield slip(
                    "narrative against table",
                    f"{code_and_name(row)}: the text gives {claim.entities[0]} {number.printed} in {period.label}, the"
                    f" table {row.printed}.",
                    claim.told,
                    shown(row),
                )


def average_against_table(view: View) -> Iterator[Slip]:
    """An average told of one council over all periods, or those that a stretch of time holds, that they do not make."""
    for claim in claims(view):
        told = [number for number in claim.numbers if _AVERAGE.search(claim.sentence)]
        if len(told) != 1 or len(claim.entities) != 1 or len(claim.periods) > 2 or is_rough(claim.sentence, told[0]):
            continue
        line = claim.of(claim.entities[0])
        start, end = (edge(getattr(p, name) for p in claim.periods) if claim.periods else None for edge, name in _EDGES)
        inside = [row for row in line if start is None or end is None or (start <= row.start and row.end <= end)]
        if len(inside) < FEWEST_AVERAGED or len({(row.grain, row.unit) for row in line}) != 1:
            continue
        mean = sum(row.value for row in inside) / len(inside)
        if same_unit(told[0], inside[0]) and abs(mean - told[0].value) >= max(step(told[0].value), mean / 100):
            yield slip(
                "narrative against table",
                f"{code_and_name(inside[0])}: the text gives {inside[0].entity} an average of {told[0].printed}, the"
                f" {len(inside)} figures ({listed(row.printed for row in inside)}) have one of {mean:.1f}.",
                claim.told,
                *map(shown, inside),
            )


def missed_in_another_quarter(view: View) -> Iterator[Slip]:
    """The text says that a target was missed in a quarter, and the table has the miss in another one."""
    for claim in claims(view):
        quarters = _QUARTER.findall(claim.sentence)
        if len(quarters) != 1 or not words("claims", "missed").search(claim.sentence):
            continue
        months = {(int(quarters[0]) * 3 + month) % 12 + 1 for month in range(3)}
        inside = [row for row in claim.rows if row.end.month in months]
        elsewhere = [row for row in claim.rows if row.end.month not in months and row.met is False]
        if inside and elsewhere and not any(row.met is False for row in inside):
            wrong, there = elsewhere[0], inside[0]
            yield slip(
                "narrative against table",
                f"{code_and_name(wrong)}: the text says that it was missed in quarter {quarters[0]}, the table has"
                f" {there.printed or there.reason!r} in {there.period} and the miss in {wrong.period}"
                f" ({wrong.printed} against {wrong.target_printed}).",
                claim.told,
                shown(wrong),
                shown(there),
            )


def target_against_table(view: View) -> Iterator[Slip]:
    """The text gives a measure another target than its table or definition."""
    for claim in claims(view):
        found = list(_SAID_AIM.finditer(claim.sentence))
        figure = read_figure(found[0]["level"]) if len(found) == 1 else None
        rows = [row for row in claim.rows if row.target is not None]
        rows = [r for r in rows if any(p.start <= r.start and r.end <= p.end for p in claim.periods)] or rows
        if isinstance(figure, Figure) and len({row.target for row in rows}) == 1:
            row = rows[0]
            if figure.unit in ("", row.unit) and figure.value != row.target:
                yield slip(
                    "target in text and table",
                    f"{code_and_name(row)}: the text speaks of a target of {figure.printed}, the paper sets"
                    f" {aim(row)}.",
                    claim.told,
                    shown(row),
                )


def _pairs(claim: Claim) -> Iterator[tuple[Figure, Period]]:
    """The numbers of a claim about one entity, each with the period that it is said of."""
    if (
        len(claim.entities) == 1
        and len(claim.numbers) == len(claim.periods) <= 2
        and not hedged(claim.sentence, "about")
        and not over_time(claim.sentence)
        and not _BY.search(claim.sentence)
    ):
        yield from zip(claim.numbers, claim.periods, strict=True)
