"""What starting takes: a command, and a process that reads, import no more than they need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main as command_line
from corpus.settings import Limits
from indexer.opening import tables
from indexer.processes.workers import FEW, workers
from indexer.tasks import Pages

SAMPLE = next((Path(__file__).parents[1] / "corpus" / "sample").glob("*.pdf"))
HEAVY = {
    "chromadb", "httpx", "indexer.extract", "indexer.shapes.known", "matplotlib", "numpy", "openpyxl", "pandas",
    "pdfplumber", "pydantic", "rich", "slack_sdk", "sqlalchemy", "torch",
}  # fmt: skip
RUN = """
import sys
from bot.cli import main
main.main(sys.argv[1:], standalone_mode=False)
print(sorted(name for name in sys.modules if name in {heavy}), file=sys.stderr)
"""


def loaded_with_tables(pages: Pages) -> tuple[int, set[str]]:
    """In a worker: how many pages it found the tables of, and which heavy modules that took."""
    return len(tables(pages)), HEAVY & set(sys.modules)


def process_of(_pages: Pages) -> int:
    return os.getpid()


@pytest.mark.parametrize("arguments", [["--help"], ["tables", "--json", str(SAMPLE)], ["kpi", "--help"]], ids=" ".join)
def test_a_command_imports_what_it_needs(arguments: list[str]) -> None:
    """Proves that tables and help are given without the store, frames and libraries of other commands; the tools of
    `kpi`, which are over frames, are its own."""
    code = RUN.format(heavy=HEAVY - {"pandas", "numpy", "sqlalchemy"} if arguments[0] == "kpi" else HEAVY)
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert ran.stderr == "[]\n"


@pytest.mark.parametrize("arguments", [["tables", "--json", str(SAMPLE)], ["tables", str(SAMPLE), "--json"]], ids=str)
def test_tables_as_json_are_those_of_the_command_line(arguments: list[str]) -> None:
    """Proves that what is given without reading a command line is what reading it gives, and without its library."""
    start = (
        "import sys; from bot.start import main; sys.exit = lambda code: print('click' in sys.modules, code); main()"
    )
    quick = subprocess.run([sys.executable, "-c", start, *arguments], capture_output=True, text=True, check=False)
    read = CliRunner().invoke(command_line, arguments)
    assert quick.stdout == f"{read.stdout}False 0\n"
    assert '"rows"' in read.stdout


@pytest.mark.parametrize("file", ["nowhere.pdf", __file__], ids=["absent", "no PDF"])
def test_tables_that_cannot_be_given_are_told_of_alike(file: str) -> None:
    """Proves that an error ends it with the sentence and the exit code of any command."""
    start = [sys.executable, "-m", "bot", "tables", "--json", file]
    quick = subprocess.run(start, capture_output=True, text=True, check=False)
    read = CliRunner().invoke(command_line, start[3:])
    assert (quick.returncode, quick.stderr) == (read.exit_code, read.stderr) == (1, read.stderr)
    assert read.stderr.startswith("Error: ")


def test_a_worker_finds_tables_without_what_understands_them() -> None:
    """Proves that a process which finds tables imports no shapes, no store and no second engine."""
    with workers(Limits()) as pool:
        assert list(pool.map(loaded_with_tables, [Pages(SAMPLE, SAMPLE.name, 1, 3)])) == [(3, set())]


COPIED = """
import os, signal
from corpus.settings import Limits
from indexer.processes.watched import LostError
from indexer.processes.workers import workers

def halved(task):  # known in a copy alone
    return task // 2 if task != 7 else os.kill(os.getpid(), signal.SIGKILL)

with workers(Limits(), copied=True) as pool:
    try:
        list(pool.map(halved, [7]))
    except LostError as error:
        print(error)
    print(*pool.map(halved, [8]), *pool.map(halved, range(0, 6, 2)))
"""


def test_a_copy_that_is_lost_is_replaced() -> None:
    """Proves that copies of a process are watched like processes that are started: one that a task takes is told, and
    the tasks after it are done."""
    ran = subprocess.run([sys.executable, "-c", COPIED], capture_output=True, text=True, check=True)
    assert ran.stdout == "reading it took the reading process down\n4 0 1 2\n"


def test_few_pages_take_one_worker() -> None:
    """Proves that a short file does not wait for a second process, which would take longer to start than to help."""
    ranges = [Pages(SAMPLE, SAMPLE.name, first, first + 9) for first in range(1, FEW, 10)]
    with workers(Limits()) as pool:
        assert len(set(pool.map(process_of, ranges))) == 1
