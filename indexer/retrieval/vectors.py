"""Passages' vectors, in Chroma: the only module that imports chromadb.

A vector counts only if the store has its passage: see `kpi_tools.store`. Chroma writes its files in place and reads
them into memory whole, so processes take turns with them, and each looks first whether they are as the last one left
them: half-written ones would take the process down.
"""

import multiprocessing
import os
import shutil
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from corpus.errors import StoreError
from corpus.settings import Settings
from indexer.processes.lock import held
from indexer.retrieval import journal
from indexer.retrieval.embedder import Vector

AT_ONCE = 1000  # vectors in one call
# A dense graph, searched widely: with Chroma's own numbers a passage unlike all others is missed one time in three.
GRAPH = {"hnsw": {"space": "cosine", "ef_construction": 400, "ef_search": 5000, "max_neighbors": 48}}


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

    def nearest(self, name: str, vector: Vector, generation: int, limit: int | None = None) -> list[tuple[str, float]]:
        """(id, cosine) of the nearest vectors, nearest first; of all that are met, for no limit."""
        with self._reading(name, generation) as collection:
            count = collection.count()
            if not count:
                return []
            most = count if limit is None else min(limit, count)
            found = collection.query(query_embeddings=[vector], n_results=most, include=["distances"])
        return [(one, 1.0 - distance) for one, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def get(self, name: str, ids: Sequence[str], generation: int) -> dict[str, Vector]:
        """The vectors with these ids."""
        with self._reading(name, generation) as collection:
            found = collection.get(ids=list(ids), include=["embeddings"])
        vectors = ([float(number) for number in vector] for vector in found["embeddings"])
        return dict(zip(found["ids"], vectors, strict=True))

    def rows(self, name: str, ids: Sequence[str], generation: int) -> tuple[list[str], npt.NDArray[np.float32]]:
        """Those of the ids that have a vector, in their order, and the vectors, one a row."""
        at: dict[str, int] = {}
        parts: list[npt.NDArray[np.float32]] = []
        with self._reading(name, generation) as collection:
            for start in range(0, len(ids), AT_ONCE):
                found = collection.get(ids=list(ids[start : start + AT_ONCE]), include=["embeddings"])
                at |= {one: len(at) + n for n, one in enumerate(found["ids"])}
                parts.append(np.asarray(found["embeddings"], dtype=np.float32))
        held = [one for one in ids if one in at]
        return held, np.concatenate(parts)[[at[one] for one in held]] if held else np.zeros((0, 1), np.float32)

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
