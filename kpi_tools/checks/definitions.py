"""Definitions against each other and against the figures: used twice, the same, without figures, of something else."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from corpus.paper import Passage
from kpi_tools.checks.judged import words
from kpi_tools.checks.naming import code_pattern
from kpi_tools.checks.slip import (
    Row,
    Slip,
    View,
    entry,
    listed,
    measure_name,
    row_place,
    same_service,
    sentences,
    shown,
    slip,
    told,
)
from kpi_tools.figures import UNITS
from kpi_tools.measures import Observation, Target
from kpi_tools.names import squash

_WORD = re.compile(r"[a-z]{3,}")
_SMALL_WORDS = frozenset(["and", "the", "for", "with", "within", "from", "per", "answered"]) | {
    word for forms in UNITS.values() for word in _WORD.findall(forms)
}
_COUNTING = frozenset(["percentage", "number", "average", "total", "proportion"])
_CODE = re.compile(r"[a-z]", re.IGNORECASE)
# That a service is reported at other times than this paper's.
_REPORTED = re.compile(r"\breported (?:on )?(?:annually|yearly|quarterly|half-yearly|every|once)\b", re.IGNORECASE)
FEWEST_WORDS = 4  # of a definition that cannot be another's by chance
FEWEST_SHARED = 3  # codes that the definitions of a paper share with its tables of figures
FEWEST_ALIKE, MOST_ODD = 8, 2  # definitions that end on one day, and those that do not


def odd_end_of_target(view: View) -> Iterator[Slip]:
    """A definition that ends on another day than nearly all others of the paper."""
    papers: dict[str, list[Target]] = defaultdict(list)
    for target in defined(view):
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
                f"{target_name(target)}: its target runs until {target.end:%B %Y}, those of the other {count} measures"
                f" until {usual:%B %Y}.",
                entry(target),
                entry(like),
            )


def same_definition(view: View) -> Iterator[Slip]:
    """Two codes of a service with the very same definition."""
    groups: dict[tuple[str, str, str], list[Target]] = defaultdict(list)
    for target in defined(view):
        same = squash(target.quote.split(" | ", 1)[-1])
        groups[target.place.document, squash(target.measure.service), same].append(target)
    for alike in groups.values():
        codes = list(dict.fromkeys(target.measure.code for target in alike))
        if len(codes) > 1 and all(codes) and len(content_words(alike[0].quote)) >= FEWEST_WORDS:
            yield slip(
                "same definition",
                f"{alike[0].measure.service}: {listed(codes)} have the very same definition.",
                *map(entry, alike),
            )


def codes_used_twice(view: View) -> Iterator[Slip]:
    """A code that stands for different measures in several services of one paper."""
    uses: dict[tuple[str, str], dict[str, tuple[str, Row | Target]]] = defaultdict(dict)
    for (document, service, code), title in first_rows(view).items():
        if service and _CODE.search(code):
            uses[document, code].setdefault(service, (title.service, title))
    for target in defined(view):
        service, code = squash(target.measure.service), squash(target.measure.code)
        if service and _CODE.search(code):
            uses[target.place.document, code].setdefault(service, (target.measure.service, target))
    for services in uses.values():
        apart: list[tuple[str, Row | Target]] = []
        for use in services.values():
            if not any(_may_be_one(use, other) for other in apart):
                apart.append(use)
        if len(apart) > 1:
            at = [entry(thing) if isinstance(thing, Target) else (row_place(thing), thing.name) for _, thing in apart]
            _, first = apart[0]
            code = first.measure.code if isinstance(first, Target) else first.code
            names = listed(name for name, _ in apart)
            yield slip("code used twice", f"The code {code} stands for different measures in {names}.", *at)


def codes_on_two_rows(view: View) -> Iterator[Slip]:
    """A code that two rows, or tables, of a service have, for measures that have no word in common."""
    rows: dict[tuple[str, str, str], dict[tuple[int, int], Observation]] = defaultdict(dict)
    held: dict[tuple[str, int], set[str]] = defaultdict(set)
    for seen in view.observations:
        held[seen.place.document, seen.place.table].add(seen.measure.name)
    for seen in view.observations:
        titled = len(held[seen.place.document, seen.place.table]) == 1  # the code stands above the table
        if seen.measure.code and (titled or code_pattern(seen.measure.code).search(seen.quote)):
            about = seen.place.document, squash(seen.measure.service), squash(seen.measure.code)
            rows[about].setdefault((seen.place.table, seen.place.row), seen)
    for each in rows.values():
        named = {squash(seen.measure.name): seen for seen in each.values()}
        for one, other in combinations(named.values(), 2):
            words_of = content_words(one.measure.name), content_words(other.measure.name)
            if all(words_of) and not words_of[0] & words_of[1]:
                yield slip(
                    "code used twice",
                    f"The code {one.measure.code} stands for {one.measure.name!r} and for {other.measure.name!r}"
                    f"{' in one table' if one.place.table == other.place.table else ''}.",
                    entry(one),
                    entry(other),
                )


def _may_be_one(one: tuple[str, Row | Target], other: tuple[str, Row | Target]) -> bool:
    """Whether two uses of a code may be one measure: of one service in two spellings, or by most of their words."""
    told_by = [
        content_words(thing.measure.name or thing.quote if isinstance(thing, Target) else thing.name) - _COUNTING
        for _, thing in (one, other)
    ]
    mixed = isinstance(one[1], Target) != isinstance(other[1], Target)
    alike = mixed and len(told_by[0] & told_by[1]) * 2 > min(map(len, told_by))
    return same_service(one[0], other[0]) or alike


def definitions_and_figures(view: View) -> Iterator[Slip]:
    """A definition without any figure, or a figure without a definition, in a service that has both."""
    aimed, measured, both = _by_service(view)
    for about in aimed.keys() & measured.keys():
        aims, titles = aimed[about], measured[about]
        if about[0] in view.scanned or not aims.keys() & titles.keys() or both[about[0]] < FEWEST_SHARED:
            continue
        like = next(titles[code] for code in titles if code in aims)
        without = [aims[code] for code in aims if code and code not in titles]
        # As many as have figures, or one that is named elsewhere: their table may not have been understood.
        few = len(without) < len(aims.keys() & titles.keys())
        for target in without if few and not any(_is_elsewhere(view, one) for one in without) else ():
            yield slip(
                "definition without figures",
                f"{target_name(target)} is defined, but the paper gives no figure for it.",
                entry(target),
                shown(like),
            )
        undefined = titles.keys() - aims.keys() - {""}
        for code in undefined if len(undefined) == 1 else ():
            first = next(iter(aims.values()))
            yield slip(
                "figures without a definition",
                f"{measure_name(titles[code])} has figures, but is not among the paper's definitions.",
                shown(titles[code]),
                entry(first),
            )


def services_without_figures(view: View) -> Iterator[Slip]:
    """A service all of whose measures are defined and none of which has a figure, in a paper that has others'.

    One that a table names which gave no figures may only not have been understood.
    """
    aimed, measured, both = _by_service(view)
    for about in aimed.keys() - measured.keys():
        document, service = about
        aims = [aim for code, aim in aimed[about].items() if code]
        if not service or len(aims) < 2 or both[document] < FEWEST_SHARED or document in view.scanned:
            continue
        if any(_is_in_unread_table(view, aim) for aim in aims):
            continue
        name = aims[0].measure.service
        why = next((found for passage in view.prose if (found := _put_off(passage, document, name))), None)
        like = next(row for (paper, _), rows in measured.items() for row in rows.values() if paper == document)
        told_why = f"; the text says {why[1].rstrip('.')!r}" if why else ""
        yield slip(
            "definition without figures",
            f"{name}: {listed((aim.measure.code for aim in aims), 10)} are defined, but the paper gives no figure for"
            f" any of them{told_why}.",
            *map(entry, aims),
            *([told(why[0], why[1])] if why else [shown(like)]),
        )


def _put_off(passage: Passage, document: str, service: str) -> tuple[Passage, str] | None:
    """A sentence by which a service is reported at another time: the passage and its words."""
    plain = passage.text.replace("&", "and")
    found = next((s for s in sentences(passage.text) if _REPORTED.search(s)), "")
    named = service.casefold() in plain.casefold()
    return (passage, found) if found and named and passage.places[0].document == document else None


_Services = tuple[
    Mapping[tuple[str, str], Mapping[str, Target]], Mapping[tuple[str, str], Mapping[str, Row]], Counter[str]
]


def _by_service(view: View) -> _Services:
    """The definitions and the measures with figures of each paper's services, and how many a paper has as both."""
    aimed: dict[tuple[str, str], dict[str, Target]] = defaultdict(dict)
    measured: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    by_service = {target.place.document for target in view.targets if target.measure.service}
    held = {(document, row.table) for document, rows in view.rows.items() for row in rows}
    for target in defined(view):
        document, code = target.place.document, squash(target.measure.code)
        if (document, target.place.table) in held:
            continue  # a target beside its figures, and no definition
        service = squash(target.measure.service) if document in by_service else ""
        aimed[document, service].setdefault(code, target)
    for (document, service, code), title in first_rows(view).items():
        measured[document, service if document in by_service else ""].setdefault(code, title)
    both = Counter(about[0] for about, codes in measured.items() for code in codes if code in aimed.get(about, {}))
    return aimed, measured, both


def narrower_definitions(view: View) -> Iterator[Slip]:
    """A table that counts all complaints by its title, and a definition that counts those upheld alone."""
    titles, said = first_rows(view), set()
    whole, some = words("definition", "of"), words("definition", "only")
    counted = re.compile(rf"(?P<what>{whole.pattern}s?)\s{some.pattern}", re.IGNORECASE)
    for target in defined(view):
        about = target.place.document, squash(target.measure.service), squash(target.measure.code)
        title, only = titles.get(about), counted.search(target.quote)
        if not title or not only or about in said or _stem(only["what"]) not in map(_stem, title.name.split()):
            continue
        if not some.search(title.name):
            said.add(about)
            yield slip(
                "title and definition",
                f"{measure_name(title)}: the table's title says {title.name!r}, the definition of the measure only"
                f" {only[0]!r}.",
                (row_place(title), title.name),
                entry(target),
            )


def _stem(word: str) -> str:
    return word.casefold().strip(",.()").removesuffix("s")


def _is_elsewhere(view: View, target: Target) -> bool:
    """Whether another part of the paper names the measure too: its code, with a word of its definition."""
    return any(passage.places[0].table != target.place.table for passage in _naming(view, target))


def _is_in_unread_table(view: View, target: Target) -> bool:
    """Whether a table names the measure of which neither figures nor definitions were read."""
    document = target.place.document
    read = {row.table for row in view.rows.get(document, ())}
    read |= {aim.place.table for aim in view.aims if aim.place.document == document}
    return any(passage.places[0].table not in read | {0} for passage in _naming(view, target))


def _naming(view: View, target: Target) -> Iterator[Passage]:
    """The passages of a paper that name a measure: by its code, with a word of its definition."""
    code, own = code_pattern(target.measure.code), content_words(target.measure.name)
    for passage in view.passages:
        same = passage.places[0].document == target.place.document
        if same and code.search(passage.text) and content_words(passage.text) & own:
            yield passage


def first_rows(view: View) -> Mapping[tuple[str, str, str], Row]:
    """The first row of each measure with a code, by document, service and code."""
    titles: dict[tuple[str, str, str], Row] = {}
    for rows in view.measures:
        if rows[0].code:
            titles.setdefault((rows[0].document, squash(rows[0].service), squash(rows[0].code)), rows[0])
    return titles


def defined(view: View) -> Sequence[Target]:
    """The targets of definitions: with a code, and not for one period of a scorecard."""
    return [target for target in view.aims if target.measure.code and target.start is None and not target.entity]


def content_words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) - _SMALL_WORDS


def target_name(target: Target) -> str:
    return " ".join(filter(None, (target.measure.service, target.measure.code or target.measure.name)))
