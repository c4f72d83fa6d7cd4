"""What the text says of all measures of a service, or blames for a failure, against the figures."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kpi_tools.checks.claims import (
    Text,
    each_sentence,
    hedged,
    is_open,
    is_part,
    measures_told,
    subjects,
    texts,
)
from kpi_tools.checks.judged import polarity, words
from kpi_tools.checks.naming import stems
from kpi_tools.checks.predicates import told_of
from kpi_tools.checks.slip import (
    Row,
    Slip,
    View,
    aim,
    code_and_name,
    listed,
    same_service,
    sentences,
    services_in,
    shown,
    slip,
    told,
)
from kpi_tools.measures import OVERALL
from kpi_tools.names import find_entities
from kpi_tools.periods import find_periods

_AIMS = r"(?:targets?|measures?|indicators?|k?pis?|standards?)"
_MET_ALL = re.compile(
    r"\b(?:met|hit|achieved|exceeded|meeting|achieving)\s(?:all|every|each)\b(?: one)?(?: of)?(?: (?:its|their|the))?"
    rf"\s(?:\w+\s){{0,2}}{_AIMS}\b",
    re.IGNORECASE,
)
_ALL_MET = re.compile(
    rf"\b(?:all|every|each)\b(?: of)?(?: (?:its|their|the))?\s(?:\w+\s){{0,2}}{_AIMS}\s(?:\w+\s){{0,5}}?"
    r"(?:(?:was|is|were|are|have been|had been)\s(?:met|achieved|hit|on target|above target)"
    rf"|(?:met|achieved|hit|exceeded|reached)\s(?:its|their|the)\s(?:\w+\s)?{_AIMS})",
    re.IGNORECASE,
)
_NONE_MISSED = re.compile(
    rf"\b(?:missed|failed) (?:no|none of (?:its|their|the)) (?:\w+\s){{0,2}}{_AIMS}\b"
    rf"|\b(?:no|none of (?:its|their|the)) (?:\w+\s){{0,2}}{_AIMS}(?: for [\w &]+?)?"
    r" (?:was|were|is|are|has been|have been) (?:missed|not met|failed)\b",
    re.IGNORECASE,
)
_ALL_IMPROVED = re.compile(
    r"\b(?:all|every)\b(?: of)?(?: the| our| these| its)?\s(?P<which>(?:[\w()&]+\s){0,4}?)"
    r"(?:kpis?|measures?|indicators?|scores?|services?(?! (?:k?pis|measures|indicators|scores)))\b"
    r"[^.]{0,80}?\b(?:improv\w+|show\w* (?:an? )?improvements?)",
    re.IGNORECASE,
)
# What follows takes it back: "met all its measures but one".
_BUT = re.compile(r"\b(?:but|though|although|however|save)\b", re.IGNORECASE)
_LATELY = re.compile(
    r"\b(?:this (?P<grain>month|quarter|year)|since"
    r"|(?:last|previous|prior) (?:month|quarter|period|year|report|meeting))\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:period|year|months|quarters)\b", re.IGNORECASE)
_ONLY = re.compile(
    r"\bonly\b[^.]{0,60}\b(?:indicators?|measures?|targets?|kpis?)\b[^.]{0,20}(?:\bnot\s(?:achieved|delivered|met|hit)"
    r"|\b(?:to (?:miss|fall)|(?:that|which) (?:missed|fell)|missing|below|off|short of)\b)",
    re.IGNORECASE,
)
_ANY = frozenset(
    ["key", "performance", "service", "user", "customer", "satisfaction", "and", "main", "corporate", "council"]
)
LASTING = 3  # periods in which another council missed as well


def met_all(view: View) -> Iterator[Slip]:
    """The text says that a service met all its measures, and one of them was missed in the time it speaks of."""
    for text, sentence in each_sentence(view):
        said = _MET_ALL.search(sentence) or _ALL_MET.search(sentence) or _NONE_MISSED.search(sentence)
        if not said or hedged(sentence) or is_open(sentence, said) or _BUT.search(sentence, said.start()):
            continue
        rows = view.rows.get(text.at.document, ())
        named = services_in(sentence, text.passage.heading, rows)
        named = named or ([rows[0].service] if len({row.service for row in rows}) == 1 else [])
        spans = find_periods(sentence, view.dates.get(text.at.document) or date.today())
        failed = [
            row
            for row in rows
            if row.met is False
            and row.service in named
            and (not spans or any(p.start <= row.start and row.end <= p.end for p, _, _ in spans))
        ]
        if len(named) == 1 and failed:
            misses = (
                f"{row.code or row.name} of {row.entity} was {row.printed} in {row.period} (target {aim(row)})"
                for row in failed
            )
            yield slip(
                "met all, but missed",
                f"The text says that {named[0] or 'the service'} met all its measures, but {listed(misses)}.",
                (text.at, sentence),
                *map(shown, failed),
            )


def all_improved(view: View) -> Iterator[Slip]:
    """The text says that all measures improved, and some got worse over the paper's periods."""
    for passage in view.passages:
        for sentence in sentences(passage.text):
            said = _ALL_IMPROVED.search(sentence)
            if not said or hedged(sentence):
                continue
            document = passage.places[0].document
            services = _services_meant(said, passage.heading, view.rows.get(document, ()))
            worse = [
                (line[0], line[-1])
                for line in map(_by_period, view.series)
                if line[0].document == document
                and (services is None or line[0].service in services)
                and len(line) > 1
                and (stretches := list(_stretches(line, sentence)))
                and all(map(_got_worse, stretches))
            ]
            if worse:
                told_of = (f"{a.name} of {a.entity} from {a.printed} to {b.printed}" for a, b in worse)
                yield slip(
                    "all improved, but some fell",
                    f"The text says that all measures improved, but {len(worse)} got worse over the periods of the"
                    f" paper: {listed(told_of)}.",
                    told(passage, sentence[said.start() :]),
                    *(shown(row) for row, _ in worse),
                    *(shown(row) for _, row in worse),
                )


def _services_meant(said: re.Match[str], heading: str, rows: Sequence[Row]) -> set[str] | None:
    """The services that "all contact centre measures" means, none of which may be known; None for all of the paper."""
    about = said["which"].strip()
    named = {row.service for row in rows if about and row.service and same_service(about, row.service)}
    if named or not _ANY.issuperset(re.findall(r"[\w&]+", about.casefold())):
        return named
    return set(services_in("", heading, rows)) or None


def only_one_missed(view: View) -> Iterator[Slip]:
    """The text names the only measure that was missed, and the table has another one."""
    for text, sentence in each_sentence(view):
        document = text.at.document
        named = measures_told(view, text, sentence) if _ONLY.search(sentence) else _alone(view, text, sentence)
        day = view.dates.get(document) or date.today()
        spans = {(p.start, p.end) for p, _, _ in find_periods(text.text, day)}
        if len(named) != 1:
            continue
        spans = spans or {max((row.start, row.end) for row in named[0])}
        about = named[0][0]
        others = [
            row
            for row in view.rows[document]
            if row.table == about.table and row.key != about.key and (row.start, row.end) in spans and row.met is False
        ]
        if others:
            said = (f"{row.name} was {row.printed} in {row.period} (target {row.target_printed})" for row in others)
            yield slip(
                "only one missed, but others too",
                f"The text says that {about.name} was the only measure missed, but {listed(said)}.",
                (text.at, sentence),
                *map(shown, others),
            )


def _alone(view: View, text: Text, sentence: str) -> Sequence[Sequence[Row]]:
    """The measure of which a sentence says that it alone was missed: "only planning applications fell short"."""
    _, only, said = sentence.partition("only ")
    missed = told_of(said) if only else None
    if not missed or missed[0] not in ("missed", "below"):
        return ()
    found = subjects(view, text, sentence)
    about = stems(said[: missed[1].start()])
    return found if len(found) == 1 and about & stems(found[0][0].name) else ()


def blame(view: View) -> Iterator[Slip]:
    """A failure is put down to one council that improved, or to one alone although another missed as well."""
    for text in texts(view):
        if not words("claims", "failure").search(text.text):
            continue
        found = measures_told(view, text, text.text)
        if len(found) != 1:
            continue
        known = {row.entity for row in found[0] if is_part(row.entity)}
        for sentence in sentences(text.text):
            blamed = {name for name, _, _ in find_entities(sentence, known)} & known
            others = {name for name, _, _ in find_entities(text.text, known)} & known - blamed
            if words("claims", "cause").search(sentence) and len(blamed) == 1 and not others:
                yield from _blamed(text, sentence, found[0], blamed.pop())
                break


def _blamed(text: Text, sentence: str, rows: Sequence[Row], name: str) -> Iterator[Slip]:
    lines = {
        entity: _by_period([r for r in rows if r.entity == entity and r.value is not None])
        for entity in {r.entity for r in rows}
    }
    own = lines[name]
    failing = {
        entity: line
        for entity, line in lines.items()
        if entity not in (OVERALL, name) and line and line[-1].met is False
    }
    if len(own) < 2 or not failing:
        return
    last, before = own[-1], own[-2]
    worst = min(failing.values(), key=lambda line: line[-1].value)
    if last.met and not _got_worse([before, last]) and before.value != last.value:
        yield slip(
            "blamed council improved",
            f"{code_and_name(last)}: the text puts the failure down to {name}, which went from {before.printed} to"
            f" {last.printed} and met the target; {worst[-1].entity} went from {worst[0].printed} to"
            f" {worst[-1].printed}.",
            (text.at, sentence),
            shown(last),
            shown(worst[-1]),
        )
        return
    lasting = [
        line for line in failing.values() if len(line) >= LASTING and all(r.met is False for r in line[-LASTING:])
    ]
    if last.met is False and lasting:
        line = lasting[0]
        yield slip(
            "one council blamed for several",
            f"{code_and_name(last)}: the text puts the failure down to {name} alone, but {line[0].entity} missed the"
            f" target too in {listed(r.period for r in line if r.met is False)} ({line[-1].printed} in"
            f" {line[-1].period}).",
            (text.at, sentence),
            shown(line[-1]),
            shown(last),
        )


def _by_period(line: Sequence[Row]) -> Sequence[Row]:
    return sorted(line, key=lambda row: row.start)


def _stretches(line: Sequence[Row], sentence: str) -> Iterator[Sequence[Row]]:
    """The figures that a sentence compares: the last two, all, or, where it does not say, either."""
    lately, whole = _LATELY.search(sentence), _WHOLE.search(sentence)
    if lately and lately["grain"] and lately["grain"].casefold() != line[0].grain:
        return  # a month's figures are none of "this quarter"
    if lately or not whole:
        yield line[-2:]
    if not lately:
        yield line


def _got_worse(line: Sequence[Row]) -> bool:
    way = polarity(line[0])
    first, last = line[0].value, line[-1].value
    return bool(way) and (last < first if way == "higher" else last > first)
