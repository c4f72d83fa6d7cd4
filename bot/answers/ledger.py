"""Answers out of the ledger: rectification plans, plan items, risks, budgets, people, decisions."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot import words
from bot.answers import agenda as agenda_answers
from bot.answers import beside as beside_answers
from bot.answers import change as change_answers
from bot.answers import grid as grid_answers
from bot.answers import item as item_answers
from bot.answers import item_lines, meant, risk_moves
from bot.answers import money as money_answers
from bot.answers import payment as payment_answers
from bot.answers import people as people_answers
from bot.answers import request as request_answers
from bot.answers import risk as risk_answers
from bot.answers import table as table_answers
from bot.answers.builder import Builder
from bot.answers.needed import of_kind
from bot.answers.steps import told_apart
from bot.question.plan import Plan
from bot.question.terms import in_full, says, which
from kpi_tools import promises
from kpi_tools.amounts import TEXTS
from kpi_tools.ledger import Record
from kpi_tools.names import squash

OF_TABLES = (
    "text", "plan_item", "budget_line", "risk", "decision", "request", "agenda_item", "member", "rectification",
    "recommendation",
)  # fmt: skip
MOST = 6  # records put into words; of more, the answer says how many there are
MOST_WORDS = 160
_OPPOSITE = {"not closed": "open", "not open": "closed"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question about the ledger: the records that may be told of it, by kind, and whose the papers are."""

    plan: Plan
    records: Sequence[Record]
    today: date
    homes: Mapping[str, str]
    builder: Builder
    later: request_answers.Later
    partly: frozenset[str]

    def of(self, *kinds: str) -> list[Record]:
        return [r for r in self.records if r.kind in kinds]

    def own(self, *kinds: str) -> list[Record]:
        """The records of the papers of a council that the question names, where papers are its own."""
        return meant.papers_of(self.plan, self.of(*kinds), self.homes, self.builder)

    def met(self, *kinds: str) -> list[Record]:
        """As `own`, of the meetings of a body that the question names."""
        return meant.by_title(meant.asked(self.plan), self.own(*kinds), self.builder)[0]


def answer(
    plan: Plan,
    records: Sequence[Record],
    builder: Builder,
    today: date,
    homes: Mapping[str, str] | None = None,
    later: request_answers.Later = lambda _text, _day: (),
    partly: frozenset[str] = frozenset(),
) -> str:
    """Write the answer to a question about the ledger into `builder`; its status, "" where the ledger does not say.

    `homes` are the councils whose own the papers are, by document; `later` finds what papers after a day
    say; `partly` are documents of whose tables some could not be read.
    """
    say = SUBJECTS.get(plan.subject)
    if not say or not records:
        return ""
    asked = _Asked(plan, records, today, homes or {}, builder, later, partly)
    told = _under_header(asked) or _of_grid(asked, False) or _in_table(asked, True) or say(asked)
    told = told or _in_table(asked, False) or _of_grid(asked, True)
    if told == "answered" and not of_kind(plan, "\n".join(builder.lines)):
        builder.afresh()
        return ""
    if plan.subject in OF_TABLES and not builder.listed:
        at = {(c.document, c.page, c.box) for c in builder.citations}
        rows = [r for r in asked.of(*TEXTS) if (r.place.document, r.place.page, r.place.box) in at]
        builder.listed += dict.fromkeys(r.fields["line"] for r in rows)
    return told


def _under_header(asked: _Asked) -> str:
    """What the one item or risk that a question means has under a header of its own that the question says."""
    if asked.plan.subject not in OF_TABLES:
        return ""
    return beside_answers.answer(asked.plan, asked.of("plan_item", "risk"), asked.builder, asked.homes)


def _of_grid(asked: _Asked, rows: bool) -> str:
    """What a question asks of the rows and columns of one table, all of its words being of that."""
    if asked.plan.subject not in OF_TABLES:
        return ""
    return grid_answers.answer(asked.plan, asked.of(*TEXTS), asked.builder, asked.homes, rows)


def _in_table(asked: _Asked, whole: bool) -> str:
    """The rows of a table that a question names in its words, all of them or the `whole` of them."""
    if asked.plan.subject not in OF_TABLES:
        return ""
    return table_answers.answer(asked.plan, asked.of("table_row"), asked.builder, asked.homes, whole)


def _write(builder: Builder, record: Record, sentence: str) -> None:
    builder.cite(record.place, ": ".join(filter(None, (record.fields.get("meeting"), record.quote))))
    builder.lines.append(sentence)


# Rectification plans


def _by_ref(asked: _Asked) -> str:
    wanted = {squash(ref) for ref in asked.plan.refs}
    found = [r for r in asked.records if squash(r.fields.get("ref", "")) in wanted]
    found = meant.papers_of(asked.plan, found, asked.homes, asked.builder)
    plans = sorted((r for r in found if r.kind == "rectification"), key=lambda r: str(r.as_of))
    for ref in dict.fromkeys(squash(plan.fields["ref"]) for plan in plans):
        *before, last = [plan for plan in plans if squash(plan.fields["ref"]) == ref]
        _write(asked.builder, last, words.rectification(last.fields))
        for earlier in before:
            if earlier.fields["status"] != last.fields["status"]:
                said = f"An earlier paper had it {earlier.fields['status'] or 'neither open nor closed'}"
                _write(asked.builder, earlier, f"{said}: {earlier.fields['update']}")
    if plans:
        return "answered"
    latest = told_apart(asked.plan, current := promises.current(found, asked.homes), current)
    beside = item_answers.asked_of(in_full(asked.plan.question)) if found else ()
    item_lines.without([r for r in latest if r.kind == "plan_item"], beside, asked.builder)
    for told, record in enumerate(latest):
        if told == MOST or (told and asked.builder.length() > MOST_WORDS):
            asked.builder.more(len(latest) - told, "items")
            break
        _write(asked.builder, record, _line(record, beside, len(latest) > 2))
    return "answered" if latest else ""


def _line(record: Record, beside: Sequence[str], short: bool) -> str:
    """A record in one line."""
    if record.kind == "plan_item":
        return item_lines.item(record, beside, short)
    if record.kind == "decision":
        return f"{record.fields['meeting']}: {record.fields['text']}"
    return "; ".join(f"{name}: {value}" for name, value in record.fields.items() if value)


def _rectifications(asked: _Asked) -> str:
    plan, builder, records = asked.plan, asked.builder, asked.of("rectification")
    if not records:
        return ""
    low = plan.question.lower()
    said = which("rectification", low)
    both = says("rectification.closed", low) and says("rectification.open", low) and re.search(r"\b(and|or)\b", low)
    wanted = "" if both else _OPPOSITE.get(said, said)
    records = meant.papers_of(plan, records, asked.homes, builder)
    newest = promises.current(records, asked.homes)
    told = {squash(r.fields["ref"]) for r in records if not any(r is one for one in newest)}
    if wanted == "new" and not told:
        return builder.end("not_found", "The papers hold no two lists of rectification plans to compare.")
    chosen = [
        r
        for r in newest
        if (squash(r.fields["ref"]) not in told if wanted == "new" else wanted in ("", r.fields["status"]))
    ]
    named = meant.about(meant.asked(plan), newest, meant.of_fields("ref", "area", "default", "update"))
    if named and not (chosen := [r for r in named if r in chosen]):
        chosen, wanted = named, ""  # "has the VAT plan been closed?": how it stands says that it has not
    state = f"{wanted} " if wanted else ""
    for council in plan.entities:
        if council not in asked.homes.values():
            chosen = promises.of_council(chosen, council)
    if not chosen and newest and plan.entities:
        builder.cite(newest[0].place, newest[0].quote)
        builder.lines.append(f"No {state}rectification plan of the latest paper names {words.listed(plan.entities)}.")
        return "answered"
    if not chosen:
        builder.cite(newest[0].place, newest[0].quote)
        return builder.end("answered", f"The latest paper lists no {state}rectification plan.")
    number = builder.count("count", len(chosen), "rectification plans")
    papers = "paper" if len({r.place.document for r in chosen}) == 1 else "papers"
    builder.lines.append(f"{number} {state}rectification plan{'s' if number > 1 else ''} in the latest {papers}:")
    for record in chosen[:MOST]:
        _write(builder, record, f"• {words.rectification(record.fields)}")
        ref = record.fields["ref"]
        builder.listed.append(ref if re.search(r"\d", ref) else f"the {record.fields['default']} rectification plan")
    return "answered"


SUBJECTS: dict[str, Callable[[_Asked], str]] = {
    "ref": _by_ref,
    "rectification": _rectifications,
    "plan_item": lambda a: item_answers.answer(a.plan, a.of("plan_item"), a.builder, a.today, a.homes),
    "changes": lambda a: change_answers.answer(a.plan, a.of("plan_item"), a.builder, a.homes),
    "plan_changes": lambda a: change_answers.answer(a.plan, a.of("plan_item"), a.builder, a.homes),
    "risk": lambda a: (
        risk_moves.answer(a.plan, a.of("risk"), a.builder, a.homes)
        or risk_answers.answer(a.plan, a.of("risk"), a.builder, a.homes)
    ),
    "budget_line": lambda a: (
        payment_answers.answer(a.plan, a.of("table_row"), a.builder, a.homes, a.partly)
        or money_answers.answer(a.plan, a.of("budget_line"), a.builder, a.homes)
        or money_answers.rows(a.plan, a.of("table_row"), a.builder, a.homes)
        or money_answers.unheaded(a.plan, a.of("table_row"), a.builder, a.homes)
    ),
    "text": lambda a: (
        people_answers.somebody(a.plan, a.of("member"), a.builder)
        or payment_answers.answer(a.plan, a.of("table_row"), a.builder, a.homes, a.partly)
        or money_answers.rows(a.plan, a.of("table_row", "budget_line"), a.builder, a.homes)
    ),
    "agenda_item": lambda a: agenda_answers.items(a.plan, a.own("agenda_item"), a.builder),
    "recommendation": lambda a: (
        agenda_answers.recommendations(a.plan, a.own("recommendation"), a.builder)
        or people_answers.decisions(
            a.plan, [r for r in a.met("decision") if "recommend" in r.fields["text"]], a.builder
        )
    ),
    "decision": lambda a: people_answers.decisions(a.plan, a.met("decision"), a.builder),
    "request": lambda a: request_answers.answer(a.plan, a.met("request"), a.builder, a.later),
    **dict.fromkeys(people_answers.ROLES, lambda a: people_answers.answer(a.plan, a.met("member"), a.builder, a.homes)),
}
