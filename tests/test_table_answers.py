"""Rows of tables of words, as they are read and as questions name them."""

from dataclasses import replace

import pytest

from bot.answers.builder import Builder
from bot.answers.table import answer
from bot.question.plan import Plan
from bot.question.terms import terms
from kpi_tools.ledger import Record
from tests.tables import tabled

TRACKER = (
    ("Ref", "Saving", "Lead", "RAG", "Note"),
    ("S1", "Shared post room", "Head of Property", "Red", "The partner left"),
    ("S2", "Fewer vans", "Head of Fleet", "Amber", "Two sold; three to go"),
    ("S3", "Online forms", "Head of Digital", "Green", "Done"),
)
VERSIONS = (
    ("Version", "Changes", "Agreed by", "Date"),
    ("1", "First draft", "Officers", "3 May 2022"),
    ("2", "Second draft", "The Board", "7 June 2022"),
)
BOARDS = (
    ("Company", "Director", "Status"),
    ("Ashdown Homes Ltd", "Rosa Hill", "Councillor"),
    ("", "Bo Lane", "Officer"),
    ("Market Hall Trust", "Rosa Hill", "Councillor"),
)


def read(rows: tuple[tuple[str, ...], ...], name: str) -> list[Record]:
    return [r for r in tabled(*rows, headings=(name,)).records if r.kind == "table_row"]


def told(question: str, records: list[Record], whole: bool = False, since: str = "", until: str = "") -> list[str]:
    builder = Builder({})
    period = "March 2024" if since else ""
    plan = Plan(question, "text", "value", topic=terms(question), since=since, until=until, period=period)
    answer(plan, records, builder, {}, whole)
    return builder.lines


def test_a_row_of_words_is_kept_under_its_headers() -> None:
    """A row without a label is of the one above; a bare number is told with its header."""
    assert [r.fields["line"] for r in read(VERSIONS, "Versions")] == ["Version 1", "Version 2"]
    boards = read(BOARDS, "Directors")
    assert [r.fields["line"] for r in boards] == ["Ashdown Homes Ltd", "Ashdown Homes Ltd", "Market Hall Trust"]
    assert boards[1].quote == "Ashdown Homes Ltd | Bo Lane | Officer"


def test_what_is_filled_in_on_a_form_is_no_row() -> None:
    """Two columns may be a form's; a header that stands below itself again is none."""
    assert not read((("Report of", "Head of IT"), ("Wards", "All")), "Form")
    assert not read((("Ward", "Day", "Note"), ("Ward", "Monday", "Late")), "Rounds")


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("which savings are red or amber?", ["S1", "S2"]),
        ("which savings are green?", ["S3"]),
        ("which savings are blue?", []),
        ("which bridges are red?", []),
    ],
)
def test_rows_are_named_by_their_cells(question: str, labels: list[str]) -> None:
    """All of a cell must be said, and its table be meant."""
    lines = told(question, read(TRACKER, "Savings tracker"))
    assert [line.strip("• ").partition(":")[0] for line in lines] == labels


def test_a_row_is_named_by_its_number_and_its_person_asked_for() -> None:
    """Who asks for somebody is told what stands under the header of people."""
    assert told("who signed off version 2?", read(VERSIONS, "Versions"), whole=True) == [
        "Version 2: Agreed by: The Board"
    ]
    directors = told("which companies is Rosa Hill a director of?", read(BOARDS, "Directors"))
    assert [line.partition(":")[0] for line in directors] == ["• Ashdown Homes Ltd", "• Market Hall Trust"]


def test_rows_are_named_by_the_time_that_is_asked_about() -> None:
    """A day within it is one; the other rows are not told."""
    programme = (
        ("Meeting", "Topic", "Lead"),
        ("16 January 2024", "Budget", "Head of Finance"),
        ("12 March 2024", "Safety", "Chair"),
    )
    rows = read(programme, "Scrutiny programme")
    assert told("what is coming to scrutiny in March 2024?", rows, since="2024-03-01", until="2024-03-31") == [
        "12 March 2024: Topic: Safety; Lead: Chair"
    ]


PLANNING = (
    ("Application", "Address", "Comment of the council"),
    ("24/018/FUL", "Mill Cottage, Weir Lane", "No objection"),
    ("24/019/OUT", "Land at Tollgate Farm", "Object: flooding"),
    ("24/020/FUL", "Riverside Garage", "Object: loss of jobs"),
)


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("who are the directors of Market Hall?", ["Market Hall Trust: Director: Rosa Hill"]),
        ("which boards does Bo Lane sit on?", ["Ashdown Homes Ltd: Status: Officer"]),
        ("who are the directors of Ashdown Farms?", []),
        ("what does Ashdown pay its director?", []),
    ],
)
def test_a_part_of_a_name_that_no_other_has_names_a_row(question: str, lines: list[str]) -> None:
    """What a question says of it beside must stand in the table, but for how its columns belong together."""
    found = [line.strip("• ") for line in told(question, read(BOARDS, "Directors"))]
    assert found[: len(lines)] == lines and bool(found) == bool(lines)


def test_a_cell_with_a_note_is_named_by_what_stands_before_it() -> None:
    """A row that is known by a number alone is told with what it is about; the row named best alone is told."""
    rows = read(PLANNING, "Planning")
    assert told("which applications did the town council object to?", rows) == [
        "• 24/019/OUT: Address: Land at Tollgate Farm; Comment of the council: Object: flooding",
        "• 24/020/FUL: Address: Riverside Garage; Comment of the council: Object: loss of jobs",
    ]
    assert len(told("did the council object to the Tollgate application?", rows)) == 1


def test_of_two_tables_that_which_has_what_is_asked_for_tells() -> None:
    """Who is asked for stands under a header of people, whatever else another table says of the same name."""
    held = (("Company", "Interest", "Type of company"), ("Market Hall Trust", "All of it", "By guarantee"))
    rows = [
        Record(r.kind, None, r.fields, replace(r.place, table=at), r.quote)
        for at, table in enumerate((held, BOARDS))
        for r in read(table, "Directors")
    ]
    assert told("who sits on the board of Market Hall?", rows) == ["Market Hall Trust: Director: Rosa Hill"]
    assert told("what kind of company is Market Hall?", rows) == ["Market Hall Trust: Type of company: By guarantee"]
