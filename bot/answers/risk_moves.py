"""Answers about which way risks went from one register to the next: scored higher or lower, new, no longer there."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.answer import Result
from bot.answers import meant
from bot.answers.builder import Builder, plain
from bot.answers.risk import asked, number, score
from bot.question.plan import Plan
from bot.question.terms import in_full, says, terms, without
from kpi_tools import promises
from kpi_tools.ledger import Record
from kpi_tools.names import squash

MOST = 6  # risks put into words; of more, the answer says how many there are
_Pair = tuple[Record | None, Record | None]  # a risk as an earlier and as the latest register have it


def answer(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str]) -> str:
    """What became of the risks that a question means since the register before; "" where it does not ask for that, or
    no register has two papers, or one says itself which way its risks go."""
    low = in_full(plan.question)
    own = meant.papers_of(plan, records, homes, builder)
    versions = promises.versions(own, homes)
    if not says("risk.moved", low) or len(versions) != 1 or any(r.fields["direction"] for r in own):
        return ""
    before, after = versions[0]
    pairs = _named(plan, _pairs(before, after))
    chosen = [pair for pair in pairs if _went(low, pair)]
    if not pairs:
        return ""
    earlier, latest = (builder.titles.get(side[0].place.document, "") for side in (before, after))
    builder.assume(f"{latest} against {earlier}.")
    for pair in chosen[:MOST] or pairs[:1]:
        for record in filter(None, pair):
            builder.cite(record.place, record.quote)
    builder.lines += [f"• {_line(pair, builder)}" for pair in chosen[:MOST]]
    if not chosen:
        builder.lines.append("No risk of the latest register went that way since the one before.")
    builder.more(len(chosen) - MOST, "risks")
    return "answered"


def _pairs(before: Sequence[Record], after: Sequence[Record]) -> list[_Pair]:
    """Each risk of either register with the same one of the other: by what it is, whatever its number."""
    was = {squash(r.fields["description"]): r for r in before}
    now = {squash(r.fields["description"]): r for r in after}
    return [(was.get(name), now.get(name)) for name in {**now, **was}]


def _named(plan: Plan, pairs: Sequence[_Pair]) -> list[_Pair]:
    """The pairs that the words of a question tell; all, where it has none of a risk."""
    each = [r for pair in pairs for r in pair if r]
    left = terms(without("risk.moved", in_full(plan.question)), "little")
    own = [t for t in asked(plan) if t in left]
    if not own:
        return list(pairs)
    found = meant.about(own, each, meant.of_fields("ref", "description"))
    return [pair for pair in pairs if any(r is one for r in pair for one in found if r)]


def _rise(pair: _Pair) -> Decimal:
    """By how much a risk is scored higher than it was; 0 where one register has it without a score, or not at all."""
    was, now = (score(r) if r else Decimal(-1) for r in pair)
    return now - was if was >= 0 and now >= 0 else Decimal(0)


def _went(low: str, pair: _Pair) -> bool:
    """Whether a risk went the way that a question says; any way, where it says none."""
    was, now = pair
    ways = {
        "risk.way.up": _rise(pair) > 0,
        "risk.way.down": _rise(pair) < 0,
        "risk.new": was is None,
        "risk.gone": now is None,
    }
    said = [held for way, held in ways.items() if says(way, low)]
    return any(said) if said else any(ways.values())


def _line(pair: _Pair, builder: Builder) -> str:
    was, now = pair
    if was is None or now is None:
        only = now or was
        assert only
        return f"{only.fields['description']}: {'new' if now else 'no longer in the register'}{_scored(only)}"
    scores = f"score was {was.fields['score']}, is {now.fields['score']}"
    first, last = number(was.fields["score"]), number(now.fields["score"])
    if first is None or last is None or first == last:
        return f"{now.fields['description']}: {scores}"
    by = plain(abs(last - first))
    builder.results.append(Result("change", by, "", ()))
    return f"{now.fields['description']}: {scores}, {'up' if last > first else 'down'} by {by}"


def _scored(record: Record) -> str:
    return f", score {record.fields['score']}" if record.fields["score"] else ""
