"""The header rows of a table: its own title, and texts that stand over several columns."""

import re
from collections.abc import Sequence
from datetime import date

from corpus.paper import Table, line_of
from kpi_tools.due import find_days
from kpi_tools.figures import Figure, named_unit, read_figure
from kpi_tools.names import squash
from kpi_tools.periods import read_period

# A header is known as one before the paper's date is: by any day after all that papers report on.
SOME_DAY = date(2099, 12, 31)  # by which a header's period is over
UNITS_BELOW = 3  # rows below a header, of which one may say the units of its columns
# Words of headers that narrow columns part in two.
_WORDS = frozenset(
    re.findall(
        r"\w+",
        "january february march april june july august september october november december performance frequency"
        " detriment indicator description reference standard threshold previous quarter achieved outturn polarity"
        " direction target actual result measure services service department number current",
    )
)


def spread(table: Table, row: int) -> list[str]:
    """A header row's texts by column, a merged cell's over all columns that it covers.

    Over a second header row, the blank cells behind a text are of it, as if they were merged; over one that says the
    same things again and again, each text stands over one round of them.
    """
    texts = [""] * len(table.rows[row])
    for above in range(row + 1):
        for column, cell in enumerate(table.rows[above]):
            if cell and above + cell.rows > row:
                covered = [c for c in range(column, column + cell.columns) if c == column or filled(table, row, c)]
                for at in covered:
                    texts[at] = table.text(above, column)
    texts = [whole_words(text) for text in texts]
    if again := _parted(table, row):
        texts = [again.get(column, text) for column, text in enumerate(texts)]
    elif _over_another(table, row):
        for column in range(1, len(texts)):
            texts[column] = texts[column] or (texts[column - 1] if table.text(row + 1, column) else "")
    return texts


def with_units(table: Table, head: int) -> list[str]:
    """A header row's texts, each with its column's unit, where a row without a label below says no more than units."""
    texts = spread(table, head)
    for row in range(head + 1, min(head + 1 + UNITS_BELOW, len(table.rows))):
        said = {c: text for c in range(len(texts)) if (text := table.text(row, c))}
        if said and 0 not in said and all(named_unit(text) and not read_figure(text) for text in said.values()):
            return [f"{text} {said[c]}".strip() if c in said else text for c, text in enumerate(texts)]
    return texts


def whole_words(text: str) -> str:
    """A header's text, words of headers put together that a narrow column parted: "Perfor mance"."""
    words: list[str] = []
    for word in text.split():
        if words and word.islower() and squash(words[-1] + word) in _WORDS:
            words[-1] += word
        else:
            words.append(word)
    return " ".join(words)


def _parted(table: Table, row: int) -> dict[int, str]:
    """A header row's texts, each over one round of what the row below says again and again; {} where it does not.

    One of the two rows is of periods: the upper, wherever its texts were set; or the lower, and those above stand over
    their rounds.
    """
    if row + 2 >= len(table.rows):
        return {}
    upper, lower = ([table.text(r, c) for c in range(len(table.rows[r]))] for r in (row, row + 1))
    under = [c for c in range(1, len(lower)) if lower[c]]
    over = [c for c in range(under[0], under[-1] + 1) if upper[c]] if under else []
    if len(over) < 2 or len(under) < len(over) or len(under) % len(over):
        return {}
    size = len(under) // len(over)
    rounds = [under[start : start + size] for start in range(0, len(under), size)]
    one, *others = [[lower[c] for c in each] for each in rounds]
    standing = all(each[0] <= c <= each[-1] for c, each in zip(over, rounds, strict=True))
    if size < 2 or len(set(one)) < size or any(other != one for other in others):
        return {}
    names, said = [upper[c] for c in over], [read_figure(text) for text in one]
    below = standing and _dated(one) and len(set(names)) == len(names)
    above = _dated(names) and not any(said)
    if not above and (not below or any(isinstance(figure, Figure) for figure in said)):
        return {}
    return {c: upper[at] for at, each in zip(over, rounds, strict=True) for c in each}


def _dated(texts: Sequence[str]) -> bool:
    return all(read_period(text, near=SOME_DAY) for text in texts)


def filled(table: Table, row: int, column: int) -> bool:
    """Whether anything stands in a column below a header row; a label's empty columns are no more of it."""
    return any(table.text(below, column) for below in table.below(row))


def _over_another(table: Table, row: int) -> bool:
    """Whether a header row with periods has a second one below it, which has no label of its own and no figures."""
    if row + 2 >= len(table.rows) or table.text(row + 1, 0):
        return False
    upper, lower = ([table.text(r, c) for c in range(1, len(table.rows[r]))] for r in (row, row + 1))
    gaps = [c for c in range(1, len(upper)) if not upper[c] and lower[c]]
    words = [text for text in lower if text]
    return (
        bool(gaps)
        and len(words) > 1
        and not any(read_figure(text, "seconds") for text in words)
        and any(read_period(text, near=SOME_DAY) for text in upper if text)
    )


def group_rows(table: Table, first: int) -> dict[int, str]:
    """The rows of a list that are one line over all columns, and what it says: what those below it are of."""
    found = {}
    for row in range(first, len(table.rows)):
        cell = table.rows[row][0]
        whole = cell is not None and cell.columns == len(table.rows[row]) > 2 and cell.rows == 1
        said = line_of(cell)
        if cell and whole and "\n" not in cell.text.strip() and not (said.endswith((".", ";")) or find_days(said)):
            found[row] = said
    return {row: text for row, text in found.items() if text}


def title_rows(table: Table) -> tuple[str, int]:
    """The title in a table's own first row, and at which row the rest begins; ("", 0) where it has none."""
    first = [table.text(0, c) for c in range(len(table.rows[0]))]
    alone = first[0] and not any(first[1:]) and len(table.rows) > 1
    return (first[0], 1) if alone else ("", 0)
