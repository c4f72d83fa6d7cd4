"""Cards of one measure: whichever way a box or a line of text says its latest figure, it is read, and nothing else."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from indexer.extract import extract
from indexer.reader import read_pack
from tests.drawing import Drawing
from tests.tables import aims, paper, said, shown, table, tabled

QUARTER = ("Indicators for Quarter 1 2021/22", "Contact")
NAME = "Contact KPI7 Calls answered (%)"
LATEST_AND_PREVIOUS = [(NAME, "Hart", "21-04..21-06", "94%"), (NAME, "Hart", "21-01..21-03", "89%")]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [("KPI 7 - Calls answered (%)", "GREEN"), ("Latest: 94% Target: 90%, Floor: 85%", "Previous: 89% (Amber)")],
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
    found = tabled(*rows, headings=QUARTER)
    assert said(found) == LATEST_AND_PREVIOUS
    assert aims(found) == [("KPI7", ">=", Decimal(90), None, None)]


def test_cards_one_below_the_other_keep_their_figures() -> None:
    """Boxes that touch come as one table; each has its own measure."""
    found = tabled(
        ("KPI 7 - Calls answered (%)", "GREEN"),
        ("Latest: 94%, Target: 90%", "Previous: 89%"),
        ("KPI 8 - Letters answered (%)", "RED"),
        ("Latest: 61%, Target: 80%", "Previous: 64%"),
        headings=QUARTER,
    )
    assert [(name[8:12], value) for name, _, _, value in said(found)] == [
        ("KPI7", "94%"),
        ("KPI7", "89%"),
        ("KPI8", "61%"),
        ("KPI8", "64%"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("KPI 7 - Calls answered (%) GREEN", "Latest: 94% Target: 90%, Floor: 85% Previous: 89% (Amber)"),
        ("KPI 7 - Calls answered (%)", "Green", "Latest: 94%", "Target: 90%, Floor: 85%", "Previous: 89% (Amber)"),
        ("KPI 7 - Calls answered (%)\tGreen", "Latest: 94%", "Target: 90%, Floor: 85%", "Previous: 89% (Amber)"),
    ],
)
def test_a_card_set_as_text_is_read_with_the_period_of_the_text_above(lines: Sequence[str], tmp_path: Path) -> None:
    """No table need be drawn: lines of labels under the line of a measure."""
    told = "Latest is Quarter 1 (April to June 2021); previous is the quarter before."
    path = tmp_path / "hart-2021-10-06.txt"
    path.write_text("\n".join(("Contact", "", told, "", *lines, "", "An end.")), encoding="utf-8")
    found = extract(read_pack(path, path.name))
    assert shown(found, "period figure") == "21-04..21-06, 94%; 21-01..21-03, 89%"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Results for Quarter 1 2021/22 (April to June 2021). Previous is Quarter 4 2020/21.", "94%; 89%"),
        ("This report covers Quarter 1 of 2021/22.", "94%; 89%"),
        ("Position at June 2021 (quarter 1, 2021/22)", "94%; 89%"),
        ("The new contract was agreed in Quarter 1 of 2021/22.", ""),
        ("Results improved after the move of June 2021.", ""),
        ("Results for Quarter 1 2021/22 and Quarter 2 2021/22.", ""),
    ],
)
def test_a_sentence_tells_the_period_of_cards_where_it_is_of_all_results(
    told: str, expected: str, tmp_path: Path
) -> None:
    """A period that something else is said of is none of the figures."""
    path = tmp_path / "hart-2021-11-06.txt"
    card = ("KPI 7 - Calls answered (%)", "Green", "Latest: 94%", "Target: 90%", "Previous: 89% (Amber)")
    path.write_text("\n".join(("Contact", "", told, "", *card, "", "An end.")), encoding="utf-8")
    assert shown(extract(read_pack(path, path.name)), "figure") == expected


def test_cards_beside_one_another_are_told_apart_by_where_they_stand(tmp_path: Path) -> None:
    """Three a row, without a rule between them, names over two lines and ratings at their right: each its own."""
    drawing = Drawing(tmp_path / "hart-2021-10-06.pdf")
    drawing.text("Quarterly report: Quarter 1 2021/22", size=14)
    names = (("Calls answered", "in time"), ("Letters", "answered"), ("Complaints", "upheld"))
    latest, before = ("94%", "61%", "12%"), ("89%", "64%", "15%")
    for column, (name, now, then) in enumerate(zip(names, latest, before, strict=True)):
        x = 60.0 + 160 * column
        drawing.at("Green", x + 100, 120)
        for row, words in enumerate((*name, f"Latest: {now}", "Target: 90%, Floor: 85%", f"Previous: {then} (Amber)")):
            drawing.at(words, x, 120 + 12 * row + (6 if row > 1 else 0))
    path = drawing.page().done()
    found = extract(read_pack(path, path.name))
    assert [(name, period, value) for name, _, period, value in said(found)] == [
        (" ".join(name), period, value)
        for name, *values in zip(names, latest, before, strict=True)
        for period, value in zip(("21-04..21-06", "21-01..21-03"), values, strict=True)
    ]


def test_a_ruled_card_does_not_lend_its_name_to_the_next(tmp_path: Path) -> None:
    """Labels in cells of their own, far under the name: the rating at the first card's foot heads no other card."""
    drawing = Drawing(tmp_path / "hart-2021-10-06.pdf")
    drawing.text("Quarterly report: Quarter 1 2021/22", size=14)
    for name, now, then in (("PI1: Calls answered", "94%", "89%"), ("PI2: Letters answered", "61%", "64%")):
        head, foot = (name, *[None] * 3), ("Status: Green", *[None] * 3)
        drawing.table(
            [head, ("Current", "Target", "Minimum", "Last quarter"), (now, "90%", "85%", then), foot], [110] * 4
        )
    path = drawing.page().done()
    assert shown(extract(read_pack(path, path.name)), "measure figure") == (
        "PI1 Calls answered, 94%; PI1 Calls answered, 89%; PI2 Letters answered, 61%; PI2 Letters answered, 64%"
    )


def test_a_card_may_have_no_more_than_periods_over_its_figures() -> None:
    """Quarters without a year are the latest by the one of the heading, in whichever order they stand."""
    card = table(
        ("PI1: Calls answered", None, None, "Amber"),
        ("Q1 result", "Q1 target", "Q4 result", "Q4 target"),
        ("94", "95", "89", "90"),
        headings=("Indicators for Quarter 1 2021/22", "Customer Services"),
        wide=((0, 0, 3),),
    )
    found = paper(card)
    assert said(found) == [
        ("Customer Services PI1 Calls answered", "Hart", "21-04..21-06", "94"),
        ("Customer Services PI1 Calls answered", "Hart", "21-01..21-03", "89"),
    ]
    assert [(str(value), start) for _, _, value, start, _ in aims(found)] == [
        ("95", date(2021, 4, 1)),
        ("90", date(2021, 1, 1)),
    ]


def test_the_day_of_the_meeting_is_no_period_of_a_card(tmp_path: Path) -> None:
    """Above it the quarter stands, and that is what the figures are of."""
    lines = (
        "Quarter 1 2021/22",
        "",
        "Report to the Panel, 6 October 2021",
        "",
        "Calls answered",
        "Latest: 94%",
        "Previous: 89%",
    )
    path = tmp_path / "hart-2021-10-06.txt"
    path.write_text("\n".join((*lines, "", "An end.")), encoding="utf-8")
    assert shown(extract(read_pack(path, path.name)), "period") == "21-04..21-06; 21-01..21-03"


def test_a_period_that_the_card_says_itself_comes_before_the_heading_s() -> None:
    """ "Latest (Aug-21)" is August, and "Previous (Aug-20)" the year before."""
    found = tabled(
        ("KPI 7 - Calls answered (%)",), ("Latest (Aug-21): 94% Target: 90% Previous (Aug-20): 89%",), headings=QUARTER
    )
    assert shown(found, "period") == "21-08; 20-08"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([("KPI 7 - Calls answered (%)", "GREEN"), ("Latest: 94%, Target: 90%", "Previous: 89%")],
         "no period is told, and none is made up"),
        ([("Over all", "Jun-21", "Sep-21"), ("Actual", "476", "500"), ("Target", "510", "511")],
         "rows of a series are no card's labels"),
    ],
)  # fmt: skip
def test_what_is_no_card_or_has_no_period_gives_no_card_s_figure(rows: Sequence[Sequence[str]], why: str) -> None:
    """Unsure is none: no figure stands under a period that was not said."""
    found = tabled(*rows)
    assert [note for note in found.notes if note.shape == "card of a measure"] == [], why


def test_the_previous_figure_of_a_card_stands_under_the_name_of_its_period() -> None:
    """ "Previous" is another quarter in the next paper."""
    found = tabled((NAME, "GREEN"), ("Latest: 94%", "Previous: 89%"), headings=QUARTER)
    assert [o.period.label for o in found.observations][1] == "Q4 2020/21"
