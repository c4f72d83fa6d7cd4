"""Whom the reports of a pack name as their readers, each in the table at its head: where some name the public, those
that name others alone are in doubt, in whatever words, and so closed."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from indexer.exempt import apart, denials, marks, rows
from indexer.exempt.signs import Sign
from indexer.sheet import Sheet

PUBLIC = re.compile(  # and no road or transport that is
    r"\b(?:public|press|(?:every|any)(?:one|body)|unrestricted|website|agenda)(?=\W*$|\s*[,;/(]|\s+(?:and|or)\b)",
    re.IGNORECASE,
)
ANSWER = re.compile(r"[^\d%]{3,60}")

Answers = dict[int, list[Sign]]  # by page


def answers(sheets: Sequence[Sheet]) -> Answers:
    """What such a field of each page says, under a label that stands on several pages and names the public on one."""
    found: dict[str, list[tuple[int, Sign]]] = defaultdict(list)
    for sheet in sheets:
        for label, said, top in _fields(sheet):
            opened = bool(PUBLIC.search(said) or apart.FOR_ALL.match(said)) and not (
                denials.DENIED.search(said) or marks.BARRED.search(said)
            )
            found[label.lower()].append((sheet.number, Sign(top, "public" if opened else "exempt", "part")))
    told: Answers = defaultdict(list)
    for fields in found.values():
        if len({sign.mark for _, sign in fields}) > 1:
            for number, sign in fields:
                told[number].append(sign)
    return told


def _fields(sheet: Sheet) -> Iterator[tuple[str, str, float]]:
    for grid in sheet.grids:
        for row in grid.rows:
            texts = [cell for cell in row if cell and cell.text.strip()]
            if (
                len(texts) == 2
                and rows.SEEN.search(texts[0].text)
                and ANSWER.fullmatch(said := marks.plain(texts[1].text))
            ):
                yield marks.plain(texts[0].text).rstrip(":? "), said, texts[0].box[1]
