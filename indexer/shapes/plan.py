"""Annual plans and action plans: items with milestones, due dates, delivery status, RAG and progress notes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.paper import Pack, Table
from indexer.shapes.columns import MOST_TITLES, others, plain, with_refs
from indexer.shapes.found import Found, item_title, record
from indexer.shapes.grid import group_rows, spread, title_rows
from indexer.shapes.plan_header import COLUMNS, header_of
from indexer.shapes.plan_rows import BLUE, RAG, Texts, leads_in, outcomes, placed, texts_of
from kpi_tools.names import find_entities

# What a form says to those who fill it in.
NO_DATA = re.compile(r"^insert (a )?(new )?(line|row)s? (above|below|here)$|^[-–—_=\s]{3,}$", re.IGNORECASE)
NOTHING = frozenset(("none", "n/a", "nil", "nothing to report"))  # all that a row says of a part without items
MOST_BACK = 3  # tables before one that says nothing of its item
CARRIED = ("ref", "description", "councils")  # that rows of one item say once
_DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_BLUE_IS_DONE = re.compile(
    r"\bbrag\b|\bb(?:lue)?\s*(?:[=:–-]|means|is)\s*[^.;|]{0,30}?\b(?:complete|closed|done|delivered|finished|achieved)",
    re.IGNORECASE,
)
_STAMP = re.compile(r"page \d+( of \d+)?$", re.IGNORECASE)
_PLAN = re.compile(r"annual plan for:?\s*", re.IGNORECASE)
# Beside a revised day, which a row has only where it was moved.
_FIRST_DUE = re.compile(r"^(original|initial|agreed|planned|first)( target| due| completion| implementation)? date$")


def identify(table: Table) -> bool:
    """A header with a description and milestones, and a due date or a status; or with actions, whose they are, and by
    when or how they stand."""
    return header_of(table)[0] > 0


def extract(table: Table, pack: Pack) -> Found:
    """A record for each milestone; a blank ref or description is that of the row above, which it belongs to."""
    first, columns = header_of(table)
    columns = with_refs(table, first, columns)
    under, groups = _under(table, pack), group_rows(table, first)
    rows = _whole_rows(table, first, columns)
    carried = _item_before(table, pack, rows[0].fields) if rows else {}
    records, at = [], columns.get("milestone", columns["description"])
    first_due = [c for c, text in enumerate(spread(table, first - 1)) if _FIRST_DUE.match(plain(text))]
    for row in rows:
        stands = row.fields == row.texts.fields(columns)  # and has not moved
        fields = {**row.fields, "other": others(table, first, row.texts.texts, columns) if stands else ""}
        over = [text for at, text in groups.items() if at < row.numbers[0]]
        under |= {"part": over[-1]} if over else {}
        for column in first_due if "due" in columns and not fields.get("due") else ():
            fields["due"] = row.texts.texts[column]
        if _begins(fields, carried):
            carried = {name: fields.get(name, "") for name in CARRIED}
        else:
            fields |= {name: text for name, text in carried.items() if not fields.get(name)}
        fields["rag"] = _colour(fields.get("rag", ""), table, pack)
        for step in outcomes([table.rows[number] for number in row.numbers], columns, fields):
            parts = [record(pack, table, n, "plan_item", step | under, at) for n in row.numbers]
            records.append(replace(parts[0], quote=" | ".join(part.quote for part in parts)))
    off = [texts_of(table, row) for row in range(first, len(table.rows)) if row not in groups]
    lost = "; ".join("".join(row.texts)[:60] for row in off if row.undivided)
    return Found(records=tuple(records), unread=f"rows whose columns cannot be told: {lost}" if lost else "")


def _colour(text: str, table: Table, pack: Pack) -> str:
    """What a colour says of an item; blue says that it is complete where the plan's header, or a line, does."""
    colour = text.lower().strip(" .")
    if colour not in BLUE:
        return RAG.get(colour, "")
    header = (
        table.text(row, column)
        for row in range(min(MOST_TITLES, len(table.rows)))
        for column in range(len(table.rows[0]))
    )
    lines = (line.text for page in pack.pages[: table.page] for line in page.lines)
    return "complete" if any(_BLUE_IS_DONE.search(said) for said in (*header, *lines)) else ""


def _under(table: Table, pack: Pack) -> dict[str, str]:
    """The plan and the part of it that a table stands in."""
    plan = plan_before(table, pack) or item_title(table, pack)
    return {"plan": plan, "part": title_rows(table)[0] or "".join(table.headings[-1:])}


def _begins(fields: Mapping[str, str], above: Mapping[str, str]) -> bool:
    """Whether a row is of another item than the one above."""
    return bool(fields.get("ref") or fields.get("description")) or _of_others(fields, above)


def _item_before(table: Table, pack: Pack, first: Mapping[str, str]) -> Mapping[str, str]:
    """What the first row of a table is part of where it names no item: the last of the tables before it, if these have
    the same columns and stand in the same part of the same plan, page by page."""
    last, carried = table, dict.fromkeys(CARRIED, "")
    if first.get("ref") or first.get("description") or not first.get("milestone"):
        return carried
    for before in reversed([each for each in pack.tables if each.number < table.number][-MOST_BACK:]):
        head, columns = header_of(before)
        alike = columns == header_of(table)[1] and _under(before, pack) == _under(table, pack)
        if last.page - before.page > 1 or not alike:
            break
        for row in _whole_rows(before, head, with_refs(before, head, columns)):
            above = dict.fromkeys(CARRIED, "") if _begins(row.fields, carried) else carried
            carried = {name: row.fields.get(name) or above[name] for name in CARRIED}
        if carried["ref"] or carried["description"]:
            break
        last = before
    return carried


@dataclass(frozen=True, slots=True)
class _Whole:
    """A row of the plan, with its rest overleaf: the table's rows, their texts, and what they are told to be."""

    numbers: tuple[int, ...]
    texts: Texts
    fields: Mapping[str, str]


def _whole_rows(table: Table, first: int, columns: Mapping[str, int]) -> list[_Whole]:
    """The rows that say anything, each with what of it stands overleaf."""
    groups = group_rows(table, first)
    rows = {row: _unstamped(texts_of(table, row)) for row in range(first, len(table.rows)) if row not in groups}
    rows = {n: row for n, row in rows.items() if not (row.undivided or _says_nothing(row.fields(columns)))}
    leads = leads_in(list(rows.values()), columns)
    inside = [texts.fields(columns) for row, texts in rows.items() if row == first or not _turns(table, row)]
    all_named = len(inside) > 1 and all(fields.get("description") for fields in inside)
    made: list[_Whole] = []
    for row, told in rows.items():
        own, texts = told.fields(columns), told
        numbers: tuple[int, ...] = (row,)
        if row == first and _ends_header(table, row, columns, own):
            continue
        if made and _turns(table, row):
            if _ends_description(made, own, all_named):
                made, own = _described(made, own, columns)
                texts = told.under(columns, own)
            rest = all_named and not (own.get("ref") or own.get("description"))
            if rest or _goes_on(made[-1].fields, own):
                half = made.pop()
                texts, numbers = half.texts.joined(texts), (*half.numbers, row)
        made.append(_Whole(numbers, texts, placed(texts, columns, leads, _within(made))))
    return [_named(row, after) for row, after in zip_longest(made, made[1:])]


def _named(row: _Whole, after: _Whole | None) -> _Whole:
    """A row; of an item whose name stands where refs do, its first step stands where names do if the next is a step."""
    own, then = row.fields, after.fields if after else {}
    words = len(own.get("ref", "").split()) > 1 and not any(c.isdigit() for c in own["ref"])
    begins = bool(own.get("description")) and not own.get("milestone")
    steps = bool(then.get("milestone")) and not (then.get("ref") or then.get("description"))
    if not (words and begins and steps):
        return row
    return replace(row, fields={**own, "ref": "", "description": own["ref"], "milestone": own["description"]})


def _of_others(own: Mapping[str, str], above: Mapping[str, str]) -> bool:
    """Whether a row without name and step is for other councils than the one that the item above is named after."""
    said = above.get("description", ""), own.get("councils", "")
    named, theirs = ({name for name, _, _ in find_entities(text)} for text in said)
    return bool(named and theirs and not own.get("milestone")) and not named & theirs


def _unstamped(texts: Texts) -> Texts:
    return replace(texts, texts=tuple(_STAMP.sub("", text) for text in texts.texts))


def _says_nothing(fields: Mapping[str, str]) -> bool:
    """Whether a row is a form's own, or says that there is nothing."""
    said = {text.lower().strip(" .") for text in fields.values() if text}
    return said <= NOTHING or any(NO_DATA.match(text) for text in fields.values())


def _within(made: Sequence[_Whole]) -> bool:
    """Whether the next row stands among the steps of an item that has a ref."""
    item = _item(made)
    return bool(item and item.fields.get("ref"))


def _item(made: Sequence[_Whole]) -> _Whole | None:
    """The row that began the item of the last row."""
    return next((row for row in reversed(made) if row.fields.get("ref") or row.fields.get("description")), None)


def _ends_description(made: Sequence[_Whole], own: Mapping[str, str], all_named: bool) -> bool:
    """Whether a page begins in the midst of the description of the item above."""
    item = _item(made)
    free = all_named or not made[-1].fields.get("description") or not own.get("due")
    begun = bool(item and item.fields.get("description"))
    return begun and free and own.get("description", "")[:1].islower()


def _described(
    made: Sequence[_Whole], own: Mapping[str, str], columns: Mapping[str, int]
) -> tuple[list[_Whole], dict[str, str]]:
    """The rows with the whole of the description that goes on overleaf, and what is left of the row there."""
    item = _item(made)
    assert item  # as _ends_description has it
    whole = {**item.fields, "description": f"{item.fields['description']} {own['description']}"}
    texts = item.texts.under(columns, {"description": whole["description"]})
    rows = [_Whole(row.numbers, texts, whole) if row is item else row for row in made]
    return rows, {**own, "description": ""}


def _ends_header(table: Table, row: int, columns: Mapping[str, int], own: Mapping[str, str]) -> bool:
    """Whether a row is the rest of the header, as a page's end parted its cells: "Due" above, "Dates" below."""
    if any(own.get(name) for name in ("ref", "description", "milestone")):
        return False
    whole = {name: plain(f"{table.text(row - 1, columns[name])} {text}") for name, text in own.items() if text}
    return any(text in COLUMNS[name] for name, text in whole.items())


def _turns(table: Table, row: int) -> bool:
    """Whether a row is the first on its page."""
    pages = [next((cell.page for cell in table.rows[at] if cell), 0) for at in (row - 1, row)]
    return 0 < pages[0] < pages[1]


def _goes_on(before: Mapping[str, str], own: Mapping[str, str]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before it.

    It has nothing that the other has too; or no milestone and day of its own; or goes on with all its sentences. One
    that begins an item goes on with a row that had nothing of its own to say what it is about.
    """
    both = [name for name, text in own.items() if text and before.get(name)]
    if own.get("ref") or own.get("description"):
        return not both and not any(before.get(name) for name in ("ref", "description", "milestone"))
    if any(_DATED.match(own[name]) for name in both):
        return False
    dated = any(own.get(name) for name in ("due", "lead", "rag"))
    open_ended = all(not before[name].endswith((".", "!", "?")) and len(before[name].split()) > 3 for name in both)
    return not both or not (own.get("milestone") or dated) or (not dated and open_ended)


def plan_before(table: Table, pack: Pack) -> str:
    """The plan that a table belongs to: the nearest "Annual Plan for: ..." before it, cell or line; "" for none."""
    named = [(0, 0.0, "")]
    for other in pack.tables[: table.number]:
        for row, texts in zip(other.rows, other.grid(), strict=True):
            if row[0] and _PLAN.match(texts[0]):
                name = _PLAN.sub("", texts[0]) or next((text for text in texts[1:] if text), "")
                named.append((row[0].page, row[0].box[1], name))
    for page in pack.pages[: table.page]:
        for line in page.lines:
            if _PLAN.match(line.text) and (page.number, line.box[1]) < (table.page, table.box[1]):
                named.append((page.number, line.box[1], _PLAN.sub("", line.text)))
    return max(named)[2]
