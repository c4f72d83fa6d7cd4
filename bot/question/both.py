"""Two questions in one message: taken apart where each half is one by itself, and their answers put together."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.answer import Answer
from bot.question.catalogue import Catalogue
from bot.question.plan import Plan
from bot.question.terms import says, terms

MOST_WORDS = 200  # of both answers
MOST_GAPS = 8  # of a message of two questions: each is tried, and what has more of them is no such message
ALL = 0.95  # of the question's words in one measure's name: that is one question ("reuse, recycling and composting")
_APART = re.compile(
    r"(?P<ended>\?)\s+(?:and |also )*|[,;]?\s+(?:and|&|plus|alongside|as well as) (?:also )?(?:its |their )?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\b(?:(?!\band\b).)*$", re.IGNORECASE)  # the first "and" behind it belongs to it
_FIGURES = ("kpi", "why")
_RECORDS = (
    "rectification", "ref", "plan_item", "risk", "budget_line", "member", "apologies", "attendance", "contact",
    "decision",
)  # fmt: skip
_ONE = ("compare", "margin")  # operations that need both of what "and" joins
# What is asked of one measure beside another such thing; and those that one sentence tells.
_APIECE = frozenset(("average", "median", "total", "rank", "streak", "periods", "tally", "moves", "definition"))
_AT_ONCE = ({"rank", "margin"}, {"rank", "against_target"})

Understands = Callable[[str, Plan | None], Plan]


def both(whole: Plan, understands: Understands, catalogue: Catalogue) -> tuple[Plan, Plan] | None:
    """The plans of the two questions that a message holds; None for a message of one.

    `understands` gives the plan of a text that follows on another plan, or on what the thread has.
    """
    summed = whole.operation == "total" and len(whole.measures) > 1  # "P1 and P2 incidents, added up"
    sides = len(whole.entities) > 1 or whole.only or whole.operation == "margin"
    if summed or (whole.operation in _ONE and sides) or whole.subject in ("refused", "personal", "slip"):
        return None
    called = [name for name in {e.service for e in catalogue.entries} if " and " in name]
    whole_names = [m.span() for name in called for m in re.finditer(re.escape(name), whole.question, re.IGNORECASE)]
    gaps = [
        g
        for g in _APART.finditer(whole.question)
        if not any(s < g.end() and g.start() < e for s, e in whole_names)
        and (g["ended"] or not _BETWEEN.search(whole.question[: g.start()]))
    ]
    if len(gaps) > MOST_GAPS:
        return None
    return next((pair for pair in _pairs(whole, gaps, understands) if _two(whole, pair, catalogue)), None)


def _pairs(whole: Plan, gaps: Sequence[re.Match[str]], understands: Understands) -> Iterator[tuple[Plan, Plan]]:
    """Each way to part the message, as the plans of its halves; the second leans on the first where it says less."""
    for gap in gaps:
        first, second = whole.question[: gap.end() if gap["ended"] else gap.start()], whole.question[gap.end() :]
        if min(len(first.split()), len(second.strip(" ?.!").split())) < 2:
            continue
        one = understands(first, None)
        if one.subject not in (*_FIGURES, *_RECORDS):
            continue
        asks = says("text.opens", second)
        if not asks and not gap["ended"] and not (one.measures and understands(second, None).measures):
            continue
        other = understands(second if asks else f"and {second}", one)
        halves = (one if asks else _lent(one, other)), replace(other, question=second)
        alone, other = (replace(h, operation="value") if h.operation == "compare" else h for h in halves)
        yield alone, other


def _lent(one: Plan, other: Plan) -> Plan:
    """The first of two things that are asked in one breath, with the councils and the period said after the second."""
    if not one.entities and not one.unknown:
        one = replace(one, entities=other.entities, group=one.group or other.group, unknown=other.unknown)
    if not one.period:
        one = replace(
            one, since=other.since, until=other.until, only=other.only, period=other.period, grain=other.grain
        )
    return one


def _two(whole: Plan, pair: tuple[Plan, Plan], catalogue: Catalogue) -> bool:
    """Whether the halves ask for different things, both of which the papers may have; amounts are added up as one."""
    if any(half.subject == "budget_line" for half in pair) and says("money.sum", whole.question):
        return False
    one, other = pair
    if one.subject in _FIGURES and other.subject in _FIGURES:
        if set(one.measures) & set(other.measures):
            later = one.operation == "value" and other.operation == "change" and one.period != whole.period
            return later or one.subject != other.subject or _apiece({one.operation, other.operation})
        if all(_by_whole_name(half, catalogue) for half in pair):
            return True
        best = catalogue.match(whole.topic, [e for e in catalogue.entries if e.key in whole.measures])
        return not (best and best[0].asked > ALL)
    return other.subject != one.subject and other.subject in (*_FIGURES, *_RECORDS)


def _apiece(operations: set[str]) -> bool:
    """Whether two things that are asked of one measure are told in two sentences."""
    return len(operations) > 1 and operations not in _AT_ONCE and not operations.isdisjoint(_APIECE)


def _by_whole_name(half: Plan, catalogue: Catalogue) -> bool:
    """Whether half of a message says the whole name of the one measure that it means, of several words."""
    own = [e for e in catalogue.entries if e.key in half.measures]
    said = set(terms(half.question))
    return len(own) == 1 and len(own[0].name_terms) > 1 and own[0].name_terms <= said


def together(question: str, one: Answer, other: Answer) -> Answer:
    """Both answers as one; where they are too long for that, the first, and the second as what to ask next."""
    told = one.answer.splitlines()
    text = "\n".join((*told, *(line for line in other.answer.splitlines() if line not in told)))
    if len(text.split()) > MOST_WORDS:
        return replace(one, question=question, suggestions=(other.question, *one.suggestions))
    status = next((s for s in ("answered", "clarify") if s in (one.status, other.status)), one.status)
    figures, citations = len(one.figures), len(one.citations)
    return replace(
        one,
        question=question,
        status=status,
        answer=text,
        assumptions=tuple(dict.fromkeys((*one.assumptions, *other.assumptions))),
        figures=(*one.figures, *(replace(g, citation=g.citation + citations) for g in other.figures)),
        results=(*one.results, *(replace(r, of=tuple(at + figures for at in r.of)) for r in other.results)),
        citations=(*one.citations, *other.citations),
        suggestions=(*one.suggestions, *other.suggestions),
    )
