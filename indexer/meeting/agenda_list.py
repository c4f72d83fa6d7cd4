"""The list of an agenda: its items in order, the page that each is said to begin on, and which are exempt."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from corpus.paper import Line
from indexer.exempt import apart, denials, doubt, legend, marks, wording

LISTED = re.compile(
    r"^(?P<number>\d{1,2}(?:[a-z]|[A-Z](?=[.:)\s]))?)[*#†‡]{0,2}[.:]?\s+(?P<title>[*#†‡[]?\s*[^\W\d].*|\d.*[^\W\d].*)$"
)
_TITLE = r"(?:[.):]\s+|\s+(?=[A-Z]))(?P<title>[*#†‡[]?\s*[^\W\d].*)$"
FORMS = (  # the ways to number a list: 5, Item 5, C, C3, III, a, P25/140, 9.1
    LISTED,
    re.compile(r"^(?:agenda\s+)?item\s+(?P<number>\d{1,2}[a-z]?)\W+(?P<title>[^\W\d].*)$", re.IGNORECASE),
    re.compile(rf"^(?P<number>[A-H]){_TITLE}"),
    re.compile(r"^(?P<number>[A-H]\d{1,2})[.):]?\s+(?P<title>[^\W\d].*)$"),
    re.compile(rf"^(?P<number>[IVX]{{1,5}}){_TITLE}"),
    re.compile(rf"^\(?(?P<number>[a-z]){_TITLE}"),
    re.compile(r"^(?P<number>[A-Z]{0,2}\d{1,4}/\d{1,4})[.):]?\s+(?P<title>[^\W\d].*)$"),
    re.compile(r"^(?P<number>\d{1,2}\.\d{1,2})[.):]?\s+(?P<title>[^\W\d].*)$"),
)
SIGNS = "*#†‡•▪◦[ "  # before an entry's number
LETTERED = re.compile(r"^[A-Z]\d?\s+(?=\d{1,2}[.)]\s)")  # a legend's sign there
ROMAN = {"I": 1, "V": 5, "X": 10}
PAGES = re.compile(
    r"\(?\s*(?:pages?|pp?\.?)\s*(?P<first>\d{1,4})(?:\s*(?:-|–|to)\s*(?P<last>\d{1,4}))?\s*\)?\s*$", re.IGNORECASE
)
BARE_PAGES = re.compile(r"^(?P<first>\d{1,4})\s*[-–]\s*(?P<last>\d{1,4})$")
# In an agenda's list: a heading over several items; any other mark is of the item above it.
SECTION = re.compile(
    r"^\W*(?:part|rhan)\b|\bpart\s+of\b|"
    r"\b(items|reports|business|matters|meeting|session|agenda|papers|eitemau|materion)\b|\bfollowing\b|\bexclu(sion|de)",
    re.IGNORECASE,
)
PART_TWO = re.compile(r"^\W*(?:part|rhan)\s+(?:2|ii|b|two)\b(?!\s+of\b)", re.IGNORECASE)
ALONE = re.compile(r"^\W*\w+\W*$")  # "EXEMPT" may be either
EXCLUSION = re.compile(r"\bexclu(sion|de|ding)\b.*\b(press|public)\b|\b(press|public)\b.*\bexcluded\b", re.IGNORECASE)
LAW = re.compile(denials.LAW, re.IGNORECASE)
WITHOUT = re.compile(r"\b(?:with|considered|taken|heard)\b.*\bexcluded\b", re.IGNORECASE)  # said of the item itself
ROUTINE = re.compile(
    r"\b(?:to\s+)?(?:identify|highlight)\b.*\b(?:items?|reports?)\b|"
    r"\b(?:any|determination\s+of)\s+(?:exempt|confidential|private)\s+(?:items?|reports?|business|matters?)\b|"
    r"\bwhether\s+(?:there\s+(?:is|are)\s+)?any\s+(?:of\s+the\s+)?(?:items?|reports?|business|matters?)\b",
    re.IGNORECASE,
)
NOTHING = re.compile(r"[:?–-]\s*(?:none|nil|not\s+applicable)\W*$", re.IGNORECASE)
GROUND = re.compile(r"[(\[]([^()\[\]]+)[)\]]\W*$")  # "(Para 3)" behind an item
LABEL = re.compile(r"\s[-–—]\s|[(\[:;]")
ITSELF = re.compile(  # "(sent to members as a confidential item)"
    r"[(\[][^()\[\]]*\b(?:exempt|confidential|private)\s+(?:items?|reports?|papers?|matters?)\b[^()\[\]]*[)\]]",
    re.IGNORECASE,
)
ABOVE = re.compile(  # said below an item
    rf"^(?!.*\b(?:if|whether|append\w*|annex\w*)\b).*\b(?:it|they|which)\s+(?:is|are|will\s+be)\s+{denials.WORD}(?!\s+from\s+(?!publ|discl))",
    re.IGNORECASE,
)
APPENDIX = re.compile(r"\b(append|annex)", re.IGNORECASE)
MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b\W+\d", re.IGNORECASE)
LONGEST_SENTENCE = 40  # lines: what is said farther down is seen from the lines there
LONGEST_MARK = 90  # characters
STOPS = (".", ":", ";", ")")
FULL = 50  # characters of a line that goes on in the next, at least
APART = 2.2  # heights from line to line within a sentence, at most
HEAD = 150.0  # points: where what goes on from the page before may stand
NAMED_PAGES = re.compile(r"\(\s*pages?\s+\d+\s*[-–]\s*\d+\s*\)", re.IGNORECASE)
AGENDA = re.compile(
    r"\b(?:agenda|rhaglen)\b(?!\s+item\s+\d)|^\W*(order of business|items of business)\W*$", re.IGNORECASE
)
AGENDA_OF = re.compile(r"\W*agenda\s+(?:for|of)\s+(?:the|an?)\b.*\bmeeting\b", re.IGNORECASE)
AGENDAS = frozenset(("agenda", "supplementaryagenda", "agendasupplement"))  # squashed, what heads one
BEGINS = 4  # the number of a list's first item, at most
AGENDA_PAGES = 8  # the first pages, among which the agenda stands
# Words that tell no title from another
COMMON = {"the", "of", "and", "to", "a", "an", "for", "in", "on", "report", "update", "from"}
COMMON |= {"exempt", "restricted", "confidential", "not", "publication"}


@dataclass(frozen=True, slots=True)
class Listed:
    """An item as the agenda lists it, at a page and top; `label` is the number of its first page as the agenda says, 0
    for none."""

    number: str
    title: str
    label: int
    exempt: bool
    at: tuple[int, float]


def list_items(
    told_lines: Sequence[tuple[int, Line]], form: re.Pattern[str] = LISTED, begins: int = BEGINS, by_bold: bool = True
) -> Iterator[Listed]:
    """The items in the agenda's list: numbered lines that count up, each with what belongs to its title. They are
    numbered by `form`, which has groups "number" and "title", from `begins` at most; `by_bold`: they are the bold ones
    of such lines, if any is."""
    lines = list(_before_papers(told_lines, form))
    signs = legend.signs(_whole(lines, at) for at in range(len(lines)))
    numbered = [line for _, line in lines if _numbered(line, form)]
    bold = by_bold and any(line.bold for line in numbered)
    found: list[Listed] = []
    exempt, since = False, -1  # whether what is listed next is, and behind how many items that was said
    settled = False  # whether a sentence says nothing of others: it names by numbers what is exempt, or is routine
    for position, (page, line) in enumerate(lines):
        match = _numbered(line, form)
        pages = PAGES.search(line.text)
        if not match and pages and found and found[-1].label not in (0, int(pages["first"])):
            continue  # an entry below an item, which has pages of its own
        if not match:
            was, above = exempt, [] if since == len(found) else found
            beside = bool(found) and (page - found[-1].at[0]) <= (line.box[1] < HEAD)
            begun = position and _goes_on(lines[position - 1], lines[position])
            if beside and not begun and ABOVE.search(_whole(lines, position)):
                found[-1] = replace(found[-1], exempt=True)
            settled = settled if begun else doubt.names_all(_whole(lines, position))
            if settled:
                continue
            if not begun and legend.public_goes(_whole(lines, position), bool(found)):
                exempt = True
            elif found or not begun or line.text.isupper():
                over = line.bold > bold and not wording.of_line(line.text)  # a heading over several, in its words
                exempt = _marked(line, line.bold >= bold, above, exempt, beside, over)
            since = len(found) if exempt and not was else since
            continue
        number, last = match["number"], order(found[-1].number) if found else (0, "")
        if found and (number == "1" and page > found[-1].at[0]):
            break  # the paragraphs of a report
        told = line.bold >= bold or bool(PAGES.search(line.text))
        most = last[0] + (begins if "." in number else BEGINS) if found else begins
        if not told or not (last < order(number) and order(number)[0] <= most) or MONTH.match(match["title"]):
            continue
        below = [line for on, line in lines[position : position + 5] if on == page]
        title, label = _title(match["title"], below, form)
        goes = bool(EXCLUSION.search(title)) or legend.public_goes(_whole(lines, position))
        own = not goes and bool(LAW.search(title))  # the law, said of no public that goes, is of the item
        closes = goes or (own and not _is_label(title))
        settled = _is_routine(lines, position, form) or doubt.names_all(_entry(lines, position, form))
        closes = closes and not (WITHOUT.search(title) or NOTHING.search(title) or settled)
        closed = (
            exempt or (own and not settled) or (not closes and marks.of_heading(title, near_head=False) == "exempt")
        )
        closed = closed or bool(ITSELF.search(title) and not denials.DENIED.search(title))
        grounded = GROUND.search(title)
        closed = (
            closed
            or line.text.startswith("[")
            or bool(grounded and (wording.of_ground(grounded[1]) or apart.CLOSED.search(grounded[1])))
            or any(legend.is_borne(line.text, sign) for sign in signs)
        )
        found.append(Listed(number, title, label, closed, (page, line.box[1])))
        exempt = exempt or closes
    for item, (title, closed) in zip(found, apart.told([item.title for item in found]), strict=True):
        yield replace(item, title=title, exempt=item.exempt or closed)


def order(number: str) -> tuple[int, str]:
    """How "2" comes before "2a", and that before "3"; "9.2" before "9.10", "B" before "C", "IV" before "V", and
    "25/99" before "25/140"."""
    if "/" in number:
        return 0, "/".join(part.zfill(4) for part in number.split("/"))
    if digits := re.match(r"(\d+)\.?", number):
        after = number[digits.end() :]
        return int(digits[1]), after.zfill(2) if "." in number else after
    if number and set(number) <= set(ROMAN):
        values = [ROMAN[sign] for sign in number]
        return sum(
            -value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)
        ), ""
    lettered = re.fullmatch(r"([A-Z])(\d*)", number)
    return (ord(lettered[1]) - ord("@"), lettered[2].zfill(2)) if lettered else (0, number)


def _numbered(line: Line, form: re.Pattern[str]) -> re.Match[str] | None:
    return None if BARE_PAGES.match(line.text) else form.match(LETTERED.sub("", line.text.lstrip(SIGNS)))


def _before_papers(lines: Sequence[tuple[int, Line]], form: re.Pattern[str]) -> Iterator[tuple[int, Line]]:
    """The lines down to one that has the number and the title of one before: there an item's own papers begin."""
    seen: dict[str, set[str]] = {}
    for page, line in lines:
        if match := _numbered(line, form):
            words = words_of(match["title"])
            if words and words <= seen.get(match["number"], set()):
                return
            seen.setdefault(match["number"], words)
        yield page, line


def _marked(line: Line, told: bool, found: list[Listed], exempt: bool, beside: bool, over: bool) -> bool:
    """Whether what is listed below a line is exempt; a mark that is no heading over several closes the item above, if
    it stands `beside` it: on its page, or at the head of the next."""
    text = marks.plain(line.text)
    ends_a_sentence = not found and text[:1].islower() and text.endswith(".")  # of what stands above the list
    if legend.signs([text]) or ends_a_sentence or ROUTINE.search(text):
        return exempt
    mark = marks.of_heading(text) if len(text) < LONGEST_MARK else ""
    mark = "exempt" if PART_TWO.match(text) else mark
    several = (over or bool(SECTION.search(text)) or text.endswith(":")) and not APPENDIX.search(text)
    if mark == "exempt" and found and beside and not several and not APPENDIX.search(text):
        found[-1] = replace(found[-1], exempt=True)
    if not told or APPENDIX.search(text):
        return exempt
    if mark == "exempt" and (several or ALONE.match(text) or not found):
        return True
    return exempt and not (mark == "public" and several)


def _is_label(title: str) -> bool:
    """Whether a mark with the law stands behind a title, as of this item alone: "Land - exempt, Schedule 12A"."""
    law = LAW.search(title)
    label = LABEL.search(title[: law.start()] if law else title)
    head = title[: label.start()] if label else ""
    named = bool(words_of(head)) and not (LAW.search(head) or SECTION.search(head) or "information" in words_of(head))
    return named and marks.of_heading(title[len(head) :].strip(" -–—:;")) == "exempt"


def _is_routine(lines: Sequence[tuple[int, Line]], at: int, form: re.Pattern[str]) -> bool:
    """Whether an item asks, at every meeting, for which items the public might be excluded, and so excludes nobody."""
    return bool(ROUTINE.search(_entry(lines[: at + 3], at, form)))


def _entry(lines: Sequence[tuple[int, Line]], at: int, form: re.Pattern[str]) -> str:
    """What the list says of the item that a line begins."""
    below = takewhile(lambda each: not _numbered(each[1], form), lines[at + 1 :])
    return marks.plain(" ".join(line.text for _, line in [lines[at], *below]))


def _whole(lines: Sequence[tuple[int, Line]], at: int) -> str:
    """The sentence that a line begins, over the lines that it goes on in."""
    end = at + 1
    while end < min(len(lines), at + LONGEST_SENTENCE) and _goes_on(lines[end - 1], lines[end]):
        end += 1
    return marks.plain(" ".join(line.text for _, line in lines[at:end]))


def _goes_on(before: tuple[int, Line], after: tuple[int, Line]) -> bool:
    """Whether a line goes on with the sentence of the one before, which is full."""
    (page, above), (on, line) = before, after
    if page != on or above.bold != line.bold or above.text.rstrip().endswith(STOPS):
        return False
    return len(above.text) >= FULL and 0 <= line.box[1] - above.box[1] < APART * (above.box[3] - above.box[1])


def _title(begun: str, lines: Sequence[Line], form: re.Pattern[str]) -> tuple[str, int]:
    """An item's title, over up to four lines, and the number of the page that it names, 0 for none."""
    text = begun
    for line in lines[1:]:
        if PAGES.search(text) or _numbered(line, form):
            break
        if len(line.text) < LONGEST_MARK and (mark := marks.of_heading(marks.plain(line.text))):
            if SECTION.search(line.text) or mark == "public":
                break
            continue
        if bare := BARE_PAGES.match(line.text):
            return text.strip(), int(bare["first"])
        if line.bold != lines[0].bold and not PAGES.fullmatch(line.text.strip()):
            break
        if not line.bold and not PAGES.search(line.text):
            break
        text = f"{text} {line.text}"
    if named := PAGES.search(text):
        return text[: named.start()].strip(" (-–"), int(named["first"])
    return text.strip(), 0


def is_agenda(texts: Sequence[str]) -> bool:
    """Whether among the lines of the first pages one heads an agenda, or names the pages of an item."""
    said = (AGENDA_OF.match(text) or (AGENDA.search(text) and len(text.split()) < 7) for text in texts)
    return any(said) or any(map(NAMED_PAGES.search, texts))


def words_of(text: str) -> set[str]:
    """The words of a title that tell it from another."""
    return set(re.findall(r"[a-z]{2,}", text.lower())) - COMMON
