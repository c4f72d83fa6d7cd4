"""Answers out of running text: the passage found, and the sentences of it that answer, quoted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import words
from bot.builder import Builder
from bot.terms import same, terms, vocabulary
from bot.understand import Plan
from indexer.search import Hit, Search

# An answer must hold this share of the question's words, its names and numbers counted double.
ENOUGH = 0.6
MOST_WORDS, MOST_HITS = 90, 24
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“(])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]+\b|\d[\d,./]*\d|\b\d\b")


@dataclass(frozen=True, slots=True)
class Extract:
    """Sentences in a row of one passage, and how well they fit."""

    hit: Hit
    text: str
    score: float
    covered: float


def answer(plan: Plan, search: Search, exempt: bool, builder: Builder) -> str:
    """Quote the sentences that answer into `builder`; the status."""
    asked = _asked(plan)
    if not asked:
        builder.lines.append(words.NOT_FOUND)
        return "not_found"
    hits = search.find(f"{plan.question} {' '.join(plan.entities)}", limit=MOST_HITS, exempt=exempt)
    extracts = [e for rank, hit in enumerate(hits) for e in _extracts(plan, asked, hit, rank, _around(hit, hits))]
    best = max(extracts, key=lambda e: e.score, default=None)
    if best is None or best.covered < ENOUGH:
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


def _asked(plan: Plan) -> dict[str, float]:
    """The question's words with their weights; of a follow-up, those of its topic too."""
    named = {t for m in _NAME.finditer(plan.question) for t in terms(m.group(), "little")}
    said = terms(plan.question, "little")
    more = () if len(said) > 2 else (*plan.topic, *(t for e in plan.entities for t in terms(e, "little")))
    return {t: 2.0 if t in named else 1.0 for t in dict.fromkeys((*said, *more))}


def _extracts(plan: Plan, asked: dict[str, float], hit: Hit, rank: int, around: frozenset[str]) -> Iterator[Extract]:
    """Every run of up to three sentences of a passage.

    A sentence that gives what is asked for, a reason or a change, may leave the subject to the words around it.
    """
    whole = frozenset(terms(f"{hit.passage.text} {hit.passage.heading} {hit.title}", "little"))
    passage, page = _share(asked, whole), _share(asked, whole | around)
    sentences = _SENTENCE.split(hit.passage.text)
    for length in (1, 2, 3):
        for start in range(max(1, len(sentences) - length + 1)):
            text = " ".join(sentences[start : start + length])
            if length > 1 and len(text.split()) > MOST_WORDS:
                continue
            own = _share(asked, frozenset(terms(text, "little")))
            gives = any(re.search(p, text, re.IGNORECASE) for p in _gives(plan))
            score = own + 0.5 * passage + (0.3 + 0.5 * page if gives else 0.0) - 0.04 * length - 0.01 * rank
            yield Extract(hit, _trim(text), score, max(own, 0.95 * passage, 0.95 * page if gives else 0.0))


def _gives(plan: Plan) -> Sequence[str]:
    """The patterns of a sentence that gives what the question asks for; () where any may."""
    if plan.question.lower().lstrip().startswith("why"):
        return tuple(vocabulary()["words"]["because"])
    return tuple(vocabulary()["words"]["changed"]) if plan.operation == "change" else ()


def _share(asked: dict[str, float], held: frozenset[str]) -> float:
    """How much of what is asked is held, by weight."""
    return sum(w for t, w in asked.items() if same(t, held)) / sum(asked.values())


def _trim(text: str) -> str:
    said = text.split()
    return text if len(said) <= MOST_WORDS else " ".join(said[:MOST_WORDS]) + " …"
