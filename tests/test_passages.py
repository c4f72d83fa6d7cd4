"""Passages: what can be found of a paper, with its heading and its places."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.paper import Line, Pack, Page, Passage
from indexer.reader import read_pack
from indexer.retrieval.passages import passages
from indexer.retrieval.row_passages import MOST_WORDS
from tests.drawing import Drawing


def found(draw: Drawing) -> Sequence[Passage]:
    path = draw.page("Page 9").done()
    return passages(read_pack(path, path.name))


def texts(draw: Drawing) -> list[str]:
    return [passage.text for passage in found(draw)]


def test_paragraphs_stand_whole_under_their_heading(tmp_path: Path) -> None:
    """A numbered paragraph is one passage over its lines, with the heading above it and not the heading's text."""
    draw = Drawing(tmp_path / "a.pdf").text("Financial Implications", bold=True)
    draw.text("4. The budget is as it was last year, and there is nothing else that", gap=2)
    draw.text("the committee needs to know of it.").text("5. No staff are affected by any of this.")
    first, second = found(draw)
    assert first.text.startswith("4. The budget") and first.text.endswith("know of it.")
    assert second.text == "5. No staff are affected by any of this."
    assert {first.heading, second.heading} == {"Financial Implications"}


@pytest.mark.parametrize(
    ("above", "below", "parts"),
    [
        ("The share that was recycled was at its highest in Quarter", "2 2023/24.", 1),  # else lost: no words
        ("Of all bins that were left out crews missed no more than", "44 in May.", 1),
        ("The panel heard that bins were left out.", "44 in May were put out late.", 2),
        ("The panel heard of bins that were left out in most wards", "2 The panel thanked the crews for it.", 2),
        ("The panel was asked, as in each of the years before,", "1 to note the report on bins", 2),
    ],
)
def test_a_number_that_begins_a_line_in_a_sentence(tmp_path: Path, above: str, below: str, parts: int) -> None:
    """It is none of a paragraph, where the line above breaks off and no capital follows; no word is lost."""
    told = texts(Drawing(tmp_path / "a.pdf").text("Waste", bold=True).text(above, gap=2).text(below))
    assert len(told) == parts and " ".join(told) == f"{above} {below}"


def test_a_paragraph_over_a_pages_end_is_one(tmp_path: Path) -> None:
    """A paragraph that runs on overleaf is one passage with a place on each page; page numbers do not part it."""
    draw = Drawing(tmp_path / "a.pdf").text("7. The picture is a complex one as the number of calls that came in from")
    draw.page("Page 8").text("Hart went up in all of the months.").text("8. Nothing else has changed since then.")
    first, second = found(draw)
    assert first.text.endswith("calls that came in from Hart went up in all of the months.")
    assert [(place.page, place.label) for place in first.places] == [(1, "Page 8"), (2, "Page 9")]
    assert [place.page for place in second.places] == [2]


def test_short_lists_stay_with_their_introduction(tmp_path: Path) -> None:
    """A list of a few words an item is found together with what introduces it."""
    draw = Drawing(tmp_path / "a.pdf").text("The committee is asked:")
    draw.text("- to note the report", gap=4).text("- to agree the budget").text("That is all there is.")
    assert texts(draw) == [
        "The committee is asked: - to note the report - to agree the budget",
        "That is all there is.",
    ]


def test_rows_are_sentences_with_their_headers(tmp_path: Path) -> None:
    """A row of figures names its row, its table and each column; a row of text names each cell."""
    rows: list[list[str | None]] = [
        ["PI002 - % calls answered", None, None], ["", "Apr-22", "May-22"], ["Hart", "81.5%", "79.0%"],
    ]  # fmt: skip
    draw = Drawing(tmp_path / "a.pdf").table(rows, [120, 60, 60]).text("These plans are open:")
    draw.table([["Ref", "Area", "Update"], ["RP1", "Tax", "Letters are sent to all of the residents"]], [50, 60, 220])
    figures, lead, plan = found(draw)
    assert figures.text == "Hart, PI002 - % calls answered: Apr-22 81.5%, May-22 79.0%"
    assert lead.text == "These plans are open:"
    assert plan.text == "Ref: RP1; Area: Tax; Update: Letters are sent to all of the residents"
    place = plan.places[0]
    assert (place.table, place.row) == (2, 1)


def test_two_header_rows_name_a_column_together(tmp_path: Path) -> None:
    """A month over several councils is named with each of them."""
    rows: list[list[str | None]] = [
        ["", "May 2022", None, "June 2022", None],
        ["", "Hart", "Havant", "Hart", "Havant"],
        ["Calls", "1", "2", "3", "4"],
    ]
    expected = ["Calls: May 2022 Hart 1, May 2022 Havant 2, June 2022 Hart 3, June 2022 Havant 4"]
    assert texts(Drawing(tmp_path / "a.pdf").table(rows, [90, 60, 60, 60, 60])) == expected


def test_a_table_without_a_header_loses_no_row(tmp_path: Path) -> None:
    """Where the first row is a row like all others, it is a passage too."""
    rows = [["KPI01", "Keep the service going above 99%"], ["KPI02", "Keep the lines open above 90%"]]
    assert len(texts(Drawing(tmp_path / "a.pdf").table(rows, [60, 300], bold=False))) == 2


def test_exempt_pages_make_exempt_passages(tmp_path: Path) -> None:
    """A passage of an exempt page says so."""
    draw = Drawing(tmp_path / "a.pdf", "Report on land").text("Report on land", size=16, bold=True)
    draw.text("This much everybody may know of it.").page().text("NOT FOR PUBLICATION", bold=True)
    assert [passage.exempt for passage in found(draw.text("The price is a secret of the council."))] == [False, True]


def test_a_page_of_headings_is_found(tmp_path: Path) -> None:
    """A slide that holds nothing but large words is a passage too."""
    draw = Drawing(tmp_path / "a.pdf").text("Faster Benefits", size=30).text("Fewer Letters", size=20)
    assert texts(draw) == ["Faster Benefits Fewer Letters"]


sentences = st.lists(
    st.lists(st.sampled_from(["the", "budget", "of", "all", "councils", "was", "higher"]), min_size=3, max_size=30),
    max_size=30,
).map(lambda told: [f"{' '.join(words).capitalize()}." for words in told])


@given(sentences)
def test_no_word_is_lost_and_no_passage_is_long(told: list[str]) -> None:
    """A paper's words come out as they went in, in order, in passages of whole sentences."""
    lines = tuple(Line(text, (60, 70 + 12.0 * n, 500, 80 + 12.0 * n), 10, False) for n, text in enumerate(told))
    page = Page(1, "", "", 600, 70 + 12.0 * len(told) + 50, lines, "")
    cut = passages(Pack("a.pdf", "", "A", "", "", None, (page,), (), ()))
    assert " ".join(passage.text for passage in cut).split() == " ".join(told).split()
    assert all(len(passage.text.split()) <= MOST_WORDS for passage in cut)
    assert all(passage.text.endswith(".") for passage in cut)


def test_a_line_like_a_heading_is_kept_where_nothing_stands_under_it(tmp_path: Path) -> None:
    """A short last line is no heading of anything; one with text under it is said with that text only."""
    draw = Drawing(tmp_path / "a.pdf").text("Date of the next meeting", bold=True)
    draw.text("The next meeting will be held on the first Tuesday of the month.").text(
        "Meeting closed at noon", bold=True
    )
    assert texts(draw) == ["The next meeting will be held on the first Tuesday of the month.", "Meeting closed at noon"]
