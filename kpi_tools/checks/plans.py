"""Plan items against the key of their plan, their own columns, their councils and the calendar."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from textwrap import shorten

from corpus.paper import Place
from kpi_tools.checks.entries import entered
from kpi_tools.checks.slip import Slip, View, entry, listed, slip, told
from kpi_tools.ledger import Record
from kpi_tools.measures import OVERALL
from kpi_tools.names import find_entities, members, squash
from kpi_tools.periods import read_period

# A header that says what its colours mean, and one that lists what may be entered.
_IS = r"\s*[=:–-]\s*"
_COLOUR = r"(?:R(?:ed)?|A(?:mber)?|G(?:reen)?)"
_KEY = re.compile(rf"\b(?P<of>{_COLOUR}){_IS}(?P<means>[\w ]+?)(?=\s+{_COLOUR}{_IS}|\s*[^\w ]|\s*$)")
_OTHER = r"(?:B(?:lue|lack)?|C(?:omplete)?|Gr[ea]y|P(?:urple)?|W(?:hite)?|Y(?:ellow)?)"
_FURTHER = re.compile(rf"\b{_OTHER}(?=\s*=)|(?<=[;,]\s){_OTHER}(?=\s*[:–-])", re.IGNORECASE)
_LEGAL = re.compile(r"\bstatus\s*\((?P<values>[\w\s]+(?:,[\w\s]+){2,})\)", re.IGNORECASE)
_LATE = re.compile(r"\b(?:late|overdue|behind|missed|delayed|off[ -]track)\b", re.IGNORECASE)
UNFINISHED = re.compile(
    r"(?:not (?:yet )?(?:started|begun)|started|paused|on hold|in progress|wip|ongoing|underway|delayed|slipped"
    r"|part(?:ly|ially) complete|open|outstanding)\W*$",
    re.IGNORECASE,
)
DONE = re.compile(r"completed?|closed|done|finished", re.IGNORECASE)
_BETWEEN = r",\s*|\s+(?:and|&)\s+"
_SIDE_BY_SIDE = re.compile(rf"[A-Z][a-z]+(?: [A-Z][a-z]+)?(?:(?:{_BETWEEN})[A-Z][a-z]+(?: [A-Z][a-z]+)?)+")
MOST_NAME = 80  # letters of an item's name in a sentence
_COLUMNS = {"status": "delivery status", "lead": "lead"}  # those that every step is to have filled
FEWEST_FILLED = 5  # rows to one that has no entry
SHORT_NOTE = 8  # words of a progress note that is about one council alone
# What is entered for a colour, allowed or not.
_COLOURS = (
    "r", "a", "g", "b", "c", "p", "w", "y", "red", "amber", "green", "blue", "black", "grey", "purple", "white",
    "yellow", "complete", "completed", "closed", "done", "n/a", "na", "none", "tbc",
)  # fmt: skip
_HUES = _COLOURS[: _COLOURS.index("complete")]


def entries_off_the_key(view: View) -> Iterator[Slip]:
    """RAG and status entries that the plan's own header does not allow."""
    keys, legal, further = colour_keys(view), _legal(view), colours_meant(view)
    odd: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for record in view.of_kind("plan_item"):
        document, status, rag = record.place.document, record.fields["status"], raw_rag(record)
        if document in keys and rag and rag.casefold() not in further[document]:
            odd[document, "RAG status", rag.strip(" .").casefold()].append(record)
        if document in legal and status and len(status.split()) <= SHORT_NOTE:
            allowed = {squash(value) for value in legal[document][1]}
            if squash(status) not in allowed and squash(status).removesuffix("d") not in allowed:
                odd[document, "delivery status", status.strip(" .").casefold()].append(record)
    for (document, column, value), records in odd.items():
        passage, says = (keys[document][0], keys[document][2]) if column[0] == "R" else (legal[document][0], "")
        says = says or legal[document][2]
        every = f" ({len(records)} in all)" if len(records) > 1 else ""
        yield slip(
            "entry off the key",
            f"The {column} {value!r} of {listed((item_name(record, False) for record in records), 3)}{every} is none of"
            f" those that the plan's header allows ({says}).",
            *(entry(record, record.fields["status"], raw_rag(record)) for record in records),
            (passage, says),
        )


def statuses_told_otherwise(view: View) -> Iterator[Slip]:
    """A report that lists other delivery statuses than the header of its plan."""
    legal = _legal(view)
    for passage in view.prose:
        listing, header = _LEGAL.search(passage.text), legal.get(passage.places[0].document)
        if listing and header and squash(listing["values"]) != squash("".join(header[1])):
            yield slip(
                "lists that disagree",
                f"The report gives the delivery statuses as {listing['values']!r}, the plan's header as"
                f" {', '.join(header[1])!r}.",
                told(passage, listing),
                (header[0], header[2]),
            )


def wrong_council(view: View) -> Iterator[Slip]:
    """A plan item about one council that is entered under another."""
    known = {seen.entity for seen in view.observations} - {OVERALL}
    entered = [record.fields.get("councils", "") for record in view.records]
    known |= {name for text in entered for name, _, _ in find_entities(text)}
    # Councils that we have not met are those that a plan lists side by side.
    known |= {name for text in entered if _SIDE_BY_SIDE.fullmatch(text) for name in re.split(_BETWEEN, text)}
    said = set()
    for record in view.records:
        under = _councils(record.fields.get("councils", ""), known) if record.kind == "plan_item" else set()
        if not under:
            continue
        # A description or councils that were taken from the row above prove nothing of this row.
        printed = record.fields["description"] in record.quote and record.fields["councils"] in record.quote
        about = _councils(record.fields["description"], known)
        note = record.fields["progress"]
        noted = _councils(note, known) if len(note.split()) <= SHORT_NOTE else set()
        # A note that does not speak of its own step may well be of another council.
        of_step = _words(note) & _words(record.fields["milestone"])
        item = record.place.document, record.place.table, record.fields["ref"], record.fields["description"]
        if printed and len(about) == 1 and not about & under and item not in said:
            said.add(item)
            yield slip(
                "wrong council",
                f"{item_name(record, False)} is about {listed(about)}, but its councils are given as"
                f" {record.fields['councils']!r}.",
                entry(record),
            )
        elif about and len(noted) == 1 and not noted & (under | about) and of_step:
            yield slip(
                "wrong council",
                f"{item_name(record)} stands under {listed(about)}, but its note is about {listed(noted)}: {note!r}.",
                entry(record),
            )


def left_blank(view: View) -> Iterator[Slip]:
    """Steps without a status, or without anyone to lead them, in a table in which nearly all others have one."""
    tables: dict[tuple[str, str, str, str], list[Record]] = defaultdict(list)
    for record in view.of_kind("plan_item"):
        about = record.place.document, record.fields["plan"], record.fields["part"]
        for column in _COLUMNS:
            tables[*about, column].append(record)
    for (document, plan, _, column), records in tables.items():
        filled = {record.place.table for record in records if record.fields[column]}
        rows = [record for record in records if record.place.table in filled]
        blank = [record for record in rows if not record.fields[column]]
        if blank and len(rows) >= FEWEST_FILLED * len(blank) and document not in view.scanned:
            have = "has" if len(blank) == 1 else "have"
            yield slip(
                "left blank",
                f"{plan or 'The plan'}: {listed(map(item_name, blank), 3)} {have} no {_COLUMNS[column]}, the other"
                f" {len(rows) - len(blank)} steps do.",
                *map(entry, blank),
            )


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.casefold()))


def colour_keys(view: View) -> Mapping[str, tuple[Place, str, str]]:
    """Each paper's key in which red is late: where it stands, what it says of red, and its words."""
    found: dict[str, tuple[Place, str, str]] = {}
    for passage in view.passages:
        key = {said["of"][0]: said for said in _KEY.finditer(passage.text)}
        if len(key) == 3 and _LATE.search(key["R"]["means"]) and not re.search(r"\d", key["R"]["means"]):
            words = passage.text[min(said.start() for said in key.values()) : max(said.end() for said in key.values())]
            found.setdefault(passage.places[0].document, (passage.places[0], key["R"][0], words))
    return found


def colours_meant(view: View) -> Mapping[str, AbstractSet[str]]:
    """The colours, and their letters, to which each paper's key or any other line of it gives a meaning."""
    found: dict[str, set[str]] = defaultdict(lambda: {"r", "a", "g", "red", "amber", "green"})
    for passage in view.passages:
        for colour in _FURTHER.findall(passage.text):
            words = {word for word in _COLOURS if word[0] == colour[0].casefold() and len(colour) == 1}
            found[passage.places[0].document] |= {colour.casefold(), colour[0].casefold()} | words
    return found


def _legal(view: View) -> Mapping[str, tuple[Place, Collection[str], str]]:
    """Each paper's list of delivery statuses: where it stands, the statuses, and its words."""
    found: dict[str, tuple[Place, Collection[str], str]] = {}
    for passage in view.passages:
        if passage.places[0].table and (listing := _LEGAL.search(passage.text)):
            values = [value.strip() for value in listing["values"].split(",")]
            found.setdefault(passage.places[0].document, (passage.places[0], values, listing[0]))
    return found


def raw_rag(record: Record) -> str:
    """What is printed in the RAG column, without its note: the cell behind the status, where that is no note, and
    where there is no status the only one that holds a colour; "" for none."""
    cells = [entered(cell) for cell in record.quote.split(" | ")]
    status, progress = entered(record.fields["status"]), entered(record.fields["progress"])
    if not status:
        colours = [cell for cell in cells if cell in _HUES]
        return colours[0] if len(colours) == 1 else ""
    # A milestone may read like the status that stands behind it.
    behind = (cell for at, cell in enumerate(cells[1:]) if cells[at] == status and cell != progress)
    return next((cell for cell in behind if cell in _COLOURS), "")


def state(record: Record) -> str:
    """How far a step is, without its note: by its status, or where it has none by what its progress begins with."""
    return entered(record.fields["status"] or record.fields["progress"])


def item_name(record: Record, whole: bool = True) -> str:
    """A plan item as a person says it: "RB7 Quality Action Plan, Compile Plan"."""
    told = (record.fields[name] for name in ("ref", "description", "milestone"))
    ref, what, step = (shorten(text, MOST_NAME, placeholder=" …") for text in told)
    return ", ".join(filter(None, (f"{ref} {what}".strip(), step if whole else ""))) or "A plan item"


def read_day(text: str) -> date | None:
    period = read_period(text) if text else None
    return period.end if period else None


def _councils(text: str, known: Collection[str]) -> set[str]:
    """The councils named in a text, joint rows by their members."""
    named = [name for name, _, _ in find_entities(text, known) if name != OVERALL]
    return {one for name in named for one in members(name) or (name,)}
