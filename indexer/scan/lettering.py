"""Words of a picture as a page's characters: on common lines, of common sizes, as if a PDF had set them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np

from indexer.scan.picture import Ink, Rule
from indexer.scan.shades import Shade
from indexer.scan.tesseract import Word
from indexer.text.letters import Char, Face

Thing = dict[str, Any]

PLAIN, HEAVY = "Scan", "Scan-Bold"
TALL = re.compile(r"[A-Zbdfhkl0-9£%&()\[\]/]")  # characters as high as a capital
DEEP = re.compile(r"[gjpqyQ,;()\[\]$/_|@]")  # characters that hang below the line
CAPITAL = 0.71  # of a font's size: how high a capital is
MIDDLE = 0.53  # of a font's size: how high an x is
ABOVE = 0.78  # of a font's size: where a character's box begins above the line
SAME_SIZE = 0.16  # sizes in one line that differ by less are one size
WEIGHT = 1.22  # of the usual stroke: a thicker one is bold
BLANK = 1.2  # of the size: words farther apart are not parted by one blank


def characters(words: Sequence[Word], texts: Sequence[str], inked: Ink, scale: float) -> list[Char]:
    """The words, spelt as in `texts`, as characters in points, line by line; blanks stand between near words."""
    spelt = dict(zip(words, texts, strict=True))
    strokes = {word: _stroke(word, inked) for word in words}
    usual = median(strokes.values()) if strokes else 0.0
    chars: list[Char] = []
    for line in lines(words):
        foot, size = _foot(line), _size(line)
        for word, behind in zip(line, [*line[1:], None], strict=True):
            own = _own_size([word], foot)
            set_in = own if own and abs(own - size) > SAME_SIZE * size else size
            heavy = strokes[word] > WEIGHT * usual * max(1.0, set_in / size if size else 1.0)
            end = min(word.x1, max(behind.x0, word.x0 + 1)) if behind else word.x1  # words may be read into each other
            chars += _word(spelt[word], replace(word, x1=end), foot, set_in, HEAVY if heavy else PLAIN, scale)
        chars += [_blank(a, b, foot, size, scale) for a, b in pairwise(line) if b.x0 - a.x1 < BLANK * size]
    return chars


def lines(words: Sequence[Word]) -> list[list[Word]]:
    """The words in lines, top to bottom, each from left to right."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.middle[1]):
        line = next((line for line in reversed(found[-3:]) if _on_line(word, line)), None)
        if line is None:
            found.append([word])
        else:
            line.append(word)
    return [sorted(line, key=lambda one: one.x0) for line in found]


def _on_line(word: Word, line: Sequence[Word]) -> bool:
    last = max(line[-4:], key=lambda one: one.bottom - one.top)
    shared = min(word.bottom, last.bottom) - max(word.top, last.top)
    return shared > 0.5 * min(word.bottom - word.top, last.bottom - last.top)


def _foot(line: Sequence[Word]) -> float:
    """The height, in pixels, that the line stands on."""
    standing = [word.bottom for word in line if not DEEP.search(word.text)]
    return median(standing or [word.bottom - 0.2 * (word.bottom - word.top) for word in line])


def _own_size(line: Sequence[Word], foot: float) -> float:
    """The size of the font in pixels by the line's high words; 0 where it has none."""
    tall = [(foot - word.top) / CAPITAL for word in line if TALL.search(word.text) and word.top < foot]
    return median(tall) if tall else 0.0


def _size(line: Sequence[Word]) -> float:
    foot = _foot(line)
    low = median(max(foot - word.top, 1.0) for word in line) / MIDDLE
    return _own_size(line, foot) or low


def _stroke(word: Word, inked: Ink) -> float:
    """How thick the word's strokes are: the usual length of its runs of ink, in pixels."""
    part = inked[int(word.top) : int(word.bottom) + 1, int(word.x0) : int(word.x1) + 1]
    padded = np.pad(part, ((0, 0), (1, 1))).astype(np.int8)
    steps = np.diff(padded, axis=1).ravel()
    runs = np.flatnonzero(steps == -1) - np.flatnonzero(steps == 1)
    return float(runs[runs <= 2 * np.median(runs)].mean()) if len(runs) else 0.0  # the longer ones lie along a stroke


def _word(text: str, word: Word, foot: float, size: float, font: str, scale: float) -> list[Char]:
    step = (word.x1 - word.x0) / len(text)
    return [
        _char(letter, word.x0 + step * n, word.x0 + step * (n + 1), foot, size, font, scale)
        for n, letter in enumerate(text)
    ]


def _blank(before: Word, after: Word, foot: float, size: float, scale: float) -> Char:
    return _char(" ", min(before.x1, after.x0 - 0.1), after.x0, foot, size, PLAIN, scale)


def _char(text: str, x0: float, x1: float, foot: float, size: float, font: str, scale: float) -> Char:
    points = max(1.0, round(size / scale * 2) / 2)  # halves of points, as a picture tells no more
    top = foot / scale - ABOVE * points
    return Char(text, x0 / scale, top, x1 / scale, top + points, Face(points, font))


def filled(shades: Sequence[Shade], scale: float) -> list[Thing]:
    """The shades as a page's rectangles in points."""
    return [
        {
            "x0": one.left / scale, "top": one.top / scale, "x1": one.right / scale, "bottom": one.bottom / scale,
            "width": (one.right - one.left) / scale, "height": (one.bottom - one.top) / scale,
            "fill": True, "stroke": False, "non_stroking_color": (round(one.grey / 255, 3),),
        }
        for one in shades
    ]  # fmt: skip


def drawn(rules: Sequence[Rule], scale: float) -> list[Thing]:
    """The rules as a page's lines in points."""
    found = []
    for rule in rules:
        at, start, end = rule.at / scale, rule.start / scale, rule.end / scale
        x0, top, x1, bottom = (start, at, end, at) if rule.level else (at, start, at, end)
        found.append({"x0": x0, "top": top, "x1": x1, "bottom": bottom, "width": x1 - x0, "height": bottom - top})
    return found
