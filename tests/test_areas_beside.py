"""Scorecards with a column of areas: each row's figures are its area's, and never the council's."""

import pytest

from tests.tables import aims, said, shown, tabled

HEAD = ("Ref", "Indicator", "Locality", "Q1 2021/22", "Q2 2021/22", "Target")
AGAIN = (
    ("LB1", "Loans from each branch", "Fenny Side", "41.2", "40.8", "40"),
    ("LB1", "Loans from each branch", "Upper Hythe", "39.9", "41.5", "40"),
    ("LB2", "New readers", "Fenny Side", "310", "295", "300"),
    ("LB2", "New readers", "Upper Hythe", "287", "301", "300"),
)
ONCE = (AGAIN[0], ("", "", *AGAIN[1][2:]), AGAIN[2], ("", "", *AGAIN[3][2:]))
TORN = (("LB1", "Loans from", *AGAIN[0][2:]), ("", "each branch", *AGAIN[1][2:]), *ONCE[2:])


@pytest.mark.parametrize("rows", [AGAIN, ONCE, TORN])
def test_rows_of_one_measure_are_its_areas(rows: tuple[tuple[str, ...], ...]) -> None:
    """The name stands in each row, over its areas' rows, or in lines beside them."""
    found = tabled(HEAD, *rows, headings=("Libraries",))
    assert shown(found, "measure entity figure") == (
        "Libraries LB1 Loans from each branch, Fenny Side, 41.2; "
        "Libraries LB1 Loans from each branch, Fenny Side, 40.8; "
        "Libraries LB1 Loans from each branch, Upper Hythe, 39.9; "
        "Libraries LB1 Loans from each branch, Upper Hythe, 41.5; Libraries LB2 New readers, Fenny Side, 310; "
        "Libraries LB2 New readers, Fenny Side, 295; Libraries LB2 New readers, Upper Hythe, 287; "
        "Libraries LB2 New readers, Upper Hythe, 301"
    )
    assert {target.entity for target in found.targets} == {"Fenny Side", "Upper Hythe"}


def test_measures_may_have_areas_of_their_own() -> None:
    """Where the areas come in no rounds, a name is of the rows down to the next."""
    rows = (*ONCE[:2], (*ONCE[2][:2], "Mill End", *ONCE[2][3:]), ("", "", "Fenny Side", "301", "287", "300"))
    found = shown(tabled(HEAD, *rows, headings=("Libraries",)), "measure entity")
    assert [found.count(f"{name}, {area}") for name, area in (
        ("each branch", "Fenny Side"), ("each branch", "Upper Hythe"), ("readers", "Mill End"),
        ("readers", "Fenny Side"),
    )] == [2, 2, 2, 2]  # fmt: skip


def test_measures_with_a_row_each_are_the_councils() -> None:
    """Where they are counted parts no rows."""
    rows = (
        ("LB1", "Loans made", "Fenny Side", "41", "40", "40"),
        ("LB2", "New readers", "Upper Hythe", "31", "29", "30"),
    )
    assert {who for _, who, *_ in said(tabled(HEAD, *rows))} == {"Hart"}


def test_a_row_whose_measure_is_not_told_is_not_read() -> None:
    """Two names that begin in one round of areas: either could be of both rows."""
    rows = (*AGAIN[:2], ("LB2", "New readers", "Fenny Side", "310", "295", "300"), ("", "Lost books", *AGAIN[3][2:]))
    assert said(tabled(HEAD, *rows)) == []


def test_a_period_in_brackets_behind_what_the_column_holds() -> None:
    """And the target behind the name."""
    head = ("Indicator", "Current performance (Q2 2021/22)", "Same quarter last year (Q2 2020/21)")
    found = tabled(head, ("LB2: New readers (target 300)", "295", "288"))
    assert shown(found, "period figure") == "21-07..21-09, 295; 20-07..20-09, 288"
    assert [str(value) for _, _, value, *_ in aims(found)] == ["300"]


@pytest.mark.parametrize("columns", [1, 4])
def test_years_over_quarters_begin_where_the_quarters_do(columns: int) -> None:
    """Wherever the year's text, or its cell, was set."""
    rows = (("Ref", "Indicator", "2020/21", "2021/22", "", ""), ("", "", "Q3", "Q4", "Q1", "Q2"))
    wide = () if columns == 1 else ((0, 3, 3),)
    found = said(tabled(*rows, ("LB2", "New readers", "1", "2", "3", "4"), wide=wide))
    assert [(period, value) for *_, period, value in found] == [
        ("20-10..20-12", "1"),
        ("21-01..21-03", "2"),
        ("21-04..21-06", "3"),
        ("21-07..21-09", "4"),
    ]
