"""The sample papers: drawn from their sources to the byte, and shaped like the packs that councils publish."""

from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from corpus.sample.draw import FOLDER, draw
from corpus.sample.markup import Block, blocks

SOURCES = sorted(FOLDER.glob("source/*.md"))
OCTOBER = FOLDER / "five-councils-joint-committee-2021-10-06-pack.pdf"
APRIL = FOLDER / "five-councils-joint-committee-2022-04-06-pack.pdf"
ICT = FOLDER / "shared-ict-performance-pack-2018-02.pdf"
PAGES = ((OCTOBER, 21), (APRIL, 12), (ICT, 8))


def page_texts(path: Path) -> list[str]:
    """Every page's text in the order in which it is drawn."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def grids(path: Path) -> list[list[list[str | None]]]:
    """All ruled tables of a paper, page by page."""
    with pdfplumber.open(path) as document:
        return [grid for page in document.pages for grid in page.extract_tables()]


def by_name(path: Path) -> dict[tuple[str, str, str], str]:
    """The figures of the KPI tables, by the table's title, the row's name and the column's head."""
    found = {}
    for title, heads, *rows in (grid for grid in grids(path) if len(grid) > 2):
        if title[0] and " - " in title[0] and title[1] is None:
            for name, *figures in rows:
                for head, figure in zip(heads[1:], figures, strict=True):
                    found[title[0], str(name), str(head)] = str(figure)
    return found


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_drawing_again_gives_the_committed_bytes(source: Path, tmp_path: Path) -> None:
    """Proves that no clock, no path and no chance gets into a sample: a difference is a change of its source."""
    draw(source, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == (FOLDER / f"{source.stem}.pdf").read_bytes()


@pytest.mark.parametrize(("path", "pages"), PAGES, ids=lambda value: getattr(value, "stem", ""))
def test_a_sample_is_a_small_pack_with_an_outline(path: Path, pages: int) -> None:
    """Proves the page count, the pack's title and an outline that leads to the page with the item's stamp."""
    assert path.stat().st_size < 300_000
    texts = page_texts(path)
    assert len(texts) == pages
    with pypdfium2.PdfDocument(path) as document:
        assert document.get_metadata_value("Title").startswith("(Public Pack)")
        toc = [(mark.get_title(), mark.level, mark.get_dest().get_index()) for mark in document.get_toc()]
    assert toc[0] == ("Agenda", 0, 0)
    items = [(title.split()[0], page) for title, level, page in toc[1:] if level == 0]
    assert len(items) >= 2
    for number, page in items:
        assert texts[page].endswith(f"Agenda Item {number}")


@pytest.mark.parametrize(("path", "pages"), PAGES, ids=lambda value: getattr(value, "stem", ""))
def test_the_printed_page_is_not_the_pdf_page(path: Path, pages: int) -> None:
    """Proves that a front sheet and a blank page shift the labels, which are stamped last on every page after them."""
    labels = {}
    for page, text in enumerate(page_texts(path), 1):
        last = [line for line in text.splitlines()[-2:] if line.startswith("Page ")]
        if last:
            labels[page] = int(last[0].removeprefix("Page "))
    first = min(labels)
    assert "This page is intentionally left blank" in page_texts(path)[first - 2]
    assert list(labels) == list(range(first, pages + 1))
    assert all(label - page == labels[first] - first != 0 for page, label in labels.items())


def test_the_agenda_gives_the_printed_pages_of_its_items() -> None:
    """Proves that "(Pages a - b)" is what is stamped where the item begins and ends."""
    texts = page_texts(OCTOBER)
    assert "Performance report (Pages 3 - 10)" in texts[1]
    assert "Service credits (Pages 18 - 18)" in texts[1]
    assert texts[5].endswith("Page 3\nAgenda Item 8")
    assert texts[20].endswith("Page 18\nAgenda Item 12")
    assert "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A" in texts[20].replace("\n", " ")


def test_the_april_pack_restates_exactly_one_figure_of_october() -> None:
    """Proves that the packs overlap, and that the one difference is the one that the source's note names."""
    earlier, later = by_name(OCTOBER), by_name(APRIL)
    both = earlier.keys() & later.keys()
    assert len(both) > 80
    calls = "Monthly - PI002 - % Calls Answered within 20 seconds"
    changed = {key: (earlier[key], later[key]) for key in both if earlier[key] != later[key]}
    assert changed == {(calls, "Mendip", "Aug-21"): ("64.14%", "66.14%")}


def test_a_table_runs_over_a_page_with_its_header_again() -> None:
    """Proves that PI004 stands on two pages, six rows together, both parts under the same two rows."""
    parts = [grid for grid in grids(OCTOBER) if "PI004 - % Council Tax" in str(grid[0][0])]
    assert len(parts) == 2
    assert parts[0][:2] == parts[1][:2]
    names = [row[0] for part in parts for row in part[2:]]
    assert names == ["Overall", "South Oxfordshire", "Vale of White Horse", "Mendip", "Hart", "Havant"]


def test_the_ict_summary_has_months_over_boroughs() -> None:
    """Proves the two-level header: each month is one cell over three boroughs, the corner one cell over two rows."""
    (summary,) = [grid for grid in grids(ICT) if grid[0][1] == "NOVEMBER 2017"]
    boroughs = ["Brent", "Lewisham", "Southwark"]
    assert summary[0] == ["", "NOVEMBER 2017", None, None, "DECEMBER 2017", None, None, "JANUARY 2018", None, None]
    assert summary[1] == [None, *boroughs, *boroughs, *boroughs]
    assert summary[-1][-1] == "300"


def test_a_source_becomes_blocks() -> None:
    """Proves the markup: what opens a block, what goes on with it, a table's rows, and that notes are dropped."""
    source = "# Title\n\n<!-- note: hidden\nfacts -->\n1. One\nand more\n(a) point\n\n"
    source += "| a | < |\n| 1 |  |\n<!-- item: 8 Plan -->"
    assert blocks(source) == [
        Block("title", "Title", "#"),
        Block("number", "One and more", "1."),
        Block("bullet", "point", "(a)"),
        Block("table", rows=(("a", "<"), ("1", ""))),
        Block("item", "8 Plan"),
    ]
