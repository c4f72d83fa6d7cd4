"""Briefs over many measures: what met its target and what missed it, what matters most first; and what has changed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import pandas as pd

from bot import words
from bot.answers import ratings
from bot.answers.builder import Builder, Row
from bot.answers.frequency import so_measured
from bot.question.catalogue import Catalogue
from bot.question.plan import Plan
from bot.question.terms import says, which
from kpi_tools.ledger import Record
from kpi_tools.measures import HITS, OVERALL
from kpi_tools.names import members
from kpi_tools.saved import Paper
from kpi_tools.tools import each

WHOLE, EACH = "The services overall", "The councils"
FEW = 2  # figures equal to their target that are listed; more are counted
MOST_WORDS = 170  # of them all
MOST = 6  # figures put into words; of more, the answer says how many there are
_OFTEN = re.compile(r"\bmost (?:often|frequently|regularly|times)\b|\boften(?:est)?\b.*\bmost\b")
_ALL = re.compile(r"\b(?:all|every|everything)\b")
_GOOD = ("met", "meet", "hit", "achiev", "well", "on target", "pass", "succeed")
_BAD = ("miss", "fail", "n't", "not ", "below", "under", "off ", "wrong", "badly", "struggl", "behind", "concern")


def answer(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue, builder: Builder) -> str:
    """Write how an entity (else the whole) did on all measures into `builder`; the status, "" where none is judged."""
    if _OFTEN.search(plan.question.lower()):
        return _most_often(plan, own_rows(plan, frame, catalogue), builder)
    if which("frequency", plan.question) and says("asked.measured", plan.question):
        return so_measured(plan, _rows(plan, frame, catalogue), builder)
    if says("asked.unreported", plan.question):
        return _unreported(plan, frame, catalogue, builder)
    rows = _asked(plan, frame, catalogue, builder)
    if colours := ratings.asked(plan.question):
        if rated := ratings.printed(rows, frame):
            return _rated(colours, [(row, rated[at]) for at, row in enumerate(rows) if at in rated], builder)
        builder.assume("No red, amber or green was read beside these figures: they are held to their targets.")
    judged = [r for r in rows if r.met is not None]
    unsure = [r for r in rows if r.met is None and r.target is not None]
    if not judged:
        return _plain(rows, builder)
    missed = sorted((r for r in judged if not r.met), key=_short, reverse=True)
    met = sorted((r for r in judged if r.met), key=lambda r: (r.service, r.code, r.name))
    low = plan.question.lower()
    only_missed = any(w in low for w in _BAD) or bool(missed and _ALL.search(low))
    only_met = any(w in low for w in _GOOD) and not only_missed
    builder.lines.append(_head(plan, judged, missed, builder))
    if not only_met or not met:
        _list(missed, builder)
    if only_met or (not only_missed and len(missed) < MOST):
        _list(met[: MOST - (0 if only_met else len(missed))], builder, len(met) if only_met else 0)
    if unsure:
        number = builder.count("not judged", len(unsure), "measures")
        builder.lines.append(f"Of {number} more the papers do not say for certain whether the target was met:")
        unsure.sort(key=lambda r: (r.value >= r.target, -_short(r)))
        apart, same = ([r for r in unsure if (r.value == r.target) is equal] for equal in (False, True))
        _list(apart if len(same) > FEW else (*apart, *same), builder)
        if len(same) > FEW:
            builder.lines.append(f"{builder.count('equal', len(same), 'measures')} of them equal their target.")
    return "answered"


def _rated(colours: Sequence[str], rated: Sequence[tuple[Row, str]], builder: Builder) -> str:
    """The measures that their report rates so, whatever their targets."""
    found = [row for row, colour in rated if colour in colours]
    of = builder.count("rated", len(rated), "measures")
    number = builder.count("so rated", len(found), "measures") if found else "none"
    builder.lines.append(f"The report rates {number} of {of} {words.listed(colours, 'or')}{':' if found else '.'}")
    _list(found, builder)
    return "answered"


def _unreported(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue, builder: Builder) -> str:
    """The measures for whose latest period, or the one asked, the papers give words and no figure."""
    last: dict[tuple[str, str], Row] = {}
    for row in _rows(plan, frame, catalogue):
        kept = last.get((row.key, row.entity))
        if kept is None or (row.end, row.value is not None) >= (kept.end, kept.value is not None):
            last[row.key, row.entity] = row
    found = [words.dated(row) for row in last.values() if row.value is None]
    builder.lines.append("The papers give words and no figure for:" if found else "The papers give a figure for each.")
    _list(found, builder)
    return "answered" if last else ""


def _plain(rows: Sequence[Row], builder: Builder) -> str:
    """The figures of measures, none of which can be judged; "" for none."""
    if not rows:
        return ""
    aimed = any(row.target is not None for row in rows)
    builder.lines.append(words.NOT_JUDGED if aimed else words.NO_TARGETS)
    _list(rows, builder)
    return "answered"


def _asked(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue, builder: Builder) -> list[Row]:
    """One row a measure and entity: of the period asked, the last in it; else the latest of the latest paper."""
    found: dict[tuple[str, str], Row] = {}
    for row in own_rows(plan, frame, catalogue):
        kept = found.get((row.key, row.entity))
        if kept is None or _fits(row, plan) > _fits(kept, plan):
            found[row.key, row.entity] = row
    rows = [words.dated(row) for row in found.values()]
    if plan.since or not rows:
        return rows
    last = max(row.end for row in rows)
    builder.assume("No period was named: the latest that each measure reports.")
    return [row for row in rows if (last - row.end).days < 120]


def _fits(row: Row, plan: Plan) -> tuple[date, bool, date]:
    """How well a row's period fits, to be compared: the latest, and of those the one that is as long as was said, else
    the shortest; no year to date where a quarter stands beside it."""
    return row.end, row.grain == plan.grain, row.start


def own_rows(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue) -> Iterator[Row]:
    """The figures of the period asked, of the entities and services asked, else of the whole."""
    return (row for row in _rows(plan, frame, catalogue) if row.value is not None)


def _rows(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue) -> list[Row]:
    """The same, and what the papers say in words where a figure would stand; where they speak of no whole, of each
    council."""
    homes = catalogue.homes
    keys = {e.key for e in catalogue.entries if not plan.services or e.service in plan.services}
    wanted = {e for name in plan.entities for e in (name, *_joint(name, frame))}

    def asked(row: Row) -> bool:
        own = row.entity in wanted if wanted else row.entity == OVERALL
        home = homes.get(row.document, "")
        return own or (row.entity in (OVERALL, home) and (not wanted or home in wanted))

    of_all = [row for row in each(frame) if row.key in keys and row.name != HITS and _within(plan, row)]
    return [row for row in of_all if asked(row)] or ([] if wanted else of_all)


def _most_often(plan: Plan, rows: Iterable[Row], builder: Builder) -> str:
    """Which measures missed (or met) their target in most of their periods; the status, "" where none is judged."""
    series: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.met is not None:
            series.setdefault((row.key, row.entity), []).append(row)
    low = plan.question.lower()
    met = any(w in low for w in _GOOD) and not any(w in low for w in _BAD)
    verb, counted = "met" if met else "missed", []
    for own in series.values():
        grain = Counter(r.grain for r in own).most_common(1)[0][0]
        judged = sorted((r for r in own if r.grain == grain), key=lambda r: r.end)
        counted.append(([r for r in judged if r.met is met], judged))
    found = sorted((c for c in counted if c[0]), key=lambda c: (-len(c[0]), len(c[1])))
    if not counted:
        return ""
    builder.assume("Counted over all periods that the papers report." if not plan.since else "")
    builder.lines.append(f"Targets that were {verb} most often:" if found else f"No target was {verb} in any period.")
    for hit, judged in found[: plan.top or MOST]:
        for row in hit:
            builder.give(row)
        number, of = builder.count(verb, len(hit), "periods"), builder.count("judged", len(judged), "periods")
        first, last = words.dated(judged[0]), words.dated(judged[-1])
        span = first.period if first.period == last.period else f"{first.period} to {last.period}"
        builder.lines.append(f"• {title(last)}: {verb} in {number} of {of} {words.spans(last.grain, of)}, {span}.")
    return "answered"


def title(row: Row) -> str:
    """ "Havant's Customer Services PI002 (Calls Answered)"; of the whole, without whose it is."""
    title = f"{row.service} {row.code} ({row.name})" if row.code else f"{row.service} {row.name}"
    return f"{words.possessive(row.entity)} {title.strip()}" if row.entity != OVERALL else title.strip()


def _joint(name: str, frame: pd.DataFrame) -> list[str]:
    return [e for e in frame["entity"].unique() if name in members(e)]


def _within(plan: Plan, row: Row) -> bool:
    return plan.covers(row.end) if plan.since else bool(row.end.isoformat() <= plan.today)


def _short(row: Row) -> Decimal:
    """How far a figure is from its target, as a part of it."""
    size = abs(row.target) or Decimal(1)
    gap: Decimal = abs(row.value - row.target) / size
    return gap


def whose(plan: Plan, rows: Sequence[Row]) -> str:
    """Whose figures a brief is of: the councils that are named, a service, or the whole; else each council."""
    if not plan.entities and len({row.key for row in rows}) < len(rows):
        return EACH
    return words.listed(plan.entities) or (f"{words.listed(plan.services)} overall" if plan.services else WHOLE)


def _head(plan: Plan, judged: Sequence[Row], missed: Sequence[Row], builder: Builder) -> str:
    number = builder.count("judged", len(judged), "measures")
    failed = builder.count("missed", len(missed), "measures")
    when = f" {words.during(plan.period)}" if plan.period else ""
    who = whose(plan, judged)
    of = f"{number} {'figure' if who == EACH else 'measure'}{'s' if number > 1 else ''} with a target{when}"
    if not missed:
        return f"{who} missed no target of {of}."
    if len(missed) == len(judged):
        return f"{who} missed the target in {'all' if number > 1 else 'the'} {of}:"
    return f"{who} missed the target in {failed} of {of}:"


def _list(rows: Sequence[Row], builder: Builder, of: int = 0) -> None:
    told = 0
    for row in rows[:MOST]:
        line = f"• {title(row)}: {words.shown(row)} {words.when(row.period)}{words.verdict(row)}."
        if told and sum(len(one.split()) for one in (*builder.lines, line)) > MOST_WORDS:
            break
        builder.give(row)
        builder.lines.append(line)
        builder.listed.append(f"{title(row)} {words.when(row.period)}")
        told += 1
    builder.more(max(of, len(rows)) - told, "measures")


def changes(
    plan: Plan, frame: pd.DataFrame, papers: Sequence[Paper], records: Sequence[Record], builder: Builder
) -> str:
    """Write what the latest paper changed against the one before it; the status, "" where there are no two papers."""
    own = [p for p in papers if p.council in plan.entities]
    shared = _last_two(frame, own or papers)
    if shared is None:
        return ""
    old, new = shared
    rows = [words.dated(row) for row in each(frame[frame["document"].isin((old.document, new.document))])]
    moves = list(_turned(rows, old.document, new.document))
    for row, was in sorted(moves, key=lambda pair: _short(pair[0]), reverse=True)[:MOST]:
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


def _turned(rows: Sequence[Row], old: str, new: str) -> list[tuple[Row, Row]]:
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


def _restated(row: Row, builder: Builder) -> None:
    builder.give(row)
    title = f"{row.service} {row.code or row.name}".strip()
    builder.lines.append(f"• {row.entity}, {title}, {row.period}, is restated as {words.shown(row)}.")


def _plans(records: Sequence[Record], old: Paper, new: Paper) -> list[Record]:
    """The rectification plans that the new paper has otherwise than the old one."""
    own = [r for r in records if r.kind == "rectification"]
    before = {r.fields["ref"]: r.fields["status"] for r in own if r.place.document == old.document}
    return [r for r in own if r.place.document == new.document and before.get(r.fields["ref"]) != r.fields["status"]]
