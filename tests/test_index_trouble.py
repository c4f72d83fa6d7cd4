"""An index run whose processes, disk or vectors fail loses nothing, and the next one mends it."""

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from indexer.processes.lock import held
from indexer.processes.workers import cores
from indexer.retrieval.search import Search
from indexer.retrieval.vectors import Vectors
from kpi_tools.extraction import Extraction
from kpi_tools.store import Store
from tests.handmade import Letters, read_paper
from tests.housed import House

FIRST = "2021-10-06\nCalls were answered late.\nCalls | Mendip | 2021-08 | 74.88%\n"
FULL = 400_000  # bytes of a file: more than the first paper takes, less than the large one
SECOND = "2022-04-06\nBins were collected.\nCalls | Mendip | 2021-08 | 75.10%\n"


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
    assert sorted(str(entry).partition(":")[0] for entry in report.new) == sorted(good)
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


def test_two_runs_take_turns(house: House) -> None:
    """Proves that a run says that it waits for another, and then finishes."""
    house.write("a.txt", FIRST)
    told: list[str] = []
    with held(house.settings.home_path / "index.lock"):
        code = (
            "import sys; from pathlib import Path; from tests.housed import Settings, run\n"
            "run(Path(sys.argv[1]), Settings(home=sys.argv[2]), progress=lambda *a: print(a[0], flush=True))"
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
    time.sleep(60)  # much longer than until it is ended from outside, on a busy machine too
    return 0


@pytest.fixture
def interrupted(house: House) -> Iterator[tuple[House, subprocess.Popen[str], list[int]]]:
    """A run in a process of its own that has saved one paper and is reading another, with its workers' ids."""
    house.write("a.txt", FIRST + "long " * 99)
    house.write("slow.txt", SECOND)
    code = (
        "import signal, sys; from pathlib import Path\n"
        "from tests.housed import Settings, run; from tests.test_index_trouble import slow\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background jobs ignore it
        "run(Path(sys.argv[1]), Settings(home=sys.argv[2]), read=slow)"
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
    os.kill(running.pid, signal.SIGINT)
    for worker in workers:
        with suppress(ProcessLookupError):  # one that ended with the run, before its own signal came
            os.kill(worker, signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert errors.count("Traceback") <= 1
    assert errors.rstrip().endswith("KeyboardInterrupt")


def test_a_killed_run_leaves_no_worker(interrupted: tuple[House, subprocess.Popen[str], list[int]]) -> None:
    """Proves that workers end with the run that started them, however it ends."""
    _, running, _ = interrupted
    running.kill()
    running.communicate(timeout=60)


def test_what_a_killed_process_left_is_deleted(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes between processes may be exempt; what belongs to one that runs, or to no process, stays."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    left = [tmp_path / f"packclerk-{gone.pid}-{name}" for name in ("paper", "pages")]
    left[0].write_bytes(b"secret")
    left[1].mkdir()
    (left[1] / "0.pgm").write_bytes(b"secret")
    kept = [tmp_path / f"packclerk-{os.getpid()}-paper", tmp_path / "packclerk-notes-paper"]
    for path in kept:
        path.write_bytes(b"mine")
    house.index()
    assert [path.exists() for path in (*left, *kept)] == [False, False, True, True]


def test_a_full_disk_ends_a_run_with_a_sentence(house: House) -> None:
    """Proves, with a limit on the size of files in place of a full disk, that what was indexed stays and answers."""
    house.write("a.txt", FIRST)
    house.index()
    house.write("big.txt", "2022-01-01\n" + "".join(f"A long line number {n} of many.\n" for n in range(4_000)))
    code = (
        "import resource, signal, sys; from pathlib import Path; from tests.housed import Settings, run\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({FULL}, {FULL}))\n"
        "report = run(Path(sys.argv[1]), Settings(home=sys.argv[2]))\n"
        "print(report.ok, report.stopped)"
    )
    command = [sys.executable, "-c", code, str(house.papers), house.settings.home]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stdout.startswith("False "), ran.stderr
    assert ran.stdout.count("\n") == 1
    assert (house.documents(), "Calls were answered late." in house.found("calls")) == (["a.txt"], True)
    assert house.index().ok
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != FULL


def no_room(*_: object, **__: object) -> Extraction:
    """As where the disk fills while pages are set aside."""
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_is_full_while_a_paper_is_read(house: House) -> None:
    """Proves that it is told as such, and is no fault of the paper or of ours."""
    house.write("first.txt", FIRST)
    told = [str(error) for error in house.index(read=no_room).unreadable]
    assert len(told) == 1
    assert told[0].startswith("first.txt: the disk is full: no room is left in ")
