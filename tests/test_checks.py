"""Slips in the papers: found where the papers themselves show them, and nowhere else."""

import json
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.paper import Place
from kpi_tools import checks
from kpi_tools.checks import CHECKS, Slip, View, slips_json, theme
from kpi_tools.checks.order import THEMES, by_weight
from kpi_tools.checks.overall import overall_outside_parts
from kpi_tools.checks.registers import gaps_in_plan_numbers
from kpi_tools.checks.sums import (
    shares_that_do_not_make_100,
    split_off_its_total,
    sums_that_do_not_add_up,
    variances_that_do_not_come_out,
)
from kpi_tools.checks.targets import target_out_of_reach, title_against_definition
from kpi_tools.figures import read_bound, read_figure
from kpi_tools.ledger import KINDS, Record
from kpi_tools.measures import Measure, Observation, Target
from kpi_tools.periods import read_period

SERVICE = "Customer Services"


def place(row: int = 0, document: str = "a.pdf") -> Place:
    return Place(document, 3, "Page 3", "6", 1, row, 1, (0, 0, 10, 10))


def seen(name: str, entity: str, printed: str, code: str = "PI004", row: int = 0) -> Observation:
    figure, period = read_figure(printed), read_period("Jan-21")
    assert figure and period
    return Observation(Measure(SERVICE, code, name, "%", ""), entity, period, figure, place(row), printed)


def aim(text: str, code: str = "PI004", service: str = SERVICE) -> Target:
    bound = read_bound(text)
    assert bound
    comparator, figure = bound
    return Target(Measure(service, code, "", "", ""), "", comparator, figure, None, None, place(9), text)


def record(kind: str, number: int, fields: Mapping[str, str], document: str = "a.pdf") -> Record:
    return Record(kind, None, dict.fromkeys(KINDS[kind], "") | dict(fields), place(number, document), str(fields))


def budget(*lines: tuple[str, str]) -> View:
    records = [
        record("budget_line", n, {"budget": "Team", "line": line, "amounts": amounts})
        for n, (line, amounts) in enumerate(lines)
    ]
    return View((), (), records)


def plans(*refs: str, document: str = "a.pdf") -> list[Record]:
    return [record("rectification", n, {"ref": ref}, document) for n, ref in enumerate(refs)]


@pytest.mark.parametrize(
    ("name", "definition", "words"),
    [
        ("% calls answered within 20 seconds", "Maintain calls answered in 60 seconds above 80%", ("20", "60 seconds")),
        ("% calls answered within 20 seconds", "Maintain calls answered in 20 seconds above 80%", ()),
        ("% of the 8 day searches on time", "Maintain searches done within 8 working days above 99.5%", ()),
        ("% searches done in 5 days", "Maintain searches done within 8 working days above 99.5%", ("5", "8 days")),
        ("Average wait", "Maintain the average wait below 13 days", ()),
        ("Average wait in the 30 days after a claim", "Maintain the average wait below 13 days", ()),
        ("% seen within 2 minutes", "Maintain visitors seen within 120 seconds above 80%", ()),
    ],
)
def test_title_against_definition(name: str, definition: str, words: tuple[str, ...]) -> None:
    """Two different times of the same unit are a slip; the target's own level and other units are not."""
    found = list(title_against_definition(View([seen(name, "Hart", "90%")], [aim(definition)], ())))
    assert bool(found) is bool(words)
    for slip in found:
        assert all(word in slip.sentence for word in (SERVICE, "PI004", *words))
        assert slip.quotes == (name, definition)


def test_title_of_another_measure_is_left_alone() -> None:
    """The same code in another service is another measure."""
    aims = [aim("Maintain calls answered in 60 seconds above 80%", service="Land Charges")]
    assert not list(title_against_definition(View([seen("% within 20 seconds", "Hart", "90%")], aims, ())))


@pytest.mark.parametrize(
    ("overall", "parts", "words"),
    [
        ("90.4%", ("81.0%", "88.1%"), ("90.4%", "above", "88.1%")),
        ("70%", ("81%", "88%"), ("70%", "below", "81%")),
        ("85%", ("81%", "88%"), ()),
        ("88.1%", ("81%", "88.05%"), ()),
        ("89%", ("81%", "88.4%"), ()),
        ("96.00%", ("96.20%", "96.28%"), ("below", "96.20%", "rounding to whole numbers may explain")),
        ("90%", ("81%",), ()),
        ("90%", ("81%", "N/A"), ()),
        ("900", ("81", "88"), ()),
    ],
)
def test_overall_outside_parts(overall: str, parts: tuple[str, ...], words: tuple[str, ...]) -> None:
    """An overall beyond all its parts is a slip, but for rounding, missing parts, and counts, which add up."""
    names = ("Hart", "Havant")
    rows = [seen("% on time", "Overall", overall)]
    rows += [seen("% on time", name, text, row=n) for n, (name, text) in enumerate(zip(names, parts, strict=False), 1)]
    found = list(overall_outside_parts(View(rows, (), ())))
    assert bool(found) is bool(words)
    assert all(word in found[0].sentence for word in words)


def test_split_over_councils_is_held_to_the_total_of_the_other_table() -> None:
    """As far as it comes near it: a total of other sums is none of theirs."""
    for total, words in (("£101k", ["a difference of £1k"]), ("£100k", []), ("£140k", [])):
        lines = [*(("1", name, "£25k") for name in ("Hart", "Mendip", "Vale", "Havant")), ("2", "Total cost", total)]
        fields = [(n, {"budget": "Team", "line": name, "amounts": f"2022/23: {sum_}"}) for n, name, sum_ in lines]
        found = [
            replace(one, place=replace(one.place, table=int(n)))
            for n, f in fields
            for one in [record("budget_line", 1, f)]
        ]
        slips = list(split_off_its_total(View((), (), found)))
        assert len(slips) == len(words) and all(word in slip.sentence for word, slip in zip(words, slips, strict=True))


def test_sum() -> None:
    """A total line off its lines is a slip with the difference; a pound among rounded shares may be rounding."""
    view = budget(("Staff", "2022/23: £600"), ("Travel", "2022/23: £50"), ("Total", "2022/23: £700"))
    (slip,) = sums_that_do_not_add_up(view)
    assert "£650" in slip.sentence
    assert "£700" in slip.sentence
    assert "a difference of £50, more than rounding explains" in slip.sentence
    (close,) = sums_that_do_not_add_up(budget(("A", "x: £33"), ("B", "x: £33"), ("C", "x: £33"), ("Total", "x: £100")))
    assert "a difference of £1, rounding may explain it" in close.sentence


@pytest.mark.parametrize(
    "lines",
    [
        (("Staff", "x: £600"), ("Travel", "x: £50"), ("Total", "x: £650")),
        (("Staff", "x: £600"), ("Travel", "x: £50"), ("Other", "x: £5")),
        (("Staff", "x: £600"), ("Sub-total", "x: £600"), ("Travel", "x: £50"), ("Total", "x: £650")),
        (("Staff", "x: £600"), ("Travel", "x: TBC"), ("Total", "x: £650")),
        (("Staff", "x: £600k"), ("Travel", "x: £5m"), ("Total", "x: £9m")),
        (("Staff", "x: £600"), ("Total", "x: £650")),
    ],
)
def test_sums_that_may_be_right(lines: tuple[tuple[str, str], ...]) -> None:
    """Sums that add up, or of which a part is not known, are left alone."""
    assert not list(sums_that_do_not_add_up(budget(*lines)))


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((("Phone", "Calls: 410"), ("Web", "Calls: 330"), ("Post", "Calls: 180"), ("Total", "Calls: 900")), True),
        ((("Phone", "Calls: 410"), ("Web", "Calls: 310"), ("Post", "Calls: 180"), ("Total", "Calls: 900")), False),
        ((("Phone", "Calls: 410"), ("Web", "Calls: 330"), ("Post", "Calls: 180"), ("Total", "Calls: 300")), False),
        (
            (("Phone", "Average: 410"), ("Web", "Average: 330"), ("Post", "Average: 180"), ("Total", "Average: 900")),
            False,
        ),
        ((("A", "Spent: 410"), ("Part total", "Spent: 410"), ("B", "Spent: 50"), ("Total", "Spent: 860")), False),
        ((("Phone", "Share: 51%"), ("Web", "Share: 33%"), ("Post", "Share: 19%"), ("Total", "Share: 100%")), True),
        (
            (("Phone", "On time: 51%"), ("Web", "On time: 33%"), ("Post", "On time: 19%"), ("All", "On time: 40%")),
            False,
        ),
    ],
)
def test_sums_of_any_table(lines: tuple[tuple[str, str], ...], found: bool) -> None:
    """A count's total, and shares of a whole; no averages, no totals of parts, none that is far from the sum."""
    rows = [
        record("table_row", n, {"table": "Contacts", "line": line, "values": values})
        for n, (line, values) in enumerate(lines)
    ]
    told = [*sums_that_do_not_add_up(View((), (), rows)), *shares_that_do_not_make_100(View((), (), rows))]
    assert bool(told) is found


def test_variance_of_a_total() -> None:
    """A total that is the sum of its lines in every column has a variance of its own to come out."""
    lines = [("A", "Budget: £10; Actual: £20; Variance: £10"), ("B", "Budget: £30; Actual: £20; Variance: £10")]
    (slip,) = variances_that_do_not_come_out(budget(*lines, ("Total", "Budget: £40; Actual: £40; Variance: £20")))
    assert "Total: outcome less budget is £0" in slip.sentence
    right = ("Total", "Budget: £40; Actual: £40; Variance: £0")
    assert not list(variances_that_do_not_come_out(budget(*lines, right)))


@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=8))
def test_right_sums_are_never_slips(values: list[int]) -> None:
    """Whatever the lines, a total that is their sum is no slip, and one more than rounding off is."""
    lines = [("Line", f"x: £{value}") for value in values]
    assert not list(sums_that_do_not_add_up(budget(*lines, ("Total", f"x: £{sum(values)}"))))
    off = sum(values) + len(values) + 1
    assert "more than rounding" in next(iter(sums_that_do_not_add_up(budget(*lines, ("Total", f"x: £{off}"))))).sentence


@pytest.mark.parametrize(
    ("refs", "missing"),
    [
        (("RP1-2020", "RP4-2020"), "RP2-2020, RP3-2020"),
        (("RAP/18/06", "RAP/18/08"), "RAP/18/07"),
        (("RP1-2020", "RP2-2020"), ""),
        (("RP1-2020", "RP4-2021"), ""),
        (("N/A", "RP4-2020"), ""),
        (("RP1-2020", "RP40-2020"), ""),
    ],
)
def test_gaps(refs: tuple[str, ...], missing: str) -> None:
    """Numbers between two plans of a year that no paper has are named; far ones belong to another count."""
    found = list(gaps_in_plan_numbers(View((), (), plans(*refs))))
    assert bool(found) is bool(missing)
    assert all(missing in slip.sentence for slip in found)


def test_gap_filled_by_another_paper() -> None:
    """A plan that another paper has is not missing."""
    records = plans("RP1-2020", "RP3-2020") + plans("RP2-2020", document="b.pdf")
    assert not list(gaps_in_plan_numbers(View((), (), records)))


def test_target_out_of_reach() -> None:
    """ "below 0" and "above 100%" can never be met; "above 99%" and money below nothing can."""
    texts = ("Maintain complaints below 0 complaints", "above 100 %", "above 99%", "below £0", "at most 0")
    found = list(target_out_of_reach(View((), [aim(text) for text in texts], ())))
    assert [slip.quotes[0] for slip in found] == list(texts[:2])


def test_json_and_places() -> None:
    """Every slip has a quote for each place, and goes into JSON with its pages."""
    slip = Slip("sum", "Off.", (place(1), place(2)), ("one", "two"))
    (found,) = json.loads(json.dumps(slips_json([slip])))
    assert [(at["document"], at["page"], at["quote"]) for at in found["places"]] == [
        ("a.pdf", 3, "one"),
        ("a.pdf", 3, "two"),
    ]


def test_checks_are_documented_and_quiet() -> None:
    """Each check says what it looks for, and finds nothing in nothing."""
    for check in CHECKS:
        assert (check.__doc__ or "").strip()
        assert list(check(View((), (), ()))) == []
    assert len(CHECKS) >= 103  # none is lost by its annotations


def test_shares_of_lines_are_not_added_up() -> None:
    """A variance of 10% of one line and of 2% of another make no 12% of the total."""
    lines = (("Staff", "Variance %: 10.0%"), ("Travel", "Variance %: 2.0%"), ("Total", "Variance %: 3.3%"))
    assert not list(sums_that_do_not_add_up(budget(*lines)))


def test_every_kind_has_its_place_in_the_order() -> None:
    """A kind of slip that any check tells stands under one theme, so that it is told in its turn."""
    told = {
        kind
        for module in pkgutil.iter_modules(checks.__path__)
        for kind in re.findall(
            r'\b(?:slip|Rule)\(\s*"([^"]+)"', (Path(checks.__path__[0]) / f"{module.name}.py").read_text()
        )
    }
    listed = [kind for kinds in THEMES.values() for kind in kinds]
    assert sorted(told) == sorted(listed)


def test_the_weightiest_first() -> None:
    """What the text says against the figures comes before a gap in numbers, in whichever order they are found."""
    slips = [Slip(kind, kind, (place(),), ("",)) for kind in ("gap in numbers", "sum", "met all, but missed", "sum")]
    assert [slip.kind for slip in by_weight(slips)] == ["met all, but missed", "sum", "sum", "gap in numbers"]
    assert theme(slips[0]) == "Plans"
