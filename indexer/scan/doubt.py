"""Which figures of a scan are not to be believed. A doubtful one is read as UNSURE.

A figure is believed where two readings of three agree on it, where all the ink around it was read, and where it is
neither impossible nor unlike its neighbours.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from indexer.scan.picture import Ink
from indexer.scan.tesseract import Word
from indexer.scan.worded import is_odd, mended
from kpi_tools.figures import UNSURE

SPECKS = ".,:;'‘’"
SHORT = re.compile(r"^(Q(?=[lIi|]$)|[B-DF-HJ-NP-TV-Z](?=[l|]$))[lIi|]$")  # "Q1", "P1": no word has such letters
CODE = re.compile(r"\W*[A-Z][A-Za-z&]*(-[A-Z]+)*-?\d+[a-z]?\W*")  # told by each of its characters alone
INDICATOR = re.compile(r"^(\W*[A-Z]{0,2}P)[1l|](0\d{1,2}[a-z]?\W*)$")  # "PI002", "KPI04": performance indicators
INDICATORS = re.compile(r"\b(K?P)[1l|]{1,2}I?(s)\b")  # "PIs", "KPIs"
CODED = re.compile(r"(?P<letters>\W*[A-Z]{2,4}-?\d)(?P<signs>[\dOoIl|]*[OoIl|]\d*)(?P<behind>\W*)")  # "PI0O2"
LEAST_SURE = 30.0  # of 100: below it nothing helps
SURE = 60.0  # of 100: below it both other readings must agree, above it one
QUITE_SURE = 88.0
TRUSTED = 80.0  # of 100, for letters that stand where a figure may
ALIKE = str.maketrans("Iil|Oo:", "111100.")  # characters that only their neighbours tell apart
DIGITS = str.maketrans("OoIl|", "00111")
MOST_PER_CENT = 100
DIGIT = re.compile(r"\d")
LETTER_AMONG_DIGITS = re.compile(r"\d[OolISB|!](?![a-z])|(?<![A-Za-z])[OlI|](?=[\d.,]*\d)")
ODD_NUMBER = re.compile(r"\d[,.]\d{1,2},\d|\d,\d{1,2}(?!\d)|\d,\d{4}|[.,]{2}|\d;\d|\d:\d(?!\d)|\d{3}:|\d['’‘`]\d")
PER_CENT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?%")
POINT_HEIGHT = 0.3  # of a word's height: a point or a comma reaches no higher
POINT_WIDTH = 0.35
LEVEL_HEADS = 0.88  # of the other digits' height: the first is not lower
AROUND = 0.7  # of a word's height: ink so near to a figure belongs to it
ROW = 64  # pixels of a band by which words are looked up
DECIMAL = re.compile(r"[^\w.]*(\d[\d,]*(?:\.(\d+))?)\D*")  # no label such as "Jan 23"
NEAR = 10  # times the least of some figures is more than the greatest: they are of one kind
LEAST_INK = 0.012  # of a word's height squared: less is a speck


def marked(
    first: Sequence[Word], second: Sequence[Word], inked: Ink, alone: Callable[[Sequence[Word]], list[str]]
) -> list[str]:
    """The text of each word of the first reading, UNSURE for those with a figure that is not believed, and words that
    are none as the other readings have them; "" for smudges.

    `alone` reads words once more, each by itself; it is asked about those on which the two readings do not agree, and
    those of which the first is not sure.
    """
    first = [replace(word, text=_coded(word.text)) for word in first]
    figures = [word for word in first if DIGIT.search(word.text)]
    odd = [word for word in first if is_odd(word)]
    rest = unread(first, inked)
    likely = {word for word in figures if _likely(word, inked, rest)}
    others = _by_row(second)
    agreed = {word for word in likely if _agreed(word, others)}
    codes = {word for word in figures if CODE.fullmatch(word.text)}
    lone = {word: _wider(word) for word in _lone(first)}
    disputed = [word for word in figures if word.sure < SURE or word not in agreed or word in codes] + odd
    disputed += [*lone, *lone.values()]
    again = dict(zip(disputed, alone(disputed), strict=True)) if disputed else {}
    told = dict.fromkeys(figures, UNSURE) | {word: mended(word, [again[word], *_here(word, others)]) for word in odd}
    told |= {word: _digit(word, {again[word], again[wider]}) for word, wider in lone.items()}
    for word in figures:
        text = _short(again.get(word, ""))
        sure = word in likely and word.sure >= SURE and not (word in codes and _contradicts(text, word.text))
        if word in likely and (word in agreed) + _same(word.text, text) + sure > 1:
            told[word] = word.text
        elif not sure and _stands(text, word, others, inked, rest):
            told[word] = text.rstrip(SPECKS)
    return [_named(told.get(word, word.text)) for word in first]


def _lone(words: Sequence[Word]) -> list[Word]:
    """The one or two letters that stand alone, as a cell's only figure does, and are not trusted."""
    rows = _by_row(words)
    short = (w for w in words if w.sure < TRUSTED and len(w.text) <= 2 and _short(w.text).isalpha())
    return [word for word in short if not any(_beside(word, one) for one in _near(word, rows))]


def _beside(word: Word, other: Word) -> bool:
    """Whether two words are parted by no more than a blank or two."""
    height = word.bottom - word.top
    level = min(word.bottom, other.bottom) > max(word.top, other.top)
    return word is not other and level and max(word.x0, other.x0) - min(word.x1, other.x1) < height


def _wider(word: Word) -> Word:
    """The word with more white around it: read by itself it is another picture."""
    more = (word.bottom - word.top) / 4
    return replace(word, x0=word.x0 - more, top=word.top - more, x1=word.x1 + more, bottom=word.bottom + more)


def _digit(word: Word, read: set[str]) -> str:
    """What stands alone, by itself read twice: a figure, or letters, if both have it."""
    text = read.pop() if len(read) == 1 else ""
    return text if text == word.text or text.isdigit() else UNSURE


def _stands(text: str, word: Word, others: dict[int, list[Word]], inked: Ink, unread: Ink) -> bool:
    """Whether the other two readings agree on a figure where the first one is not to be trusted."""
    seen = replace(word, text=text, sure=SURE)
    told = any(_same(text, other) for other in _here(word, others))
    return bool(DIGIT.search(text)) and told and _likely(seen, inked, unread)


def _named(text: str) -> str:
    """The text, where it is a name in which a one and a letter cannot be told apart by sight, as such names are."""
    return INDICATORS.sub(r"\1I\2", INDICATOR.sub(r"\1I\2", _short(text)))


def _coded(text: str) -> str:
    """The text, where it is a code of which the digits were read for letters, with digits."""
    found = CODED.fullmatch(text)
    return found["letters"] + found["signs"].translate(DIGITS) + found["behind"] if found else text


def _short(text: str) -> str:
    return SHORT.sub(r"\g<1>1", text)


def _likely(word: Word, inked: Ink, unread: Ink) -> bool:
    """Whether nothing speaks against a figure but, perhaps, another reading."""
    trusted = word.sure >= LEAST_SURE and not impossible(word.text)
    return (
        trusted
        and not _missed_points(word, inked)
        and not _missed_digits(word, inked)
        and not _low_first(word, inked)
        and not _ink_beside(word, unread)
    )


def _same(text: str, other: str) -> bool:
    """Whether two readings agree, but for characters that only their neighbours tell apart, and for specks behind."""
    text, other = _short(text), _short(other)
    return text.translate(ALIKE).rstrip(SPECKS) == other.translate(ALIKE).rstrip(SPECKS)


def _contradicts(text: str, code: str) -> bool:
    """Whether another reading of a code has other digits: letters before them are often read with a slip."""
    seen, own = ("".join(DIGIT.findall(one.translate(ALIKE))) for one in (text, code))
    return bool(text) and seen != own


def impossible(text: str) -> bool:
    """Whether no paper prints such a figure: letters among digits, stray separators, a share over the whole."""
    if LETTER_AMONG_DIGITS.search(text) or ODD_NUMBER.search(text) or text.startswith("="):
        return True
    return any(float(share.replace(",", "")) > MOST_PER_CENT for share in PER_CENT.findall(text))


def _by_row(words: Sequence[Word]) -> dict[int, list[Word]]:
    rows: dict[int, list[Word]] = {}
    for word in words:
        rows.setdefault(int(word.middle[1]) // ROW, []).append(word)
    return rows


def _agreed(word: Word, others: dict[int, list[Word]]) -> bool:
    """Whether the other reading has the same text in the same place; one that has none is no witness against a word
    that is quite sure."""
    here = _here(word, others)
    if not here:
        return word.sure >= QUITE_SURE
    return any(_same(word.text, text) or _ends(text, word.text) for text in here)


def _here(word: Word, others: dict[int, list[Word]]) -> list[str]:
    """What another reading has in the place of a word."""
    x, y = word.middle
    return [one.text for one in _near(word, others) if one.x0 <= x <= one.x1 and one.top <= y <= one.bottom]


def _near(word: Word, rows: dict[int, list[Word]]) -> list[Word]:
    band = int(word.middle[1]) // ROW
    return [one for row in (band - 1, band, band + 1) for one in rows.get(row, ())]


def _ends(text: str, number: str) -> bool:
    """Whether a text is the letters of a reference and the number behind them, read as one word."""
    return bool(re.fullmatch(rf"\(?[A-Z]+-?{re.escape(number)}", text))


def _missed_points(word: Word, inked: Ink) -> bool:
    """Whether the picture has more points and commas between the characters than the word."""
    part = inked[round(word.top) : round(word.bottom), round(word.x0) : round(word.x1)]
    height = part.shape[0]
    low = round(height * (1 - POINT_HEIGHT))
    above: Ink = np.asarray(part[:low].any(axis=0))
    below: Ink = np.asarray(part[low:].any(axis=0))
    borders = np.flatnonzero(np.diff(np.concatenate(([False], above | below, [False])).astype(np.int8)))
    glyphs = list(zip(borders[::2], borders[1::2], strict=True))
    points = sum(not above[start:end].any() and 1 < end - start <= POINT_WIDTH * height for start, end in glyphs[1:-1])
    return bool(points > len(re.findall(r"[.,_]", word.text)))


def _missed_digits(word: Word, inked: Ink) -> bool:
    """Whether a plain number has more pieces of ink side by side than characters."""
    part = inked[round(word.top) : round(word.bottom), round(word.x0) : round(word.x1)]
    columns = np.concatenate(([False], part.any(axis=0), [False])).astype(np.int8)
    return bool(re.fullmatch(r"[\d.,]+", word.text)) and int((np.diff(columns) == 1).sum()) > len(word.text)


def _low_first(word: Word, inked: Ink) -> bool:
    """Whether the first of a number's characters is lower than the others: rather a sign before it than a digit."""
    if not re.match(r"\d[\d.,]*\d", word.text):
        return False
    part = inked[round(word.top) : round(word.bottom), round(word.x0) : round(word.x1)]
    columns = np.concatenate(([False], part.any(axis=0), [False])).astype(np.int8)
    steps = np.diff(columns)
    glyphs = zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True)
    heights = [int(np.ptp(np.flatnonzero(part[:, start:end].any(axis=1)))) + 1 for start, end in glyphs]
    digits = [height for height in heights[1:] if height > POINT_HEIGHT * max(heights)]
    return bool(digits) and heights[0] < LEVEL_HEADS * min(digits)


def unread(words: Sequence[Word], inked: Ink) -> Ink:
    """The ink that no word's box holds."""
    rest = inked.copy()
    for word in words:
        rest[max(0, int(word.top) - 2) : int(word.bottom) + 3, max(0, int(word.x0) - 3) : int(word.x1) + 4] = False
    return rest


def _ink_beside(word: Word, unread: Ink) -> bool:
    """Whether ink beside a word was not read: a sign, a digit or a bracket that is missing from it."""
    height = word.bottom - word.top
    left, right = max(0, int(word.x0 - AROUND * height)), int(word.x1 + AROUND * height)
    return int(unread[int(word.top) : int(word.bottom), left:right].sum()) > LEAST_INK * height**2


def misplaced(texts: Sequence[str]) -> set[int]:
    """The positions, in a row or column of figures, of those that lost or gained a point: they have other decimals
    than most others, and would fit among these if the point were moved."""
    parts = {n: DECIMAL.fullmatch(text) for n, text in enumerate(texts)}
    figures = {n: (float(m[1].replace(",", "")), len(m[2] or "")) for n, m in parts.items() if m}
    return {n for n, figure in figures.items() if _is_misplaced(*figure, [f for m, f in figures.items() if m != n])}


def _is_misplaced(value: float, places: int, rest: Sequence[tuple[float, int]]) -> bool:
    """Whether a figure with so many decimals fits among the rest only if its point is moved; each with its decimals."""
    usual, times = Counter(decimals for _, decimals in rest).most_common(1)[0] if rest else (places, 0)
    alike = [abs(one) for one, decimals in rest if decimals == usual and one]
    if places == usual or not value or len(alike) < 2 or 2 * times < len(rest):
        return False
    if times < len(rest) and max(alike) >= NEAR * min(alike):
        return False
    middle, moved = float(np.median(alike)), value * 10.0 ** (places - usual)
    return bool(abs(np.log10(moved / middle)) < abs(np.log10(value / middle)))
