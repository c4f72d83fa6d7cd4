"""Answers to questions that no rule took and no text answers: from records that have nearly all of their words."""

import re
from collections.abc import Mapping, Sequence

from bot.answers import item_lines, meant
from bot.answers.builder import Builder
from bot.question.plan import Plan
from bot.question.terms import terms
from kpi_tools import promises
from kpi_tools.ledger import Record

SUBJECTS = ("text", "plan_item", "rectification", "request", "decision")
MOST = 3  # records put into words; of more, the question fits none
ENOUGH = 0.75  # of a question's words by weight, that a record must have
# The kinds that may answer, the surest first, with what says what one is about.
_KINDS = (
    ("rectification", ("ref", "area", "default")),
    ("plan_item", ("ref", "description", "milestone")),
    ("request", ("text", "about", "of")),
    ("decision", ("text", "of")),
)
_NUMBER = re.compile(r"\bhow (many|much|often|long)\b|\b(percentage|per cent|average|total|number)\b|%")
_ROW = re.compile(r"[^:;…]{1,60}: [^;…]+[;…] ?[^:;…]{1,60}: ")  # "Ref: R1; Area: Finance"
_SAID_OF_ALL = frozenset(
    terms(
        "mess problem issue matter business saga affair closed off"
        " sorted done going thing things happening yet finished ready resolved coming along getting moving",
        "little",
    )
)


def is_row(lines: Sequence[str]) -> bool:
    """Whether an answer is only a row of a table as the papers' text has it, which a record tells better."""
    return len(lines) == 1 and _ROW.match(lines[0]) is not None


def answer(plan: Plan, records: Sequence[Record], builder: Builder, homes: Mapping[str, str]) -> str:
    """How the one thing stands that a question means; "" where it asks for a number or a time, or fits none or many."""
    low = plan.question.lower()
    wanted = [t for t in meant.asked(plan) if t not in _SAID_OF_ALL]
    if plan.since or _NUMBER.search(low) or not wanted:
        return ""
    for kind, fields in _KINDS:
        pool = promises.current([r for r in records if r.kind == kind], homes)
        for council in plan.entities:
            own = [r for r in pool if homes.get(r.place.document) == council]
            pool = own or promises.of_council(pool, council)
        found = meant.about(wanted, pool, meant.of_fields(*fields), enough=ENOUGH)
        if 0 < len(found) <= MOST:
            builder.lines.clear()
            builder.citations.clear()
            for record in found:
                _tell(record, builder)
            return "answered"
    return ""


def _tell(record: Record, builder: Builder) -> None:
    fields = record.fields
    if record.kind == "plan_item":
        item_lines.write(builder, record, item_lines.item(record))
        return
    builder.cite(record.place, ": ".join(filter(None, (fields.get("meeting"), record.quote))))
    if record.kind == "rectification":
        status = f" is {fields['status']}" if fields["status"] else ""
        builder.lines.append(f"{fields['ref']} ({fields['area']}: {fields['default']}){status}. {fields['update']}")
    else:
        builder.lines.append(f"{fields['meeting']}: {fields['text']}")
