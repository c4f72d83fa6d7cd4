"""Text that makes a search try again and again: whatever a paper or a question holds, none may take long over it."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from bot.answers.people import _FOR
from bot.slack.digests import COMMAND
from corpus.errors import PaperError
from indexer.exempt.doubt import SAID
from indexer.exempt.exemption import PAGES
from indexer.exempt.rows import ENTRY
from indexer.loading import load
from indexer.meeting.reports import _BEHIND
from indexer.meeting.requests import _LAST
from indexer.meeting.whose import SENTENCE, committee_of, council_of
from indexer.reader import read_pack
from indexer.retrieval.passages import passages
from indexer.shapes.prose import _LISTED
from indexer.shapes.titles import _DATED
from indexer.text.endless import LEFT_OUT
from kpi_tools.checks.claims import _LIST_NUMBER
from kpi_tools.checks.steps import _TO_BE
from kpi_tools.names import entity

SECONDS = 2.0  # each takes a few milliseconds, and took hours or more


@pytest.fixture(autouse=True)
def limited() -> Iterator[None]:
    """Ends a search that takes too long: it looks for signals now and then."""

    def give_up(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    ("search", "text"),
    [
        (_FOR.search, "for " + "A" * 60 + "!"),
        (_LIST_NUMBER.match, "1" * 60 + "x"),
        (_LIST_NUMBER.match, "1." * 60 + "x"),
        (lambda text: council_of("", "", "", [], [text]), "A" * 60 + " of the borough council"),
        (_LAST.search, ", " * 3000 + "x"),
        (SENTENCE.fullmatch, "Aa bb " * 1500),
        (_LISTED.fullmatch, "May 33, and " * 60 + "x"),
        (lambda text: list(_TO_BE.finditer(text)), "a b " * 2500),
        (lambda text: COMMAND.match(" ".join(text.split())), "subscribe" + " " * 3000 + "\0"),
        (lambda text: committee_of("", "", [text]), "Aa bb " * 1500),
        (SAID.search, "to be " * 3000),
        (ENTRY.split, ", " * 20_000),
        (PAGES.search, "( " * 20_000),
        (_BEHIND.search, "( " * 20_000),
        (_DATED.search, "( " * 20_000),
        (entity, ", " * 20_000 + "x"),
    ],
)
def test_no_search_takes_long(search: Callable[[str], object], text: str) -> None:
    """Words without end, blanks without end, and lists whose last entry is none."""
    search(text)


def _text(path: Path, said: str) -> Path:
    (made := path / "said.txt").write_text(f"The committee\n{said}\nnoted it.", encoding="utf-8")
    return made


def _document(path: Path, said: str) -> Path:
    word = Document()
    word.add_paragraph(f"The committee {said} noted it.")
    word.save(str(path / "said.docx"))
    return path / "said.docx"


def _workbook(path: Path, said: str) -> Path:
    book = Workbook()
    assert book.active
    book.active.append(["The committee", said, "noted it."])
    book.save(path / "said.xlsx")
    return path / "said.xlsx"


def _print(path: Path, said: str) -> Path:
    canvas = Canvas(str(path / "said.pdf"), pagesize=(40_000, 800))
    for row, text in enumerate(("The committee", said, "noted it.")):
        canvas.drawString(10, 700 - 20 * row, text)
    canvas.save()
    return path / "said.pdf"


@pytest.mark.parametrize("made", [_text, _document, _workbook, _print])
def test_a_word_without_end_is_left_out(made: Callable[[Path, str], Path], tmp_path: Path) -> None:
    """A mark stands for it, as a part of it might be taken for a figure; what stands beside it is read."""
    _, _, (sheet,) = load(made(tmp_path, "17" * 2500), "said")
    said = " ".join([sheet.text, *(line.text for line in sheet.lines)])
    assert LEFT_OUT in said and "noted it." in said
    assert "17" not in said


@pytest.mark.parametrize("made", [_text, _document, _workbook])
def test_a_line_without_end_is_refused(made: Callable[[Path, str], Path], tmp_path: Path) -> None:
    """In a sentence, and at once."""
    with pytest.raises(PaperError, match=r"a paragraph or cell of it has 29,\d\d\d characters"):
        load(made(tmp_path, ("so it was said " * 2000)[:29_900]), "said")


@pytest.mark.parametrize(
    ("last", "closed"), [("All of them left.", False), ("This report is not for publication.", True)]
)
@pytest.mark.parametrize("made", [_text, _document])
def test_a_paragraph_without_end_is_read_whole(
    made: Callable[[Path, str], Path], tmp_path: Path, last: str, closed: bool
) -> None:
    """Sentence by sentence: what stands last in it closes the paper as it would by itself."""
    found = passages(read_pack(made(tmp_path, "It was said so and the panel noted it. " * 270 + last), "said"))
    assert sum(each.text.count("It was said so") for each in found) == 270
    assert {each.exempt for each in found} == {closed}


def test_a_text_without_the_end_of_a_sentence_has_passages_all_the_same(tmp_path: Path) -> None:
    """None of its words is lost, and no passage is endless."""
    found = passages(
        read_pack(_text(tmp_path, "\n".join("so it was said by one of them " * 10 for _ in range(20))), "said")
    )
    assert max(len(each.text.split()) for each in found) <= 600
    assert sum(each.text.split().count("so") for each in found) == 200
