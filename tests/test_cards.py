"""Cards of one measure: whichever way a box or a line of text says its latest figure, it is read, and nothing else."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from tests.tables import aims, paper, said, table

QUARTER = ("Indicators for Quarter 1 2021/22", "Contact")
NAME = "Contact KPI7 Calls answered (%)"
LATEST_AND_PREVIOUS = [(NAME, "Hart", "21-04..21-06", "94%"), (NAME, "Hart", "21-01..21-03", "89%")]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [
                ("KPI 7 - Calls answered (%)", "GREEN"),
                ("Latest: 94% Target: 90%, Floor: 85%", "Previous: 89% (Amber)"),
            ],
            id="labels in the cells",
        ),
        pytest.param(
            [("KPI 7 - Calls answered (%) GREEN ↑",), ("Latest: 94% Target: 90%, Floor: 85% Previous: 89% (Amber)",)],
            id="all in one cell",
        ),
        pytest.param(
            [
                ("KPI 7: Calls answered (%)", None, None, None),
                ("Latest", "Target", "Floor", "Previous"),
                ("94%", "90%", "85%", "89% (Amber)"),
                ("RAG: Green", None, None, None),
            ],
            id="labels over the figures",
        ),
        pytest.param(
            [
                ("KPI 7: Calls answered (%)", None),
                ("Latest result", "94%"),
                ("Target", "90%"),
                ("Floor", "85%"),
                ("Previous result", "89%"),
            ],
            id="labels beside the figures",
        ),
    ],
)
def test_a_card_is_read_however_it_is_set(rows: Sequence[Sequence[str | None]]) -> None:
    """The figures, their periods, the target, and which way is better by the floor."""
    found = paper(table(*rows, headings=QUARTER))
    assert said(found) == LATEST_AND_PREVIOUS
    assert aims(found) == [("KPI7", ">=", Decimal(90), None, None)]


def test_cards_one_below_the_other_keep_their_figures() -> None:
    """Boxes that touch come as one table; each has its own measure."""
    found = paper(
        table(
            ("KPI 7 - Calls answered (%)", "GREEN"),
            ("Latest: 94%, Target: 90%", "Previous: 89%"),
            ("KPI 8 - Letters answered (%)", "RED"),
            ("Latest: 61%, Target: 80%", "Previous: 64%"),
            headings=QUARTER,
        )
    )
    assert [(name[8:12], value) for name, _, _, value in said(found)] == [
        ("KPI7", "94%"),
        ("KPI7", "89%"),
        ("KPI8", "61%"),
        ("KPI8", "64%"),
    ]


def test_a_card_set_as_text_is_read_with_the_period_of_the_text_above() -> None:
    """No table need be drawn: a line of labels under the line of a measure with a code."""
    lines = (
        "Latest is Quarter 1 (April to June 2021); previous is the quarter before.",
        "KPI 7 - Calls answered (%) GREEN",
        "Latest: 94% Target: 90%, Floor: 85% Previous: 89% (Amber)",
    )
    found = paper(lines=lines)
    assert [(period, value) for _, _, period, value in said(found)] == [
        ("21-04..21-06", "94%"),
        ("21-01..21-03", "89%"),
    ]


def test_a_period_that_the_card_says_itself_comes_before_the_heading_s() -> None:
    """ "Latest (Aug-21)" is August, and "Previous (Aug-20)" the year before."""
    found = paper(
        table(
            ("KPI 7 - Calls answered (%)",),
            ("Latest (Aug-21): 94% Target: 90% Previous (Aug-20): 89%",),
            headings=QUARTER,
        )
    )
    assert [period for _, _, period, _ in said(found)] == ["21-08..21-08", "20-08..20-08"]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (
            [("KPI 7 - Calls answered (%)", "GREEN"), ("Latest: 94%, Target: 90%", "Previous: 89%")],
            "no period is told, and none is made up",
        ),
        (
            [("Over all", "Jun-21", "Sep-21"), ("Actual", "476", "500"), ("Target", "510", "511")],
            "rows of a series are no card's labels",
        ),
    ],
)
def test_what_is_no_card_or_has_no_period_gives_no_card_s_figure(rows: Sequence[Sequence[str]], why: str) -> None:
    """Unsure is none: no figure stands under a period that was not said."""
    found = paper(table(*rows))
    assert [note for note in found.notes if note.shape == "card of a measure"] == [], why
