"""Where `packclerk` starts. A file's tables as JSON, which scripts ask for file after file, are given from here: to
import what reads a command line takes as long as the tables of several pages."""

import atexit
import errno
import gc
import json
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from corpus.errors import PackclerkError
from corpus.settings import Limits, load

# Importing makes many objects and no garbage, and frames of text need no threads of linear algebra: looking for the
# one and waiting for the other each costs a tenth of a second at every start, and looking once more at the end another.
gc.set_threshold(200_000, 20, 20)
atexit.register(gc.freeze)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Run the command that stands in the arguments."""
    match sys.argv[1:]:
        case ["tables", "--json", file] | ["tables", file, "--json"] if not file.startswith("-"):
            sys.exit(_tables(file))
        case _:
            from bot.cli import main as read_and_run

            read_and_run(prog_name="packclerk")


def _tables(file: str) -> int:
    """The exit code; what goes wrong is told as it is of any command."""
    lenient()
    try:
        print_tables(Path(file), load().limits)
        finish()
    except (PackclerkError, OSError) as error:
        if sentence := said(error):
            print(f"Error: {sentence}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nAborted!", file=sys.stderr)
        return 1
    return 0


def print_tables(path: Path, limits: Limits) -> None:
    """{"tables": [...], ...}, one table at a time: those of a long paper are many. Raises PaperError."""
    from indexer.reading import read_tables

    found, more = read_tables(path, limits)
    print('{"tables": [', end="")
    for number, table in enumerate(found):
        print(", " * bool(number) + json.dumps(table, ensure_ascii=False), end="")
    rest = "".join(f", {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in more.items())
    print(f"]{rest}}}")


def lenient() -> None:
    """Let outputs replace what they cannot print: not every terminal has all of a paper's characters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def finish() -> None:
    """Hand on what was printed. Raises OSError where that is not taken."""
    if sys.stdout:  # which may be closed
        sys.stdout.flush()


def said(error: PackclerkError | OSError) -> str:
    """What packclerk or the machine has to say, as a sentence; "" where whoever reads it has enough, as `head`."""
    if isinstance(error, PackclerkError):
        return str(error)
    with suppress(OSError):  # what an output did not take goes nowhere: Python would try it once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    where = f" ({error.filename})" if error.filename else ""
    return "" if error.errno == errno.EPIPE else f"{error.strerror or error}{where}"
