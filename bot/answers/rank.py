"""Answers about what comes first: the best and worst, the highest and lowest, of councils or of periods."""

from collections.abc import Sequence

from bot import words
from bot.answer import Result
from bot.answers import distance
from bot.answers.builder import Builder, Row, plain
from bot.answers.movers import rank_changes
from bot.answers.selection import Asked, Nothing
from bot.answers.times import ranks_changes
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import says, which
from kpi_tools import tools
from kpi_tools.guards import difference_unit
from kpi_tools.measures import OVERALL
from kpi_tools.tools import each

_ORDINALS = {2: "second", 3: "third", 4: "fourth"}
MOST = 6  # that are named after the first
_OTHER_END: dict[tools.Order, tools.Order] = {
    "worst": "best",
    "best": "worst",
    "lowest": "highest",
    "highest": "lowest",
}


def rank(plan: Plan, asked: Asked, builder: Builder) -> str:
    """What comes first of a measure's figures, and what then; raises Nothing where none can be ranked."""
    if (far := distance.asked(plan.question)) or ranks_changes(plan, asked.entry.name):
        return (_by_distance if far else rank_changes)(plan, asked, builder)
    in_order = which("in_order", plan.question)
    said = in_order if in_order in _OTHER_END else which("order", plan.question)
    order: tools.Order = next((order for order in _OTHER_END if order == said), "highest")
    with_figure = asked.rows[asked.rows.value.notna()]
    judged = order in ("highest", "lowest") or set(with_figure.polarity) <= {"higher", "lower"}
    if not judged:
        order = "highest"
    finding = tools.rank(with_figure, order=order, top=plan.top if judged else 0)
    builder.found(finding)
    ranked = each(finding.rows)
    if not ranked:
        raise Nothing(f"The papers give no figure of {asked.entry.title} to rank. {' '.join(finding.notes)}".strip())
    if plan.over == "councils" and len({r.entity for r in ranked}) == 1 and not plan.entities:
        raise Nothing(
            f"Of {asked.entry.title} the papers give a figure of {ranked[0].entity} alone: none to rank it by."
        )
    if not judged:
        return _both_ends(ranked, asked.entry)
    if at := which("nth_ranked", plan.question):
        return _nth(int(at), order, ranked, asked.entry)
    several = len({r.period for r in ranked}) > 1
    if len(ranked) > 1 and len({r.value for r in ranked}) == 1:
        return _all_the_same(ranked, asked.entry)
    first = [r for r in ranked if r.value == ranked[0].value]
    text = f"The {order} for {_of(ranked, asked.entry)}: {_those(first, ranked)}, {words.shown(first[0])}"
    text += f"{words.verdict(first[0])}{_off_target(plan, first[0], builder)}."
    end = _OTHER_END[order]
    if says(f"order.{end}", plan.question) and not plan.top and not in_order:
        last = [r for r in ranked if r.value == ranked[-1].value]
        text = f"{text} The {end}: {_those(last, ranked)}, {words.shown(last[0])}{words.verdict(last[0])}."
        return f"{text}{_apart(plan, ranked, builder)}"
    others = [
        f"{_ranked(r, False, _named(ranked))} {words.shown(r)}".strip() + (f" ({r.period})" if several else "")
        for r in ranked[len(first) :][:MOST]
    ]
    return f"{text} Then {words.listed(others)}." if others else text


def _by_distance(plan: Plan, asked: Asked, builder: Builder) -> str:
    """What lies closest to its target or furthest from it; raises Nothing where no figure can be told so."""
    rows = each(asked.rows[asked.rows.value.notna()])
    own = [row for row in rows if row.entity != OVERALL] if len({row.entity for row in rows}) > 1 else rows
    several, named = len({row.period for row in own}) > 1, len({row.entity for row in own}) > 1
    told = distance.by_distance(plan.question, own, lambda row: _ranked(row, several or not named, named), builder)
    if not told:
        raise Nothing(words.no_target(asked.entry.title, str(asked.rows.iloc[-1].quote)))
    return f"{_of(own, asked.entry)}. {told}"


def _nth(at: int, order: str, ranked: Sequence[Row], entry: Entry) -> str:
    """ "The second worst for Havant's X: Jul-21, 26.59%. Before it Jun-21 12.95%."; figures that are alike share a
    place. Raises Nothing where there are not so many."""
    values = list(dict.fromkeys(r.value for r in ranked))
    if at > len(values):
        raise Nothing(f"The papers give no {_ORDINALS[at]} {order} of {entry.title}: {len(values)} figures differ.")
    own = [r for r in ranked if r.value == values[at - 1]]
    before = [r for r in ranked if values.index(r.value) < at - 1]
    text = f"The {_ORDINALS[at]} {order} for {_of(ranked, entry)}: {_those(own, ranked)}, {words.shown(own[0])}"
    earlier = words.listed([f"{_those([r], ranked)} {words.shown(r)}" for r in before])
    return f"{text}{words.verdict(own[0])}. Before it {earlier}."


def _apart(plan: Plan, ranked: Sequence[Row], builder: Builder) -> str:
    """ " Between them: 10.04 percentage points.", where the question asks for that."""
    if not says("asked.gap", plan.question):
        return ""
    gap, unit = abs(ranked[0].value - ranked[-1].value), difference_unit(ranked[0].unit)
    of = tuple(builder.give(row) for row in (ranked[0], ranked[-1]))
    builder.results.append(Result("gap", plain(gap), unit, of))
    return f" Between them: {words.amount(gap, unit)}."


def _off_target(plan: Plan, row: Row, builder: Builder) -> str:
    """ ", by 67.05 percentage points", where the question asks how far from its target the first is."""
    if row.target is None or row.met is None or not says("operation.margin.phrases", plan.question):
        return ""
    gap, unit = abs(row.value - row.target), difference_unit(row.unit)
    builder.results.append(Result("margin", plain(gap), unit, (builder.give(row),)))
    return f", by {words.amount(gap, unit)}"


def _all_the_same(ranked: Sequence[Row], entry: Entry) -> str:
    """ "Havant's X was 100% throughout, Jan-21 to Aug-21", of figures of which none is first."""
    ordered = sorted(ranked, key=lambda r: r.end)
    if not _named(ranked):
        span = f"{ordered[0].period} to {ordered[-1].period}"
        return f"{_of(ranked, entry)} was {words.shown(ranked[0])} throughout, {span}."
    names = words.listed(list(dict.fromkeys(r.entity for r in ranked)))
    return f"{_of(ranked, entry)}: the same for {names}, {words.shown(ranked[0])}{words.verdict(ranked[0])}."


def _both_ends(ranked: Sequence[Row], entry: Entry) -> str:
    """The highest and the lowest, where the papers do not say which of them is the better."""
    ends = {r.value for r in (ranked[0], ranked[-1])}
    high, low = ([r for r in ranked if r.value == end.value] for end in (ranked[0], ranked[-1]))
    text = f"The papers do not say whether higher or lower is better. {_of(ranked, entry)}: "
    if len(ends) == 1:
        return f"{text}{words.shown(high[0])} for {_those(high, ranked)}."
    text += f"highest {_those(high, ranked)}, {words.shown(high[0])}; "
    return f"{text}lowest {_those(low, ranked)}, {words.shown(low[0])}."


def _of(ranked: Sequence[Row], entry: Entry) -> str:
    """ "Havant's X", of one council over time; "X in Jun-21", of several at once."""
    if len({r.period for r in ranked}) == 1:
        return f"{entry.title} {words.when(ranked[0].period)}"
    return f"{words.possessive(ranked[0].entity)} {entry.title}" if not _named(ranked) else entry.title


def _named(ranked: Sequence[Row]) -> bool:
    return len({r.entity for r in ranked}) > 1 or len({r.period for r in ranked}) == 1


def _those(rows: Sequence[Row], ranked: Sequence[Row]) -> str:
    several = len({r.period for r in ranked}) > 1
    return words.listed([_ranked(r, several, _named(ranked)) for r in rows])


def _ranked(row: Row, dated: bool, named: bool) -> str:
    """ "Havant", "Havant (Jun-21)", or, of one council alone, "Jun-21"."""
    if not named:
        return str(row.period) if dated else ""
    return f"{row.entity} ({row.period})" if dated else str(row.entity)
