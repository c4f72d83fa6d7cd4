"""What a clause may say of one figure of a measure: one line each, with all that it may mean."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpi_tools.checks.judged import polarity, words
from kpi_tools.checks.naming import NUMERAL
from kpi_tools.checks.slip import Row
from kpi_tools.checks.statements import change_fits
from kpi_tools.figures import Figure

ALMOST = Decimal("0.95")
FEWEST = 3  # figures of which one is the highest
_TARGET = r"(?:targets?|standards?|goals?|thresholds?|benchmark)\b"
_ITS = rf"(?:\s(?!not\b)[\w'’-]+){{0,2}}?(?:\s(?:{NUMERAL.pattern})(?:\s\w+)?)?\s{_TARGET}"
_MEET = r"(?:met|meets?|meeting|hit|hits|hitting|achiev(?:e[sd]?|ing)|reach(?:ed|es)?|deliver(?:ed|s)?)"
_NOT = r"(?:not|n[o']t|failed to|fails to|failing to|unable to)(?: yet)? (?:be )?"
_BE = r"(?:was|were|is|are|has been|have been)"
_LIMIT = r"(?: (?:the|its|a)(?: (?:limit|ceiling|maximum|cap|floor) of)?)?"
_MORE = r"(?:(?:more than|over) )?"
_NEVER = r"never (?:been |had )?(?:so )?"
_THAN = r"\bthan (?:at |in |for )?any (?:other )?"


class Case(NamedTuple):
    """A figure, the one that it is held against, those among which it may be an extreme, the bound that is said, and by
    how much it changed, in points or not."""

    row: Row
    before: Row | None = None
    among: Sequence[Row] = ()
    bound: Decimal | None = None
    by: tuple[Figure, bool] | None = None


Cell = Callable[[Case], bool | None]  # None where the figures do not say


class Predicate(NamedTuple):
    """What is said of a figure: by which words, of which kind, and in which ways it may be meant."""

    kind: str
    says: re.Pattern[str]
    means: tuple[Cell, ...]


def _judged(met: bool) -> Cell:
    return lambda case: None if case.row.met is None else bool(case.row.met) == met


def _beside(target: bool, above: bool, strict: bool = True) -> Cell:
    def cell(case: Case) -> bool | None:
        bound = case.row.target if target else case.bound
        if bound is None:
            return None
        return bool((case.row.value - bound) * (1 if above else -1) > 0 or (not strict and case.row.value == bound))

    return cell


def _went(up: bool | None, good: bool = True) -> Cell:
    """Rose or stood still, fell or stood still; `up` None: as is better, or not `good`, as is worse."""

    def cell(case: Case) -> bool | None:
        way = polarity(case.row)
        if case.before is None or (up is None and not way):
            return None
        rising = up if up is not None else (way == "higher") == good
        if case.by:
            one, two = (Figure(row.value, row.unit, row.printed) for row in (case.before, case.row))
            if not change_fits(one, two, *case.by):
                return False
        return bool(case.row.value >= case.before.value if rising else case.row.value <= case.before.value)

    return cell


def _became(times: str) -> Cell:
    """So many times what it was, and more or, of a part, less; "doubled" is said of a little less too."""

    def cell(case: Case) -> bool | None:
        if case.before is None:
            return None
        due, up = case.before.value * Decimal(times), Decimal(times) > 1
        return bool(case.row.value >= due * ALMOST if up else case.row.value <= due * (2 - ALMOST))

    return cell


def _extreme(high: bool | None, good: bool = True) -> Cell:
    def cell(case: Case) -> bool | None:
        way = polarity(case.row)
        if len(case.among) < FEWEST or (high is None and not way):
            return None
        most = max if (high if high is not None else (way == "higher") == good) else min
        return bool(case.row.value == most(row.value for row in case.among))

    return cell


def _same(case: Case) -> bool | None:
    return None if case.before is None else bool(case.row.value == case.before.value)


def _of(kind: str, says: str, *means: Cell) -> Predicate:
    return Predicate(kind, re.compile(rf"\b(?:{says})", re.IGNORECASE), means)


def _direction(way: str) -> str:
    return words("direction", way).pattern.removeprefix(r"\b")


_MET, _MISSED = _judged(met=True), _judged(met=False)
_UP, _DOWN, _BETTER, _WORSE = _went(True), _went(False), _went(None), _went(None, good=False)
PREDICATES: Mapping[str, Predicate] = {
    "missed": _of(
        "judged",
        rf"miss(?:ed|es|ing)?\b{_ITS}|{_NOT}{_MEET}{_ITS}|f[ea]ll(?:ing|en|s)? short of{_ITS}|off target"
        rf"|{_BE} missed (?:overall )?(?=in|by)\b"
        rf"|{_TARGET}[^.;,]{{0,30}}?\b{_BE} (?:missed|not (?:met|hit|achieved|reached))",
        _MISSED,
    ),
    "met": _of(
        "judged",
        rf"{_MEET}{_ITS}|on target|within target|{_TARGET}[^.;,]{{0,30}}?\b{_BE} (?:\w+ )?(?:met|hit|achieved|reached)",
        _MET,
        _beside(target=True, above=True, strict=False),
    ),
    "above": _of(
        "judged",
        rf"(?:on or above|above|over|ahead of|exceed(?:ed|s|ing)?|beat(?:en|s|ing)?|surpass\w*){_ITS}",
        _beside(target=True, above=True, strict=False),
        _MET,
    ),
    "below": _of(
        "judged",
        rf"(?:below|under|behind|short of|beneath){_ITS}",
        _beside(target=True, above=False),
        _MISSED,
    ),
    "more": _of(
        "bound",
        rf"(?:above|over|more than|exceed(?:ed|s|ing)?|pass(?:ed|es|ing)|topp(?:ed|ing)|at least){_LIMIT}"
        rf" (?P<bound>{NUMERAL.pattern})",
        _beside(target=False, above=True, strict=False),
    ),
    "less": _of(
        "bound",
        rf"(?:below|under|less than|fewer than|no more than|within(?= (?:the|its))){_LIMIT}"
        rf" (?P<bound>{NUMERAL.pattern})",
        _beside(target=False, above=False, strict=False),
    ),
    "best": _of(
        "extreme",
        rf"best|strongest|fastest|quickest|shortest|highest[ -]perform\w+|(?:better|faster|quicker) {_THAN}",
        _extreme(None),
    ),
    "worst": _of(
        "extreme",
        rf"worst|weakest|poorest|slowest|longest|lowest[ -]perform\w+|(?:worse|slower|longer) {_THAN}",
        _extreme(None, good=False),
    ),
    "highest": _of(
        "extreme",
        rf"highest|largest|biggest|greatest|busiest|peak(?:ed)?\b|{_NEVER}(?:high|more)"
        rf"|(?:higher|more|greater|busier) {_THAN}",
        _extreme(True),
    ),
    "lowest": _of(
        "extreme",
        rf"lowest|smallest|fewest|quietest|{_NEVER}(?:low|fewer)|(?:lower|fewer|smaller|quieter) {_THAN}",
        _extreme(False),
    ),
    "doubled": _of("change", rf"{_MORE}doubl(?:ed|es|ing)", _became("2")),
    "trebled": _of("change", rf"{_MORE}(?:trebl|tripl)(?:ed|es|ing)", _became("3")),
    "halved": _of("change", rf"{_MORE}halv(?:ed|es|ing)", _became("0.5")),
    "up": _of("change", _direction("up"), _UP),
    "down": _of("change", _direction("down"), _DOWN),
    "better": _of("change", _direction("better"), _BETTER),
    "worse": _of("change", _direction("worse"), _WORSE),
    "higher": _of("change", rf"{_direction('higher')}(?!\s\w+ly\b)", _UP),
    "lower": _of("change", _direction("lower"), _DOWN),
    "same": _of("change", r"(?:unchanged|the same as|level with|no different)\b", _same),
}
# "fell below the target" tells no change, "a target of under 5" nothing of the figure, and what stands in the words of
# another predicate tells nothing.
_MOVES = re.compile(
    r"\b(?:f[ea]ll(?:en|ing|s)?|dipp\w+|slipp\w+|dropp\w+|rose|risen|ris(?:es|ing)|climb\w*|went|mov\w+|remain\w*|kept|stay\w*)"
    r" (?:back )?(?=(?:above|over|below|under|short|behind|beneath)\b)"
    r"|\b(?:target|limit|ceiling|threshold|standard|maximum) (?:of|is|was|set at|at) (?:[a-z]+ ){1,3}(?=[£\d])",
    re.IGNORECASE,
)


def told_of(clause: str) -> tuple[str, re.Match[str]] | None:
    """The one predicate of a clause, and where it is said; None where there is none, or where it is not plain."""
    bare = _MOVES.sub(lambda moved: "·" * len(moved[0]), clause)
    found: dict[str, re.Match[str]] = {}
    for name, predicate in PREDICATES.items():
        if said := predicate.says.search(bare):
            found[name] = said
            bare = f"{bare[: said.start()]}{'·' * (said.end() - said.start())}{bare[said.end() :]}"
    kinds = {PREDICATES[name].kind for name in found}
    if len(kinds) == 2 and "change" in kinds and "judged" not in kinds and len(found) == 2:
        found = {name: said for name, said in found.items() if PREDICATES[name].kind != "change"}
    return next(iter(found.items())) if len(found) == 1 else None
