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
from bot.question.terms import besides, in_full, places, same, stem, terms, vocabulary, words

# The operations that give what they are asked for of every period and council alike: they tell none from the others.
_TELLS_NONE = frozenset(("value", "margin", "average", "total", "change", "definition"))
_OF_ONE_KIND = frozenset(("value", "total", "rank", "average", "trend", "change", "compare", "beyond"))
_TARGET = re.compile(
    r"(\d+(?:\.\d+)?)\s?(?:%|per ?cent) (?:(?!the |its |of |off |below |above )[a-z]+ )?target\b|"
    r"\btarget (?:of|being) (\d+(?:\.\d+)?)(?![\d/])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\s,;?!()]+")


def turns(plan: Plan, entries: Sequence[Entry], one_period: bool = False) -> tuple[str, ...]:
    """The turns of the question that its operation does not follow, as they were written; what stands in the name of
    a measure that is meant is none. `one_period` is whether all figures that are given are of one."""
    low = in_full(plan.question)
    left = besides(low, " ".join(entry.name for entry in entries))
    spans = [span for path in _paths(plan) for span in _at(path, left)]
    if one_period and plan.operation == "against_target":
        spans += _at("unmet.one_period", undated(left, plan.today))
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
    found = _TARGET.search(question)
    told = next(filter(None, found.groups())) if found else ""
    return told if told and targets and Decimal(told) not in targets else ""


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
    known = set(titles)
    known |= {term for e in entries for term in (*e.name_terms, *e.other_terms, *terms(e.code), stem(e.unit))}
    known |= set(terms(vocabulary()["words"]["around"])) | set(terms(vocabulary()["heard"].get(plan.operation, "")))
    known |= {term for s in plan.services for term in terms(s)}
    known |= {term for pair in plan.spelled for term in terms(pair)}
    strange = {t for t in plan.topic if not t.isdigit() and not same(t, known)}
    if plan.how not in ("code", "words") and (plan.how != "meaning" or 2 * len(strange) > len(plan.topic)):
        return ()
    said = [(word, strange.intersection(map(stem, words(word)))) for word in _WORD.findall(plan.question)]
    return tuple(" ".join(w for w, _ in run) for odd, run in groupby(said, lambda pair: bool(pair[1])) if odd)
