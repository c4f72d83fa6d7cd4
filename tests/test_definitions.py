"""Tables of definitions: codes, sentences with a target, and the service that they are of, in a column or above."""

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.extract import extract
from indexer.reader import read_pack
from tests.tables import paper, shown, table, tabled

CALLS = "Maintain calls answered within 20 seconds above 80% through September 2025"
LETTERS = "Keep letters answered within five days at or above 90%"


@pytest.mark.parametrize(
    "rows",
    [
        (("Service", "Code", "Definition"), ("Parking", "PI001", CALLS), ("Parking", "PI002", LETTERS)),
        (("Code", "Service", "Definition"), ("PI001", "Parking", CALLS), ("PI002", "", LETTERS)),
        (("Ref", "Description", "Service area"), ("PI001", CALLS, "Parking"), ("PI002", LETTERS, "Parking")),
        (("Parking", ""), ("PI001", CALLS), ("PI002", LETTERS)),
    ],
)
def test_definitions_are_of_their_service(rows: tuple[tuple[str, ...], ...]) -> None:
    """Wherever its name stands: in a column of its own, once or again and again, or over the codes."""
    found = tabled(*rows).targets
    assert [(t.measure.service, t.measure.code, t.comparator, t.figure.printed) for t in found if t.figure] == [
        ("Parking", "PI001", ">", "80%"),
        ("Parking", "PI002", ">=", "90%"),
    ]


def test_a_service_whose_title_was_lost_is_none_of_those_before() -> None:
    """A code that is defined anew is another service's, in the same table or in a later one under the same heading."""
    calls, letters = ("PI 001", CALLS), ("PI 001", LETTERS)
    one = tabled(("Parking", ""), calls, letters).targets
    assert [t.measure.service for t in one] == ["Parking", ""]
    first = table(("Code", "Definition"), calls, headings=("Parking",))
    two = paper(first, table(letters, headings=("Parking",), number=2)).targets
    assert [t.measure.service for t in two] == ["Parking", ""]
    again = paper(first, table(calls, headings=("Parking",), number=2)).targets
    assert [t.measure.service for t in again] == ["Parking", "Parking"]


def test_a_third_column_that_is_no_services_is_of_another_table() -> None:
    """Sentences beside codes and figures are measures with their figures."""
    rows = (("Ref", "Indicator", "Aug-21"), ("PI001", "Calls that were answered in twenty seconds", "81%"))
    assert shown(tabled(*rows), "figure") == "81%"


@pytest.mark.parametrize("heading", ["Year on year", "Quarter by quarter", "Annual review", "Trends over time"])
def test_a_heading_about_the_table_is_no_service(heading: str) -> None:
    """It says how figures are set side by side."""
    found = tabled(("Indicator", "2019/20", "2020/21"), ("Calls", "81", "83"), headings=("Parking", heading))
    assert {seen.measure.service for seen in found.observations} <= {"", "Parking"}


def test_shares_of_a_year_that_is_not_over_are_kept_as_given() -> None:
    """No figure is made of them, and no row is lost."""
    rows = (("Council", "Share %", "Contribution"), ("Hart", "40.0", "12,000"), ("Havant", "60.0", "18,000"))
    found = tabled(*rows, headings=("Contributions 2021/22",))
    assert not found.observations
    assert [r.fields["values"] for r in found.records] == [
        "Share %: 40.0; Contribution: 12,000",
        "Share %: 60.0; Contribution: 18,000",
    ]


@pytest.mark.parametrize(("heading", "service"), [(("Revenues and", "Benefits"), "Revenues and Benefits"),
                                                  (("Performance", "", "Parking"), "Parking")])  # fmt: skip
def test_a_heading_on_two_lines_is_one(tmp_path: Path, heading: tuple[str, ...], service: str) -> None:
    """Its last line alone names another service; one that stands by itself is a heading of its own."""
    canvas, foot = Canvas(str(tmp_path / "a.pdf"), pagesize=A4), 780
    for text, bold in (*((text, True) for text in heading), (f"PI001: {CALLS}", False)):
        canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 9)
        canvas.drawString(60, foot, text)
        foot -= 11
    canvas.save()
    (target,) = extract(read_pack(tmp_path / "a.pdf", "a.pdf")).targets
    assert (target.measure.service, target.measure.code) == (service, "PI001")
