"""Contradictions and slips in the papers themselves, each with its places and quotes. One function a check.

A slip is only named where the papers' own words and figures show it; what might be right is left alone.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from corpus.paper import Place
from kpi_tools.figures import UNITS, Figure, read_figure, write_figure
from kpi_tools.ledger import Record
from kpi_tools.measures import OVERALL, Observation, Target, attainable
from kpi_tools.names import squash
from kpi_tools.store import Store


@dataclass(frozen=True, slots=True)
class Slip:
    """What does not fit, in one sentence, with the places that do not fit each other and what they say."""

    kind: str
    sentence: str
    places: tuple[Place, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What the checks look at."""

    observations: Sequence[Observation]
    targets: Sequence[Target]
    records: Sequence[Record]


Check = Callable[[View], Iterable[Slip]]


def run_checks(store: Store, exempt: bool = True) -> list[Slip]:
    """All slips in what is stored, check by check; `exempt` False looks at public papers only."""
    view = View(store.observations(exempt), store.targets(exempt), store.records(exempt=exempt))
    return [slip for check in CHECKS for slip in check(view)]


def slips_json(slips: Iterable[Slip]) -> list[dict[str, Any]]:
    """Slips as JSON holds them: kind, sentence, and for each place its document, page, label, item, box and quote."""
    return [
        {
            "kind": slip.kind,
            "sentence": slip.sentence,
            "places": [{**asdict(at), "quote": quote} for at, quote in zip(slip.places, slip.quotes, strict=True)],
        }
        for slip in slips
    ]


_TIMES = {unit: re.compile(rf"(\d+(?:\.\d+)?)[ -](?:{forms})", re.IGNORECASE) for unit, forms in UNITS.items()}
_TIMES = {unit: _TIMES[unit] for unit in ("seconds", "minutes", "hours", "days", "weeks", "months")}
_TIMES["days"] = re.compile(r"(\d+(?:\.\d+)?)[ -](?:(?:working|business|calendar|clear) )?days?\b", re.IGNORECASE)


def title_against_definition(view: View) -> Iterator[Slip]:
    """A table's title and the measure's definition give different times: "20 seconds" and "60 seconds"."""
    titles: dict[tuple[str, str, str], Observation] = {}
    for seen in view.observations:
        titles.setdefault((seen.place.document, squash(seen.measure.service), squash(seen.measure.code)), seen)
    said = set()
    for target in view.targets:
        about = target.place.document, squash(target.measure.service), squash(target.measure.code)
        title = titles.get(about)
        if not title or not about[2] or about in said:
            continue
        aim = target.figure.printed if target.figure else ""
        for unit, one, other in _differing(title.measure.name, target.quote.replace(aim, " ") if aim else target.quote):
            said.add(about)
            sentence = (
                f"{_named(title)}: the table's title says {one} {unit}, the definition of the measure {other} {unit}."
            )
            yield Slip(
                "title and definition", sentence, (title.place, target.place), (title.measure.name, target.quote)
            )


def target_out_of_reach(view: View) -> Iterator[Slip]:
    """A target that no figure can meet: "below 0 complaints", "above 100%"."""
    words = {"<": "below", ">": "above"}
    for target in view.targets:
        if target.figure and not attainable(target):
            measure = " ".join(filter(None, (target.measure.service, target.measure.code or target.measure.name)))
            level = f"{words[target.comparator]} {target.figure.printed}"
            sentence = f"{measure}: its target as printed is {level}, which no figure can be."
            yield Slip("target out of reach", sentence, (target.place,), (target.quote,))


def overall_outside_parts(view: View) -> Iterator[Slip]:
    """An overall percentage above the highest or below the lowest of its parts."""
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for seen in view.observations:
        table = seen.place.document, seen.place.table
        measure = seen.measure.service, seen.measure.code, seen.measure.name
        groups[*table, *measure, seen.period.start, seen.period.end].append(seen)
    for group in groups.values():
        overall = [seen for seen in group if seen.entity == OVERALL]
        parts = [seen for seen in group if seen.entity != OVERALL]
        if len(overall) != 1 or len(parts) < 2 or len({seen.entity for seen in parts}) != len(parts):
            continue
        (top, figure), *others = [(seen, seen.figure) for seen in (*overall, *parts)]
        known = [(seen, part) for seen, part in others if isinstance(part, Figure) and part.unit == "%"]
        if not isinstance(figure, Figure) or figure.unit != "%" or len(known) < len(parts):
            continue
        low, high = min(known, key=_value), max(known, key=_value)
        # An overall of "96.00%" may be a rounded 96%, as the zeros are often a spreadsheet's.
        step = max(_step(figure.value.normalize()), *(_step(part.value) for _, part in known))
        if low[1].value - step <= figure.value <= high[1].value + step:
            continue
        near, side, end = (high, "above", "highest") if figure.value > high[1].value else (low, "below", "lowest")
        sentence = (
            f"{_named(top)} in {top.period.label}: the overall is {figure.printed}, {side} the {end} of the rows beside"
            f" it, {near[1].printed} ({near[0].entity})."
        )
        yield Slip("overall outside its parts", sentence, (top.place, near[0].place), (top.quote, near[0].quote))


def sums_that_do_not_add_up(view: View) -> Iterator[Slip]:
    """A budget's total line that is not the sum of the lines above it."""
    budgets: dict[tuple[str, str, int], list[Record]] = defaultdict(list)
    for record in view.records:
        if record.kind == "budget_line":
            budgets[record.place.document, record.fields["budget"], record.place.table].append(record)
    for (_, budget, _), lines in budgets.items():
        sums = [line for line in lines if _SUM.match(line.fields["line"])]
        if sums != lines[-1:] or len(lines) < 3:
            continue  # no total, or sub-totals between: what it is the sum of is not plain
        columns = [_amounts(line) for line in lines]
        for header, total in columns[-1].items():
            parts = [column[header] for column in columns[:-1] if header in column]
            if len(parts) == len(lines) - 1 and {part.unit for part in parts} == {total.unit}:
                yield from _sum_slip(budget, header, lines, parts, total)


_SUM = re.compile(r"(?:grand |overall |sub-?)?totals?\b|sum\b|net\b|gross\b|$", re.IGNORECASE)


def _sum_slip(
    budget: str, header: str, lines: Sequence[Record], parts: Sequence[Figure], total: Figure
) -> Iterator[Slip]:
    added = sum((part.value for part in parts), Decimal(0))
    if added == total.value:
        return
    apart = abs(added - total.value)
    rounding = apart <= _step(total.value) * (len(parts) + 1) / 2
    why = "rounding may explain it" if rounding else "more than rounding explains"
    sentence = (
        f"{budget or 'Budget'}, {header or 'amounts'}: the lines add up to {write_figure(added, total.unit)}, the total"
        f" line says {total.printed}: a difference of {write_figure(apart, total.unit)}, {why}."
    )
    yield Slip("sum", sentence, (lines[-1].place, lines[0].place), (lines[-1].quote, lines[0].quote))


def gaps_in_plan_numbers(view: View) -> Iterator[Slip]:
    """Numbers that are missing between two rectification plans of one paper, and stand in no other paper."""
    papers: dict[tuple[str, str], dict[int, Record]] = defaultdict(dict)
    present: dict[str, set[int]] = defaultdict(set)
    for record in view.records:
        if record.kind == "rectification" and (parts := _numbered(record.fields["ref"])):
            series, number = parts
            papers[record.place.document, series].setdefault(number, record)
            present[series].add(number)
    said = set()
    for (_, series), plans in papers.items():
        numbers = sorted(plans)
        for low, high in pairwise(numbers):
            missing = [number for number in range(low + 1, high) if number not in present[series]]
            if not missing or len(missing) > 5 or (series, low, high) in said:
                continue
            said.add((series, low, high))
            pair = plans[low], plans[high]
            refs = " and ".join(plan.fields["ref"] for plan in pair)
            padded = 2 if re.search(r"(?<!\d)0\d(?!\d)", pair[0].fields["ref"]) else 1
            gap = ", ".join(series.replace("#", str(number).zfill(padded)) for number in missing)
            sentence = f"Between the rectification plans {refs} the papers have nothing of {gap}."
            yield Slip("gap in numbers", sentence, (pair[0].place, pair[1].place), (pair[0].quote, pair[1].quote))


def _differing(title: str, definition: str) -> Iterator[tuple[str, str, str]]:
    """The units of time for which two texts give one number each, and not the same."""
    for unit, pattern in _TIMES.items():
        one, other = set(pattern.findall(title)), set(pattern.findall(definition))
        if len(one) == len(other) == 1 and {Decimal(n) for n in one} != {Decimal(n) for n in other}:
            yield unit, one.pop(), other.pop()


def _named(seen: Observation) -> str:
    return " ".join(filter(None, (seen.measure.service, seen.measure.code or seen.measure.name)))


def _value(pair: tuple[Observation, Figure]) -> Decimal:
    return pair[1].value


def _step(value: Decimal) -> Decimal:
    """One in the last place that is printed."""
    return Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))


def _amounts(line: Record) -> dict[str, Figure]:
    """A line's amounts by their headers, where they are figures."""
    pairs = [part.rpartition(": ") for part in line.fields["amounts"].split("; ")]
    read = [(header, read_figure(text)) for header, _, text in pairs]
    return {header: figure for header, figure in read if isinstance(figure, Figure)}


def _numbered(ref: str) -> tuple[str, int] | None:
    """A reference as its series and its number in it: "RP4-2020" is ("RP#-2020", 4), "RAP/18/06" ("RAP/18/#", 6)."""
    numbers = list(re.finditer(r"\d+", ref))
    if len(numbers) == 2 and re.fullmatch(r"20\d\d", numbers[1][0]):
        numbers.pop()
    if not numbers or len(numbers) > 2:
        return None
    at = numbers[-1]
    return f"{ref[: at.start()]}#{ref[at.end() :]}", int(at[0])


CHECKS: tuple[Check, ...] = (
    title_against_definition,
    target_out_of_reach,
    overall_outside_parts,
    sums_that_do_not_add_up,
    gaps_in_plan_numbers,
)
