"""Answers that count measures, of each service or council or of all: how many met their target, or are rated red.

Where a paper prints how many a service has, and how many of them are so, that is the count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot import words
from bot.answer import Result
from bot.answers.builder import Builder, Row, plain
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import says, which
from kpi_tools.measures import HITS, OVERALL, RATED
from kpi_tools.names import members

MOST = 6  # measures put into words; of more, the answer says how many there are
MOST_WORDS = 170  # of them all
MOST_SHOWN = 12  # figures behind the counts
_FIRST = {"highest": "The most", "lowest": "The fewest", "best": "The best", "worst": "The worst"}


@dataclass(frozen=True, slots=True)
class Score:
    """How many of a service's or a council's measures are so, of how many; with the figures that show it."""

    name: str
    number: int
    of: int
    rows: tuple[Row, ...]

    def rank(self, order: str) -> Decimal:
        """What it is ranked by: of best and worst its share, else its number."""
        return Decimal(self.number) / Decimal(self.of if order in ("best", "worst") else 1)


def is_count(row: Row | Entry) -> bool:
    """Whether a row, or a measure, is a count of measures."""
    return row.name == HITS or row.name.startswith(RATED.format(""))


def printed(kind: str, rows: Iterable[Row]) -> list[Score]:
    """The latest counts that papers print for each service of how many "met" or "missed" their target, or are "red"."""
    groups: dict[tuple[str, str, bool], list[Row]] = {}
    for row in rows:
        if is_count(row) and row.value is not None:
            groups.setdefault((row.service, row.document, row.name == HITS), []).append(row)
    found = []
    for (service, _, hits), own in groups.items():
        last = [row for row in own if row.end == max(r.end for r in own)]
        if hits and kind in ("met", "missed") and last[0].target:
            met, of = int(last[0].value), int(last[0].target)
            found.append(Score(service, met if kind == "met" else of - met, of, (last[0],)))
        elif so := [row for row in last if row.name == RATED.format(kind.capitalize())]:
            found.append(Score(service, int(so[0].value), int(sum(row.value for row in last)), tuple(last)))
    return [score for score in found if score.of]


def counted(judged: Iterable[tuple[Row, bool]], by: str) -> list[Score]:
    """The counts out of figures, each with whether it is so, by "service" or "council"."""
    groups: dict[str, list[tuple[Row, bool]]] = {}
    for row, so in judged:
        for name in _groups(row, by):
            groups.setdefault(name, []).append((row, so))
    return [
        Score(name, sum(so for _, so in own), len(own), tuple(row for row, so in own if so))
        for name, own in groups.items()
    ]


def _groups(row: Row, by: str) -> tuple[str, ...]:
    """The service of a figure; or its council, of a joint row each."""
    if by == "service":
        return (row.service,) if row.service else ()
    return () if row.entity == OVERALL else tuple(members(row.entity)) or (row.entity,)


def by_group(plan: Plan, kind: str, scores: Sequence[Score], builder: Builder) -> str:
    """Write how many measures of each are so, in the order that is asked for; the status, "" for none."""
    if not scores:
        return ""
    order, good = which("order", plan.question), kind in ("met", "green")
    falling = {"lowest": False, "best": good, "worst": not good}.get(order, True)
    ordered = sorted(scores, key=lambda score: score.rank(order), reverse=falling)
    if says("board.whole", plan.question):
        builder.lines.append(f"All of them: {words.listed([s.name for s in ordered if s.number == s.of]) or 'none'}.")
    elif order and any(score.number for score in scores):
        first = [score.name for score in ordered if score.rank(order) == ordered[0].rank(order)]
        builder.lines.append(f"{_FIRST[order]}: {words.listed(first)}.")
    told = words.listed([f"{score.name} {_of(score, builder)}" for score in ordered])
    builder.lines.append(f"Measures that {_so(kind)}{_when(plan)}: {told}.")
    _show(ordered, builder)
    return "answered"


def in_all(plan: Plan, kind: str, scores: Sequence[Score], builder: Builder) -> str:
    """Write how many are so of all that papers count; the status, "" where they count none."""
    if not scores:
        return ""
    whole = Score("", sum(score.number for score in scores), sum(score.of for score in scores), ())
    parts = words.listed([f"{score.name} {_of(score, builder)}" for score in scores])
    head = f"{_of(whole, builder)} measures {_so(kind)}{_when(plan)}, as the papers count them: {parts}."
    builder.lines.append(f"{head[:1].upper()}{head[1:]}{share(plan, whole.number, whole.of, builder)}")
    _show(scores, builder)
    return "answered"


def share(plan: Plan, number: int, of: int, builder: Builder) -> str:
    """ " That is 66.7%.", where the question asks for a share."""
    if not says("board.share", plan.question) or not of:
        return ""
    value = (Decimal(100 * number) / Decimal(of)).quantize(Decimal("0.1"))
    builder.results.append(Result("share", plain(value), "%", ()))
    return f" That is {plain(value)}%."


def _so(kind: str) -> str:
    return f"{kind} their target" if kind in ("met", "missed") else f"are rated {kind}"


def _of(score: Score, builder: Builder) -> str:
    builder.count("found", score.number, "measures")
    return f"{score.number or 'none'} of {builder.count('count', score.of, 'measures')}"


def _when(plan: Plan) -> str:
    return f" {words.during(plan.period)}" if plan.period else ""


def _show(scores: Sequence[Score], builder: Builder) -> None:
    for row in [row for score in scores for row in score.rows][:MOST_SHOWN]:
        builder.give(row)


def title(row: Row) -> str:
    """ "Havant's Customer Services PI002 (Calls Answered)"; of the whole, without whose it is."""
    title = f"{row.service} {row.code} ({row.name})" if row.code else f"{row.service} {row.name}"
    return f"{words.possessive(row.entity)} {title.strip()}" if row.entity != OVERALL else title.strip()


def put(rows: Sequence[Row], builder: Builder, of: int = 0) -> None:
    """Write a line for each measure, as far as the answer has room, and how many are left out of `of`."""
    told = 0
    for row in rows[:MOST]:
        line = f"• {title(row)}: {words.shown(row)} {words.when(row.period)}{words.verdict(row)}."
        if told and builder.length(line) > MOST_WORDS:
            break
        builder.give(row)
        builder.lines.append(line)
        builder.listed.append(f"{title(row)} {words.when(row.period)}")
        told += 1
    builder.more(max(of, len(rows)) - told, "measures")
