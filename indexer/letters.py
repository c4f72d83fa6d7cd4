"""Characters into words, lines and text: what is done with a page's characters, wherever they come from.

A character is a dict as pdfplumber has it: text, x0, top, x1, bottom, size, fontname, upright, matrix.
"""

from collections.abc import Iterator
from statistics import median
from typing import Any

from pdfplumber.utils.text import chars_to_textmap, extract_words

from corpus.paper import Box, Line

Char = dict[str, Any]


def text(chars: list[Char]) -> str:
    """The characters as lines of text; those that were turned to read upwards are read upwards."""
    if not chars:
        return ""
    turned = sum(1 if char["matrix"][1] > 0 else -1 for char in chars if not char["upright"])
    upwards = {"char_dir_rotated": "btt", "line_dir_rotated": "ltr"} if turned > 0 else {}
    return str(chars_to_textmap(chars, **upwards).as_string)


def lines(chars: list[Char]) -> Iterator[Line]:
    """The characters as lines of running text."""
    if not chars:
        return
    for found in chars_to_textmap(chars).extract_text_lines():
        inked = [char for char in found["chars"] if char["text"].strip()]
        if inked:
            box = (found["x0"], found["top"], found["x1"], found["bottom"])
            size = round(median(char["size"] for char in inked), 1)
            yield Line(found["text"].strip(), box, size, bold(inked))


def bold(chars: list[Char]) -> bool:
    """Whether most of the characters are in a heavy font."""
    heavy = [char for char in chars if any(mark in char["fontname"].lower() for mark in ("bold", "black", "heavy"))]
    return len(heavy) * 2 > len(chars)


def words(chars: list[Char]) -> list[Box]:
    """The boxes of the characters' words."""
    return [(w["x0"], w["top"], w["x1"], w["bottom"]) for w in extract_words(chars)]


def inside(char: Char, box: Box) -> bool:
    """Whether the character's middle lies in the box."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x < box[2] and box[1] <= y < box[3])
