"""How a budget moved from a year of which its table has no figure: the sentence beside the table that says so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers.builder import Builder
from bot.answers.extracts import split
from bot.answers.meant import papers_of
from bot.answers.money_lines import lines_of
from bot.answers.needed import asks_change, has_needed
from bot.answers.overleaf import OnPage
from bot.question.plan import Plan
from bot.question.terms import says, terms, vocabulary, without
from kpi_tools.amounts import is_whole
from kpi_tools.ledger import Record

YEAR_BEFORE = "The papers give no figure of the year before; of the later one they say:"
_PRINTED = re.compile(r"[£$€]\s?\d|\d\s?(?:%|per ?cent)")


def answer(plan: Plan, records: Sequence[Record], on_page: OnPage, homes: Mapping[str, str], builder: Builder) -> str:
    """Quote how the whole of the budget that a question means moved, where it asks for that or for the year before it;
    the status, "" where no sentence of the page of its total says so."""
    moved = asks_change(plan) or says("text.moves", plan.question)
    before = says("money.year_before", plan.question)
    if plan.entities or not (moved or before):
        return ""
    left = terms(without("asked.part", without("text.moves", plan.question)))
    ever = replace(plan, since="", until="", period="", only=(), topic=tuple(t for t in plan.topic if t in left))
    pool = papers_of(ever, [r for r in records if r.kind == "budget_line"], homes, builder)
    wholes = [r for r in lines_of(ever, pool, (), builder) if is_whole(r)]
    for place in dict.fromkeys(r.place for r in wholes):
        for passage in on_page(place.document, place.page):
            said = [s for s in split(passage.text) if _tells(s) and has_needed(plan, s)]
            if passage.places[0].row < 0 and said:
                builder.cite(passage.places[0], said[0])
                builder.lines += [said[0]] if moved else [YEAR_BEFORE, said[0]]
                return "answered"
    return ""


def _tells(sentence: str) -> bool:
    """Whether a sentence says by how much a thing moved."""
    changed: Sequence[str] = vocabulary()["words"]["changed"]
    return bool(_PRINTED.search(sentence)) and any(re.search(way, sentence, re.IGNORECASE) for way in changed)
