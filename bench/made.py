"""Questions made out of the figures of an index, whose answers are worked out here and not by our tools.

    python -m bench.made [--data DIR] [--number N] [--seed N] [--show]

asks N questions of the forms in bench/made.toml, each of a measure, council and months chosen at random, over the
sample papers or the index in DIR. An answer is right if it gives every number and names every month or council that
was worked out; one that is not answered is silent; all others are wrong. --show prints those that are not right.
"""

import argparse
import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, groupby, pairwise
from pathlib import Path
from statistics import median

import pandas as pd

from bench.sample import indexed
from bot.answer import Answer
from bot.engine import Engine
from corpus.settings import Settings
from kpi_tools.corrected import CorrectedStore
from kpi_tools.frames import frame
from kpi_tools.measures import OVERALL
from kpi_tools.tools import each

FORMS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "made.toml").read_text(encoding="utf-8"))
LATER = timedelta(days=60)  # from the last figure to the day of asking
_TRIES = 500  # of a measure, council and months of which a form can be asked
_NONE = re.compile(r"\b(?:none|no (?:month|one))\b", re.IGNORECASE)
_ROUNDED = Decimal("0.06")
_STYLES = ("%B %Y", "%b %Y", "%b-%y", "%B '%y")


@dataclass(frozen=True, slots=True)
class Figure:
    """One month's figure of a measure: its first day, its value, whether it met its target, and that target."""

    month: date
    value: Decimal
    met: bool | None
    target: Decimal | None


Series = Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Truth:
    """What an answer must give: `numbers`, and the `named` months or councils."""

    numbers: tuple[Decimal, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A question of a form, the day on which it is asked, and what is true."""

    form: str
    question: str
    today: date
    truth: Truth


def _named(*months: Figure) -> tuple[str, ...]:
    return tuple(f"{figure.month:%b}" for figure in months)


def _only(series: Series, best: Callable[[Sequence[Decimal]], Decimal]) -> Truth | None:
    """The figure that comes first by `best`; None where two do."""
    value = best([f.value for f in series])
    found = [f for f in series if f.value == value]
    return Truth((value,), _named(*found)) if len(found) == 1 else None


def _steps(series: Series) -> list[Decimal]:
    return [last.value - first.value for first, last in pairwise(series)]


def _steepest(series: Series) -> Truth | None:
    sizes = [abs(step) for step in _steps(series)]
    most = max(sizes)
    return Truth((most,), _named(series[sizes.index(most) + 1])) if most and sizes.count(most) == 1 else None


def _count(found: Sequence[bool | None]) -> Truth | None:
    return None if None in found else Truth((Decimal(found.count(True)),))


def _second(series: Series) -> Truth | None:
    ordered = sorted(series, key=lambda figure: figure.value, reverse=True)
    alike = len({figure.value for figure in ordered}) < len(ordered) or len(ordered) < 3
    return None if alike else Truth((ordered[1].value,), _named(ordered[1]))


def _judged(series: Series, met: bool, at: int) -> Truth | None:
    """The first (0) or the last (-1) that met its target, or missed it."""
    found = [figure for figure in series if figure.met is met]
    known = all(figure.met is not None for figure in series)
    return Truth((found[at].value,), _named(found[at])) if found and known else None


def _longest(met: Sequence[bool | None]) -> Truth | None:
    runs = [len(list(run)) for missed, run in groupby(met, lambda one: one is False) if missed]
    return Truth((Decimal(max(runs)),)) if runs and None not in met else None


# What is true of the figures of a span of months, by the form of its question; None where a question would be unfair.
SPANS: dict[str, Callable[[Series, Decimal], Truth | None]] = {
    "highest": lambda series, _: _only(series, max),
    "lowest": lambda series, _: _only(series, min),
    "average": lambda series, _: Truth((sum((f.value for f in series), Decimal()) / len(series),)),
    "change": lambda series, _: Truth((abs(c),)) if (c := series[-1].value - series[0].value) else None,
    "rises": lambda series, _: _count([step > 0 for step in _steps(series)]),
    "falls": lambda series, _: _count([step < 0 for step in _steps(series)]),
    "steepest": lambda series, _: _steepest(series),
    "above": lambda series, number: _count([f.value > number for f in series]),
    "missed": lambda series, _: _count([None if f.met is None else not f.met for f in series]),
    "met": lambda series, _: _count([f.met for f in series]),
    "second": lambda series, _: _second(series),
    "first_missed": lambda series, _: _judged(series, False, 0),
    "last_met": lambda series, _: _judged(series, True, -1),
    "below": lambda series, number: Truth((), _named(*(f for f in series if f.value < number))),
    "longest": lambda series, _: _longest([f.met for f in series]),
    "moved": lambda series, _: Truth((series[0].value, series[-1].value)),
    "median": lambda series, _: Truth((median(f.value for f in series),)),
    "before": lambda series, _: Truth((series[-2].value,)),
    "which_missed": lambda series, _: Truth((), _named(*(f for f in series if f.met is False))),
}


def series_of(rows: pd.DataFrame) -> dict[str, dict[str, Series]]:
    """The monthly figures of every measure, by "service code" or name, and by council; of measures without a gap."""
    found: dict[str, dict[str, Series]] = {}
    titles: dict[str, set[str]] = {}
    known = rows[(rows.grain == "month") & rows.value.notna()]
    for (key, entity), own in known.groupby(["key", "entity"], sort=True):
        ordered = sorted(each(own), key=lambda row: row.start)
        gap = any(not timedelta() < last.start - first.start < timedelta(days=32) for first, last in pairwise(ordered))
        title = f"{ordered[0].service} {ordered[0].code}" if ordered[0].code else str(ordered[0].name)
        titles.setdefault(title.strip(), set()).update((str(key), "gap" if gap or len(ordered) < 2 else str(key)))
        figures = [Figure(row.start, row.value, row.met, row.target) for row in ordered]
        found.setdefault(title.strip(), {})[str(entity)] = figures
    return {title: measure for title, measure in found.items() if len(titles[title]) == 1}


@dataclass(frozen=True, slots=True)
class _Month:
    """The figures of one month: of who is asked about, of another, of all but the overall; a number beside them."""

    own: Figure
    other: Figure | None
    councils: dict[str, Figure]
    number: Decimal


def _first(month: _Month, best: Callable[[Iterable[Decimal]], Decimal]) -> Truth | None:
    """The council that comes first by `best`; None where two do."""
    values = {entity: figure.value for entity, figure in month.councils.items()}
    found = [entity for entity, value in values.items() if value == best(values.values())]
    return Truth((values[found[0]],), (found[0],)) if len(found) == 1 < len(values) else None


def _gap(month: _Month) -> Truth | None:
    return Truth((abs(month.own.value - month.other.value),)) if month.other else None


def _margin(own: Figure) -> Truth | None:
    return Truth((abs(own.value - own.target),)) if own.target not in (None, own.value) else None


def _missed(councils: Sequence[Figure]) -> Truth | None:
    return _count([None if f.met is None else not f.met for f in councils]) if len(councils) > 1 else None


def _below(month: _Month) -> Truth:
    several = month.councils if len(month.councils) > 1 else {}
    return Truth((), tuple(entity for entity, figure in several.items() if figure.value < month.number))


# The same of one month.
MONTHS: dict[str, Callable[[_Month], Truth | None]] = {
    "one": lambda month: Truth((month.own.value,)),
    "margin": lambda month: _margin(month.own),
    "gap": _gap,
    "top": lambda month: _first(month, max),
    "bottom": lambda month: _first(month, min),
    "councils_missed": lambda month: _missed(list(month.councils.values())),
    "councils_below": _below,
}


def _one(form: str, known: dict[str, dict[str, Series]], rng: random.Random) -> Made | None:
    title = rng.choice(sorted(known))
    measure = known[title]
    who, other = rng.choice(sorted(measure)), rng.choice(sorted(measure))
    own = measure[who]
    first, last = sorted(rng.sample(range(len(own)), 2))
    number = Decimal(round(own[first].value))
    if form in SPANS:
        truth = SPANS[form](own[first : last + 1], number)
    else:
        then = {e: figure for e, figures in measure.items() for figure in figures if figure.month == own[first].month}
        councils = {entity: figure for entity, figure in then.items() if entity != OVERALL}
        beside = councils.get(other) if OVERALL != who != other else None
        truth = MONTHS[form](_Month(own[first], beside, councils, number))
    if truth is None or truth == Truth():
        return None
    style = rng.choice(_STYLES)
    a, b = (own[at].month.strftime(style) for at in (first, last))
    asked = rng.choice(FORMS[form]).format(m=title, w=_called(who), v=_called(other), a=a, b=b, n=number)
    return Made(form, asked, max(figures[-1].month for figures in measure.values()) + LATER, truth)


def _called(entity: str) -> str:
    return entity.lower() if entity == OVERALL else entity


def made(rows: pd.DataFrame, number: int, seed: int) -> Iterator[Made]:
    """So many questions over the figures of a frame, each form in turn; fewer where the figures have none of a form."""
    rng, known = random.Random(seed), series_of(rows)
    for form, _ in zip(cycle(sorted(FORMS)), range(number), strict=False):
        tries = (_one(form, known, rng) for _ in range(_TRIES))
        if question := next(filter(None, tries), None):
            yield question


def grade(asked: Made, answer: Answer) -> str:
    """ "right", "silent" or "wrong"; numbers may be rounded, as answers are."""
    if answer.status != "answered":
        return "silent"
    values = [figure.value for figure in answer.figures] + [result.value for result in answer.results]
    told = [abs(Decimal(value)) for value in values if value]
    told += [Decimal()] if _NONE.search(answer.answer) else []
    numbers = all(any(abs(abs(number) - value) <= _ROUNDED for value in told) for number in asked.truth.numbers)
    named = all(name.lower() in answer.answer.lower() for name in asked.truth.named)
    return "right" if numbers and named else "wrong"


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="", help="the folder of another index")
    parser.add_argument("--number", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="what is not right")
    wanted = parser.parse_args()
    with nullcontext(Settings(home=wanted.data)) if wanted.data else indexed() as settings:
        engine, counts = Engine(settings), Counter[tuple[str, str]]()
        for asked in made(frame(CorrectedStore(settings)), wanted.number, wanted.seed):
            answer = engine.ask(asked.question, asked.today)
            how = grade(asked, answer)
            counts[asked.form, how] += 1
            if wanted.show and how != "right":
                print(f"{how.upper()} [{asked.form}] {asked.question} {asked.truth}\n    {answer.answer[:300]}")
    for form in FORMS:
        print(form, *(f"{how} {counts[form, how]}" for how in ("right", "silent", "wrong") if counts[form, how]))
    print(
        "all:", *(f"{how} {sum(n for (_, h), n in counts.items() if h == how)}" for how in ("right", "silent", "wrong"))
    )


if __name__ == "__main__":
    main()
