"""What a question asks for that no operation does, so that no answer passes it over in silence.

Either a turn that makes another question of it ("weighted", "if the target were 70%"), written in phrases.toml; or
words that no part of the question was understood by ("over-65s").
"""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import groupby

from bot.question.entries import Entry
from bot.question.parts import undated
from bot.question.plan import Plan
from bot.question.terms import besides, heard, in_full, places, same, says, stem, terms, vocabulary, words

# The operations that give what they are asked for of every period and council alike: they tell none from the others.
_TELLS_NONE = frozenset(("value", "margin", "average", "total", "change", "definition"))
_OF_ONE_KIND = frozenset(("value", "total", "rank", "average", "trend", "change", "compare", "beyond"))
_TARGET = re.compile(
    r"(\d+(?:\.\d+)?)\s?(?:%|per ?cent) (?:(?!the |its |of |off |below |above )[a-z]+ )?targets?\b|"
    r"\btargets? (?:of|being|is|are|at|set at) (\d+(?:\.\d+)?)(?![\d/])",
    re.IGNORECASE,
)
_RANKED_BY = re.compile(r"\b(?:by|most|least|fewest|more|fewer) (?:the )?(?:number of )?(\w+)", re.IGNORECASE)
SEVERAL = 3  # words of a name that is not said by chance
_WORD = re.compile(r"[^\s,;?!()]+")


def turns(plan: Plan, entries: Sequence[Entry], one_period: bool = False) -> tuple[str, ...]:
    """The turns of the question that its operation does not follow, as they were written; what stands in the name of
    a measure or a council that is meant, "Lower Arrow", is none. `one_period` is
    whether all figures that are given are of one."""
    if plan.subject == "brief" and says("asked.unreported", plan.question):
        return ()
    low = in_full(plan.question)
    left = besides(low, " ".join((*plan.entities, *(entry.name for entry in entries))))
    spans = [span for path in _paths(plan) for span in _at(path, left)]
    if one_period and plan.operation == "against_target":
        spans += _at("unmet.one_period", undated(left, plan.today))
    if plan.operation in _OF_ONE_KIND and entries and all(entry.unit == "%" for entry in entries):
        spans += _at("asked.lasting", left if any(says("asked.lasting", e.name) for e in entries) else low)
    if plan.operation == "value":
        spans += [*_at("unmet.plain", undated(left, plan.today)), *_only_counted(plan, low, entries)]
    said = low.split()
    return tuple(dict.fromkeys(" ".join(said[start:end]).strip(".,;:?!()") for start, end in spans))


def _at(path: str, text: str) -> list[tuple[int, int]]:
    """Where a text has phrases: at which of its words, and up to which."""
    return [(text[:start].count(" "), text[:end].count(" ") + 1) for start, end in places(path, text)]


def _only_counted(plan: Plan, low: str, entries: Sequence[Entry]) -> list[tuple[int, int]]:
    """Where the question asks for a count, "how many calls", of which the papers have only a percentage, and says
    nothing else of what is measured."""
    if plan.how not in ("words", "meaning") or any(entry.unit != "%" for entry in entries):
        return []
    for start, end in _at("text.count", low):
        last = next((at for at, word in enumerate(low.split()) if at >= end and word.strip("?.,").endswith("s")), end)
        left = set(plan.topic).difference(terms(" ".join(low.split()[start : last + 1])))
        if not any(same(term, entry.name_terms) for entry in entries for term in left):
            return [(start, last + 1)]
    return []


def other_target(question: str, targets: Collection[Decimal]) -> str:
    """The target that the question names and no figure has, of those that have any; "" where it names none such."""
    told = named_target(question)
    return str(told) if told is not None and targets and told not in targets else ""


def named_target(question: str) -> Decimal | None:
    """The target that a question names, "the target of 90%"; None for none."""
    found = _TARGET.search(question)
    return Decimal(next(filter(None, found.groups()))) if found else None


def _paths(plan: Plan) -> list[str]:
    if plan.subject == "budget_line":
        return ["unmet.money"]
    if plan.subject == "brief":
        return ["unmet.any", "unmet.brief"]
    paths = ["unmet.any"]
    if plan.operation in _TELLS_NONE and plan.over != "councils":
        paths.append("unmet.told_apart")
    if plan.operation in _OF_ONE_KIND:
        paths.append("unmet.turned_round")
    if plan.operation == "periods" and len(plan.entities) > 1:
        paths.append("unmet.one_of_two")
    return paths


def unheard(plan: Plan, entries: Sequence[Entry], titles: Collection[str]) -> tuple[str, ...]:
    """The words of the question, as they stand in it, that name none of the measures meant, nothing else that was
    understood, and no paper, whose terms are `titles`; those that stand together as one.

    () where it hardly names the measures, but means them or speaks of them again.
    """
    strange = _strange(plan, entries, titles)
    if plan.how not in ("code", "words") and (plan.how != "meaning" or 2 * len(strange) > len(plan.topic)):
        return ()
    return _as_written(plan.question, strange)


def half_meant(
    plan: Plan, entries: Sequence[Entry], others: Sequence[Entry], titles: Collection[str]
) -> tuple[str, ...]:
    """The words of the question, as they stand in it, that tell what it asks for from the measures meant, of which it
    has other words: "fines" for fly tipping, where the papers have incidents. () for none.

    Of measures that are named, these are words of the names of `others`: those that the question may mean too, and
    all of the same papers; of measures found by meaning, all. What such measures are called explains a word too.
    """
    strange = _strange(plan, entries, titles)
    if plan.how not in ("words", "meaning") or not strange:
        return ()
    from bot.question.meaning import called

    glosses = {term for e in entries for term in called(e.name)}
    strange = {term for term in strange if not same(term, glosses)}
    if plan.how == "words":
        if all(_in_full(e, plan.topic) for e in entries):
            return ()  # what is said besides only goes on: "first time resolution, non R&B, for calls"
        papers = frozenset().union(*(e.documents for e in entries))
        beside = (e for e in others if e.key in plan.measures or e.documents & papers)
        named = frozenset().union(*(e.name_terms for e in beside))
        return _as_written(plan.question, {term for term in strange if same(term, named)})
    strange = {t for t in strange if t not in terms(vocabulary()["words"]["light"])}
    shared = any(same(term, e.name_terms) for term in plan.topic for e in entries)
    return _as_written(plan.question, strange) if shared else ()


def asks_more(plan: Plan, entries: Sequence[Entry], others: Sequence[Entry], titles: Collection[str]) -> bool:
    """Whether what a question says besides its measures, named by code or by their whole names, asks for something:
    words of the names of `others` ("calls") only describe them further. So does what a ranking is said to be by."""
    named = frozenset().union(*(e.name_terms for e in others))
    in_full = plan.how == "code" or (plan.how == "words" and all(_in_full(e, plan.topic) for e in entries))
    strange = _strange(plan, entries, titles)
    ranked = (
        {stem(w) for by in _RANKED_BY.findall(plan.question) for w in words(by)} if plan.operation == "rank" else ()
    )
    return not strange.isdisjoint(ranked) or (in_full and any(not same(term, named) for term in strange))


def _in_full(entry: Entry, asked: Sequence[str]) -> bool:
    """Whether a question says the whole of a measure's name, and that is of several words."""
    return len(entry.name_terms) >= SEVERAL and all(any(same(t, {n}) for t in asked) for n in entry.name_terms)


def _strange(plan: Plan, entries: Sequence[Entry], titles: Collection[str]) -> set[str]:
    """The terms of the question that are of none of the measures, of nothing else that was understood, and of no
    paper, whose terms are `titles`."""
    known = set(titles)
    known |= {term for e in entries for term in (*e.name_terms, *e.other_terms, *terms(e.code), stem(e.unit))}
    known |= set(terms(vocabulary()["words"]["around"]))
    known |= {term for s in plan.services for term in terms(s)}
    known |= {term for pair in plan.spelled for term in terms(pair)}
    return {t for t in plan.topic if not t.isdigit() and not same(t, known) and not heard(t, plan.operation)}


def _as_written(question: str, strange: Collection[str]) -> tuple[str, ...]:
    """The words of a question that have these terms; those that stand together as one."""
    said = [(word, any(stem(w) in strange for w in words(word))) for word in _WORD.findall(question)]
    return tuple(" ".join(w for w, _ in run) for odd, run in groupby(said, lambda pair: pair[1]) if odd)
