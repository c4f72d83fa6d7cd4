"""What a sentence of the text says of one measure, against its figures."""

import re
from collections.abc import Iterator

from kpi_tools.checks.claims import (
    Claim,
    agrees,
    claims,
    hedged,
    missed,
    polarity,
    words,
)
from kpi_tools.checks.slip import (
    Slip,
    View,
    code_and_name,
    listed,
    shown,
    slip,
)
from kpi_tools.figures import Figure
from kpi_tools.periods import Period

_EVERY = re.compile(
    r"\b(?:every|each|all)\b(?: of)?(?: the)?\s?(?:\w+\s){0,2}(?:periods?|months?|quarters?|years?|weeks?)",
    re.IGNORECASE,
)
_MET = re.compile(r"\b(?:met|hit|achieved|meeting|hitting|achieving)\b", re.IGNORECASE)
_MET_IT = re.compile(r"(?<!not )\b(?:met|achieved|hit|exceeded)\s(?:the|its|their)\s(?:\w+\s)?target", re.IGNORECASE)
_MISSED_IT = re.compile(
    r"\b(?:missed|failed to (?:meet|hit|achieve)|did not (?:meet|hit|achieve))\s(?:the|its|their)\s(?:\w+\s)?target",
    re.IGNORECASE,
)
_EXTREME = re.compile(r"\b(?:(?P<high>highest)|lowest)\b", re.IGNORECASE)
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
                    (claim.text.at, claim.sentence),
                    shown(row),
                )


def direction_against_table(view: View) -> Iterator[Slip]:
    """The text says that a figure rose, fell, improved or worsened between two periods, and the table the opposite."""
    for claim in claims(view):
        said = [way for way in ("up", "down", "better", "worse") if words("direction", way).search(claim.sentence)]
        if len(said) != 1 or len(claim.entities) != 1 or len(claim.periods) != 2:
            continue
        found = [claim.figure(claim.entities[0], period) for period in claim.periods]
        rows = sorted((row for row in found if row is not None), key=lambda row: row.start)
        if len(rows) < 2:
            continue
        one, other = rows
        up = said[0] == "up" or (
            (said[0] == "better") == (polarity(one) == "higher") and said[0] in ("better", "worse")
        )
        sure = said[0] in ("up", "down") or bool(polarity(one))
        if sure and (other.value < one.value if up else other.value > one.value):
            word = words("direction", said[0]).search(claim.sentence)
            yield slip(
                "narrative against table",
                f"{code_and_name(one)}: the text says that it {_whole(word[0] if word else '', claim.sentence)} at"
                f" {claim.entities[0]}, the table goes from {one.printed} in {one.period} to {other.printed} in"
                f" {other.period}.",
                (claim.text.at, claim.sentence),
                shown(other),
                shown(one),
            )


def extreme_against_table(view: View) -> Iterator[Slip]:
    """A figure called the highest or the lowest of a series that has a higher or lower one."""
    for claim in claims(view):
        extreme = _EXTREME.search(claim.sentence)
        if not extreme or len(claim.entities) != 1 or len(claim.periods) != 1:
            continue
        row, line = claim.figure(claim.entities[0], claim.periods[0]), claim.of(claim.entities[0])
        line = [other for other in line if row is not None and (other.grain, other.unit) == (row.grain, row.unit)]
        if row is None:
            continue
        best = max(line, key=lambda r: r.value) if extreme["high"] else min(line, key=lambda r: r.value)
        if best.value != row.value:
            yield slip(
                "narrative against table",
                f"{code_and_name(row)}: the text calls {row.printed} in {row.period} the {extreme[0].lower()} of"
                f" {row.entity}, the table has {best.printed} in {best.period}.",
                (claim.text.at, claim.sentence),
                shown(best),
                shown(row),
            )


def met_every_period(view: View) -> Iterator[Slip]:
    """The text says that a target was met in every period, and the table has one in which it was not."""
    for claim in claims(view):
        if not (_MET.search(claim.sentence) and _EVERY.search(claim.sentence)) or hedged(claim.sentence):
            continue
        rows = [row for name in claim.entities for row in claim.of(name)]
        failed = [row for row in rows if missed(row)]
        if failed:
            yield slip(
                "met all, but missed",
                f"{code_and_name(failed[0])}: the text says that the target was met in every period, but"
                f" {listed(f'{r.entity} had {r.printed} in {r.period}' for r in failed)} against"
                f" {failed[0].target_printed}.",
                (claim.text.at, claim.sentence),
                *map(shown, failed),
            )


def judged_otherwise(view: View) -> Iterator[Slip]:
    """The text says that a target was met, or missed, in a period, and the table the opposite."""
    for claim in claims(view):
        met, not_met = _MET_IT.search(claim.sentence), _MISSED_IT.search(claim.sentence)
        if bool(met) == bool(not_met) or len(claim.entities) != 1 or len(claim.periods) != 1:
            continue
        row = claim.figure(claim.entities[0], claim.periods[0])
        if row is not None and row.met is not None and row.met == bool(not_met):
            yield slip(
                "narrative against table",
                f"{code_and_name(row)}: the text says that {row.entity} {'missed' if not_met else 'met'} the target in"
                f" {row.period}, the table has {row.printed} against {row.comparator} {row.target_printed}.",
                (claim.text.at, claim.sentence),
                shown(row),
            )


def missed_in_another_quarter(view: View) -> Iterator[Slip]:
    """The text says that a target was missed in a quarter, and the table has the miss in another one."""
    for claim in claims(view):
        quarters = _QUARTER.findall(claim.sentence)
        if len(quarters) != 1 or not words("claims", "missed").search(claim.sentence):
            continue
        months = {(int(quarters[0]) * 3 + month) % 12 + 1 for month in range(3)}
        inside = [row for row in claim.rows if row.end.month in months]
        elsewhere = [row for row in claim.rows if row.end.month not in months and missed(row)]
        if inside and elsewhere and not any(missed(row) for row in inside):
            wrong, there = elsewhere[0], inside[0]
            yield slip(
                "narrative against table",
                f"{code_and_name(wrong)}: the text says that it was missed in quarter {quarters[0]}, the table has"
                f" {there.printed or there.reason!r} in {there.period} and the miss in {wrong.period}"
                f" ({wrong.printed} against {wrong.target_printed}).",
                (claim.text.at, claim.sentence),
                shown(wrong),
                shown(there),
            )


def _pairs(claim: Claim) -> Iterator[tuple[Figure, Period]]:
    """The numbers of a claim about one entity, each with the period that it is said of."""
    if (
        len(claim.entities) == 1
        and len(claim.numbers) == len(claim.periods) <= 2
        and not hedged(claim.sentence, "about")
    ):
        yield from zip(claim.numbers, claim.periods, strict=True)


def _whole(stem: str, sentence: str) -> str:
    """The whole word of which the vocabulary has the beginning."""
    found = re.search(rf"\b{re.escape(stem)}\w*", sentence, re.IGNORECASE) if stem else None
    return found[0] if found else stem
