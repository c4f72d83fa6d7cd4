"""Answers out of running text: the passage found, and the sentences of it that answer, quoted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import words
from bot.builder import Builder
from bot.terms import same, terms, vocabulary
from bot.understand import Plan
from indexer.search import Hit, Search

# An answer must hold this share of the question's words.
ENOUGH = 0.6
MOST_WORDS, MOST_HITS = 90, 24
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“(])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]+\b|\d[\d,./]*\d|\b\d\b")
_PARAGRAPH = re.compile(r"^\W*(?:\d+(?:\.\d+)*|\w)[.)]\s")
_AMOUNT, _DIGIT = re.compile(r"£\s?\d|\d\s?(?:%|per ?cent)"), re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's terms: the words that say what it is about, and the names and numbers that it is about."""

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


def answer(plan: Plan, search: Search, exempt: bool, builder: Builder) -> str:
    """Quote the sentences that answer into `builder`; the status."""
    asked = _asked(plan)
    if not (asked.words or asked.names):
        builder.lines.append(words.NOT_FOUND)
        return "not_found"
    hits = search.find(f"{plan.question} {' '.join(plan.entities)}", limit=MOST_HITS, exempt=exempt)
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
    said = terms(plan.question, "little")
    more = () if len(said) > 2 else plan.topic
    return Asked(frozenset({*said, *more} - named), frozenset(named))


def _extracts(plan: Plan, asked: Asked, hit: Hit, rank: int, around: frozenset[str]) -> Iterator[Extract]:
    """Every run of up to three sentences of a passage.

    A sentence that gives what is asked for, a reason or a change, may leave the subject to the words around it.
    """
    title = frozenset(terms(hit.title, "little")) & asked.names  # of a title only the names tell: all else is in each
    whole = frozenset(terms(f"{hit.passage.text} {hit.passage.heading}", "little")) | title
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
            score = own + 0.5 * passage + (0.3 + 0.5 * page if gives else 0.0) - 0.04 * length - 0.01 * rank
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
    """How much of what is asked is held: of the words, less where a name or a number is missing."""
    words_held = sum(same(t, held) for t in asked.words) / max(len(asked.words), 1)
    names_held = sum(same(t, held) for t in asked.names) / max(len(asked.names), 1) if asked.names else 1.0
    return (words_held if asked.words else names_held) * (0.4 + 0.6 * names_held)


def _trim(text: str) -> str:
    said = text.split()
    return text if len(said) <= MOST_WORDS else " ".join(said[:MOST_WORDS]) + " …"
