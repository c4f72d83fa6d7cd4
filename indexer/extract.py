"""A pack becomes all that was understood of it: each table by its shape, people by their lists, and passages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from corpus.paper import Pack, Table
from indexer.meeting.decisions import decisions
from indexer.meeting.people import people
from indexer.meeting.reports import reports
from indexer.meeting.requests import requests
from indexer.parts import Aside
from indexer.retrieval.passages import passages
from indexer.scan.believed import believed
from indexer.scan.unclear import unclear
from indexer.shapes import definitions
from indexer.shapes.apart import apart
from indexer.shapes.forms import form
from indexer.shapes.found import Found
from indexer.shapes.known import FORMS, SHAPES
from indexer.shapes.parts import parts
from kpi_tools.extraction import NO_FIGURES, Extraction, TableNote
from kpi_tools.figures import Figure, read_figure
from kpi_tools.measures import Measure, Observation, Target
from kpi_tools.names import squash

MOST = 2000  # figures of a paper, in memory
NO_SHAPE = "figures in a shape that is not known"


def extract(pack: Pack) -> Extraction:
    """Everything that the pack says, with a note on every table: who read it, or why nobody did."""
    every, notes, aside, aims = list[Found](), list[TableNote](), Aside(MOST), Aside(MOST)
    for table in pack.tables:
        whole = replace(table, rows=tuple(table.rows))  # at hand, as each of its cells is asked for many times
        name, found = _read(whole, pack)
        notes.append(_note(whole, name, found))
        closed = _closed_from(whole, pack, found)
        every.append(replace(closed, observations=aside.put(closed.observations), targets=aims.put(closed.targets)))
    every.append(definitions.in_text(pack))
    codes = {(o.exempt, o.measure.service, squash(o.measure.code)) for found in every for o in found.observations}
    defined = Aside(MOST).put(target for found in every for target in _placed(found.targets, codes))
    served = _served((o for found in every for o in found.observations), defined)
    observations, targets = believed(served, defined, pack)
    return Extraction(
        pack,
        Aside(MOST).put(observations),
        Aside(MOST).put(targets),
        (
            *(r for found in every for r in found.records),
            *(r for told in (people, decisions, requests, reports) for r in told(pack)),
        ),
        tuple(notes),
        passages(pack),
    )


def _read(table: Table, pack: Pack) -> tuple[str, Found]:
    """The names of the shapes that know a table, "" for none, and what they found in it or in the tables it holds."""
    if len(held := parts(table)) == 1:
        return _read_one(table, pack)
    read = [(name, part.placed(found)) for part in held for name, found in [_read_one(part.table, pack)]]
    return ", ".join(dict.fromkeys(name for name, _ in read if name)), _together([found for _, found in read])


def _together(found: Sequence[Found]) -> Found:
    return Found(
        tuple(o for each in found for o in each.observations),
        tuple(t for each in found for t in each.targets),
        tuple(r for each in found for r in each.records),
        "; ".join(dict.fromkeys(each.unread for each in found if each.unread)),
    )


def _read_one(table: Table, pack: Pack) -> tuple[str, Found]:
    """The name of the shape that knows a table, "" for none, and what it found."""
    pages = {cell.page for row in table.rows for cell in row if cell}
    if any(pack.pages[number - 1].ocr for number in pages) and (reason := unclear(table)):
        return "", Found(unread=reason)
    entries = None if any(s.identify(table) for s in FORMS) else form(table)
    told = next((s for s in FORMS if s.identify(entries.table)), None) if entries else None
    if entries and told:
        return told.name, entries.placed(told.extract(entries.table, pack))
    part = apart(table)
    shape = next((s for s in SHAPES if s.identify(part.table)), None)
    if shape:
        return shape.name, _sure(part.placed(shape.extract(part.table, pack)))
    figures = any(isinstance(read_figure(text), Figure) for row in table.grid() for text in row)
    return "", Found(unread=NO_SHAPE if figures else NO_FIGURES)


def _sure(found: Found) -> Found:
    """What was found in a table without what it gives twice and differently: what parts those rows, or columns, was
    not understood."""
    given: dict[tuple[object, ...], set[object]] = {}
    for seen in found.observations:
        given.setdefault(_same(seen), set()).add(seen.figure.value if isinstance(seen.figure, Figure) else None)
    doubtful = {at[:2] for at, figures in given.items() if len(figures - {None}) > 1}
    if not doubtful:
        return found
    sure = tuple(seen for seen in found.observations if _same(seen)[:2] not in doubtful)
    names = ", ".join(dict.fromkeys(f"{m.code} {m.name}".strip() for m, _ in doubtful if isinstance(m, Measure)))
    reason = f"several rows or columns are of the same measure and period, and nothing parts them: {names}"
    return replace(found, observations=sure, unread="; ".join(filter(None, (found.unread, reason))))


def _same(seen: Observation) -> tuple[object, ...]:
    return seen.measure, seen.entity, seen.period.start, seen.period.end


def _closed_from(table: Table, pack: Pack, found: Found) -> Found:
    """What was found in a table: all of it exempt where its head is, as that tells what the rows below are of."""
    if not pack.exempt(pack.place(table.page, table.box)):
        return found
    return replace(
        found,
        observations=tuple(replace(o, exempt=True) for o in found.observations),
        targets=tuple(replace(t, exempt=True) for t in found.targets),
        records=tuple(replace(r, exempt=True) for r in found.records),
    )


def _note(table: Table, name: str, found: Found) -> TableNote:
    empty = not (found.observations or found.targets or found.records)
    reason = found.unread or ("nothing in it could be read" if empty and name else "")
    title = table.text(0, 0) or (table.headings[-1] if table.headings else "")
    return TableNote(table.number, table.page, title, "" if empty else name, reason)


def _served(observations: Iterable[Observation], targets: Sequence[Target]) -> Iterator[Observation]:
    """Observations under no service's heading belong to the one service that defines their code, and in such words;
    public ones by public definitions."""
    defined: dict[tuple[bool, str], set[Measure]] = {}
    for target in targets:
        for exempt in {True, target.exempt} if target.measure.service and target.measure.code else ():
            defined.setdefault((exempt, squash(target.measure.code)), set()).add(target.measure)
    for o in observations:
        yield o if o.measure.service else replace(o, measure=replace(o.measure, service=_defining(o, defined)))


def _defining(seen: Observation, defined: Mapping[tuple[bool, str], Set[Measure]]) -> str:
    measure = seen.measure
    alike = [m for m in defined.get((seen.exempt, squash(measure.code)), ()) if _words(m.name) & _words(measure.name)]
    services = {m.service for m in alike}
    return services.pop() if len(services) == 1 else ""


def _words(name: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", name.lower()) if len(word) > 3}


def _placed(targets: Sequence[Target], known: Set[tuple[bool, str, str]]) -> list[Target]:
    """Definitions that name no service belong to the one whose codes are theirs, where there is just one such; public
    ones by public figures. `known`: whether a figure is exempt, its service and its code."""
    if any(t.measure.service for t in targets):
        return list(targets)
    codes = {squash(t.measure.code) for t in targets}
    exempt = all(target.exempt for target in targets)
    pairs = {(service, code) for closed, service, code in known if exempt or not closed}
    shared = Counter(service for service, code in pairs if code and code in codes).most_common(2)
    alone = len(shared) == 1 or (len(shared) == 2 and shared[0][1] > shared[1][1])
    found = shared[0][0] if shared and alone and 2 * shared[0][1] >= len(codes) else ""
    return [replace(t, measure=replace(t.measure, service=found)) for t in targets]
