"""Whether tables are the same however they are drawn: `python -m bench.layouts [FILE...] [-v]`.

The tables of each file (the sample papers, unless others are given) are drawn anew in several styles: ruled, with a
rule under each row (in one piece, and cell by cell), with a rule under the header, with upright rules alone (whole,
and row by row), on shaded rows, and with nothing.
Each drawing is read, and its rows are compared cell for cell with those that were drawn; white space does not count.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A3, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as Drawn

from corpus.paper import Pack
from indexer.reader import read_pack

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
PLAIN = ParagraphStyle("plain", fontName="Times-Roman", fontSize=8, leading=10)
HEAVY = ParagraphStyle("heavy", PLAIN, fontName="Times-Bold")
SHADE, HEADER = HexColor("#eeeeee"), HexColor("#cccccc")
LEAST_WIDTH = 34.0  # points of a column

Command = tuple[Any, ...]
Texts = tuple[str, ...]


def _grid(rows: int, columns: int) -> list[Command]:
    return [("GRID", (0, 0), (columns - 1, rows - 1), 0.5, black)]


def _lines(rows: int, columns: int) -> list[Command]:
    return [("LINEBELOW", (0, 0), (columns - 1, rows - 1), 0.5, black)]


def _pieces(rows: int, columns: int) -> list[Command]:
    return [("LINEBELOW", (c, r), (c, r), 0.5, black) for r in range(rows) for c in range(columns)]


def _header(rows: int, columns: int) -> list[Command]:
    return _pieces(min(rows, 1), columns)


def _uprights(rows: int, columns: int) -> list[Command]:
    return [("LINEBEFORE", (c, 0), (c, rows - 1), 0.5, black) for c in range(1, columns)]


def _strokes(rows: int, columns: int) -> list[Command]:
    return [("LINEBEFORE", (c, r), (c, r), 0.5, black) for r in range(rows) for c in range(1, columns)]


def _shades(rows: int, columns: int) -> list[Command]:
    return [("BACKGROUND", (0, r), (columns - 1, r), SHADE if r else HEADER) for r in range(0, rows, 2)]


STYLES: dict[str, Callable[[int, int], list[Command]]] = {
    "ruled": _grid,
    "a rule under each row": _lines,
    "the same, cell by cell": _pieces,
    "a rule under the header": _header,
    "upright rules": _uprights,
    "the same, row by row": _strokes,
    "shaded rows": _shades,
    "nothing": lambda *_: [],
}


def tables(pack: Pack) -> list[list[Texts]]:
    """The texts of each table with two rows and two columns or more; what is merged stands once."""
    found = []
    for table in pack.tables:
        rows = [tuple(" ".join(cell.text.split()) if cell else "" for cell in row) for row in table.rows]
        if len(rows) > 1 and len(rows[0]) > 1:
            found.append(rows)
    return found


def draw(path: Path, drawn: Sequence[Sequence[Texts]], style: Callable[[int, int], list[Command]]) -> None:
    """Each table on a page of its own, or more where it is long, its first row in heavy type."""
    room = landscape(A3)[0] - 100
    story: list[Any] = []
    for rows in drawn:
        longest = [max(len(row[c]) for row in rows) for c in range(len(rows[0]))]
        weights = [min(max(length, 4), 60) for length in longest]
        spare = room - LEAST_WIDTH * len(weights)
        widths = [LEAST_WIDTH + spare * weight / sum(weights) for weight in weights]
        cells = [[Paragraph(_escaped(text), PLAIN if r else HEAVY) for text in row] for r, row in enumerate(rows)]
        commands = [("VALIGN", (0, 0), (-1, -1), "TOP"), *style(len(rows), len(widths))]
        story += [Drawn(cells, widths, style=commands), PageBreak()]
    SimpleDocTemplate(str(path), pagesize=landscape(A3), leftMargin=50, rightMargin=50).build(story)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rows_of(found: Sequence[Sequence[Texts]]) -> Counter[Texts]:
    """The rows that hold anything, without white space, and without the blank cells at their ends."""
    bare = (tuple("".join(text.split()) for text in row) for rows in found for row in rows)
    return Counter(_trimmed(row) for row in bare if any(row))


def _trimmed(row: Texts) -> Texts:
    while row and not row[-1]:
        row = row[:-1]
    return row


def main() -> None:
    """Draw, read, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", default=sorted(SAMPLE.glob("*.pdf")))
    parser.add_argument("-v", "--verbose", action="store_true", help="each row that was lost or made up")
    asked = parser.parse_args()
    packs = [tables(read_pack(path, path.name)) for path in asked.files]
    with tempfile.TemporaryDirectory() as folder:
        for name, style in STYLES.items():
            true, found = Counter[Texts](), Counter[Texts]()
            for number, drawn in enumerate(packs):
                path = Path(folder, f"{number}.pdf")
                draw(path, drawn, style)
                true += rows_of(drawn)
                found += rows_of(tables(read_pack(path, path.name)))
            same = (true & found).total()
            print(f"{name:26} {same} of {true.total()} rows alike, {found.total() - same} others found")
            for sign, only in (("-", true - found), ("+", found - true)):
                for row in only if asked.verbose else ():
                    print(f"  {sign} {' | '.join(text[:24] for text in row)}")


if __name__ == "__main__":
    main()
