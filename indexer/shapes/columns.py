"""Columns by the words of their header."""

import re
from collections.abc import Callable, Mapping, Sequence

from corpus.paper import Table
from indexer.shapes.grid import spread

Names = Mapping[str, Sequence[str]]
MOST_TITLES = 3  # rows above a header
CODE = re.compile(r"[A-Z]{0,6}[ /-]?\d{1,4}([./-]\d{1,4})*[a-z]?[.)]?$")


def find_header(table: Table, names: Names, enough: Callable[[set[str]], bool]) -> tuple[int, dict[str, int]]:
    """The first row below the header, and the column of each field; (0, {}) for a table without such a header.

    `enough` says which fields make a header. Of two header rows the lower one tells, where it says anything.
    """
    for row in range(min(MOST_TITLES + 1, len(table.rows))):
        upper = [plain(text) for text in spread(table, row)]
        columns = named_columns(upper, names)
        first = row + 1
        if first < len(table.rows) and not table.text(first, 0):
            lower = [plain(table.text(first, c)) for c in range(len(upper))]
            both = named_columns([below or above for above, below in zip(upper, lower, strict=True)], names)
            if len(both) > len(columns):
                columns, first = both, first + 1
        if enough(set(columns)):
            return first, columns
    return 0, {}


def plain(text: str) -> str:
    """A header's words only: "Council(s) Impacted" is "councils impacted"; a bracket is left out."""
    joined = re.sub(r"\((s|es)\)", r"\1", text.lower())
    return " ".join(re.findall(r"[a-z0-9£%&]+", re.sub(r"\(.*?\)|\(.*", " ", joined)))


def others(table: Table, first: int, texts: Sequence[str], columns: Mapping[str, int]) -> str:
    """What a row says in columns that hold no field, under headers that stand once: "header: text", each in a line."""
    upper, lower = spread(table, max(first - 2, 0)), spread(table, first - 1)
    heads = [below or above for above, below in zip(upper, lower, strict=True)]
    free = (c for c, head in enumerate(heads) if head and heads.count(head) == 1 and c not in columns.values())
    return "\n".join(f"{heads[c]}: {texts[c]}" for c in free if texts[c])


def with_refs(table: Table, first: int, columns: dict[str, int]) -> dict[str, int]:
    """The columns; a first one that is called otherwise, and numbers the rows or gives each a code, has their refs."""
    texts = table.column(0, first - 1)
    coded = len(texts) > 1 and len(set(texts)) == len(texts) and all(CODE.match(text) for text in texts)
    free = "ref" not in columns and 0 not in columns.values()
    return {**columns, "ref": 0} if free and coded else columns


def named_columns(texts: Sequence[str], names: Names) -> dict[str, int]:
    """The column of each field whose header is one of its names, or begins with one; each column once."""
    found: dict[str, int] = {}
    for exact in (True, False):
        for field, words in names.items():
            for column, text in enumerate(texts):
                fits = text in words if exact else any(text.startswith(f"{w} ") for w in words)
                if field not in found and column not in found.values() and fits:
                    found[field] = column
    return found
