"""Briefs over many measures: what met its target and what missed it, what matters most first."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from bot import words
from bot.answers import board, distance, listing, ratings
from bot.answers.builder import Builder, Row
from bot.question.catalogue import Catalogue
from bot.question.plan import Plan
from bot.question.terms import says, whether, which
from kpi_tools.measures import OVERALL
from kpi_tools.names import members
from kpi_tools.tools import each

WHOLE, EACH = "The services overall", "The councils"
FEW = 2  # figures equal to their target that are listed; more are counted
LATE = 120  # days before the last figure of all
_ALL = re.compile(r"\b(?:all|every|everything)\b")
NOT_RATED = "No red, amber or green was read beside these figures: they are held to their targets."
_GOOD = ("met", "meet", "hit", "achiev", "well", "on target", "pass", "succeed")
_BAD = ("miss", "fail", "n't", "not ", "below", "under", "off ", "wrong", "badly", "struggl", "behind", "concern")


def answer(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue, builder: Builder) -> str:
    """Write how an entity (else the whole) did on all measures into `builder`; the status, "" where none is judged."""
    several = len(plan.entities) > 1 and says("asked.compared", plan.question)  # "is Hart doing better than Mendip?"
    by = "council" if several else which("board.by", plan.question)
    every = (_apart if by == "council" else _rows)(plan, frame, catalogue)
    if lists := listing.asked(plan.question):
        return lists(plan, every, builder)
    colours = ratings.asked(plan.question)
    kind = colours[0] if len(colours) == 1 else which("asked.judged", plan.question) or "met"
    rows = _asked(plan, every, builder)
    printed = [] if by == "council" else board.printed(kind, late(plan, every))
    if printed and not by and (colours or says("board.count", plan.question)):
        return board.in_all(plan, kind, printed, builder)
    if distance.asked(plan.question) and (told := distance.by_distance(plan.question, rows, board.title, builder)):
        return builder.end("answered", told)
    rated = ratings.printed(rows, frame) if colours else {}
    if colours and not rated:
        builder.assume(NOT_RATED)
    judged = [(row, rated[at] in colours) for at, row in enumerate(rows) if at in rated]
    judged = judged or [(row, row.met is (kind in ("met", "green"))) for row in rows if row.met is not None]
    if by:
        scores = {score.name: score for score in (*board.counted(judged, by), *printed)}
        own = [score for name, score in scores.items() if not several or name in plan.entities]
        return board.by_group(plan, kind, own, builder)
    return _rated(colours, judged, builder) if rated else _verdicts(plan, rows, builder)


def _verdicts(plan: Plan, rows: Sequence[Row], builder: Builder) -> str:
    """What met its target and what missed it, and of what the papers do not say."""
    judged = [r for r in rows if r.met is not None]
    unsure = [r for r in rows if r.met is None and r.target is not None]
    if not judged:
        return _plain(rows, builder)
    missed = sorted((r for r in judged if not r.met), key=distance.share_off, reverse=True)
    met = sorted((r for r in judged if r.met), key=lambda r: (r.service, r.code, r.name))
    low = plan.question.lower()
    only_missed = any(w in low for w in _BAD) or bool(missed and _ALL.search(low))
    only_met = any(w in low for w in _GOOD) and not only_missed
    yes = _whether(plan, len(met), len(judged), bool(unsure))
    builder.lines.append(f"{yes}{_head(plan, judged, missed, only_met, builder)}")
    if not only_met or not met:
        board.put(missed, builder)
    if only_met or (not only_missed and len(missed) < board.MOST):
        board.put(met[: board.MOST - (0 if only_met else len(missed))], builder, len(met) if only_met else 0)
    if unsure:
        number = builder.count("not judged", len(unsure), "measures")
        builder.lines.append(f"Of {number} more the papers do not say for certain whether the target was met:")
        unsure.sort(key=lambda r: (r.value >= r.target, -distance.share_off(r)))
        apart, same = ([r for r in unsure if (r.value == r.target) is equal] for equal in (False, True))
        board.put(apart if len(same) > FEW else (*apart, *same), builder)
        if len(same) > FEW:
            builder.lines.append(f"{builder.count('equal', len(same), 'measures')} of them equal their target.")
    return "answered"


def _rated(colours: Sequence[str], rated: Sequence[tuple[Row, bool]], builder: Builder) -> str:
    """The measures that their report rates so, whatever their targets."""
    found = [row for row, so in rated if so]
    of = builder.count("rated", len(rated), "measures")
    number = builder.count("so rated", len(found), "measures") if found else "none"
    builder.lines.append(f"The report rates {number} of {of} {words.listed(colours, 'or')}{':' if found else '.'}")
    board.put(found, builder)
    return "answered"


def _plain(rows: Sequence[Row], builder: Builder) -> str:
    """The figures of measures, none of which can be judged; "" for none."""
    if not rows:
        return ""
    aimed = any(row.target is not None for row in rows)
    builder.lines.append(words.NOT_JUDGED if aimed else words.NO_TARGETS)
    board.put(rows, builder)
    return "answered"


def _asked(plan: Plan, every: Sequence[Row], builder: Builder) -> list[Row]:
    """One row a measure and entity: of the period asked, the last in it; else the latest of the latest paper."""
    found: dict[tuple[str, str], Row] = {}
    for row in (row for row in every if row.value is not None and not board.is_count(row)):
        kept = found.get((row.key, row.entity))
        if kept is None or _fits(row, plan) > _fits(kept, plan):
            found[row.key, row.entity] = row
    rows = [words.dated(row) for row in found.values()]
    if rows and _ever(plan):
        builder.assume("Of each measure that ever did so, the last figure that does.")
    elif rows and not plan.since:
        builder.assume("No period was named: the latest that each measure reports.")
    return late(plan, rows)


def late(plan: Plan, rows: Sequence[Row]) -> list[Row]:
    """The rows of the time asked; else of the last time that any of them is of, and somewhat before it."""
    last = max((row.end for row in rows), default=None)
    return [row for row in rows if plan.since or _ever(plan) or (last and (last - row.end).days < LATE)]


def _ever(plan: Plan) -> bool:
    """Whether any time will do: "missed at any point this year"."""
    return says("board.ever", plan.question) and bool(which("asked.judged", plan.question))


def _fits(row: Row, plan: Plan) -> tuple[bool, date, bool, date]:
    """How well a row's period fits, to be compared: where any time will do one that is as asked, then the latest, and
    of these one that is as long as was said, else the shortest; no year to date where a quarter stands beside it."""
    so = _ever(plan) and row.met is (which("asked.judged", plan.question) == "met")
    return so, row.end, row.grain == plan.grain, row.start


def own_rows(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue) -> Iterator[Row]:
    """The figures of the period asked, of the entities and services asked, else of the whole."""
    every = _rows(plan, frame, catalogue)
    return (row for row in every if row.value is not None and not board.is_count(row))


def _rows(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue) -> list[Row]:
    """The same, with counts of measures, and what the papers say in words where a figure would stand; where they speak
    of no whole, of each council."""
    homes = catalogue.homes
    joint = (e for e in frame["entity"].unique() if not set(members(e)).isdisjoint(plan.entities))
    wanted = {*plan.entities, *joint}

    def asked(row: Row) -> bool:
        own = row.entity in wanted if wanted else row.entity == OVERALL
        home = homes.get(row.document, "")
        return own or (row.entity in (OVERALL, home) and (not wanted or home in wanted))

    of_all = _of_services(plan, frame, catalogue)
    return [row for row in of_all if asked(row)] or ([] if wanted else of_all)


def _of_services(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue) -> list[Row]:
    keys = {e.key for e in catalogue.entries if not plan.services or e.service in plan.services}
    own = (row for row in each(frame) if row.key in keys)
    return [row for row in own if (plan.covers(row.end) if plan.since else row.end.isoformat() <= plan.today)]


def _apart(plan: Plan, frame: pd.DataFrame, catalogue: Catalogue) -> list[Row]:
    """The rows of each council or area; of a council that is told by its areas, of these."""
    rows = [row for row in _of_services(plan, frame, catalogue) if row.entity != OVERALL]
    parted = {row.document for row in rows if row.entity != catalogue.homes.get(row.document, row.entity)}
    return [r for r in rows if r.document not in parted or r.entity != catalogue.homes.get(r.document)]


def whose(plan: Plan, rows: Sequence[Row]) -> str:
    """Whose figures a brief is of: the councils that are named, a service, or the whole; else each council."""
    if not plan.entities and len({row.key for row in rows}) < len(rows):
        return EACH
    services = list(dict.fromkeys(str(row.service) for row in rows))
    return words.listed(plan.entities) or (f"{words.listed(services)} overall" if plan.services else WHOLE)


def _head(plan: Plan, judged: Sequence[Row], missed: Sequence[Row], good: bool, builder: Builder) -> str:
    """How many missed their target, or met it where `good` is asked for."""
    number = builder.count("judged", len(judged), "measures")
    so = number - len(missed) if good else len(missed)
    failed = builder.count("met" if good else "missed", so, "measures")
    when = f" {words.during(plan.period)}" if plan.period else ""
    who = whose(plan, judged)
    of = f"{number} {'figure' if who == EACH else 'measure'}{'s' if number > 1 else ''} with a target{when}"
    if not missed:
        return f"{who} missed no target of {of}."
    if len(missed) == len(judged):
        return f"{who} missed the target in {'all' if number > 1 else 'the'} {of}:"
    share = board.share(plan, so, number, builder)
    did = "met" if good else "missed"
    return f"{who} {did} the target in {failed} of {of}{f'.{share} They are' if share else ''}:"


def _whether(plan: Plan, met: int, of: int, unsure: bool) -> str:
    """ "Yes: " or "No: " to whether any, or all, did as a question asks; "" where it asks for no such, or that is not
    sure."""
    kind = which("asked.judged", plan.question)
    some, every = (says(f"board.{how}", plan.question) for how in ("any", "whole"))
    if not kind or not (some or every) or not whether(plan.question):
        return ""
    so = met if kind == "met" else of - met
    if (some and so) or (every and not some and so < of):
        return "Yes: " if some else "No: "
    return "" if unsure else "No: " if some else "Yes: "
