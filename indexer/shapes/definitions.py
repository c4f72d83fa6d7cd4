"""Definitions with targets: a code, and a sentence that says what is measured and how far it should go.

They stand in tables of two columns, or of three with a service's, or in lines of text.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from corpus.paper import Line, Pack, Page, Place, Table
from indexer.shapes.aimed import aim_in, until
from indexer.shapes.columns import plain
from indexer.shapes.found import Found, quote
from indexer.shapes.grid import title_rows
from indexer.shapes.headers import COLUMNS
from indexer.shapes.titles import CODE, service_in
from kpi_tools.figures import find_unit, read_bound
from kpi_tools.measures import POLARITY, Measure, Target
from kpi_tools.names import service, squash

WORDS = 5  # a definition is a sentence, not a label
_VERB = re.compile(r"^(?:maintain|keep|achieve|ensure|deliver|hold)\s+", re.IGNORECASE)
_LINE = re.compile(r"(?P<code>[A-Z][A-Z&]{0,4}(?:-[A-Z]{1,3})*\s?\d{1,4}[a-z]?)[\s.:–-]+(?P<text>\S.*)")
HEADING = 0.4  # of its size: how far below a line of a heading its next one may begin
NEAR = 0.8  # of a line's height: how far below it the rest of its sentence may begin
_AIM = re.compile(
    r"\s(?:(?:at|on) or )?(?:above|below|under|over|at least|no more than|at most|within)\s(?!.*\sabove\s).*"
)


def identify(table: Table) -> bool:
    """Codes, and sentences beside them, and at most a service's name; a row with a first cell alone names a service."""
    return _columns(table) is not None


def extract(table: Table, pack: Pack) -> Found:
    """A target for each row; one without a number keeps its words, and has no figure."""
    own, head = title_rows(table)
    above = table.headings[-1] if table.headings and not _is_anothers(table, pack) else ""
    under = service(own) if own else service_in(above)
    at, said, whose = _columns(table) or _Columns(0, 1, None)
    targets: list[Target] = []
    known: set[tuple[str, str]] = set()  # codes with their services
    for row in range(head, len(table.rows)):
        code, text = table.text(row, at).replace(" ", ""), table.text(row, said)
        if whose is not None and table.text(row, whose):
            under = service_in(table.text(row, whose)) or table.text(row, whose)
        elif not text and not CODE.match(code):
            under = service_in(table.text(row, 0)) or under
        if not CODE.match(code) or not text:
            continue
        if (under, _number(code)) in known:  # another service's, whose title was lost
            under = ""
        known.add((under, _number(code)))
        place = pack.cell_place(table, row, said)
        targets.append(_defined(under, code, text, place, quote(table, row), pack.exempt(place)))
    return Found(targets=tuple(targets))


def _is_anothers(table: Table, pack: Pack) -> bool:
    """Whether a table of no title of its own defines a code otherwise than one before it under the same heading: it is
    of another service, whose title was lost."""
    own = _texts(table)
    same = (t for t in pack.tables if t.number < table.number and t.headings[-1:] == table.headings[-1:])
    before = [_texts(each) for each in same if not title_rows(each)[0]]
    return any(own[code] != text for texts in before for code, text in texts.items() if code in own)


def _texts(table: Table) -> dict[str, str]:
    """What a table of definitions says of each code before it names a service; {} for any other table."""
    if (columns := _columns(table)) is None:
        return {}
    rows = [(_number(table.text(r, columns.code)), table.text(r, columns.text)) for r in range(len(table.rows))]
    _, head = title_rows(table)
    own = [*rows[: head + 1], *takewhile(lambda row: row[0] or row[1], rows[head + 1 :])]
    return {code: squash(text) for code, text in own if code and text}


def _number(code: str) -> str:
    """A code without blanks and leading noughts: "KPI 01" is "KPI1"; "" for none."""
    plain_code = code.replace(" ", "")
    return re.sub(r"(?<=[A-Za-z-])0+(?=\d)", "", plain_code) if CODE.match(plain_code) else ""


class _Columns(NamedTuple):
    """The columns of the codes, of the definitions, and of the services, where there is one."""

    code: int
    text: int
    service: int | None


def _columns(table: Table) -> _Columns | None:
    """The columns of a table of definitions; None for any other table."""
    _, head = title_rows(table)
    width = max(map(len, table.rows))
    header = [plain(table.text(head, column)) for column in range(width)]
    services = [column for column, text in enumerate(header) if text in COLUMNS["service"]]
    left = [column for column in range(width) if width == 2 or column not in services]
    if width not in (2, 3) or len(left) != 2:
        return None
    code, text = left
    rows = [(table.text(r, code), table.text(r, text)) for r in range(head, len(table.rows))]
    rows = [(name, said) for name, said in rows if said or CODE.match(name)]
    defined = [1 for name, said in rows if CODE.match(name) and len(said.split()) >= WORDS]
    known = len(defined) > 0 and len(defined) >= len(rows) - 1
    return _Columns(code, text, services[0] if width == 3 else None) if known else None


def in_text(pack: Pack) -> Found:
    """Definitions that are set as lines of text: a code, a verb and a bound; a heading above them names the service."""
    targets = []
    for page in pack.pages:
        under, defined = "", False
        for line, said in _sentences(page):
            found = _LINE.fullmatch(said)
            if not found and (line.bold or defined):  # whatever stands behind definitions ends them
                under, defined = service_in(said) if line.bold else "", False
            text = found["text"] if found else ""
            if found and _VERB.match(text) and len(text.split()) >= WORDS and read_bound(text):
                place = pack.place(page.number, line.box)
                code = found["code"].replace(" ", "")
                targets.append(_defined(under, code, text, place, said, pack.exempt(place)))
                defined = True
    return Found(targets=tuple(targets))


def _sentences(page: Page) -> Iterator[tuple[Line, str]]:
    """The lines of a page, each with the lines that go on further in just below it, or as a heading's do."""
    lines = page.lines
    at = 0
    while at < len(lines):
        first, said, end = lines[at], lines[at].text, at + 1
        while end < len(lines) and _goes_on(first, lines[end - 1], lines[end]):
            said += f" {lines[end].text}"
            end += 1
        yield first, said
        at = end


def _goes_on(first: Line, last: Line, line: Line) -> bool:
    room = line.box[1] - last.box[3]
    if line.bold and first.bold and line.size == first.size and abs(line.box[0] - first.box[0]) < 1:
        return 0 <= room <= HEADING * line.size and not _LINE.fullmatch(line.text)
    near = 0 <= room <= NEAR * (last.box[3] - last.box[1])
    return near and line.box[0] > first.box[0] + line.size and line.bold == first.bold


def _defined(under: str, code: str, text: str, place: Place, said: str, exempt: bool) -> Target:
    comparator, figure = read_bound(text) or aim_in(text)[1] or ("", None)
    unit = find_unit(text) or (figure.unit if figure else "")
    measure = Measure(under, code, name_in(text), unit, POLARITY.get(comparator, ""))
    return Target(measure, "", comparator or ">=", figure, None, until(text), place, said, exempt)


def name_in(text: str) -> str:
    """What a definition measures, without its verb and its aim: "% of calls answered in 20 seconds"."""
    return aim_in(_AIM.sub("", _VERB.sub("", text)).strip(" -–:"))[0] or text
