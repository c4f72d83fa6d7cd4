"""What is true of the figures that a question is made of, worked out here and not by our tools.

Each form of question in bench/made.toml has its function in `TRUTHS`: from a `Scene`, the figures that are asked about
and those beside them, to what an answer must give; None where a question of that form would be unfair.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise, takewhile
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One month's figure of a measure: its first day, its value, whether it met its target, and that target."""

    month: date
    value: Decimal
    met: bool | None
    target: Decimal | None
    better: str = ""  # "higher" or "lower", where that is known
    percent: bool = False


Series = Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Truth:
    """What an answer must give: `numbers`, the `named` months, councils or codes, and words of the form `said`."""

    numbers: tuple[Decimal, ...] = ()
    named: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """The figures that a question may be about."""

    series: Series  # of whom is asked about, from one month to another
    until: Series  # all of his up to the later month
    number: Decimal
    other: Figure | None  # another council's of the first month
    overall: Figure | None
    beside: Figure | None  # the same council's of another measure
    councils: dict[str, Figure]  # all of the first month
    spans: dict[str, Series]  # theirs from the one month to the other
    service: dict[str, Figure]  # the same council's by the codes of the whole service

    @property
    def own(self) -> Figure:
        """The figure of the first month."""
        return self.series[0]


Rule = Callable[[Scene], Truth | None]
_ROSE = r"\b(?:rose|up|higher|above|increase|grew|climb)"
_FELL = r"\b(?:fell|down|lower|below|decrease|drop)"
_MET = r"(?<!not )\b(?:met|meets|on target)\b"
_MISSED = r"\b(?:miss|not met|fail|fell short|short of)"


def _named(*months: Figure) -> tuple[str, ...]:
    return tuple(f"{figure.month:%b}" for figure in months)


def _only(series: Series, best: Callable[[Sequence[Decimal]], Decimal]) -> Truth | None:
    """The figure that comes first by `best`; None where two do."""
    value = best([f.value for f in series])
    found = [f for f in series if f.value == value]
    return Truth((value,), _named(*found)) if len(found) == 1 else None


def _by_polarity(series: Series, wanted: str) -> Truth | None:
    better = series[0].better
    return _only(series, max if better == wanted else min) if better else None


def _steps(series: Series) -> list[Decimal]:
    return [last.value - first.value for first, last in pairwise(series)]


def _steepest(series: Series) -> Truth | None:
    sizes = [abs(step) for step in _steps(series)]
    most = max(sizes)
    return Truth((most,), _named(series[sizes.index(most) + 1])) if most and sizes.count(most) == 1 else None


def _count(found: Sequence[bool | None]) -> Truth | None:
    return None if None in found else Truth((Decimal(found.count(True)),))


def _misses(series: Series) -> list[bool | None]:
    return [None if figure.met is None else not figure.met for figure in series]


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


def _since(series: Series) -> Truth | None:
    """The first month of the misses that go on to the end."""
    run = list(takewhile(lambda figure: figure.met is False, reversed(series)))
    return Truth((), _named(run[-1])) if 0 < len(run) < len(series) else None


def _change(series: Series) -> Decimal:
    return series[-1].value - series[0].value


def _percent(series: Series) -> Truth | None:
    first, moved = series[0], _change(series)
    return Truth((abs(moved) / first.value * 100,)) if first.value and moved and not first.percent else None


def _way(series: Series) -> Truth | None:
    before, own = series[-2:]
    return Truth((own.value,), (), _ROSE if own.value > before.value else _FELL) if own.value != before.value else None


def _first(scene: Scene, best: Callable[[Iterable[Decimal]], Decimal]) -> Truth | None:
    """The council that comes first by `best`; None where two do."""
    values = {entity: figure.value for entity, figure in scene.councils.items()}
    found = [entity for entity, value in values.items() if value == best(values.values())]
    return Truth((values[found[0]],), (found[0],)) if len(found) == 1 < len(values) else None


def _margin(own: Figure) -> Truth | None:
    return Truth((abs(own.value - own.target),)) if own.target not in (None, own.value) else None


def _verdict(own: Figure) -> Truth | None:
    return Truth((own.value,), (), _MET if own.met else _MISSED) if own.met is not None else None


def _several(councils: dict[str, Figure]) -> dict[str, Figure]:
    return councils if len(councils) > 1 else {}


def _all(councils: dict[str, Figure]) -> Truth:
    return Truth(tuple(figure.value for figure in councils.values()), tuple(councils))


def _failing(councils: dict[str, Figure]) -> Truth | None:
    return _count(_misses(list(councils.values()))) if councils else None


def _below(scene: Scene) -> Truth:
    return Truth((), tuple(e for e, figure in _several(scene.councils).items() if figure.value < scene.number))


def _tally(scene: Scene) -> dict[str, int]:
    """How many months each council missed; nothing where that is not known of all."""
    misses = {entity: _misses(series) for entity, series in scene.spans.items()}
    unknown = len(misses) < 2 or any(None in own for own in misses.values())
    return {} if unknown else {entity: own.count(True) for entity, own in misses.items()}


def _tallied(scene: Scene) -> Truth:
    tally = _tally(scene)
    return Truth(tuple(map(Decimal, tally.values())), tuple(tally)) if any(tally.values()) else Truth()


def _most(scene: Scene) -> Truth | None:
    tally = _tally(scene)
    found = [entity for entity, number in tally.items() if number and number == max(tally.values())]
    return Truth((Decimal(tally[found[0]]),), (found[0],)) if len(found) == 1 else None


TRUTHS: dict[str, Rule] = {
    "one": lambda scene: Truth((scene.own.value,)),
    "highest": lambda scene: _only(scene.series, max),
    "lowest": lambda scene: _only(scene.series, min),
    "best": lambda scene: _by_polarity(scene.series, "higher"),
    "worst": lambda scene: _by_polarity(scene.series, "lower"),
    "average": lambda scene: Truth((sum((f.value for f in scene.series), Decimal()) / len(scene.series),)),
    "median": lambda scene: Truth((median(f.value for f in scene.series),)),
    "change": lambda scene: Truth((abs(c),)) if (c := _change(scene.series)) else None,
    "percent": lambda scene: _percent(scene.series),
    "moved": lambda scene: Truth((scene.own.value, scene.series[-1].value)),
    "up_or_down": lambda scene: _way(scene.series),
    "before": lambda scene: Truth((scene.series[-2].value,)),
    "rises": lambda scene: _count([step > 0 for step in _steps(scene.series)]),
    "falls": lambda scene: _count([step < 0 for step in _steps(scene.series)]),
    "steepest": lambda scene: _steepest(scene.series),
    "second": lambda scene: _second(scene.series),
    "above": lambda scene: _count([f.value > scene.number for f in scene.series]),
    "below": lambda scene: Truth((), _named(*(f for f in scene.series if f.value < scene.number))),
    "target": lambda scene: Truth((scene.own.target,)) if scene.own.target is not None else None,
    "judged": lambda scene: _verdict(scene.own),
    "margin": lambda scene: _margin(scene.own),
    "missed": lambda scene: _count(_misses(scene.series)),
    "met": lambda scene: _count([f.met for f in scene.series]),
    "which_missed": lambda scene: Truth((), _named(*(f for f in scene.series if f.met is False))),
    "first_missed": lambda scene: _judged(scene.series, False, 0),
    "last_met": lambda scene: _judged(scene.series, True, -1),
    "longest": lambda scene: _longest([f.met for f in scene.series]),
    "since_missed": lambda scene: _since(scene.until),
    "gap": lambda scene: Truth((abs(scene.own.value - scene.other.value),)) if scene.other else None,
    "beside_overall": lambda scene: Truth((scene.own.value, scene.overall.value)) if scene.overall else None,
    "both": lambda scene: Truth((scene.own.value, scene.beside.value)) if scene.beside else None,
    "top": lambda scene: _first(scene, max),
    "bottom": lambda scene: _first(scene, min),
    "rank": lambda scene: _all(_several(scene.councils)),
    "councils_missed": lambda scene: _failing(_several(scene.councils)),
    "councils_below": _below,
    "tally": _tallied,
    "most_missed": _most,
    "all_of_council": lambda scene: Truth((), tuple(code for code, f in scene.service.items() if f.met is False)),
}
