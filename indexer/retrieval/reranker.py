"""The optional cross-encoder: question and passage are read together, and the passages put in that order.

Off unless a model is set. Like the embedder's, its library is imported only once something is really read.
"""

import warnings
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol

from indexer.retrieval.embedder import BATCH, loaded


class Reranks(Protocol):
    """What says how well passages answer a question."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """A score for each text, the higher the better; scores of one question compare with each other alone."""


class Reranker:
    """The cross-encoder of a setting: its name or folder. Raises SettingError when first used."""

    def __init__(self, model: str) -> None:
        self.name = model

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        if not texts:
            return []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = self._model.predict([(question, text) for text in texts], batch_size=BATCH, show_progress_bar=False)
        return [float(score) for score in found]

    @cached_property
    def _model(self) -> Any:
        return loaded("CrossEncoder", self.name, f"The model {self.name!r} that re-ranks")
