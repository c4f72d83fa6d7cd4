"""Words near to a word in meaning, by the table of words that the default model begins with: read without torch.

"dismissed" is near "sacked" and "resigned", "funded" near "financed"; also what is opposite, so that a near word is a
weaker sign than the word itself.
"""

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from indexer.text.known import Rows, word_table

NEAR = 0.3  # the cosine from which words are near: of the table's 20,000 some twenty are to a common one


@cache
def _table() -> tuple[Mapping[str, int], Rows]:
    """The row of each word of plain letters, and the rows."""
    words, rows = word_table()
    return {word: at for at, word in enumerate(words) if word.isalpha() and word.isascii()}, rows


def near(words: Iterable[str], among: Iterable[str]) -> dict[str, dict[str, float]]:
    """For each of some words in small letters, those `among` others that are near to it, each with its cosine."""
    at, rows = _table()
    asked, others = ([word for word in dict.fromkeys(given) if word in at] for given in (words, among))
    one, other = (_whole(rows[[at[word] for word in given]]) for given in (asked, others))
    return {
        word: {others[n]: float(line[n]) for n in np.flatnonzero(line >= NEAR) if others[n] != word}
        for word, line in zip(asked, one @ other.T, strict=True)
    }


def _whole(rows: Rows) -> Rows:
    """The rows at length 1."""
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
