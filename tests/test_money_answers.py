"""Questions about budgets, over lines made by hand: sums, shares, differences, what was over or under, and when."""

from dataclasses import replace

import pytest

from bot.answer import Result
from bot.answers.builder import Builder
from bot.answers.money import answer, rows, unheaded
from bot.question.plan import Plan
from bot.question.terms import terms
from corpus.paper import Place
from kpi_tools.ledger import Record

JOINT = "South Oxfordshire & Vale of White Horse"


def line(table: int, budget: str, name: str, amounts: str, document: str = "pack.pdf") -> Record:
    place = Place(document, 4, "Page 4", "", table, 1, 0, (0.0, 0.0, 1.0, 1.0))
    return Record("budget_line", None, {"budget": budget, "head": "", "line": name, "amounts": amounts}, place, name)


SPLIT = [
    line(1, "Joint team", "Hart District Council", "Part: 20%; Budget: £200"),
    line(1, "Joint team", "South Oxfordshire District Council", "Part: 50%; Budget: £500"),
    line(1, "Joint team", "Vale of White Horse District Council", "Part: 30%; Budget: £300"),
]
SPENT = [
    line(1, "Outturn", "Parks", "Budget £000: 100; Outturn £000: 112", "report-2016-17.pdf"),
    line(1, "Outturn", "Roads", "Budget £000: 100; Outturn £000: 95", "report-2016-17.pdf"),
]


def told(question: str, records: list[Record], *entities: str, since: str = "", until: str = "") -> tuple[str, Builder]:
    builder = Builder({"pack.pdf": "A pack", "report-2016-17.pdf": "A report"})
    topic = tuple(term for term in terms(question) if term not in ("south", "hart", "vale", "mendip"))
    plan = Plan(question, "budget_line", "value", entities=entities, since=since, until=until, topic=topic)
    return answer(plan, records, builder, {}), builder


def test_a_joint_row_s_councils_pay_together_what_each_pays() -> None:
    """They are asked for as one and have a line each; the sum is a result, of each column."""
    status, builder = told("what share of the joint team budget do South and Vale pay together?", SPLIT, JOINT)
    assert status == "answered"
    assert [r.value for r in builder.results] == ["80", "800"]
    _, each = told("how much do South and Vale pay?", SPLIT, JOINT)
    assert [said.split(" District")[0] for said in each.lines] == ["South Oxfordshire", "Vale of White Horse"]
    assert each.results == []


def test_one_council_is_held_against_each_of_several_others_and_all_of_them() -> None:
    """ "Than Hart and Vale" may be meant of each or of both together; both are told, and the sum is a result."""
    councils = ("South Oxfordshire", "Hart", "Vale of White Horse")
    status, builder = told("how much more does South pay than Hart and Vale?", SPLIT, *councils)
    assert status == "answered"
    assert "£300 more than Hart" in builder.lines[-1] and "£200 more than Vale" in builder.lines[-1]
    assert "the same as these together (£500)" in builder.lines[-1]
    assert [r.value for r in builder.results if r.unit == "£"] == ["300", "200", "500"]


def test_a_council_that_a_split_budget_has_no_line_for_is_told_so() -> None:
    """No other line, and no record of another kind, stands for what it pays."""
    status, builder = told("what does Mendip pay?", SPLIT, "Mendip")
    assert (status, builder.lines) == ("not_found", ["Joint team has no line for Mendip."])


def test_a_total_is_told_beside_a_share_of_it() -> None:
    whole = line(2, "Joint team", "Total", "Budget: £1,000")
    status, builder = told("what is the total of the joint team and what share is Hart's?", [*SPLIT, whole], "Hart")
    assert status == "answered"
    assert [said.split(":")[0] for said in builder.lines] == ["Hart District Council", "Total"]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("rank the joint team budget by size", ["South", "Vale", "Hart"]),
        ("sort the joint team budget by size, smallest first", ["Hart", "Vale", "South"]),
        ("which is the largest of the joint team budget?", ["South"]),
        ("how much does each council pay for the joint team, smallest first", ["Hart", "Vale", "South"]),
        ("how is the team budget split?", ["Hart", "South", "Vale"]),
        ("how is the team budget shared between the councils?", ["Hart", "South", "Vale"]),
    ],
)
def test_lines_stand_in_the_order_that_is_asked_for(question: str, first: list[str]) -> None:
    """All of them where a ranking is asked for; the one at its head where only that is."""
    assert told(question, SPLIT)[0] == "answered"
    assert [said.split()[0] for said in told(question, SPLIT)[1].lines] == first


def test_what_costs_most_is_no_council_and_may_be_asked_for_as_a_share() -> None:
    """Who pays stands in another table of the same budget than what is paid for."""
    costs = [
        line(2, "Joint team", name, f"Cost: £{cost}") for name, cost in (("Staff", 900), ("Vans", 100), ("Total", 1000))
    ]
    assert told("what is the biggest cost of the joint team?", [*SPLIT, *costs])[1].lines[0].startswith("Staff: ")
    share = told("what is the biggest cost of the joint team? what share of the total is that?", [*SPLIT, *costs])
    assert (share[0], [r.value for r in share[1].results]) == ("answered", ["90.00"])


def test_the_largest_line_of_a_table_of_no_kind_is_that_of_the_column_asked() -> None:
    """Of the council that is named, in the year and the column that the question names."""
    table = [
        line(1, "REVENUE", "Clerk", "2016-17 Budget: 40; 2016-17 Spent: 90; 2017-18 Spent: 10"),
        line(1, "REVENUE", "Hall", "2016-17 Budget: 80; 2016-17 Spent: 30; 2017-18 Spent: 20"),
    ]
    for question, first in (("what did Hart spend most on in 2016-17?", "Clerk"), ("the largest budget?", "Hall")):
        builder = Builder({"pack.pdf": "A pack"})
        plan = Plan(question, "budget_line", "rank", entities=("Hart",), since="2016-04-01", until="2017-03-31")
        assert rows(replace(plan, topic=terms(question.replace("Hart", ""))), table, builder, {"pack.pdf": "Hart"})
        assert builder.lines[0].startswith(f"{first}: ")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what was the outturn for Parks and the variance?", "Parks: Outturn: £112; Variance: £12"),
        ("what was the budget variance for Parks and why?", "Parks: Variance: £12"),
    ],
)
def test_columns_that_are_asked_for_together_are_told_together(question: str, said: str) -> None:
    """What a variance is of is told beside it where that is asked for too."""
    lines = [line(1, "Outturn", who, "Budget: £100; Outturn: £112; Variance: £12") for who in ("Parks", "Roads")]
    assert said in told(question, lines)[1].lines[0]


@pytest.mark.parametrize(
    ("question", "says", "value"),
    [
        ("by how much was Parks over its budget?", "over budget", "12"),
        ("was Roads overspent?", "under budget", "5"),  # how it stands, whichever way was asked
        ("which services were overspent?", "Parks", "12"),
        ("which services were under budget?", "Roads", "5"),
    ],
)
def test_what_was_spent_stands_against_its_budget(question: str, says: str, value: str) -> None:
    """The difference of the two amounts is a result."""
    status, builder = told(question, SPENT)
    assert status == "answered"
    assert says in builder.lines[0]
    assert [(r.operation, r.value) for r in builder.results] == [("difference", value)]
    assert all(isinstance(r, Result) for r in builder.results)


def test_a_budget_over_in_total_is_its_total() -> None:
    whole = line(1, "Outturn", "Total", "Budget £000: 200; Outturn £000: 207", "report-2016-17.pdf")
    status, builder = told("were the services overspent in total?", [*SPENT, whole])
    assert status == "answered"
    assert [said.split(":")[0] for said in builder.lines] == ["• Total"]


def test_lines_of_several_councils_papers_are_told_apart() -> None:
    """Each is of its own paper; one whose papers say nothing leaves the question open."""
    records = [
        line(1, "Budget", "Parks", "Budget: £100", "ash.pdf"),
        line(1, "Budget", "Parks", "Budget: £300", "elm.pdf"),
        line(1, "Budget", "Roads", "Budget: £200", "elm.pdf"),
    ]
    homes = {"ash.pdf": "Ashby", "elm.pdf": "Elmley"}
    for question, lines in (("the budget for parks in both", 2), ("the budget for roads in both", 0)):
        builder = Builder({"ash.pdf": "A pack", "elm.pdf": "A pack"})
        topic = tuple(term for term in terms(question) if term not in terms("Ashby Elmley"))
        plan = Plan(question, "budget_line", "value", entities=("Ashby", "Elmley"), topic=topic)
        assert answer(plan, records, builder, homes) == ("answered" if lines else "")
        assert [said.split(":")[0] for said in builder.lines] == ["Ashby", "Elmley"][:lines]
        assert len(builder.citations) == lines


def test_a_budget_without_a_year_is_of_the_year_that_its_paper_names() -> None:
    """Of another year it says nothing."""
    assert told("was Parks overspent?", SPENT, since="2016-04-01", until="2017-03-31")[0] == "answered"
    assert told("was Parks overspent?", SPENT, since="2018-04-01", until="2019-03-31")[0] == ""


def test_amounts_without_headers_are_not_told_apart() -> None:
    """A line that is named has four amounts and no header over them: that is said, and no figure given."""
    place = Place("pack.pdf", 4, "Page 4", "", 1, 1, 0, (0.0, 0.0, 1.0, 1.0))
    fields = {"table": "Revenue", "head": "", "line": "Allotment repairs", "values": "400; 350; 420; 390"}
    builder = Builder({"pack.pdf": "A pack"})
    plan = Plan("how much was spent on allotment repairs?", "budget_line", "value", topic=terms("allotment repairs"))
    assert unheaded(plan, [Record("table_row", None, fields, place, "Allotment repairs")], builder, {}) == "not_found"
    assert "Allotment repairs" in builder.lines[0]
    assert not any(c.isdigit() for c in builder.lines[0])
    headed = fields | {"values": "Budget: 400; Spent: 350"}
    assert unheaded(plan, [Record("table_row", None, headed, place, "Allotment repairs")], builder, {}) == ""


def test_a_row_of_any_table_is_held_against_its_budget_of_the_year_that_is_asked() -> None:
    """Two years stand side by side; the row that is the sum of the others is none of the lines."""

    def row(name: str, one: str, two: str) -> Record:
        place = Place("pack.pdf", 4, "Page 4", "", 7, 1, 0, (0.0, 0.0, 1.0, 1.0))
        values = f"2021-22 Budget: {one}; 2021-22 Spent: 50; 2022-23 Budget: {two}; 2022-23 Spent: 60"
        return Record("table_row", None, {"table": "UPKEEP", "head": "", "line": name, "values": values}, place, name)

    records = [row("Hedges", "40", "70"), row("Paths", "60", "55"), row("UPKEEP TOTAL", "100", "125")]
    question = "which upkeep lines went over their budget in 2022-23?"
    plan = Plan(question, "budget_line", "value", since="2022-04-01", until="2023-03-31", topic=terms(question))
    builder = Builder({"pack.pdf": "A pack"})
    assert rows(plan, records, builder, {}) == "answered"
    assert [text.split(" over ")[0] for text in builder.lines] == ["• Paths: 5"]
    question = "why did Paths cost more?"
    assert rows(Plan(question, "text", "value", topic=terms(question)), records, builder, {}) == ""


def test_no_total_is_the_budget_of_a_service_that_nothing_calls_so() -> None:
    """ "The IT budget" is none of a joint team's; where the table is called after the service, its total is meant."""
    total = "Budget: £1,000"
    team, own = line(1, "Joint team", "Total", total), line(1, "IT services", "Total", total)
    plan = Plan("how much is the IT budget?", "budget_line", "value", services=("IT",), topic=("budget",))
    assert answer(plan, [team], Builder({"pack.pdf": "A pack"}), {}) == ""
    assert answer(plan, [own], Builder({"pack.pdf": "A pack"}), {}) == "answered"


@pytest.mark.parametrize(
    "said", ["did what Hart pays change year on year?", "Hart this year and last year, the difference?"]
)
def test_a_table_of_one_year_does_not_tell_what_changed(said: str) -> None:
    """What it gives is shown, but not as an answer."""
    status, builder = told(said, SPLIT, "Hart")
    assert status == "not_found"
    assert builder.lines[0].startswith("The table gives no figure of the year before.") and "£200" in builder.lines[1]


def test_what_is_left_of_a_budget_stands_in_its_own_column() -> None:
    """Though the question speaks of the budget too."""
    lines = [line(1, "Monitoring", "Cemetery", "Budget 2024/25: £8,400; Actual: £2,310; Remaining: £6,090")]
    assert told("how much is left in the cemetery budget?", lines)[1].lines[0].startswith("Cemetery: Remaining: £6,090")
