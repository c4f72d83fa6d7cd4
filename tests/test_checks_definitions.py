"""The checks of definitions and targets: against titles, charts, figures and each other."""

from dataclasses import replace

import pytest

from kpi_tools.checks.definitions import (
    codes_on_two_rows,
    codes_used_twice,
    definitions_and_figures,
    narrower_definitions,
    odd_end_of_target,
    same_definition,
    services_without_figures,
)
from kpi_tools.checks.targets import (
    target_run_out,
    target_without_figure,
    title_against_chart,
    title_against_definition,
)
from kpi_tools.measures import Measure, Target
from kpi_tools.periods import read_period
from tests.checks_view import line, place, said, sentences, view

CALLS = "Customer Services | PI004 | % council tax and benefits calls answered within 20 seconds"
MONTHS = ("Jan-21", "Feb-21", "Mar-21", "Apr-21", "May-21", "Jun-21")


def months(*figures: str) -> dict[str, str]:
    return dict(zip(MONTHS, figures, strict=False))


def definition(code: str, words: str, until: str = "", service: str = "Customer Services") -> Target:
    end, what = read_period(until) if until else None, Measure(service, code, words, "%", "")
    return Target(what, "", ">", None, None, end.end if end else None, place(9), f"{code} | {words}")


def test_title_against_chart() -> None:
    """A chart's title with another time is told for the measure whose words it has, and for no other."""
    other = line("Customer Services | PI002 | % calls answered within 20 seconds", "Hart", months("80%"), table=2)
    chart = "Calls answered - 80% of council tax and benefits related calls answered in 60 seconds"
    told = sentences(title_against_chart, view(line(CALLS, "Hart", months("80%")), other, text=[chart]))
    assert len(told) == 1
    assert "PI004" in told[0]
    assert not sentences(title_against_chart, view(other, text=["60 seconds of silence were held"]))
    assert sentences(title_against_chart, view(other, text=["Figure 2: calls answered in 60 seconds"]))
    assert not sentences(title_against_chart, view(other, text=["Calls are answered in 60 seconds"]))


def test_codes_used_twice() -> None:
    """A code in two services is told once; a service's initials, and a row's bare number, are no second use."""
    land = line("Land Charges | PI004 | % registered on time", "Hart", months("90%"), table=2)
    told = sentences(codes_used_twice, view(line(CALLS, "Hart", months("80%")), land))
    assert told == ["The code PI004 stands for different measures in Customer Services and Land Charges."]
    initials = line("CS | PI004 | % calls answered", "Hart", months("90%"), table=2)
    assert not sentences(codes_used_twice, view(line(CALLS, "Hart", months("80%")), initials))


def test_definitions() -> None:
    """Run out, the same twice, and ending on another day: each is told of its own code alone."""
    some = [definition(f"PI00{n}", f"kept above level {n}", "September 2025") for n in range(1, 9)]
    rows = [line(f"Customer Services | PI00{n} | % of kind {n}", "Hart", months("80%")) for n in range(2, 9)]
    words = "residents seen without waiting in person kept high"
    odd = definition("PI009", words, "December 2025"), definition("PI010", words, "March 2021")
    at = view(*rows, ([], [*some, *odd]))
    assert [s for s in sentences(target_run_out, at) if "PI010" in s] == sentences(target_run_out, at) != []
    assert ["PI009" in s for s in sentences(odd_end_of_target, at)] == [True]
    assert ["PI009 and PI010" in s for s in sentences(same_definition, at)] == [True]


def test_definitions_that_name_no_service() -> None:
    """They are those of the one service whose figures have their codes."""
    rows = [
        line(f"{service} | C{n} | % of kind {n} paid in 30 days", "Hart", months("81%", "82%"))
        for service, n in (("Payments", 1), ("Payments", 2), ("Calls", 3))
    ]
    aims = [definition(f"C{n}", f"Kind {n} paid in {20 if n == 1 else 30} days", service="") for n in (1, 2, 3, 4)]
    at = view(*rows, ([], aims))
    told = sentences(title_against_definition, at)
    assert told == ["Payments C1: the table's title says 30 days, the definition of the measure 20 days."]
    assert sentences(definitions_and_figures, at) == ["C4 is defined, but the paper gives no figure for it."]


def test_a_definition_without_figures() -> None:
    """Definitions without figures are told; where a code stands elsewhere too, or as many lack them, none is."""
    some = [definition(f"PI00{n}", f"resolved kind {n}") for n in range(1, 5)]
    rows = [line(f"Customer Services | PI00{n} | % of kind {n}", "Hart", months("80%")) for n in range(2, 5)]
    elsewhere = said("PI 001, resolved: 80%, 82%", table=7)
    told = sentences(definitions_and_figures, view(*rows, ([], some)))
    assert told == ["Customer Services PI001 is defined, but the paper gives no figure for it."]
    more = [*some, *(definition(f"PI00{n}", f"resolved kind {n}") for n in (5, 6))]
    assert len(sentences(definitions_and_figures, view(*rows, ([], more[:5])))) == 2
    assert not sentences(definitions_and_figures, view(*rows, ([], more)))
    assert not sentences(definitions_and_figures, view(*rows, ([], some), text=[elsewhere]))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Maintain council tax collected in year above targeted % through March 2021", True),
        ("Answer letters within the agreed number of days", True),
        ("Council tax collected in year above 97% until March 2021", False),
        ("Letters answered within 10 working days above 90% of the agreed standard", False),
        ("Household waste sent for recycling over the year", False),
    ],
)
def test_target_without_figure(words: str, found: bool) -> None:
    """A definition that speaks of a target and does not say which; one whose bound we could not read is left alone."""
    assert bool(sentences(target_without_figure, view(([], [definition("PI001", words)])))) is found


def test_a_definition_of_the_same_words_is_no_second_use_of_a_code() -> None:
    """A definition under another service's heading that speaks of the same is the measure's own."""
    rows = line("Environment | EN01 | % of household waste recycled", "Hart", months("48%"))
    same, other = (
        definition("EN01", words) for words in ("Household waste sent for recycling", "Parks that have a green flag")
    )
    assert not sentences(codes_used_twice, view(rows, ([], [same])))
    assert sentences(codes_used_twice, view(rows, ([], [other])))
    calls = definition("PI004", "Council tax collected in the year", service="Revenues")
    assert sentences(codes_used_twice, view(line(CALLS, "Hart", months("80%")), ([], [calls])))


def test_what_a_scan_may_not_show() -> None:
    """A definition without figures, in a paper read from pictures, may have figures that were not read."""
    rows = [line(f"Customer Services | PI00{n} | % of kind {n}", "Hart", months("80%")) for n in range(2, 6)]
    some = [definition(f"PI00{n}", f"kind {n}") for n in range(1, 6)]
    read = [([replace(seen, ocr=True) for seen in lines], aims) for lines, aims in rows]
    assert sentences(definitions_and_figures, view(*rows, ([], some)))
    assert not sentences(definitions_and_figures, view(*read, ([], some)))


@pytest.mark.parametrize(
    ("words", "title", "found"),
    [
        ("Maintain complaints upheld below 5", "Complaint Volumes", True),
        ("Maintain complaints upheld below 5", "Complaints upheld", False),
        ("Maintain complaints answered in time above 5", "Complaint Volumes", False),
        ("Maintain complaints upheld below 5", "Visits", False),
    ],
)
def test_narrower_definitions(words: str, title: str, found: bool) -> None:
    """All complaints by the title, those upheld by the definition."""
    rows, _ = line(f"Customer Services | PI7 | {title}", "Hart", {"Jul-21": "3"})
    assert bool(sentences(narrower_definitions, view((rows, [definition("PI7", words)])))) is found


def test_services_without_figures() -> None:
    """A service that is defined and has no figure at all is told once, with the reason that the text gives."""
    rows = [line(f"Customer Services | PI{n} | % of kind {n} done", "Hart", {"Jul-21": "90%"}) for n in (1, 2, 3)]
    aims = [definition(f"PI{n}", f"Kind {n} done above 80%") for n in (1, 2, 3)]
    others = [definition(f"PI{n}", f"Rates of band {n} collected above 90%", service="Revenues") for n in (1, 2)]
    told = sentences(
        services_without_figures, view(*rows, ([], aims + others), text=["Revenues is reported annually."])
    )
    assert told == [
        "Revenues: PI1 and PI2 are defined, but the paper gives no figure for any of them; the text says"
        " 'Revenues is reported annually'."
    ]
    assert not sentences(services_without_figures, view(*rows, ([], aims)))
    unread = said("PI2 rates of band 2: 97", table=7)
    assert not sentences(services_without_figures, view(*rows, ([], aims + others), text=[unread]))


@pytest.mark.parametrize(
    ("second", "found"), [("Litter inspections passed (%)", True), ("Fly tips cleared in 5 days (%)", False)]
)
def test_codes_on_two_rows(second: str, found: bool) -> None:
    """One code for two rows of a table that have no word in common; variants of one measure are left alone."""
    rows = [line(f"Waste | WR3 | {name}", "Hart", {"Jul-21": "92%"}) for name in ("Fly tips cleared (%)", second)]
    seen = [
        replace(one, quote=f"WR3 | {one.measure.name} | 92%", place=place(1, row))
        for row, (each, _) in enumerate(rows)
        for one in each
    ]
    assert bool(sentences(codes_on_two_rows, view((seen, [])))) is found
    apart = [replace(one, place=place(2 + row)) for row, one in enumerate(seen)]
    assert bool(sentences(codes_on_two_rows, view((apart, [])))) is found
    merged = [replace(one, quote=f"{one.measure.name} | 92%") for one in seen]
    assert not sentences(codes_on_two_rows, view((merged, [])))
