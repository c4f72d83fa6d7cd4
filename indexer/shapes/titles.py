"""What titles and headings say: a measure with its code and grain, or the service that a table stands under."""

import re
from dataclasses import dataclass

from corpus.paper import Table
from indexer.shapes.aimed import aim_in
from indexer.shapes.grid import title_rows
from kpi_tools.figures import Figure, find_unit, is_value
from kpi_tools.names import is_service, service

# A heading of these words alone names no service, and one with a word of the second kind names a table.
NO_SERVICE = frozenset(
    re.findall(
        r"\w+",
        "key performance indicator indicators measure measures targets information data summary and the of monthly"
        " quarterly annual yearly results detail detailed table tables appendix figures report kpi kpis pi pis other"
        " all exceeded achieved met missed corporate council strategic rag status rating notes total totals overall"
        " red amber green blue page definition definitions priority headline detailed latest current previous profile"
        " position update monitoring against with for by in to at end year month quarter period area ward breakdown"
        " measurement criteria criterion floor standard threshold thresholds upper lower actual actuals"
        " trend trends on over time review change changes analysis history comparison comparisons benchmarking"
        " how we did our each every are doing performing rate credit service"
        " january february march april may june july august september october november december"
        " jan feb mar apr jun jul aug sep sept oct nov dec q qtr fy",
    )
)
_TABLE = re.compile(
    r"\b(score ?cards?|thresholds?|dashboards?|comparisons?|profiles?|over time|overview"
    r"|by (?:area|ward|line|contractor|centre|directorate|department|service|type|stage|channel|month|quarter|tenure"
    r"|category|team|reason|source))s?\b",
    re.IGNORECASE,
)
_BY_LAST = re.compile(r"\bby \w+[\s,:]*$", re.IGNORECASE)  # "Repairs by trade"
_KIND = re.compile(
    r"\s*[:–-]\s+(?:\w+\s)?(?:score ?card|dashboard|comparison|profile|overview|summary)s?$", re.IGNORECASE
)
_RATED = re.compile(r"[\s–-]*\(?(?:\b(?:rag|status|rating)\s*:?\s*)?\b(?:red|amber|green)\)?$", re.IGNORECASE)
_MARKS = re.compile(r"(?:\s?(?:[*†‡^#⁰¹²³⁴⁵⁶⁷⁸⁹]|\[\d{1,2}\])(?<!\dm²)(?<!\bm²))+$")  # of footnotes, behind a name
_NUMBER = re.compile(r"^\d+(\.\d+)*[.:)]?\s+")
_DATE_FIRST = re.compile(
    r"^(?:(?:quarter|qtr|q)\s?[1-4]\s+)?(?:(?:19|20)?\d\d[/–-]\d\d|(?:19|20)\d\d)\s*[-–:]\s+(?=[^\W\d])", re.IGNORECASE
)
# A heading that names whose paper it is: "Hart District Council", "Police and Crime Panel".
_BODY = re.compile(r"\b(?:council|partnership|authority|committee|panel|cabinet)$", re.IGNORECASE)
_COUNCIL = re.compile(r"\s[–-]\s[^–-]*\b(council|partnership|authority)$", re.IGNORECASE)
# Whose paper it is, before what it is about: "Hart District Council Customer services".
_WHOSE = re.compile(
    r"^(?:[A-Z][\w'’-]*\s(?:(?:of|and|&|upon|on)\s)?){1,4}"
    r"(?:District|Borough|City|County|Town|Parish) Council\s+(?=\S)(?!Tax\b)"
)
MOST_SERVICE = 7  # words; more of them are a sentence, or a header
SEVERAL = 2  # words of its own that say what is measured
MOST_TITLE = 15  # words; a longer line is a sentence
_DATED = re.compile(
    r"(?:\s(?:in|for|during|of|to|at|as at|up to)|(?<![\s,:(–-]))[\s,:(–-]*+\b"
    r"(?:(?:(?:date\b[\s:]*)?\d{1,2}(?:st|nd|rd|th)?\s)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\s)?"
    r"(?:(?:quarter|qtr|q)\s?[1-4]\b|(?:19|20)?\d\d[/–-]\d\d|(?:19|20)\d\d).*$",
    re.IGNORECASE,
)
_NO_SERVICE_STEMS = frozenset(word.removesuffix("s") for word in NO_SERVICE)
FREQUENCIES = {"monthly": "month", "quarterly": "quarter", "annual": "year", "annually": "year", "yearly": "year"}
_CODE = r"[A-Z][A-Z&]{0,4}(?:-[A-Z]{1,3})*(?:[ /.]|- ?)?\d{1,4}(?:\.\d\d?)?[a-z]?"  # "PI- 31" where a line ended
CODE = re.compile(rf"{_CODE}$")
# What looks like a code and counts something else: "BAND 3", "COVID 19".
NO_CODE = frozenset(
    re.findall(
        r"\w+", "q qtr h fy year week day band tier zone ward area phase stage grade class group level lot unit covid"
    )
)
_TABLE_NUMBER = re.compile(
    r"(?:table|figure|fig|chart|graph|appendix|annex|part|item|schedule)\s*(?:\d+(?:\.\d+)*|[A-Z])\s*[-–:.]\s*(?=\S)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?:total |average )?(?:number|no\.?) of \w", re.IGNORECASE)
_LETTERS = r"[A-Z&]{2,4}(?:-[A-Z]{1,3})*(?:[ /.]|- ?)?"
# One letter with a number that is filled up with noughts, or is long and no road's; roads stand in no square brackets.
_NUMBERED = re.compile(r"[A-Z]0\d+|[C-Z]\d{3,4}")
_DOTTED = re.compile(r"\d\d\.\d\d")  # "04.05"; the numbers of sections have no noughts in front
_CODE_AFTER = re.compile(
    rf"\s*[(\[](?P<code>{_LETTERS}\d{{1,4}}(?:\.\d\d?)?[a-z]?|{_NUMBERED.pattern}|{_DOTTED.pattern}|(?<=\[)[A-Z]-?\d\d+|[A-Z]-?\d+\.\d+)[)\]]$"
    rf"|\s[-–|]\s(?P<last>{_LETTERS}\d{{2,4}}[a-z]?)$"
)
_TITLE = re.compile(
    rf"(?:(?P<frequency>{'|'.join(FREQUENCIES)})\s*[-–:]\s*)?(?:[(\[]?(?P<code>{_CODE}|{_DOTTED.pattern}(?![.\d]))(?:[)\]]?\s*[-–:.|]\s*|[)\]]?\s+(?=\D)))?(?P<name>\S.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Title:
    """A table's title taken apart: "Monthly - PI002 - % Calls Answered" has a grain, a code and a name.

    `aim` is the target that it ends with, as a comparator and a figure.
    """

    grain: str
    code: str
    name: str
    aim: tuple[str, Figure] | None = None

    @property
    def unit(self) -> str:
        """The unit that the name states, or its target is in; "" for none."""
        return find_unit(self.name) or (self.aim[1].unit if self.aim and self.aim[1].unit[:1] in ("%", "£") else "")


def read_title(text: str) -> Title:
    """The parts of a title; a code only where it looks like one, without its inner space. "Table 3:" is no part, nor
    are the marks of footnotes."""
    said, aim = aim_in(_MARKS.sub("", _TABLE_NUMBER.sub("", " ".join(text.split()), count=1)))
    found = _TITLE.match(said)
    if not found:
        return Title("", "", "")
    code, start = found["code"] or "", found.start("name")
    grain = FREQUENCIES.get((found["frequency"] or "").lower(), "")
    if code and not _is_code(code, found.string[found.end("code") : found.start("name")]):
        code, start = "", found.start("code")
    name = found.string[start:].strip(" -–:")
    if (rated := _RATED.search(name)) and is_value(name[: rated.start()]):
        return Title("", "", "")  # a card's figure and its rating
    after = None if code else _CODE_AFTER.search(name)
    if after and _is_code(after["code"] or after["last"], " -"):
        code, name = after["code"] or after["last"], name[: after.start()]
    return Title(grain, code.replace(" ", ""), name, aim)


def _is_code(text: str, mark: str) -> bool:
    """Whether capitals with a number are a code; one letter is only with a mark behind it ("P1 incidents" has none) or
    many digits."""
    if _DOTTED.fullmatch(text):
        return True
    letters = re.match(r"[^\W\d_]*", text)
    word = letters[0].lower() if letters else ""
    marked = bool(mark.strip()) or any(sign in text for sign in "-/.")
    return bool(_NUMBERED.fullmatch(text)) or (
        bool(CODE.match(text)) and word not in NO_CODE and (len(word) > 1 or marked)
    )


def title_over(table: Table, cornered: bool = False) -> tuple[Title, str]:
    """What a table measures, and the text that says so: its own title, the line or the heading just above it.

    The corner of its header comes first where it holds a measure, as nothing else stands nearer to the figures: any
    text of several words where the table is `cornered`, as the rows have no names of their own to be headed. One
    with a code comes before one with a unit, and that before any other; a lead that is a sentence is no title.
    """
    own, head = title_rows(table)
    corner = " ".join(filter(None, dict.fromkeys(table.text(r, 0) for r in range(head, _first_figures(table, head)))))
    if len(corner.split()) > 1 and (is_measure(corner) or (cornered and _says(corner))):
        return read_title(corner), corner
    lead = table.lead if not table.lead.rstrip().endswith((".", ":")) and len(table.lead.split()) <= MOST_TITLE else ""
    texts = [text for text in (own, lead, *table.headings[-1:]) if text and not is_service(service_in(text))]
    texts = [text for text in texts if is_measure(text) or not _presents(text)]
    coded = [text for text in texts if read_title(text).code]
    united = [text for text in texts if find_unit(text)]
    text = next(iter((*coded, *united, *texts)), "")
    return read_title(text), text


def _says(corner: str) -> bool:
    """Whether a corner says what is measured, and not what stands below and beside it: "Reporting period"."""
    words = {word.removesuffix("s") for word in re.findall(r"[^\W\d_]+", corner.lower())}
    return len(words - _NO_SERVICE_STEMS) >= SEVERAL


def _first_figures(table: Table, head: int) -> int:
    """The first row below the header's first; a header's label may run over the rows that have nothing else."""
    row = head + 1
    while row < len(table.rows) - 1 and not any(table.text(row, c) for c in range(1, len(table.rows[row]))):
        row += 1
    return row if row > head + 1 and table.text(head, 0) else head + 1


def _presents(text: str) -> bool:
    """Whether all words of a text are of reports and tables, so that it names neither a service nor a measure."""
    words = set(re.findall(r"[^\W\d_]+", text.replace("'", "").replace("’", "").lower()))
    return {word.removesuffix("s") for word in words} <= _NO_SERVICE_STEMS


def shows_by(title: str) -> bool:
    """Whether a title says how a table shows something, rather than what it measures: "Incidents by ward"."""
    return bool(_TABLE.search(title) or _BY_LAST.search(_DATED.sub("", title))) and not is_measure(title)


def is_measure(text: str) -> bool:
    """Whether a label names a measure rather than a place: it has a code, or a unit, or says how many of what."""
    return bool(read_title(text).code or find_unit(text) or _COUNT.match(text))


def service_of(table: Table, title: str = "") -> str:
    """The service that a table stands under: its own title's, where that is one by its words; else the nearest
    heading's that is no measure, nor the table's `title`.

    Where that is about the table ("Monthly profile", "Collection 2021/22"), the one above it, if that is a service by
    its words; "" where none names a service.
    """
    own, _ = title_rows(table)
    if own != title and not is_measure(own) and is_service(service_in(own)):
        return service_in(own)
    over = [text for text in table.headings if text != title and not is_measure(text)]
    nearest = service_in(over[-1]) if over else ""
    dated = nearest and _DATED.search(over[-1]) and not is_service(nearest)  # rather what the table shows of a year
    alone = bool(over and _KIND.search(over[-1]))  # "Early Years: comparison"
    if nearest and not (alone or is_service(nearest)) and len(over) > 1 and is_service(above := service_in(over[-2])):
        return above  # "Speed of decisions" under "Planning"
    if nearest and not (dated and any(is_service(service_in(text)) for text in over[:-1])):
        return nearest
    return next((named for text in reversed(over[:-1]) if is_service(named := service_in(text))), "")


def service_in(heading: str) -> str:
    """The service that a heading or a row across a table names; "" for one that is about the table ("Scorecard")."""
    heading = _TABLE_NUMBER.sub("", _KIND.sub("", heading), count=1)
    about = _WHOSE.sub("", _NUMBER.sub("", _DATE_FIRST.sub("", heading)))
    plain = _DATED.sub("", _COUNCIL.sub("", about))
    if _BODY.search(heading) or _BODY.search(plain):
        return ""
    named = service(plain)
    return (
        ""
        if _presents(named) or _TABLE.search(heading) or _BY_LAST.search(plain) or len(named.split()) > MOST_SERVICE
        else named
    )
