"""Which measures of several papers are one: by service, code and name, and where those differ, by the evidence.

A paper that has two measures tells them apart. Papers that each have one of two may mean the same by them: where the
codes differ in spelling or by a new numbering, or the titles by a few letters, their figures for the same periods say
so, or names that are the same to the letter. A code that another paper gives to something else is another measure.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import combinations

from kpi_tools.figures import Figure
from kpi_tools.measures import Measure, Observation
from kpi_tools.names import squash

Variant = tuple[str, str, str]  # document, service, and code or name, both squashed
ALIKE = 90  # of 100: names so alike differ by a slip, a plural, a word more
RELATED = 50  # of 100: below that, one code stands for two things
EQUAL = 3  # figures that two measures share, of which two differ from each other: no chance
SHORT = 4  # letters of a service that is told by its short form
TELLING = 4  # words of a name that is not two things' by chance


@dataclass(slots=True)
class _Kind:
    """A measure as some papers have it: its names, and its figures by entity and period."""

    body: str
    service: str
    code: str
    key: str
    documents: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    values: dict[tuple[str, date, date], set[Decimal]] = field(default_factory=lambda: defaultdict(set))


def what(measure: Measure) -> str:
    """What tells a measure within its service: its code, or its name where it has none."""
    return squash(measure.code) or squash(measure.name)


def variant(document: str, measure: Measure) -> Variant:
    """A measure as one paper has it."""
    return document, squash(measure.service), what(measure)


def identities(observations: Sequence[Observation], bodies: Mapping[str, str]) -> dict[Variant, str]:
    """The key of each measure that a paper has, the same for all that are one. `bodies` are the papers' by document."""
    kinds: dict[tuple[str, str, str], dict[str, _Kind]] = defaultdict(dict)
    for seen in observations:
        document, service, named = variant(seen.place.document, seen.measure)
        body = bodies[document]
        papers = kinds[body, service, named]
        if document not in papers:
            code = squash(seen.measure.code)
            papers[document] = _Kind(body, service, code, f"{body}/{service}/{named}", {document})
        kind = papers[document]
        kind.names.add(seen.measure.name)
        if isinstance(seen.figure, Figure):
            kind.values[squash(seen.entity), seen.period.start, seen.period.end].add(seen.figure.value)
    whole = {at: list(_parted(list(papers.values()))) for at, papers in kinds.items()}
    keys = _united([kind for group in whole.values() for kind in group])
    return {
        (document, service, named): keys[kind.key]
        for (_, service, named), group in whole.items()
        for kind in group
        for document in kind.documents
    }


def _parted(papers: list[_Kind]) -> Iterator[_Kind]:
    """One code's measures: those of papers whose names have something in common, or whose figures are the same."""
    found: list[_Kind] = []
    for paper in papers:
        home = next((kind for kind in found if not paper.code or _related(kind, paper)), None)
        if home is None:
            paper.key += f"/{squash(min(paper.names))}" if found else ""
            found.append(paper)
        else:
            _join(home, paper)
    yield from found


def _join(home: _Kind, other: _Kind) -> None:
    home.documents |= other.documents
    home.names |= other.names
    for at, values in other.values.items():
        home.values[at] |= values


def _united(kinds: Sequence[_Kind]) -> dict[str, str]:
    """The key under which each kind goes: its own, or that of the one other that it is the same as."""
    by_service: dict[tuple[str, str], list[_Kind]] = defaultdict(list)
    for kind in kinds:
        by_service[kind.body, kind.service].append(kind)
    keys = {kind.key: kind.key for kind in kinds}
    for group in by_service.values():
        same: dict[str, list[_Kind]] = defaultdict(list)
        for one, other in combinations(group, 2):
            if not one.documents & other.documents and _are_one(one, other):
                same[one.key].append(other)
                same[other.key].append(one)
        for kind in group:
            for other in same[kind.key]:
                if len(same[kind.key]) == len(same[other.key]) == 1 and keys[other.key] == other.key:
                    keys[other.key] = keys[kind.key]
    return keys | {kind.key: keys[home.key] for kind in kinds if (home := _home(kind, kinds))}


def _home(kind: _Kind, kinds: Sequence[_Kind]) -> _Kind | None:
    """The measure of one service that a paper's measure under none, or under its short form, is, by its code and by its
    name to the letter."""
    if len(kind.service) > SHORT or not kind.code:
        return None
    served = [other for other in kinds if other.body == kind.body and _is_short(kind.service, other.service)]
    found = [other for other in served if _same_code(kind, other) and not kind.documents & other.documents]
    names = {squash(name) for name in kind.names}
    return found[0] if len(found) == 1 and names & {squash(name) for name in found[0].names} else None


def _is_short(short: str, service: str) -> bool:
    """Whether "pl" may stand for "planning", or "cs" for "customerservices"."""
    letters = iter(service)
    return len(short) < len(service) and service.startswith(short[:1]) and all(letter in letters for letter in short)


def _are_one(one: _Kind, other: _Kind) -> bool:
    equal, different = _shared(one, other)
    if different:
        return False
    if {squash(name) for name in one.names} & {squash(name) for name in other.names}:
        telling = bool(one.service) and max(len(name.split()) for name in one.names) >= TELLING
        return equal or telling or _same_code(one, other)
    return (equal or _same_code(one, other)) and _likeness(one, other) >= ALIKE


def _same_code(one: _Kind, other: _Kind) -> bool:
    return bool(one.code) and _plain_code(one.code) == _plain_code(other.code)


def _shared(one: _Kind, other: _Kind) -> tuple[bool, bool]:
    """Whether two share enough equal figures to be one, and whether any figure differs."""
    both = one.values.keys() & other.values.keys()
    equal = [min(one.values[at] & other.values[at]) for at in both if one.values[at] & other.values[at]]
    return len(equal) >= EQUAL and len(set(equal)) > 1, len(equal) < len(both)


def _related(one: _Kind, other: _Kind) -> bool:
    if {squash(name) for name in one.names} & {squash(name) for name in other.names}:
        return True
    return _shared(one, other)[0] or _likeness(one, other, numbers=False) >= RELATED


def _likeness(one: _Kind, other: _Kind, numbers: bool = True) -> float:
    """How alike their names are at best, of 100; 0 where `numbers` count and those in them differ."""
    from rapidfuzz import fuzz  # not before it is needed: it takes longer to import than to answer

    pairs = [(a, b) for a in one.names for b in other.names if not numbers or _numbers(a) == _numbers(b)]
    ratio = fuzz.token_sort_ratio if numbers else fuzz.token_set_ratio
    return max((ratio(a.casefold(), b.casefold()) for a, b in pairs), default=0.0)


def _numbers(name: str) -> list[str]:
    return sorted(re.findall(r"\d+", name))


def _plain_code(code: str) -> str:
    """A code without the noughts that fill its number: "kpi06" is "kpi6"."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", code)
