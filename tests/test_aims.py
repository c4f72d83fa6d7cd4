"""Which target a figure is held to, and what a target must not be held against."""

from dataclasses import replace

import pytest

from indexer.shapes.definitions import in_text
from kpi_tools.extraction import Extraction
from kpi_tools.frames import build
from tests.tables import aims, paper, table, tabled


def judged(found: Extraction) -> list[tuple[str, str, str, bool | None]]:
    """Each figure as (entity, printed, comparator and target, met)."""
    rows = build(found.observations, found.targets, {found.pack.document: found.pack.council})
    held = zip(rows["entity"], rows["printed"], rows["comparator"], rows["target"], rows["met"], strict=True)
    return [(who, text, "" if aim is None else f"{way}{aim}", met) for who, text, way, aim, met in held]


def test_definitions_under_no_service_hold_for_the_measures_of_their_codes() -> None:
    """A heading over definitions names no service; their codes say whose they are."""
    measured = table(("Measure", "Jul-21"), ("PI3 - Calls lost (%)", "9%"), headings=("Customer Services",))
    for heading in ("Definitions of indicators", "Priority indicators", "Targets and definitions"):
        defined = table(
            ("Ref", "Indicator", "Target", "Good performance is"),
            ("PI3", "Calls lost (%)", "6%", "lower"),
            headings=(heading,),
            number=2,
        )
        assert judged(paper(measured, defined)) == [("Hart", "9%", "<=6", False)]


def test_services_named_in_two_ways_are_one_where_the_code_and_the_name_are() -> None:
    """Initials that no legend tells are the service that the definitions give to the code; another name is not."""
    row = ("PL", "PI3", "Appeals allowed (%)", "29%")
    measured = table(("Service", "Ref", "Measure", "Jul-21"), row)
    defined = table(
        ("PLANNING", ""), ("PI3", "Maintain appeals allowed below 20% through March 2023"), wide=((0, 0, 2),), number=2
    )
    other = table(
        ("TREES", ""), ("PI3", "Maintain orders confirmed below 20% through March 2023"), wide=((0, 0, 2),), number=2
    )
    assert judged(paper(measured, defined)) == [("Hart", "29%", "<20", False)]
    assert judged(paper(measured, other)) == [("Hart", "29%", "", None)]


@pytest.mark.parametrize(("defined", "target"), [("Calls lost (%)", "<=6"), ("Calls taken (%)", "")])
def test_measures_without_codes_are_told_by_their_names(defined: str, target: str) -> None:
    """Wherever a name says that it is a percentage."""
    measured = table(("Measure", "Jul-21"), ("Percentage of calls lost", "9%"), headings=("Customer Services",))
    aimed = table(("Indicator", "Target", "Good performance is"), (defined, "6%", "lower"), number=2)
    (held,) = judged(paper(measured, aimed))
    assert held[2] == target


def test_definitions_stand_in_lines_of_text_too() -> None:
    """A code, a verb and a bound make one; a line that goes on below is read whole, and other text is none."""
    sentence = "Maintain calls lost below 6% through March 2023"
    lines = (f"PI3 {sentence}", "PI4 fell below 6% in March 2023", "Keep it below 6%")
    assert aims(paper(lines=lines)) == aims(tabled(("PI3", sentence))) != []


def test_a_heading_over_lines_of_definitions_holds_until_other_text() -> None:
    """What stands behind other text is no longer known to be of that service."""
    lines = ("Housing", "PI3 Maintain calls lost below 6%", "See overleaf", "PI4 Maintain visits above 6% each year")
    pack = paper(lines=lines).pack
    (page,) = pack.pages
    heading, *rest = page.lines
    bold = replace(pack, pages=(replace(page, lines=(replace(heading, bold=True), *rest)),))
    assert [target.measure.service for target in in_text(bold).targets] == ["Housing", ""]


@pytest.mark.parametrize(
    ("name", "whole", "parts", "held"),
    [
        ("PI3: Sessions handled", "900", ("400", "500"), ("", "", "<=800")),  # the parts add up to the whole
        ("PI3: Calls lost (%)", "9%", ("8%", "10%"), ("<=800", "<=800", "<=800")),  # a share is no sum
    ],
)
def test_what_is_aimed_at_for_a_sum_holds_none_of_its_parts(
    name: str, whole: str, parts: tuple[str, str], held: tuple[str, ...]
) -> None:
    """A council's target for a count is not that of each of its areas."""
    areas = table((name, ""), ("Area", "Jul-21"), ("North", parts[0]), ("South", parts[1]), ("All areas", whole))
    defined = table(("Code", "Measure", "Target", "Good is"), ("PI3", name[5:], "800", "lower"), number=2)
    assert [(printed, target) for _, printed, target, _ in judged(paper(areas, defined))] == list(
        zip((*parts, whole), held, strict=True)
    )


def test_a_months_target_for_a_count_holds_no_year() -> None:
    """Months and the year to date stand side by side: the year's sum is not held to the month's target, a share is."""
    found = tabled(
        ("Measure", "Unit", "Target", "Jul-21", "Aug-21", "YTD"),
        ("Homes built", "No.", "> 30", "28", "33", "61"),
        ("Calls answered", "%", "> 80", "78", "83", "80.5"),
    )
    expected = {"28": False, "33": True, "61": None, "78": False, "83": True, "80.5": True}
    assert {printed: met for _, printed, _, met in judged(found)} == expected


def test_a_count_that_only_its_quarters_come_near_is_aimed_at_for_these() -> None:
    rows = (("Measure", "Unit", "Target", "Apr-21", "May-21", "Jun-21", "Q1 2021/22"),)
    found = tabled(*rows, ("Missed bins", "No.", "< 300", "101", "94", "88", "283"))
    assert {printed: met for _, printed, _, met in judged(found)} == {"101": None, "94": None, "88": None, "283": True}


def test_which_way_is_better_is_read_wherever_the_measure_says_it() -> None:
    """A target of a bare figure takes its way from another table's definition, though the figure there differs."""
    measured = table(
        ("PI3: Calls lost (%)", ""), ("", "Jul-21", "Aug-21"), ("Actual", "9%", "5%"), ("Target", "6%", "6%")
    )
    defined = table(("PI3", "Maintain calls lost below 7% through March 2023"), number=2)
    assert [row[2:] for row in judged(paper(measured, defined))] == [("<=6", False), ("<=6", True)]
    assert [row[2:] for row in judged(paper(measured))] == [("6", None), ("6", None)]


def test_a_definition_without_a_figure_takes_no_target_away() -> None:
    """It may say which way is better; the target is the one that the figures' own table has."""
    measured = tabled(("KPI ref", "KPI name", "Target", "Q1 21/22"), ("PI3", "Calls lost (%)", "6%", "5%"))
    bare = [replace(aim, figure=None, comparator="<=", place=replace(aim.place, table=2)) for aim in measured.targets]
    assert [row[2:] for row in judged(measured)] == [("6", None)]
    assert [row[2:] for row in judged(replace(measured, targets=[*measured.targets, *bare]))] == [("<=6", True)]


def test_a_table_whose_target_is_for_a_later_year_judges_no_year_before_it() -> None:
    """Where the figures' own table dates its target, a definition without a beginning judges no earlier year."""
    years = table(("Measure", "2019/20", "2020/21", "Target 2020/21"), ("PI3 - Calls lost (%)", "9%", "5%", "6%"))
    defined = table(("PI3", "Maintain calls lost below 6% through March 2023"), number=2)
    assert [row[1:] for row in judged(paper(years, defined))] == [("9%", "", None), ("5%", "<6", True)]


@pytest.mark.parametrize(
    ("header", "name", "aim", "held"),
    [
        ("Target (min)", "Calls (%)", "60", [(">=60", False), (">=60", True)]),  # it holds every column, not the next
        ("Target not to exceed", "Calls (%)", "60", [("<=60", True), ("<=60", False)]),
        ("2022/23 annual target", "Homes built", "200", [("200", None), ("200", None)]),  # a year's count: no quarter
        ("Annual target 2021/22", "Homes built", "200", [("", None), ("", None)]),  # nor where the year stands behind
        ("Target 2021/22", "Homes built", "> 220", [("", None), ("", None)]),  # nor where only its size says so
        ("Target 2021/22", "Homes built", "> 60", [(">60", False), (">60", True)]),  # each quarter's, by its size
        ("Annual target", "Calls (%)", "60", [("60", None), ("60", None)]),  # nothing says which way is better
    ],
)
def test_a_targets_header_says_what_it_holds(
    header: str, name: str, aim: str, held: list[tuple[str, bool | None]]
) -> None:
    """A column of targets beside the first period is that of all; words of its header give its way and its length."""
    found = tabled(("KPI ref", "KPI name", header, "Q1 21/22", "Q2 21/22"), ("PI3", name, aim, "50", "70"))
    assert [row[2:] for row in judged(found)] == held


def test_a_tolerance_is_no_level() -> None:
    """A distance from the target does not lie beyond it, so it tells no way; the column for that does."""
    rows = ("Indicator", "Good to be", "Target", "Tolerance", "Jul-21"), ("PI3 Days lost", "Low", "2.0", "0.2", "1.8")
    assert [row[2:] for row in judged(tabled(*rows))] == [("<=2.0", True)]
