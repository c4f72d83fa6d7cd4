"""Tables with a ruled header over an unruled body: divided where that is certain, and left whole where not."""

import pytest

from corpus.paper import Box
from indexer.finder.halfruled import divide

CELL: Box = (0, 0, 300, 60)
BORDERS = [0.0, 100.0, 200.0, 300.0]


def word(x: float, y: float, width: float = 30) -> Box:
    return (x, y, x + width, y + 10)


def test_a_body_is_divided_by_columns_and_rows() -> None:
    """Words that keep to the header's columns, in lines well apart, are rows of cells; a blank cell is a cell too."""
    words = [word(5, 5), word(150, 5), word(260, 5), word(5, 35), word(260, 35)]
    assert divide(CELL, BORDERS, [0, 60], words) == [
        (0, 0, 100, 25), (100, 0, 200, 25), (200, 0, 300, 25), (0, 25, 100, 60), (100, 25, 200, 60), (200, 25, 300, 60),
    ]  # fmt: skip


def test_lines_close_together_are_one_row() -> None:
    """A second line in one column only, close under the first, belongs to its row."""
    words = [word(5, 5), word(150, 5), word(260, 5), word(5, 16), word(5, 40), word(150, 40)]
    assert {box[1] for box in divide(CELL, BORDERS, [0, 60], words)} == {0, 33}


def test_a_label_of_two_lines_may_stand_beside_two_rows() -> None:
    """Its second line is nearer to the row beside it than to its first, and is told apart from that row."""
    words = [word(5, 5), word(150, 5), word(260, 5), word(5, 17), word(150, 22), word(260, 22)]
    assert {box[1] for box in divide(CELL, BORDERS, [0, 60], words)} == {0, 24.5}


def test_several_cells_of_a_row_may_run_on() -> None:
    """Lines that go on in some of a row's columns belong to it, where rows stand at least twice as far apart."""
    first, second = [word(5, 2), word(150, 2), word(260, 2)], [word(5, 15), word(150, 15)]
    after = [word(5, 31), word(150, 31), word(260, 31)]
    words = [*first, *second, *after]
    assert {box[1] for box in divide(CELL, BORDERS, [0, 60], words)} == {0, 28}
    assert divide(CELL, BORDERS, [0, 60], [*words, word(260, 15)]) == [CELL]  # a line as full as a row may be one
    nearer = [word(5, 30), word(150, 30), word(260, 30)]
    assert divide(CELL, BORDERS, [0, 60], [*first, *second, *nearer]) == [CELL]  # these rows are not plainly apart


def test_the_tables_own_levels_part_rows() -> None:
    """Where ruling lines elsewhere in the table mark the rows, they part these too."""
    words = [word(5, 5), word(150, 5), word(5, 35), word(150, 35)]
    assert {box[1] for box in divide(CELL, BORDERS, [0, 30, 60], words)} == {0, 30}


def test_a_phrase_over_the_columns_stays_whole() -> None:
    """A row that names a section, over the columns' borders, stays one cell among divided rows."""
    words = [word(5, 5, 60), word(68, 5, 60), word(5, 35), word(150, 35)]
    assert divide(CELL, BORDERS, [0, 60], words)[0] == (0, 0, 300, 25)


@pytest.mark.parametrize(
    "words",
    [
        [word(5, 5), word(90, 5), word(260, 5)],  # a word over a border, away from the words before it
        [word(5, 5), word(62, 5, 38), word(101, 5), word(260, 5)],  # a phrase that runs over a border
        [word(5, 5), word(150, 5), word(5, 16), word(150, 16)],  # close lines: one row or two
        [word(5, 5, 60), word(68, 5, 60)],  # a title
        [],
    ],
)
def test_doubt_leaves_the_cell_whole(words: list[Box]) -> None:
    """A figure in the wrong column is worse than none: where words do not fit for certain, nothing is divided."""
    assert divide(CELL, BORDERS, [0, 60], words) == [CELL]
