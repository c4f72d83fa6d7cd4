"""What changed from one period to another over all measures: what met its target and no longer does first."""

from datetime import date
from decimal import Decimal

import pandas as pd

from bot import words
from bot.answers.ahead import sign_of
from bot.answers.brief import EACH, MOST, own_rows, title, whose
from bot.answers.builder import Builder, Row
from bot.answers.movers import WENT
from bot.answers.times import mover
from bot.question.catalogue import Catalogue
from bot.question.plan import Plan

_Pair = tuple[Row, Row]


def answer(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue, builder: Builder) -> str:
    """Write how the measures moved from the first to the last period that is asked about; the status, "" where no
    measure has both."""
    pairs = _pairs(plan, frame, catalogue)
    if not pairs:
        return ""
    way = mover(plan, "") or "either"
    changed = [pair for pair in pairs if _went(*pair, way)]
    number = builder.count("changed", len(changed), "measures") if changed else "none"
    of = builder.count("compared", len(pairs), "measures")
    first, last = pairs[0]
    who = whose(plan, [last for _, last in pairs])
    who, what = who.replace("The ", "the ", 1), "figures" if who == EACH else "measures"
    span = f"From {words.period(first)} to {words.period(last)}"
    builder.lines.append(f"{span} {who} {WENT[way]} in {number} of {of} {what}{':' if changed else '.'}")
    told = sorted(changed, key=lambda pair: (_turned(*pair), _moved(*pair)), reverse=True)[:MOST]
    for first, last in told:
        builder.give(first)
        builder.give(last)
        moved = words.moved(first, last, last.value - first.value)
        builder.lines.append(f"• {title(last)} {moved}{words.verdict(last)}.")
        builder.listed.append(f"{title(last)} {words.when(last.period)}")
    builder.more(len(changed) - len(told), "measures")
    return "answered"


def _pairs(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue) -> list[_Pair]:
    """The first and the last figure of each measure, of those periods that most measures begin and end with."""
    series: dict[tuple[str, str, str], list[Row]] = {}
    for row in own_rows(plan, frame, catalogue):
        if not plan.grain or row.grain == plan.grain:
            series.setdefault((row.key, row.entity, row.grain), []).append(words.dated(row))
    pairs = [(min(own, key=_ends), max(own, key=_ends)) for own in series.values()]
    pairs = [(first, last) for first, last in pairs if first.end < last.end and first.unit == last.unit]
    spans = [(first.start, first.end, last.start, last.end) for first, last in pairs]
    common = max(spans, key=spans.count, default=None)
    return [pair for pair, span in zip(pairs, spans, strict=True) if span == common]


def _ends(row: Row) -> date:
    return row.end  # type: ignore[no-any-return]


def _went(first: Row, last: Row, way: str) -> bool:
    """Whether a figure went the way that is asked; for the better or the worse, by its measure's polarity."""
    change: Decimal = last.value - first.value
    return bool(change) if way == "either" else change * sign_of(way, last) > 0


def _turned(first: Row, last: Row) -> int:
    """What matters most: what met its target and no longer does, and then what does now."""
    if first.met is None or first.met is last.met:
        return 0
    return 1 if last.met else 2


def _moved(first: Row, last: Row) -> Decimal:
    """How far a figure moved, as a part of what it was."""
    change: Decimal = abs(last.value - first.value)
    size: Decimal = max(abs(first.value), Decimal(1))
    return change / size
