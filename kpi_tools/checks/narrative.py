"""What a sentence of the text says of one measure, against its figures."""

import re
from collections.abc import Iterator

from kpi_tools.checks.claims import (
    EVERYONE,
    Claim,
    agrees,
    claims,
    hedged,
    is_open,
    is_part,
    is_rough,
    missed,
    polarity,
    same_unit,
)
from kpi_tools.checks.naming import words
from kpi_tools.checks.slip import Row, Slip, View, aim, code_and_name, listed, shown, slip, step
from kpi_tools.figures import Figure, read_figure
from kpi_tools.periods import Period

_EVERY = re.compile(
    r"\b(?:every|each|all)\b(?: of)?(?: the)?\s?(?:\w+\s){0,2}(?:periods?|months?|quarters?|years?|weeks?)",
    re.IGNORECASE,
)
_MET = re.compile(
    r"\b(?:met|hit|achieved|exceeded|meeting|hitting|achieving|(?:above|within|on) (?:the |its )?target)\b",
    re.IGNORECASE,
)
_NONE_MISSED = re.compile(
    r"\bnone of (?:the|our|its) (?:\w+ ){1,3}(?:has |have |had )?(?:missed|failed)\b|\b(?:not|never|no \w+) missed\b",
    re.IGNORECASE,
)
_MET_IT = re.compile(r"(?<!not )\b(?:met|achieved|hit|exceeded)\s(?:the|its|their)\s(?:\w+\s)?target", re.IGNORECASE)
_MISSED_IT = re.compile(
    r"\b(?:missed|failed to (?:meet|hit|achieve)|did not (?:meet|hit|achieve))\s(?:the|its|their)\s(?:\w+\s)?target",
    re.IGNORECASE,
)
_EXTREME = re.compile(
    r"\b(?:(?P<high>highest)|lowest|(?<=the )(?P<judged>best|worst)"
    r"(?= (?:of|in|since|so far|figure|result|month|quarter)\b))\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\bthan (?:in|at|for|the)\b", re.IGNORECASE)
_SAID_AIM = re.compile(
    r"(?<!previous )(?<!old )(?<!new )(?<!stretch )(?<!national )\btarget"
    r" (?:for [^.;,]{2,80}? )?(?:of|is|was|set at|at)"
    r" (?:(?:at least|above|over|below|under|no more than|more than|less than) )?"
    r"(?P<level>\d[\d,]*(?:\.\d+)?\s?(?:%|(?:working )?days|hours|minutes)?)(?!\s?(?:and|to|or|in)\b)(?![\d/-])",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\baverag(?:ed|es|e of|ing)\b|\b(?:average|mean)\b.{0,60}\b(?:is|was|of|at)\b", re.IGNORECASE)
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


def direction_against_table(view: View) -> Iterator[Slip]:
    """The text says that a figure rose, fell, improved or worsened between two periods, and the table the opposite."""
    for claim in claims(view):
        said = _ways(claim)
        everyone = bool(EVERYONE.search(claim.sentence))
        some = len(claim.entities) == 1 or everyone
        if hedged(claim.sentence) or (len(said), len(claim.periods), some) != (1, 2, True):
            continue
        word = next(
            filter(None, (words("direction", way).search(claim.sentence) for way in (*said, "higher", "lower")))
        )
        lines = [
            sorted((r for p in claim.periods if (r := claim.figure(name, p)) is not None), key=lambda row: row.start)
            for name in claim.entities
            if is_part(name) or not everyone
        ]
        wrong = [(line[0], line[1]) for line in lines if len(line) == 2 and _went_otherwise(said[0], *line)]
        if wrong:
            one = wrong[0][0]
            went = (
                f"{f'{a.entity} ' if everyone else ''}from {a.printed} in {a.period} to {b.printed} in {b.period}"
                for a, b in wrong
            )
            yield slip(
                "narrative against table",
                f"{code_and_name(one)}: the text says {_whole(word[0], claim.sentence)!r} of"
                f" {'every council' if everyone else one.entity}, the table goes {listed(went)}.",
                claim.told,
                *(shown(row) for pair in wrong for row in reversed(pair)),
            )


def _ways(claim: Claim) -> list[str]:
    """Which ways a sentence says that a figure went between its two periods: "higher in May than in April" is up."""
    said = [way for way in ("up", "down", "better", "worse") if words("direction", way).search(claim.sentence)]
    beside = [way for way in ("higher", "lower") if words("direction", way).search(claim.sentence)]
    if said or len(beside) != 1 or len(claim.periods) != 2 or not _BESIDE.search(claim.sentence):
        return said
    later_first = claim.periods[0].start > claim.periods[1].start
    return ["up" if (beside[0] == "higher") == later_first else "down"]


def _went_otherwise(said: str, one: Row, other: Row) -> bool:
    """Whether a figure surely went the other way than "up", "down", "better" or "worse"."""
    if said in ("better", "worse") and not polarity(one):
        return False
    up = said == "up" or (said in ("better", "worse") and (said == "better") == (polarity(one) == "higher"))
    return bool(other.value < one.value if up else other.value > one.value)


def extreme_against_table(view: View) -> Iterator[Slip]:
    """A figure called the highest or the lowest of a series that has a higher or lower one."""
    for claim in claims(view):
        extreme = _EXTREME.search(claim.sentence)
        if not extreme or len(claim.entities) != 1 or len(claim.periods) != 1:
            continue
        row, line = claim.figure(claim.entities[0], claim.periods[0]), claim.of(claim.entities[0])
        line = [other for other in line if row is not None and (other.grain, other.unit) == (row.grain, row.unit)]
        if row is None or (extreme["judged"] and not polarity(row)):
            continue
        good = (extreme["judged"] or "").casefold() == "best"
        high = extreme["high"] or (extreme["judged"] and good == (polarity(row) == "higher"))
        best = max(line, key=lambda r: r.value) if high else min(line, key=lambda r: r.value)
        if best.value != row.value:
            yield slip(
                "narrative against table",
                f"{code_and_name(row)}: the text calls {row.printed} in {row.period} the {extreme[0].lower()} of"
                f" {row.entity}, the table has {best.printed} in {best.period}.",
                claim.told,
                shown(best),
                shown(row),
            )


def met_throughout(view: View) -> Iterator[Slip]:
    """The text says that a target was met in every period, or by every council, and the table has a miss."""
    for claim in claims(view):
        said = _NONE_MISSED.search(claim.sentence) or _MET.search(claim.sentence)
        always, everyone = _EVERY.search(claim.sentence), EVERYONE.search(claim.sentence)
        if not said or not (always or (everyone and claim.periods)):
            continue
        if hedged(claim.sentence) or is_open(claim.sentence, said):
            continue
        rows = [row for name in claim.entities for row in claim.of(name)]
        if claim.periods:
            inside = [(period.start, period.end) for period in claim.periods]
            stretch = min(start for start, _ in inside), max(end for _, end in inside)
            rows = [row for row in rows if stretch[0] <= row.start and row.end <= stretch[1]]
        failed = [row for row in rows if missed(row)]
        if failed:
            who = " and ".join(
                filter(None, ("in every period" if always else "", "by every council" if everyone else ""))
            )
            yield slip(
                "met all, but missed",
                f"{code_and_name(failed[0])}: the text says that the target was met {who}, but"
                f" {listed(f'{r.entity} had {r.printed} in {r.period}' for r in failed)} against {aim(failed[0])}.",
                claim.told,
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
                claim.told,
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
    ):
        yield from zip(claim.numbers, claim.periods, strict=True)


def _whole(stem: str, sentence: str) -> str:
    """The whole word of which the vocabulary has the beginning."""
    found = re.search(rf"\b{re.escape(stem)}\w*", sentence, re.IGNORECASE) if stem else None
    return found[0] if found else stem
