"""The checks of counts: what a paper says of how many there are, met or missed, against its tables."""

from dataclasses import replace
from datetime import date

import pytest

from kpi_tools.checks.asserted import assertions_against_table
from kpi_tools.checks.entries import counts_of_entries
from kpi_tools.checks.tallies import (
    counts_in_sentences,
    hits_against_table,
    indicators_told_of,
    misses_by_quarter,
)
from kpi_tools.measures import HITS
from tests.checks_view import line, said, sentences, view

CALLS = "Customer Services | KPI 40 | Calls answered within 30 seconds (%)"
HAVANT = line(CALLS, "Havant", {"Jul-21": "68.83%", "Aug-21": "72%", "Sep-21": "70%"}, "> 69%")
HART = line(CALLS, "Hart", {"Jul-21": "90%", "Aug-21": "91%", "Sep-21": "64%"}, "> 69%")


def test_hits_against_table() -> None:
    """Eight of nine hit, and the scorecard has two misses of that service in that month; or fewer misses than told."""
    rows = [
        line(f"STS | K{n} | % of kind {n} collected", "Hart", {"Dec-20": "97%", "Mar-21": figure}, ">= 96%")
        for n, figure in enumerate(("95%", "94%", "98%"), 1)
    ]
    for hits, every, found in (
        ("8", "9", True),
        ("7", "9", False),
        ("1", "3", False),
        ("2", "3", True),
        ("0", "3", True),
    ):
        tally = line(f"Shared Transactional Services || {HITS}", "Overall", {"Mar-21": hits}, f">= {every}", table=4)
        told = sentences(hits_against_table, view(*rows, tally))
        assert bool(told) is found
        assert all("STS K1 (95% against >= 96%) and STS K2 (94%" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two of the three indicators met their target in March 2021.", True),
        ("One of the three indicators met its target in March 2021.", False),
        ("1 out of 3 targets was missed in March 2021.", True),
        ("We did not meet two of our three targets in March 2021.", False),
        ("Of the three indicators, two met their target in March 2021.", True),
        ("Of the 3 STS indicators, 1 met its target in March 2021.", False),
        ("Of the three indicators below, two met their target in March 2021.", True),
        ("1.2 Of the 3 indicators, one met its target in March 2021.", False),
        ("Two of the three indicators met their target.", True),
        ("Two of the three indicators met their target in December 2020.", True),
        ("Two of the three targets were reviewed in March 2021.", False),
        ("Two of the four indicators met their target in March 2021.", False),
        ("About two of the three indicators met their target in March 2021.", False),
        ("All of the three STS indicators met their target, apart from K1, in March 2021.", False),
    ],
)
def test_counts_in_sentences(text: str, found: bool) -> None:
    """How many met or missed, against as many indicators in the tables; of another number of them nothing is sure."""
    rows = [
        line(f"STS | K{n} | % of kind {n} collected", "Hart", {"Dec-20": "97%", "Mar-21": figure}, ">= 96%")
        for n, figure in enumerate(("95%", "94%", "98%"), 1)
    ]
    assert bool(sentences(counts_in_sentences, view(*rows, text=[text]))) is found


def test_councils_in_sentences() -> None:
    """How many councils met a target in a month, against its table."""
    text = "{} of the two councils met the target for KPI 40 in {} 2021."
    assert (
        "Havant had 68.83%"
        in sentences(assertions_against_table, view(HAVANT, HART, text=[text.format("All", "July")]))[0]
    )
    assert not sentences(assertions_against_table, view(HAVANT, HART, text=[text.format("One", "July")]))
    assert not sentences(assertions_against_table, view(HAVANT, HART, text=[text.format("All", "August")]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The contract has 12 performance indicators, as the following table shows.", True),
        ("The contract has nine performance indicators, as the table below shows.", True),
        ("The contract has 11 performance indicators, as the following table shows.", False),
        ("The contract has ten performance indicators, as the following table shows.", False),
        ("Of our 12 indicators 11 are monthly, as the following table shows.", False),
        ("The contract has 12 performance indicators.", False),
        ("The 12 councils are in the following table.", False),
    ],
)
def test_indicators_told_of(text: str, found: bool) -> None:
    """More or fewer indicators than a summary's lines make in any of its periods, where the text leads to it."""
    lines = [
        line(f"Land Charges || {HITS}", "Overall", {"Jul-21": "4"}, ">= 4", table=4),
        line(f"Customer Services || {HITS}", "Overall", {"Jul-21": "7"}, ">= 7", table=4),
        line(f"Land Charges || {HITS}", "Overall", {"Aug-21": "3"}, ">= 3", table=4),
        line(f"Customer Services || {HITS}", "Overall", {"Aug-21": "7"}, ">= 7", table=4),
    ]
    for shift, (_, aims) in enumerate(lines):
        start, end = ((date(2021, 7, 1), date(2021, 7, 31)), (date(2021, 8, 1), date(2021, 8, 31)))[shift // 2]
        aims[0] = replace(aims[0], start=start, end=end)
    assert bool(sentences(indicators_told_of, view(*lines, text=[text]))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Of the 5 indicators, 3 were green, 1 amber and 1 red.", ["The text counts 1 amber, 3 green and 1 red"]),
        ("Of the 5 indicators, two were green, 1 amber and two red.", []),
        ("Three indicators are rated green and two are red.", ["the table has 1 amber, 2 green and 2 red"]),
        ("In the previous quarter 3 were green and 2 red.", []),
        ("Of the 20 projects 14 are green and 6 red.", []),
        ("Of the 5 indicators, 3 were green.", ["the table has 1 amber, 2 green and 2 red"]),
        ("Of the 6 indicators, 3 were green.", []),
        ("Three of the five indicators are green.", ["The text counts 3 green"]),
        ("Two of the five indicators are green.", []),
        ("Of the nine projects, three are complete.", ["3 complete, the table has 4 complete"]),
        ("Four of the projects are at the stage of complete.", []),
        ("Three projects have reached the stage complete.", ["3 complete, the table has 4 complete"]),
        ("Three projects are complete.", []),  # of which nobody knows that it is of this column
    ],
)
def test_counts_of_entries(text: str, found: list[str]) -> None:
    """How many are green and red by the text, against the one table that has about so many."""
    rows = [said(f"W{n}: Target 90%, RAG {colour}", table=2) for n, colour in enumerate("GGARR")]
    stages = ["Complete (since May)", "Design - late", "Complete", "Delivery"]
    rows += [  # another table, with many more
        said(f"P{n}: Due May 2021, Stage {stages[n % 4]}, RAG G", table=3) for n in range(8)
    ]
    rows += [said("P8: Due May 2021, Stage Design, RAG G", table=3), said("Total: Due none, Stage Complete", table=3)]
    told = sentences(counts_of_entries, view(text=[said(text), *rows]))
    assert len(told) == len(found)
    assert all(words in sentence for words, sentence in zip(found, told, strict=True))


@pytest.mark.parametrize(
    ("third", "fourth", "found"),
    [
        ("One indicator was not met in Quarter 3.", "Two indicators were missed in Quarter 4.", []),
        ("One indicator was not met in Quarter 3.", "One indicator was missed in Quarter 4.", ["tells of 1 missed"]),
        ("One indicator was not met in Quarter 3.", "", ["tells of none missed in quarter 4"]),
        ("Quarter 3 was good.", "", []),
    ],
)
def test_misses_by_quarter(third: str, fourth: str, found: list[str]) -> None:
    """The misses that a list tells by quarter, against those of the one table that has so many indicators."""
    rows = [
        line(f"ICT | K{n} | % of kind {n} done", "Hart", {"Dec-20": dec, "Mar-21": mar, "Jun-21": "1%"}, ">= 96%")
        for n, (dec, mar) in enumerate((("95%", "94%"), ("98%", "90%"), ("98%", "99%")), 1)
    ]
    text = ["In 2020/21, of the three indicators:", f"- {third}", f"- {fourth}"]
    told = sentences(misses_by_quarter, view(*rows, text=text))
    assert len(told) == len(found)
    assert all(words in sentence for words, sentence in zip(found, told, strict=True))
    assert len(sentences(misses_by_quarter, view(*rows, text=[" ".join(text)]))) == len(found)
    assert not sentences(misses_by_quarter, view(*rows[:2], text=text))
