"""Search: passages that are about a question, by their meaning (vectors) and by their words (BM25), fused; and, where a
cross-encoder is set, put in its order.
"""

import logging
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import SettingError, StoreError
from corpus.paper import Passage
from corpus.settings import Settings
from indexer.retrieval.embedder import Embedder, Embeds, Reranker, Reranks, Vector
from indexer.retrieval.matrix import DIGITS, MOST, Matrix, read
from indexer.retrieval.vectors import Vectors
from kpi_tools.store import Store

DEPTH = 40  # passages that each of the two ways brings in
RANK_CONSTANT = 60  # of reciprocal rank fusion: how little the very first ranks stand out
SLACK = 1e-3  # of a cosine: far more than the graph's calculation and ours differ by

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` is of this search alone; `bm25_rank` counts from 1, None: none of the best by words;
    `similarity` is the cosine of question and passage, None: there were no vectors to be had."""

    id: str
    passage: Passage
    title: str
    score: float
    bm25_rank: int | None
    similarity: float | None


class Search:
    """Finds passages, in the index as it is at that moment, whoever is writing to it."""

    def __init__(
        self, store: Store, settings: Settings, embedder: Embeds | None = None, reranker: Reranks | None = None
    ) -> None:
        self._store = store
        self._vectors = Vectors(settings)
        self._embedder: Embeds = embedder or Embedder(settings.embedding_model)
        set_by_hand = Reranker(settings.reranking_model) if settings.reranking_model else None
        self._reranker: Reranks | None = reranker or set_by_hand
        self._state = ("", -1)  # of which the matrix is: collection and generation
        self._matrix: Matrix | None = None
        self._asked: tuple[str, Vector] | None = None  # the last question, which several searches may be for

    def find(self, question: str, limit: int = 8, exempt: bool = True, also: str = "") -> list[Hit]:
        """The best passages for a question; `exempt` False: of the public ones. Without vectors, by words alone.

        `also` are other words in which papers may say the same.
        """
        vector = self._vector(question)
        with self._store.snapshot() as still:
            words = [one for one, _ in still.matches(f"{question} {also}", DEPTH, exempt)]
            near, alike = self._by_meaning(still, vector, words, exempt) if vector else ([], {})
            best = _fused(words, near)[:limit]
            passages = still.passages((one for one, _ in best), exempt)
            titles = {paper.document: paper.title for paper in still.papers()}
        ranks = {one: rank for rank, one in enumerate(words, 1)}
        found = ((one, passages[one], score) for one, score in best)
        hits = [
            Hit(one, passage, titles[passage.places[0].document], score, ranks.get(one), alike.get(one))
            for one, passage, score in found
        ]
        return self._reranked(question, hits)

    def is_near(self, question: str, texts: Iterable[str], least: float) -> bool:
        """Whether the cosine of a question and one of some texts is at least so much; so where there are no vectors."""
        vector = self._vector(question)
        return not vector or any(_cosine(vector, self._embedder.question(text)) >= least for text in texts)

    def after(self, hit: Hit, exempt: bool = True) -> Passage | None:
        """The passage that follows one in its paper; None behind the last, or where that may not be seen."""
        revision, _, position = hit.id.rpartition("-")
        following = f"{revision}-{int(position) + 1}"
        return self._store.passages([following], exempt).get(following)

    def weights(self, words: Mapping[str, Sequence[str]], exempt: bool = True) -> dict[str, float]:
        """How much each word says, by how few passages have it or one of the words that it may stand for."""
        with self._store.snapshot() as still:
            of = len(still.passage_ids(exempt))
            often = {word: still.often((word, *others), exempt) for word, others in words.items()}
        return {word: math.log(1 + of / max(n, 0.1)) for word, n in often.items()}

    def _reranked(self, question: str, hits: list[Hit]) -> list[Hit]:
        """The passages found in the order of the cross-encoder, where one is set and can be loaded."""
        if self._reranker is None:
            return hits
        try:
            scores = self._reranker.scores(question, [f"{h.passage.heading}\n{h.passage.text}".strip() for h in hits])
        except SettingError as error:
            log.warning("Searching without re-ranking: %s", error)
            self._reranker = None
            return hits
        ordered = sorted(zip(scores, range(len(hits)), strict=True), key=lambda pair: (-pair[0], pair[1]))
        return [hits[at] for _, at in ordered]

    def close(self) -> None:
        """Let go of the vectors; the store is its owner's."""
        self._state, self._matrix = ("", -1), None
        self._vectors.close()

    def _vector(self, question: str) -> Vector | None:
        """The question's vector; None where there is nothing to hold it against, and no model is loaded."""
        model = self._store.vectors().model
        if not model or not question.strip():
            return None
        if model != self._embedder.name:
            log.warning("Searching by words alone: the index is of the model %s, not %s", model, self._embedder.name)
            return None
        try:
            asked = self._asked  # as it is now: other threads ask too
            if asked is None or asked[0] != question:
                asked = self._asked = question, self._embedder.question(question)
            return asked[1]
        except SettingError as error:
            log.warning("Searching by words alone: %s", error)
            return None

    def _by_meaning(
        self, still: Store, vector: Vector, words: Sequence[str], exempt: bool
    ) -> tuple[list[str], dict[str, float]]:
        """The nearest live passages, nearest first; and the cosine of these and of those found by `words`."""
        name, generation = still.vectors().collection, still.generation()
        try:
            if matrix := self._all(still, (name, generation)):
                return matrix.alike(vector, words, DEPTH, exempt)
            near = self._nearest(still, vector) if exempt else self._nearest_public(still, vector)
            missing = [one for one in words if one not in near]
            vectors = self._vectors.get(name, missing, generation) if missing else {}
        except StoreError as error:
            log.warning("Searching by words alone: %s", error)
            return [], {}
        return list(near), near | {one: _cosine(vector, other) for one, other in vectors.items()}

    def _all(self, still: Store, state: tuple[str, int]) -> Matrix | None:
        """All vectors of this state of the index; None where they are too many to be held."""
        if self._state != state:
            every, public = still.passage_ids(), still.passage_ids(exempt=False)
            former = self._matrix if self._state[0] == state[0] else None
            self._matrix = read(self._vectors, state, public, every, former) if len(every) <= MOST else None
            self._state = state
        return self._matrix

    def _nearest(self, still: Store, vector: Vector) -> dict[str, float]:
        """Ids and cosines of the DEPTH nearest that are live, by the graph: asks for more until there are enough."""
        name, generation = still.vectors().collection, still.generation()
        limit = 2 * DEPTH
        while True:
            found = self._vectors.nearest(name, vector, generation, limit)
            live = still.passages(one for one, _ in found)
            near = [(one, alike) for one, alike in found if one in live][:DEPTH]
            if len(near) == DEPTH or len(found) < limit:
                return dict(near)
            limit *= 4

    def _nearest_public(self, still: Store, vector: Vector) -> dict[str, float]:
        """Ids and cosines of the DEPTH nearest that are public.

        Each is held against the question: a graph of vectors finds what is near by way of all that is in it, so exempt
        passages could move public ones. The graph's own cosines, which differ from ours in the last digit, only sift.
        """
        name, generation, ids = still.vectors().collection, still.generation(), still.passage_ids(exempt=False)
        met = dict(self._vectors.nearest(name, vector, generation))
        least = sorted((met[one] for one in ids if one in met), reverse=True)[:DEPTH]
        sure = least[-1] - SLACK if len(least) == DEPTH else -math.inf
        near = [one for one in ids if met.get(one, math.inf) >= sure]
        vectors = self._vectors.get(name, near, generation) if near else {}
        alike = [(one, round(_cosine(vector, vectors[one]), DIGITS)) for one in near if one in vectors]
        return dict(sorted(alike, key=lambda pair: -pair[1])[:DEPTH])


def _fused(*rankings: Sequence[str]) -> list[tuple[str, float]]:
    """Ids with their reciprocal rank fusion scores, best first."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, one in enumerate(ranking, 1):
            scores[one] = scores.get(one, 0.0) + 1.0 / (RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def _cosine(one: Vector, other: Vector) -> float:
    product = sum(x * y for x, y in zip(one, other, strict=True))
    return product / (math.hypot(*one) * math.hypot(*other) or 1.0)
