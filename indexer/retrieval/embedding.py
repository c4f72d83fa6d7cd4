"""Embedding in a process of its own, which ends with the run: what a model takes in memory is its alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from corpus.errors import StoreError
from corpus.settings import Limits
from indexer.processes.watched import LostError
from indexer.processes.workers import Workers
from indexer.retrieval.embedder import DEFAULT_MODEL, Embedder, Embeds, Vector

LIMITS = Limits(seconds=1800, megabytes=64_000)  # for some texts: a model set by hand may be large and slow
AT_ONCE = 64  # texts that a process is given together


@contextmanager
def embedding(model: str) -> Iterator[Embeds]:
    """The model of a setting, as in `Embedder`. Its process is started with the first texts, and ends with the block;
    it takes all cores by itself."""
    name = model or DEFAULT_MODEL
    pool = Workers(LIMITS, 1)
    try:
        yield _Apart(name, pool.map)
    finally:
        pool.close()


class _Apart:
    """A model in another process. Raises StoreError where that is lost."""

    def __init__(self, name: str, map_texts: Callable[..., Iterable[Any]]) -> None:
        self.name = name
        self._map = map_texts

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        tasks = [(self.name, texts[start : start + AT_ONCE]) for start in range(0, len(texts), AT_ONCE)]
        try:
            return [vector for some in self._map(_vectors, tasks) for vector in some]
        except LostError as error:
            raise StoreError(f"The passages could not be made vectors: the process of {self.name} was lost") from error

    def question(self, text: str) -> Vector:
        return self.passages([text])[0]


def _vectors(task: tuple[str, Sequence[str]]) -> list[Vector]:
    name, texts = task
    return _model(name).passages(texts)


@cache
def _model(name: str) -> Embedder:
    return Embedder(name)
