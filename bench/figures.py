"""Whether the figures that papers print in their tables are in the store, and none that they do not print.

    python -m bench.figures FOLDER [-v]

reads every paper under the folder. Of each: how many figures stand in its tables, how many of them an observation, a
target or a record has, and in how many cells something was read that is not printed there. A paper that is there as
a PDF and as a text of the same name is also compared with itself: what one has and the other has not, by service,
code, name, entity, period, value and unit. -v lists all of it.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.paper import Table
from indexer.reading import read_paper
from kpi_tools.extraction import Extraction
from kpi_tools.figures import Figure, read_figure
from kpi_tools.names import squash

Cell = tuple[int, int, int]  # table, row, column
TYPES = (".pdf", ".txt")


def printed(tables: Sequence[Table]) -> Iterator[tuple[Cell, str]]:
    """The cells that hold a figure alone, in tables that have a header and a label for it."""
    for table in tables:
        for row in range(1, len(table.rows)):
            for column in range(1, len(table.rows[row])):
                text = table.text(row, column)
                if isinstance(read_figure(text), Figure):
                    yield (table.number, row, column), text


def held(found: Extraction) -> tuple[set[Cell], set[tuple[int, int]]]:
    """The cells of observations and targets, and the rows (table, row) of which a target or a record holds all."""
    places = [*(o.place for o in found.observations), *(t.place for t in found.targets)]
    rows = [*(t.place for t in found.targets), *(r.place for r in found.records)]
    return {(at.table, at.row, at.column) for at in places}, {(at.table, at.row) for at in rows}


def invented(found: Extraction) -> list[str]:
    """Figures that are not printed in the cell that they are said to stand in."""
    tables = {table.number: table for table in found.pack.tables}
    wrong = []
    for seen in found.observations:
        place = seen.place
        text = tables[place.table].text(place.row, place.column) if place.table in tables and place.row >= 0 else ""
        if isinstance(seen.figure, Figure) and text and squash(seen.figure.printed) not in squash(text):
            wrong.append(f"page {place.page}: {seen.figure.printed} is not in {text[:60]!r}")
    return wrong


def keys(found: Extraction) -> Counter[tuple[str, ...]]:
    """What is said, without where: to compare two versions of a paper."""
    said: Counter[tuple[str, ...]] = Counter()
    for seen in found.observations:
        measure, value = seen.measure, seen.figure.value if isinstance(seen.figure, Figure) else "-"
        what = (measure.service, measure.code, squash(measure.name), seen.entity)
        said[(*what, str(seen.period.start), str(seen.period.end), str(value), measure.unit)] += 1
    return said


def report(path: Path, told: bool) -> Extraction:
    """Reads one paper and prints how its figures were read."""
    found = read_paper(path, path.name)
    cells, rows = held(found)
    every = list(printed(found.pack.tables))
    missing = [(cell, text) for cell, text in every if cell not in cells and cell[:2] not in rows]
    wrong = invented(found)
    print(f"{path.name}: {len(every) - len(missing)} of {len(every)} figures in tables held, {len(wrong)} not printed")
    tables = {table.number: table for table in found.pack.tables}
    for (number, row, column), text in missing if told else ():
        table = tables[number]
        print(f"  missing, page {table.page}: {text} | {table.text(row, 0)[:50]} | {table.text(0, column)[:40]}")
    for line in wrong if told else ():
        print(f"  not printed, {line}")
    return found


def main() -> None:
    folder, told = Path(sys.argv[1]), "-v" in sys.argv
    versions: dict[str, dict[str, Extraction]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix in TYPES):
        versions.setdefault(path.stem, {})[path.suffix] = report(path, told)
    for stem, read in versions.items():
        if len(read) == len(TYPES):
            pdf, text = keys(read[".pdf"]), keys(read[".txt"])
            lost, more = text - pdf, pdf - text
            print(f"{stem}: {sum((text & pdf).values())} alike, {sum(lost.values())} only in the text, "
                  f"{sum(more.values())} only in the PDF")  # fmt: skip
            for word, only in (("text", lost), ("PDF", more)):
                for key in sorted(only) if told else ():
                    print(f"  only in the {word}: {' | '.join(key)}")


if __name__ == "__main__":
    main()
