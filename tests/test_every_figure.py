"""Every figure in a table of the sample papers is held, at its own cell, and none that does not stand there."""

from pathlib import Path

import pytest

from bench.figures import held, invented, printed
from indexer.golden import sample_papers
from indexer.reading import read_paper


@pytest.mark.parametrize("path", sample_papers(), ids=lambda path: path.stem)
def test_every_printed_figure_is_held_and_none_other(path: Path) -> None:
    """A figure's cell is an observation's or a target's own, or its row is a record's."""
    found = read_paper(path, path.name)
    cells, rows = held(found)
    every = dict(printed(found.pack.tables))
    assert len(every) > 100, "the papers are full of figures"
    assert [text for cell, text in every.items() if cell not in cells and cell[:2] not in rows] == []
    assert invented(found) == []
