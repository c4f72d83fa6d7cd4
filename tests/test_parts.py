"""Tables that were drawn as one grid are read one by one, and their figures stay where they stand in the grid."""

from tests.tables import said, shown, tabled

HEADER = ("Area", "Jul-21", "Aug-21")


def test_tables_side_by_side_and_below_one_another_are_four() -> None:
    """A header that comes again, beside itself and below another title, begins another table."""
    found = tabled(
        ("L1 – Calls (%)", None, None, "L2 – Visits (%)", None, None),
        (*HEADER, *HEADER),
        ("North", "11", "12", "North", "21", "22"),
        ("Council", "13", "14", "Council", "23", "24"),
        ("L3 – Letters (%)", None, None, "L4 – Bins (%)", None, None),
        (*HEADER, *HEADER),
        ("North", "31", "32", "North", "41", "42"),
        ("Council", "33", "34", "Council", "43", "44"),
    )
    read = {(name, who, value) for name, who, _, value in said(found)}
    assert {(name, value) for name, who, value in read if who == "North"} == {
        ("L1 Calls (%)", "11%"),
        ("L1 Calls (%)", "12%"),
        ("L2 Visits (%)", "21%"),
        ("L2 Visits (%)", "22%"),
        ("L3 Letters (%)", "31%"),
        ("L3 Letters (%)", "32%"),
        ("L4 Bins (%)", "41%"),
        ("L4 Bins (%)", "42%"),
    }
    assert len(read) == 16
    places = {o.figure.printed: (o.place.row, o.place.column) for o in found.observations}
    assert (places["22"], places["43"]) == ((2, 5), (7, 4)), "places are those of the grid"


def test_a_title_that_begins_above_the_end_of_another_table_is_its_own_tables() -> None:
    """Where the first title's cell ends a column before its table does, and the second's begins there."""
    found = tabled(
        ("L1 - Calls (%)", None, "L2 - Visits (%)", None, None, None),
        (*HEADER, *HEADER),
        ("North", "11", "12", "North", "21", "22"),
        ("South", "13", "14", "South", "23", "24"),
        wide=((0, 0, 2), (0, 2, 4)),
    )
    assert {(name, value[0]) for name, _, _, value in said(found)} == {("L1 Calls (%)", "1"), ("L2 Visits (%)", "2")}
    assert len(found.observations) == 8


def test_tables_without_a_header_over_their_labels_are_told_apart() -> None:
    """The periods come again, behind a column in which nothing stands and one of labels."""
    found = tabled(
        ("L1: Calls (%)", None, None, None, "L2: Visits", None, None),
        ("", "Jul-21", "Aug-21", None, "", "Jul-21", "Aug-21"),
        ("North", "11%", "12%", None, "North", "21", "22"),
        ("South", "13%", "14%", "", "South", "23", "24"),
        wide=((0, 0, 3), (0, 4, 3)),
    )
    assert {(name[:2], who, value[0]) for name, who, _, value in said(found)} == {
        (code, who, begins) for code, begins in (("L1", "1"), ("L2", "2")) for who in ("North", "South")
    }
    assert len(found.observations) == 8


def test_a_header_whose_corner_is_a_measure_begins_a_table() -> None:
    """Tables that stand in other columns each keep their own measure and periods."""
    found = tabled(
        ("", "Jul-21", "Aug-21", ""),
        ("Actual", "11", "12", ""),
        ("Target", "90", "90", ""),
        ("K2 - % letters answered", None, "Jul-21", "Aug-21"),
        ("Actual", "", "21", "22"),
        ("Target", "", "80", "80"),
        headings=("K1 - % calls answered",),
        wide=((3, 0, 2),),
    )
    assert [(name[:2], period, value) for name, _, period, value in said(found)] == [
        ("K1", "21-07", "11%"),
        ("K1", "21-08", "12%"),
        ("K2", "21-07", "21%"),
        ("K2", "21-08", "22%"),
    ]


def test_a_label_that_comes_twice_in_a_header_parts_no_table() -> None:
    """Targets and results by turns are one table."""
    found = tabled(
        ("Ref", "Description", "Jul-21 Target", "Jul-21 Result", "Aug-21 Target", "Aug-21 Result"),
        ("K1", "% done", "80", "79", "82", "83"),
    )
    assert shown(found, "figure") == "79%; 83%"


def test_another_header_inside_a_grid_begins_another_table() -> None:
    """What stands under years is no figure of the quarters over the table above."""
    found = tabled(
        ("Measure", "Good is", "Q1 2021/22", "Target"),
        ("K1 - % calls answered", "High", "91", "90"),
        ("Annual results Measure", "2019/20", "2020/21", "Trend"),
        ("K2 - % letters answered", "71", "72", "Better"),
        headings=("Customer Services",),
    )
    assert {value for _, _, period, value in said(found) if period == "21-04..21-06"} == {"91%"}
