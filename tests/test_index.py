"""An index run reads what is new, leaves alone what is not, and says what it met."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import PaperError, RequestError
from corpus.settings import Settings
from indexer.index import index_paths, remove_paper
from indexer.processes.lock import held
from indexer.processes.workers import cores
from indexer.report import Report, spans
from indexer.retrieval.search import Search
from indexer.retrieval.vectors import Vectors
from kpi_tools.extraction import Extraction
from kpi_tools.saved import Paper
from kpi_tools.store import Store
from tests import handmade
from tests.handmade import Letters, read_paper

FIRST = "2021-10-06\nCalls were answered late.\nCalls | Mendip | 2021-08 | 74.88%\n"
SECOND = "2022-04-06\nBins were collected.\nCalls | Mendip | 2021-08 | 75.10%\n"


class House:
    """A folder of papers and a home for their index."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.papers = folder, folder / "papers"
        self.settings = Settings(home=str(folder / "home"))
        self.papers.mkdir()

    def write(self, name: str, text: str) -> Path:
        path = self.papers / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def index(self, *paths: Path, **options: object) -> Report:
        means: dict[str, object] = {"read": read_paper, "embedder": Letters()}
        return index_paths(paths or [self.papers], self.settings, **(means | options))  # type: ignore[arg-type]

    def known(self) -> list[Paper]:
        with closing(Store(self.settings.database)) as store:
            return store.papers()

    def documents(self) -> list[str]:
        return sorted(paper.document for paper in self.known())

    def found(self, question: str) -> list[str]:
        with closing(Store(self.settings.database)) as store:
            return [hit.passage.text for hit in Search(store, self.settings, Letters()).find(question)]

    def bytes(self) -> dict[Path, tuple[int, bytes]]:
        files = [one for one in self.settings.home_path.rglob("*") if one.is_file()]
        return {one: (one.stat().st_mtime_ns, one.read_bytes()) for one in files}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


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
    """Proves that a file whose name is not UTF-8 gets a sentence that can be printed, and the others are indexed."""
    house.write("good.txt", FIRST)
    (house.papers / os.fsdecode(b"caf\xe9.txt")).write_text(SECOND)
    report = house.index()
    assert names(report.new) == ["good.txt"]
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


def moody(path: Path, document: str, map_pages: Callable[..., Iterable[object]] = map) -> Extraction:
    """Read a paper in another process; some take that down, some meet a fault."""
    return next(iter(map_pages(_moody, [(path, document)])))  # type: ignore[return-value]


def _moody(task: tuple[Path, str]) -> Extraction:
    path, document = task
    if "deadly" in document:
        time.sleep(0.2)
        os.kill(os.getpid(), signal.SIGKILL)
    if "faulty" in document:
        raise ZeroDivisionError("of ours")
    return read_paper(path, document)


@pytest.mark.parametrize("many", [False, True])
def test_a_paper_that_takes_its_process_down(house: House, many: bool, caplog: pytest.LogCaptureFixture) -> None:
    """Proves that it alone is told as unreadable, whether read page by page or beside others; so is a fault."""
    good = [f"good{n}.txt" for n in range(2 * cores() if many else 1)]
    for number, name in enumerate([*good, "deadly.txt", *(["faulty.txt"] if many else [])]):
        house.write(name, FIRST + "x" * number)
    report = house.index(read=moody)
    assert sorted(names(report.new)) == sorted(good)
    told = sorted(map(str, report.unreadable))
    assert told[0] == "deadly.txt: reading it took the reading process down"
    assert told[1:] == ["faulty.txt: reading it met a fault of ours (ZeroDivisionError('of ours'))"] * many
    assert ("faulty.txt" in caplog.text) == many


def pages_at_once(path: Path, document: str, map_pages: Callable[..., Iterable[int]] = map) -> Extraction:
    """Read a paper whose pages note in which processes they were read."""
    processes = set(map_pages(_page, range(8)))
    (path.parent / "processes").write_text(str(len(processes)))
    return read_paper(path, document)


def _page(_: int) -> int:
    time.sleep(0.3)
    return os.getpid()


def test_one_paper_uses_all_cores(house: House) -> None:
    """Proves that the pages of a single paper are read in as many processes as there are cores."""
    house.write("a.txt", FIRST)
    assert house.index(read=pages_at_once).ok
    assert int((house.papers / "processes").read_text()) == cores()


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
        "  Calls Customer Services, Mendip, 2021-08: 74.88% on page 1 of a.txt, now 75.10% on page 1 of b.txt",
        "Tables of figures that were not recognised, kept as text: 1",
        "  b.txt, page 2: Travel: no shape has its headers",
    ]


def _with_notes(path: Path, document: str, map_pages: object = map) -> Extraction:  # noqa: ARG001
    read = read_paper(path, document)
    notes = handmade.extraction().notes
    return Extraction(read.pack, read.observations, (), (), notes, read.passages)


def test_long_lists_are_cut_and_pages_are_told_in_spans() -> None:
    """Proves that a report stays readable."""
    report = Report(unreadable=[PaperError(f"{n}.pdf", "it is empty") for n in range(30)])
    assert report.lines()[0] == "Papers that could not be read: 30"
    assert report.lines()[-1] == "  and 10 more"
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


def _gone(folder: Path) -> None:
    shutil.rmtree(folder)


def _junk(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"junk" * 999)


def _same_size_junk(folder: Path) -> None:
    file = folder / "chroma.sqlite3"
    file.write_bytes(b"j" * file.stat().st_size)


@pytest.mark.parametrize("damage", [_gone, _junk])
def test_damaged_vectors_are_made_anew(house: House, damage: Callable[[Path], None]) -> None:
    """Proves that a run with nothing new notices, makes them from the passages, says so, and is quiet after that."""
    house.write("a.txt", FIRST)
    house.index()
    Vectors(house.settings).close()
    damage(house.settings.home_path / "chroma")
    report = house.index()
    assert "made anew from 2 passages" in report.lines()[0]
    assert (report.unchanged, report.ok, house.index().restored) == (["a.txt"], True, "")
    assert similarity(house) > 0.5


def test_damage_that_only_a_reader_meets_is_mended_by_the_next_run(house: House) -> None:
    """Proves that damage which no file size shows is remembered when a search meets it."""
    house.write("a.txt", FIRST)
    house.index()
    Vectors(house.settings).close()
    _same_size_junk(house.settings.home_path / "chroma")
    assert similarity(house) == 0
    assert house.index().restored
    assert similarity(house) > 0.5


def similarity(house: House) -> float:
    with closing(Store(house.settings.database)) as store:
        return Search(store, house.settings, Letters()).find("calls were answered late")[0].similarity or 0


def test_another_model_embeds_again(house: House) -> None:
    """Proves that a changed model makes all vectors anew, once, and that searches then use it."""
    house.write("a.txt", FIRST)
    house.index()
    assert house.index(embedder=Letters("other")).restored
    assert house.index(embedder=Letters("other")).restored == ""
    with closing(Store(house.settings.database)) as store:
        hits = Search(store, house.settings, Letters("other")).find("calls were answered late")
    assert hits[0].similarity is not None


def test_two_runs_take_turns(house: House) -> None:
    """Proves that a run says that it waits for another, and then finishes."""
    house.write("a.txt", FIRST)
    told: list[str] = []
    with held(house.settings.home_path / "index.lock"):
        code = (
            "import sys, pathlib, tests.test_index as t\n"
            "house = t.House.__new__(t.House); house.settings = t.Settings(home=sys.argv[2])\n"
            "report = house.index(pathlib.Path(sys.argv[1]), progress=lambda *a: print(a[0], flush=True))"
        )
        waiting = subprocess.Popen(
            [sys.executable, "-c", code, str(house.papers), house.settings.home], stdout=subprocess.PIPE, text=True
        )
        assert waiting.stdout is not None
        told.append(waiting.stdout.readline())
        assert waiting.poll() is None
        assert not Path(house.settings.home, "packclerk.db").exists()
    told += waiting.communicate()[0].splitlines()
    assert told[0] == "waiting for another index run to end\n"
    assert (told[-1], waiting.returncode, house.documents()) == ("a.txt", 0, ["a.txt"])


def slow(path: Path, document: str, map_pages: Callable[..., Iterable[int]] = map) -> Extraction:
    """Read a paper; the one called slow takes as long as anybody waits."""
    if "slow" in document:
        list(map_pages(_note_and_wait, [path] * 2))
    return read_paper(path, document)


def _note_and_wait(path: Path) -> int:
    path.with_suffix(f".{os.getpid()}").touch()
    time.sleep(2)
    return 0


@pytest.fixture
def interrupted(house: House) -> Iterator[tuple[House, subprocess.Popen[str], list[int]]]:
    """A run in a process of its own that has saved one paper and is reading another, with its workers' ids."""
    house.write("a.txt", FIRST + "long " * 99)
    house.write("slow.txt", SECOND)
    code = (
        "import signal, sys, tests.test_index as t\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background jobs ignore it
        "t.index_paths([t.Path(sys.argv[1])], t.Settings(home=sys.argv[2]), read=t.slow, embedder=t.Letters())"
    )
    command = [sys.executable, "-c", code, str(house.papers), house.settings.home]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    workers: list[int] = []
    while not workers or house.documents() != ["a.txt"]:
        assert running.poll() is None
        time.sleep(0.05)
        workers = [int(file.suffix[1:]) for file in house.papers.iterdir() if file.suffix[1:].isdigit()]
    yield house, running, workers
    assert running.wait(60) != 0
    until = time.monotonic() + 30
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < until, "a worker outlived its run"
        time.sleep(0.05)
    assert house.index().ok
    assert house.documents() == ["a.txt", "slow.txt"]


def test_an_interrupt_ends_a_run_cleanly(interrupted: tuple[House, subprocess.Popen[str], list[int]]) -> None:
    """Proves that after Ctrl-C, which reaches workers too, there is one traceback at most, no worker is left, what
    was saved stays, and the next run does the rest."""
    _, running, workers = interrupted
    for process in [running.pid, *workers]:
        os.kill(process, signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert errors.count("Traceback") <= 1
    assert errors.rstrip().endswith("KeyboardInterrupt")


def test_a_killed_run_leaves_no_worker(interrupted: tuple[House, subprocess.Popen[str], list[int]]) -> None:
    """Proves that workers end with the run that started them, however it ends."""
    _, running, _ = interrupted
    running.kill()
    running.communicate(timeout=60)


def test_a_full_disk_ends_a_run_with_a_sentence(house: House) -> None:
    """Proves, with a limit on the size of files in place of a full disk, that what was indexed stays and answers."""
    house.write("a.txt", FIRST)
    house.index()
    house.write("big.txt", "2022-01-01\n" + "".join(f"A long line number {n} of many.\n" for n in range(20_000)))
    code = (
        "import sys, tests.test_index as t\n"
        "t.signal.signal(t.signal.SIGXFSZ, t.signal.SIG_IGN)\n"
        "t.resource.setrlimit(t.resource.RLIMIT_FSIZE, (10**6, 10**6))\n"
        "home = t.Settings(home=sys.argv[2])\n"
        "report = t.index_paths([t.Path(sys.argv[1])], home, read=t.read_paper, embedder=t.Letters())\n"
        "print(report.ok, report.stopped)"
    )
    command = [sys.executable, "-c", code, str(house.papers), house.settings.home]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stdout.startswith("False "), ran.stderr
    assert ran.stdout.count("\n") == 1
    assert (house.documents(), "Calls were answered late." in house.found("calls")) == (["a.txt"], True)
    assert house.index().ok
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 10**6
