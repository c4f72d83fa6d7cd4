"""The frame, and the tools over it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.paper import Place
from kpi_tools import tools
from kpi_tools.figures import Figure, Reason, read_figure
from kpi_tools.frames import COLUMNS, build, select
from kpi_tools.measures import COMPARATORS, Measure, Observation, Target, attainable, judge
from kpi_tools.periods import read_period

CALLS = Measure("Customer Services", "PI002", "% calls answered within 20 seconds", "%", "")
LAND = Measure("Land Charges", "PI002", "% registrations on time", "%", "")
INCIDENTS = Measure("", "", "Number of P1 incidents", "", "lower")
JOINT = "South Oxfordshire & Vale of White Horse"


def place(document: str = "a.pdf", row: int = 0, column: int = 0) -> Place:
    return Place(document, 12, "Page 12", "8", 1, row, column, (0, 0, 10, 10))


def seen(measure: Measure, entity: str, period: str, printed: str, document: str = "a.pdf") -> Observation:
    figure, span = read_figure(printed, measure.unit), read_period(period)
    assert figure and span
    return Observation(measure, entity, span, figure, place(document), f"{entity} {printed}")


def series(measure: Measure, entity: str, periods: str, figures: str, document: str = "a.pdf") -> list[Observation]:
    pairs = zip(periods.split(), figures.split(), strict=True)
    return [seen(measure, entity, period, printed, document) for period, printed in pairs]


def aim(measure: Measure, comparator: str, printed: str, document: str = "a.pdf", **other: object) -> Target:
    figure = read_figure(printed, measure.unit)
    values = {"entity": "", "start": None, "end": None} | other
    assert isinstance(figure, Figure)
    return Target(measure, comparator=comparator, figure=figure, place=place(document), quote=printed, **values)  # type: ignore[arg-type]


MONTHS = "Jan-21 Feb-21 Mar-21 Apr-21"
HAVANT = series(CALLS, "Havant", MONTHS, "75.15% 68.99% 81.01% 52.21%")
TARGET = aim(CALLS, ">=", "80%", end=date(2025, 9, 30))


def one(rows: pd.DataFrame) -> dict[str, object]:
    assert len(rows) == 1
    return {str(key): value for key, value in rows.iloc[0].items()}


def results(finding: tools.Finding) -> dict[str, tuple[str, str]]:
    return {result.operation: (str(result.value), result.unit) for result in finding.results}


# The frame


def test_frame_holds_every_row_with_its_target() -> None:
    """A row an observation, in order of time, with the target in force and whether it was met."""
    rows = build(HAVANT, [TARGET])
    assert tuple(rows.columns) == COLUMNS
    assert list(rows["met"]) == [False, False, True, False]
    assert list(rows["period"]) == MONTHS.split()
    assert rows["polarity"].eq("higher").all()  # "at least" says that higher is better
    assert build([], []).empty


def test_later_paper_restates() -> None:
    """Of two papers the later one's figure stands and the earlier one is told; a later blank restates nothing."""
    first, second, blank = (
        seen(CALLS, "Havant", "Jan-21", text, f"{n}.pdf") for n, text in enumerate(("75%", "76%", "-"))
    )
    row = one(build([first, second], []))
    assert (row["printed"], row["restated"], row["earlier"], row["document"]) == ("76%", True, "75%", "1.pdf")
    assert one(build([second, blank], []))["printed"] == "76%"
    assert one(build([first, first], []))["restated"] is False


def test_a_paper_that_contradicts_itself_keeps_both() -> None:
    """Two figures of one paper for one thing both stay, are told, and are not calculated with."""
    rows = build([*HAVANT, seen(CALLS, "Havant", "Apr-21", "52.91%")], [])
    finding = tools.change(rows)
    assert len(rows) == 5
    assert results(finding) == {"change": ("5.86", "percentage points")}
    assert any("two figures for Havant in Apr-21" in note for note in finding.notes)


def test_target_of_another_service_or_council_is_not_taken() -> None:
    """PI002 of Land Charges is not PI002 of Customer Services, nor one council's that of another."""
    assert build(HAVANT, [aim(LAND, ">=", "99%")])["target"].isna().all()
    elsewhere = series(CALLS, "Brent", "Jan-21", "50%", "brent.pdf")
    rows = build([*HAVANT, *elsewhere], [aim(CALLS, ">=", "60%", "brent.pdf")])
    assert list(select(rows, entities=["Havant"])["target"]) == [None] * 4
    assert list(select(rows, entities=["Brent"])["met"]) == [False]


def test_overalls_of_two_partnerships_are_not_one() -> None:
    """ "Overall" of one partnership does not restate that of another."""
    ours = [*HAVANT, seen(CALLS, "Overall", "Jan-21", "80%")]
    theirs = [seen(CALLS, name, "Jan-21", "90%", "b.pdf") for name in ("Brent", "Overall")]
    rows = select(build([*ours, *theirs], []), entities=["Overall"])
    assert sorted(rows["printed"]) == ["80%", "90%"]
    assert not rows["restated"].any()


def test_target_without_a_service() -> None:
    """It holds where its code is in one service of its paper only: else it would be a guess."""
    bare = Measure("", "PI002", "", "%", "")
    assert build(HAVANT, [aim(bare, ">=", "80%")])["met"].notna().all()
    both = [*HAVANT, seen(LAND, "Havant", "Jan-21", "100%")]
    assert build(both, [aim(bare, ">=", "80%")])["met"].isna().all()


def test_specific_targets_win() -> None:
    """A council's own target goes before the general one, a period's before the unbounded; two alike are none."""
    own = aim(CALLS, ">=", "70%", entity="Havant")
    assert list(build(HAVANT, [own, TARGET])["target"]) == [Decimal(70)] * 4
    spring = aim(CALLS, ">=", "50%", start=date(2021, 4, 1), end=date(2021, 6, 30))
    assert list(build(HAVANT, [spring, TARGET])["target"]) == [Decimal(80)] * 3 + [Decimal(50)]
    assert build(HAVANT, [TARGET, aim(CALLS, ">=", "90%", end=date(2025, 9, 30))])["target"].isna().all()


def test_a_target_that_cannot_be_met_judges_nothing() -> None:
    """A target "below 0 complaints" is not missed by a council without complaints."""
    complaints = Measure("Land Charges", "PI003", "Complaints", "", "")
    rows = build([seen(complaints, "Hart", "Jan-21", "0")], [aim(complaints, "<", "0")])
    assert one(rows)["met"] is None
    assert not attainable(aim(CALLS, ">", "100%"))
    assert attainable(aim(CALLS, ">=", "100%"))


def test_money_is_judged_by_its_scale() -> None:
    """£0.5m against a target of £420k is judged in the same pounds."""
    debt = Measure("Finance", "KPI1", "Old debt", "", "lower")
    row = one(build([seen(debt, "Hart", "Jan-21", "£0.5m")], [aim(debt, "<=", "£420k")]))
    assert (row["met"], row["target"]) == (False, Decimal("0.420"))


@given(st.decimals(-100, 100, places=1), st.decimals(-100, 100, places=1))
def test_judging(value: Decimal, level: Decimal) -> None:
    """For any value and level just one of less, equal and more holds, and the others follow from them."""
    held = {c: judge(value, Target(CALLS, "", c, Figure(level, "%", ""), None, None, place(), "")) for c in COMPARATORS}
    assert [held["<"], held["="], held[">"]].count(True) == 1
    assert held[">="] == (held[">"] or held["="])
    assert held["<="] == (held["<"] or held["="])


# The tools


def test_trend() -> None:
    """The course names first, last, lowest, highest and the change, with the rows that they come from."""
    finding = tools.trend(build(HAVANT, []))
    assert results(finding) == {
        "first": ("75.15", "%"),
        "last": ("52.21", "%"),
        "lowest": ("52.21", "%"),
        "highest": ("81.01", "%"),
        "change": ("-22.94", "percentage points"),
    }
    highest = next(result for result in finding.results if result.operation == "highest")
    assert finding.rows.iloc[highest.of[0]]["period"] == "Mar-21"


def test_rows_without_a_figure_are_kept_and_told() -> None:
    """ "N/A" stays a row, is left out of the mean, and the note says so."""
    finding = tools.average(build([*HAVANT, seen(CALLS, "Havant", "May-21", "N/A")], []))
    assert results(finding) == {"average": ("69.34", "%")}
    assert len(finding.rows) == 5
    assert any("Havant in May-21 (N/A)" in note for note in finding.notes)
    assert any("4 figures" in note for note in finding.notes)


def test_average_of_whole_numbers_has_a_decimal() -> None:
    """Days printed whole have a mean with one decimal, or none where it is whole."""
    for figures, mean in (("29 20 23", "24.0"), ("1 2", "1.5"), ("2 4", "3"), ("18 28", "23")):
        observations = series(INCIDENTS, "Hart", " ".join(MONTHS.split()[: len(figures.split())]), figures)
        assert Decimal(results(tools.average(build(observations, [])))["average"][0]) == Decimal(mean)


def rank_of(order: tools.Order, rows: pd.DataFrame) -> list[str]:
    return list(tools.rank(rows, order=order).rows["entity"])


def test_rank_goes_by_polarity() -> None:
    """Worst is lowest where higher is better, highest where lower is; the overall is not ranked among its parts."""
    june = [seen(CALLS, name, "Jun-21", text) for name, text in
            (("Overall", "34.56%"), (JOINT, "92.12%"), ("Mendip", "74.88%"), ("Havant", "12.95%"))]  # fmt: skip
    rows = build(june, [TARGET])
    assert rank_of("worst", rows) == ["Havant", "Mendip", JOINT]
    assert rank_of("best", rows) == [JOINT, "Mendip", "Havant"]
    assert rank_of("lowest", rows)[0] == "Havant"
    finding = tools.rank(rows, top=1)
    assert list(finding.rows["entity"]) == ["Havant"]
    assert finding.notes == ("Overall left out, as the others are part of it.",)
    assert list(tools.rank(rows, order="highest", everyone=True).rows["entity"])[-2:] == ["Overall", "Havant"]
    counted = build([seen(INCIDENTS, name, "Jun-21", text) for name, text in (("Hart", "3"), ("Mendip", "9"))], [])
    assert rank_of("worst", counted) == ["Mendip", "Hart"]


def test_rank_without_polarity_says_so() -> None:
    """Where no paper says what is better, the order is by value and the note tells."""
    rows = build([seen(CALLS, name, "Jun-21", text) for name, text in (("Hart", "9%"), ("Mendip", "3%"))], [])
    finding = tools.rank(rows)
    assert list(finding.rows["entity"]) == ["Mendip", "Hart"]
    assert any("do not say whether" in note for note in finding.notes)


def test_joint_row_beside_its_councils_is_left_out() -> None:
    """A joint row is ranked where it is all there is of its councils, and left out beside them."""
    names = (JOINT, "South Oxfordshire", "Vale of White Horse", "Hart")
    rows = build([seen(CALLS, name, "Jun-21", f"{n}1%") for n, name in enumerate(names, 1)], [TARGET])
    assert JOINT not in rank_of("worst", rows)


def test_total_adds_counts_once() -> None:
    """Counts of several councils add up, without the overall that already has them; percentages do not."""
    parts = [
        seen(INCIDENTS, name, "Jan-18", text) for name, text in (("Brent", "4"), ("Lewisham", "17"), ("Southwark", "5"))
    ]
    finding = tools.total(build([*parts, seen(INCIDENTS, "Overall", "Jan-18", "26")], []))
    assert results(finding) == {"total": ("26", "")}
    assert len(finding.results[0].of) == 3
    refused = tools.total(build(HAVANT, []))
    assert not refused.results
    assert "Only counts, amounts and money" in refused.notes[0]


@pytest.mark.parametrize(
    ("name", "periods", "adds"),
    [
        ("Open calls at month end", "Jan-18", True),
        ("Open calls at month end", "Jan-18 Feb-18", False),
        ("Calls logged", "Jan-18 Feb-18", True),
        ("Average calls per employee", "Jan-18", False),
        ("Calls logged", "Jan-18 2017/18", False),
    ],
)
def test_what_does_not_add_up_is_refused(name: str, periods: str, adds: bool) -> None:
    """Rates never add up, counts at one moment not over time, and months not with the year that they are in."""
    spans = periods.split()
    observations = series(Measure("", "", name, "", ""), "Brent", periods, " ".join("5" for _ in spans))
    assert bool(tools.total(build(observations, [])).results) is adds


def test_mixed_units_and_measures_are_refused() -> None:
    """What does not go together is not averaged, ranked or compared, and the note says why."""
    mixed = build([*HAVANT[:1], seen(INCIDENTS, "Havant", "Jan-21", "5")], [])
    for tool in (tools.average, tools.total, tools.compare, tools.rank):
        finding = tool(mixed)
        assert not finding.results
        assert any(note.endswith("nothing was calculated.") for note in finding.notes)


def test_compare() -> None:
    """Two councils side by side differ by percentage points, the higher one named first."""
    rows = build([seen(CALLS, JOINT, "Aug-21", "90.96%"), seen(CALLS, "Havant", "Aug-21", "45.66%")], [])
    finding = tools.compare(rows)
    assert results(finding) == {"difference": ("45.30", "percentage points")}
    assert [finding.rows.iloc[at]["entity"] for at in finding.results[0].of] == [JOINT, "Havant"]


def test_against_target() -> None:
    """Met and missed are counted and each margin given; without a target the note says so."""
    finding = tools.against_target(build(HAVANT, [TARGET]))
    margins = [str(result.value) for result in finding.results if result.operation == "margin"]
    assert margins == ["-4.85", "-11.01", "1.01", "-27.79"]
    assert results(finding)["missed"] == ("3", "periods")
    assert tools.against_target(build(HAVANT, [])).notes == ("No target is in force for 4 of the figures.",)


@pytest.mark.parametrize(
    ("periods", "figures", "current", "longest"),
    [
        ("Jan-21 Feb-21 Mar-21 Apr-21", "75% 69% 81% 52%", 1, 2),
        ("Jan-21 Feb-21 Mar-21", "75% 69% 51%", 3, 3),
        ("Jan-21 Feb-21 Mar-21", "75% 69% 91%", 0, 2),
        ("Jan-21 Mar-21 Apr-21", "75% 69% 51%", 2, 2),
        ("Jan-21 Feb-21 Mar-21 Apr-21", "75% N/A 69% 51%", 2, 2),
    ],
)
def test_streak(periods: str, figures: str, current: int, longest: int) -> None:
    """A run is of periods that follow each other: a gap, a blank or a target met ends it."""
    found = results(tools.streak(build(series(CALLS, "Havant", periods, figures), [TARGET])))
    assert found == {"current run": (str(current), "periods"), "longest run": (str(longest), "periods")}


PERCENT = st.decimals(0, 100, places=2)


def frame_of(values: Iterable[Decimal]) -> pd.DataFrame:
    months = (*MONTHS.split(), "May-21", "Jun-21")
    pairs = [(month, f"{value}%") for month, value in zip(months, values, strict=False)]
    return build([seen(CALLS, "Havant", period, printed) for period, printed in pairs], [])


@given(PERCENT, PERCENT)
def test_change_is_antisymmetric(one: Decimal, other: Decimal) -> None:
    """Turned about in time, a change turns its sign."""
    there, back = (tools.change(frame_of(pair)).results[0].value for pair in ((one, other), (other, one)))
    assert there == -back == other - one


@given(st.lists(PERCENT, min_size=1, max_size=6))
def test_laws_of_the_tools(values: list[Decimal]) -> None:
    """The mean lies between the lowest and the highest; the change is last less first; every `of` is a row."""
    rows = frame_of(values)
    mean = tools.average(rows).results[0]
    assert min(values) <= mean.value <= max(values)
    for tool in tools.TOOLS:
        finding = tool(rows)
        assert all(0 <= at < len(finding.rows) for result in finding.results for at in result.of)
    trend = {result.operation: result.value for result in tools.trend(rows).results}
    assert (trend["lowest"], trend["highest"]) == (min(values), max(values))
    assert trend.get("change", Decimal(0)) == trend["last"] - trend["first"]
    assert list(tools.rank(rows, order="highest").rows["value"]) == sorted(values, reverse=True)


def test_tools_take_an_empty_frame() -> None:
    """Nothing asked of nothing is nothing, without an error."""
    for tool in tools.TOOLS:
        assert tool(build([], [])).results == ()


def test_select() -> None:
    """Rows are chosen by words in any spelling and by days, both ends included."""
    rows = build([*HAVANT, seen(LAND, "Hart", "Jan-21", "100%")], [])
    assert len(select(rows, service="customer services", code="pi 002")) == 4
    assert len(select(rows, name="registrations")) == 1
    assert list(select(rows, entities=["havant"], since=date(2021, 2, 1), until=date(2021, 3, 31))["period"]) == [
        "Feb-21",
        "Mar-21",
    ]


def test_reasons_have_no_value() -> None:
    """A reason is in its own column, and no value stands beside it."""
    row = one(build([Observation(CALLS, "Hart", HAVANT[0].period, Reason("N/A"), place(), "Hart N/A")], [TARGET]))
    assert (row["value"], row["printed"], row["reason"], row["met"]) == (None, "", "N/A", None)
