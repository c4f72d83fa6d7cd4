"""What a paper says of itself on its cover: title, council, committee, date."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from corpus.paper import Line
from indexer.sheet import Facts, Sheet
from indexer.text.furniture import body_size
from kpi_tools.measures import OVERALL
from kpi_tools.names import entity, squash

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY = re.compile(
    r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"[a-z]*,?\s+(?P<year>(?:19|20)\d\d)\b|\b(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
FILE_DAY = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_.]?(?P<month>\d\d)[-_.]?(?P<day>\d\d)(?!\d)")

ISSUED = re.compile(
    r"^(?:version|issue|revision|draft)\s?\d|^(?:published|issued|updated|last updated)\b", re.IGNORECASE
)
SHORT = 120  # characters
MAIL = re.compile(r"@(?:[\w-]+\.)*(?P<name>[\w-]+)\.gov\.uk\b", re.IGNORECASE)

# Titles that say nothing of the paper: those of templates and of the programs that made the file
JUNK = re.compile(
    r"(microsoft (word|excel|powerpoint)|untitled|\W?anonymous\W?$|"
    r"(document|slide|presentation|book) ?\d*$|title$|report$)|"
    r".*\b(template\b|\.(docx?|xlsx?|pptx?|pdf|rtf|odt|numbers|pages|indd|tmp)$)|[\W\d]*$",
    re.IGNORECASE,
)
# "(Public Pack)Agenda Document for Cabinet, 13/03/2025 15:00"
PACK = re.compile(r"\((?:[a-z]+ )*pack\)\s*", re.IGNORECASE)
PACK_FOR = re.compile(r"\bfor ([^,].*), \d\d/\d\d/\d{4}")
BODY = re.compile(
    r"\b(committee|sub-committee|cabinet|panel|board|commission|forum|executive|council meeting|full council)\b",
    re.IGNORECASE,
)
NO_TITLE = {"agenda", "contents", "minutes", "items", "publicreport", "supplement", "supplementaryagenda"}
PARTNERS = re.compile(r"\b(partnership|joint|shared|councils|combined)\b", re.IGNORECASE)
# "A meeting of the Joint Committee will be held"
MEETING = re.compile(
    r"\bmeeting of (?:the )?(?P<body>[^.,;:]{4,80}?)(?: members)? (?:will|is to|to|which will) be held\b", re.IGNORECASE
)
WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
NO_COMMITTEE = re.compile(r",\s*\d|\bagenda\b|\bmeeting\b|\t", re.IGNORECASE)
COUNCIL = re.compile(r"((?:[\w'’&.-]+\s+){1,8}?)council\b", re.IGNORECASE)
KIND_OF_COUNCIL = re.compile(
    r"\s+(county|district|borough|city|town|parish|community|metropolitan|unitary|royal)\b.*", re.IGNORECASE
)
# A line that is a council's name, where that says no kind: "Herefordshire Council".
ALONE = re.compile(r"(?P<name>(?P<first>[A-Z][\w'’-]+)(?:\s(?:of|and|upon|on|the|&|[A-Z][\w'’-]+)){0,4})\sCouncil")
NO_NAME = frozenset(
    [
        "full",
        "annual",
        "extraordinary",
        "joint",
        "special",
        "the",
        "this",
        "your",
        "youth",
        "county",
        "city",
        "district",
        "borough",
        "town",
    ]
)
AGENDAS = {"agenda", "supplementaryagenda", "agendasupplement"}
# What stands on covers under titles, and is none: who, when and where
PARTICULAR = re.compile(
    r"\W*((start )?time|venue|date|place|location|contact|tel\w*|phone|fax|e-?mail|ask for|direct (dial|line)"
    r"|dear|agenda item|members?$|members? of|membership|councillors?|cllrs?|(our|your) ref|quorum|enquiries|www"
    r"|https?)\b|.*@",
    re.IGNORECASE,
)
SECTION = re.compile(r"\W?\s*1[.)]?\s+\w|contents$|introduction$|summary$", re.IGNORECASE)
COVER_LINES = 60
LONGEST = 200  # characters of a title
SHORTEST = 10
FEW_TIMES = 4  # a council that is named so often may be another than the paper's
SENTENCE = re.compile(r"(?:\S+\s+){7,}.*[.:;]|.*[.!?]\s+[A-Z].*[.:;]")  # a line of running text
MOST_LINES = 3  # of a title
COUNCIL_PAGES = 12  # pages that are searched for the council where the cover does not name it
SMALL_TABLE, FEW_COLUMNS = 6, 3  # rows and columns that a cover is laid out in

# What stands by the meeting's date, and by other dates on a cover; the larger, the surer
SIGNS: tuple[tuple[re.Pattern[str], int], ...] = (
    (WEEKDAY, 3),
    (re.compile(r"\b(held|meeting|to be held)\b", re.IGNORECASE), 3),
    (re.compile(r"\d\s*[.:]?\d*\s*(am|pm|hours|noon)\b|\d\d[:.]\d\d", re.IGNORECASE), 2),
    (re.compile(r"\bdate( of (meeting|decision|committee))?\s*:", re.IGNORECASE), 2),
    (BODY, 1),
    (re.compile(r"\b(last|previous|minutes|notes) (of the )?(last|previous)?\s*(meeting)?\b", re.IGNORECASE), -5),
    (re.compile(r"\b(updated?|version|publish|published|dispatched|printed|deadline|by)\b", re.IGNORECASE), -4),
)


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
    committee = _committee(said, facts.subject, texts)
    when = _date(facts, said, texts, document)
    title = said or _called(committee, when, texts) or _large(lines) or (texts[0] if texts else "")
    title = _shortened(title or PurePath(document).stem)
    more = [line.text for sheet in sheets[:COUNCIL_PAGES] for line in sheet.lines]
    return Cover(title, _council(title, committee, document, texts, more), committee, when)


def _texts(sheet: Sheet) -> list[str]:
    """The lines of the cover, and the rows of the small tables that some covers are laid out with."""
    placed = [(line.box[1], line.text) for line in sheet.lines]
    for grid in sheet.grids:
        if len(grid.rows) <= SMALL_TABLE and len(grid.rows[0]) <= FEW_COLUMNS:
            placed += [(cell.box[1], " ".join(cell.text.split())) for row in grid.rows for cell in row if cell]
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


# --- the date


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    try:
        if parts.get("d"):
            return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
        month = parts["month"].lower()
        number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
        return date(int(parts["year"]), number, int(parts["day"]))
    except ValueError:
        return None


def _days(text: str) -> Iterator[date]:
    yield from (day for match in DAY.finditer(text) if (day := _day(match)))


def _date(facts: Facts, said: str, texts: Sequence[str], document: str) -> date | None:
    """The meeting's date: of the title, else the surest on the first page, else of the file's name; else the day of
    this version of the paper."""
    for text in (said, facts.subject):
        if days := list(_days(text)):
            return days[-1]
    surest: tuple[int, date] | None = None
    for text in texts:
        score = sum(weight for sign, weight in SIGNS if sign.search(text)) + (2 if len(text) < 40 else 0)
        for day in _days(text):
            if score > 0 and (surest is None or score > surest[0]):
                surest = (score, day)
    if surest:
        return surest[1]
    if (named := FILE_DAY.search(document)) and (filed := _day(named)):
        return filed
    own = {day for text in texts if len(text) < SHORT and ISSUED.search(text) for day in _days(text)}
    return own.pop() if len(own) == 1 else None


# --- council and committee


def _committee(said: str, subject: str, texts: Sequence[str]) -> str:
    if named := PACK_FOR.search(said):
        return named[1].strip()
    for text in (subject, said, *texts):
        bare = NO_COMMITTEE.split(WEEKDAY.sub("", DAY.sub("", text)))[0].strip(" ,-–:")
        if (
            BODY.search(bare)
            and len(bare) < 90
            and not re.search(r"[.:;@(]|\b(report|members?|to|the)\b", bare, re.IGNORECASE)
        ):
            return _without_council(bare)
    held = next((found["body"] for text in texts if (found := MEETING.search(text))), "")
    return held if BODY.search(held) else ""


def _one_council(text: str) -> str:
    """The council's short name where the whole text names one council; else ""."""
    found = entity(text)
    return found if found and found != OVERALL and "&" not in found else ""


def _without_council(text: str) -> str:
    """ "Hart Overview and Scrutiny Panel" without the council's name before it."""
    words = text.split()
    counts = (count for count in range(min(5, len(words) - 1), 0, -1) if _one_council(" ".join(words[:count])))
    return " ".join(words[next(counts, 0) :])


def _council(title: str, committee: str, document: str, texts: Sequence[str], more: Sequence[str]) -> str:
    """The one council whose paper it is; "" for a paper of several or of none that is named."""
    if PARTNERS.search(f"{title} {committee}"):
        return ""
    if found := _leading_council(title.split()):
        return found
    counted = Counter(name for text in more for name in _councils(text))
    filed = _leading_council(re.split(r"[\W_]+", PurePath(document).stem))
    if filed in counted:
        return filed
    for group in ([title], [text for text in texts if not SENTENCE.fullmatch(text.strip())]):
        named = list(dict.fromkeys(name for text in group for name in _councils(text)))
        if named:
            alone = len(named) == 1 and counted[named[0]] >= max(counted.values(), default=0)
            return named[0] if alone else ""
    lines = set(filter(None, map(_alone, texts)))
    return lines.pop() if len(lines) == 1 else _by_others(texts, counted)


def _by_others(texts: Sequence[str], counted: Mapping[str, int]) -> str:
    """The council by the addresses on the cover, where no other is named; else the one that is named most by far."""
    mailed = {name for text in texts for match in MAIL.finditer(text) if (name := _one_council(match["name"]))}
    if len(mailed) == 1 and set(counted) <= mailed:
        return mailed.pop()
    most = max(counted, key=lambda name: counted[name], default="")
    alone = (
        most and counted[most] > max(FEW_TIMES, sum(counted.values()) * 2 / 3) and not PARTNERS.search(" ".join(texts))
    )
    return most if alone else ""


def _alone(text: str) -> str:
    """The name where the whole line is "Herefordshire Council"; else ""."""
    found = ALONE.fullmatch(text)
    return found["name"] if found and found["first"].lower() not in NO_NAME else ""


def _leading_council(words: Sequence[str]) -> str:
    """The council that the first words name; "" where they name none."""
    names = (_one_council(" ".join(words[:count])) for count in range(min(6, len(words)), 0, -1))
    return next((name for name in names if name), "")


def _councils(text: str) -> Iterator[str]:
    """The councils that a text names with the word: "Hart District Council" is "Hart"."""
    for match in COUNCIL.finditer(text):
        words = match[0].split()
        known = (_one_council(" ".join(words[start:])) for start in range(len(words) - 1))
        if found := next((name for name in known if name), ""):
            yield found
        elif KIND_OF_COUNCIL.search(match[0]):
            proper = re.search(
                r"((?:[A-Z][\w'’-]+(?:\s+(?:of|and|upon|on|the|&)\s+)?\s*)+)$", KIND_OF_COUNCIL.sub("", match[0])
            )
            if proper:
                yield " ".join(proper[1].split()).title() if proper[1].isupper() else " ".join(proper[1].split())
