"""What is on a page's picture and is none of its text: stamps that lie slanting, and specks."""

import numpy as np
import pytest

from corpus.paper import Line
from indexer.scan import picture
from indexer.scan.picture import Ink
from indexer.scan.slanting import slanting
from indexer.scan.tesseract import Word
from indexer.sheet import Sheet
from indexer.text.furniture import without_furniture


def written(inked: Ink, text: str, left: int, top: int, fall: int) -> Word:
    """A word of letters 30 pixels high, each so many lower than the one before it."""
    for n in range(len(text)):
        inked[top + n * fall : top + n * fall + 30, left + 14 * n : left + 14 * n + 8] = True
    lowest = max(0, (len(text) - 1) * fall)
    highest = min(0, (len(text) - 1) * fall)
    return Word(text, left, top + highest, left + 14 * len(text), top + 30 + lowest, 90.0)


@pytest.mark.parametrize(
    ("fall", "texts", "expected", "why"),
    [
        (-2, ("RECEIVED", "SEP"), {"RECEIVED", "SEP"}, "a stamp, and its short words with it"),
        (2, ("RECEIVED", "SEP"), {"RECEIVED", "SEP"}, "the other way"),
        (0, ("RECEIVED", "SEP"), set(), "a level line"),
        (2, ("PAID",), set(), "too little to tell a stamp"),
    ],
)
def test_words_that_slant(fall: int, texts: tuple[str, ...], expected: set[str], why: str) -> None:
    """A stamp's words are found by their slant; the level words beside it are not."""
    inked = np.zeros((400, 800), dtype=np.bool_)
    stamp = [written(inked, text, 100 + 130 * n, 100 + 18 * n * (fall > 0), fall) for n, text in enumerate(texts)]
    level = written(inked, "Quarterly", 100, 250, 0)
    assert {word.text for word in slanting([*stamp, level], inked)} == expected, why


def test_specks_are_taken_out_and_points_stay() -> None:
    """What is small and far from all other ink is a speck; beside a letter it is a point or the dot of an i."""
    page = np.full((400, 600), 250, dtype=np.uint8)
    page[100:130, 100:104] = 10
    page[127:130, 108:111] = 10
    page[200:203, 300:303] = 10
    clean = picture.without_specks(page, 300 / 72)
    assert clean[201, 301] == 250
    assert clean[128, 109] == clean[115, 102] == 10


@pytest.mark.parametrize(("ocr", "kept"), [(True, ["Summary"]), (False, ["Summary", "PageS", "[unsure]"])])
def test_a_page_number_that_was_misread_is_furniture(ocr: bool, kept: list[str]) -> None:
    """In a picture "PageS" at the foot is a page's number, and so is what could not be read; in a text it is text."""
    lines = tuple(
        Line(text, (280, top, 320, top + 10), 10.0, False)
        for text, top in (("Summary", 400), ("PageS", 820), ("[unsure]", 832))
    )
    (clean,) = without_furniture([Sheet(1, 595, 842, lines, (), "", ocr=ocr)])
    assert [line.text for line in clean.lines] == kept
