"""What changed over all measures, from one period to another or from one paper to the next: what met its target and no
longer does first."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pandas as pd

from bot import words
from bot.answers.ahead import sign_of
from bot.answers.board import MOST, title
from bot.answers.brief import EACH, own_rows, whose
from bot.answers.builder import Builder, Row
from bot.answers.distance import share_off
from bot.answers.movers import WENT
from bot.answers.times import mover
from bot.question.catalogue import Catalogue
from bot.question.plan import Plan
from bot.question.terms import says, which
from kpi_tools.guards import restated
from kpi_tools.ledger import Record
from kpi_tools.measures import OVERALL
from kpi_tools.saved import Paper
from kpi_tools.tools import each

NONE_RESTATED = "The papers restate no figure of an earlier one."
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
    most = bool(which("order", plan.question))
    if most:
        builder.assume("In the order of the change as a part of what it was.")
    if not changed:
        builder.give(pairs[0][1])
    told = sorted(changed, key=lambda pair: (not most and _turned(*pair), _moved(*pair)), reverse=True)[:MOST]
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


def of_papers(
    plan: Plan, frame: pd.DataFrame, papers: Sequence[Paper], records: Sequence[Record], builder: Builder
) -> str:
    """Write what the latest paper changed against the one before it; the status, "" where there are no two papers.
    Asked what was restated, all figures that later papers print otherwise."""
    own = [p for p in papers if p.council in plan.entities]
    if says("asked.restated", plan.question):
        return _restatements(plan, frame, own or papers, builder)
    shared = _last_two(frame, own or papers)
    if shared is None:
        return ""
    old, new = shared
    rows = [words.dated(row) for row in each(frame[frame["document"].isin((old.document, new.document))])]
    moves = list(_turns(rows, old.document, new.document))
    for row, was in sorted(moves, key=lambda pair: share_off(pair[0]), reverse=True)[:MOST]:
        builder.give(was)
        builder.give(row)
        title = f"{row.service} {row.code} ({row.name})" if row.code else f"{row.service} {row.name}"
        now = "now meets" if row.met else "no longer meets"
        builder.lines.append(
            f"• {title.strip()} {now} {words.target_of(row)}: {words.shown(was)} {words.when(was.period)}, "
            f"{words.shown(row)} {words.when(row.period)}."
        )
    for row in [r for r in rows if r.restated and r.document == new.document][:MOST]:
        _restated(row, builder)
    for record in _plans(records, old, new):
        builder.cite(record.place, record.quote)
        builder.lines.append(
            f"• Rectification plan {record.fields['ref']} ({record.fields['default']}) is {record.fields['status']}."
        )
    if builder.lines:
        builder.assume(f"{new.title} against {old.title}.")
    return "answered" if builder.lines else ""


def _last_two(frame: pd.DataFrame, papers: Sequence[Paper]) -> tuple[Paper, Paper] | None:
    """The latest paper that reports what an earlier one does, and that one."""
    keys = {d: set(part["key"]) for d, part in frame.groupby("document")}
    dated = sorted((p for p in papers if p.date and p.document in keys), key=lambda p: str(p.date), reverse=True)
    pairs = ((o, n) for i, n in enumerate(dated) for o in dated[i + 1 :] if keys[o.document] & keys[n.document])
    return next(pairs, None)


def _turns(rows: Sequence[Row], old: str, new: str) -> list[tuple[Row, Row]]:
    """The series of the whole whose last figures in the two papers are one met and one missed."""
    last: dict[tuple[str, str], Row] = {}
    for row in rows:
        at = (row.key, row.document)
        if row.entity == OVERALL and row.met is not None and (at not in last or row.end > last[at].end):
            last[at] = row
    return [
        (row, last[key, old])
        for (key, document), row in last.items()
        if document == new and (key, old) in last and row.met is not last[key, old].met
    ]


def _restatements(plan: Plan, frame: pd.DataFrame, papers: Sequence[Paper], builder: Builder) -> str:
    """What these papers restate, of the measures, the council and the time that a question names."""
    documents = [paper.document for paper in papers]
    own = frame[frame["restated"].astype(bool) & frame["document"].isin(documents)]
    rows = [words.dated(row) for row in each(own) if not plan.measures or row.key in plan.measures]
    rows = [r for r in rows if r.entity in plan.entities] or rows
    rows = [r for r in rows if not plan.since or plan.meets(r.start, r.end)]
    for row in rows[:MOST]:
        _restated(row, builder)
    builder.more(len(rows) - MOST, "figures")
    if not rows:
        builder.lines.append(NONE_RESTATED)
    return "answered" if rows else "not_found"


def _restated(row: Row, builder: Builder) -> None:
    builder.give(row)
    title = f"{row.service} {row.code or row.name}".strip()
    builder.lines.append(f"• {row.entity}, {title}, {row.period}, is restated as {words.shown(row)}.")
    for note in restated([row]):
        builder.assume(note)


def _plans(records: Sequence[Record], old: Paper, new: Paper) -> list[Record]:
    """The rectification plans that the new paper has otherwise than the old one."""
    own = [r for r in records if r.kind == "rectification"]
    before = {r.fields["ref"]: r.fields["status"] for r in own if r.place.document == old.document}
    return [r for r in own if r.place.document == new.document and before.get(r.fields["ref"]) != r.fields["status"]]
