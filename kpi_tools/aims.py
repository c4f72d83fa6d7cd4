"""Which target a figure is held to: that of its measure, its entity and its period, and none where that is not sure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from kpi_tools.figures import Figure
from kpi_tools.identity import Variant, variant, what
from kpi_tools.measures import CUMULATIVE, OVERALL, POLARITY, WAYS, Measure, Observation, Target, grows
from kpi_tools.names import entity, members, squash
from kpi_tools.periods import Period, financial_year

ABOUT = 2  # times a count's target, or a part of it: so far off are figures that it may be for
ALIKE = 0.6  # of the telling words that two names have between them
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_PLAIN = frozenset(["percentage", "number", "average", "total", "with", "that", "within", "from"])


@dataclass(frozen=True, slots=True)
class _Aim:
    order: int
    target: Target


class Aims:
    """The targets, found by the key of their measure. `councils` are the papers' councils by document."""

    def __init__(
        self,
        observations: Sequence[Observation],
        targets: Sequence[Target],
        bodies: Mapping[str, str],
        keys: Mapping[Variant, str],
        councils: Mapping[str, str],
    ) -> None:
        self._keys = keys
        self._councils = councils
        self._aims: dict[str, list[_Aim]] = defaultdict(list)
        self._polarity: dict[str, set[str]] = defaultdict(set)
        self._seen: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        for seen in observations:
            key = keys[variant(seen.place.document, seen.measure)]
            self._seen[seen.place.document, key].append(seen)
            self._polarity[key] |= {seen.measure.polarity} - {""}
        self._sums = {at for at, group in self._seen.items() if self._adds_up(group)}
        measured = _by_document(observations)
        for order, target in enumerate(targets):
            document = target.place.document
            if measure := _measured(target.measure, measured[document]):
                key = keys[variant(document, measure)]
            elif target.measure.service or what(target.measure) not in {what(m) for m in measured[document]}:
                _, service, named = variant(document, target.measure)
                key = keys.get((document, service, named), f"{bodies[document]}/{service}/{named}")
            else:
                continue
            self._aims[key].append(_Aim(order, target))
            self._polarity[key] |= {target.measure.polarity, POLARITY.get(target.comparator, "")} - {""}

    def in_force(self, seen: Observation) -> Target | None:
        """The target that an observation is held to: the most specific one; None for none, or several that differ.

        One that says which way is better comes before one of the same figure that does not.
        """
        key = self._keys[variant(seen.place.document, seen.measure)]
        found = [aim for aim in self._aims.get(key, []) if self._holds(aim.target, seen, key)]
        # A definition that says which way is better, and no more, sets no target.
        found = [aim for aim in found if aim.target.figure or not aim.target.comparator]
        fitting = [(_rank(aim, seen), aim.target) for aim in found]
        if not fitting or self._before_its_own(seen, key, [target for _, target in fitting]):
            return None
        best = max(rank for rank, _ in fitting)
        first = [target for rank, target in fitting if rank[:-1] == best[:-1]]
        latest = [target for target in first if target.place.document == first[-1].place.document]
        figures = {_amount(target) for target in latest}
        ways = {target.comparator for target in latest if target.comparator}
        if len(figures) > 1 or len(ways) > 1:
            return None
        if ways:
            return next(target for target in reversed(latest) if target.comparator)
        return self._lent_way(latest[-1], [target for _, target in fitting], seen, key)

    def _before_its_own(self, seen: Observation, key: str, fitting: Sequence[Target]) -> bool:
        """Whether the targets of a figure's own table are all for later periods, so that none is known for its own."""
        own = [aim.target for aim in self._aims[key] if _in_one_table(aim.target, seen) and not aim.target.by_hand]
        later = [target for target in own if target.start and target.start > seen.period.end]
        return bool(later) and not any(_in_one_table(target, seen) for target in fitting)

    def _lent_way(self, target: Target, others: Sequence[Target], seen: Observation, key: str) -> Target:
        """A target that does not say which way is better, with what is said elsewhere of the same figure or measure."""
        if target.figure is None or CUMULATIVE.search(target.quote):
            return target
        same = [t for t in others if t.comparator and t.figure and _amount(t) == _amount(target)]
        own = [t for t in same if t.place.document == seen.place.document] or same
        if len({t.comparator for t in own}) == 1:
            return own[-1]
        ways = self._polarity[key]
        return replace(target, comparator=WAYS[min(ways)]) if len(ways) == 1 else target

    def _holds(self, target: Target, seen: Observation, key: str) -> bool:
        if target.entity and squash(target.entity) != squash(seen.entity):
            return False
        document = seen.place.document
        if not target.entity and not self._whole(seen):
            area = bool(self._councils.get(document)) and _grows(target, seen)
            if area or (document, key) in self._sums:
                return False  # what is aimed at for the sum of all holds none of its parts
        begun = target.start is None or target.start <= seen.period.end
        if not begun or (target.end and seen.period.start > target.end):
            return False
        if target.start and target.end and CUMULATIVE.search(target.quote):
            return _of_just(target, seen)  # what is aimed at for the year to date holds no month of it
        return self._of_its_time(target, seen, key) and self._of_its_length(target, seen, key)

    def _of_its_time(self, target: Target, seen: Observation, key: str) -> bool:
        """Whether a target without a beginning, from another paper, is of the time of that paper's own figures."""
        if target.start or target.place.document == seen.place.document:
            return True
        own = [each.period for each in self._seen.get((target.place.document, key), [])]
        last = target.end or (financial_year(max(period.end for period in own)).end if own else None)
        return last is None or (
            (not own or min(period.start for period in own) <= seen.period.end) and seen.period.start <= last
        )

    def _of_its_length(self, target: Target, seen: Observation, key: str) -> bool:
        """Whether a count's target is for periods as long as the figure's: for the shortest that stand beside it, and
        whose figures are about as large; else for those, or for its own span, which it is nearer to."""
        if not _grows(target, seen) or _of_just(target, seen):
            return True
        near = self._seen.get((target.place.document, key), [])
        beside = [each for each in near if each.place.table == target.place.table] or near
        figures: dict[int, list[float]] = defaultdict(list)
        for each in beside:
            figures[_months(each.period)].append(float(_value(each)))
        if target.start and target.end:
            figures.setdefault(_months(Period(target.start, target.end, "")), [float(_amount_of(target))])
        off = {length: _times_off(median(held), float(_amount_of(target))) for length, held in sorted(figures.items())}
        fits = next(
            (length for length, times in off.items() if times <= ABOUT), min(off, key=off.__getitem__, default=0)
        )
        return not off or _months(seen.period) == fits

    def _whole(self, seen: Observation) -> bool:
        council = self._councils.get(seen.place.document, "")
        return seen.entity == OVERALL or (bool(council) and squash(seen.entity) == squash(entity(council) or council))

    def _adds_up(self, group: Sequence[Observation]) -> bool:
        """Whether the figures of a paper's entities add up to that of the whole, in most of its periods."""
        periods: dict[Period, list[Observation]] = defaultdict(list)
        for seen in group:
            if isinstance(seen.figure, Figure):
                periods[seen.period].append(seen)
        told = []
        for found in periods.values():
            whole = [_value(seen) for seen in found if self._whole(seen)]
            present = {seen.entity for seen in found}
            parts = [_value(s) for s in found if not self._whole(s) and not present & set(members(s.entity))]
            if len(whole) == 1 and len(parts) > 1 and whole[0]:
                told.append(abs(sum(parts) - whole[0]) <= len(parts) * _step([*parts, *whole]))
        return 2 * sum(told) > len(told)


def _in_one_table(target: Target, seen: Observation) -> bool:
    return (target.place.document, target.place.table) == (seen.place.document, seen.place.table)


def _of_just(target: Target, seen: Observation) -> bool:
    """Whether a target is for the very period that a figure is of."""
    return (target.start, target.end) == (seen.period.start, seen.period.end)


def _measured(aimed: Measure, measures: Iterable[Measure]) -> Measure | None:
    """The one of a paper's measures that a target is for; None for none, or several.

    By service and code, or by code and name where the services are named in two ways, or by name alone.
    """
    named = what(aimed)
    coded = [m for m in measures if what(m) == named]
    if same := [m for m in coded if squash(m.service) == squash(aimed.service)]:
        return same[0]
    if coded:
        alone = len({squash(m.service) for m in coded}) == 1
        return coded[0] if alone and (not aimed.service or not coded[0].service or _alike(aimed, coded[0])) else None
    alike = [m for m in measures if not (m.code and aimed.code) and _plain(m.name) == _plain(aimed.name)]
    return alike[0] if len({(squash(m.service), what(m)) for m in alike}) == 1 else None


def _by_document(observations: Iterable[Observation]) -> dict[str, list[Measure]]:
    found: dict[str, dict[Measure, None]] = defaultdict(dict)
    for seen in observations:
        found[seen.place.document][seen.measure] = None
    return defaultdict(list, {document: list(measures) for document, measures in found.items()})


def _alike(one: Measure, other: Measure) -> bool:
    first, second = _words(one.name), _words(other.name)
    return bool(first and second) and len(first & second) >= ALIKE * min(len(first), len(second))


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", name.lower())) - _PLAIN


def _plain(name: str) -> str:
    """A name without what it says of its unit: "% calls answered" is "calls answered (%)"."""
    return squash(re.sub(r"^(?:percentage|number|no\.?|%) (?:of )?", "", _BRACKETS.sub("", name).strip().lower()))


def _rank(aim: _Aim, seen: Observation) -> tuple[bool, bool, int, bool, int]:
    """One for the entity before one for all, one of the figure's own table before others, a shorter span first."""
    target, place = aim.target, aim.target.place
    bounded = (target.end - target.start).days if target.start and target.end else 0
    same = place.document == seen.place.document
    return (
        bool(target.entity),
        same and place.table == seen.place.table,
        -bounded if bounded else -(10**6),
        same,
        aim.order,
    )


def _amount(target: Target) -> tuple[Decimal, str] | None:
    return (target.figure.value, target.figure.unit) if target.figure else None


def _grows(target: Target, seen: Observation) -> bool:
    units = {figure.unit for figure in (target.figure, seen.figure) if isinstance(figure, Figure)}
    return "%" not in units and grows(seen.measure)


def _amount_of(target: Target) -> Decimal:
    return target.figure.value if target.figure else Decimal(0)


def _times_off(figure: float, target: float) -> float:
    """How many times the one is the other, at least 1; of nothing, or of less, as good as any."""
    return max(figure / target, target / figure) if figure > 0 and target > 0 else 1.0


def _value(seen: Observation) -> Decimal:
    return seen.figure.value if isinstance(seen.figure, Figure) else Decimal(0)


def _step(values: Iterable[Decimal]) -> Decimal:
    """One in the last place of the figures that are printed most coarsely."""
    return Decimal(1).scaleb(max(int(value.as_tuple().exponent) for value in values))


def _months(period: Period) -> int:
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
