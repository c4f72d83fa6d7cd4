"""What the words of headers, headings and leads say of the figures below them, in the many ways of councils."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from indexer.extract import extract
from indexer.reader import read_pack
from kpi_tools.figures import Figure, named_unit, read_figure
from tests.drawing import Drawing
from tests.tables import MONTHS, aims, paper, said, shown, table, tabled

RENT = "Housing HS1 Rent collected (%)"
SEEN = [(RENT, "Hart", "21-07", "97.1%"), (RENT, "Hart", "21-08", "97.4%")]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("Ref", "Key performance indicator"),
        ("Indicator reference", "Performance measure description"),
        ("KPI no.", "PI description"),
        ("Unique ID", "Name of indicator"),
        ("Code", "What is the measure?"),
        ("PI Ref.", "Corporate indicator"),
    ],
)
def test_headers_over_names_and_codes_are_known_by_their_words(code: str, name: str) -> None:
    """Councils head the same two columns in many words; what they are made of tells them."""
    found = tabled((code, name, *MONTHS), ("HS1", "Rent collected (%)", "97.1%", "97.4%"), headings=("Housing",))
    assert said(found) == SEEN


@pytest.mark.parametrize("word", ["Goal", "Standard", "Performance standard", "Service standard", "Threshold", "Plan"])
@pytest.mark.parametrize("actual", ["Result", "Outturn", "Achieved"])
def test_targets_go_by_many_words(word: str, actual: str) -> None:
    """A column of its own, a column under each period, or a row: it is the target, and no measure."""
    alone = tabled(("Ref", "Indicator", word, "Jul-21"), ("HS1", "Rent collected (%)", "97%", "98%"))
    under = table(
        ("Ref", "Indicator", "Jul-21", "", "Aug-21", ""),
        ("", "", actual, word, actual, word),
        ("HS1", "Rent collected (%)", "98%", "97%", "96%", "97%"),
    )
    rows = table(("", *MONTHS), (word, "97%", "97%"), (actual, "98%", "96%"), headings=("HS1 - Rent collected (%)",))
    assert [(value, target) for (*_, value), (_, _, target, *_) in zip(said(alone), aims(alone), strict=True)] == [
        ("98%", Decimal(97))
    ]
    for each in (under, rows):
        found = paper(each)
        assert [value for *_, value in said(found)] == ["98%", "96%"]
        assert [(target, start) for _, _, target, start, _ in aims(found)] == [
            (Decimal(97), date(2021, 7, 1)),
            (Decimal(97), date(2021, 8, 1)),
        ]


@pytest.mark.parametrize(
    ("header", "up", "down"),
    [
        ("Good is", "↑", "↓"),
        ("Polarity", "+", "-"),
        ("Desired direction", "Up", "Down"),
        ("Good to be", "Bigger is better", "Smaller is better"),
        ("", "Maximise", "Minimise"),
        ("What is good?", "High", "Low"),
    ],
)
def test_a_column_says_which_way_is_better(header: str, up: str, down: str) -> None:
    """In words or signs under a header that asks for it; arrows under "Trend" say something else."""
    body = (("Rent collected (%)", up, "97%", "96%"), ("Rent arrears (%)", down, "3%", "4%"))
    found = tabled(("Indicator", header, "Target", "Jul-21"), *body)
    assert [seen.measure.polarity for seen in found.observations] == ["higher", "lower"]
    trend = tabled(("Indicator", "Trend", "Target", "Jul-21"), *body)
    assert {seen.measure.polarity for seen in trend.observations} <= {""} or up not in ("↑", "+")


def test_what_is_said_again_and_again_parts_a_header_of_periods() -> None:
    """Three periods over three rounds of two words: each is over its round, wherever its text was set."""
    found = tabled(
        ("Indicator", "Jul-21", "Aug-21", "", "", ""),
        ("", "North", "South", "North", "South", None),
        ("HS1 Rent collected (%)", "91%", "92%", "93%", "94%", None),
    )
    assert shown(found, "entity period figure") == (
        "North, 21-07, 91%; South, 21-07, 92%; North, 21-08, 93%; South, 21-08, 94%"
    )


def test_a_council_over_the_middle_of_its_periods_is_over_all_of_them() -> None:
    """Areas over a round of quarters each, their names set in the middle of it."""
    quarters = ("Q4 2020/21", "Q1 2021/22", "Q2 2021/22")
    found = tabled(
        ("Indicator", "", "North", "", "", "South", ""),
        ("", *quarters, *quarters),
        ("HS1 Rent collected (%)", "91%", "92%", "93%", "94%", "95%", "96%"),
    )
    assert [(entity, value) for _, entity, _, value in said(found)] == [
        *(("North", f"{value}%") for value in (91, 92, 93)),
        *(("South", f"{value}%") for value in (94, 95, 96)),
    ]


def test_targets_and_results_under_the_middle_of_their_month() -> None:
    """The month stands over the second of three columns, and is of all three."""
    found = tabled(
        ("Indicator", "", "Jul-21", "", "", "Aug-21", ""),
        ("", "Actual", "Target", "Status", "Actual", "Target", "Status"),
        ("HS1 Rent collected (%)", "91", "90", "Green", "92", "90", "Green"),
    )
    assert shown(found, "period figure") == "21-07, 91%; 21-08, 92%"


def test_a_header_may_run_over_two_lines() -> None:
    """ "July" over "21" is July 2021."""
    found = tabled(("Indicator", "July", "August"), ("", "21", "21"), ("HS1 Rent collected (%)", "97.1%", "97.4%"))
    assert shown(found, "period") == "21-07; 21-08"


STACKED = [  # what stands above, what below, and of which periods the figures are
    (("", "Quarter 1", "Quarter 2 2021/22", None), ("Item", "2020/21", "July", "August"), "20-04..20-06; 21-07; 21-08"),
    (("Item", "Quarter 1", "2021/22", None), (None, "2020/21", "April", "Total"), "20-04..20-06; 21-04; 21-04..22-03"),
    (("", "2020", "", None), ("Item", "Nov", "Dec", "Jan"), ""),
]


@pytest.mark.parametrize(("upper", "lower", "periods"), STACKED)
def test_two_rows_of_a_header_say_a_period_together(
    upper: tuple[str | None, ...], lower: tuple[str | None, ...], periods: str
) -> None:
    """A quarter over its months or over its year; none where a month goes on after the year over it."""
    found = tabled(
        upper, lower, ("HS1 Rent collected (%)", "91%", "92%", "93%"), wide=((0, 2, 2),), day=date(2022, 5, 3)
    )
    assert shown(found, "period") == periods


def test_measures_stand_over_results_and_targets_beside_periods() -> None:
    """Each of them of the measure above; a header that says "target" of anything else is a measure."""
    found = tabled(
        ("Month", "Calls answered (%)", None, "Target calls made (%)"), (None, "Actual", "Target", ""),
        ("Jul-21", "91", "90", "44"), ("Aug-21", "92", "90", "45"), wide=((0, 1, 2),),
    )  # fmt: skip
    assert shown(found, "measure figure") == (
        "Calls answered (%), 91%; Calls answered (%), 92%; Target calls made (%), 44%; Target calls made (%), 45%"
    )
    assert {(name, float(value or 0)) for name, _, value, *_ in aims(found)} == {("Calls answered (%)", 90.0)}


def test_a_service_is_no_measure() -> None:
    """A table whose only title is a service's name measures nothing that is told; its figures are not read."""
    areas = (("", *MONTHS), ("Overall", "97.1%", "97.4%"), ("Mendip", "96%", "95%"))
    assert said(tabled(*areas, headings=("Waste and Recycling",))) == []
    titled = tabled(*areas, headings=("Waste and Recycling", "Missed bins put right (%)"))
    assert said(titled)[0] == ("Waste and Recycling Missed bins put right (%)", "Overall", "21-07", "97.1%")


def test_the_service_stands_above_a_heading_that_is_about_the_table() -> None:
    """ "Monthly profile" names no service; the heading over it does, where it is one by its words."""
    rows = (("", *MONTHS), ("Actual", "97.1%", "97.4%"))
    profile = tabled(*rows, headings=("Housing", "Monthly profile", "HS1 - Rent collected (%)"))
    assert said(profile) == SEEN
    (first, *_) = tabled(*rows, headings=("Our journey", "Monthly profile", "HS1 - Rent (%)")).observations
    assert first.measure.service == ""


def test_rows_of_targets_are_no_measures() -> None:
    """Without a title nothing says what the rows measure, least of all their own words."""
    found = tabled(("", *MONTHS), ("Outturn", "97%", "96%"), ("Goal", "95%", "95%"), ("Last year", "94%", "93%"))
    assert said(found) == []


@pytest.mark.parametrize(
    ("lead", "read"),
    [
        ("The table shows the complaints received in Quarter 1 2021/22.", True),
        ("Complaints are set out below for the quarter.", False),
        ("Complaints fell compared with those received in Quarter 1 2021/22.", False),
        ("The targets for 2020/21 were agreed by Cabinet.", False),
    ],
)
def test_a_sentence_says_of_which_period_the_figures_are(lead: str, read: bool) -> None:
    """Only one that says that they are of it: not what they are compared with, nor of when the targets are."""
    found = tabled(("Service", "Complaints"), ("Housing", "12"), ("Planning", "7"), lead=lead)
    figures = [
        ("Housing Complaints", "Hart", "21-04..21-06", "12"),
        ("Planning Complaints", "Hart", "21-04..21-06", "7"),
    ]
    assert said(found) == (figures if read else [])


def test_a_target_for_the_year_to_date_holds_no_month() -> None:
    """ "YTD target" is for the column "Year to date", and its way is that of the measure."""
    found = tabled(
        ("Indicator", "Good is", "Aug-21", "Year to date", "YTD target"),
        ("HS1 Homes built", "High", "12", "50", "45"),
        headings=("Housing",),
    )
    assert aims(found) == [("HS1", ">=", Decimal(45), date(2021, 4, 1), date(2021, 8, 31))]


@pytest.mark.parametrize("printed", ["30.5 P", "30.5r", "30.5 (r)", "30.5⁴", "30.5 [1]", "30.5% R", "30.5†"])
def test_marks_behind_a_figure_are_no_part_of_it(printed: str) -> None:
    """Provisional, revised, a note, a rating's letter."""
    figure = read_figure(printed)
    assert isinstance(figure, Figure) and figure.value == Decimal("30.5")


def test_a_unit_in_a_column_of_its_own() -> None:
    """The whole cell is a unit; "Number" is none."""
    said = {"Days": "days", "Secs": "seconds", "£000": "£k", "kg": "kg", "Per cent": "%", "Number": "", "Score": ""}
    assert {text: named_unit(text) for text in said} == said


def test_a_line_that_names_a_group_of_rows_parts_no_table(tmp_path: Path) -> None:
    """Between a header and rows below it a line at the left edge is a row of the table."""
    widths = [60, 200, 80]
    draw = Drawing(tmp_path / "a.pdf").table([["Ref", "Indicator", "Jul-21"]], widths).text("Human Resources")
    path = draw.table([["HS1", "Staff turnover (%)", "12.1%"], ["HS2", "Posts", "17"]], widths).done()
    (found,) = read_pack(path, path.name).tables
    assert [row[0] for row in found.grid()] == ["Ref", "Human Resources", "HS1", "HS2"]


ROOMY = ("Measure {}", "in the year", 120, 450)
NARROW = [
    ("Measure number {} of all", "counted in the year", name, target)
    for name in (80, 82, 84, 88)
    for target in (178, 184, 190)
    if (name, target) != (88, 178)  # there the texts overlap
]


@pytest.mark.parametrize(("name", "second", "left", "right"), [ROOMY, *NARROW])
def test_the_last_row_between_shades_keeps_its_second_line(
    tmp_path: Path, name: str, second: str, left: float, right: float
) -> None:
    """Under the last shade a row of two lines, of which the second begins with a number, is whole: in columns with much
    room, and in such as stand hardly a word's blank apart."""
    draw = Drawing(tmp_path / "a.pdf")
    for row in range(3):
        y = 100 + row * 48
        draw.canvas.setFillGray(0.9)
        draw.canvas.rect(50, 842 - y - 24, 480, 24, stroke=0, fill=1)
    draw.canvas.setFillGray(0)
    draw.at("Ref", 55, 104, 8).at("Indicator", left, 104, 8).at("Target", right, 104, 8)
    for row in range(1, 6):
        y = 104 + row * 24
        draw.at("KPI", 55, y, 8).at(name.format(row + 9), left, y, 8).at(f"{row + 9}%", right, y, 8)
        draw.at(str(row), 55, y + 9, 8).at(second, left, y + 9, 8)
    (found,) = read_pack(draw.done(), "a.pdf").tables
    rows = [[f"KPI {row}", f"{name.format(row + 9)} {second}", f"{row + 9}%"] for row in range(1, 6)]
    assert found.grid() == [["Ref", "Indicator", "Target"], *rows]


def test_a_text_says_what_a_pdf_of_it_says(tmp_path: Path) -> None:
    """A cell's paragraphs part its name from its description; the day of the version and an address on the cover tell
    when the paper is of, and whose."""
    path = tmp_path / "panel.txt"
    path.write_text(
        "Service panel\n\nVersion 2 – 24 July 2023\n\nContact: office@hart.gov.uk\n\nIndicators\n\n"
        "Indicator\tTarget\tQ1\n"
        "<p>CP3 - Quality of call handling</p><p><i>Scored against standards (higher is better)</i></p>\t90%\t99%\n"
        "CP4 - Outputs as agreed in the plan. Progress is tracked against milestones\t85%\t91%\n",
        encoding="utf-8",
    )
    found = extract(read_pack(path, path.name))
    assert said(found) == [
        ("CP3 Quality of call handling", "Hart", "23-04..23-06", "99%"),
        ("CP4 Outputs as agreed in the plan", "Hart", "23-04..23-06", "91%"),
    ]


@pytest.mark.parametrize("header", ["Q1 (2021/22)", "Quarter 1 (21-22)", "Qtr 1 (2021-2022)"])
def test_a_quarters_year_may_stand_in_brackets(header: str) -> None:
    """It is the quarter of that year, in a header as in a heading."""
    found = tabled(("Indicator", header), ("HS1 Rent collected (%)", "97.1%"))
    over = table(("Indicator", "Actual"), ("HS1 Rent collected (%)", "97.1%"), headings=(f"{header} performance",))
    assert [seen[2] for each in (found, paper(over)) for seen in said(each)] == ["21-04..21-06"] * 2


def test_words_that_a_narrow_column_parted() -> None:
    """ "Perfor mance" is the figure, and no area; "Septemb er 2021" is a month."""
    found = tabled(
        ("Ref", "Indicator", "Aug-21 Goal", "Aug-21 Perfor mance", "Septemb er 2021"),
        ("HS1", "Rent collected (%)", "97%", "96%", "95%"),
        headings=("Housing",),
    )
    assert shown(found, "period figure") == "21-08, 96%; 21-09, 95%"
    assert aims(found) == [("HS1", "", Decimal(97), date(2021, 8, 1), date(2021, 8, 31))]


def test_parts_of_a_measure_are_no_places() -> None:
    """Under one period "Number" and "Rate" say what of the measure; "North" and "South" whose."""
    over = ("Quarter 1 2021/22",)
    parts = tabled(("Indicator", "Number", "Rate"), ("Burglary", "12", "3.1"), ("Arson", "4", "0.9"), headings=over)
    assert {seen.entity for seen in parts.observations} <= {"Hart"}
    areas = tabled(("Indicator", "North", "South"), ("Burglary", "12", "31"), ("Arson", "4", "9"), headings=over)
    assert {seen.entity for seen in areas.observations} == {"North", "South"}


def test_money_by_area_is_no_budget() -> None:
    """Under "Area" the labels are places, whatever the measure's unit."""
    rows = (("Area", "Q1 2020/21", "Q2 2020/21"), ("Hill", "£19.69", "£15.43"), ("Dale", "£16.85", "£18.55"))
    found = tabled(*rows, headings=("Housing", "Cost of a repair (£)"))
    assert said(found)[0] == ("Housing Cost of a repair (£)", "Hill", "20-04..20-06", "19.69£")


def test_a_heading_at_the_heads_of_pages_is_a_heading(tmp_path: Path) -> None:
    """The same service in large type heads pages here and there; a running title heads one page after the other."""
    draw = Drawing(tmp_path / "a.pdf")
    for service in ("Housing", "Planning", "Housing", "Planning", "Housing", "Planning"):
        draw.y = 24
        draw.at("Northfold agenda pack", 400, 10, 8).text(service, size=16, bold=True)
        draw.text("The figures of the service follow, with what was done about them in the quarter.")
        draw.table([["Ref", "Indicator"], ["A1", "Letters"]], [60, 200]).page()
    pack = read_pack(draw.done(), "a.pdf")
    assert [found.headings[-1] for found in pack.tables] == ["Housing", "Planning"] * 3


def test_coloured_cells_divide_no_table(tmp_path: Path) -> None:
    """Rows between level rules whose status is on a coloured ground keep the columns of their texts."""
    draw = Drawing(tmp_path / "a.pdf")
    rows = [("Ref", "Indicator", "Apr-21", "May-21", "Jun-21", "Status")]
    rows += [(f"HS{n}", f"Homes of kind {n}", f"{n}1%", f"{n}2%", f"{n}3%", "Amber") for n in range(1, 5)]
    for at, row in enumerate(rows):
        top = 100 + 22 * at
        if at:
            draw.canvas.setFillColorRGB(1, 0.75, 0.3)
            draw.canvas.rect(430, 842 - top - 22, 90, 22, stroke=0, fill=1)
            draw.canvas.setFillGray(0)
        draw.canvas.line(50, 842 - top, 520, 842 - top)
        for x, text in zip((55, 110, 250, 310, 370, 435), row, strict=True):
            draw.at(text, x, top + 5, 9)
    draw.canvas.line(50, 842 - 210, 520, 842 - 210)
    (found,) = read_pack(draw.done(), "a.pdf").tables
    assert found.grid() == [list(row) for row in rows]


def test_targets_without_a_period_beside_each_result() -> None:
    """ "Jul-21 Result | Goal | Aug-21 Result | Goal": each is the target of the result to its left."""
    header = ("Indicator", "Jul-21 Result", "Goal", "Aug-21 Result", "Goal")
    found = tabled(header, ("HS1 Rent collected (%)", "96%", "97%", "98%", "99%"))
    assert [(target, start) for _, _, target, start, _ in aims(found)] == [
        (Decimal(97), date(2021, 7, 1)),
        (Decimal(99), date(2021, 8, 1)),
    ]


def test_a_service_standard_is_a_target_and_no_service() -> None:
    """ "Service standard 2021/22" is the year's target; the service is what the heading says."""
    header = ("Ref", "Indicator", "Jul-21", "Service standard 2021/22")
    found = tabled(header, ("HS1", "Rent collected (%)", "96%", "97%"), headings=("Housing",))
    assert said(found) == [(RENT, "Hart", "21-07", "96%")]
    assert [target for _, _, target, *_ in aims(found)] == [Decimal(97)]


def test_the_council_among_its_areas() -> None:
    """By its full name it is the council of the paper, known or not."""
    rows = (("Area", *MONTHS), ("Northfold District Council", "97%", "96%"), ("Hill", "91%", "92%"))
    found = tabled(*rows, headings=("Housing", "HS1 - Rent collected (%)"), council="Northfold")
    assert shown(found, "entity") == "Northfold; Northfold; Hill; Hill"


@pytest.mark.parametrize(("printed", "value"), [("£726k¹", "726"), ("12 days²", "12"), ("5.3%¹", "5.3")])
def test_a_raised_digit_behind_a_unit_is_a_note(printed: str, value: str) -> None:
    """But "12 m²" is an area, and no figure of ours."""
    figure = read_figure(printed)
    assert isinstance(figure, Figure) and figure.value == Decimal(value)
    assert read_figure("12 m²") is None


def test_a_count_with_its_share() -> None:
    """Where a percentage is measured "12 (34%)" is 34%; where a number, it is 12."""
    share, count = read_figure("12 (34%)", "%"), read_figure("12 (34%)")
    assert isinstance(share, Figure) and (share.value, share.unit) == (Decimal(34), "%")
    assert isinstance(count, Figure) and (count.value, count.unit) == (Decimal(12), "")
