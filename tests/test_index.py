"""An index run reads what is new, leaves alone what is not, and says what it met."""

import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import PaperError, RequestError
from indexer.index import remove_paper
from indexer.report import Report, spans
from indexer.retrieval.search import Search
from indexer.retrieval.vectors import Vectors
from kpi_tools.extraction import Extraction
from kpi_tools.store import Store
from tests import handmade
from tests.handmade import Letters, read_paper
from tests.housed import House

FIRST = "2021-10-06\nCalls were answered late.\nCalls | Mendip | 2021-08 | 74.88%\n"
SECOND = "2022-04-06\nBins were collected.\nCalls | Mendip | 2021-08 | 75.10%\n"


def names(entries: Iterable[object]) -> list[str]:
    return [str(entry).partition(":")[0] for entry in entries]


def test_new_unchanged_changed(house: House) -> None:
    """Proves the three fates of a paper, and that a change leaves nothing of the old text to be found."""
    house.write("a.txt", FIRST)
    house.write("sub/b.TXT", SECOND)
    report = house.index()
    assert (sorted(names(report.new)), report.unchanged, report.changed, report.ok) == (
        ["a.txt", "b.TXT"],
        [],
        [],
        True,
    )
    house.write("a.txt", FIRST.replace("late", "early"))
    report = house.index()
    assert (report.new, report.unchanged, names(report.changed)) == ([], ["b.TXT"], ["a.txt"])
    assert "Calls were answered early." in house.found("answered")
    assert "Calls were answered late." not in house.found("answered late")


def test_a_run_with_nothing_new_writes_nothing(house: House) -> None:
    """Proves that the second run leaves every byte and time of every file, and loads neither Chroma nor torch."""
    house.write("a.txt", FIRST)
    house.index()
    Vectors(house.settings).close()
    before = house.bytes()
    folder = house.settings.home_path.stat().st_mtime_ns
    code = (
        "import sys, pathlib; from corpus.settings import Settings; from indexer.index import index_paths\n"
        "from tests.handmade import Letters\n"
        "report = index_paths([pathlib.Path(sys.argv[1])], Settings(home=sys.argv[2]), embedder=Letters())\n"
        "print(report.unchanged, sorted({'chromadb', 'torch', 'pdfplumber', 'pandas'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(house.papers), house.settings.home], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "['a.txt'] []\n"
    assert house.bytes() == before
    assert house.settings.home_path.stat().st_mtime_ns == folder


def test_content_is_known_wherever_it_lies(house: House) -> None:
    """Proves that a copy is not read again, and that a paper whose file was moved is still replaced by its change."""
    path = house.write("a.txt", FIRST)
    house.index()
    copy = house.write("copies/other.txt", FIRST)
    assert (house.index().unchanged, house.documents()) == (["a.txt", "a.txt"], ["a.txt"])
    path.unlink()
    house.index()
    assert house.known()[0].path == copy
    copy.write_text(SECOND, encoding="utf-8")
    assert names(house.index().changed) == ["a.txt"]
    assert house.found("calls answered late") == house.found("nothing of it") != []
    assert "Calls were answered late." not in house.found("calls answered late")


def test_files_of_one_name_both_stay(house: House) -> None:
    """Proves that two papers of the same file name are two papers, each with a name of its own that lasts."""
    for folder in ("2021/x", "2022/x", "2023/y"):
        house.write(f"{folder}/pack.txt", f"2021-10-06\nThe pack of {folder}.\n")
    house.index()
    assert house.documents() == ["2022/x/pack.txt", "pack.txt", "x/pack.txt"] or len(set(house.documents())) == 3
    before = {paper.path: paper.document for paper in house.known()}
    house.write("2022/x/pack.txt", "2021-10-06\nChanged.\n")
    assert len(house.index().changed) == 1
    assert {paper.path: paper.document for paper in house.known()} == before


def test_files_that_change_places_lose_nothing(house: House) -> None:
    """Proves that two papers whose files swap names both stay, and that one overwritten by a copy of another goes."""
    house.write("a.txt", FIRST)
    house.write("b.txt", SECOND)
    house.index()
    house.write("a.txt", SECOND)
    house.write("b.txt", FIRST)
    assert (house.index().removed, house.documents()) == ([], ["a.txt", "b.txt"])
    house.write("b.txt", SECOND)
    assert len(house.index().removed) == 1
    assert [paper.sha256 for paper in house.known()] == [handmade.pack(content=SECOND).sha256]


def test_a_new_version_of_our_reading_reads_again(house: House) -> None:
    """Proves that papers read by an earlier version are read once more, and count as changed."""
    house.write("a.txt", FIRST)
    house.index(reader=1)
    assert names(house.index(reader=2).changed) == ["a.txt"]
    assert house.index(reader=2).unchanged == ["a.txt"]


def test_what_is_no_paper_is_told_and_the_others_go_on(house: House) -> None:
    """Proves one sentence for each: an empty paper, a path that is not there, a folder without papers."""
    house.write("good.txt", FIRST)
    house.write("bad.txt", "")
    house.write(".hidden/x.txt", FIRST)
    house.write("none/.x.txt", FIRST)
    report = house.index(house.papers, house.papers / "gone.pdf", house.papers / "none")
    assert names(report.new) == ["good.txt"]
    assert sorted(str(error).replace(str(house.papers), "P") for error in report.unreadable) == [
        "P/gone.pdf: there is no such file or folder",
        "P/none: the folder holds no papers (.pdf or .txt or .xlsx or .xlsm or .docx or .docm files)",
        "bad.txt: the file is empty",
    ]
    assert not report.ok


def test_links_that_lead_nowhere_and_pipes_are_told(house: House) -> None:
    """Proves that a link to itself, one to nothing and a pipe each get a sentence, and none stops or stays the run."""
    house.write("good.txt", FIRST)
    (house.papers / "self.txt").symlink_to(house.papers / "self.txt")
    (house.papers / "none.txt").symlink_to(house.papers / "gone.txt")
    os.mkfifo(house.papers / "pipe.txt")
    report = house.index()
    assert names(report.new) == ["good.txt"]
    assert sorted(map(str, report.unreadable)) == [
        "none.txt: the file cannot be opened (No such file or directory)",
        "pipe.txt: it is a pipe or a device, no file",
        "self.txt: the file cannot be opened (Too many levels of symbolic links)",
    ]


def test_a_name_that_is_no_text_is_told(house: House) -> None:
    """Proves that a file whose name is not UTF-8 gets a sentence that can be printed, and the others are indexed,
    under names that steer no terminal."""
    house.write("go\x1b[2Jod\n\u202efdp.txt", FIRST)
    (house.papers / os.fsdecode(b"caf\xe9.txt")).write_text(SECOND)
    report = house.index()
    assert names(report.new) == ["go [2Jod  fdp.txt"]
    assert [str(error) for error in report.unreadable] == [
        "caf?.txt: its name or a folder's above it is not UTF-8; rename it"
    ]


def test_a_paper_that_breaks_keeps_its_earlier_self(house: House) -> None:
    """Proves that a known paper whose file can no longer be read stays as it was."""
    house.write("a.txt", FIRST)
    house.index()
    house.write("a.txt", "")
    assert not house.index().ok
    assert "Calls were answered late." in house.found("calls")


def test_restatements_and_unread_tables_are_reported(house: House) -> None:
    """Proves the report's words."""
    house.write("a.txt", FIRST)
    house.index()
    house.write("b.txt", SECOND)
    lines = house.index(read=_with_notes).lines()
    assert lines == [
        "New papers: 1",
        "  b.txt: 2 pages, 1 figure, 0 targets, 0 records",
        "Unchanged papers: 1.",
        "Restated figures: 1",
        "  Calls Customer Services, Mendip, 2021-08: 74.88% (a.txt, PDF page 1), now 75.10% (b.txt, PDF page 1)",
        "Tables of figures that were not recognised, kept as text: 1",
        "  b.txt, page 2: Travel: no shape has its headers",
    ]


def _with_notes(path: Path, document: str, map_pages: object = map) -> Extraction:  # noqa: ARG001
    read = read_paper(path, document)
    notes = handmade.extraction().notes
    return Extraction(read.pack, read.observations, (), (), notes, read.passages)


def test_long_lists_are_cut_and_pages_are_told_in_spans() -> None:
    """Proves that a report stays readable, and names every paper that could not be read."""
    unread = [PaperError(f"{n}.pdf", "it is empty") for n in range(30)]
    report = Report(removed=[f"{n}.txt" for n in range(30)], unreadable=unread)
    assert report.lines()[20:23] == ["  19.txt", "  and 10 more", "Papers that could not be read: 30"]
    assert report.lines()[23:] == [f"  {error}" for error in unread]
    assert [spans(pages) for pages in ((3,), (3, 4, 5, 9), (1, 3))] == ["page 3", "pages 3-5, 9", "pages 1, 3"]


def test_progress_is_told(house: House) -> None:
    """Proves that what is told of progress ends with all papers done."""
    house.write("a.txt", FIRST)
    house.write("b.txt", SECOND)
    told: list[tuple[str, int, int]] = []
    house.index(progress=lambda *step: told.append(step))
    assert told[0] == ("reading", 0, 2)
    assert (told[-1][1:], {step[0] for step in told} >= {"a.txt", "b.txt"}) == ((2, 2), True)


def test_a_paper_is_removed(house: House) -> None:
    """Proves that it is gone from figures, words and vectors, and that an unknown one is told."""
    house.write("a.txt", FIRST)
    house.write("b.txt", SECOND)
    house.index()
    remove_paper("a.txt", house.settings, embedder=Letters())
    assert (house.documents(), "Calls were answered late." in house.found("calls late")) == (["b.txt"], False)
    with pytest.raises(RequestError, match="no paper"):
        remove_paper("a.txt", house.settings, embedder=Letters())


def test_another_model_embeds_again(house: House) -> None:
    """Proves that a changed model makes all vectors anew, once, and that searches then use it."""
    house.write("a.txt", FIRST)
    house.index()
    assert house.index(embedder=Letters("other")).restored
    assert house.index(embedder=Letters("other")).restored == ""
    with closing(Store(house.settings.database)) as store:
        hits = Search(store, house.settings, Letters("other")).find("calls were answered late")
    assert hits[0].similarity is not None
