"""The items of a pack: which page belongs to which, and which are exempt."""

import re
from collections.abc import Sequence

from corpus.paper import AgendaItem
from indexer.layout import stamp
from indexer.sheet import Facts, Sheet


def agenda(
    sheets: Sequence[Sheet], clean: Sequence[Sheet], facts: Facts, labels: Sequence[str]
) -> tuple[tuple[AgendaItem, ...], list[str]]:
    """The items in the order of their papers, and for each page the number of its item, "" for none."""
    current, of = "", []
    items: list[AgendaItem] = []
    for sheet in sheets:
        number = stamp(sheet)
        if number and number != current:
            current = number
            if all(item.number != number for item in items):
                items.append(AgendaItem(number, "", sheet.number, False))
        of.append(current)
    return tuple(items), of
