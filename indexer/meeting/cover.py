"""What a paper says of itself on its cover: title, council, committee, date."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from corpus.paper import Line, line_of
from indexer.meeting.agenda_list import AGENDAS
from indexer.meeting.day import DAY, SECTION, WEEKDAY, meeting_day
from indexer.meeting.whose import SENTENCE, committee_of, council_of
from indexer.sheet import Facts, Sheet
from indexer.text.furniture import body_size
from kpi_tools.names import squash

# Titles that say nothing of the paper: those of templates and of the programs that made the file
JUNK = re.compile(
    r"(microsoft (word|excel|powerpoint)|untitled|\W?anonymous\W?$|"
    r"(document|slide|presentation|book) ?\d*$|title$|report$)|"
    r".*\b(template\b|\.(docx?|xlsx?|pptx?|pdf|html?|rtf|odt|numbers|pages|indd|tmp)$)|[\W\d]*$",
    re.IGNORECASE,
)
# "(Public Pack)Agenda Document for Cabinet, 13/03/2025 15:00"
PACK = re.compile(r"\((?:[a-z]+ )*pack\)\s*", re.IGNORECASE)
NO_TITLE = {"agenda", "contents", "minutes", "items", "publicreport", "supplement", "supplementaryagenda"}
# What stands on covers under titles, and is none: who, when and where
PARTICULAR = re.compile(
    r"\W*((start )?time|venue|date|place|location|contact|tel\w*|phone|fax|e-?mail|ask for|direct (dial|line)"
    r"|dear|report (of|by|to|from)(?=:)|agenda item|members?$|members? of|membership|councillors?|cllrs?"
    r"|(our|your) ref|quorum|enquiries|www|https?)\b|.*@",
    re.IGNORECASE,
)
COUNCIL = re.compile(r"[A-Z]\w+ ((County|District|Borough|City|Town|Parish) )?Council\b(?! [Tt]ax\b)")
COVER_LINES = 60
LONGEST = 200  # characters of a title
SHORTEST = 10
MOST_LINES = 3  # of a title
COUNCIL_PAGES = 12  # pages that are searched for the council where the cover does not name it
SMALL_TABLE, FEW_COLUMNS = 6, 3  # rows and columns that a cover is laid out in


@dataclass(frozen=True, slots=True)
class Cover:
    """`title` is never blank; `council` and `committee` are "" and `date` None where the paper names none."""

    title: str
    council: str
    committee: str
    date: date | None


def cover(sheets: Sequence[Sheet], facts: Facts, document: str) -> Cover:
    """What the paper says of itself, in its file's title and on its first page."""
    first = next((sheet for sheet in sheets if sheet.text.strip()), sheets[0])
    lines = list(first.lines[:COVER_LINES])
    texts = _texts(first)
    said = _said(facts.title)
    committee = committee_of(said, facts.subject, texts)
    when = meeting_day(facts, said, _unparted(texts, DAY), document)
    title = said or _called(committee, when, texts) or _large(lines) or (texts[0] if texts else "")
    title = _shortened(title or PurePath(document).stem)
    more = _unparted((line.text for sheet in sheets[:COUNCIL_PAGES] for line in sheet.lines), COUNCIL)
    return Cover(title, council_of(title, committee, document, texts, more), committee, when)


def _unparted(lines: Iterable[str], name: re.Pattern[str]) -> list[str]:
    """The lines, those that end in the middle of such a name with the next."""
    found: list[str] = []
    for line in lines:
        joined = f"{found[-1]} {line}" if found else ""
        if found and any(match.start() < len(found[-1]) < match.end() for match in name.finditer(joined)):
            found[-1] = joined
        else:
            found.append(line)
    return found


def _texts(sheet: Sheet) -> list[str]:
    """The lines of the cover, and the rows of the small tables that some covers are laid out with."""
    placed = [(line.box[1], line.text) for line in sheet.lines]
    for grid in sheet.grids:
        if len(grid.rows) <= SMALL_TABLE and len(grid.rows[0]) <= FEW_COLUMNS:
            placed += [(cell.box[1], line_of(cell)) for row in grid.rows for cell in row if cell]
    return [text for _, text in sorted(placed, key=lambda each: each[0]) if text][:COVER_LINES]


def _said(title: str) -> str:
    """The file's own title, without "(Public Pack)"; "" where it says nothing of the paper."""
    plain = " ".join(PACK.sub("", title).split())
    return "" if len(plain) < 6 or JUNK.match(plain) else plain


def _large(lines: Sequence[Line]) -> str:
    """The largest text of the first page above its first section that may name the paper; else what is bold, else the
    first such line."""
    head = next((at for at, line in enumerate(lines) if at and SECTION.match(line.text)), len(lines))
    fit = [at for at, line in enumerate(lines[:head]) if _names_paper(line.text)]
    size = max((lines[at].size for at in fit), default=0.0)
    large = [at for at in fit if lines[at].size >= size - 0.3] if size >= 1.1 * body_size(lines) else []
    bold = [at for at in fit if lines[at].bold and len(lines[at].text) > SHORTEST]
    plain = [at for at in fit if len(lines[at].text) > SHORTEST]
    first = next(iter(large or bold or plain), None)
    if first is None:
        return ""
    last = first + 1
    while large and last in large and last < first + MOST_LINES and _follows(lines[last - 1], lines[last]):
        last += 1
    told = " ".join(line.text for line in lines[first:last])
    if not any(map(str.isalpha, told)) and first - 1 in fit:  # a year under a title
        return f"{lines[first - 1].text} {told}"
    return told


def _follows(above: Line, below: Line) -> bool:
    return below.box[1] - above.box[3] < above.box[3] - above.box[1]


def _names_paper(text: str) -> bool:
    """Whether a line may name the paper: it names neither the council alone, nor a part of the cover."""
    return not (
        squash(text) in NO_TITLE
        or re.fullmatch(r".*\bcouncil", text, re.IGNORECASE)
        or DAY.search(text)
        or WEEKDAY.match(text.strip())
        or PARTICULAR.match(text)
        or SENTENCE.fullmatch(text.strip())
    )


def _called(committee: str, when: date | None, texts: Sequence[str]) -> str:
    """An agenda's title: whose it is, and of which day; "" for any other paper."""
    if not committee or not any(squash(text) in AGENDAS for text in texts):
        return ""
    return f"{committee}, {when.day} {when:%B %Y}" if when else committee


def _shortened(title: str) -> str:
    """The title in whole words where it is too long."""
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rsplit(None, 1)[0].rstrip(" ,;:-–") + "…"
