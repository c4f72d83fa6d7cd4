"""Headers that stand over a section's name: which line heads the columns below it, and when none plainly does."""

from dataclasses import replace

import pytest

from corpus.paper import Line
from indexer.shapes.heads_over import heads_over
from tests.tables import paper, table

ROWS: tuple[list[str | None], ...] = (["Hedges", "40", "50", "70", "60"], ["Paths", "60", "50", "55", "60"])
YEARS = ("Item Budget Spent Budget Spent", "2021-22 2022-23", "UPKEEP")

TWO_YEARS = ["2021-22 Set", "2021-22 Left", "2022-23 Set", "2022-23 Left"]


def heads(*lines: str) -> list[str]:
    """What is read over a table of five columns below these lines, which reach from its left into its last column."""
    below = table(*ROWS)
    pack = paper(below, lines=("x",)).pack
    placed = tuple(Line(text, (0.0, at, 249.0, at + 0.5), 10.0, False) for at, text in enumerate(lines))
    page = replace(pack.pages[below.page - 1], lines=placed)
    pages = (*pack.pages[: below.page - 1], page, *pack.pages[below.page :])
    return heads_over(replace(below, box=(0.0, 100.0, 250.0, 200.0)), replace(pack, pages=pages))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (YEARS, ["Item", "2021-22 Budget", "2021-22 Spent", "2022-23 Budget", "2022-23 Spent"]),
        (("2021-22 2022-23", "Part Set Left Set Left"), ["Part", *TWO_YEARS]),
        (("Item Budget Revised Spent Left", "UPKEEP"), ["Item", "Budget", "Revised", "Spent", "Left"]),
        ((YEARS[0], "UPKEEP"), []),  # nothing tells the two budgets apart
        ((YEARS[0], "2021-22 2022-23 2023-24", "UPKEEP"), []),  # three years over four columns
        ((*YEARS[:2], "The clerk told members of the £40 that is left."), []),
        (("Item Budget Spent", "UPKEEP"), []),
    ],
)  # fmt: skip
def test_columns_are_headed_over_a_section_s_name(lines: tuple[str, ...], told: list[str]) -> None:
    """By a word for each column and the years that share them; else by nothing."""
    assert heads(*lines) == told
