"""What a folder looked like when the last process left it: whether one was cut short while it wrote there."""

import json
from pathlib import Path
from typing import IO

WRITING = "writing"  # what stands in the journal while a process writes
PASSING = ("-journal", "-wal", "-shm")  # a database's files that come and go


def is_as_left(journal: IO[str], folder: Path) -> bool:
    """Whether nobody was cut short and every file is there, as long as it was. Nothing is opened or written."""
    journal.seek(0)
    return journal.read() == _listing(folder)


def begin(journal: IO[str]) -> None:
    """Note that this process begins to write in the folder."""
    _put(journal, WRITING)


def leave(journal: IO[str], folder: Path) -> None:
    """Note how the folder looks now that nobody writes in it."""
    listing = _listing(folder)
    journal.seek(0)
    if journal.read() != listing:
        _put(journal, listing)


def _put(journal: IO[str], text: str) -> None:
    journal.truncate(0)
    journal.write(text)
    journal.flush()


def _listing(folder: Path) -> str:
    """The sizes of the files; "" for no folder."""
    if not folder.is_dir():
        return ""
    files = sorted(one for one in folder.rglob("*") if one.is_file() and not one.name.endswith(PASSING))
    return json.dumps({str(one.relative_to(folder)): one.stat().st_size for one in files})
