"""Columns by the words of their header."""

import re
from collections.abc import Mapping, Sequence

from corpus.paper import Table
from indexer.shapes.found import spread, title_rows


def header(table: Table) -> list[str]:
    """The texts of a table's header row, lower-case, without brackets and marks."""
    _, head = title_rows(table)
    return [plain(text) for text in spread(table, head)]


def plain(text: str) -> str:
    """A header's words only: "Council(s) Impacted" is "councils impacted"; a bracket is left out."""
    joined = re.sub(r"\((s|es)\)", r"\1", text.lower())
    return " ".join(re.findall(r"[a-z0-9£%&]+", re.sub(r"\(.*?\)|\(.*", " ", joined)))


def named_columns(texts: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The column of each field whose header is one of its names, or begins with one; each column once."""
    found: dict[str, int] = {}
    for exact in (True, False):
        for field, words in names.items():
            for column, text in enumerate(texts):
                fits = text in words if exact else any(text.startswith(f"{w} ") for w in words)
                if field not in found and column not in found.values() and fits:
                    found[field] = column
    return found
