"""Lists of measures whatever their last verdict: how often they missed or are measured, no figure, which target."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from bot import words
from bot.answers import board
from bot.answers.builder import Builder, Row
from bot.answers.frequency import so_measured
from bot.question.plan import Plan
from bot.question.terms import says, which
from bot.question.unmet import named_target

_OFTEN = re.compile(r"\bmost (?:often|frequently|regularly|times)\b|\boften(?:est)?\b.*\bmost\b")


def asked(question: str) -> Callable[[Plan, Sequence[Row], Builder], str] | None:
    """What lists measures whatever their last verdict, where a question asks for that."""
    if _OFTEN.search(question.lower()):
        return _most_often
    if which("frequency", question) and says("asked.measured", question):
        return so_measured
    if says("asked.unreported", question):
        return _unreported
    return _aimless if says("board.aimless", question) else _aimed if says("board.aimed", question) else None


def _unreported(_: Plan, every: Sequence[Row], builder: Builder) -> str:
    """The measures for whose latest period, or the one asked, the papers give words and no figure."""
    last: dict[tuple[str, str], Row] = {}
    for row in every:
        kept = last.get((row.key, row.entity))
        if kept is None or (row.end, row.value is not None) >= (kept.end, kept.value is not None):
            last[row.key, row.entity] = row
    found = [words.dated(row) for row in last.values() if row.value is None]
    builder.lines.append("The papers give words and no figure for:" if found else "The papers give a figure for each.")
    board.put(found, builder)
    return "answered" if last else ""


def _aimless(_: Plan, every: Sequence[Row], builder: Builder) -> str:
    """The measures beside which the papers print no target."""
    last = {(row.key, row.entity): words.dated(row) for row in sorted(every, key=lambda row: row.end)}
    aimed = {row.key for row in every if row.target is not None or row.target_printed}
    found = [row for (key, _), row in last.items() if key not in aimed]
    number, of = builder.count("found", len({row.key for row in found}), "measures"), len({key for key, _ in last})
    told = f"{number} of {builder.count('count', of, 'measures')} measures:"
    builder.lines.append(f"The papers print no target beside {told}" if found else words.ALL_AIMED)
    board.put(found, builder)
    return "answered" if last else ""


def _aimed(plan: Plan, every: Sequence[Row], builder: Builder) -> str:
    """The measures whose last target is the one that the question names."""
    wanted = named_target(plan.question)
    if wanted is None:
        return ""
    last = {(row.key, row.entity): words.dated(row) for row in sorted(every, key=lambda row: row.end)}
    known = [row for row in last.values() if row.target is not None]
    found = [row for row in known if row.target == wanted]
    number, of = (len({row.key for row in rows}) for rows in (found, known))
    told = f"of {builder.count('count', of, 'measures')} measures with a target have that target"
    builder.lines.append(f"{builder.count('found', number, 'measures') or 'None'} {told}{':' if found else '.'}")
    board.put(found, builder)
    return "answered" if known else ""


def _most_often(plan: Plan, rows: Sequence[Row], builder: Builder) -> str:
    """Which measures missed (or met) their target in most of their periods; the status, "" where none is judged."""
    series: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.met is not None and not board.is_count(row):
            series.setdefault((row.key, row.entity), []).append(row)
    met = which("asked.judged", plan.question) == "met"
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
    for hit, judged in found[: plan.top or board.MOST]:
        for row in hit:
            builder.give(row)
        number, of = builder.count(verb, len(hit), "periods"), builder.count("judged", len(judged), "periods")
        first, last = words.dated(judged[0]), words.dated(judged[-1])
        span = first.period if first.period == last.period else f"{first.period} to {last.period}"
        told = f"{verb} in {number} of {of} {words.spans(last.grain, of)}, {span}"
        builder.lines.append(f"• {board.title(last)}: {told}.")
    return "answered"
