"""How well tables are found: `python -m bench.tables FOLDER [-v]` scores a folder of PDFs with ICDAR-2013 ground truth
(NAME.pdf beside NAME-str.xml; of NAMEa-str.xml and NAMEb-str.xml, two readings of one page, the better counts).

The measure is that of cell adjacency: each cell that holds text makes a pair with the next one to its right and with
the next below, and a pair is right where its two texts, its direction and the number of blanks between agree.
`--serve` scores nothing: it answers each path on standard input with the tables of that file on one line.
"""

import argparse
import json
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus.errors import PaperError
from indexer.reader import tables_json

Pair = tuple[str, int, str, str]  # its direction, the blanks between, the two texts
Place = tuple[int, int]  # row and column


@dataclass(frozen=True, slots=True)
class Marked:
    """A table on a page: its cells' texts, and which of them stands at each place that it covers."""

    page: int
    texts: tuple[str, ...]
    at: dict[Place, int]

    def pairs(self) -> Counter[Pair]:
        """The pairs of neighbours; two cells make one pair in each direction however long their common border."""
        found: dict[tuple[str, int, int], int] = {}
        for direction, places in (("right", sorted(self.at)), ("below", sorted(self.at, key=lambda at: at[::-1]))):
            line, step = (0, 1) if direction == "right" else (1, 0)
            for here, after in pairwise(places):
                first, second = self.at[here], self.at[after]
                if here[line] == after[line] and first != second:
                    found.setdefault((direction, first, second), after[step] - here[step] - 1)
        return Counter((way, blanks, self.texts[a], self.texts[b]) for (way, a, b), blanks in found.items())


@dataclass(frozen=True, slots=True)
class Score:
    """The pairs of a document: how many there are, how many were found, how many of these are right."""

    true: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Right ones of those found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right ones of those there are."""
        return self.right / self.true if self.true else 0.0


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(truth: Iterable[Marked], found: Iterable[Marked]) -> Score:
    """Each true table takes the table of its page that shares most pairs with it; those left over are wrong."""
    left = [(table.page, table.pairs()) for table in found]
    count, true, right = sum(pairs.total() for _, pairs in left), 0, 0
    for table in truth:
        wanted = table.pairs()
        true += wanted.total()
        shared = [((wanted & pairs).total(), -at) for at, (page, pairs) in enumerate(left) if page == table.page]
        if shared:
            most, at = max(shared)
            right += most
            del left[-at]
    return Score(true, count, right)


def marked(page: int, cells: Iterable[tuple[str, int, int, int, int]]) -> Marked:
    """A table of (text, row, column, last row, last column); white space and case do not count."""
    texts: list[str] = []
    at: dict[Place, int] = {}
    for text, row, column, last_row, last_column in cells:
        bare = "".join(part for part in text.split()).upper()
        if bare:
            at |= {(r, c): len(texts) for r in range(row, last_row + 1) for c in range(column, last_column + 1)}
            texts.append(bare)
    return Marked(page, tuple(texts), at)


def truth(path: Path) -> list[Marked]:
    """The tables of a ground truth file; one that runs over pages belongs to its last."""
    return [_true_table(table) for table in ET.parse(path).getroot().iter("table")]


def _true_table(table: ET.Element) -> Marked:
    cells = []
    page = 1
    for region in table.iter("region"):
        page = int(region.get("page", "1"))
        down, across = int(region.get("row-increment") or 0), int(region.get("col-increment") or 0)
        for cell in region.iter("cell"):
            row, column = int(cell.get("start-row", "0")), int(cell.get("start-col", "0"))
            last_row, last_column = int(cell.get("end-row") or row), int(cell.get("end-col") or column)
            text = cell.findtext("content") or ""
            cells.append((text, row + down, column + across, last_row + down, last_column + across))
    return marked(page, cells)


def read(answer: dict[str, Any]) -> list[Marked]:
    """The tables of an answer of `packclerk tables --json`."""
    found = []
    for table in answer["tables"]:
        spans = {(row, column): (rows, columns) for row, column, rows, columns in table["spans"]}
        cells = []
        for r, row in enumerate(table["rows"]):
            for c, text in enumerate(row):
                rows, columns = spans.get((r, c), (1, 1))
                cells.append((text, r, c, r + rows - 1, c + columns - 1))
        found.append(marked(table["page"], cells))
    return found


def documents(folder: Path) -> Iterator[tuple[Path, list[Path]]]:
    """The PDFs that have a ground truth, with the one or two that they have."""
    for pdf in sorted(folder.rglob("*.pdf")):
        stems = [pdf.stem, pdf.stem[:-1] + "b"] if pdf.stem.endswith("a") else [pdf.stem]
        truths = [pdf.with_name(f"{stem}-str.xml") for stem in stems]
        if truths[0].exists():
            yield pdf, [path for path in truths if path.exists()]


def serve() -> None:
    """Answer each path on standard input, with the CPU time that it took."""
    for line in sys.stdin:
        start, spent = time.perf_counter(), time.process_time()
        try:
            answer: dict[str, Any] = tables_json(Path(line.strip()))
        except (PaperError, OSError) as error:
            answer = {"tables": [], "error": str(error)}
        answer |= {"seconds": time.perf_counter() - start, "cpu_seconds": time.process_time() - spent}
        print(json.dumps(answer), flush=True)


def main() -> None:
    """Score the folder, document by document with -v."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path())
    parser.add_argument("-v", "--verbose", action="store_true", help="each document")
    parser.add_argument("--serve", action="store_true", help="answer paths, for another scorer")
    asked = parser.parse_args()
    if asked.serve:
        serve()
        return
    scores = []
    for pdf, truths in documents(asked.folder):
        found = read(tables_json(pdf))
        best = max((score(truth(path), found) for path in truths), key=lambda s: f1(s.precision, s.recall))
        scores.append(best)
        if asked.verbose:
            print(f"{pdf.stem:24} precision {best.precision:.3f}  recall {best.recall:.3f}  {best}")
    if not scores:
        sys.exit(f"{asked.folder}: no PDF with a ground truth beside it")
    precision, recall = (sum(getattr(s, name) for s in scores) / len(scores) for name in ("precision", "recall"))
    print(f"{len(scores)} documents: precision {precision:.3f}, recall {recall:.3f}, F1 {f1(precision, recall):.3f}")


if __name__ == "__main__":
    main()
