"""The checks of sentences about figures: each finds its slip, and is silent beside what is right or not sure."""

from dataclasses import replace

import pytest

from kpi_tools.checks.asserted import assertions_against_table
from kpi_tools.checks.days import (
    weekdays,
)
from kpi_tools.checks.narrative import (
    average_against_table,
    missed_in_another_quarter,
    value_against_table,
)
from kpi_tools.checks.slip import Check
from kpi_tools.checks.summaries import all_improved, blame, met_all, only_one_missed
from tests.checks_view import line, said, sentences, view

CALLS = "Customer Services | KPI 40 | Calls answered within 30 seconds (%)"
HAVANT = line(CALLS, "Havant", {"Jul-21": "68.83%", "Aug-21": "72%", "Sep-21": "70%"}, "> 69%")
HART = line(CALLS, "Hart", {"Jul-21": "90%", "Aug-21": "91%", "Sep-21": "64%"}, "> 69%")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Havant reported 86.8% for calls answered within 30 seconds (KPI 40) in July 2021.", "86.8%"),
        ("Havant reported 68.8% for calls answered within 30 seconds (KPI 40) in July 2021.", ""),
        ("Havant reported 69% for KPI 40 in July 2021.", ""),
        ("Havant reported 72% for KPI40 in August 2021, compared with 86.8% in July 2021.", "86.8%"),
        ("3. Havant reported about 86.8% for KPI 40 in July 2021.", ""),
        ("Havant and Hart reported 86.8% for KPI 40 in July 2021.", ""),
        ("Havant reported 86.8 days for KPI 40 in July 2021.", ""),
        ("Havant reported 86.8% for KPI 40 in July 2020.", ""),
        ("Havant reported 86.8% for KPI 400 in July 2021.", ""),
        ("KPI 40 stood at 86.8% for Havant in July 2021, against a target of 69%.", "86.8%"),
        ("KPI 40 stood at 68.83% for Havant in July 2021, against the 69% target.", ""),
        ("KPI 40 rose by 3 percentage points at Havant in August 2021.", ""),  # a change, no figure
        ("KPI 40 at Havant rose by 3.2% in August 2021.", ""),
        ("KPI 40 at Havant was above the limit of 60% in July 2021.", ""),  # a bound, no figure
    ],
)
def test_value_against_table(text: str, found: str) -> None:
    """A figure that differs for the same measure, council and period; rounded, about, or of another is no slip."""
    told = sentences(value_against_table, view(HAVANT, HART, text=[text]))
    assert len(told) == bool(found)
    assert all(found in sentence for sentence in told)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In July 2021, 86.8% of all calls were answered by Havant within 30 seconds.", "86.8%"),
        ("In July 2021 Havant answered 86.8% of the calls within 40 seconds.", ""),
        ("Answering calls within 30 seconds, or 30 emails, took Havant 86.8 days in July 2021.", ""),
    ],
)
def test_a_measure_by_its_words(text: str, found: str) -> None:
    """A measure is known by all the words of its name in any order and form, and by no fewer."""
    told = sentences(value_against_table, view(HAVANT, HART, text=[text]))
    assert len(told) == bool(found)
    two = line(CALLS.replace("KPI 40", "KPI 41"), "Havant", {"Jul-21": "86.8%"})
    assert not sentences(value_against_table, view(HAVANT, two, text=[text]))


@pytest.mark.parametrize(
    ("text", "check", "found"),
    [
        ("Days lost to sickness improved on the same quarter last year.", assertions_against_table, True),
        ("Days lost to sickness worsened compared with this time last year.", assertions_against_table, False),
        ("Days lost to sickness were fewer than at the same point last year.", assertions_against_table, True),
        ("Days lost to sickness were higher than a year ago.", assertions_against_table, False),
        ("Days lost to sickness fell since the previous quarter.", assertions_against_table, False),
        ("Days lost to sickness rose since the previous quarter.", assertions_against_table, True),
        ("Days lost to sickness rose since the previous month.", assertions_against_table, False),
        ("Days lost to sickness should rise since the previous quarter.", assertions_against_table, False),
        ("Days lost to sickness rose for the third quarter running.", assertions_against_table, True),
        ("Days lost to sickness fell for the second quarter running.", assertions_against_table, True),
        ("Days lost to sickness have fallen for two consecutive quarters.", assertions_against_table, True),
        ("Days lost to sickness have come down in each quarter.", assertions_against_table, True),
        ("Days lost to sickness fell in the quarter.", assertions_against_table, False),
        ("Days lost to sickness more than doubled since the same quarter last year.", assertions_against_table, True),
        ("Days lost to sickness nearly doubled since the same quarter last year.", assertions_against_table, False),
        ("Days lost to sickness halved between Q2 2020/21 and Q3 2020/21.", assertions_against_table, True),
        ("Days lost to sickness rose by 11 days since the same quarter last year.", assertions_against_table, False),
        ("Days lost to sickness rose by 8 days since the same quarter last year.", assertions_against_table, True),
        ("Days lost to sickness rose by 27.5% since the same quarter last year.", assertions_against_table, False),
        ("Days lost to sickness rose by about 8 days on the same quarter last year.", assertions_against_table, False),
        ("Days lost to sickness were 51 days. They fell since the last quarter.", assertions_against_table, False),
        ("Days lost to sickness were 51 days. They rose since the last quarter.", assertions_against_table, True),
        ("Days lost to sickness were 51 days. Visitors rose since the last quarter.", assertions_against_table, False),
    ],
)
def test_changes_without_a_date(text: str, check: Check, found: bool) -> None:
    """Better than a year ago, or up for the third time in a row, against the figures of those times."""
    lost = {"Q3 2019/20": "40", "Q1 2020/21": "44", "Q2 2020/21": "52", "Q3 2020/21": "51"}
    rows = line("Staff | S1 | Days lost to sickness", "Hart", lost)
    assert bool(sentences(check, view(rows, text=[text]))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Days lost to sickness fell in 2020/21.", True),
        ("Days lost to sickness fell in 2019/20.", False),
        ("Days lost to sickness rose by 12 days in 2020/21.", False),
        ("Days lost to sickness rose by 9 days in 2020/21.", True),
        ("Days lost to sickness fell in part of 2020/21.", False),  # the table has no parts
        ("Days lost to sickness were 52 against a target of fewer than 50 in 2020/21.", False),  # of the target
        ("Days lost to sickness were fewer than 50 in 2020/21.", True),
        ("Days lost to sickness fell in 2018/19.", False),  # nothing to hold it against
    ],
)
def test_a_change_in_a_year_is_one_on_the_year_before(text: str, found: bool) -> None:
    rows = line("Staff | S1 | Days lost to sickness", "Hart", {"2018/19": "44", "2019/20": "40", "2020/21": "52"})
    assert bool(sentences(assertions_against_table, view(rows, text=[text]))) is found


@pytest.mark.parametrize(("points", "found"), [("3", False), ("7", True)])
def test_points_are_of_a_percentage_and_no_share_of_it(points: str, found: bool) -> None:
    """From 82% to 85% are 3 points; as a share of 82 the change is rounded to anything up to 7."""
    rows = line("Parks | S1 | Visits that pleased (%)", "Hart", {"2022/23": "82%", "2023/24": "85%"})
    text = f"Visits that pleased rose by {points} percentage points in 2023/24."
    assert bool(sentences(assertions_against_table, view(rows, text=[text]))) is found


def test_a_council_that_is_called_like_a_fall() -> None:
    """What a council is called tells no change; the target that a clause judges is that of the table beside it."""
    fellgate = line(CALLS, "Fellgate", {"Jul-21": "68.83%", "Aug-21": "72%"}, "> 69%")
    for text, found in (("Fellgate missed the 69% target in August 2021.", True), ("Every council met it.", False)):
        assert bool(sentences(assertions_against_table, view(fellgate, HART, text=[text]))) is found
    told = sentences(
        assertions_against_table, view(fellgate, HART, text=["Every council met the standard in July 2021."])
    )
    assert "Fellgate had 68.83%" in told[0]


def test_a_year_before_a_leap_day_is_the_last_of_february() -> None:
    """Of a figure as at 29 February the one a year earlier is as at the 28th."""
    rows = line("Staff | S1 | Days lost", "Hart", {"As at 28 February 2019": "40", "As at 29 February 2020": "52"})
    assert sentences(assertions_against_table, view(rows, text=["Days lost at Hart fell on this time last year (S1)."]))


@pytest.mark.parametrize(
    ("text", "check", "found"),
    [
        ("Sickness improved between July and September 2021.", assertions_against_table, True),
        ("Sickness rose between July and September 2021.", assertions_against_table, False),
        ("Over the period, sickness absence fell between July and September 2021.", assertions_against_table, True),
        ("Sickness in the depot fell between July and September 2021.", assertions_against_table, False),
        ("Calls fell between July and September 2021.", assertions_against_table, False),
        ("Sickness averaged 2.6 days over the three months.", average_against_table, True),
        ("Sickness averaged 2.5 days over the three months.", average_against_table, False),
        ("Between July and September 2021 sickness averaged 2.6 days.", average_against_table, True),
        ("Sickness averaged about 2.6 days over the three months.", average_against_table, False),
    ],
)
def test_a_measure_by_the_subject(text: str, check: Check, found: bool) -> None:
    """What stands before the verb names a measure where it is all that the name is about, and no more."""
    sick = line(
        "HR | | Sickness absence (days per employee)",
        "Hart",
        {"Jul-21": "2.0", "Aug-21": "2.5", "Sep-21": "3.0"},
        "< 2",
    )
    calls = line("HR | | Calls abandoned", "Hart", {"Jul-21": "20", "Sep-21": "30"}, table=2)
    assert bool(sentences(check, view(sick, calls, text=[text]))) is found


def test_a_sentence_over_two_pages_is_read_as_one() -> None:
    """A paragraph that a page's end broke in the middle of a code is put together again."""
    text = [said("Havant reported 86.8% for calls answered within 30 seconds (KPI"), said("40) in July 2021.")]
    assert sentences(value_against_table, view(HAVANT, HART, text=text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Havant's figure for KPI 40 fell between July 2021 and September 2021.", True),
        ("Havant's figure for KPI 40 rose between July 2021 and September 2021.", False),
        ("KPI 40 worsened at Havant, from 68.83% in July 2021 to 72% in August 2021.", True),
        ("KPI 40 improved at Hart, from 90% in July 2021 to 64% in September 2021.", True),
        ("KPI 40 rose at Havant, though demand fell, between July 2021 and September 2021.", False),
        ("KPI 40 fell at Havant in September 2021.", False),
        ("KPI 40 was higher at Havant in September 2021 than in August 2021.", True),
        ("KPI 40 was higher at Havant in August 2021 than in September 2021.", False),
        ("KPI 40 was lower at Havant in August 2021 than in September 2021.", True),
        ("All councils improved on KPI 40 between July 2021 and September 2021.", True),
        ("All councils improved on KPI 40 between July 2021 and August 2021.", False),
        ("All councils but Hart improved on KPI 40 between July 2021 and September 2021.", False),
    ],
)
def test_direction_against_table(text: str, found: bool) -> None:
    """Rose, fell, improved, worsened against the table; two directions in one sentence, or one period, are not sure."""
    assert bool(sentences(assertions_against_table, view(HAVANT, HART, text=[text]))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("KPI 40 was 70% at Havant in September 2021, the best of the quarter.", True),
        ("KPI 40 was 72% at Havant in August 2021, the best of the quarter.", False),
        ("KPI 40 was 70% at Havant in September 2021, the worst in the year.", True),
        ("KPI 40 was 70% at Havant in September 2021, the best way to see it.", False),
    ],
)
def test_the_best_of_a_series(text: str, found: bool) -> None:
    """Which is best goes by which way is better."""
    assert bool(sentences(assertions_against_table, view(HAVANT, text=[text]))) is found


def test_extreme_against_table() -> None:
    """The highest is not the highest where another month is higher."""
    text = "The highest figure that Havant reported for KPI 40 was 70%, in September 2021."
    assert "72% in Aug-21" in sentences(assertions_against_table, view(HAVANT, HART, text=[text]))[0]
    assert not sentences(
        assertions_against_table, view(HAVANT, HART, text=[text.replace("70%, in Sept", "72%, in Aug")])
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hart met its target for KPI 40 in every period reported.", "64% in Sep-21"),
        ("Hart met its target for KPI 40 in every month except September.", ""),
        ("Hart met its target for KPI 40.", ""),
        ("None of the councils missed the target for KPI 40 in September 2021.", "Hart had 64% in Sep-21"),
        ("None of the councils missed the target for KPI 40 in August 2021.", ""),
        ("KPI 40 was above target for every council in each month.", "Havant had 68.83% in Jul-21 and Hart had 64%"),
        ("Hart will have met its target for KPI 40 in every month.", ""),
        ("Every council did not meet its target for KPI 40 in September 2021.", ""),
    ],
)
def test_met_throughout(text: str, found: str) -> None:
    """Met in every period, with one that was missed; an exception that is named is no slip."""
    told = sentences(assertions_against_table, view(HAVANT, HART, text=[text]))
    assert len(told) == bool(found)
    assert all(found in sentence for sentence in told)


def test_met_all() -> None:
    """A service that met all its measures, with one missed; another service's misses do not count."""
    land = line("Land Charges | PI001 | % searched on time", "Hart", {"Jul-21": "100%"}, "> 99%", table=2)
    at = view(HART, land, text=["Customer Services met all of its performance measures."])
    assert "KPI40 of Hart was 64%" in sentences(met_all, at)[0].replace("KPI 40", "KPI40")
    assert not sentences(met_all, view(HART, land, text=["Land Charges met all its performance measures."]))
    part = line("Customer | C1 | % on time", "Hart", {"Jul-21": "100%"}, "> 99%", table=3)
    assert sentences(met_all, view(HART, part, text=["Customer Services achieved every one of its targets."]))
    assert sentences(met_all, view(HART, text=["The contractor met every one of its measures in September 2021."]))
    assert not sentences(met_all, view(HART, land, text=["The contractor met every one of its measures."]))
    for back in ("except KPI 40", "but KPI 40, where Hart was late", ", though Hart missed one"):
        assert not sentences(met_all, view(HART, text=[f"Customer Services met all its measures {back}."]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("All of the targets for Customer Services were met.", True),
        ("All of the targets for Customer Services were met in August 2021.", False),
        ("All targets are to be reviewed, and were met.", False),
        ("Every Customer Services indicator achieved its target.", True),
        ("Customer Services missed none of its targets in September 2021.", True),
        ("Customer Services met every one of its standards.", True),
        ("No targets for Customer Services were missed.", True),
        ("Not all of the targets for Customer Services were met.", False),
        ("If all of the targets for Customer Services are met, a bonus is due.", False),
        ("Customer Services has not met all of its targets.", False),
    ],
)
def test_all_were_met(text: str, found: bool) -> None:
    """The same the other way round, in the time that the sentence names alone."""
    assert bool(sentences(met_all, view(HART, text=[text]))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hart missed its target for KPI 40 once, in September 2021.", False),
        ("Hart missed its target for KPI 40 once, in July 2021.", True),
        ("Havant met its target for KPI 40 in two of the three months.", False),
        ("Havant met its target for KPI 40 in all three months.", True),
        ("KPI 40 at Hart fell below target for the first time in three months.", False),
        ("KPI 40 at Havant was above target for two months running.", False),
        ("KPI 40 at Hart was above target for two months running.", True),
        ("KPI 40 has been over 70% at Hart since August 2021.", True),
        ("KPI 40 has been over 70% at Hart in every month but September.", False),
        ("Only Hart missed the target for KPI 40 in September 2021.", False),
        ("Only Hart missed the target for KPI 40 in July 2021.", True),
        ("Neither council met the target for KPI 40 in September 2021.", True),
        ("KPI 40 was higher at Hart than at Havant in August 2021.", False),
        ("KPI 40 was higher at Hart than at Havant in every month.", True),
        ("The worst month for KPI 40 at Hart was August 2021.", True),
        ("The worst month for KPI 40 at Hart was September 2021.", False),
        ("KPI 40 at Hart was nearly always above its target.", False),
        ("Hart has not met the target in any month.", True),
        ("Hart has not met the target for parking in any month.", False),
        ("KPI 40 is below target at Hart in September 2021, Havant is not.", False),
        ("Calls were answered more slowly in July 2021 than in August 2021 at Havant (KPI 40).", False),
        ("Hart has gone three months without missing its target for KPI 40.", False),
        ("Hart answered too few calls and missed the target in September 2021.", False),
    ],
)
def test_how_often(text: str, found: bool) -> None:
    """So often, for the first time, in a row, only one council, beside another: each where it is so and where not."""
    assert bool(sentences(assertions_against_table, view(HAVANT, HART, text=[text]))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sickness at the two councils, at 3.0 days, was the lowest of the year.", True),
        ("Bins left behind, at 30 in September 2021, were at their highest.", False),
        ("Bins left behind, at 30 in September 2021, were at their lowest.", True),
        ("Bins fell between July and September 2021.", False),
        ("Missed bins have been under 25 throughout.", True),
        ("Missed bins have fallen for the fifth month running.", True),
        ("Missed bins were lower in September 2021 than in July 2021, as expected.", True),
        ("We write to the contractor where a measure misses its target for two months running.", False),
        ("Depots missed the target for two months running.", False),
    ],
)
def test_a_measure_in_other_words(text: str, found: bool) -> None:
    """A measure is known by some of its words where a figure of it stands beside them, or by two of its words."""
    sick = line("HR | | Sickness absence (days)", "Hart", {"Jul-21": "2.0", "Aug-21": "2.5", "Sep-21": "3.0"})
    bins = line("Waste | | Missed bins per round", "Hart", {"Jul-21": "20", "Aug-21": "24", "Sep-21": "30"}, "< 29", 2)
    assert bool(sentences(assertions_against_table, view(sick, bins, text=[text]))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hart met the target for KPI 40 in September 2021.", True),
        ("Hart missed its target for KPI 40 in September 2021.", False),
        ("Hart did not meet its target for KPI 40 in July 2021.", True),
        ("Hart met the target for KPI 40 in July 2021 and missed the target since.", False),
    ],
)
def test_judged_otherwise(text: str, found: bool) -> None:
    """Met or missed against the table; a sentence that says both is not sure."""
    assert bool(sentences(assertions_against_table, view(HAVANT, HART, text=[text]))) is found


def test_all_improved() -> None:
    """All improved, and some fell over the paper's months: they are named, wherever the sentence stands."""
    told = sentences(
        all_improved, view(HAVANT, HART, text=[said("Status: All service KPIs show improvements.", table=3)])
    )
    assert len(told) == 1
    assert "of Hart from 90% to 64%" in told[0]
    assert "Havant" not in told[0]
    assert not sentences(all_improved, view(HAVANT, HART, text=["All managers reviewed the measures."]))
    lately = line(CALLS, "Havant", {"Jul-21": "60%", "Aug-21": "80%", "Sep-21": "75%"}, "> 69%")
    for when, found in (
        ("this month", True),
        ("this quarter", False),
        ("since April", True),
        ("over the period", False),
        ("across the board", False),
    ):
        text = f"All service KPIs have improved {when}."
        assert bool(sentences(all_improved, view(lately, text=[text]))) is found
    for said_of, found in (("customer services", True), ("Land Charges", False), ("parking", False)):
        land = line("Land Charges | L1 | % searches answered", "Hart", {"Jul-21": "90%", "Sep-21": "95%"}, "> 69%", 2)
        text = f"All {said_of} measures improved over the period."
        assert bool(sentences(all_improved, view(HART, land, text=[text]))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A failure of KPI 40 was triggered. This was clearly linked to waste calls for Havant.", "Hart went from 90%"),
        ("A failure of KPI 40 was triggered. This was linked to calls for Havant and Hart.", ""),
        ("KPI 40 is measured monthly. It was linked to calls for Havant.", ""),
    ],
)
def test_blame(text: str, found: str) -> None:
    """The council that improved and met is blamed while another fell; both blamed, or no failure, is no slip."""
    better = line(CALLS, "Havant", {"Jul-21": "60%", "Aug-21": "68%", "Sep-21": "75%"}, "> 69%")
    told = sentences(blame, view(better, HART, text=[text]))
    assert len(told) == bool(found)
    assert all(found in sentence for sentence in told)


def test_only_one_missed() -> None:
    """The only measure missed is not the only one; those of months not spoken of do not count."""
    web = "ICT | 2 | Network availability of all council premises"
    rows = [
        line(web, "Hart", {"Jul-21": "98%", "Aug-21": "99%"}, "> 98.5%"),
        line("ICT | 9 | Call answering within time (%)", "Hart", {"Jul-21": "79%", "Aug-21": "81%"}, ">= 80%"),
    ]
    text = "The only indicator not delivered was the network availability of all council premises in {}."
    assert "79% in Jul-21" in sentences(only_one_missed, view(*rows, text=[text.format("July 2021")]))[0]
    assert not sentences(only_one_missed, view(*rows, text=[text.format("August 2021")]))
    text = "In {} only the network availability of all council premises fell short of target."
    assert "79% in Jul-21" in sentences(only_one_missed, view(*rows, text=[text.format("July 2021")]))[0]
    assert not sentences(only_one_missed, view(*rows, text=[text.format("August 2021")]))
    text = "Network availability of all council premises was only slightly below target in July 2021."
    assert not sentences(only_one_missed, view(*rows, text=[text]))


def test_missed_in_another_quarter() -> None:
    """Missed in quarter 2 by the text, in December by the table."""
    row = line("Support | B2 | Tasks completed to deadline (%)", "Hart", {"Sep-20": "N/A", "Dec-20": "95%"}, ">= 97%")
    text = "Targets not hit included tasks completed to deadline in Quarter {}."
    assert "the miss in Dec-20" in sentences(missed_in_another_quarter, view(row, text=[text.format(2)]))[0]
    assert not sentences(missed_in_another_quarter, view(row, text=[text.format(3)]))


def test_quotes_stand_in_the_paper() -> None:
    """A row is quoted without the title that stands over its table, a paragraph by the sentence that is meant."""
    titled = line(CALLS, "Hart", {"Sep-21": "64%"}, "> 69%")
    seen = [replace(o, quote=f"Monthly - KPI 40 - {o.measure.name}: Hart | 64%") for o in titled[0]]
    text = "The service is new. Customer Services met all its targets. It is to grow."
    (slip,) = met_all(view((seen, titled[1]), text=[text]))
    assert slip.quotes == ("Customer Services met all its targets.", "Hart | 64%")
    days = "We met often. The next meeting is on Tuesday, 6 October 2021. All are welcome."
    assert [slip.quotes for slip in weekdays(view(text=[days]))] == [
        ("The next meeting is on Tuesday, 6 October 2021.",)
    ]
