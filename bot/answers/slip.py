"""Answers about slips in the papers themselves: what the checks find, in their own sentence."""

from collections.abc import Mapping, Sequence

from bot.answer import Result
from bot.answers.builder import Builder
from bot.answers.verify import numerals
from bot.question.catalogue import Catalogue
from bot.question.plan import Plan
from bot.question.terms import terms
from kpi_tools.checks import Slip, run_checks
from kpi_tools.store import Store

MOST_SLIPS = 5
MOST_WORDS = 150
# Words of the question that every slip is about.
_ASKING = "slip mistake error typo contradiction inconsistency wrong right correct find found check paper pack report"


def answer(plan: Plan, store: Store, catalogue: Catalogue, builder: Builder, exempt: bool) -> str:
    """Write the slips of what the question is about into `builder`; the status, "" where none was found."""
    slips = _about(plan.question, catalogue.codes_in(plan.question), run_checks(store, exempt), builder.titles)
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


def _about(question: str, codes: Sequence[str], slips: Sequence[Slip], titles: Mapping[str, str]) -> Sequence[Slip]:
    """The slips of the codes asked about; of these, those that share most of the question's numbers and words."""
    mine = [slip for slip in slips if not codes or any(code in slip.sentence for code in codes)]
    rest = question
    for code in codes:
        rest = rest.replace(code, " ")
    numbers, words = numerals(rest), frozenset(terms(rest, "little")) - set(terms(_ASKING, "little"))
    scores = [_shared(slip, numbers, words, titles) for slip in mine]
    best = max(scores, default=0)
    return [slip for slip, score in zip(mine, scores, strict=True) if score == best]


def _shared(slip: Slip, numbers: set[str], words: frozenset[str], titles: Mapping[str, str]) -> int:
    """How many of the question's numbers, and of its words, a slip and the titles of its papers speak of."""
    papers = {place.document for place in slip.places}
    told = " ".join((slip.kind, slip.sentence, *papers, *(titles.get(paper, "") for paper in papers)))
    return len(numbers & numerals(slip.sentence)) + len(words.intersection(terms(told, "little")))


def _long(lines: Sequence[str]) -> bool:
    return sum(len(line.split()) for line in lines) > MOST_WORDS
