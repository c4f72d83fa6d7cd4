"""Targets and definitions: against titles and charts, out of reach, run out, used twice, without figures."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from kpi_tools.checks.claims import code_pattern
from kpi_tools.checks.slip import Row, Slip, View, listed, measure_name, row_place, same_service, shown, slip, told
from kpi_tools.figures import UNITS
from kpi_tools.measures import Target, attainable
from kpi_tools.names import squash

_TIMES = {unit: re.compile(rf"(\d+(?:\.\d+)?)[ -](?:{forms})", re.IGNORECASE) for unit, forms in UNITS.items()}
_TIMES = {unit: _TIMES[unit] for unit in ("seconds", "minutes", "hours", "days", "weeks", "months")}
_TIMES["days"] = re.compile(r"(\d+(?:\.\d+)?)[ -](?:(?:working|business|calendar|clear) )?days?\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{3,}")
_SMALL_WORDS = frozenset(["and", "the", "for", "with", "within", "from", "per", "answered"]) | {
    word for forms in UNITS.values() for word in _WORD.findall(forms)
}
_COUNTING = frozenset(["percentage", "number", "average", "total", "proportion"])
MOST_TITLE = 25  # words of a chart's title
FEWEST_WORDS = 4  # of a definition that cannot be another's by chance
FEWEST_SHARED = 3  # words that a chart's title must share with the measure it is about
FEWEST_ALIKE, MOST_ODD = 8, 2  # definitions that end on one day, and those that do not
# A definition that says how a figure is to stand to its target, and not what the target is; and one that says it.
_UNSET = re.compile(
    r"\b(?:above|below|over|under|at least|at most|(?:more|less|fewer) than|meet|reach|within)\s(?:(?:the|an?|its)\s)?"
    r"(?:target(?:ed)?|agreed|required|set|expected|planned|annual|yearly|national)\b(?:\s[a-z]+)?\s?"
    r"(?:%|percentage|level|target|rate|figure|standard|number|through\b|until\b|by\b|\.|$)",
    re.IGNORECASE,
)
_SET = re.compile(r"(?:[<>≤≥=]|\b(?:above|below|over|under|at least|at most|than|target of)) ?£?\d", re.IGNORECASE)
_CODE = re.compile(r"[a-z]", re.IGNORECASE)


def title_against_definition(view: View) -> Iterator[Slip]:
    """A table's title and the measure's definition give different times: "20 seconds" and "60 seconds"."""
    titles = _titles(view)
    said = set()
    for target in view.targets:
        about = target.place.document, squash(target.measure.service), squash(target.measure.code)
        title = titles.get(about)
        if not title or not about[2] or about in said:
            continue
        aim = target.figure.printed if target.figure else ""
        for unit, one, other in _differing(title.name, target.quote.replace(aim, " ") if aim else target.quote):
            said.add(about)
            yield slip(
                "title and definition",
                f"{measure_name(title)}: the table's title says {one} {unit}, the definition of the measure {other}"
                f" {unit}.",
                (row_place(title), title.name),
                (target.place, target.quote),
            )


def title_against_chart(view: View) -> Iterator[Slip]:
    """A table's title and the title of a chart of the same measure give different times."""
    titles = _titles(view)
    for passage in view.prose:
        if len(passage.text.split()) > MOST_TITLE or not any(p.search(passage.text) for p in _TIMES.values()):
            continue
        document, words = passage.places[0].document, _content(passage.text)
        own = [title for (paper, _, _), title in titles.items() if paper == document]
        shared = {title: len(_content(title.name) & words) for title in own if _content(title.name) <= words}
        if not shared or max(shared.values()) < FEWEST_SHARED:
            continue
        best = [title for title, count in shared.items() if count == max(shared.values())]
        for unit, one, other in _differing(best[0].name, passage.text) if len(best) == 1 else ():
            yield slip(
                "title and chart",
                f"{measure_name(best[0])}: the table's title says {one} {unit}, the chart's title {other} {unit}.",
                (row_place(best[0]), best[0].name),
                told(passage),
            )


def target_out_of_reach(view: View) -> Iterator[Slip]:
    """A target that no figure can meet: "below 0 complaints", "above 100%"."""
    words = {"<": "below", ">": "above"}
    for target in view.targets:
        if target.figure and not attainable(target):
            yield slip(
                "target out of reach",
                f"{_named(target)}: its target as printed is {words[target.comparator]} {target.figure.printed}, which"
                " no figure can be.",
                (target.place, target.quote),
            )


def target_without_figure(view: View) -> Iterator[Slip]:
    """A definition that names a level without saying which: "above targeted %"."""
    for target in view.targets:
        if target.figure is None and _UNSET.search(target.quote) and not _SET.search(target.quote):
            yield slip(
                "target without a figure",
                f"{_named(target)}: its definition sets a target but does not say what it is.",
                (target.place, target.quote),
            )


def target_run_out(view: View) -> Iterator[Slip]:
    """A definition whose target ended before the paper was written, and that has no figure of its time."""
    for target in _definitions(view):
        document, service, code = target.place.document, target.measure.service, target.measure.code
        day = view.dates.get(document)
        held = [
            row
            for row in view.rows.get(document, ())
            if (squash(row.service), squash(row.code)) == (squash(service), squash(code))
        ]
        if target.end and day and target.end < day and not any(row.start <= target.end for row in held):
            yield slip(
                "target run out",
                f"{_named(target)}: its target ran until {target.end:%-d %B %Y}, and the paper is of {day:%-d %B %Y}.",
                (target.place, target.quote),
            )


def odd_end_of_target(view: View) -> Iterator[Slip]:
    """A definition that ends on another day than nearly all others of the paper."""
    papers: dict[str, list[Target]] = defaultdict(list)
    for target in _definitions(view):
        if target.end:
            papers[target.place.document].append(target)
    for document, targets in papers.items():
        ends = Counter(target.end for target in targets)
        usual, count = ends.most_common(1)[0]
        day = view.dates.get(document)
        odd = [target for target in targets if target.end != usual and not (day and target.end and target.end < day)]
        if count < FEWEST_ALIKE or len(odd) > MOST_ODD or usual is None:
            continue
        like = next(target for target in targets if target.end == usual)
        for target in odd:
            yield slip(
                "dates that disagree",
                f"{_named(target)}: its target runs until {target.end:%B %Y}, those of the other {count} measures until"
                f" {usual:%B %Y}.",
                (target.place, target.quote),
                (like.place, like.quote),
            )


def same_definition(view: View) -> Iterator[Slip]:
    """Two codes of a service with the very same definition."""
    groups: dict[tuple[str, str, str], list[Target]] = defaultdict(list)
    for target in _definitions(view):
        words = squash(target.quote.split(" | ", 1)[-1])
        groups[target.place.document, squash(target.measure.service), words].append(target)
    for alike in groups.values():
        codes = list(dict.fromkeys(target.measure.code for target in alike))
        if len(codes) > 1 and all(codes) and len(_content(alike[0].quote)) >= FEWEST_WORDS:
            yield slip(
                "same definition",
                f"{alike[0].measure.service}: {listed(codes)} have the very same definition.",
                *((target.place, target.quote) for target in alike),
            )


def codes_used_twice(view: View) -> Iterator[Slip]:
    """A code that stands for different measures in several services of one paper."""
    uses: dict[tuple[str, str], dict[str, tuple[str, Row | Target]]] = defaultdict(dict)
    for (document, service, code), title in _titles(view).items():
        if service and _CODE.search(code):
            uses[document, code].setdefault(service, (title.service, title))
    for target in _definitions(view):
        service, code = squash(target.measure.service), squash(target.measure.code)
        if service and _CODE.search(code):
            uses[target.place.document, code].setdefault(service, (target.measure.service, target))
    for services in uses.values():
        apart: list[tuple[str, Row | Target]] = []
        for use in services.values():
            if not any(_may_be_one(use, other) for other in apart):
                apart.append(use)
        if len(apart) > 1:
            at = [
                (thing.place, thing.quote) if isinstance(thing, Target) else (row_place(thing), thing.name)
                for _, thing in apart
            ]
            _, first = apart[0]
            code = first.measure.code if isinstance(first, Target) else first.code
            names = listed(name for name, _ in apart)
            yield slip("code used twice", f"The code {code} stands for different measures in {names}.", *at)


def _may_be_one(one: tuple[str, Row | Target], other: tuple[str, Row | Target]) -> bool:
    """Whether two uses of a code may be one measure: of one service in two spellings, or by most of their words."""
    words = [
        _content(thing.measure.name or thing.quote if isinstance(thing, Target) else thing.name) - _COUNTING
        for _, thing in (one, other)
    ]
    mixed = isinstance(one[1], Target) != isinstance(other[1], Target)
    alike = mixed and len(words[0] & words[1]) * 2 > min(map(len, words))
    return same_service(one[0], other[0]) or alike


def definitions_and_figures(view: View) -> Iterator[Slip]:
    """A definition without any figure, or a figure without a definition, in a service that has both."""
    defined: dict[tuple[str, str], dict[str, Target]] = defaultdict(dict)
    measured: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for target in _definitions(view):
        code = squash(target.measure.code)
        defined[target.place.document, squash(target.measure.service)].setdefault(code, target)
    for (document, service, code), title in _titles(view).items():
        measured[document, service][code] = title
    both = Counter(about[0] for about, codes in measured.items() for code in codes if code in defined.get(about, {}))
    for about in defined.keys() & measured.keys():
        aims, titles = defined[about], measured[about]
        apart = {target.place.table for target in aims.values()}.isdisjoint(row.table for row in titles.values())
        if about[0] in view.scanned or not aims.keys() & titles.keys() or both[about[0]] < FEWEST_SHARED or not apart:
            continue
        like = next(titles[code] for code in titles if code in aims)
        without = [aims[code] for code in aims.keys() - titles.keys() - {""}]
        # Several without figures, or one that is named elsewhere: their table may not have been understood.
        for target in without if len(without) == 1 and not _is_elsewhere(view, without[0]) else ():
            yield slip(
                "definition without figures",
                f"{_named(target)} is defined, but the paper gives no figure for it.",
                (target.place, target.quote),
                shown(like),
            )
        undefined = titles.keys() - aims.keys() - {""}
        for code in undefined if len(undefined) == 1 else ():
            first = next(iter(aims.values()))
            yield slip(
                "figures without a definition",
                f"{measure_name(titles[code])} has figures, but is not among the paper's definitions.",
                shown(titles[code]),
                (first.place, first.quote),
            )


def _titles(view: View) -> Mapping[tuple[str, str, str], Row]:
    """The first row of each measure with a code, by document, service and code."""
    titles: dict[tuple[str, str, str], Row] = {}
    for rows in view.measures:
        if rows[0].code:
            titles.setdefault((rows[0].document, squash(rows[0].service), squash(rows[0].code)), rows[0])
    return titles


def _definitions(view: View) -> Sequence[Target]:
    """The targets of definitions: with a code, and not for one period of a scorecard."""
    return [target for target in view.targets if target.measure.code and target.start is None and not target.entity]


def _is_elsewhere(view: View, target: Target) -> bool:
    """Whether another part of the paper names the measure too: its code, with a word of its definition."""
    code, words = code_pattern(target.measure.code), _content(target.measure.name)
    others = (
        passage.text
        for passage in view.passages
        if passage.places[0].document == target.place.document and passage.places[0].table != target.place.table
    )
    return any(code.search(text) and _content(text) & words for text in others)


def _content(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) - _SMALL_WORDS


def _differing(title: str, definition: str) -> Iterator[tuple[str, str, str]]:
    """The units of time for which two texts give one number each, and not the same."""
    for unit, pattern in _TIMES.items():
        one, other = set(pattern.findall(title)), set(pattern.findall(definition))
        if len(one) == len(other) == 1 and {Decimal(n) for n in one} != {Decimal(n) for n in other}:
            yield unit, one.pop(), other.pop()


def _named(target: Target) -> str:
    return " ".join(filter(None, (target.measure.service, target.measure.code or target.measure.name)))
