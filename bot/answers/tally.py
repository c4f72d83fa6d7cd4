"""Answers about who missed a target most often: how many periods each council or area did."""

from collections.abc import Sequence

from bot import words
from bot.answers.beyond import said
from bot.answers.builder import Builder, Row
from bot.answers.selection import Asked, Nothing
from bot.answers.series import by_entity
from bot.answers.target import against_target
from bot.question.plan import Plan
from bot.question.terms import says, which
from kpi_tools import tools
from kpi_tools.tools import each


def tally(plan: Plan, asked: Asked, builder: Builder) -> str:
    """ "X, Jan-21 to Aug-21: Havant missed the target of more than 80% most often. Havant in 8 of 8 months; ..."; of
    one period alone, who did. Raises Nothing where no figure has a target."""
    finding = tools.against_target(asked.rows)
    judged = {who: [r for r in each(rows) if r.met is not None] for who, rows in by_entity(finding.rows)}
    known = [row for own in judged.values() for row in own]
    if not known:
        raise Nothing(words.no_target(asked.entry.title, str(asked.rows.iloc[-1].quote)))
    if len({(row.start, row.end) for row in known}) == 1:
        return against_target(plan, asked, builder)
    builder.found(finding)
    met, fewest = which("stands", said(plan, asked)) != "missed", says("asked.fewest", plan.question)
    found = {who: sum(row.met is met for row in own) for who, own in judged.items() if own}
    ordered = sorted(found, key=lambda who: found[who], reverse=not fewest)
    verb, target, when = "met" if met else "missed", words.target_of(known[0]), _span(known)
    told = [f"{who} {_times(found[who], judged[who], builder)}" for who in ordered]
    if not any(found.values()):
        return f"{asked.entry.title}, {when}: {target} was {verb} by none of {words.listed(ordered)}."
    first = [who for who in ordered if found[who] == found[ordered[0]]]
    how = "least" if fewest else "most"
    text = f"{asked.entry.title}, {when}: {words.listed(first)} {verb} {target} {how} often. "
    return f"{text}{'; '.join(told)}."


def _times(number: int, judged: Sequence[Row], builder: Builder) -> str:
    """ "in 7 of 8 months"."""
    builder.count("found", number, "periods")
    of = builder.count("count", len(judged), "periods")
    return f"in {number or 'none'} of {of} {words.spans(judged[0].grain, of)}"


def _span(rows: Sequence[Row]) -> str:
    ordered = sorted(rows, key=lambda row: row.end)
    return f"{words.period(ordered[0])} to {words.period(ordered[-1])}"
