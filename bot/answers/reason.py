"""What a question for a reason takes for granted of the figures: that they fail, or moved one way."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answers.builder import Builder
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import which, without
from bot.question.unmet import unheard

_NOTE = re.compile(r"\((?:[A-Za-z'’-]+[ ,]*){3,}\)")


def beside(plan: Plan, meant: Sequence[Entry]) -> bool:
    """Whether a question says of what it asks the reason for a word that the measures meant have not: a "charge" for
    garden waste is none of its missed collections."""
    asked = replace(plan, question=without("asked.why", plan.question))
    return plan.how == "words" and bool(unheard(asked, meant, ()))


def otherwise(plan: Plan, builder: Builder) -> bool:
    """Whether the figures that were found say otherwise than a question takes for granted."""
    return _moved_otherwise(plan, builder) or _judged_otherwise(plan, builder)


def noted(builder: Builder) -> bool:
    """Whether a figure that was found is printed with a note in words: "99.1% (first quarter included go live)"."""
    return any(_NOTE.search(figure.printed) for figure in builder.figures)


def failing(plan: Plan, entries: Sequence[Entry], builder: Builder) -> tuple[str, ...]:
    """Of several measures, where a question asks why one fails, those that do; () where all do, or none."""
    missed = {(f.service, f.code, f.measure) for f in builder.figures if f.met is False}
    found = tuple(e.key for e in entries if e.key in plan.measures and (e.service, e.code, e.name) in missed)
    some = 0 < len(found) < len(plan.measures)
    return found if some and which("asked.judged", plan.question) == "missed" else ()


def _moved_otherwise(plan: Plan, builder: Builder) -> bool:
    """Whether a question takes it that a figure moved one way, and all that were found moved the other."""
    way = which("asked.way", plan.question)
    changes = [Decimal(r.value) for r in builder.results if r.operation == "change"]
    return bool(way and changes) and all(change >= 0 if way == "down" else change <= 0 for change in changes)


def _judged_otherwise(plan: Plan, builder: Builder) -> bool:
    """Whether a question takes it that a target was missed, or met, and all figures that were found say otherwise."""
    taken = which("asked.judged", plan.question)
    judged = [f.met for f in builder.figures if f.target is not None]  # None where nothing tells which way is better
    return bool(taken and judged) and all(met is (taken != "met") for met in judged)
