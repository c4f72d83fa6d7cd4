"""What a question asks of a record of the ledger: its words, each with how much it says, and how much a text holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from bot.answers import meant
from bot.answers.asked import Asked, asked
from bot.answers.initials import defined, spelled
from bot.question.plan import Plan
from bot.question.terms import said_of_all, says, stem, terms
from bot.question.terms import words as said_words
from indexer.retrieval.search import Hit, Search
from kpi_tools.names import find_entities

NOTED = 0.7  # of what it says, says a word that only a record's notes hold
# After one of these, or after who is asked about, a word says what is done and names nothing: "to guard against".
_BEFORE_VERBS = re.compile(
    r"to|be|been|being|is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|must|not|it|they|we|you|anyone"
)
_SAID_OF_ALL = said_of_all("records", "little")


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question asks of a record, its words as they stand in rows, and the abbreviations that papers explain."""

    asked: Asked
    rows: Sequence[Sequence[str]]
    short: frozenset[str]

    @property
    def said(self) -> int:
        return len(self.asked.words)

    def share(self, text: str, near: bool = True) -> float:
        """How much of the question a text holds, by its words or their initials; `near` as in `Asked.held`."""
        return self.asked.share(text, spelled(self.rows, text, self.short), near=near)

    def held(self, title: str, notes: str) -> float:
        """How much of it the title of a record holds, and, for less, its notes."""
        own = self.share(title, near=False)  # its fields stand in whatever order
        return (1 - NOTED) * own + NOTED * max(own, self.share(f"{title} {notes}"))

    def lacks(self, text: str) -> float:
        """What part of it the word is that says most of those that a text does not hold, but for those that all such
        questions have."""
        return self.asked.lacks(self.asked.held(text, meant.CUES | spelled(self.rows, text, self.short)))

    def turns_on(self, text: str) -> bool:
        """Whether a text has what the question turns on, but for how a thing stands, which each record tells: of "was
        it banned" the ban, whatever else it says of it."""
        idle = meant.CUES | _SAID_OF_ALL | spelled(self.rows, text, self.short)
        turn = tuple(t for t in self.asked.point if t not in idle)
        return replace(self.asked, point=turn).nearer([text]).turns_on(text)


def sought(plan: Plan, search: Search, hits: Sequence[Hit], exempt: bool) -> tuple[Sought, Sought]:
    """What a question asks: with all of its words, and with those alone that tell a record; `hits` may explain
    abbreviations."""
    every = asked(plan, search, exempt, ())
    every = replace(every, who=every.holder or says("item.who_did", plan.question))  # who leads is no more than a cell
    whole = Sought(every, _rows(plan, every), defined(hit.passage.text for hit in hits))
    return whole, replace(whole, asked=_core(plan, every, search.weights({"": ()}, exempt)[""]))


def _core(plan: Plan, whole: Asked, unheard: float) -> Asked:
    """What a question asks of a record: without the words that all such questions have, those that only say what is
    done, in words that no paper has, and its councils, whose records alone are held against it."""
    verbs = _verbs(plan)
    idle = {*meant.CUES, *_SAID_OF_ALL, *(t for t, w in whole.words.items() if t in verbs and w >= unheard)}
    councils = {t for name in plan.entities for t in terms(name, "little")}
    told = terms(plan.question)
    kept = {t: w for t, w in whole.words.items() if t in told and t not in idle}
    kept |= {t: w for t, w in whole.names.items() if t not in councils}
    pairs = {t: [(a, b) for a, b in pairs if a in kept and b in kept] for t, pairs in whole.pairs.items()}
    return replace(whole, words=kept, names={}, pairs=pairs)


def _rows(plan: Plan, whole: Asked) -> list[Sequence[str]]:
    """The words of a question that say something, as they stand in a row without others between them."""
    said = [stem(w) for w in said_words(plan.question)]
    grouped = groupby(said, lambda word: word in whole.words or word in whole.names)
    return [tuple(row) for telling, row in grouped if telling]


def _verbs(plan: Plan) -> frozenset[str]:
    """The words of a question that stand where verbs do."""
    ends = [end for _, _, end in find_entities(plan.question, plan.entities)]
    named = {stem(w) for end in ends for w in said_words(plan.question[end:].removeprefix("'s"))[:1]}
    return frozenset(named | {stem(b) for a, b in pairwise(said_words(plan.question)) if _BEFORE_VERBS.fullmatch(a)})
