"""The default model computed with numpy: all-MiniLM-L6-v2, text becomes vectors of 384 numbers.

The same vectors as by sentence-transformers, to six digits, without torch, whose import alone takes seconds and 500 MB.
The texts of a batch stand one after the other in one matrix, so that none is filled up to the length of the longest.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

Rows = npt.NDArray[np.float32]

LAYERS = 6
HEADS, WIDE = 12, 32  # of attention, and the numbers of each
MOST_TOKENS = 256  # of a text; more were not trained on
TINY = 1e-12  # under the root of a norm
ROOT_HALF = np.float32(0.5**0.5)
AT_ONCE = 1 << 15  # numbers that stay in a core's own memory

# erf(x) is x times the one over the other, both of x squared, from the highest power on; beyond 4 it is 1
OVER = (-2.72614225801306e-10, 2.77068142495902e-08, -2.10102402082508e-06, -5.69250639462346e-05,
        -7.34990630326855e-04, -2.95459980854025e-03, -1.60960333262415e-02)  # fmt: skip
UNDER = (-1.45660718464996e-05, -2.13374055278905e-04, -1.68282697438203e-03, -7.37332916720468e-03,
         -1.42647390514189e-02)  # fmt: skip


class MiniLM:
    """The model in a folder; its weights stay in their file, and what is used of them is read from there."""

    def __init__(self, folder: Path) -> None:
        self._weights = _weights(folder / "model.safetensors")
        self._tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokens.no_padding()
        self._tokens.enable_truncation(MOST_TOKENS)
        self._threads = ThreadpoolController()

    def vectors(self, texts: Sequence[str]) -> Rows:
        """A vector of length 1 for each of the texts, of which there is one at least, a row for each."""
        with self._threads.limit(limits=1):  # several wait for each other longer than they work
            return self._vectors([each.ids for each in self._tokens.encode_batch(list(texts))])

    def _vectors(self, texts: Sequence[Sequence[int]]) -> Rows:
        ends = np.cumsum([len(text) for text in texts]).tolist()
        spans = [slice(end - len(text), end) for end, text in zip(ends, texts, strict=True)]
        state = self._embedded(np.concatenate(texts), np.concatenate([np.arange(len(text)) for text in texts]))
        for number in range(LAYERS):
            state = self._layer(state, spans, f"encoder.layer.{number}")
        means = np.stack([state[span].mean(axis=0) for span in spans])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype=np.float32)

    def _embedded(self, tokens: npt.NDArray[np.int64], places: npt.NDArray[np.int64]) -> Rows:
        words, where, kind = (
            self._weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")
        )
        return self._norm(words[tokens] + where[places] + kind[0], "embeddings.LayerNorm")

    def _layer(self, state: Rows, spans: Sequence[slice], name: str) -> Rows:
        seen = self._linear(self._attention(state, spans, f"{name}.attention.self"), f"{name}.attention.output.dense")
        state = self._norm(seen + state, f"{name}.attention.output.LayerNorm")
        thought = self._linear(_gelu(self._linear(state, f"{name}.intermediate.dense")), f"{name}.output.dense")
        return self._norm(thought + state, f"{name}.output.LayerNorm")

    def _attention(self, state: Rows, spans: Sequence[slice], name: str) -> Rows:
        """What each token takes from the tokens of its own text."""
        asked, keys, values = (self._linear(state, f"{name}.{part}") for part in ("query", "key", "value"))
        asked *= np.float32(WIDE**-0.5)
        found = np.empty_like(state)
        for span in spans:
            query, key, value = (_heads(part[span]) for part in (asked, keys, values))
            weights = query @ key.swapaxes(1, 2)
            weights -= weights.max(axis=2, keepdims=True)
            np.exp(weights, out=weights)
            weights /= weights.sum(axis=2, keepdims=True)
            found[span] = (weights @ value).swapaxes(0, 1).reshape(-1, HEADS * WIDE)
        return found

    def _linear(self, rows: Rows, name: str) -> Rows:
        made: Rows = rows @ self._weights[f"{name}.weight"].T
        made += self._weights[f"{name}.bias"]
        return made

    def _norm(self, rows: Rows, name: str) -> Rows:
        """The rows, changed in place: each with a mean of 0 and a variance of 1, then stretched as the model has it."""
        rows -= rows.mean(axis=1, keepdims=True)
        rows /= np.sqrt((rows * rows).mean(axis=1, keepdims=True) + np.float32(TINY))
        rows *= self._weights[f"{name}.weight"]
        rows += self._weights[f"{name}.bias"]
        return rows


def _heads(rows: Rows) -> Rows:
    """(tokens, all) as (heads, tokens, each)."""
    return rows.reshape(-1, HEADS, WIDE).swapaxes(0, 1)


def _gelu(rows: Rows) -> Rows:
    """Each number x as x * (1 + erf(x / root of 2)) / 2, in place."""
    every = rows.reshape(-1)
    for start in range(0, len(every), AT_ONCE):
        part = every[start : start + AT_ONCE]
        reach = np.clip(part * ROOT_HALF, -4, 4)
        square = reach * reach
        reach *= _polynomial(square, OVER)
        reach /= _polynomial(square, UNDER)
        reach += 1
        reach *= np.float32(0.5)
        part *= reach
    return rows


def _polynomial(square: Rows, factors: Sequence[float]) -> Rows:
    value = np.full_like(square, factors[0])
    for factor in factors[1:]:
        value *= square
        value += np.float32(factor)
    return value


def _weights(path: Path) -> Mapping[str, Rows]:
    """The weights of a file by name: eight bytes say how long its list of them is, and what is listed follows that."""
    with path.open("rb") as file:
        start = 8 + (length := int.from_bytes(file.read(8), "little"))
        listed = json.loads(file.read(length))
    whole = np.memmap(path, dtype=np.uint8, mode="r", offset=start)
    return {
        name: whole[slice(*of["data_offsets"])].view(np.float32).reshape(of["shape"])
        for name, of in listed.items()
        if of.get("dtype") == "F32"
    }
