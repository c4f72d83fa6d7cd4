"""The vectors of all passages in memory, so that a question is held against each of them: exact, whatever lies near."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.retrieval.embedder import Vector
from indexer.retrieval.vectors import Vectors
from indexer.text.known import Rows

MOST = 100_000  # passages; some 150 MB of a small model's vectors
DIGITS = 5  # of a cosine that are the same however it was come by


@dataclass(frozen=True, slots=True)
class Matrix:
    """The vectors of one state of an index, of length 1, a row for each of `ids`; the first `public` of these are so.

    As these stand first, they are multiplied alike whether exempt ones come after them or not.
    """

    ids: Sequence[str]
    rows: Rows
    public: int
    at: dict[str, int]  # the row of each id

    def alike(
        self, vector: Vector, words: Iterable[str], depth: int, exempt: bool
    ) -> tuple[list[str], dict[str, float]]:
        """The `depth` nearest ids, nearest first; and the cosine of these and of the ids in `words`."""
        if not self.ids:
            return [], {}
        rows = self.rows if exempt else self.rows[: self.public]
        asked = _whole(np.asarray(vector, dtype=np.float32)[np.newaxis])[0]
        cosines = np.round((rows @ asked).astype(np.float64), DIGITS)
        best = np.argsort(-cosines, kind="stable")[:depth].tolist()
        named = [row for one in words if (row := self.at.get(one, len(rows))) < len(rows)]
        return [self.ids[row] for row in best], {self.ids[row]: float(cosines[row]) for row in (*best, *named)}


def read(
    vectors: Vectors, state: tuple[str, int], public: Sequence[str], every: Sequence[str], former: Matrix | None
) -> Matrix:
    """The matrix of `every` passage that has a vector in this collection at this generation; `public` all may see.

    What `former` has of the same collection is not read again: a passage's vector never changes. May raise StoreError.
    """
    open_to_all = frozenset(public)
    ordered = [*public, *(one for one in every if one not in open_to_all)]
    former = former if former and former.ids else None
    known = former.at if former else {}
    fresh, rows = vectors.rows(state[0], [one for one in ordered if one not in known], state[1])
    found = known | {one: len(known) + row for row, one in enumerate(fresh)}
    ids = [one for one in ordered if one in found]
    both = _whole(rows) if former is None else np.concatenate((former.rows, _whole(rows))) if fresh else former.rows
    at = {one: row for row, one in enumerate(ids)}
    return Matrix(ids, both[[found[one] for one in ids]], sum(one in open_to_all for one in ids), at)


def _whole(rows: Rows) -> Rows:
    """The rows at length 1."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.ascontiguousarray(rows / np.where(lengths == 0, 1, lengths), dtype=np.float32)
