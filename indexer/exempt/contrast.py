"""What the papers of one pack bear under one label, in words that nobody need know: a column of the agenda, a field at
the head of a report, the margins of pages. Where some of these words are known, by who bears them, to be those of what
is closed, or of what is open, the papers that bear the others are the contrary."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.exempt import apart, denials, edges, marks, rows, wording
from indexer.exempt.doubt import Place
from indexer.exempt.signs import Sign
from indexer.sheet import Grid, Sheet
from kpi_tools.vocabulary import words_in

PUBLIC = re.compile(  # and no road or transport that is
    r"\b(?:public|press|(?:every|any)(?:one|body)|unrestricted|website|agenda)(?=\W*$|\s*[,;/(]|\s+(?:and|or)\b)",
    re.IGNORECASE,
)
ANSWER = re.compile(r"[^\d%:]{1,60}")
SEATS = re.compile(
    r"\b(?:seats?|places|public|visitors|gallery|press|observers)\b", re.IGNORECASE
)  # which may be counted
FIELD = re.compile(
    r"(?:^|[.;|]\s+)(?P<label>[A-Z][^\d:.;|]{2,30}?)\s*:\s+(?P<value>[^\d:.;|]{1,50}?)(?=[.;|]|,[^.;|]*\d|$)"
)
MOST = 3  # words under one label, where these are not known
GAP = "*"  # in a margin's words, for one that may differ


@dataclass(frozen=True, slots=True)
class Borne:
    """What stands at a place under a label; a margin's is the page's, and stands above it."""

    label: str
    said: str
    place: Place


def told(label: str, borne: Sequence[tuple[str, bool | None]], front: Collection[str] = ()) -> dict[str, bool]:
    """What the words under a label tell of who bears them: True for what is closed. Each is given with whether one who
    bears it is known to be closed, None for nothing known; `front` are those that the agenda bears.

    All that no open paper bears is closed; else the one word that the closed papers share. A label that has many words,
    or such as tell of other things, says nothing.
    """
    words, closed, opened = (
        {said for said, so in borne if so in known} for known in ((True, False, None), (True,), (False,))
    )
    asked = bool(rows.SEEN.search(label)) or wording.asks_what_is_open(label)
    named = {said for said in words if (_names_public(said) if asked else _is_public_margin(label, said))}
    if named and named < words and (asked or not closed & named):
        return {said: said not in named for said in words}
    if not 1 < len(words) <= MOST or (not asked and _is_harmless([label, *words])):
        return {}
    known = words.intersection(front)
    if known and not known & closed:
        return {said: said not in known for said in words}
    opened -= closed
    return {said: said in closed for said in closed | opened} if len(closed) == 1 and opened else {}


def signs(
    borne: Iterable[Borne], is_closed: Callable[[Place], bool | None], is_open: Callable[[Place], bool], some: bool
) -> dict[int, list[Sign]]:
    """What follows for each page from what its papers bear. `is_closed` tells what is closed at a place, `is_open`
    where the agenda stands, which is open, and `some` whether anything of the pack is said to be exempt."""
    found: dict[int, list[Sign]] = defaultdict(list)
    for each, closed in _parted(borne, is_closed, lambda place: some and is_open(place)):
        found[each.place[0]].append(Sign(each.place[1], "exempt" if closed else "public", "part"))
    return found


def of_columns(sheets: Sequence[Sheet], closed: Collection[Place]) -> set[Place]:
    """Where rows of an agenda begin that bear what those bear of which it is known that they are `closed`."""
    borne = [one for sheet in sheets for grid in sheet.grids for one in _columns(sheet.number, grid)]
    return {each.place for each, shut in _parted(borne, closed.__contains__, frozenset().__contains__) if shut}


def _parted(
    borne: Iterable[Borne], is_closed: Callable[[Place], bool | None], is_open: Callable[[Place], bool]
) -> Iterator[tuple[Borne, bool]]:
    """What is borne under labels that part the closed from the open, each with whether it closes."""
    by_label: dict[str, list[Borne]] = defaultdict(list)
    for each in borne:
        by_label[each.label].append(each)
    for label, mine in by_label.items():
        front, again = ({each.said for each in mine if is_open(each.place) == so} for so in (True, False))
        shut = told(label, [(each.said, is_closed(each.place)) for each in mine], front & again)
        yield from ((each, shut[each.said]) for each in mine if each.said in shut)


def _columns(page: int, grid: Grid) -> Iterator[Borne]:
    header, *others = ([_plain(cell.text) if cell else "" for cell in row] for row in grid.rows)
    for row, texts in zip(grid.rows[1:], others, strict=True):
        top = next((cell.box[1] for cell in row if cell and cell.text.strip()), 0.0)
        answers = zip(header, texts, strict=False)
        for head, text in answers:
            if ANSWER.fullmatch(text) or (text.isdecimal() and SEATS.search(head)):
                yield from [Borne(head, text, (page, top))] if head else []


def borne_by(sheets: Sequence[Sheet]) -> list[Borne]:
    """What the pages bear in their margins and in fields."""
    return [*_margins(sheets), *(one for sheet in sheets for one in _fields(sheet))]


def _fields(sheet: Sheet) -> Iterator[Borne]:
    for line in sheet.lines:
        for found in FIELD.finditer(line.text):
            yield Borne(found["label"].lower(), _plain(found["value"]), (sheet.number, line.box[1]))
    for row in (row for grid in sheet.grids for row in grid.rows):
        texts = [cell for cell in row if cell and cell.text.strip()]
        if len(texts) == 2 and ANSWER.fullmatch(said := marks.plain(texts[1].text)):
            yield Borne(marks.plain(texts[0].text).lower().rstrip(":? "), _plain(said), (sheet.number, texts[0].box[1]))


def _margins(sheets: Sequence[Sheet]) -> Iterator[Borne]:
    """Each margin of a page, once for each of its words: what differs from page to page is one of them."""
    for sheet in sheets:
        for text in edges.texts(sheet):
            words = re.findall(r"[^\W\d_]+", text.lower())
            for at, word in enumerate(words):
                yield Borne(" ".join([*words[:at], GAP, *words[at + 1 :]]), word, (sheet.number, -1.0))


def _names_public(said: str) -> bool:
    opened = PUBLIC.search(said) or apart.FOR_ALL.match(said)
    return bool(opened) and not (denials.DENIED.search(said) or marks.BARRED.search(said))


def _is_public_margin(label: str, said: str) -> bool:
    return GAP in label and bool(apart.OPEN.match(label.replace(GAP, said)))


def _plain(text: str) -> str:
    return marks.plain(text).lower().strip(" .")


@cache
def _other() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{wording.either(words_in('marks')['contrast']['other'])})\b", re.IGNORECASE)


def _is_harmless(texts: Iterable[str]) -> bool:
    return any(_other().search(text) or rows.WHOSE.search(text) for text in texts)
