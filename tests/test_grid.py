"""Questions of the rows and columns of any table: what comes first, sums, differences, counts, rows that are so."""

import pytest

from bot.answers.builder import Builder
from bot.answers.grid import answer
from bot.question.plan import Plan
from bot.question.terms import terms
from kpi_tools.ledger import Record
from tests.tables import paper, table

HALLS = (
    ("Hall", "Ward", "Grant", "Spent", "Visits 2023", "Visits 2024", "State"),
    ("Corn Street", "Northgate", "£4,000", "£3,100", "900", "750", "Open"),
    ("Mill Lane", "Southgate", "£9,500", "£9,700", "400", "620", "Closed"),
    ("Old Forge", "Northgate", "£2,500", "None", "none", "none", "Closed"),
    ("Total", "", "£16,000", "£12,800", "1,300", "1,370", ""),
)
FERRIES = (("Ferry", "Grant"), ("Upper", "£1"), ("Lower", "£3"))


def rows(*tables: tuple[tuple[str, ...], ...]) -> list[Record]:
    return list(paper(*(table(*rows, headings=("Halls",), number=at) for at, rows in enumerate(tables))).records)


def told(question: str, *tables: tuple[tuple[str, ...], ...]) -> list[str]:
    builder = Builder({})
    plan = Plan(question, "text", "value", topic=terms(question), today="2024-12-01")
    status = answer(plan, rows(*tables), builder, {}, False) or answer(plan, rows(*tables), builder, {}, True)
    assert bool(status) == bool(builder.lines) == bool(builder.citations)
    return builder.lines


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("which hall has the biggest grant?", "Mill Lane: Grant: £9,500"),
        ("which hall in Northgate had the smallest grant?", "Old Forge: Grant: £2,500"),
        ("what was the total grant?", "Total: Grant: £16,000"),
        ("what were the grants to Northgate altogether?", "£6,500 together, of Corn Street £4,000 and Old"),
        ("how much of the Corn Street grant is unspent?", "Grant £4,000, £900 more than Spent (£3,100)"),
        ("is the spent at Mill Lane more than its grant?", "Yes: Mill Lane: Spent £9,700, £200 more than Grant"),
        ("how much did visits to Corn Street go down?", "Visits 2024 750, 150 less than Visits 2023 (900)"),
        ("who gets the Corn Street grant?", "Corn Street: Ward: Northgate; Grant"),  # a figure is nobody
        ("how many halls are closed?", "2 of Halls"),
        ("which halls are open?", "Corn Street: Ward: Northgate"),
    ],
)
def test_what_a_table_says_of_its_rows_and_columns(question: str, said: str) -> None:
    """By its own cells and headers, whatever the table is about."""
    assert said in told(question, HALLS)[0]


@pytest.mark.parametrize("question", ["was Parks over budget?", "how much was Parks over budget?"])
def test_over_budget_is_what_was_spent_over_the_budget_that_holds(question: str) -> None:
    """Where a table has the budget twice, its revised one against the outturn, and not the two budgets."""
    service = (
        ("Service", "Budget", "Revised budget", "Outturn"),
        ("Parks", "£40", "£40", "£45"),
        ("Roads", "£9", "£8", "£8"),
    )
    assert "Outturn £45, £5 more than Revised budget (£40)" in told(question, service)[0]


@pytest.mark.parametrize(
    "question",
    [
        "which hall has the biggest kitchen?",
        "what was the total grant in Westgate?",
        "which hall has the biggest?",
        "why is the grant to Mill Lane more than its visits?",
        "is the Mill Lane grant more than its visits?",
        "were the visits to Mill Lane more than expected?",
    ],
)
def test_what_a_table_does_not_say(question: str) -> None:
    """A word that is not of the table, no column, other units, and no time of several that are told."""
    assert told(question, HALLS) == []


def test_the_row_of_all_that_a_table_is_headed_by_is_its_sum() -> None:
    """ "All halls" is no hall, though its grant is the biggest."""
    every = (*HALLS[:-1], ("All halls", *HALLS[-1][1:]))
    assert told("which hall has the biggest grant?", every) == told("which hall has the biggest grant?", HALLS)


def test_of_two_tables_that_have_all_of_a_question_none_is_meant() -> None:
    """Each has a total of grants; what its rows are headed tells them apart."""
    assert told("which has the biggest grant?", HALLS, FERRIES) == []
    assert "Lower: Grant: £3" in told("which ferry has the biggest grant?", HALLS, FERRIES)[0]


SCHEMES = (
    ("Scheme", "Approved budget", "Spent", "Days to finish", "Balance 31 March 2025"),
    ("Hill drains", "£27,000", "£28,700", "61", "£40"),
    ("Quay wall", "£18,500", "£7,900", "112", "£25"),
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("are the Hill drains over budget?", "Yes: Hill drains: Spent £28,700, £1,700 more than Approved budget"),
        ("is the Quay wall over budget?", "No: Quay wall: Spent £7,900, £10,600 less than Approved budget"),
        ("which scheme takes longest to finish?", "Quay wall: Days to finish: 112"),
    ],
)
def test_a_row_is_held_against_its_own_budget(question: str, said: str) -> None:
    """What was spent is the other column, though only the budget is named; the longest is the most."""
    assert said in told(question, SCHEMES)[0]
