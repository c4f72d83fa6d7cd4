"""Answers out of running text: the passage found, and the sentences of it that answer, quoted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot import words
from bot.builder import Builder
from bot.terms import same, terms, vocabulary
from bot.understand import Plan
from indexer.search import Hit, Search
from kpi_tools.periods import find_periods

# An answer must hold this share of the question's words.
ENOUGH = 0.6
MOST_WORDS, MOST_HITS = 90, 24
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“(])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]+\b")  # in mid-sentence
_PARAGRAPH = re.compile(r"^\W*(?:\d+(?:\.\d+)*|\w)[.)]\s")
_AMOUNT, _DIGIT = re.compile(r"£\s?\d|\d\s?(?:%|per ?cent)"), re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's terms: the words that say what it is about, and the names that it is about."""

    words: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Extract:
    """Sentences in a row of one passage: how well they fit, how much of the question they cover, and whether they
    give what is asked for (a reason, a change)."""

    hit: Hit
    text: str
    score: float
    covered: float
    gives: bool


def answer(plan: Plan, search: Search, documents: frozenset[str], exempt: bool, builder: Builder) -> str:
    """Quote the sentences of these papers that answer into `builder`; the status."""
    asked = _asked(plan)
    if not (asked.words or asked.names):
        builder.lines.append(words.NOT_FOUND)
        return "not_found"
    hits = search.find(f"{plan.question} {' '.join(plan.entities)}", limit=MOST_HITS, exempt=exempt)
    hits = [h for h in hits if h.passage.places[0].document in documents and _about(plan, asked, h)]
    found = [e for rank, hit in enumerate(hits) for e in _extracts(plan, asked, hit, rank, _around(hit, hits))]
    enough = [e for e in found if e.covered >= ENOUGH]
    best = max([e for e in enough if e.gives] or enough, key=lambda e: e.score, default=None)
    if best is None:
        builder.lines.append(words.NOT_FOUND)
        return "not_found"
    for place in best.hit.passage.places:
        builder.cite(place, best.text)
    builder.lines.append(best.text)
    return "answered"


def _around(hit: Hit, hits: Sequence[Hit]) -> frozenset[str]:
    """The words of the other passages found on a passage's page: what its sentences may take for granted."""
    page = (hit.passage.places[0].document, hit.passage.places[0].page)
    mates = [h.passage for h in hits if (h.passage.places[0].document, h.passage.places[0].page) == page]
    return frozenset(terms(" ".join(f"{p.heading} {p.text}" for p in mates), "little"))


def _asked(plan: Plan) -> Asked:
    """The question's words, names apart; of a follow-up, those of its topic too."""
    named = {t for m in _NAME.finditer(plan.question) for t in terms(m.group(), "little")}
    named |= {t for e in plan.entities for t in terms(e, "little")}
    dated = set(terms(plan.period, "little"))
    said = terms(plan.question, "little")
    more = () if len(said) > 2 else plan.topic
    return Asked(frozenset({*said, *more} - named - dated), frozenset(named - dated))


def _about(plan: Plan, asked: Asked, hit: Hit) -> bool:
    """Whether a passage, its headings or its paper's title have every name asked, and the passage the period."""
    held = frozenset(terms(f"{hit.passage.text} {hit.passage.heading} {hit.title}", "little"))
    if not all(same(name, held) for name in asked.names):
        return False
    if not plan.since:
        return True
    since, until = date.fromisoformat(plan.since), date.fromisoformat(plan.until)
    return any(p.start <= until and p.end >= since for p, _, _ in find_periods(hit.passage.text, until))


def _dated(plan: Plan, text: str) -> bool:
    """Whether a sentence speaks of the very period asked, or of a part of it."""
    if not plan.since:
        return False
    since, until = date.fromisoformat(plan.since), date.fromisoformat(plan.until)
    return any(since <= p.start and p.end <= until for p, _, _ in find_periods(text, until))


def _extracts(plan: Plan, asked: Asked, hit: Hit, rank: int, around: frozenset[str]) -> Iterator[Extract]:
    """Every run of up to three sentences of a passage.

    A sentence that gives what is asked for, a reason or a change, may leave the subject to the words around it.
    """
    whole = frozenset(terms(f"{hit.passage.text} {hit.passage.heading}", "little"))
    passage, page = _share(asked, whole), _share(asked, whole | around)
    sentences = _SENTENCE.split(hit.passage.text)
    needed = _needed(plan)
    for length in (1, 2, 3):
        for start in range(max(1, len(sentences) - length + 1)):
            text = " ".join(sentences[start : start + length])
            if length > 1 and len(text.split()) > MOST_WORDS:
                continue
            if needed and not needed.search(_PARAGRAPH.sub("", text)):
                continue
            own = _share(asked, frozenset(terms(text, "little")))
            gives = any(re.search(p, text, re.IGNORECASE) for p in _gives(plan))
            then = 0.3 if _dated(plan, text) else 0.0
            score = own + 0.5 * passage + (0.3 + 0.5 * page if gives else 0.0) + then - 0.04 * length - 0.01 * rank
            yield Extract(hit, _trim(text), score, max(own, 0.95 * passage, 0.95 * page if gives else 0.0), gives)


def _needed(plan: Plan) -> re.Pattern[str] | None:
    """What an answer must hold: "how much" is not answered without a number, "by how much" not without an amount."""
    if not re.search(r"\bhow (much|many|far|long|often)\b", plan.question.lower()):
        return None
    return _AMOUNT if plan.operation == "change" else _DIGIT


def _gives(plan: Plan) -> Sequence[str]:
    """The patterns of a sentence that gives what the question asks for; () where any may."""
    if plan.question.lower().lstrip().startswith("why"):
        return tuple(vocabulary()["words"]["because"])
    return tuple(vocabulary()["words"]["changed"]) if plan.operation == "change" else ()


def _share(asked: Asked, held: frozenset[str]) -> float:
    """How much of the words asked is held; all of it, where only names were asked."""
    return sum(same(t, held) for t in asked.words) / len(asked.words) if asked.words else 1.0


def _trim(text: str) -> str:
    said = text.split()
    return text if len(said) <= MOST_WORDS else " ".join(said[:MOST_WORDS]) + " …"
