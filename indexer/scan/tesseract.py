"""The words of a picture, by the program tesseract where the machine has it. The one place that runs it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # as whoever only asks whether the program is there needs no pictures
    from indexer.scan.picture import Grey

PROGRAM = "tesseract"
TIME_LIMIT = 60.0  # seconds for one reading of one page
BLOCK, SPARSE, LINE = "6", "11", "7"  # tesseract's page segmentation: one block; words wherever they are; one line
WORD_LEVEL = "5"  # of the levels of its table: page, block, paragraph, line, word


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box in pixels; `sure` is how far tesseract trusts it, 0 to 100."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    sure: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


def available() -> bool:
    """Whether this machine can read pictures."""
    from shutil import which  # here, and below, as most papers have no pictures

    return which(PROGRAM) is not None


def words(grey: "Grey", dpi: int, segmentation: str = BLOCK) -> list[Word] | None:
    """The words of the picture; None where tesseract fails or takes longer than the limit."""
    table = _run("stdin", _pgm(grey), dpi, segmentation)
    return None if table is None else [word for _, word in parsed(table)]


def lines(pictures: Sequence["Grey"], dpi: int) -> list[str]:
    """What each picture of one line says, without blanks; "" for each where tesseract fails."""
    from tempfile import TemporaryDirectory

    from indexer.leftovers import prefix

    texts = [""] * len(pictures)
    with TemporaryDirectory(prefix=prefix()) as folder:
        files = [Path(folder, f"{number}.pgm") for number in range(len(pictures))]
        for file, grey in zip(files, pictures, strict=True):
            file.write_bytes(_pgm(grey))
        named = Path(folder, "all.txt")  # one run reads them all
        named.write_text("".join(f"{file}\n" for file in files), encoding="utf-8")
        for number, word in parsed(_run(str(named), b"", dpi, LINE) or ""):
            texts[number] += word.text
    return texts


def _pgm(grey: "Grey") -> bytes:
    return f"P5 {grey.shape[1]} {grey.shape[0]} 255\n".encode() + grey.tobytes()


def _run(source: str, picture: bytes, dpi: int, segmentation: str) -> str | None:
    import subprocess

    command = [PROGRAM, source, "stdout", "-l", "eng", "--psm", segmentation, "--dpi", str(dpi), "tsv"]
    one_thread = os.environ | {"OMP_THREAD_LIMIT": "1"}  # its own threads cost more than they bring
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, env=one_thread, timeout=TIME_LIMIT, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace")


def parsed(table: str) -> list[tuple[int, Word]]:
    """The words of tesseract's table of tab-separated values, each with the number of its picture, from 0."""
    found = []
    for line in table.splitlines()[1:]:
        level, picture, *_, left, top, width, height, sure, text = line.split("\t")
        if level == WORD_LEVEL and text.strip():
            x, y = float(left), float(top)
            word = Word(text.strip(), x, y, x + float(width), y + float(height), float(sure))
            found.append((int(picture) - 1, word))
    return found
