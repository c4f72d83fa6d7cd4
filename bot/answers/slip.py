"""Answers about slips in the papers themselves: what the checks find, in their own sentence."""

import re
from collections.abc import Mapping, Sequence, Set

from bot.answer import Result
from bot.answers.builder import Builder
from bot.answers.verify import numerals
from bot.question.catalogue import Catalogue
from bot.question.plan import Plan
from bot.question.terms import said_of_all, terms
from corpus.paper import Place
from kpi_tools.checks import Slip, kinds_asked, quoted, run_checks
from kpi_tools.store import Store

NOTHING_FOUND = "The checks find nothing of the kind."
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_PAPER = re.compile(r"\b(?:papers?|packs?|reports?|plans?|agendas?)\b", re.IGNORECASE)
_PAGE = re.compile(r"\bpages? (\d+)\b", re.IGNORECASE)
MOST_SLIPS = 5
MOST_WORDS = 150
# Words of the question that every slip is about.
_ASKING = said_of_all("slips", "little")


def answer(plan: Plan, store: Store, catalogue: Catalogue, builder: Builder, exempt: bool) -> str:
    """Write the slips of what the question is about into `builder`; the status, "" where nothing is known of it."""
    slips = run_checks(store, exempt)
    codes = catalogue.codes_in(plan.question)
    asked = _without(plan.question, codes)
    numbers = numerals(asked)
    kinds = kinds_asked(plan.question)
    told = _about(asked, codes, _asked_for(plan.question, kinds, slips), builder.titles)
    if numbers and not kinds and not any(numbers & numerals(slip.sentence) for slip in told):
        return _nothing_against(asked, numbers, store, builder, exempt)
    if not told and slips:
        return builder.end("not_found", NOTHING_FOUND)
    if _HOW_MANY.search(plan.question):
        builder.lines.append(f"The checks find {builder.count('slips', len(told), '')}.")
    for number, slip in enumerate(told):
        if builder.lines and (number >= MOST_SLIPS or builder.length(slip.sentence) > MOST_WORDS):
            more = builder.count("slips", len(told) - number, "")
            builder.lines.append(f"The checks find {more} more; packclerk check lists them all.")
            break
        for place, quote in zip(slip.places, slip.quotes, strict=True):
            builder.cite(place, quote)
        builder.lines.append(slip.sentence)
        quoted = {numeral for quote in slip.quotes for numeral in numerals(quote)}
        for numeral in sorted(numerals(slip.sentence) - quoted):  # what the check itself calculated
            builder.results.append(Result("check", numeral, "", ()))
    return "answered" if builder.lines else ""


def _nothing_against(asked: str, numbers: set[str], store: Store, builder: Builder, exempt: bool) -> str:
    """Say where the numbers asked about stand, and that the checks have nothing against them; "" where they do not."""
    wanted = _words(asked)
    found = [p for p in store.passages(exempt=exempt).values() if numbers <= numerals(p.text)]
    near = [len(wanted & set(terms(f"{p.heading} {p.text}", "little"))) for p in found]
    meant = [passage for passage, count in zip(found, near, strict=True) if count == len(wanted)]
    if not meant or len(meant) > MOST_SLIPS:  # it stands nowhere, or which one is meant is open
        return ""
    place, quote = quoted(meant[0], min(numbers))
    builder.cite(place, quote)
    return builder.end("answered", f"The paper says: “{quote}” The checks find nothing against it.")


def _asked_for(question: str, kinds: set[str], slips: Sequence[Slip]) -> Sequence[Slip]:
    """The slips of these kinds, and on the page, that a question is after; all where it names none."""
    page = _PAGE.search(question)
    return [
        slip
        for slip in slips
        if (not kinds or slip.kind in kinds) and (not page or any(_is_on(place, page[1]) for place in slip.places))
    ]


def _is_on(place: Place, page: str) -> bool:
    return page in (str(place.page), place.label.removeprefix("Page "))


def _without(question: str, codes: Sequence[str]) -> str:
    """A question without the codes and the page that it names, of which the numbers are no figures."""
    for code in codes:
        question = question.replace(code, " ")
    return _PAGE.sub(" ", question)


def _about(asked: str, codes: Sequence[str], slips: Sequence[Slip], titles: Mapping[str, str]) -> Sequence[Slip]:
    """The slips of the codes asked about; of these, those that share most of the question's numbers and words. Of a
    question about a paper its own words choose the paper alone."""
    mine: Sequence[Slip] = [s for s in slips if not codes or any(code in s.sentence for code in codes)]
    numbers, words = numerals(asked), _words(asked)
    if _PAPER.search(asked):
        mine, named = _best(mine, [words & _titled(slip, titles) for slip in mine])
        words -= named
    shared = [words & set(terms(f"{slip.kind} {slip.sentence}", "little")) for slip in mine]
    if not _PAPER.search(asked):
        shared = [both | words & _titled(slip, titles) for slip, both in zip(mine, shared, strict=True)]
    return _best(mine, [both | (numbers & numerals(slip.sentence)) for slip, both in zip(mine, shared, strict=True)])[0]


def _best(slips: Sequence[Slip], shared: Sequence[Set[str]]) -> tuple[Sequence[Slip], Set[str]]:
    """The slips with which most is shared, and all that is."""
    best = max(map(len, shared), default=0)
    found = [(slip, both) for slip, both in zip(slips, shared, strict=True) if len(both) == best]
    return [slip for slip, _ in found], frozenset().union(*(both for _, both in found))


def _titled(slip: Slip, titles: Mapping[str, str]) -> Set[str]:
    """The words of the titles and the files of a slip's papers."""
    papers = {place.document for place in slip.places}
    return set(terms(" ".join((*papers, *(titles.get(paper, "") for paper in papers))), "little"))


def _words(asked: str) -> Set[str]:
    """What a question is about: its words but for those of any question about slips."""
    return frozenset(terms(asked, "little")) - _ASKING
