"""The checks of numbers within one sentence or one row: each finds its slip, and is silent beside what is right."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tools.amounts import NAMES, TEXTS
from kpi_tools.checks.arithmetic import rows_off_their_rule
from kpi_tools.checks.days import days_that_no_month_has
from kpi_tools.checks.entries import bounds_of_entries, entries_off_their_band
from kpi_tools.checks.narrative import target_against_table
from kpi_tools.checks.overall import shares_above_the_whole
from kpi_tools.checks.people import votes_of_those_present
from kpi_tools.checks.ranks import extremes_among_rows
from kpi_tools.checks.ratings import ratings_against_figures, ratings_off_the_key, verdicts_against_figures
from kpi_tools.checks.slip import Check
from kpi_tools.checks.statements import (
    changes_that_do_not_come_out,
    differences_off_their_share,
    margins_off_their_ends,
    parts_off_their_whole,
    shares_that_do_not_come_out,
)
from kpi_tools.checks.sums import amounts_off_their_shares, spending_told_otherwise
from kpi_tools.ledger import KINDS, Record
from tests.checks_view import DAY, line, place, said, sentences, view

REPAIRS = "Housing | HS1 | Percentage of repairs done in time"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Recycling rose from 81.0% to 85.2%, an increase of 3.2 percentage points.", "4.2 percentage points"),
        ("Recycling rose from 81.0% to 85.2%, an increase of 4.2 percentage points.", ""),
        ("Recycling rose from 81.0% to 85.2%, an increase of 5.2%.", ""),
        ("Apprentices rose from 40 to 52, an increase of 20%.", "a change of 12 (30.0%)"),
        ("Apprentices rose from 40 to 52, an increase of 30%.", ""),
        ("Apprentices rose from 40 to 52, a 20% increase.", "a change of 12 (30.0%)"),
        ("Apprentices rose from 40 to 52, a 30% increase.", ""),
        ("Households fell by 14 from 212 to 188.", "a change of 24"),
        ("Households fell by 24 from 212 in June to 188 in July.", ""),
        ("Households fell from 212 to 188, a reduction of 11%.", ""),
        ("Costs have increased from £1.2m to £1.5m, a rise of £300k.", ""),
        ("Costs have increased from £1.2m to £1.5m, a rise of £500k.", "a change of £0.3m"),
        ("Costs have increased from £1.2m to £1.5m, a rise of over £200k.", ""),
        ("Calls went up from 48.2% to 46.1%.", "the other way"),
        ("Calls went down from 48.2% to 46.1%.", ""),
        ("Spending fell from 2019 to 2020 by a third.", ""),
        ("The scheme grew from 1 April to 30 June.", ""),
        ("The service increased from 9 to 5 days.", "the other way"),
        ("It rose from 5th to 3rd in the table.", ""),
    ],
)
def test_changes_in_sentences(text: str, found: str) -> None:
    """A change as its sentence tells it: its way, and its size in points, per cent or units; days are none."""
    told = sentences(changes_that_do_not_come_out, view(text=[text]))
    assert len(told) == bool(found), told
    assert all(found in sentence for sentence in told)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("36 (71%) of the 51 measures were on target.", ""),
        ("36 (76%) of the 51 measures were on target.", "36 of 51 is 71%"),
        ("Seven of the nine indicators (87%) were green.", "Seven of nine is 78%"),
        ("Seven of the nine indicators (78%) were green.", ""),
        ("Seven of the nine indicators (77.8%) were green.", ""),
        ("1,204 of 1,510 visits (79.7%) were on time.", ""),
        ("Of 240 complaints received, 60 (30%) were upheld.", "60 of 240 is 25%"),
        ("Of 240 complaints received, 60 (25%) were upheld.", ""),
        ("Of 240 complaints in Quarter 3, 60 (30%) were upheld.", "60 of 240 is 25%"),
        ("Costs rose by 36 (71%) of the sum.", ""),
        ("£36 (76%) of the 51 measures", ""),
        ("In 3 of 4 areas that we visited last month in the spring (12%) of visits failed.", ""),
    ],
)
def test_shares_in_sentences(text: str, found: str) -> None:
    """A share beside its two numbers, in figures or words, right within its last place or not."""
    told = sentences(shares_that_do_not_come_out, view(text=[text]))
    assert len(told) == bool(found), told
    assert all(found in sentence for sentence in told)


@given(one=st.decimals(1, 100, places=1), two=st.decimals(1, 100, places=1))
def test_a_change_that_comes_out_is_no_slip(one: Decimal, two: Decimal) -> None:
    """Whatever the numbers: told the right way and with their difference, nothing is wrong."""
    way = "rose" if two > one else "fell"
    text = f"Recycling {way} from {one}% to {two}%, a change of {abs(two - one)} percentage points."
    assert not sentences(changes_that_do_not_come_out, view(text=[text]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The report of 31 September 2025 was noted.", True),
        ("The report of 30th February 2024 was noted.", True),
        ("The report of 29 February 2023 was noted.", True),
        ("The report of 29 February 2024 was noted.", False),
        ("The report of 30 September 2025 was noted.", False),
        ("Pages 31 Sept 2025", True),
    ],
)
def test_days_that_no_month_has(text: str, found: bool) -> None:
    """The 31st of a month of thirty days; a leap year has its 29 February."""
    assert bool(sentences(days_that_no_month_has, view(text=[text]))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("HS1 was 96% in July 2021, against a target of 98%.", True),
        ("HS1 was 96% in July 2021, against a target of 97%.", False),
        ("HS1 was 96% in July 2021; the national target of 98% is for others.", False),
        ("HS1 was 96%; the target of 98 and 99 is for others.", False),
        ("HS1 has a target of 5 days for its letters.", False),
        ("The target for HS1 is 98%.", True),
        ("The target for HS1 is 97%.", False),
    ],
)
def test_target_against_table(text: str, found: bool) -> None:
    """A target that the text gives otherwise than the table; one of another kind, or body, is left alone."""
    row = line(REPAIRS, "Hart", {"Jul-21": "96%", "Aug-21": "97%"}, ">= 97%")
    assert bool(sentences(target_against_table, view(row, text=[text]))) is found


def test_shares_above_the_whole() -> None:
    """A share of a whole is at most all of it; what is held against a plan may be more."""
    figures = {"Jul-21": "96%", "Aug-21": "104.2%", "Sep-21": "97%"}
    assert "104.2% in Aug-21" in sentences(shares_above_the_whole, view(line(REPAIRS, "Hart", figures)))[0]
    for name in ("Percentage of planned repairs done", "Change in repairs", "% increase in repairs"):
        assert not sentences(shares_above_the_whole, view(line(f"Housing | HS1 | {name}", "Hart", figures)))


@pytest.mark.parametrize(
    ("key", "rating", "figure", "found"),
    [
        ("Green = target met, Red = target missed by 5%", "Green", "95.9%", "is rated green"),
        ("Green = target met, Red = target missed by 5%", "Red", "97.9%", "is rated red"),
        ("Green = target met, Red = target missed by 5%", "Amber", "95.9%", ""),
        ("Green = target met, Red = target missed by 5%", "Red", "95.9%", ""),
        ("Green = within 5% of target, Red = worse", "Green", "95.9%", ""),
        ("Green = target met", "Red (see note 4)", "97.9%", "is rated red"),
        ("Red = target missed by more than 10%", "Green", "95.9%", ""),
        ("Green = target met", "Green - seasonal peak", "95.9%", "is rated green"),
        ("No key", "Green", "95.9%", ""),
        ("Amber = within 5% of target, Red = more than 5% off", "Amber", "90.0%", "is rated amber"),
        ("Amber = within 5% of target, Red = more than 5% off", "Amber", "92.5%", ""),
        ("Amber = within 5% of target, Red = more than 5% off", "Red", "95.9%", "is rated red"),
        ("Amber = within 5% of target, Red = more than 5% off", "Red", "90.0%", ""),
    ],
)
def test_ratings_against_figures(key: str, rating: str, figure: str, found: str) -> None:
    """Green that missed, red that met, by the paper's own key; amber and red by its margin."""
    seen, aims = line(REPAIRS, "Hart", {"Jul-21": "99%", "Aug-21": figure}, ">= 97%")
    seen = [replace(o, quote=f"HS1 | Repairs | 99% | {figure} | {rating}", place=replace(o.place, row=1)) for o in seen]
    told = sentences(ratings_against_figures, view((seen, aims), text=[key]))
    assert len(told) == bool(found)
    assert all(found in sentence for sentence in told)


def test_entries_off_their_band() -> None:
    """What is called medium with a score that the key calls high; the score is the column that fits the key best."""
    rated = ((12, "High"), (10, "Medium"), (4, "Low"), (16, "Medium - review"), (8, "G"))
    rows = [
        said(f"R{n}: Chance {score // 4}, Score {score}, Rating {rating}", table=2)
        for n, (score, rating) in enumerate(rated)
    ]
    (told,) = sentences(entries_off_their_band, view(text=["Low 1-6, Medium 7-11, High 12-25.", *rows[:4]]))
    assert told == "R3 is called 'medium' with 16; the key has 'medium' from 7 to 11."
    for key, lines in (("Low 1-6, Medium 7-11, High 12-25.", rows), ("Low 1-6, Medium 6-16, High 12-25.", rows[:4])):
        assert not sentences(entries_off_their_band, view(text=[key, *lines]))


@pytest.mark.parametrize(
    ("said_of_it", "figure", "found"),
    [("Yes", "95.9%", "misses"), ("No", "97.9%", "meets"), ("Yes", "97.9%", ""), ("N/A", "95.9%", "")],
)
def test_verdicts_against_figures(said_of_it: str, figure: str, found: str) -> None:
    """A column that asks whether the target was met needs no key."""
    seen, aims = line(REPAIRS, "Hart", {"Jul-21": "99%", "Aug-21": figure}, ">= 97%")
    seen = [replace(o, place=replace(o.place, row=1)) for o in seen]
    row = said(f"HS1: Measure Repairs, Jul-21 99%, Aug-21 {figure}, On target? {said_of_it}")
    told = sentences(verdicts_against_figures, view((seen, aims), text=[replace(row, places=(seen[0].place,))]))
    assert len(told) == bool(found)
    assert all(found in sentence for sentence in told)


def split(lines: Mapping[str, tuple[str, str]]) -> list[Record]:
    every = dict.fromkeys(KINDS["budget_line"], "")
    return [
        Record(
            "budget_line",
            DAY,
            every | {"budget": "Waste", "line": name, "amounts": f"Share: {share}; Amount: {amount}"},
            place(7, row),
            f"{name} | {share} | {amount}",
        )
        for row, (name, (share, amount)) in enumerate(lines.items())
    ]


def test_amounts_off_their_shares() -> None:
    """One amount that is not its share of the total, beside those that are; all off is another kind of split."""
    right = {
        "Ashdown": ("40%", "£400"),
        "Linfield": ("35%", "£350"),
        "Ford": ("25%", "£250"),
        "Total": ("100%", "£1,000"),
    }
    assert not sentences(amounts_off_their_shares, view(records=split(right)))
    told = sentences(amounts_off_their_shares, view(records=split(right | {"Linfield": ("35%", "£530")})))
    assert told == ["Waste, Linfield: 35% of £1,000 is £350, the line says £530."]
    alone = {name: cells for name, cells in right.items() if name != "Total"} | {"Linfield": ("35%", "£530")}
    fields = dict.fromkeys(KINDS["budget_line"], "") | {"budget": "All", "line": "Total", "amounts": "Budget: £1,000"}
    whole = Record("budget_line", DAY, fields, place(9), "Total | £1,000")
    assert not sentences(amounts_off_their_shares, view(records=split(alone)))
    assert sentences(amounts_off_their_shares, view(records=[*split(alone), whole])) == told
    shifted = {name: (share, f"{amount}00") for name, (share, amount) in right.items() if name != "Total"}
    assert not sentences(amounts_off_their_shares, view(records=split(shifted | {"Total": right["Total"]})))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("This is £11,250 (6.3%) more than in 2023/24, when it was £213,750.", True),
        ("This is £11,250 (5.3%) more than in 2023/24, when it was £213,750.", False),
        ("At £225,000 this is £11,250 (5.3%) more than before.", False),
        ("At £225,000 this is £11,250 (5.0%) more than before.", False),
        ("This is £11,250 (6.3%) more than in 2023/24.", False),
        ("The £213,750 is £11,250 (6.3%) less than the £225,000 of the plan.", False),
    ],
)
def test_differences_off_their_share(text: str, found: bool) -> None:
    """A difference told in money and in per cent of the one other amount, in any reading of it."""
    assert bool(sentences(differences_off_their_share, view(text=[text]))) is found


@pytest.mark.parametrize(
    ("check", "text", "found"),
    [
        (shares_that_do_not_come_out, "Ash pays 37.5% of the contract sum of £480,000, which is £188,000.", "is 39.2%"),
        (shares_that_do_not_come_out, "Ash pays 37.5% of the contract sum of £480,000, which is £180,000.", ""),
        (shares_that_do_not_come_out, "Ash pays 38% of £480,000, which is £180,000.", ""),
        (parts_off_their_whole, "It is shared in these proportions: Ash 41%, Birch 33% and Elm 24%.", "make 98%"),
        (parts_off_their_whole, "The cost is split: 41% to Ash, 33% to Birch and 26% to Elm Park.", ""),
        (parts_off_their_whole, "The split is Ash (33%), Birch (33%) and Elm (33%).", ""),
        (parts_off_their_whole, "The share of calls was 91% at Ash, 93% at Birch and 95% at Elm.", ""),
        (votes_of_those_present, "Carried by six votes for, three against and two abstentions by the ten members"
         " present.", "makes 11 votes"),
        (votes_of_those_present, "Carried with 4 in favour, 2 against and 1 abstention, 8 members voting.", "makes 7"),
        (votes_of_those_present, "Carried with 4 in favour, 2 against and 1 abstention, 7 members voting.", ""),
        (votes_of_those_present, "Carried with 4 votes for and 2 against; nine members were present.", ""),
        (votes_of_those_present, "Five members were present. Carried with 4 votes for and 2 against.", "makes 6 votes"),
        (votes_of_those_present, "Five members were present. It was agreed by four votes to two.", "makes 6 votes"),
        (parts_off_their_whole, "Savings of £420,000 are made up of £185,000 from fees, £140,000 from rent and £105,000"
         " from 2 vacant posts.", "make £430,000, not £420,000"),
        (parts_off_their_whole, "The £420,000 consists of £280,000 for roads and £140,000 for lights.", ""),
        (parts_off_their_whole, "The team of 42 comprises 30 full-time and 14 part-time staff.", "make 44, not 42"),
        (parts_off_their_whole, "The £1.2m is split between £0.45m for roads and £0.8m for lights.", "make £1.25m"),
        (shares_that_do_not_come_out, "Enquiries were answered in 93% of cases (186 out of 210).", "186 of 210 is 89%"),
        (shares_that_do_not_come_out, "Enquiries were answered in 93% of cases (186 out of 200).", ""),
        (shares_that_do_not_come_out, "Spending is £51.2m, or 64% of the approved budget of £69m.", "is 74%"),
        (shares_that_do_not_come_out, "Spending is £51.2m, or 74% of the approved budget of £69m.", ""),
        (shares_that_do_not_come_out, "It took £345,000, 5% of the budget of £6.9m.", ""),
        (parts_off_their_whole, "Of the £4.1m for buses, £2.6m is grant, £0.9m fees and £0.8m ours.", "make £4.3m"),
        (parts_off_their_whole, "Of the £4.1m for buses, £2.6m is grant, £0.9m fees and £0.5m ours.", ""),
        (parts_off_their_whole, "The programme of £9m is made up of £2m a year and £1m for each school.", ""),
        (margins_off_their_ends, "Rent collected stood at 98.7%, 0.3 percentage points above the target of 98.0%.",
         "98.7% is 0.7 percentage points above 98.0%"),
        (margins_off_their_ends, "Rent collected stood at 98.7%, 0.7 percentage points above the target of 98.0%.", ""),
        (margins_off_their_ends, "At 45.5%, it remains 1.5 percentage points short of the 46% target.", "is 0.5 "),
        (margins_off_their_ends, "At 45.5%, it remains 0.5 percentage points short of the 46% target.", ""),
        (differences_off_their_share, "Defects were 7,940 in May, an increase of 925 (15.2%) on April.", "is 13.2% of"),
        (differences_off_their_share, "Defects were 7,940 in May, an increase of 925 (13.2%) on April.", ""),
        (differences_off_their_share, "It is £1.35m (5.2%) over its budget of £18.75m.", "£1.35m is 7.2% of £18.75m"),
        (differences_off_their_share, "It is £1.35m (7.2%) over its budget of £18.75m.", ""),
        (margins_off_their_ends, "Absence is 1.9 days, 0.4 days lower than the 2.1 days of last year.", "is 0.2 below"),
        (margins_off_their_ends, "Absence is 1.9 days, 0.2 days lower than the 2.1 days of last year.", ""),
        (margins_off_their_ends, "It took 21.5 days, 3.5 days below the target of 18 days.", "is 3.5 above 18"),
        (margins_off_their_ends, "Spend was £1.32m, £120,000 over the budget of £1.2m.", ""),
        (margins_off_their_ends, "Spend was £1.32m, 10% over the budget of £1.2m.", ""),
        (margins_off_their_ends, "Spend was £1.32m, about 9% over the budget of £1.2m.", ""),
        (shares_that_do_not_come_out, "Of the 212 tenants who answered, 148 (75%) said so.", "148 of 212 is 70%"),
    ],
)  # fmt: skip
def test_parts_and_votes(check: Check, text: str, found: str) -> None:
    """A part of an amount of money, and votes beside how many were there."""
    told = sentences(check, view(text=[text]))
    assert len(told) == bool(found), told
    assert all(found in sentence for sentence in told)


def row(kind: str, number: int, name: str, cells: Mapping[str, str]) -> Record:
    """A row of any table, or of a budget."""
    told = "; ".join(f"{header}: {text}" for header, text in cells.items())
    fields = {NAMES[kind]: "Complaints", "head": "", "line": name, TEXTS[kind]: told}
    return Record(kind, DAY, fields, place(4, number), told)


@pytest.mark.parametrize(("last", "found"), [("18", True), ("15", False), ("n/a", False)])
def test_rows_off_their_total(last: str, found: bool) -> None:
    """A row's total at its end that is not the sum of its cells, where in the other rows it is."""
    lines = {"Ash": ("1", "2", "3"), "Birch": ("4", "5", "9"), "Elm": ("7", "8", last)}
    for header, sure in (("Year to date", True), ("Total 2020/21", True), ("Target", False)):
        rows = [
            row("table_row", n, name, dict(zip(("Q1", "Q2", header), cells, strict=True)))
            for n, (name, cells) in enumerate(lines.items())
        ]
        assert bool(sentences(rows_off_their_rule, view(records=rows))) is (found and sure)
        assert not sentences(rows_off_their_rule, view(records=rows[1:]))


def test_a_wrong_cell_and_the_total_below_it_are_one_slip() -> None:
    """A row's total that is wrong makes the total of its column wrong by as much; another error is told beside it."""
    cells = {
        "Ash": (10, 20, 30),
        "Birch": (40, 50, 90),
        "Elm": (70, 80, 150),
        "Oak": (20, 25, 54),
        "Sum": (140, 175, 324),
    }
    heads = ("Recycled", "Composted", "Year to date")
    rows = [
        row("table_row", n, name, dict(zip(heads, map(str, one), strict=True)))
        for n, (name, one) in enumerate(cells.items())
    ]
    (told,) = sentences(rows_off_their_rule, view(records=rows))
    assert told.startswith("Oak: the sum of the 2 cells before it is 45, the column 'Year to date' says 54")


@pytest.mark.parametrize(
    ("headers", "cells", "found"),
    [
        (("Raised", "Within 24 hours", "%"), ("190", "170", "88.5%"), "170 as a share of 190 is 89.5%"),
        (("Raised", "Within 24 hours", "%"), ("190", "170", "89.4%"), ""),  # cut off, not rounded
        (("Last year", "This year", "%"), ("190", "228", "18.0%"), "228 as a change from 190 is 20.0%"),
        (("Opened", "Closed", "Left open"), ("190", "170", "30"), "190 less 170 is 20"),
        (("Opened", "Closed", "Left open"), ("190", "170", "20"), ""),
        (("Hours", "Rate", "Points"), ("19", "17", "333"), "19 times 17 is 323"),
        (("Opened", "Closed", "Score"), ("190", "170", "30"), ""),  # no rule in the other rows
    ],
)
def test_rows_off_their_rule(headers: tuple[str, ...], cells: tuple[str, ...], found: str) -> None:
    """A column that follows from others in every row but one, whatever it is called; never by two rows alone."""
    makes = {"%": lambda a, b: f"{b * 100 / a:.1f}%", "Left open": lambda a, b: a - b, "Points": lambda a, b: a * b}
    grows = headers[0] == "Last year"
    make = (lambda a, b: f"{(b - a) * 100 / a:.1f}%") if grows else makes.get(headers[2], lambda a, b: (a * a) % b)
    usual = [(str(a), str(b), str(make(a, b))) for a, b in ((412, 388), (305, 281), (268, 229), (120, 97))]
    rows = [
        row("table_row", n, f"Area {n}", dict(zip(headers, one, strict=True))) for n, one in enumerate([*usual, cells])
    ]
    told = sentences(rows_off_their_rule, view(records=rows))
    assert len(told) == bool(found), told
    assert all(found in sentence and "Area 4" in sentence for sentence in told)
    assert not sentences(rows_off_their_rule, view(records=rows[2:]))


def test_a_rule_that_rounding_alone_keeps_blames_no_row_that_another_makes() -> None:
    """61 of 670 posts are 9.1%, though the other rates come near to another rule as well."""
    cells = (("200", "180", "20", "10%"), ("320", "288", "32", "12%"), ("150", "141", "9", "6%"))
    every = (*cells, ("670", "609", "61", "9.1%"))
    heads = ("Posts", "Filled", "Vacant", "Vacancy rate")
    rows = [row("table_row", n, f"Area {n}", dict(zip(heads, one, strict=True))) for n, one in enumerate(every)]
    assert not [told for told in sentences(rows_off_their_rule, view(records=rows)) if "9.1%" in told]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We forecast an underspend of £140,000.", True),
        ("We forecast an underspend for the year of £0.14m.", True),
        ("The cost is forecast to be £140,000 under budget.", True),
        ("The cost is forecast to be £140,000 over the budget.", False),
        ("We forecast an overspend of £140,000.", False),
        ("We forecast an underspend of £150,000.", False),
        ("The Council forecasts an overspend of £150,000.", True),
        ("The Council forecasts an overspend of £140,000.", False),
        ("The programme is £150,000 over the approved budget.", True),
        ("Roads forecasts an overspend of £50,000.", False),
        ("Roads forecasts an overspend of £95,000.", True),
        ("Roads forecasts an overspend of £90,000.", False),
        ("Roads is forecast to underspend by £90,000.", True),
        ("The half year shows an overspend of £150,000.", True),
    ],
)
def test_spending_told_otherwise(text: str, found: bool) -> None:
    """An underspend by the very sum by which the total is overspent; another sum than the line or the total has."""
    sums = {"Parks": ("300", "350"), "Roads": ("600", "690"), "Total": ("900", "1,040")}
    rows = [
        row("budget_line", n, name, {"Budget £000": planned, "Forecast £000": spent})
        for n, (name, (planned, spent)) in enumerate(sums.items())
    ]
    assert bool(sentences(spending_told_otherwise, view(text=[text], records=rows))) is found


def test_ratings_off_the_key() -> None:
    """A word that is no colour of the key, in the column of ratings of a table; without a key nothing is odd."""
    colours = ["Green", "Red", "Amber", "Turquoise", "N/A"]
    rows = [said(f"W{n}: Target 90%, RAG {colour}", table=2) for n, colour in enumerate(colours)]
    key = said("Green = target met, Red = target missed")
    told = sentences(ratings_off_the_key, view(text=[key, *rows]))
    other = [said(row.text.replace("RAG", "Status"), table=2) for row in rows]
    assert sentences(ratings_off_the_key, view(text=[key, *other])) == told
    assert told == ["'W3' is rated 'turquoise', which the key does not have ('Green = target met')."]
    assert not sentences(ratings_off_the_key, view(text=rows))
    assert not sentences(ratings_off_the_key, view(text=[key, said("Turquoise = new"), *rows[:3], *rows[4:]]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The lowest result was in the West, where a post was vacant.", True),  # of the shares, not of the cases
        ("The lowest result was in the South.", False),
        ("The largest number of repairs was in the North.", False),
        ("North had the fewest repairs.", False),  # nothing of the table is called so
        ("West had the highest share within target.", True),
        ("West received the highest number of requests.", True),
        ("East recorded the best performance.", True),
        ("The largest depot is in the East.", False),
        ("Except for one week, the lowest result was in the West.", False),
    ],
)
def test_extremes_among_rows(text: str, found: bool) -> None:
    """A row that is called the highest or lowest and is so in no column of the table beside it."""
    cells = {"North": ("412", "94.2%"), "East": ("305", "92.1%"), "South": ("268", "85.4%"), "West": ("190", "89.5%")}
    rows = [
        row("table_row", n, name, dict(zip(("Raised", "In time"), one, strict=True)))
        for n, (name, one) in enumerate([*cells.items(), ("Total", ("1,175", "90.9%"))])
    ]
    assert bool(sentences(extremes_among_rows, view(records=rows, text=[text]))) is found
    assert not sentences(extremes_among_rows, view(records=rows[:2], text=[text]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("All four areas met the 24-hour standard of 90%.", "South"),
        ("All four areas were above 85%.", ""),
        ("All five areas were above 90%.", ""),  # another table's
        ("All four areas were below 95%.", ""),
        ("All four areas were below 94%.", "North"),
        ("All but one of the four areas were above 90%.", ""),
        ("No area was in time in less than 90% of cases.", "South"),
        ("No area was in time in more than 95% of cases.", ""),
        ("No area was late in less than 90% of cases.", ""),
        ("No area had a time shorter than 86%.", "South"),
    ],
)
def test_bounds_of_entries(text: str, found: str) -> None:
    """What is said of all rows of a table beside the text, and not so of one."""
    cells = {"North": "94.2%", "East": "92.1%", "South": "85.4%", "West": "91.5%", "Total": "90.9%"}
    rows = [said(f"{name}: In time {cell}", table=1) for name, cell in cells.items()]
    told = sentences(bounds_of_entries, view(text=[text, *rows]))
    assert len(told) == bool(found), told
    assert all(f"but {found} of the table" in sentence for sentence in told)
