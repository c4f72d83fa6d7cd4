"""What a page costs: `python -m bench.pages FOLDER [--index]`, or `--drawn`, and `python -m bench.pages --long`.

Prints the CPU time a page, user and system: of whole processes, each started for every file as its users start it, with
all that it starts itself (`packclerk tables FILE --json` with its workers, pdfplumber extracting the tables of every
page, pypdfium2 its text); and of reading alone, with all of them started and in one process, garbage looked for by each
as often as in our workers, by which the others gain too. There also what it takes us to read and to understand a page,
and with --index to index it. Each is the middle of three runs. --drawn takes ruled and unruled packs that it draws.

--long draws packs of 200 and 1,000 pages and prints the peak memory of each process that finds their tables, reads
them, or indexes them, which takes the embedding model into memory: what that takes by itself stands beside it.
"""

import argparse
import gc
import inspect
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median

import pdfplumber
import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bench.sample import cpu_seconds
from corpus.errors import PaperError
from corpus.settings import Limits
from indexer.loading import load_tables
from indexer.processes.worker import GARBAGE
from indexer.processes.workers import workers
from indexer.reading import read_paper

RUNS = 3
LOOK = 0.02  # seconds between two looks at a run's memory
ROWS = [["Measure", "Target", "Apr-23", "May-23", "Jun-23", "Comment"]] + [
    [f"PI{n:03} Requests met", "95%", f"{80 + n / 7:.2f}%", f"{81 + n / 9:.2f}%", f"{n * 31:,}", "On track"]
    for n in range(1, 22)
]
LONG = (200, 1000)  # pages of the drawn packs
DRAWN = 60
MODEL = "from indexer.retrieval.embedder import Embedder; Embedder().passages(['What the committee noted.'])"
PROSE = "Of part {} the committee was told what stands in line {}, which it discussed at length and agreed to note."
WIDTHS = (170, 45, 60, 60, 60, 80)


def plain_text(path: Path) -> int:
    """The text of a file by pypdfium2; its number of pages."""
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            page.get_textpage().get_text_range()
            page.close()
        return len(pdf)


def plumber_tables(path: Path) -> int:
    """The tables of a file by pdfplumber."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()
        return len(pdf.pages)


def our_tables(path: Path) -> int:
    """The tables of a file by the reader."""
    return sum(1 for _ in load_tables(path))


def our_reading(path: Path) -> int:
    """A file read and understood: all but saving it and its vectors."""
    try:
        return len(read_paper(path, path.name).pack.pages)
    except PaperError:
        return 0


MEASURED: tuple[tuple[str, Callable[[Path], int]], ...] = (
    ("pypdfium2, text", plain_text),
    ("pdfplumber, tables", plumber_tables),
    ("packclerk, tables", our_tables),
    ("packclerk, read and understood", our_reading),
)


def _python(library: str, measure: Callable[[Path], int]) -> tuple[str, ...]:
    """The command that measures a file in a process of its own."""
    source = f"import sys, {library}\nfrom pathlib import Path\n{inspect.getsource(measure)}"
    return sys.executable, "-c", f"{source}\n{measure.__name__}(Path(sys.argv[1]))"


WHOLE = (
    ("pypdfium2, text", _python("pypdfium2", plain_text)),
    ("pdfplumber, tables", _python("pdfplumber", plumber_tables)),
    ("packclerk, tables", (sys.executable, "-m", "bot", "tables", "--json")),
)


def cpu(measure: Callable[[Path], int], path: Path) -> tuple[float, int]:
    """The CPU milliseconds that it takes, and its pages."""
    spent, pages = [], 0
    before = gc.get_threshold()
    gc.set_threshold(*GARBAGE)
    try:
        for _ in range(RUNS):
            gc.collect()
            start = time.process_time()
            pages = measure(path)
            spent.append((time.process_time() - start) * 1000)
    finally:
        gc.set_threshold(*before)
    return median(spent), pages


def whole(command: Sequence[str], path: Path) -> float:
    """The CPU milliseconds of a process started for a file, and of those that it starts."""
    return median(cpu_seconds([*command, str(path)]) * 1000 for _ in range(RUNS))


def whole_index(files: Sequence[Path], pages: int) -> float:
    """CPU milliseconds a page of `packclerk index` with everything that belongs to it, less those of an idle run."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "bot", "--data", home, "index", *map(str, files)]
        first, again = (cpu_seconds(command) for _ in range(2))
    return (first - again) * 1000 / pages


def draw(path: Path, pages: int, ruled: bool = True) -> None:
    """A pack of so many pages: two of prose in paragraphs, then one of a table, ruled or not, and so on: 17 passages a
    page, where real packs have a dozen."""
    canvas = Canvas(str(path), pagesize=A4)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 9)
        if number % 3:
            for line in range(48):
                canvas.drawString(60, 790 - 12 * line - 12 * (line // 6), PROSE.format(number, line))
        else:
            if ruled:
                canvas.grid([60 + sum(WIDTHS[:n]) for n in range(7)], [770 - 18 * n for n in range(len(ROWS) + 1)])
            for row, texts in enumerate(ROWS):
                for column, text in enumerate(texts):
                    canvas.drawString(63 + sum(WIDTHS[:column]), 757 - 18 * row, text)
        canvas.showPage()
    canvas.save()


def peaks(command: Sequence[str]) -> list[int]:
    """The peak megabytes of a command's processes, its own first, the others from the largest on. Needs /proc."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        found: dict[int, int] = {}
        while running.poll() is None:
            for process in _family(running.pid):
                found[process] = _peak(process) or found.get(process, 0)  # one just forked still shows its parent's
            time.sleep(LOOK)
    return [found.pop(running.pid), *sorted(found.values(), reverse=True)]


def long_packs() -> None:
    """Print the peak memory of all processes that have to do with a long pack, and with one of a usual length."""
    (model, *_) = peaks([sys.executable, "-c", MODEL])
    print(f"the embedding model by itself: {model} MB", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for count in LONG:
            path = Path(folder, f"{count}.pdf")
            draw(path, count)
            watched = {
                "tables": ["bot", "tables", "--json", str(path)],
                "reading": ["bench.pages", "--read", str(path)],
                "index": ["bot", "--data", f"{folder}/{count}", "index", str(path)],
            }
            for what, command in watched.items():
                own, *others = peaks([sys.executable, "-m", *command])
                print(f"{count} pages, {what}: {own} MB, and the workers {others} MB", flush=True)


def _family(process: int) -> list[int]:
    lists = list[str]()
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # a thread that has just ended
            lists.append(file.read_text())
    return [process, *(child for text in lists for each in text.split() for child in _family(int(each)))]


def _peak(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) >> 10 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def compare(folder: Path, index: bool) -> None:
    """Print what the PDFs of a folder cost: whole processes first, then reading alone, and the whole index."""
    files = sorted(folder.glob("*.pdf"))
    counts = {path: plain_text(path) for path in files}
    pages = sum(counts.values())
    started = {name: 0.0 for name, _ in WHOLE}
    reading = {name: 0.0 for name, _ in MEASURED}
    for path, count in counts.items():
        each = {name: whole(command, path) for name, command in WHOLE}
        alone = {name: cpu(measure, path)[0] for name, measure in MEASURED}
        for spent, found in ((started, each), (reading, alone)):
            for name, cost in found.items():
                spent[name] += cost / pages
        tables, read = (found["pdfplumber, tables"] / found["packclerk, tables"] for found in (each, alone))
        print(
            f"{path.name[:60]:60} {count:5} pages, pdfplumber / ours {tables:5.1f}, reading alone {read:5.1f}",
            flush=True,
        )
    if index:
        reading["packclerk, the whole index"] = whole_index(files, pages)
    for what, rows in (("whole processes", started), ("reading alone", reading)):
        text, tables = rows["pypdfium2, text"], rows["pdfplumber, tables"]
        print(f"\n{what:40} {'ms a page':>10} {'x text':>8} {'x pdfplumber':>13} {'pdfplumber /':>13}")
        for name, cost in rows.items():
            print(f"{name:40} {cost:10.2f} {cost / text:8.1f} {cost / tables:13.3f} {tables / cost:13.1f}")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--read", action="store_true", help="read and understand one file in workers, and no more")
    parser.add_argument("--index", action="store_true", help="also the whole index, with its vectors")
    parser.add_argument("--long", action="store_true", help="the peak memory on drawn packs")
    parser.add_argument("--drawn", action="store_true", help="what ruled and unruled drawn packs cost")
    asked = parser.parse_args()
    if asked.long:
        long_packs()
    if asked.drawn:
        with tempfile.TemporaryDirectory() as folder:
            for ruled in (True, False):
                draw(Path(folder, "ruled.pdf" if ruled else "unruled.pdf"), DRAWN, ruled)
            compare(Path(folder), index=False)
    if asked.folder is None:
        return
    if asked.read:
        with workers(Limits()) as pool:
            read_paper(asked.folder, asked.folder.name, pool.map)
        return
    compare(asked.folder, asked.index)


if __name__ == "__main__":
    main()
