"""Search: passages that are about a question, by their meaning (vectors in Chroma) and by their words (BM25).

The only module that imports chromadb. A vector counts only if the store has its passage: see `kpi_tools.store`.
Chroma writes its files in place and reads them into memory whole, so processes take turns with them, and each looks
first whether they are as the last one left them: half-written ones would take the process down.
"""

import logging
import math
import multiprocessing
import os
import shutil
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import SettingError, StoreError
from corpus.paper import Passage
from corpus.settings import Settings
from indexer import journal
from indexer.embedder import Embedder, Embeds, Vector
from indexer.lock import held
from kpi_tools.store import Store

DEPTH = 40  # passages that each of the two ways brings in
RANK_CONSTANT = 60  # of reciprocal rank fusion: how little the very first ranks stand out
AT_ONCE = 1000  # vectors in one call
# A dense graph, searched widely: with Chroma's own numbers a passage unlike all others is missed one time in three.
GRAPH = {"hnsw": {"space": "cosine", "ef_construction": 400, "ef_search": 5000, "max_neighbors": 48}}

log = logging.getLogger(__name__)


class _Handle:
    """This process's one open client of a Chroma folder or server; a second would share its memory, stale or not."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.client: Any = None
        self.generation = -1  # the store's, when it was opened


_HANDLES: dict[str, _Handle] = {}


class Vectors:
    """The vectors in Chroma: in a folder of the home, or on a server. Every method may raise StoreError."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.chroma_url
        self._folder = (settings.home_path / "chroma").absolute()
        self._journal = self._folder.with_name("chroma.json")
        self._handle = _HANDLES.setdefault(self._url or str(self._folder), _Handle())

    def create(self, name: str, model: str) -> None:
        """Make an empty collection."""
        with self._writing() as client:
            client.create_collection(name, metadata={"model": model}, configuration=GRAPH, embedding_function=None)

    def add(self, name: str, ids: Sequence[str], vectors: Sequence[Vector]) -> None:
        """Add vectors under these ids."""
        for start in range(0, len(ids), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            with self._writing() as client:
                _collection(client, name).add(ids=list(ids[some]), embeddings=list(vectors[some]))

    def drop(self, name: str, ids: Sequence[str]) -> None:
        """Delete those of the vectors that are there."""
        for start in range(0, len(ids), AT_ONCE):
            with self._writing() as client:
                collection = _collection(client, name)
                there = collection.get(ids=list(ids[start : start + AT_ONCE]), include=[])["ids"]
                if there:
                    collection.delete(ids=there)

    def forget(self, name: str) -> None:
        """Delete a collection if it is there."""
        with self._writing() as client:
            if name in _names(client):
                client.delete_collection(name)

    def ids(self, name: str, generation: int) -> set[str]:
        """All ids of a collection, as of the store's `generation` or later; so below."""
        with self._reading(name, generation) as collection:
            return set(collection.get(include=[])["ids"])

    def nearest(self, name: str, vector: Vector, limit: int, generation: int) -> list[tuple[str, float]]:
        """(id, cosine) of the nearest vectors, nearest first."""
        with self._reading(name, generation) as collection:
            limit = min(limit, collection.count())
            if not limit:
                return []
            found = collection.query(query_embeddings=[vector], n_results=limit, include=["distances"])
        return [(one, 1.0 - distance) for one, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def get(self, name: str, ids: Sequence[str], generation: int) -> dict[str, Vector]:
        """The vectors with these ids."""
        with self._reading(name, generation) as collection:
            found = collection.get(ids=list(ids), include=["embeddings"])
        vectors = ([float(number) for number in vector] for vector in found["embeddings"])
        return dict(zip(found["ids"], vectors, strict=True))

    def wrote(self, generation: int) -> None:
        """This process brought the store to `generation` itself: what it has open is not stale."""
        self._handle.generation = generation

    def intact(self) -> bool:
        """Whether the files are there as the last process left them; nothing is opened. A server is trusted."""
        if self._url:
            return True
        with self._handle.lock, held(self._journal) as lock:
            return journal.is_as_left(lock, self._folder)

    def renew(self, name: str, generation: int) -> bool:
        """Open Chroma anew, as a writer must begin; False if the collection is not there or cannot be read."""
        with self._handle.lock, _told():
            self._close()
            if self._url:
                return name in _names(self._opened())
            try:
                self.ids(name, generation)
            except StoreError:
                return False
            return True

    def clear(self) -> None:
        """Delete the folder with all that is in it; what is on a server is left to `forget`."""
        if not self._url:
            with self._handle.lock, held(self._journal) as lock:
                self._close()
                shutil.rmtree(self._folder, ignore_errors=True)
                journal.leave(lock, self._folder)

    def close(self) -> None:
        """Let go of Chroma, in this whole process; it is opened again when it is needed."""
        with self._handle.lock:
            self._close()

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        with self._handle.lock, _told():
            if self._url:
                yield self._opened()
                return
            with held(self._journal) as lock:
                journal.begin(lock)
                yield self._opened()
                journal.leave(lock, self._folder)

    @contextmanager
    def _reading(self, name: str, generation: int) -> Iterator[Any]:
        with self._handle.lock, _told():
            if self._url or (self._handle.client and self._handle.generation == generation):
                yield _collection(self._opened(), name)
                return
            with held(self._journal) as lock:  # until the first query has read all of the files
                self._close()
                if not journal.is_as_left(lock, self._folder):
                    self._try(name)
                journal.begin(lock)  # should this fail, the next run is to look into it
                yield _collection(self._opened(), name)
                journal.leave(lock, self._folder)
                self._handle.generation = generation

    def _try(self, name: str) -> None:
        """Read the collection in another process, as damaged files take a process down."""
        if self._folder.is_dir():
            trial = multiprocessing.get_context("spawn").Process(target=_read_some, args=(str(self._folder), name))
            trial.start()
            trial.join()
            if trial.exitcode == 0:
                return
        raise StoreError("The vectors are missing or damaged; the next index run makes them anew")

    def _opened(self) -> Any:
        if self._handle.client is None:
            self._handle.client = _server(self._url) if self._url else _client(str(self._folder))
        return self._handle.client

    def _close(self) -> None:
        if self._handle.client is not None:
            self._handle.client.close()
            self._handle.client = None


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

    def __init__(self, store: Store, settings: Settings, embedder: Embeds | None = None) -> None:
        self._store = store
        self._vectors = Vectors(settings)
        self._embedder: Embeds = embedder or Embedder(settings.embedding_model)

    def find(self, question: str, limit: int = 8, exempt: bool = True) -> list[Hit]:
        """The best passages for a question; `exempt` False: of the public ones. Without vectors, by words alone."""
        vector = self._vector(question)
        with self._store.snapshot() as still:
            words = [one for one, _ in still.matches(question, DEPTH, exempt)]
            near, alike = self._by_meaning(still, vector, words, exempt) if vector else ([], {})
            best = _fused(words, near)[:limit]
            passages = still.passages((one for one, _ in best), exempt)
            titles = {paper.document: paper.title for paper in still.papers()}
        ranks = {one: rank for rank, one in enumerate(words, 1)}
        found = ((one, passages[one], score) for one, score in best)
        return [
            Hit(one, passage, titles[passage.places[0].document], score, ranks.get(one), alike.get(one))
            for one, passage, score in found
        ]

    def close(self) -> None:
        """Let go of the vectors; the store is its owner's."""
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
            return self._embedder.question(question)
        except SettingError as error:
            log.warning("Searching by words alone: %s", error)
            return None

    def _by_meaning(
        self, still: Store, vector: Vector, words: Sequence[str], exempt: bool
    ) -> tuple[list[str], dict[str, float]]:
        """The nearest live passages, nearest first; and the cosine of these and of those found by `words`."""
        name, generation = still.vectors().collection, still.generation()
        try:
            near = self._nearest(still, vector, exempt)
            missing = [one for one in words if one not in near]
            vectors = self._vectors.get(name, missing, generation) if missing else {}
        except StoreError as error:
            log.warning("Searching by words alone: %s", error)
            return [], {}
        return list(near), near | {one: _cosine(vector, other) for one, other in vectors.items()}

    def _nearest(self, still: Store, vector: Vector, exempt: bool) -> dict[str, float]:
        """Ids and cosines of the DEPTH nearest that are live and may be seen: asks for more until there are enough."""
        name, generation = still.vectors().collection, still.generation()
        limit = 2 * DEPTH
        while True:
            found = self._vectors.nearest(name, vector, limit, generation)
            live = still.passages((one for one, _ in found), exempt)
            near = [(one, alike) for one, alike in found if one in live][:DEPTH]
            if len(near) == DEPTH or len(found) < limit:
                return dict(near)
            limit *= 4


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


def _client(folder: str) -> Any:
    """Chroma in a folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        try:
            return chromadb.PersistentClient(folder, settings=ChromaSettings(anonymized_telemetry=False))
        except BaseException:
            chromadb.api.client.SharedSystemClient.clear_system_cache()  # it keeps what failed, for the next to get
            raise


def _server(url: str) -> Any:
    """Chroma on a server."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        at = urlsplit(url)
        port = at.port or (443 if at.scheme == "https" else 80)
        settings = ChromaSettings(anonymized_telemetry=False)
        return chromadb.HttpClient(at.hostname or "", port, ssl=at.scheme == "https", settings=settings)


def _names(client: Any) -> set[str]:
    return {one.name for one in client.list_collections()}


def _collection(client: Any, name: str) -> Any:
    return client.get_collection(name, embedding_function=None)


@contextmanager
def _told() -> Iterator[None]:
    """Chroma's errors as one sentence."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, ValueError, OSError) as error:
        reason = str(error).strip().partition("\n")[0].rstrip(".?")
        raise StoreError(f"The vectors cannot be reached: {reason}") from error


def _read_some(folder: str, name: str) -> None:
    """Read a collection as a search does, silently: ends this process with 0 if that can be done."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    collection = _collection(_client(folder), name)
    if collection.count():
        some = collection.get(limit=1, include=["embeddings"])["embeddings"]
        collection.query(query_embeddings=[list(map(float, some[0]))], n_results=1, include=[])
