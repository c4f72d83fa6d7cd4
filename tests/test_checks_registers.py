"""The checks of what a paper numbers: numbers left out or used twice, failures without a plan, and what is right."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from kpi_tools.checks.registers import (
    failure_without_plan,
    gaps_in_codes,
    gaps_in_plan_numbers,
    plans_without_a_number,
    refs_used_twice,
)
from kpi_tools.ledger import Record
from tests.checks_view import line, place, plan_item, rectification, said, sentences, view

CALLS = "Customer Services | KPI 40 | Calls answered within 30 seconds (%)"
HART = line(CALLS, "Hart", {"Jul-21": "90%", "Aug-21": "91%", "Sep-21": "64%"}, "> 69%")


def test_refs_used_twice() -> None:
    """A reference that two items of a plan have, even with a letter before it; an item over two rows is one."""
    items = [
        plan_item(0, ref="M RB8", description="Target model"),
        plan_item(1, ref="RB8", description="Collection rates"),
    ]
    assert sentences(refs_used_twice, view(records=items)) == [
        "The reference RB8 stands for Target model and Collection rates."
    ]
    assert not sentences(
        refs_used_twice, view(records=[items[0], plan_item(1, ref="M RB8", description="Target model")])
    )


def test_gaps_in_a_plan() -> None:
    """Items that are missing from a plan's numbers, in a plan that counts them; bare numbers prove nothing."""
    refs = ("RB1", "RB2", "RB3", "RB4", "RB7", "RB8")
    items = [plan_item(n, ref=ref) for n, ref in enumerate(refs)]
    assert ["RB5, RB6" in told for told in sentences(gaps_in_plan_numbers, view(records=items))] == [True]
    bare = [plan_item(n, ref=ref.removeprefix("RB")) for n, ref in enumerate(refs)]
    assert not sentences(gaps_in_plan_numbers, view(records=[*bare, *items[:3], *items[4:]]))


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((1, 3, 4, 5, 6), ["IT: between PI001 and PI003 the definitions have no number 2."]),
        ((1, 2, 3, 4, 5), []),
        ((2, 3, 4), ["IT: the definitions begin with PI002 and have no number 1 before it."]),
        ((2, 3), []),  # two begin no series
        ((3, 4, 5), []),  # where more is missing another list may have it
        ((1, 3, 4), []),  # too few to count through
        ((1, 5, 6, 9, 12), []),  # nor do these
    ],
)
def test_gaps_in_codes(numbers: Sequence[int], told: Sequence[str]) -> None:
    """Codes of definitions that are counted through but for one or two; those beside figures are all that there is."""
    defined = [line(f"IT | PI{number:03} | Measure {number}", "Hart", {}, "> 90%") for number in numbers]
    assert sentences(gaps_in_codes, view(*defined)) == told
    beside = [
        line(f"IT | PI{number:03} | Measure {number}", "Hart", {"Aug-21": "91%"}, "> 90%", 9) for number in numbers
    ]
    assert not sentences(gaps_in_codes, view(*beside))


def test_gaps_in_a_plan_that_keeps_what_is_done() -> None:
    """A short plan with a number left out: it counts where completed items stay in the list."""
    items = [plan_item(n, ref=f"HA{n}", description=f"Work {n}", status="Started") for n in (1, 2, 3, 5)]
    kept = [plan_item(0, ref="HA1", description="Work 1", status="Complete"), *items[1:]]
    assert not sentences(gaps_in_plan_numbers, view(records=items))
    assert sentences(gaps_in_plan_numbers, view(records=kept))


def test_gaps_in_a_table() -> None:
    """A long list of measures that leaves out two numbers in a row: one slip, and none where many are missing."""

    def numbered(numbers: Sequence[int]) -> list[str]:
        rows = [line(f"ICT | {number} | Measure {number}", "Hart", {"Aug-21": "91%"}) for number in numbers]
        return sentences(gaps_in_codes, view(*rows))

    assert numbered([*range(1, 5), *range(7, 16)]) == ["ICT: between 4 and 7 the tables have no number 5 and 6."]
    assert not numbered(range(1, 16))
    assert not numbered([*range(1, 9), *range(14, 20)])
    assert not numbered([1, 2, 4, 5, 6, 7])


def test_failure_without_plan() -> None:
    """A failure that the report names, with plans for other services alone."""
    text = said("A failure of KPI 40 was triggered.", heading="CUSTOMER SERVICES")
    none, one = [rectification("RP1-2021", "Finance")], [rectification("RP1-2021", "Customer Services")]
    assert sentences(failure_without_plan, view(HART, text=[text], records=none))
    assert not sentences(failure_without_plan, view(HART, text=[text], records=one))
    assert not sentences(failure_without_plan, view(HART, text=["KPI 40 was discussed."], records=none))
    each = "A recovery plan is in place for every measure that is below target."
    assert sentences(failure_without_plan, view(HART, text=[each], records=none))
    assert not sentences(failure_without_plan, view(HART, text=[each.replace("below target", "red")], records=none))
    assert sentences(failure_without_plan, view(HART, text=["KPI 40 failed in September."], records=none))
    other = line("Land Charges | KPI 40 | % searched on time", "Hart", {"Sep-21": "64%"}, "> 99%", table=2)
    assert not sentences(failure_without_plan, view(HART, other, text=["KPI 40 failed in September."], records=none))


def test_gaps_that_a_later_paper_fills() -> None:
    """What a later paper has was left out of this one; what an earlier one has may have been done with."""
    refs = ("RB1", "RB2", "RB3", "RB4", "RB5", "RB7")
    items = [plan_item(n, ref=ref) for n, ref in enumerate(refs)]
    other = replace(plan_item(9, ref="RB6"), place=place(1, document="b.pdf"))
    later, earlier = replace(other, as_of=date(2022, 3, 1)), replace(other, as_of=date(2020, 3, 1))
    assert ["nothing of RB6; a later one has RB6" in told for told in gaps([*items, later])] == [True]
    assert not gaps([*items, earlier])


def gaps(records: list[Record]) -> list[str]:
    return sentences(gaps_in_plan_numbers, view(records=records))


def test_plans_without_a_number() -> None:
    """A plan without a reference beside two that have one; alone, or where none has one, it is left alone."""
    odd = rectification("N/A", "Finance")
    others = [rectification("RP1-2021", "Finance"), rectification("RP2-2021", "Finance")]
    assert sentences(plans_without_a_number, view(records=[*others, odd]))
    assert not sentences(plans_without_a_number, view(records=[others[0], odd, odd]))
