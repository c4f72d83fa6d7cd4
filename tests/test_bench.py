"""The measures of the bench: how tables are scored against a ground truth, and what a page is said to cost."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import pages, tables
from corpus.errors import PaperError
from indexer.reader import tables_json
from tests.drawing import Drawing

ROWS = [["Measure", "Apr-22", "May-22"], ["Calls", "81.5%", "79.0%"], ["Visits", "12", "15"]]


def truth(rows: list[list[str]]) -> str:
    """Ground truth of the ICDAR form for one table on the first page."""
    cells = "".join(
        f'<cell start-row="{r}" start-col="{c}"><content>{text}</content></cell>'
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    )
    return f'<document><table id="1"><region page="1">{cells}</region></table></document>'


def drawn(folder: Path, name: str, rows: list[list[str]]) -> None:
    """A page with ROWS as a table, and `rows` as the truth about it."""
    Drawing(folder / f"{name}.pdf").table(ROWS, [90, 60, 60]).page().done()
    (folder / f"{name}-str.xml").write_text(truth(rows), encoding="utf-8")


def scored(folder: Path) -> list[tables.Score]:
    found = []
    for pdf, truths in tables.documents(folder):
        mine = tables.read(tables_json(pdf))
        found.append(max((tables.score(tables.truth(path), mine) for path in truths), key=lambda each: each.right))
    return found


def test_what_is_found_as_it_is_scores_full(tmp_path: Path) -> None:
    """Three rows of three cells have six pairs across and six down."""
    drawn(tmp_path, "same", ROWS)
    assert scored(tmp_path) == [tables.Score(12, 12, 12)]


@pytest.mark.parametrize(
    ("rows", "expected", "why"),
    [
        ([*ROWS[:2], ["Visits", "12", "16"]], tables.Score(12, 12, 10), "one text differs, of two pairs"),
        (ROWS[:2], tables.Score(7, 12, 7), "the last row is none of the table's"),
        ([*ROWS, ["Letters", "", "9"]], tables.Score(15, 12, 12), "a row is missing, with a blank between its cells"),
        ([[text.upper() for text in row] for row in ROWS], tables.Score(12, 12, 12), "case does not count"),
    ],
)
def test_each_pair_of_neighbours_counts(
    tmp_path: Path, rows: list[list[str]], expected: tables.Score, why: str
) -> None:
    """A pair is right where both texts, their direction and the blanks between agree."""
    drawn(tmp_path, "other", rows)
    assert scored(tmp_path) == [expected], why


def test_of_two_readings_of_one_page_the_better_counts(tmp_path: Path) -> None:
    """A page with two truths is scored against each; one without a truth is passed over."""
    drawn(tmp_path, "pagea", ROWS[:1])
    (tmp_path / "pageb-str.xml").write_text(truth(ROWS), encoding="utf-8")
    Drawing(tmp_path / "loose.pdf").text("No truth is known.").page().done()
    assert scored(tmp_path) == [tables.Score(12, 12, 12)]


def test_a_merged_cell_makes_one_pair_with_each_neighbour() -> None:
    """However long their common border is."""
    merged = tables.marked(1, [("2022", 0, 0, 0, 1), ("Apr", 1, 0, 1, 0), ("May", 1, 1, 1, 1)])
    below = [("below", 0, "2022", month) for month in ("APR", "MAY")]
    assert sorted(merged.pairs().elements()) == [*below, ("right", 0, "APR", "MAY")]


def test_a_table_is_scored_once_and_on_its_page() -> None:
    """Two true tables cannot share one that was found; what is left over counts as found in vain."""
    table = tables.marked(1, [("a", 0, 0, 0, 0), ("b", 0, 1, 0, 1)])
    elsewhere = tables.marked(2, [("a", 0, 0, 0, 0), ("b", 0, 1, 0, 1)])
    assert tables.score([table, table], [table]) == tables.Score(2, 1, 1)
    assert tables.score([table], [elsewhere]) == tables.Score(1, 1, 0)
    assert tables.f1(0.0, 0.0) == 0.0
    assert tables.f1(0.5, 1.0) == pytest.approx(2 / 3)


def test_paths_on_standard_input_are_answered_one_a_line(tmp_path: Path) -> None:
    """Another scorer gets the tables of each file, and for a file that cannot be read the reason."""
    drawn(tmp_path, "same", ROWS)
    (tmp_path / "empty.pdf").touch()
    asked = f"{tmp_path / 'same.pdf'}\n{tmp_path / 'empty.pdf'}\n"
    command = [sys.executable, "-m", "bench.tables", "--serve"]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    first, second = map(json.loads, done.stdout.splitlines())
    assert [table["rows"] for table in first["tables"]] == [ROWS]
    assert second["tables"] == []
    assert second["error"] == "empty.pdf: the file is empty (0 bytes)"


# --- what a page costs


def test_all_measures_see_the_same_pages(tmp_path: Path) -> None:
    """Each measure goes over the whole of a drawn pack, which takes some time."""
    path = tmp_path / "pack.pdf"
    pages.draw(path, 3)
    assert {name: measure(path) for name, measure in pages.MEASURED} == dict.fromkeys(
        (name for name, _ in pages.MEASURED), 3
    )
    spent, count = pages.cpu(pages.our_tables, path)
    assert (count, spent > 0) == (3, True)


def test_a_drawn_pack_has_a_table_on_every_third_page(tmp_path: Path) -> None:
    """As the packs that it stands for: mostly prose, and tables that are found."""
    pages.draw(tmp_path / "pack.pdf", 6)
    found = tables_json(tmp_path / "pack.pdf")["tables"]
    assert [table["page"] for table in found] == [3, 6]
    assert all(len(table["rows"]) == len(pages.ROWS) for table in found)


def test_the_peak_of_each_process_is_told() -> None:
    """A process that takes much, and its child that takes little, are told apart."""
    child = "import time; time.sleep(0.6)"
    parent = f"import subprocess, sys; held = b'x' * 60_000_000; subprocess.run([sys.executable, '-c', '{child}'])"
    own, *others = pages.peaks([sys.executable, "-c", parent])
    assert own > 60
    assert [other < 40 for other in others] == [True]


def test_a_file_that_cannot_be_read_is_said_to_have_no_pages(tmp_path: Path) -> None:
    """One bad file in a folder does not end the measuring of the others."""
    (tmp_path / "empty.pdf").touch()
    assert pages.our_reading(tmp_path / "empty.pdf") == 0
    with pytest.raises(PaperError):
        tables_json(tmp_path / "empty.pdf")
