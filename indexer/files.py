"""Which files are papers, and what is to be done with each: those whose content is known are not read again."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import PaperError

if TYPE_CHECKING:
    from kpi_tools.saved import Paper

_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # controls, and signs that turn writing round
# What is taken from a folder; a file that is named itself is always tried.
SUFFIXES = (".pdf", ".txt", ".xlsx", ".xlsm", ".docx", ".docm")


@dataclass(frozen=True, slots=True)
class Job:
    """A paper to be read: `known` if it replaces one of the same name."""

    path: Path
    document: str
    size: int
    known: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What an index run has to do. `moved` are papers whose file now lies elsewhere, `copies` those whose file
    became a copy of another paper, and which are to go."""

    jobs: tuple[Job, ...]
    unchanged: tuple[str, ...]
    moved: tuple[tuple[str, Path], ...]
    copies: tuple[str, ...]
    unreadable: tuple[PaperError, ...]


def find_files(paths: Sequence[Path]) -> tuple[list[Path], list[PaperError]]:
    """Files of papers in `paths`, each once, in order of path; and what is wrong with a path."""
    found: dict[Path, None] = {}
    wrong: list[PaperError] = []
    for path in paths:
        if path.is_dir():
            troubles: list[OSError] = []
            inside = sorted(_walk(path, troubles))
            wrong += [PaperError(str(one.filename), f"it cannot be opened ({one.strerror})") for one in troubles]
            if not inside and not troubles:
                wrong.append(PaperError(str(path), f"the folder holds no papers ({' or '.join(SUFFIXES)} files)"))
            found |= dict.fromkeys(map(_resolved, inside))
        elif os.path.lexists(path):
            found[_resolved(path)] = None
        else:
            wrong.append(PaperError(str(path), "there is no such file or folder"))
    return list(found), wrong


def _resolved(path: Path) -> Path:
    """The file that a path leads to; the path itself where it is a link that leads nowhere or to itself."""
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError):
        return path.absolute()


def _walk(folder: Path, troubles: list[OSError]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=troubles.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                yield Path(parent, name)


def plan(paths: Sequence[Path], papers: "Iterable[Paper]", reader: int) -> Plan:
    """What is to be done about `paths` when `papers` are indexed; `reader` is the version of our reading."""
    files, unreadable = find_files(paths)
    shas: dict[Path, str] = {}
    for file in files:
        if wrong := _wrong_with(file):
            unreadable.append(PaperError(_shown(file.name), wrong))
            continue
        try:
            with file.open("rb") as content:
                shas[file] = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError as error:
            unreadable.append(PaperError(_shown(file.name), f"the file cannot be opened ({error.strerror})"))
    by_sha = {paper.sha256: paper for paper in papers}
    by_path = {paper.path: paper for paper in by_sha.values()}
    taken = {paper.document for paper in by_sha.values()}
    jobs: dict[str, Job] = {}
    unchanged, moved, copies = [], [], []
    for file, sha in shas.items():
        same, here = by_sha.get(sha), by_path.get(file)
        if same and here and same != here and here.sha256 not in shas.values():
            copies.append(here.document)
        if sha in jobs:
            unchanged.append(jobs[sha].document)
        elif same and same.reader == reader:
            unchanged.append(same.document)
            if not same.path.exists():
                moved.append((same.document, file))
        else:
            known = same or here
            document = known.document if known else _name(file, taken)
            taken.add(document)
            jobs[sha] = Job(file, document, file.stat().st_size, known is not None)
    return Plan(tuple(jobs.values()), tuple(unchanged), tuple(moved), tuple(copies), tuple(unreadable))


def _wrong_with(file: Path) -> str:
    """Why a file is not to be opened: a pipe would be waited for, and a name must be kept as text; "" for nothing."""
    try:
        str(file).encode("utf-8")
    except UnicodeEncodeError:
        return "its name or a folder's above it is not UTF-8; rename it"
    return "it is a pipe or a device, no file" if file.exists() and not file.is_file() else ""


def _name(file: Path, taken: set[str]) -> str:
    """The file's name, after as many of its folders as it takes to be alone with it."""
    parts = [_shown(part) for part in file.parts]
    names = ("/".join(parts[-length:]) for length in range(1, len(parts) + 1))
    return next((name for name in names if name not in taken), str(file))


def _shown(name: str) -> str:
    """A name without what a terminal obeys and what turns the writing round."""
    return _OBEYED.sub(" ", name)
