"""Reports: who wrote them, when, on which pages they stand, and what they recommend."""

from dataclasses import replace

import pytest

from corpus.paper import AgendaItem, Line, Pack, Page
from indexer.meeting.reports import reports
from kpi_tools.ledger import Record
from tests.tables import OCTOBER, table


def read(*pages: tuple[str, ...], items: tuple[AgendaItem, ...] = ()) -> list[Record]:
    made = []
    for number, texts in enumerate(pages, 1):
        lines = tuple(Line(text, (50, 80.0 + 20 * n, 400, 90.0 + 20 * n), 10.0, False) for n, text in enumerate(texts))
        item = next((i.number for i in reversed(items) if i.first_page <= number), "")
        made.append(Page(number, str(number), item, 595, 842, lines, "\n".join(texts)))
    return list(reports(Pack("a.pdf", "0", "A report", "Hart", "Panel", OCTOBER, tuple(made), (), items)))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("Report of the Head of Parking", "Author: Mei Tan", "DATE: 6 October 2021"),
         ("Mei Tan", "Head of Parking", "", "6 October 2021")),
        (("Report author: Mei Tan, Parking Manager", "Contact: Owen Lamb, 01234 567890"),
         ("Mei Tan, Parking Manager", "", "Owen Lamb", "")),
        (("Report by:", "Director of Place", "Contact Officer(s): Owen Lamb  Tel: 01234 567890"),
         ("", "Director of Place", "Owen Lamb", "")),
        (("Written by Mei Tan", "Date of report: 06/10/2021"), ("Mei Tan", "", "", "06/10/2021")),
    ],
)  # fmt: skip
def test_a_report_s_head_says_who_wrote_it_and_when(lines: tuple[str, ...], told: tuple[str, ...]) -> None:
    """By the label before it, without telephone and mail."""
    (head,) = [r.fields for r in read(lines) if r.kind == "agenda_item"]
    assert (head["author"], head["of"], head["contact"], head["date"]) == told


def test_an_agenda_without_papers_has_its_items() -> None:
    """Those below its heading, whatever the papers behind them number; a report's paragraphs are no items."""
    listed = ("*** AGENDA ***", "1. Interests", "2. Minutes", "3 Accounts to pay", "Meetings are held at noon.")
    found = [r.fields for r in read(listed, ("MINUTES", "1. All were well.")) if r.kind == "agenda_item"]
    assert [(item["number"], item["title"]) for item in found] == [
        ("1", "Interests"),
        ("2", "Minutes"),
        ("3", "Accounts to pay"),
    ]
    assert not read(("Report", "This is on the agenda.", "1. Parking costs more.", "2. It is full."))


def test_an_item_s_pages_run_to_the_next_one() -> None:
    """The last item's to the end; an exempt item's record is exempt."""
    items = (AgendaItem("2", "Minutes", 2, False), AgendaItem("3", "Sale of land", 4, True))
    found = [r for r in read(("Agenda",), ("x",), ("y",), ("Author: Mei Tan",), items=items) if r.kind == "agenda_item"]
    assert [(r.fields["number"], r.fields["first_page"], r.fields["last_page"]) for r in found] == [
        ("2", "2", "3"),
        ("3", "4", "4"),
    ]
    assert [r.exempt for r in found] == [False, True]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("Recommendation(s)", "a) To note the report.", "b) To ask for more.", "Purpose", "1. A reason."),
         ["To note the report.", "To ask for more."]),
        (("Recommendations", "That Cabinet:", "1. approves the plan; and", "2. thanks officers.", "Background"),
         ["That Cabinet: approves the plan; and", "That Cabinet: thanks officers."]),
        (("It is recommended that charges rise by 20p.", "Appendix"),
         ["It is recommended that charges rise by 20p."]),
        (("Members are recommended to:", "2.1 Note the figures.", "3. Background"),
         ["Members are recommended to: Note the figures."]),
        (("Recommendations", "To note this report.", "Conclusion", "Recommendation", "To note this report."),
         ["To note this report."]),
        (("Cabinet is asked to:", "A. Agree to the move; and", "B. Let officers act on it.", "1. Introduction"),
         ["Cabinet is asked to: Agree to the move; and", "Cabinet is asked to: Let officers act on it."]),
        (("The auditor's recommendations were accepted last year.",), []),
    ],
)  # fmt: skip
def test_what_a_report_recommends(lines: tuple[str, ...], told: list[str]) -> None:
    """Each point under its heading, once, with the words that lead to it."""
    assert [r.fields["text"] for r in read(lines) if r.kind == "recommendation"] == told


def test_a_report_s_head_may_be_a_table() -> None:
    """A label in one cell, what it says in the next."""
    page = Page(1, "1", "", 595, 842, (), "")
    head = table(
        ("Report of:", "Mei Tan, Head of Parking"), ("Recommendation", "It is recommended that members note it.")
    )
    pack = Pack("a.pdf", "0", "A report", "", "", None, (page,), (replace(head, page=1),), ())
    found = {r.kind: r.fields for r in reports(pack)}
    assert found["agenda_item"]["of"] == "Mei Tan, Head of Parking"
    assert found["recommendation"]["text"] == "It is recommended that members note it."
