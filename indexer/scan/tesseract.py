"""The words of a picture, by the program tesseract where the machine has it. The one place that runs it."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # as whoever only asks whether the program is there needs no pictures
    from indexer.scan.picture import Grey

PROGRAM = "tesseract"
TIME_LIMIT = 60.0  # seconds for one reading of one page
BLOCK, SPARSE = "6", "11"  # tesseract's page segmentation: one block of text; words wherever they are
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
    return shutil.which(PROGRAM) is not None


def words(grey: "Grey", dpi: int, segmentation: str = BLOCK) -> list[Word] | None:
    """The words of the picture; None where tesseract fails or takes longer than the limit."""
    header = f"P5 {grey.shape[1]} {grey.shape[0]} 255\n".encode()
    command = [PROGRAM, "stdin", "stdout", "-l", "eng", "--psm", segmentation, "--dpi", str(dpi), "tsv"]
    one_thread = os.environ | {"OMP_THREAD_LIMIT": "1"}  # its own threads cost more than they bring
    try:
        done = subprocess.run(
            command, input=header + grey.tobytes(), capture_output=True, env=one_thread,
            timeout=TIME_LIMIT, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return parsed(done.stdout.decode("utf-8", "replace"))


def parsed(table: str) -> list[Word]:
    """The words of tesseract's table of tab-separated values."""
    found = []
    for line in table.splitlines()[1:]:
        level, *_, left, top, width, height, sure, text = line.split("\t")
        if level == WORD_LEVEL and text.strip():
            x, y = float(left), float(top)
            found.append(Word(text.strip(), x, y, x + float(width), y + float(height), float(sure)))
    return found
