"""Answers about slips in the papers themselves: what the checks find, in their own sentence."""

import re
from collections.abc import Sequence

from bot.answers import Result
from bot.builder import Builder
from bot.catalogue import Catalogue
from bot.understand import Plan
from bot.verify import numerals
from kpi_tools.checks import Slip, run_checks
from kpi_tools.store import Store

MOST_SLIPS = 5
MOST_WORDS = 150
_WORD = re.compile(r"[a-z]{4,}")


def answer(plan: Plan, store: Store, catalogue: Catalogue, builder: Builder, exempt: bool) -> str:
    """Write the slips of what the question is about into `builder`; the status, "" where none was found."""
    slips = _about(plan.question, catalogue.codes_in(plan.question), run_checks(store, exempt))
    for number, slip in enumerate(slips):
        if builder.lines and (number >= MOST_SLIPS or _long([*builder.lines, slip.sentence])):
            more = builder.count("slips", len(slips) - number, "")
            builder.lines.append(f"The checks find {more} more; packclerk check lists them all.")
            break
        for place, quote in zip(slip.places, slip.quotes, strict=True):
            builder.cite(place, quote)
        builder.lines.append(slip.sentence)
        quoted = {numeral for quote in slip.quotes for numeral in numerals(quote)}
        for numeral in sorted(numerals(slip.sentence) - quoted):  # what the check itself calculated
            builder.results.append(Result("check", numeral, "", ()))
    return "answered" if builder.lines else ""


def _about(question: str, codes: Sequence[str], slips: Sequence[Slip]) -> Sequence[Slip]:
    """The slips of the codes asked about; of these, those that share most of the question's numbers and words."""
    mine = [slip for slip in slips if not codes or any(code in slip.sentence for code in codes)]
    rest = question
    for code in codes:
        rest = rest.replace(code, " ")
    asked = numerals(rest), set(_WORD.findall(rest.casefold()))
    scores = [_shared(slip, *asked) for slip in mine]
    best = max(scores, default=(0, 0))
    return [slip for slip, score in zip(mine, scores, strict=True) if score == best or not best[0]]


def _shared(slip: Slip, numbers: set[str], words: set[str]) -> tuple[int, int]:
    """How many of the question's numbers, and of its words, a slip speaks of."""
    told = set(_WORD.findall(f"{slip.kind} {slip.sentence}".casefold()))
    return len(numbers & numerals(slip.sentence)), len(words & told)


def _long(lines: Sequence[str]) -> bool:
    return sum(len(line.split()) for line in lines) > MOST_WORDS
